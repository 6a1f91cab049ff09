//! What nothing links to: documents nobody reads on the way, decisions nobody rests on, research
//! nobody cites, declarations nobody uses.

use super::{
    bare, board,
    model::{Count, Link, OrphanGroup, OrphanRow, OrphansView, Page, View},
    site::Site,
};
use crate::{
    graph::record::{Part, RecordIx, RecordKind},
    model::schema::Shape,
    path::RelPath,
};

/// So many records stand on one page.
const RECORDS: usize = 200;

/// The kinds that are looked at.
const KINDS: [(RecordKind, &str, &str, &str); 4] = [
    (
        RecordKind::Document,
        "Documents",
        "lc-documents",
        "No other page links to these, no gap names them, and they open no section.",
    ),
    (
        RecordKind::Decision,
        "Decisions",
        "lc-decisions",
        "No document, gap or other decision names these; a list of the log does not count.",
    ),
    (
        RecordKind::Research,
        "Research",
        "lc-research",
        "No gap and no document cites any line of these.",
    ),
    (
        RecordKind::Symbol,
        "Schema symbols",
        "lc-symbols",
        "No field, method or text uses these. Services are left out: they are where users begin.",
    ),
];

/// How many there are of each kind, with the page where they begin.
pub fn counts(site: &Site<'_>, from: &RelPath) -> Vec<Count> {
    let mut before = 0;
    let mut counts = Vec::new();
    for (kind, label, anchor, _) in KINDS {
        let count = of_kind(site, kind).count();
        if count > 0 {
            let page = site.route.orphans(before / RECORDS + 1);
            let href = format!("{}#{anchor}", site.href(from, &page));
            counts.push(Count { label: label.to_lowercase(), count, href });
        }
        before += count;
    }
    counts
}

/// How many pages they fill.
pub fn pages(site: &Site<'_>) -> usize {
    board::pages(KINDS.iter().map(|kind| of_kind(site, kind.0).count()).sum(), RECORDS)
}

/// All of them, by kind.
pub fn all<'s>(site: &'s Site<'_>) -> impl Iterator<Item = RecordIx> + 's {
    KINDS.into_iter().flat_map(|kind| of_kind(site, kind.0))
}

/// One page of them, counted from 1.
pub fn page(site: &Site<'_>, n: usize) -> Page {
    let route = site.route.orphans(n);
    let trace = site.href(&route, &site.route.trace(1));
    let all = KINDS.into_iter().flat_map(|kind| of_kind(site, kind.0).map(move |ix| (kind, ix)));
    let mut groups: Vec<OrphanGroup> = Vec::new();
    for ((_, label, anchor, why), ix) in all.skip((n - 1) * RECORDS).take(RECORDS) {
        if groups.last().is_none_or(|group| group.anchor != anchor) {
            groups.push(OrphanGroup { anchor, label, why, records: Vec::new() });
        }
        groups.last_mut().expect("one was just added").records.push(row(site, &route, ix));
    }
    let view = OrphansView {
        counts: counts(site, &route),
        groups,
        pager: board::pager(site, &route, (n, pages(site)), |n| site.route.orphans(n)),
        trace: trace.clone(),
    };
    let mut page = bare(site, route, "What nothing links to", View::Orphans(view));
    page.frame.breadcrumbs.push(Link { title: "Traceability".to_owned(), href: trace });
    page
}

fn row(site: &Site<'_>, from: &RelPath, ix: RecordIx) -> OrphanRow {
    let record = site.record(ix);
    let place = match record.part {
        Part::Whole => record.path.to_string(),
        _ => format!("{}:{}", record.path, record.lines.0),
    };
    OrphanRow { link: site.link(from, ix), place }
}

fn of_kind<'s>(site: &'s Site<'_>, kind: RecordKind) -> impl Iterator<Item = RecordIx> + 's {
    site.of_kind(kind).filter(move |ix| is_orphan(site, *ix))
}

fn is_orphan(site: &Site<'_>, ix: RecordIx) -> bool {
    let graph = site.graph;
    let record = site.record(ix);
    let others = |from: &RecordIx| site.record(*from).file != record.file;
    let mut linked = graph.backlinks.to(ix).filter(others);
    match record.kind {
        RecordKind::Document => {
            let opens = |section: &crate::graph::navigation::Section| section.index == Some(ix);
            let is_part = graph.records.parts_of(record.file).len() > 1;
            linked.next().is_none() && !graph.navigation.sections.iter().any(opens) && !is_part
        }
        RecordKind::Decision => {
            let lists = &graph.rests.lists;
            let is_list =
                |from: &RecordIx| lists.contains(&graph.records.of_file(site.record(*from).file));
            let named = graph.rests.named.get(&ix).is_some_and(|named| !named.is_empty());
            let related = graph.decisions.of(ix).any(|r| r.to.is_some());
            !named && !related && linked.all(|from| is_list(&from))
        }
        RecordKind::Research => site.citations(record.file) == 0 && linked.next().is_none(),
        RecordKind::Symbol => {
            let used = graph.symbols.used_by.get(&ix).is_some_and(|users| !users.is_empty());
            let service =
                site.symbol(ix).is_none_or(|(_, s)| matches!(s.shape, Shape::Service { .. }));
            let apart = site.is_nested(ix) || site.is_repeated_symbol(ix);
            !used && !service && !apart && linked.next().is_none()
        }
        _ => false,
    }
}
