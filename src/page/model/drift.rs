//! What the drift board shows: claim against finding.

use serde::Serialize;

use super::{Link, Pager};
use crate::model::gap::ClaimStatus;

/// Every claim about a gap, those that do not hold first.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct DriftView {
    /// How many gaps are in each state, with the address of their list.
    pub counts: Vec<DriftCount>,
    /// Gaps whose claim does not hold, the worst first.
    pub rows: Vec<DriftRow>,
    /// Gaps whose claim holds.
    pub agrees: Vec<Settled>,
    /// Gaps of which nothing is claimed.
    pub unknown: Vec<Settled>,
    /// The ways to the other pages.
    pub pager: Option<Pager>,
    /// Whether this is the first page, which also says what there is none of.
    pub first: bool,
}

/// How many gaps are in one state.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct DriftCount {
    /// `overclaimed`, `underclaimed`, `agrees`, `unknown`.
    pub state: &'static str,
    /// How many.
    pub count: usize,
    /// Where they are listed.
    pub href: String,
}

/// A gap whose claim does not hold.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct DriftRow {
    /// The id that links to it.
    pub id: String,
    /// Title and address.
    #[serde(flatten)]
    pub link: Link,
    /// `P0`, or empty.
    pub priority: &'static str,
    /// `overclaimed`, `underclaimed`.
    pub drift: &'static str,
    /// What is claimed: `open`, `partial`, `done`.
    pub claim: ClaimStatus,
    /// The claim as written, with its places.
    pub words: Vec<ClaimWords>,
    /// `covered`, `partial`, `uncovered`.
    pub coverage: &'static str,
    /// The reason of the finding, a clause.
    pub reason: String,
    /// How far claim and finding lie apart, to 100.
    pub points: u32,
    /// The weight of the priority.
    pub weight: u32,
}

/// Words of a claim and the line they stand on.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ClaimWords {
    /// As written.
    pub text: String,
    /// The line.
    pub line: u32,
    /// The address of the line.
    pub href: String,
}

/// A gap about which there is nothing to settle.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct Settled {
    /// The id that links to it.
    pub id: String,
    /// Title and address.
    #[serde(flatten)]
    pub link: Link,
    /// `covered`, `partial`, `uncovered`, `waived`.
    pub coverage: &'static str,
    /// What is claimed.
    pub claim: ClaimStatus,
}
