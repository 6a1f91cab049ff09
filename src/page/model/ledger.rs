//! What the page of a ledger shows: its gaps, and a table for each other kind of record.

use serde::Serialize;

use super::{ClaimsView, Count, GapRow, Link, Pager, RelationRow, Sought, Tally};
use crate::graph::targets::Targets;

/// A gap analysis.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct LedgerView {
    /// The date as written.
    pub date: Option<String>,
    /// Tags as written.
    pub tags: Vec<String>,
    /// Coverage of the gaps it holds.
    pub coverage: Option<Tally>,
    /// What was looked for, when it holds no gaps.
    pub sought: Option<Sought>,
    /// What the gaps it holds name to fill them.
    pub targets: Targets,
    /// How many gaps it holds.
    pub held: usize,
    /// The gaps that are shown, in the order of the file.
    pub gaps: Vec<HeldGap>,
    /// The first and the last of them, from 1, where others are on other pages.
    pub gaps_shown: Option<(usize, usize)>,
    /// Everything else it records that is shown, a table for each kind.
    pub tables: Vec<EntryTable>,
    /// Figures it states and contradictions in it.
    pub claims: Option<ClaimsView>,
    /// The page of its lines.
    pub lines_href: String,
    /// Gaps that name this document as what fills, or would fill, them; those that are shown.
    pub covers: Vec<GapRow>,
    /// How many of them there are.
    pub answers: usize,
    /// Every list there is, with the page on which it begins.
    pub lists: Vec<Count>,
    /// The page of the text, when it has one of its own.
    pub text_href: Option<String>,
    /// The ways to the other pages of the lists.
    pub pager: Option<Pager>,
    /// The number of this page, from 1.
    pub page: usize,
}

/// A gap in the table of its own ledger.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct HeldGap {
    /// What every list says of it.
    #[serde(flatten)]
    pub row: GapRow,
    /// The words of its claim, as written.
    pub written: Vec<String>,
    /// Where it is defined.
    pub line: LineLink,
}

/// A line of the ledger, with its address.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct LineLink {
    /// From 1.
    pub number: u32,
    /// On the page of lines.
    pub href: String,
}

/// All entries of one kind.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct EntryTable {
    /// `risk`, `task`, ….
    pub kind: &'static str,
    /// The head of the column of titles: `Risk`.
    pub noun: &'static str,
    /// `Risks`.
    pub title: &'static str,
    /// The fragment of the table.
    pub anchor: String,
    /// How many entries, on all pages together.
    pub count: usize,
    /// The first and the last of the rows that are shown, from 1, where others are on other pages.
    pub shown: Option<(usize, usize)>,
    /// Sentences on the whole.
    pub notes: Vec<String>,
    /// The entries, in one table as long as they say the same kinds of things.
    pub parts: Vec<EntryPart>,
}

/// Groups of entries with the same columns.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct EntryPart {
    /// Heads of the columns between the title and the line.
    pub columns: Vec<String>,
    /// The rows, by the heading or the gap they stand under.
    pub groups: Vec<EntryGroup>,
}

impl EntryTable {
    /// Adds a group; it joins the last part when the columns are the same.
    pub fn push(&mut self, columns: Vec<String>, group: EntryGroup) {
        match self.parts.last_mut().filter(|part| part.columns == columns) {
            Some(part) => part.groups.push(group),
            None => self.parts.push(EntryPart { columns, groups: vec![group] }),
        }
    }
}

/// Entries under one heading.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct EntryGroup {
    /// The heading, or the gap; empty when all of the table stands together.
    pub title: String,
    /// Where the heading or the gap is.
    pub href: String,
    /// What the bars of the group measure.
    pub axis: Option<Axis>,
    /// The entries.
    pub rows: Vec<EntryRow>,
}

/// The ends of a scale of time.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Axis {
    /// The label of the start.
    pub from: String,
    /// The label of the end.
    pub to: String,
}

/// An entry in its table.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct EntryRow {
    /// The fragment that links to it.
    pub anchor: String,
    /// Its id, may be empty.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The gap it also is, or is about.
    pub gap: Option<Link>,
    /// One cell for each column.
    pub cells: Vec<Cell>,
    /// Where it stands.
    pub line: LineLink,
}

/// A cell of an entry.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
#[serde(tag = "cell", rename_all = "snake_case")]
pub enum Cell {
    /// The text gives nothing.
    Nothing,
    /// A state, in our word and as written.
    Status {
        /// `open`, `partial`, `done`, `unknown`.
        claim: &'static str,
        /// As written, may be empty where it is a box.
        written: String,
    },
    /// What the text says.
    Text {
        /// Each statement.
        parts: Vec<Said>,
    },
    /// Working time.
    Effort {
        /// As written.
        written: String,
        /// In days, or that it cannot be read.
        days: String,
    },
    /// What comes before.
    After {
        /// By name.
        names: Vec<RelationRow>,
    },
    /// A place in time.
    Bar {
        /// The length of the scale.
        total: u64,
        /// Where it begins.
        start: u64,
        /// How long it is.
        width: u64,
        /// `critical`, `spare`, `given`, `open`.
        tone: &'static str,
        /// In words.
        words: String,
    },
}

/// One statement of an entry.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct Said {
    /// The label as written, where the column does not say it.
    pub label: String,
    /// The text.
    pub text: String,
    /// Its line, where it is not that of the entry.
    pub line: Option<LineLink>,
}
