//! The tables of what files hold: research, citations of its lines, and what is wrong.

use std::collections::BTreeMap;

use super::cell::{Cell, Rows};
use crate::{
    diag::Diagnostic,
    engine::{Reading, export::located},
    graph::record::RecordKind,
    model::source::Facts,
    page::{diagnostics::severity, site::Site},
};

/// Every text of research, with how much of it is cited.
pub fn research(site: &Site<'_>) -> Rows {
    let used = &site.evidence().used;
    let rows = site.of_kind(RecordKind::Research).map(|ix| {
        let (record, outline) = (site.record(ix), site.outline(ix));
        let used = used.get(&record.file);
        let original = match &outline.facts {
            Facts::Chunk(chunk) => chunk.source_lines,
            _ => None,
        };
        vec![
            (&record.id).into(),
            (&record.title).into(),
            (&record.path).into(),
            outline.lines.into(),
            used.map(|used| used.cited).into(),
            used.and_then(|used| used.percent()).into(),
            used.map(|used| used.whole).into(),
            used.map(|used| used.demands.len()).into(),
            original.map(|lines| lines.0).into(),
            original.map(|lines| lines.1).into(),
            site.route.of(ix).into(),
        ]
    });
    Rows {
        columns: &[
            "id",
            "title",
            "path",
            "lines",
            "cited_lines",
            "percent",
            "cited_whole",
            "uncited_demands",
            "source_start",
            "source_end",
            "url",
        ],
        rows: rows.collect(),
    }
}

/// Every citation of lines, with what became of them.
pub fn citations(site: &Site<'_>) -> Rows {
    let rows = site.corpus.anchors.all.iter().map(|one| {
        vec![
            (&one.key.owner).into(),
            (&one.key.target).into(),
            one.key.lines.0.into(),
            one.key.lines.1.into(),
            one.cited.state.name().into(),
            one.cited.path.as_ref().into(),
            one.cited.lines.map(|lines| lines.0).into(),
            one.cited.lines.map(|lines| lines.1).into(),
            one.finding.name().into(),
            Cell::Text(one.reason()),
            (&one.key.file).into(),
            Cell::list(one.places.iter().map(|(line, _)| line)),
        ]
    });
    Rows {
        columns: &[
            "id",
            "cited",
            "start",
            "end",
            "state",
            "found",
            "found_start",
            "found_end",
            "text",
            "why",
            "path",
            "lines",
        ],
        rows: rows.collect(),
    }
}

/// What is wrong, in the order in which it is told.
pub fn diagnostics(reading: &Reading, diagnostics: &[Diagnostic]) -> Rows {
    let mut indexes = BTreeMap::new();
    let rows = diagnostics.iter().map(|found| {
        let place = located(reading, found, &mut indexes);
        vec![
            found.code.name.into(),
            severity(found.severity).into(),
            (&found.path).into(),
            place.map(|(line, _)| line).into(),
            place.map(|(_, column)| column).into(),
            (&found.message).into(),
            found.help.as_ref().into(),
        ]
    });
    Rows {
        columns: &["code", "severity", "path", "line", "column", "message", "help"],
        rows: rows.collect(),
    }
}
