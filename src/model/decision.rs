//! A decision record as it was read.

use serde::Serialize;

use super::Fact;
use crate::text::Span;

/// One decision, alone in its file or one of many.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Decision {
    /// `ADR-7` style where the text has it, else made of the file name: unique in the file.
    pub id: String,
    /// The number, where there is one.
    pub number: Option<u32>,
    /// The title, without its number.
    pub title: String,
    /// The status, normalised and as written.
    pub status: Option<Fact<Status>>,
    /// How far it is carried out, where that is said.
    pub implementation: Option<Fact<Implementation>>,
    /// The date, as `YYYY-MM-DD` where it can be told, else as written.
    pub date: Option<Fact<String>>,
    /// Who took it, where that is said.
    pub deciders: Option<Fact<Vec<String>>>,
    /// Relations to other decisions, as written.
    pub relations: Vec<Relation>,
    /// The heading's anchor when the file holds many.
    pub anchor: Option<String>,
    /// First and last line of the decision in its file.
    pub lines: (u32, u32),
}

/// The normalised status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Draft, proposed, in review, pending.
    Proposed,
    /// Accepted, approved, decided.
    Accepted,
    /// Rejected, abandoned.
    Rejected,
    /// Deprecated.
    Deprecated,
    /// Superseded by another.
    Superseded,
    /// Words that are none of these.
    Unknown,
}

impl Status {
    /// The stable word for exports and styles.
    pub fn name(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Deprecated => "deprecated",
            Self::Superseded => "superseded",
            Self::Unknown => "unknown",
        }
    }
}

/// How far a decision is carried out: the second axis of a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Implementation {
    /// Not implemented.
    Not,
    /// Begun, or partly there.
    Partly,
    /// Implemented.
    Done,
}

impl Implementation {
    /// The stable word for exports and styles.
    pub fn name(self) -> &'static str {
        match self {
            Self::Not => "not_implemented",
            Self::Partly => "partly_implemented",
            Self::Done => "implemented",
        }
    }
}

/// A relation to another decision.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Relation {
    /// Which way it points.
    pub kind: RelationKind,
    /// Whether it holds for all of the other decision.
    pub extent: Extent,
    /// The other decision: a number, an id or a file as written.
    pub to: String,
    /// Line, from 1.
    pub line: u32,
    /// Characters of the reference.
    pub span: Span,
}

/// How much of a decision a relation is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Extent {
    /// All of it.
    #[default]
    Whole,
    /// A part of it: the rest stays in force.
    Part,
}

/// How two decisions relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RelationKind {
    /// This one replaces the other.
    Supersedes,
    /// The other replaces this one.
    SupersededBy,
    /// This one changes the other.
    Amends,
    /// The other changes this one.
    AmendedBy,
    /// They have to do with each other.
    Relates,
}

impl RelationKind {
    /// The stable word for exports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Supersedes => "supersedes",
            Self::SupersededBy => "superseded_by",
            Self::Amends => "amends",
            Self::AmendedBy => "amended_by",
            Self::Relates => "relates",
        }
    }

    /// The same relation, seen from the other decision.
    pub fn mirrored(self) -> Self {
        match self {
            Self::Supersedes => Self::SupersededBy,
            Self::SupersededBy => Self::Supersedes,
            Self::Amends => Self::AmendedBy,
            Self::AmendedBy => Self::Amends,
            Self::Relates => Self::Relates,
        }
    }
}
