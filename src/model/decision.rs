//! A decision record as it was read.

use serde::Serialize;

use super::Fact;
use crate::text::Span;

/// One decision, alone in its file or one of many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// `ADR-7` style where the text has it, else made of the file name: unique in the file.
    pub id: String,
    /// The number, where there is one.
    pub number: Option<u32>,
    /// The title, without its number.
    pub title: String,
    /// The status, normalised and as written.
    pub status: Option<Fact<Status>>,
    /// The date as written.
    pub date: Option<Fact<String>>,
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

/// A relation to another decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Relation {
    /// Which way it points.
    pub kind: RelationKind,
    /// The other decision: a number, an id or a file as written.
    pub to: String,
    /// Line, from 1.
    pub line: u32,
    /// Characters of the reference.
    pub span: Span,
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
