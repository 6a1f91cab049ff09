//! Rows that several pages show: gaps, decisions, tallies of coverage.

use std::collections::BTreeMap;

use super::{
    model::{DecisionRow, GapRow, Tally},
    site::Site,
};
use crate::{
    graph::{
        coverage::{self, Coverage},
        decisions,
        record::{RecordIx, RecordKind},
    },
    model::{decision::Status, gap::Priority},
    path::RelPath,
};

/// A gap in a list.
pub fn gap(site: &Site<'_>, from: &RelPath, ix: RecordIx) -> GapRow {
    let record = site.record(ix);
    let gap = coverage::gap_of(site.corpus, record);
    let finding = &site.graph.gaps[&ix];
    GapRow {
        id: record.id.clone(),
        number: gap.and_then(|g| g.number.clone()).unwrap_or_default(),
        link: site.link(from, ix),
        priority: gap.and_then(|g| g.priority.as_ref()).map_or("", |p| p.value.name()),
        coverage: finding.coverage.name(),
        claim: gap.map(|g| g.claim.status).unwrap_or_default(),
        drift: finding.drift.name(),
        ledger: match record.part {
            crate::graph::record::Part::Whole => String::new(),
            _ => site.record(site.graph.records.of_file(record.file)).title.clone(),
        },
        targets: finding.targets.iter().map(|t| (t.name.clone(), t.state.name())).collect(),
    }
}

/// A decision in a list.
pub fn decision(site: &Site<'_>, from: &RelPath, ix: RecordIx) -> DecisionRow {
    let record = site.record(ix);
    let decision = decisions::decision_of(site.corpus, record);
    let status = decision.and_then(|d| d.status.as_ref());
    let mut link = site.link(from, ix);
    link.title.clone_from(&record.title);
    DecisionRow {
        id: record.id.clone(),
        link,
        status: status_name(status.map(|s| s.value)),
        raw_status: status.map(|s| s.raw.clone()).unwrap_or_default(),
        date: decision.and_then(|d| d.date.as_ref()).map(|d| d.value.clone()).unwrap_or_default(),
        path: record.path.to_string(),
    }
}

fn status_name(status: Option<Status>) -> &'static str {
    match status {
        Some(Status::Proposed) => "proposed",
        Some(Status::Accepted) => "accepted",
        Some(Status::Rejected) => "rejected",
        Some(Status::Deprecated) => "deprecated",
        Some(Status::Superseded) => "superseded",
        Some(Status::Unknown) | None => "unknown",
    }
}

/// All gaps, the most urgent first, then in the order of the files.
pub fn gaps_by_urgency(site: &Site<'_>) -> Vec<RecordIx> {
    let mut gaps: Vec<RecordIx> = site.graph.gaps.keys().copied().collect();
    gaps.sort_by_key(|ix| (priority(site, *ix).map_or(usize::MAX, |p| p as usize), *ix));
    gaps
}

/// A gap's priority.
pub fn priority(site: &Site<'_>, ix: RecordIx) -> Option<Priority> {
    coverage::gap_of(site.corpus, site.record(ix))?.priority.as_ref().map(|p| p.value)
}

/// Coverage of a group of gaps.
pub fn tally(
    site: &Site<'_>,
    label: impl Into<String>,
    href: impl Into<String>,
    gaps: impl IntoIterator<Item = RecordIx>,
) -> Tally {
    let mut tally = Tally { label: label.into(), href: href.into(), ..Tally::default() };
    for ix in gaps {
        match site.graph.gaps[&ix].coverage {
            Coverage::Covered => tally.covered += 1,
            Coverage::Partial => tally.partial += 1,
            Coverage::Uncovered => tally.uncovered += 1,
            Coverage::Waived => tally.waived += 1,
        }
        tally.total += 1;
    }
    let counted = tally.total - tally.waived;
    // 0 of 0 is never 100 %, and a share is never rounded up to done.
    tally.percent = (tally.covered * 100).checked_div(counted).map(|p| p as u8);
    tally
}

/// Coverage of all gaps.
pub fn tally_all(site: &Site<'_>, from: &RelPath) -> Tally {
    let href = site.href(from, &site.route.index(RecordKind::Gap));
    tally(site, "All gaps", href, site.graph.gaps.keys().copied())
}

/// Coverage by priority, the most urgent first; gaps without one come last.
pub fn tally_priorities(site: &Site<'_>, from: &RelPath) -> Vec<Tally> {
    let href = site.href(from, &site.route.index(RecordKind::Gap));
    let mut groups: BTreeMap<Option<usize>, Vec<RecordIx>> = BTreeMap::new();
    for ix in site.graph.gaps.keys() {
        groups.entry(priority(site, *ix).map(|p| p as usize)).or_default().push(*ix);
    }
    let none = groups.remove(&None);
    let named = Priority::ALL
        .into_iter()
        .filter_map(|p| groups.remove(&Some(p as usize)).map(|gaps| (p.name(), gaps)));
    named
        .chain(none.map(|gaps| ("No priority", gaps)))
        .map(|(label, gaps)| tally(site, label, href.as_str(), gaps))
        .collect()
}

/// Coverage by ledger, native records together.
pub fn tally_ledgers(site: &Site<'_>, from: &RelPath) -> Vec<Tally> {
    let mut groups: BTreeMap<Option<RecordIx>, Vec<RecordIx>> = BTreeMap::new();
    for ix in site.graph.gaps.keys() {
        let record = site.record(*ix);
        let whole = site.graph.records.of_file(record.file);
        groups.entry((whole != *ix).then_some(whole)).or_default().push(*ix);
    }
    groups
        .into_iter()
        .map(|(ledger, gaps)| match ledger {
            Some(ledger) => {
                let link = site.link(from, ledger);
                tally(site, link.title, link.href, gaps)
            }
            None => {
                let href = site.href(from, &site.route.index(RecordKind::Gap));
                tally(site, "Gap records", href, gaps)
            }
        })
        .collect()
}
