//! Rows that several pages show: gaps, decisions, tallies of coverage.

use super::{
    model::{DecisionRow, GapRow, Tally},
    site::Site,
};
use crate::{
    graph::{
        coverage, decisions,
        metrics::{self, Group},
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
        number: decision.and_then(|decision| decision.number),
        link,
        implementation: decision
            .and_then(|decision| decision.implementation.as_ref())
            .map_or("", |fact| fact.value.name()),
        status: status_name(status.map(|s| s.value)),
        raw_status: status.map(|s| s.raw.clone()).unwrap_or_default(),
        date: decision.and_then(|d| d.date.as_ref()).map(|d| d.value.clone()).unwrap_or_default(),
        path: record.path.to_string(),
    }
}

fn status_name(status: Option<Status>) -> &'static str {
    status.unwrap_or(Status::Unknown).name()
}

/// A gap's priority.
pub fn priority(site: &Site<'_>, ix: RecordIx) -> Option<Priority> {
    coverage::gap_of(site.corpus, site.record(ix))?.priority.as_ref().map(|p| p.value)
}

/// The figures of a group as a page shows them; a ledger's lead to it, others to all gaps.
pub fn tally(site: &Site<'_>, from: &RelPath, group: &Group) -> Tally {
    let href = match group.ledger {
        Some(ledger) => site.record_href(from, ledger),
        None => site.href(from, &site.route.index(RecordKind::Gap)),
    };
    shown(&group.label, href, group.tally)
}

/// The figures of several groups.
pub fn tallies(site: &Site<'_>, from: &RelPath, groups: &[Group]) -> Vec<Tally> {
    groups.iter().map(|group| tally(site, from, group)).collect()
}

/// Coverage of all gaps.
pub fn tally_all(site: &Site<'_>, from: &RelPath) -> Tally {
    let href = site.href(from, &site.route.index(RecordKind::Gap));
    shown("All gaps", href, site.graph.metrics.overall)
}

/// A tally as a page shows it.
pub fn shown(label: &str, href: String, tally: metrics::Tally) -> Tally {
    let metrics::Tally { covered, partial, uncovered, waived } = tally;
    Tally {
        label: label.to_owned(),
        href,
        covered,
        partial,
        uncovered,
        waived,
        total: tally.total(),
        percent: tally.percent(),
    }
}
