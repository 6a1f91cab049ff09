//! The tables of records: all of them, documents, decisions, links, and what nothing links to.

use super::cell::{Cell, Rows};
use crate::{
    graph::{
        decisions,
        record::{RecordIx, RecordKind},
    },
    page::{orphans, site::Site},
};

/// Everything that has an id.
pub fn records(site: &Site<'_>) -> Rows {
    Rows {
        columns: RECORD,
        rows: site.graph.records.iter().map(|(ix, _)| record(site, ix)).collect(),
    }
}

const RECORD: &[&str] = &["id", "kind", "title", "path", "line", "url"];

fn record(site: &Site<'_>, ix: RecordIx) -> Vec<Cell> {
    let record = site.record(ix);
    vec![
        (&record.id).into(),
        record.kind.label().into(),
        (&record.title).into(),
        (&record.path).into(),
        record.lines.0.into(),
        Cell::Text(site.record_href(&site.route.home(), ix)),
    ]
}

/// Documents, gap analyses and drawings.
pub fn documents(site: &Site<'_>) -> Rows {
    let kinds = [RecordKind::Document, RecordKind::Ledger, RecordKind::Diagram];
    let all = site.graph.records.iter().filter(|(_, record)| kinds.contains(&record.kind));
    let row = |ix: RecordIx| {
        let (record, outline) = (site.record(ix), site.outline(ix));
        let section = site.graph.navigation.section_of(ix);
        let section = section.map(|n| site.graph.navigation.sections[n].title.as_str());
        vec![
            (&record.id).into(),
            record.kind.label().into(),
            (&record.title).into(),
            outline.front.description.as_ref().into(),
            Cell::filled(section.unwrap_or_default()),
            outline.front.date.as_ref().into(),
            Cell::List(outline.front.tags.clone()),
            Cell::list(outline.covers.iter().map(|cover| &cover.id)),
            (&record.path).into(),
            outline.lines.into(),
            site.route.of(ix).into(),
        ]
    };
    Rows {
        columns: &[
            "id",
            "kind",
            "title",
            "description",
            "section",
            "date",
            "tags",
            "covers",
            "path",
            "lines",
            "url",
        ],
        rows: all.map(|(ix, _)| row(ix)).collect(),
    }
}

/// Every decision.
pub fn decisions(site: &Site<'_>) -> Rows {
    let row = |ix: RecordIx| {
        let record = site.record(ix);
        let decision = decisions::decision_of(site.corpus, record)?;
        let by = site.graph.decisions.superseded(ix);
        let by = by.into_iter().flatten().map(|ix| &site.record(*ix).id);
        Some(vec![
            (&record.id).into(),
            decision.number.into(),
            (&record.title).into(),
            decision.status.as_ref().map(|status| status.value.name()).into(),
            decision.status.as_ref().map(|status| &status.raw).into(),
            decision.implementation.as_ref().map(|fact| fact.value.name()).into(),
            decision.date.as_ref().map(|date| &date.value).into(),
            Cell::List(
                decision.deciders.as_ref().map(|fact| fact.value.clone()).unwrap_or_default(),
            ),
            site.graph.decisions.superseded(ix).is_some().into(),
            Cell::list(by),
            (&record.path).into(),
            record.lines.0.into(),
            site.route.of(ix).into(),
        ])
    };
    Rows {
        columns: &[
            "id",
            "number",
            "title",
            "status",
            "status_as_written",
            "implementation",
            "date",
            "deciders",
            "superseded",
            "superseded_by",
            "path",
            "line",
            "url",
        ],
        rows: site.of_kind(RecordKind::Decision).filter_map(row).collect(),
    }
}

/// Every link between records, and every one that leads nowhere.
pub fn links(site: &Site<'_>) -> Rows {
    let id = |ix: RecordIx| &site.record(ix).id;
    let links = site.graph.links.iter().map(|link| {
        vec![
            id(link.from).into(),
            link.to.record(&site.graph.records).map(id).into(),
            link.form.name().into(),
            if link.to.holds() { "resolved" } else { "broken" }.into(),
            (&link.raw).into(),
            (&link.path).into(),
            link.line.into(),
        ]
    });
    Rows {
        columns: &["from", "to", "kind", "state", "written", "path", "line"],
        rows: links.collect(),
    }
}

/// What nothing links to.
pub fn orphans(site: &Site<'_>) -> Rows {
    Rows { columns: RECORD, rows: orphans::all(site).map(|ix| record(site, ix)).collect() }
}
