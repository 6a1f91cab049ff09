//! Citations of lines and what became of the text since they were accepted.

use serde_json::{Value, json};

use crate::{
    engine::Reading,
    graph::{
        Corpus,
        anchor::{Anchored, Finding, Proposal},
        record::Record,
    },
    model::reference::Citation,
};

/// Every citation of lines, in the order of file, record and words.
pub(super) fn citations(reading: &Reading) -> Vec<Value> {
    reading.anchors.all.iter().map(citation).collect()
}

/// What became of a piece of evidence.
pub(super) fn of_evidence(
    corpus: &Corpus<'_>,
    record: &Record,
    citation: &Citation,
) -> Option<Value> {
    corpus.anchors.at(&record.path, &record.id, citation).map(anchor)
}

fn citation(one: &Anchored) -> Value {
    let lines: Vec<u32> = one.places.iter().map(|(line, _)| *line).collect();
    json!({
        "path": one.key.file,
        "lines": lines,
        "id": one.key.owner,
        "ref": one.key.target,
        "start": one.key.lines.0,
        "end": one.key.lines.1,
        "state": one.cited.state.name(),
        "resolved": super::resolved(&one.cited),
        "anchor": anchor(one),
    })
}

fn anchor(one: &Anchored) -> Value {
    let diff = match &one.finding {
        Finding::Edited(edit) => edit.diff.as_slice(),
        _ => &[],
    };
    json!({
        "state": one.finding.name(),
        "why": one.reason(),
        "print": one.accepted.as_ref().map(|accepted| accepted.print.to_string()),
        "words": one.accepted.as_ref().map(|accepted| accepted.words.as_str()),
        "proposals": one.finding.proposals().iter().map(proposal).collect::<Vec<_>>(),
        "diff": diff
            .iter()
            .map(|line| json!({
                "side": line.side.name(),
                "line": line.line,
                "text": line.text,
            }))
            .collect::<Vec<_>>(),
    })
}

fn proposal(to: &Proposal) -> Value {
    json!({
        "path": to.path,
        "start": to.lines.0,
        "end": to.lines.1,
        "write": to.write.map(crate::graph::anchor::range),
    })
}
