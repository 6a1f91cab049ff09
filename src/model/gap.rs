//! A gap as it was read: what the text claims, where each part was read.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Fact, reference::Citation};
use crate::text::Span;

/// One gap, of a ledger or a native record.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Gap {
    /// The id the text gives (`GAP-003`, `LAC-001`), when it gives one.
    pub id: Option<String>,
    /// The number or id as the text counts (`3`, `GAP-003`).
    pub number: Option<String>,
    /// The title without number, marks and emphasis.
    pub title: String,
    /// The lines that define it: its heading, its row in a summary table.
    pub defined_at: Vec<u32>,
    /// The rules that found it, each with its line.
    pub read_by: Vec<Definition>,
    /// First and last line of its own block.
    pub lines: (u32, u32),
    /// The anchor of its heading in the ledger's page.
    pub anchor: Option<String>,
    /// Its priority.
    pub priority: Option<Fact<Priority>>,
    /// Every place that gives it a priority, in the order of the file.
    pub priorities: Vec<Fact<Priority>>,
    /// What the text says of its state.
    pub claim: Claim,
    /// What it would cost not to fill it.
    pub impact: Option<Fact<String>>,
    /// Dimension or category.
    pub category: Option<Fact<String>>,
    /// When it is to be filled: a phase, a sprint, a release.
    pub phase: Option<Fact<String>>,
    /// Effort or size as written, each mention.
    pub effort: Vec<Fact<String>>,
    /// Research or source that shows the gap.
    pub evidence: Vec<Evidence>,
    /// What would fill it.
    pub targets: Vec<Target>,
    /// Ids or numbers of gaps to fill first.
    pub depends_on: Vec<Fact<String>>,
    /// Steps, with whether they are ticked.
    pub tasks: Vec<Task>,
    /// Why nobody has to fill it.
    pub waiver: Option<Waiver>,
    /// Every label and its text, in order, whether or not it was understood.
    pub fields: Vec<Field>,
}

impl Gap {
    /// Adds what one sentence, cell or key names. The numbers of its groups are its own, from 0.
    ///
    /// A target that is known already keeps its first mention. Its group is joined by those that
    /// are offered in its place: after "Create X.md", "X.md or Y.md" makes Y.md an alternative.
    pub fn add_targets(&mut self, targets: Vec<Target>) {
        let mut next = self.targets.iter().map(|own| own.group + 1).max().unwrap_or(0);
        let known =
            |gap: &Self, new: &Target| gap.targets.iter().position(|own| own.is_same_as(new));
        let mut groups: BTreeMap<u32, u32> = BTreeMap::new();
        for target in &targets {
            if let Some(at) = known(self, target) {
                groups.entry(target.group).or_insert(self.targets[at].group);
            }
        }
        for mut target in targets {
            target.group = *groups.entry(target.group).or_insert_with(|| {
                next += 1;
                next - 1
            });
            if known(self, &target).is_none() {
                self.targets.push(target);
            }
        }
    }
}

impl Target {
    /// Whether two mentions ask for the same thing in the same words.
    fn is_same_as(&self, other: &Self) -> bool {
        self.name == other.name && self.part == other.part
    }
}

/// A line that states a gap, and the rule that saw it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Definition {
    /// Line, from 1.
    pub line: u32,
    /// The rule, in a few words.
    pub rule: &'static str,
}

/// P0 is the most urgent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Priority {
    /// Critical, blocker.
    P0,
    /// High.
    P1,
    /// Medium.
    P2,
    /// Low.
    P3,
    /// Lower, nice to have.
    P4,
}

impl Priority {
    /// All, the most urgent first.
    pub const ALL: [Self; 5] = [Self::P0, Self::P1, Self::P2, Self::P3, Self::P4];

    /// `P0` to `P4`.
    pub fn name(self) -> &'static str {
        ["P0", "P1", "P2", "P3", "P4"][self as usize]
    }
}

/// What a text says of a gap's state. Never believed, only compared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Claim {
    /// The winning reading.
    pub status: ClaimStatus,
    /// Every mention, in the order of the file.
    pub mentions: Vec<Fact<ClaimStatus>>,
    /// A percentage, when one is given.
    pub percent: Option<Fact<u8>>,
}

/// The state a text claims.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ClaimStatus {
    /// Nothing done.
    Open,
    /// Something done.
    Partial,
    /// Done.
    Done,
    /// The text does not say.
    #[default]
    Unknown,
}

impl ClaimStatus {
    /// The word for exports and vocabularies.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Partial => "partial",
            Self::Done => "done",
            Self::Unknown => "unknown",
        }
    }
}

/// A citation that shows the gap.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Evidence {
    /// What is cited.
    pub citation: Citation,
    /// Where the citation stands.
    pub line: u32,
    /// Its characters in the file.
    pub span: Span,
}

/// A document, section or schema that would fill the gap.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Target {
    /// The path, id or document name as written (`docs/X.md`, `SDD section 5.1`).
    pub name: String,
    /// What the text says of it.
    pub intent: Intent,
    /// The part of the document that is asked for, when the name does not hold it.
    pub part: Option<TargetPart>,
    /// Targets of one group are alternatives, of which one is enough; every group is needed.
    pub group: u32,
    /// Line, from 1.
    pub line: u32,
    /// Its characters in the file.
    pub span: Span,
}

/// The part of a document that a target asks for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TargetPart {
    /// A section by its anchor, number or title: without it the target is missing.
    Section(String),
    /// What the document is to speak of ("Expand X.md with rate limits"): the section of that
    /// title when there is one, else the whole document.
    Topic(String),
}

/// What a gap says about its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Intent {
    /// To be written.
    Create,
    /// To be widened.
    Expand,
    /// Said to have been written for this gap.
    Created,
}

impl Intent {
    /// All.
    pub const ALL: [Self; 3] = [Self::Create, Self::Expand, Self::Created];

    /// The stable word of records and exports.
    pub fn name(self) -> &'static str {
        ["create", "expand", "created"][self as usize]
    }
}

/// A step towards filling the gap.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Task {
    /// What to do.
    pub text: String,
    /// Whether its box is ticked.
    pub state: TaskState,
    /// Line, from 1.
    pub line: u32,
}

/// Whether a task's box is ticked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TaskState {
    /// `[ ]`, or no box.
    Open,
    /// `[x]`.
    Done,
}

/// A decision not to fill a gap.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Waiver {
    /// Why.
    pub reason: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// The last day on which it holds, `YYYY-MM-DD`.
    pub until: Option<String>,
    /// Line, from 1.
    pub line: u32,
    /// Its characters in the file.
    pub span: Span,
}

/// A label and its text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Field {
    /// The label as written, without colon and emphasis.
    pub label: String,
    /// The text as written.
    pub text: String,
    /// Line, from 1.
    pub line: u32,
}
