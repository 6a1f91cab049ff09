//! The drift board: claim against finding.

use super::{
    bare, board,
    model::{ClaimWords, DriftCount, DriftRow, DriftView, Page, Settled, View},
    site::Site,
};
use crate::{
    graph::{
        coverage,
        drift::{self, Drift},
        record::RecordIx,
        verdict::{self, Verdict},
    },
    model::gap::{Claim, ClaimStatus},
    path::RelPath,
    text::parts::window,
};

/// So many characters of a claim are shown; the rest are behind the link.
const WORDS: usize = 120;

/// So many gaps stand on one page.
const GAPS: usize = 100;

/// How many pages the board has.
pub fn pages(site: &Site<'_>) -> usize {
    board::pages(site.graph.gaps.len(), GAPS)
}

/// One page of the board, counted from 1: what disagrees comes before what agrees and what claims
/// nothing.
pub fn page(site: &Site<'_>, n: usize) -> Page {
    let route = site.route.drift(n);
    let here = (n - 1) * GAPS..n * GAPS;
    let disagree = verdict::disagreements(site.corpus, site.graph);
    let rows = window(&here, 0, disagree.len());
    let rows = disagree[rows].iter().filter_map(|verdict| row(site, &route, verdict)).collect();
    let agrees = of_state(site, Drift::Agrees);
    let unknown = of_state(site, Drift::Unknown);
    let part = |gaps: &[RecordIx], start: usize| -> Vec<Settled> {
        let shown = &gaps[window(&here, start, gaps.len())];
        shown.iter().filter_map(|ix| settled(site, &route, *ix)).collect()
    };
    let view = DriftView {
        counts: counts(site, &route),
        rows,
        agrees: part(&agrees, disagree.len()),
        unknown: part(&unknown, disagree.len() + agrees.len()),
        pager: board::pager(site, &route, (n, pages(site)), |n| site.route.drift(n)),
        first: n == 1,
    };
    let title = if n > 1 { format!("Drift, page {n}") } else { "Drift".to_owned() };
    bare(site, route, &title, View::Drift(view))
}

/// How many gaps are in each state, with links to their lists.
pub fn counts(site: &Site<'_>, from: &RelPath) -> Vec<DriftCount> {
    let drift = &site.graph.metrics.drift;
    let disagree = drift.overclaimed + drift.underclaimed;
    let count = |state: Drift| {
        let (part, start, all) = match state {
            Drift::Overclaimed | Drift::Underclaimed => ("board", 0, disagree),
            Drift::Agrees => (state.name(), disagree, drift.agrees),
            Drift::Unknown => (state.name(), disagree + drift.agrees, drift.unknown),
        };
        // What is empty is said on the first page.
        let n = if all == 0 { 1 } else { start / GAPS + 1 };
        let page = site.route.drift(n);
        let page = if *from == page { String::new() } else { site.href(from, &page) };
        let href = format!("{page}#lc-{part}");
        DriftCount { state: state.name(), count: drift.of(state), href }
    };
    Drift::ALL.into_iter().map(count).collect()
}

/// The worst disagreements, `most` of them.
pub fn rows(site: &Site<'_>, from: &RelPath, most: usize) -> Vec<DriftRow> {
    let board = verdict::disagreements(site.corpus, site.graph);
    board.iter().take(most).filter_map(|verdict| row(site, from, verdict)).collect()
}

fn row(site: &Site<'_>, from: &RelPath, verdict: &Verdict) -> Option<DriftRow> {
    let record = site.record(verdict.gap);
    let gap = coverage::gap_of(site.corpus, record)?;
    let words = words(&gap.claim).into_iter().map(|(text, line)| ClaimWords {
        text: cut(text),
        line,
        href: site.line_href(from, verdict.gap, line),
    });
    Some(DriftRow {
        id: record.id.clone(),
        link: site.link(from, verdict.gap),
        priority: verdict.priority.map_or("", |priority| priority.name()),
        drift: verdict.drift.name(),
        claim: drift::claimed(&gap.claim),
        words: words.collect(),
        coverage: verdict.coverage.name(),
        reason: verdict.reason.clone(),
        points: verdict.points,
        weight: verdict.weight,
    })
}

/// The words that make the claim, each place once.
fn words(claim: &Claim) -> Vec<(&str, u32)> {
    let status = claim.mentions.iter().filter(|mention| mention.value == claim.status);
    let percent = claim.percent.as_ref().map(|percent| (percent.raw.as_str(), percent.line));
    let mut words: Vec<(&str, u32)> = status
        .filter(|_| claim.status != ClaimStatus::Unknown)
        .map(|mention| (mention.raw.as_str(), mention.line))
        .collect();
    // A percentage often stands in the words of the status.
    words.extend(percent.filter(|(raw, line)| {
        !words.iter().any(|(text, at)| at == line && text.contains(raw.trim()))
    }));
    words.dedup();
    words
}

fn cut(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(WORDS) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

fn of_state(site: &Site<'_>, state: Drift) -> Vec<RecordIx> {
    let gaps = site.graph.gaps.iter().filter(|(_, finding)| finding.drift == state);
    gaps.map(|(ix, _)| *ix).collect()
}

fn settled(site: &Site<'_>, from: &RelPath, ix: RecordIx) -> Option<Settled> {
    let record = site.record(ix);
    let gap = coverage::gap_of(site.corpus, record)?;
    Some(Settled {
        id: record.id.clone(),
        link: site.link(from, ix),
        coverage: site.graph.gaps[&ix].coverage.name(),
        claim: drift::claimed(&gap.claim),
    })
}
