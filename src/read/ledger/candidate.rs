//! What may be a gap: a heading, an item or a row that the shapes found, and how sure it is.

use super::name::Name;

/// A thing that may be a gap, and why it is thought one.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Where it stands.
    pub place: Place,
    /// How it was written.
    pub name: Name,
    /// How sure it is.
    pub strength: Strength,
    /// Whether its id or its series says that it is a gap's.
    pub of_gap: bool,
    /// Whether the part it stands in lists gaps.
    pub listed: bool,
    /// Whether its place defines gaps or says again what stands elsewhere.
    pub role: Role,
    /// The line that defines it.
    pub line: u32,
    /// First and last line of its block.
    pub lines: (u32, u32),
    /// The part it stands in.
    pub section: Option<usize>,
    /// The rule that found it, for `lacuna explain`.
    pub rule: &'static str,
}

/// The block a candidate was found in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A heading, a bold line or a summary, by its index among the sections.
    Section(usize),
    /// An item, by its index.
    Item(usize),
    /// A row, by its table and its place in it.
    Row(usize, usize),
}

/// How sure it is that a candidate is a gap, from the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// A sentence in a list of gaps.
    Plain,
    /// It has a mark of something not done.
    Marked,
    /// It has a title of its own where gaps are listed.
    Titled,
    /// It is counted where gaps are listed, or has the labels of a gap.
    Counted,
    /// It has an id, or a number after a word for a gap.
    Named,
}

/// Whether a place defines gaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// It does.
    Defines,
    /// It may: a table of gaps in a summary.
    Summarises,
    /// It only speaks of gaps that are defined elsewhere.
    Mentions,
}

impl Candidate {
    /// Whether a line lies inside its block.
    pub fn holds(&self, line: u32) -> bool {
        (self.lines.0..=self.lines.1).contains(&line) && line != self.line
    }
}
