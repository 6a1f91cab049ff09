//! What a page may show of the figures a ledger states, and of its contradictions.

use serde::Serialize;

use super::Link;

/// The figures and contradictions of one ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct ClaimsView {
    /// Figures that are not what was counted.
    pub differs: Vec<ClaimRow>,
    /// Figures that could not be counted.
    pub open: Vec<ClaimRow>,
    /// Figures that hold.
    pub holds: Vec<ClaimRow>,
    /// What the ledger says twice in two ways.
    pub contradictions: Vec<ContradictionRow>,
    /// How many there are of each on all pages together.
    pub totals: ClaimTotals,
}

/// How many figures and contradictions a ledger has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct ClaimTotals {
    /// Figures that are not what was counted.
    pub differs: usize,
    /// Figures that could not be counted.
    pub open: usize,
    /// Figures that hold.
    pub holds: usize,
    /// What the ledger says twice in two ways.
    pub contradictions: usize,
}

/// A figure as stated, and as counted.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ClaimRow {
    /// The fragment of the row.
    pub anchor: String,
    /// The words as written.
    pub raw: String,
    /// Line, from 1.
    pub line: u32,
    /// The address of the line.
    pub href: String,
    /// What was counted, may be empty.
    pub counted: String,
    /// How, or why not.
    pub how: String,
}

/// Mentions that cannot all be right.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ContradictionRow {
    /// `priority`, `status`, …
    pub kind: &'static str,
    /// Whether one of the readings was inferred from free words.
    pub surety: &'static str,
    /// The gap, when it is about one.
    pub gap: Option<Link>,
    /// The gap's id, may be empty.
    pub id: String,
    /// The disagreement, without the name of the gap.
    pub message: String,
    /// Each mention.
    pub sides: Vec<MentionRow>,
}

/// One mention of several that disagree.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct MentionRow {
    /// What was understood.
    pub value: String,
    /// The words as written.
    pub raw: String,
    /// Line, from 1.
    pub line: u32,
    /// The address of the line.
    pub href: String,
}

/// The claims of one ledger in a list of ledgers.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ClaimCount {
    /// The ledger.
    pub ledger: Link,
    /// Where the figures that do not hold, else the contradictions, are listed.
    pub href: String,
    /// Figures that do not hold.
    pub differs: usize,
    /// All figures that could be counted.
    pub counted: usize,
    /// Contradictions.
    pub contradictions: usize,
}

/// A mark in a text behind words that do not hold.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TextMark {
    /// The byte of the file right after the words.
    pub at: usize,
    /// What was counted.
    pub counted: String,
    /// How it was counted.
    pub how: String,
    /// The address of the row that tells more, relative to the page.
    pub href: String,
}
