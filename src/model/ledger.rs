//! A gap analysis as it was read: its gaps, and what else it records beside them.

use serde::Serialize;

use super::{
    Fact,
    gap::{ClaimStatus, Field, Gap},
};

/// What one ledger holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// The gaps, in the order of the file.
    pub gaps: Vec<Gap>,
    /// Everything else with a title of its own, by kind and then in the order of the file.
    pub entries: Vec<Entry>,
}

/// Something a ledger records beside its gaps: a risk, a task, a phase. No line that defines a
/// gap defines an entry too, save for debt and components, which name their gap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is.
    pub kind: EntryKind,
    /// The id the text gives (`RISK-1`, `Q3`), when it gives one.
    pub id: Option<String>,
    /// Its name without number, marks and emphasis, and where it stands.
    pub title: Fact<String>,
    /// First and last line of its own block.
    pub lines: (u32, u32),
    /// The heading it stands under.
    pub section: Option<Fact<String>>,
    /// What the text says of its state.
    pub status: Option<Fact<ClaimStatus>>,
    /// How far it is, in percent, as the text says.
    pub percent: Option<Fact<u8>>,
    /// What the text says of it, by meaning, in the order of the text.
    pub said: Vec<(Role, Fact<String>)>,
    /// What it lists, one fact a line.
    pub items: Vec<Fact<String>>,
    /// Working time, when the text gives one that can be read.
    pub effort: Option<Fact<Effort>>,
    /// What has to be done before, as written.
    pub depends_on: Vec<Fact<String>>,
    /// Columns and labels that have no meaning to us, as written.
    pub more: Vec<Field>,
    /// The gap it also is, by its place among the gaps of the ledger.
    pub gap: Option<usize>,
}

impl Entry {
    /// What the text says in one role, the first mention.
    pub fn say(&self, role: Role) -> Option<&Fact<String>> {
        self.said.iter().find(|(own, _)| *own == role).map(|(_, fact)| fact)
    }
}

/// What an entry is. The order is that of the ledger's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum EntryKind {
    /// A part of the product, with how far it is.
    Component,
    /// A stretch of a plan: a phase, a wave, a sprint, some weeks.
    Phase,
    /// A step with a box to tick.
    Task,
    /// Working time somebody estimates, with what comes before.
    Effort,
    /// What may go wrong.
    Risk,
    /// What somebody has to find out.
    Question,
    /// A shortcut taken, with the way round it and the way out.
    Debt,
    /// A running part, and its state.
    Service,
    /// A figure with its present and its wanted value.
    Metric,
}

/// What a statement about an entry means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// How urgent it is.
    Priority,
    /// How likely a risk is.
    Likelihood,
    /// What it does when it happens.
    Impact,
    /// What lessens it.
    Mitigation,
    /// What somebody takes to be the answer.
    Hypothesis,
    /// How the answer is checked.
    Verification,
    /// How to live with it.
    Workaround,
    /// How to end it.
    Fix,
    /// When, or how long.
    Time,
    /// What it is for.
    Purpose,
    /// What it is made of.
    Technology,
    /// Where it listens.
    Port,
    /// Who answers for it.
    Owner,
    /// The value now.
    Current,
    /// The value wanted.
    Wanted,
    /// A remark.
    Note,
}

/// Working days of one person: a week is five, a month twenty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Effort {
    /// The least, in tenths of a day.
    pub low: u32,
    /// The most, in tenths of a day.
    pub high: u32,
}
