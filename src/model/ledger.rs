//! A gap analysis as it was read: its gaps, and what else it records beside them.

use serde::Serialize;

use super::{
    Fact,
    gap::{ClaimStatus, Field, Gap},
    statement::Statement,
};

/// What one ledger holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Ledger {
    /// The gaps, in the order of the file.
    pub gaps: Vec<Gap>,
    /// Everything else with a title of its own, by kind and then in the order of the file.
    pub entries: Vec<Entry>,
    /// Figures that it states and that can be counted, in the order of the text.
    pub statements: Vec<Statement>,
    /// First and last line of its tables, in the order of the file.
    pub tables: Vec<(u32, u32)>,
}

/// Something a ledger records beside its gaps: a risk, a task, a phase. Where it stands on a line
/// that defines a gap too, or in the block of one, it names that gap.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
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
    /// When it is, or how long it takes, when the text gives a time that can be read.
    pub stretch: Option<Fact<Stretch>>,
    /// What has to be done before, as written.
    pub depends_on: Vec<Fact<String>>,
    /// Columns and labels that have no meaning to us, as written.
    pub more: Vec<Field>,
    /// The gap it also is or belongs to, by its place among the gaps of the ledger.
    pub gap: Option<usize>,
}

impl Entry {
    /// Its fragment on the page of its ledger.
    pub fn anchor(&self) -> String {
        format!("lc-{}-{}", self.kind.label(), self.title.line)
    }

    /// What the text says in one role, the first mention.
    pub fn say(&self, role: Role) -> Option<&Fact<String>> {
        self.said.iter().find(|(own, _)| *own == role).map(|(_, fact)| fact)
    }
}

/// What an entry is. The order is that of the ledger's page.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum EntryKind {
    /// A part of the product, with how far it is.
    Component,
    /// A stretch of a plan: a phase, a wave, a sprint, some weeks.
    Phase,
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
    /// A step with a box to tick. Last, for there are many.
    Task,
}

impl EntryKind {
    /// All, in the order of the page.
    pub const ALL: [Self; 9] = [
        Self::Component,
        Self::Phase,
        Self::Effort,
        Self::Risk,
        Self::Question,
        Self::Debt,
        Self::Service,
        Self::Metric,
        Self::Task,
    ];

    /// The word for people, singular.
    pub fn label(self) -> &'static str {
        match self {
            Self::Component => "component",
            Self::Phase => "phase",
            Self::Task => "task",
            Self::Effort => "effort",
            Self::Risk => "risk",
            Self::Question => "question",
            Self::Debt => "debt",
            Self::Service => "service",
            Self::Metric => "metric",
        }
    }
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

impl Role {
    /// The word for people and for the export.
    pub fn label(self) -> &'static str {
        match self {
            Self::Priority => "priority",
            Self::Likelihood => "likelihood",
            Self::Impact => "impact",
            Self::Mitigation => "mitigation",
            Self::Hypothesis => "hypothesis",
            Self::Verification => "verification",
            Self::Workaround => "workaround",
            Self::Fix => "fix",
            Self::Time => "time",
            Self::Purpose => "purpose",
            Self::Technology => "technology",
            Self::Port => "port",
            Self::Owner => "owner",
            Self::Current => "current",
            Self::Wanted => "wanted",
            Self::Note => "note",
        }
    }
}

/// Working time of one person, in minutes: an hour has 60, a day 8 hours, a week 5 days, a month
/// 20 days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Effort {
    /// The least.
    pub low: u64,
    /// The most; the same where the text gives one figure.
    pub high: u64,
}

/// Minutes of a working day.
pub const DAY: u64 = 8 * 60;
/// Minutes of a working week.
pub const WEEK: u64 = 5 * DAY;
/// Minutes of a working month.
pub const MONTH: u64 = 20 * DAY;

impl Effort {
    /// The least and the most, in working days.
    pub fn days(self) -> (f64, f64) {
        (in_days(self.low), in_days(self.high))
    }
}

/// Working minutes in days, to a hundredth.
pub fn in_days(minutes: u64) -> f64 {
    (minutes as f64 / DAY as f64 * 100.0).round() / 100.0
}

/// When a phase is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Stretch {
    /// Working minutes from a common first day: "Weeks 1-2" is the first ten days. The end is
    /// `None` where the text leaves it open ("Week 4+").
    Between {
        /// The first minute.
        from: u64,
        /// The minute after the last.
        to: Option<u64>,
    },
    /// Only how long: "2 weeks".
    Lasting(Effort),
}
