//! The figures: computed once from the graph, read by every page, badge, command and export, so
//! that no two can disagree.

mod tally;

use std::collections::BTreeMap;

use super::{
    Corpus,
    coverage::{self, GapFinding},
    drift::Drift,
    record::{Part, RecordIx, RecordKind, Records},
    targets::{self, Targets},
};
use crate::model::gap::{Gap, Priority};
pub use tally::{Tally, Weighted, share};

/// All figures about the gaps of a corpus.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metrics {
    /// All gaps.
    pub overall: Tally,
    /// By ledger in the order of path, also those that hold no gap; gap records come last.
    pub by_ledger: Vec<Group>,
    /// By priority, the most urgent first, those in use; gaps without one come last.
    pub by_priority: Vec<Group>,
    /// By category or dimension as written, letter case aside; empty when no gap has one.
    pub by_category: Vec<Group>,
    /// By phase as written, letter case aside; empty when no gap has one.
    pub by_phase: Vec<Group>,
    /// Gaps of ledgers against gap records.
    pub by_kind: Vec<Group>,
    /// How the claims fare.
    pub drift: DriftCounts,
    /// Coverage with the weights of the priorities.
    pub weighted: Weighted,
    /// What the gaps name to fill them.
    pub targets: Targets,
}

/// Some of the gaps with their coverage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What the group is called: `P0`, the title of a ledger, a category.
    pub label: String,
    /// The ledger, for a group of one ledger's gaps.
    pub ledger: Option<RecordIx>,
    /// Its figures.
    pub tally: Tally,
}

/// Gaps by how claim and finding compare.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DriftCounts {
    /// The text says more than the files show.
    pub overclaimed: usize,
    /// The files show more than the text says.
    pub underclaimed: usize,
    /// They say the same.
    pub agrees: usize,
    /// The text claims nothing.
    pub unknown: usize,
}

impl DriftCounts {
    /// How many gaps are in a state.
    pub fn of(self, drift: Drift) -> usize {
        match drift {
            Drift::Overclaimed => self.overclaimed,
            Drift::Underclaimed => self.underclaimed,
            Drift::Agrees => self.agrees,
            Drift::Unknown => self.unknown,
        }
    }

    fn add(&mut self, drift: Drift) {
        match drift {
            Drift::Overclaimed => self.overclaimed += 1,
            Drift::Underclaimed => self.underclaimed += 1,
            Drift::Agrees => self.agrees += 1,
            Drift::Unknown => self.unknown += 1,
        }
    }
}

impl Metrics {
    /// Counts everything, in one pass over the findings.
    pub fn of(
        corpus: Corpus<'_>,
        records: &Records,
        gaps: &BTreeMap<RecordIx, GapFinding>,
    ) -> Self {
        let mut metrics = Self { targets: targets::count(gaps.values()), ..Self::default() };
        let mut groups = Groups::new(records);
        for (ix, finding) in gaps {
            let record = records.get(*ix);
            let Some(gap) = coverage::gap_of(corpus, record) else { continue };
            let priority = gap.priority.as_ref().map(|p| p.value);
            metrics.overall.add(finding.coverage);
            metrics.drift.add(finding.drift);
            metrics.weighted.add(finding.coverage, corpus.weights.of(priority));
            let ledger = (record.part != Part::Whole).then(|| records.of_file(record.file));
            groups.add(ledger, gap, finding);
        }
        groups.into_metrics(records, metrics)
    }

    /// The figures of one ledger; `None` for a record that is none.
    pub fn ledger(&self, ledger: RecordIx) -> Option<&Group> {
        self.by_ledger.iter().find(|group| group.ledger == Some(ledger))
    }
}

/// Groups while they are counted.
struct Groups {
    ledgers: BTreeMap<RecordIx, Tally>,
    native: Tally,
    held: Tally,
    priorities: BTreeMap<Priority, Tally>,
    unranked: Tally,
    categories: Named,
    phases: Named,
}

impl Groups {
    fn new(records: &Records) -> Self {
        let ledgers = records.iter().filter(|(_, r)| r.kind == RecordKind::Ledger);
        Self {
            ledgers: ledgers.map(|(ix, _)| (ix, Tally::default())).collect(),
            native: Tally::default(),
            held: Tally::default(),
            priorities: BTreeMap::new(),
            unranked: Tally::default(),
            categories: Named::default(),
            phases: Named::default(),
        }
    }

    fn add(&mut self, ledger: Option<RecordIx>, gap: &Gap, finding: &GapFinding) {
        let state = finding.coverage;
        match ledger {
            Some(ledger) => {
                self.ledgers.entry(ledger).or_default().add(state);
                self.held.add(state);
            }
            None => self.native.add(state),
        }
        match &gap.priority {
            Some(priority) => self.priorities.entry(priority.value).or_default().add(state),
            None => self.unranked.add(state),
        }
        self.categories.group(gap.category.as_ref().map(|c| c.value.as_str())).add(state);
        self.phases.group(gap.phase.as_ref().map(|p| p.value.as_str())).add(state);
    }

    fn into_metrics(self, records: &Records, mut metrics: Metrics) -> Metrics {
        let group = |label: &str, tally| Group { label: label.to_owned(), ledger: None, tally };
        let ledgers = self.ledgers.into_iter().map(|(ix, tally)| Group {
            label: records.get(ix).title.clone(),
            ledger: Some(ix),
            tally,
        });
        let native = (self.native.total() > 0).then(|| group("Gap records", self.native));
        metrics.by_ledger = ledgers.chain(native).collect();
        let ranked = self.priorities.into_iter().map(|(p, tally)| group(p.name(), tally));
        let unranked = (self.unranked.total() > 0).then(|| group("No priority", self.unranked));
        metrics.by_priority = ranked.chain(unranked).collect();
        metrics.by_category = self.categories.into_groups("No category");
        metrics.by_phase = self.phases.into_groups("No phase");
        metrics.by_kind = [("Gaps of ledgers", self.held), ("Gap records", self.native)]
            .into_iter()
            .filter(|(_, tally)| tally.total() > 0)
            .map(|(label, tally)| group(label, tally))
            .collect();
        metrics
    }
}

/// Groups by a word of the text, in the order in which the words are first met.
#[derive(Default)]
struct Named {
    at: BTreeMap<String, usize>,
    groups: Vec<Group>,
    without: Tally,
}

impl Named {
    fn group(&mut self, word: Option<&str>) -> &mut Tally {
        let Some(word) = word.map(str::trim).filter(|word| !word.is_empty()) else {
            return &mut self.without;
        };
        let next = self.groups.len();
        let at = *self.at.entry(word.to_lowercase()).or_insert(next);
        if at == next {
            let tally = Tally::default();
            self.groups.push(Group { label: word.to_owned(), ledger: None, tally });
        }
        &mut self.groups[at].tally
    }

    fn into_groups(mut self, without: &str) -> Vec<Group> {
        if !self.groups.is_empty() && self.without.total() > 0 {
            let tally = self.without;
            self.groups.push(Group { label: without.to_owned(), ledger: None, tally });
        }
        self.groups
    }
}
