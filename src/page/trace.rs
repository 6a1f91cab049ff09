//! Traceability: which document answers which gap, and in what state each of these links is.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    bare, board,
    model::{Page, TraceColumn, TraceRow, TraceView, View},
    orphans, rows,
    site::Site,
};
use crate::{
    graph::{coverage::TargetFinding, record::RecordIx},
    path::RelPath,
};

/// So many gaps stand on one page.
const ROWS: usize = 40;
/// So many documents stand on one page, unless a single gap names more.
const COLUMNS: usize = 30;

/// What stands at the head of a column: a file of the corpus, or words that lead to none.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Named {
    Record(RecordIx),
    Words(String),
}

/// How many pages the matrix has.
pub fn pages(site: &Site<'_>) -> usize {
    blocks(site).len().max(1)
}

/// One page of the matrix, counted from 1.
pub fn page(site: &Site<'_>, n: usize) -> Page {
    let route = site.route.trace(n);
    let blocks = blocks(site);
    let pages = blocks.len().max(1);
    let all: BTreeSet<Named> = traced(site).flat_map(|(_, named)| named).collect();
    let count = traced(site).count();
    let block = blocks.into_iter().nth(n - 1).unwrap_or_default();
    let mut columns: Vec<Named> = Vec::new();
    for (_, named) in &block {
        for one in named {
            if !columns.contains(one) {
                columns.push(one.clone());
            }
        }
    }
    let view = TraceView {
        traced: count,
        untraced: site.graph.gaps.len() - count,
        documents: all.len(),
        rows: block.iter().map(|(ix, _)| row(site, &route, *ix, &columns)).collect(),
        columns: columns.iter().map(|named| column(site, &route, named)).collect(),
        pager: board::pager(site, &route, (n, pages), |n| site.route.trace(n)),
        orphans: orphans::counts(site, &route),
        plan: site.href(&route, &site.route.plan(1)),
    };
    let title = match n {
        1 => "Traceability".to_owned(),
        n => format!("Traceability, page {n}"),
    };
    bare(site, route, &title, View::Trace(Box::new(view)))
}

/// The gaps that documents are named for, the most urgent first, with these documents.
fn traced<'s>(site: &'s Site<'_>) -> impl Iterator<Item = (RecordIx, Vec<Named>)> + 's {
    let of = |ix: &RecordIx| {
        let mut named: Vec<Named> = Vec::new();
        for target in &site.graph.gaps[ix].targets {
            let one = self::named(site, target);
            if !named.contains(&one) {
                named.push(one);
            }
        }
        (!named.is_empty()).then_some((*ix, named))
    };
    site.lookups.board.all.iter().filter_map(of)
}

fn named(site: &Site<'_>, target: &TargetFinding) -> Named {
    match target.found.first() {
        Some(ix) => Named::Record(site.graph.records.of_file(site.record(*ix).file)),
        None => Named::Words(target.name.clone()),
    }
}

/// The gaps page by page, so that neither rows nor columns are too many.
fn blocks(site: &Site<'_>) -> Vec<Vec<(RecordIx, Vec<Named>)>> {
    blocks_of(traced(site))
}

fn blocks_of<T>(gaps: impl Iterator<Item = (T, Vec<Named>)>) -> Vec<Vec<(T, Vec<Named>)>> {
    let mut blocks: Vec<Vec<(T, Vec<Named>)>> = Vec::new();
    let mut columns: BTreeSet<Named> = BTreeSet::new();
    for (gap, named) in gaps {
        let new = named.iter().filter(|one| !columns.contains(one)).count();
        let full =
            |block: &Vec<(T, Vec<Named>)>| block.len() >= ROWS || columns.len() + new > COLUMNS;
        if blocks.last().is_none_or(full) {
            blocks.push(Vec::new());
            columns.clear();
        }
        columns.extend(named.iter().cloned());
        blocks.last_mut().expect("one was just added").push((gap, named));
    }
    blocks
}

fn column(site: &Site<'_>, from: &RelPath, named: &Named) -> TraceColumn {
    match named {
        Named::Record(ix) => {
            let path = &site.record(*ix).path;
            TraceColumn {
                label: path.name().to_owned(),
                path: path.to_string(),
                href: Some(site.record_href(from, *ix)),
            }
        }
        Named::Words(words) => TraceColumn {
            label: words.rsplit('/').next().unwrap_or(words).to_owned(),
            path: words.clone(),
            href: None,
        },
    }
}

fn row(site: &Site<'_>, from: &RelPath, ix: RecordIx, columns: &[Named]) -> TraceRow {
    let finding = &site.graph.gaps[&ix];
    // Where sections of one document are in several states, the worst of them shows.
    let mut states: BTreeMap<Named, _> = BTreeMap::new();
    for target in &finding.targets {
        let state = states.entry(named(site, target)).or_insert(target.standing);
        *state = (*state).max(target.standing);
    }
    let state = |named: &Named| states.get(named).map_or("", |state| state.name());
    TraceRow {
        id: site.record(ix).id.clone(),
        link: site.link(from, ix),
        priority: rows::priority(site, ix).map_or("", |priority| priority.name()),
        coverage: finding.coverage.name(),
        cited: finding.evidence.len(),
        held: finding.evidence.iter().filter(|(_, cited)| cited.state.holds()).count(),
        cells: columns.iter().map(state).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(from: usize, count: usize) -> Vec<Named> {
        (from..from + count).map(|n| Named::Words(format!("d{n}"))).collect()
    }

    fn sizes(gaps: Vec<Vec<Named>>) -> Vec<usize> {
        blocks_of(gaps.into_iter().enumerate()).iter().map(Vec::len).collect()
    }

    #[test]
    fn a_page_ends_where_its_columns_or_rows_are_full() {
        let own = (0..31).map(|n| words(n, 1)).collect();
        assert_eq!(sizes(own), [30, 1], "each gap has a document of its own");
        let shared = (0..41).map(|_| words(0, 2)).collect();
        assert_eq!(sizes(shared), [40, 1], "all gaps have the same documents");
    }

    #[test]
    fn a_gap_with_many_documents_is_not_lost() {
        assert_eq!(sizes(vec![words(0, 1), words(1, 50), words(60, 1)]), [1, 1, 1]);
    }
}
