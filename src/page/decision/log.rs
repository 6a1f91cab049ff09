//! The log of decisions, page by page: the decisions, their chains, and what nothing links to.

use std::{collections::BTreeSet, ops::Range};

use super::{chain, timeline};
use crate::{
    graph::{
        decisions,
        record::{RecordIx, RecordKind},
    },
    model::decision::Status,
    page::{
        bare, board,
        model::{DecisionCount, DecisionIndex, DecisionRow, Page, View},
        rows,
        site::Site,
    },
    path::RelPath,
    text::parts::{PAGE, escaped, fill, window},
};

/// What surrounds the words of a decision in the log, in a chain and in a list, in bytes of HTML.
const ROW: usize = 380;
const LINK: usize = 170;
/// The bytes of one square of the timeline, and of a drawing of chains.
const SQUARE: usize = 230;
const DRAWING: usize = 40_000;

/// How many pages the log has.
pub fn pages(site: &Site<'_>) -> usize {
    parts(site, &ordered(site), &chain::all(site)).len()
}

/// One page of the log, counted from 1.
pub fn index(site: &Site<'_>, n: usize) -> Page {
    let route = site.route.decisions(n);
    let all = ordered(site);
    let chains = chain::all(site);
    let unlinked: Vec<RecordIx> = site.graph.rests.unlinked.clone();
    let parts = parts(site, &all, &chains);
    let here = parts.get(n - 1).cloned().unwrap_or_default();
    let row = |ix: &RecordIx| rows::decision(site, &route, *ix);
    let of_chains = window(&here, all.len(), chains.len());
    let first_chains = of_chains.start == 0 && !of_chains.is_empty();
    let drawing = first_chains.then(|| chain::drawing(site, &route, &chains.concat())).flatten();
    let of_unlinked = window(&here, all.len() + chains.len(), unlinked.len());
    // Figures are those of all, and stand on the first page.
    let rows: Vec<DecisionRow> = if n == 1 { all.iter().map(row).collect() } else { Vec::new() };
    let folders: BTreeSet<&str> = all.iter().map(|ix| site.record(*ix).path.parent()).collect();
    let view = DecisionIndex {
        all: all.len(),
        all_unlinked: unlinked.len(),
        counts: counts(&rows),
        timeline: timeline::timeline(&rows),
        chains: chains[of_chains].iter().map(|one| chain::steps(site, &route, one)).collect(),
        unlinked: unlinked[of_unlinked].iter().map(|ix| site.link(&route, *ix)).collect(),
        several_logs: folders.len() > 1,
        decisions: all[window(&here, 0, all.len())].iter().map(row).collect(),
        pager: board::pager(site, &route, (n, parts.len()), |n| site.route.decisions(n)),
        page: n,
    };
    let title = if n > 1 { format!("Decisions, page {n}") } else { "Decisions".to_owned() };
    let mut page = bare(site, route, &title, View::DecisionIndex(view));
    page.texts = drawing.map(|drawing| ("chains".into(), drawing)).into_iter().collect();
    page
}

/// All decisions in the order of folder and number.
fn ordered(site: &Site<'_>) -> Vec<RecordIx> {
    let mut all: Vec<RecordIx> = site.of_kind(RecordKind::Decision).collect();
    all.sort_by_key(|ix| {
        let record = site.record(*ix);
        let number = decisions::decision_of(site.corpus, record).and_then(|d| d.number);
        (record.path.parent(), number.unwrap_or(u32::MAX), *ix)
    });
    all
}

fn counts(rows: &[DecisionRow]) -> Vec<DecisionCount> {
    let statuses = [
        Status::Proposed,
        Status::Accepted,
        Status::Rejected,
        Status::Deprecated,
        Status::Superseded,
        Status::Unknown,
    ];
    let count = |status: Status| {
        let status = status.name();
        let count = rows.iter().filter(|row| row.status == status).count();
        DecisionCount { status, count }
    };
    statuses.into_iter().map(count).filter(|count| count.count > 0).collect()
}

/// The log page by page: its decisions, then the chains, then what nothing links to.
fn parts(site: &Site<'_>, all: &[RecordIx], chains: &[Vec<RecordIx>]) -> Vec<Range<usize>> {
    let words = |ix: &RecordIx| escaped(&site.record(*ix).title) + escaped(&site.record(*ix).id);
    let address = |ix: &RecordIx| RelPath::as_str(site.route.of(*ix)).len();
    let squares = all.len().min(timeline::SQUARES) * SQUARE;
    let row = |(n, ix): (usize, &RecordIx)| {
        let first = if n == 0 { squares } else { 0 };
        first + ROW + words(ix) + address(ix) + escaped(site.record(*ix).path.as_str())
    };
    let of_chain = |(n, chain): (usize, &Vec<RecordIx>)| {
        let first = if n == 0 { DRAWING } else { 0 };
        first + chain.iter().map(|ix| LINK + words(ix) + address(ix)).sum::<usize>()
    };
    let unlinked = site.graph.rests.unlinked.iter().map(|ix| 60 + words(ix) + address(ix));
    let log = all.iter().enumerate().map(row);
    fill(log.chain(chains.iter().enumerate().map(of_chain)).chain(unlinked), PAGE)
}
