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

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, sync::Arc};

    use super::*;
    use crate::{
        graph::{self, anchor::Anchors, coverage::Coverage},
        model::{
            source::{Classified, Kind, Outline},
            substance::Substance,
            weights::Weights,
        },
        path::RelPath,
        read,
    };

    fn outline(path: &str, kind: Kind, text: &str) -> Outline {
        let path = RelPath::new(path).expect("a good path");
        read::read(
            &path,
            Classified { kind, why: String::new() },
            &Arc::from(text),
            &read::ledger::vocabulary::Vocabulary::default(),
        )
        .outline
    }

    #[test]
    fn changed_evidence_makes_links_outdated_and_twice_is_once() {
        let gap = "---\nid: G-1\ntitle: One\nevidence: [notes.txt (lines 1-2)]\n\
                   targets: [a.md, b.md]\n---\n";
        let outlines = [
            outline("a.md", Kind::Document, "All about G-1."),
            outline("gap.md", Kind::Gap, gap),
            outline("notes.txt", Kind::Research, "one\ntwo\n"),
        ]
        .map(Arc::new);
        let (none, substance) = (BTreeSet::new(), Substance { words: 2, ..Substance::default() });
        let corpus = Corpus {
            outlines: &outlines,
            assets: &none,
            empty: &none,
            substance: &substance,
            waivers: &[],
            accepted_waivers: None,
            today: None,
            weights: Weights::default(),
            anchors: &Anchors::default(),
            repository: None,
            drafts: &none,
            contents: &[],
            folders: &std::collections::BTreeMap::new(),
        };
        let mut graph = graph::relate(corpus);
        let gap = graph.records.named("G-1")[0];
        assert_eq!(graph.gaps[&gap].targets[0].state, TargetState::Covers);
        let wanted = [TargetState::Outdated, TargetState::Missing];
        // Marking twice is marking once, and evidence that the gap does not have marks nothing.
        for changed in [0, 0, 7] {
            mark(&mut graph.gaps, corpus, &graph.records, &Changed::from([(gap, changed)]));
            let states: Vec<_> = graph.gaps[&gap].targets.iter().map(|t| t.state).collect();
            assert_eq!(states, wanted);
        }
        assert_eq!(graph.gaps[&gap].coverage, Coverage::Partial);
        assert!(graph.gaps[&gap].why.contains("`a.md` is outdated"), "{}", graph.gaps[&gap].why);
    }
}
