//! The drift board: claim against finding.

use super::{
    bare,
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
};

/// So many characters of a claim are shown; the rest are behind the link.
const WORDS: usize = 120;

/// The page of the board.
pub fn page(site: &Site<'_>) -> Page {
    let route = site.route.drift();
    let view = DriftView {
        counts: counts(site, &route),
        rows: rows(site, &route, usize::MAX),
        agrees: settled(site, &route, Drift::Agrees),
        unknown: settled(site, &route, Drift::Unknown),
    };
    bare(site, route, "Drift", View::Drift(view))
}

/// How many gaps are in each state, with links to their lists.
pub fn counts(site: &Site<'_>, from: &RelPath) -> Vec<DriftCount> {
    let board = site.href(from, &site.route.drift());
    let page = if *from == site.route.drift() { "" } else { board.as_str() };
    let count = |state: Drift| {
        let part = if state.disagrees() { "board" } else { state.name() };
        let href = format!("{page}#lc-{part}");
        DriftCount { state: state.name(), count: site.graph.metrics.drift.of(state), href }
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

fn settled(site: &Site<'_>, from: &RelPath, state: Drift) -> Vec<Settled> {
    let of = |ix: RecordIx| {
        let record = site.record(ix);
        let gap = coverage::gap_of(site.corpus, record)?;
        Some(Settled {
            id: record.id.clone(),
            link: site.link(from, ix),
            coverage: site.graph.gaps[&ix].coverage.name(),
            claim: drift::claimed(&gap.claim),
        })
    };
    let gaps = site.graph.gaps.iter().filter(|(_, finding)| finding.drift == state);
    gaps.filter_map(|(ix, _)| of(*ix)).collect()
}
