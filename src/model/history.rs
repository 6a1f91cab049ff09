//! What version control tells of a project: the last change of each file, and coverage over time.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::path::RelPath;

/// The history of a project, as far as the clone has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct History {
    /// The commits that were looked at for coverage, the oldest first.
    pub samples: Vec<Sample>,
    /// Commits that changed a file last, the newest first.
    pub commits: Vec<Change>,
    /// The last commit that changed each file, by its place in `commits`.
    pub files: BTreeMap<RelPath, usize>,
    /// Whether the clone lacks what came before.
    pub is_cut: bool,
}

/// A commit, as pages quote it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Change {
    /// Its full name.
    pub commit: String,
    /// The day it was committed, `YYYY-MM-DD` in UTC.
    pub day: String,
    /// The first line of its message.
    pub subject: String,
}

impl Change {
    /// The first letters of its name, as people quote a commit.
    pub fn short(&self) -> &str {
        self.commit.get(..9).unwrap_or(&self.commit)
    }
}

/// How gaps stood at a commit.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Sample {
    /// The commit.
    pub change: Change,
    /// How many commits lie between this sample and the one before; 0 where they are neighbours.
    pub skipped: usize,
    /// The figures.
    pub state: State,
}

/// The figures of one commit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct State {
    /// All gaps.
    pub overall: Counts,
    /// By priority, the most urgent first; gaps without one come last.
    pub by_priority: Vec<(String, Counts)>,
    /// The coverage of each gap by its id.
    pub gaps: BTreeMap<String, Coverage>,
}

/// Gaps by their coverage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Counts {
    /// Filled.
    pub covered: usize,
    /// Filled in part.
    pub partial: usize,
    /// Not filled.
    pub uncovered: usize,
    /// Left open on purpose.
    pub waived: usize,
}

/// The coverage of a gap, as it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the words are those of the graph's coverage")]
pub enum Coverage {
    Covered,
    Partial,
    Uncovered,
    Waived,
}

impl Coverage {
    /// Whether nobody has to do anything about it.
    pub fn is_filled(self) -> bool {
        matches!(self, Self::Covered | Self::Waived)
    }
}

/// When a gap was opened and filled, as far as the samples tell.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct GapHistory<'a> {
    /// The first sample that has the gap.
    pub opened: &'a Sample,
    /// Whether that is the first sample of all: the gap may be older.
    pub is_oldest: bool,
    /// The sample in which it was filled and has stayed so; none of a gap that is open.
    pub filled: Option<&'a Sample>,
}

impl History {
    /// The last commit that changed a file, with its place: the newest has the lowest.
    pub fn last_change(&self, path: &RelPath) -> Option<(usize, &Change)> {
        let at = *self.files.get(path)?;
        Some((at, self.commits.get(at)?))
    }

    /// What became of a gap; none when no sample has it.
    pub fn of_gap(&self, id: &str) -> Option<GapHistory<'_>> {
        let state = |sample: &Sample| sample.state.gaps.get(id).copied();
        let first = self.samples.iter().position(|sample| state(sample).is_some())?;
        let is_filled = |sample: &&Sample| state(sample).is_some_and(Coverage::is_filled);
        let filled = self.samples[first..].iter().rev().take_while(is_filled).last();
        Some(GapHistory { opened: &self.samples[first], is_oldest: first == 0, filled })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(n: usize, gaps: &[(&str, Coverage)]) -> Sample {
        Sample {
            change: Change { commit: n.to_string(), day: String::new(), subject: String::new() },
            skipped: 0,
            state: State {
                gaps: gaps.iter().map(|(id, state)| ((*id).to_owned(), *state)).collect(),
                ..State::default()
            },
        }
    }

    #[test]
    fn a_gap_is_filled_since_it_was_filled_last() {
        use Coverage::{Covered, Uncovered};
        let history = History {
            samples: vec![
                sample(0, &[("A", Covered)]),
                sample(1, &[("A", Uncovered), ("B", Uncovered)]),
                sample(2, &[("A", Covered), ("B", Uncovered)]),
                sample(3, &[("A", Covered), ("B", Uncovered)]),
            ],
            ..History::default()
        };
        let a = history.of_gap("A").expect("it is there");
        assert!(a.is_oldest && a.filled.expect("filled").change.commit == "2");
        let b = history.of_gap("B").expect("it is there");
        assert_eq!((b.opened.change.commit.as_str(), b.filled), ("1", None));
        assert_eq!(history.of_gap("C"), None);
    }
}
