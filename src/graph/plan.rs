//! The plan: which document, if written, would fill the most weighted gaps.

mod cover;
pub mod cycles;
mod document;

pub(super) use cycles::components;

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Corpus,
    coverage::{self, Coverage, GapFinding, Role, TargetState, proof},
    metrics::Tally,
    record::{RecordIx, Records},
};
use cover::{Need, Pick};
use document::Documents;
pub use document::{Document, Work};

/// What to write, in which order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// The documents, the one that fills the most first.
    pub steps: Vec<Step>,
    /// Open gaps that name no document: the plan cannot fill them.
    pub without_target: Vec<RecordIx>,
}

/// One document to write.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The document.
    pub document: Document,
    /// Weight gained by it: the full weight of a gap that it fills alone, its part of one that
    /// needs several documents.
    pub gain: f64,
    /// Gaps that are filled from now on, the most urgent first.
    pub fills: Vec<RecordIx>,
    /// Gaps that it brings nearer, the most urgent first.
    pub helps: Vec<RecordIx>,
    /// All figures once it is written.
    pub after: Tally,
}

/// Plans for all gaps that are open; `now` are the figures before anything is written.
pub fn plan(
    corpus: Corpus<'_>,
    records: &Records,
    gaps: &BTreeMap<RecordIx, GapFinding>,
    now: Tally,
) -> Plan {
    let open: Vec<(RecordIx, &GapFinding)> = gaps
        .iter()
        .filter(|(_, f)| matches!(f.coverage, Coverage::Partial | Coverage::Uncovered))
        .map(|(ix, finding)| (*ix, finding))
        .collect();
    let at: BTreeMap<RecordIx, usize> = open.iter().enumerate().map(|(n, o)| (o.0, n)).collect();
    let priority = |ix| {
        let gap = coverage::gap_of(corpus, records.get(ix))?;
        gap.priority.as_ref().map(|priority| priority.value)
    };
    let documents = document::collect(records, open.iter().map(|(_, finding)| *finding));
    let needs: Vec<Need> = open
        .iter()
        .map(|(ix, finding)| Need {
            weight: corpus.weights.of(priority(*ix)),
            after: finding
                .depends_on
                .iter()
                .filter_map(|(_, to)| at.get(to.as_ref()?))
                .copied()
                .collect(),
            ..need(&documents, finding)
        })
        .collect();
    let urgent = |found: &[usize]| {
        let mut found: Vec<RecordIx> = found.iter().map(|n| open[*n].0).collect();
        found.sort_by_key(|ix| (priority(*ix).map_or(u8::MAX, |p| p as u8), *ix));
        found
    };
    let states = open.iter().map(|(_, finding)| finding.coverage).collect();
    let mut forecast = Forecast { states, figures: now };
    let step = |pick: Pick| {
        let filled: BTreeSet<usize> = pick.filled.iter().copied().collect();
        let helps: Vec<usize> =
            pick.helped.into_iter().filter(|need| !filled.contains(need)).collect();
        forecast.reach(&pick.filled, Coverage::Covered);
        forecast.reach(&helps, Coverage::Partial);
        Step {
            document: documents.all[pick.document].clone(),
            gain: pick.gain as f64 / cover::UNIT as f64,
            fills: urgent(&pick.filled),
            helps: urgent(&helps),
            after: forecast.figures,
        }
    };
    let steps = cover::order(&needs, documents.all.len()).into_iter().map(step).collect();
    let without_target =
        open.iter().filter(|(_, finding)| finding.targets.is_empty()).map(|(ix, _)| *ix).collect();
    Plan { steps, without_target }
}

/// The figures as they will be.
struct Forecast {
    /// The coverage of each open gap.
    states: Vec<Coverage>,
    figures: Tally,
}

impl Forecast {
    fn reach(&mut self, gaps: &[usize], state: Coverage) {
        for gap in gaps {
            let before = std::mem::replace(&mut self.states[*gap], state);
            self.figures.replace(before, state);
        }
    }
}

/// What is missing for one gap: a document of each group that nothing covers yet.
fn need(documents: &Documents<'_>, finding: &GapFinding) -> Need {
    let mut need = Need::default();
    let groups = proof::groups(finding);
    let named = groups.iter().any(|group| group.role != Role::Offered);
    // A document that only declares itself is asked for where the gap names none.
    for group in groups.iter().filter(|group| !named || group.role != Role::Offered) {
        if group.targets.iter().any(|target| target.standing == TargetState::Covers) {
            continue;
        }
        let mut alternatives: Vec<usize> =
            group.targets.iter().filter_map(|target| documents.of(target)).collect();
        alternatives.sort_unstable();
        alternatives.dedup();
        match alternatives.is_empty() {
            true => need.beyond += 1,
            false => need.groups.push(alternatives),
        }
    }
    need
}
