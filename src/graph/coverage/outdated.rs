//! Links whose evidence has changed since they were accepted.

use std::collections::{BTreeMap, BTreeSet};

use super::{GapFinding, TargetState, gap_of, roll};
use crate::graph::{
    Corpus, drift,
    record::{RecordIx, Records},
};

/// Evidence that has changed: the gap, and the place of the citation in [`GapFinding::evidence`].
pub type Changed = BTreeSet<(RecordIx, usize)>;

/// The evidence that was edited or lost since it was accepted, by what the lock remembers of it.
pub fn changed(
    corpus: Corpus<'_>,
    records: &Records,
    gaps: &BTreeMap<RecordIx, GapFinding>,
) -> Changed {
    let mut changed = Changed::new();
    for (ix, finding) in gaps {
        let record = records.get(*ix);
        for (at, (evidence, _)) in finding.evidence.iter().enumerate() {
            let found = corpus.anchors.at(&record.path, &record.id, &evidence.citation);
            if found.is_some_and(|anchored| anchored.finding.is_outdated()) {
                changed.insert((*ix, at));
            }
        }
    }
    changed
}

/// Makes every link of a gap with changed evidence `outdated` that would otherwise be `covers`,
/// and derives coverage and drift of these gaps anew. Doing it twice changes nothing.
pub fn mark(
    gaps: &mut BTreeMap<RecordIx, GapFinding>,
    corpus: Corpus<'_>,
    records: &Records,
    changed: &Changed,
) {
    for (ix, evidence) in changed {
        let Some(finding) = gaps.get_mut(ix) else { continue };
        let Some((evidence, _)) = finding.evidence.get(*evidence) else { continue };
        let why = format!(
            "the evidence `{}` (line {}) has changed since this was accepted",
            evidence.citation.target, evidence.line
        );
        for target in &mut finding.targets {
            if target.standing == TargetState::Covers {
                target.standing = TargetState::Outdated;
            }
            if target.state == TargetState::Covers {
                target.state = TargetState::Outdated;
                target.why.clone_from(&why);
            }
        }
        (finding.coverage, finding.why) = roll::coverage(&finding.targets, finding.waivers.first());
        if let Some(gap) = gap_of(corpus, records.get(*ix)) {
            finding.drift = drift::drift(&gap.claim, finding.coverage);
        }
    }
}
