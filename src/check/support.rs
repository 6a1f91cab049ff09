//! Citations whose lines do not speak of the gap.

use std::fmt::Write as _;

use super::Subject;
use crate::{
    diag::{Diagnostic, codes},
    evidence::{Support, verdict::Verdict},
    graph::citation::Cited,
    model::gap::Evidence,
};

/// Reports each citation that the cited lines do not support, with the places that do.
pub fn check(subject: Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (ix, finding) in &subject.graph.gaps {
        let path = &subject.graph.records.get(*ix).path;
        let judged = finding.evidence.iter().zip(subject.evidence.of_gap(*ix));
        for ((evidence, cited), support) in judged {
            if matches!(support.verdict, Verdict::Unsupported(_)) {
                let message = message(subject, *ix, evidence, cited, support);
                let diagnostic = Diagnostic::new(&codes::CITATION_UNSUPPORTED, path, message)
                    .at(evidence.span)
                    .help(help(support));
                found.push(diagnostic);
            }
        }
    }
    found
}

fn message(
    subject: Subject<'_>,
    ix: crate::graph::record::RecordIx,
    evidence: &Evidence,
    cited: &Cited,
    support: &Support,
) -> String {
    let place = match (&cited.path, cited.lines) {
        (Some(path), Some((start, end))) => format!("{path}, lines {start} to {end}"),
        (Some(path), None) => path.to_string(),
        (None, _) => evidence.citation.target.clone(),
    };
    let gap = &subject.graph.records.get(ix).id;
    format!("{place} does not support {gap}: {}", support.why())
}

fn help(support: &Support) -> String {
    let Some((first, others)) = support.places.split_first() else {
        return "no place of the research says far more of it: name the words of the research in \
                the gap, or take the citation away"
            .to_owned();
    };
    let (start, end) = first.lines;
    let mut help = format!("cite {}, lines {start} to {end} (“{}”)", first.path, first.words);
    for place in others {
        let (start, end) = place.lines;
        // A String takes every write.
        let _ = write!(help, ", or {}, lines {start} to {end}", place.path);
    }
    help.push_str("; or use the words of the cited lines in the gap, if they are meant");
    help
}
