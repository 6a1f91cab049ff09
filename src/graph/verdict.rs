//! One verdict for each gap: what is found, the one reason that says most, how bad it is.

use std::cmp::Reverse;

use super::{
    Corpus, Graph,
    coverage::{self, Coverage, GapFinding, TargetFinding, TargetState, proof},
    drift::{self, Drift},
    record::RecordIx,
};
use crate::model::gap::Priority;

/// What is found of one gap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The gap.
    pub gap: RecordIx,
    /// Its priority.
    pub priority: Option<Priority>,
    /// The derived coverage.
    pub coverage: Coverage,
    /// How the claim fares.
    pub drift: Drift,
    /// How far claim and finding lie apart, from 0 to 100.
    pub points: u32,
    /// The weight of its priority.
    pub weight: u32,
    /// Why, in one clause without a full stop.
    pub reason: String,
}

impl Verdict {
    /// Points times weight: the order of the drift board.
    pub fn disagreement(&self) -> u64 {
        u64::from(self.points) * u64::from(self.weight)
    }

    /// How bad it is: what is left to do, and what is claimed for it in vain, times the weight.
    fn badness(&self) -> u64 {
        let left: u64 = match self.coverage {
            Coverage::Uncovered => 100,
            Coverage::Partial => 50,
            Coverage::Covered | Coverage::Waived => 0,
        };
        let vain = if self.drift == Drift::Overclaimed { self.points } else { 0 };
        (left + u64::from(vain)) * u64::from(self.weight)
    }
}

/// The verdict on every gap, the worst last.
pub fn worst_last(corpus: Corpus<'_>, graph: &Graph) -> Vec<Verdict> {
    let mut verdicts = all(corpus, graph);
    verdicts.sort_by_cached_key(|verdict| {
        let state = match verdict.coverage {
            Coverage::Waived => 0,
            Coverage::Covered => 1,
            Coverage::Partial => 2,
            Coverage::Uncovered => 3,
        };
        let rank = verdict.priority.map_or(usize::MAX, |priority| priority as usize);
        (verdict.badness(), state, verdict.points, Reverse(rank), Reverse(verdict.gap))
    });
    verdicts
}

/// The gaps whose claim does not hold, the worst first: by points times weight, then what is
/// overclaimed before what is underclaimed, then by priority.
pub fn disagreements(corpus: Corpus<'_>, graph: &Graph) -> Vec<Verdict> {
    let mut found = all(corpus, graph);
    found.retain(|verdict| verdict.drift.disagrees());
    found.sort_by_cached_key(|verdict| {
        let rank = verdict.priority.map_or(usize::MAX, |priority| priority as usize);
        (Reverse(verdict.disagreement()), verdict.drift, rank, verdict.gap)
    });
    found
}

/// The one reason that says most about a finding, in a clause without a full stop.
pub fn reason(finding: &GapFinding) -> String {
    if finding.coverage == Coverage::Waived {
        let why = finding.waivers.first().and_then(|waiver| waiver.reason.as_deref());
        return format!("waived: {}", why.unwrap_or("no reason is given"));
    }
    let mut worst = telling(finding);
    worst.sort_by_key(|target| rank(target.state));
    let Some(first) = worst.first() else {
        return "no document is named that would fill it".to_owned();
    };
    let others = worst.iter().skip(1).filter(|t| t.state != TargetState::Covers).count();
    let more = match others {
        0 => String::new(),
        1 => "; 1 more is open".to_owned(),
        n => format!("; {n} more are open"),
    };
    let section = first.section.as_ref().map(|section| format!(" § {section}"));
    let name = format!("{}{}", first.name, section.unwrap_or_default());
    if first.state == TargetState::Missing && first.path.is_none() {
        return format!("{name} does not exist{more}");
    }
    format!("{name}{}: {}{more}", words(first.state), first.why)
}

/// The targets that bear on the coverage: those of groups that nothing covers, else those that
/// cover the gap.
fn telling(finding: &GapFinding) -> Vec<&TargetFinding> {
    let covers = |target: &&TargetFinding| target.standing == TargetState::Covers;
    let groups = proof::groups(finding);
    let (done, open): (Vec<_>, Vec<_>) =
        groups.into_iter().partition(|group| group.targets.iter().any(covers));
    let of_open = open.into_iter().filter(|_| finding.coverage != Coverage::Covered);
    let open: Vec<&TargetFinding> = of_open.flat_map(|group| group.targets).collect();
    match open.is_empty() {
        true => done.into_iter().flat_map(|group| group.targets).filter(covers).collect(),
        false => open,
    }
}

fn all(corpus: Corpus<'_>, graph: &Graph) -> Vec<Verdict> {
    let of = |(ix, finding): (&RecordIx, &GapFinding)| {
        let gap = coverage::gap_of(corpus, graph.records.get(*ix))?;
        let priority = gap.priority.as_ref().map(|priority| priority.value);
        Some(Verdict {
            gap: *ix,
            priority,
            coverage: finding.coverage,
            drift: finding.drift,
            points: drift::points(&gap.claim, finding.coverage),
            weight: corpus.weights.of(priority),
            reason: reason(finding),
        })
    };
    graph.gaps.iter().filter_map(of).collect()
}

/// The states from the one that says most against a gap.
fn rank(state: TargetState) -> u8 {
    match state {
        TargetState::Missing => 0,
        TargetState::Ambiguous => 1,
        TargetState::Stub => 2,
        TargetState::Named => 3,
        TargetState::Outdated => 4,
        TargetState::Covers => 5,
        TargetState::Duplicate | TargetState::Orphaned => 6,
    }
}

fn words(state: TargetState) -> &'static str {
    match state {
        TargetState::Missing => " is missing",
        TargetState::Ambiguous => " is ambiguous",
        TargetState::Stub => " is a stub",
        TargetState::Outdated => " is outdated",
        TargetState::Duplicate => " is named twice",
        TargetState::Orphaned => " covers a gap that does not exist",
        // Why says it all.
        TargetState::Named | TargetState::Covers => "",
    }
}
