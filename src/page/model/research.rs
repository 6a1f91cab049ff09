//! What the pages of research show.

use serde::Serialize;

use super::{Backlink, Link, Pager, UsageView};

/// All research.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct ResearchIndex {
    /// The least used first; those that are shown.
    pub chunks: Vec<ChunkRow>,
    /// How many there are.
    pub all: usize,
    /// The ways to the other pages.
    pub pager: Option<Pager>,
    /// Lines of all research that say something.
    pub lines: u32,
    /// Those of them that are cited.
    pub cited: u32,
    /// Sentences that demand something that nobody cites, in all.
    pub demanded: usize,
}

/// Research in a list.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct ChunkRow {
    /// Title and address.
    #[serde(flatten)]
    pub link: Link,
    /// The file.
    pub path: String,
    /// Lines in the file.
    pub lines: u32,
    /// The original's lines it holds.
    pub source_lines: Option<(u32, u32)>,
    /// Lines shared with the chunk before.
    pub overlap: u32,
    /// How many citations point here.
    pub citations: usize,
    /// How far it is used; none for a text that is no research.
    pub usage: Option<UsageView>,
}

/// Research by lines.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct ChunkView {
    /// `research`, `ledger`, …: what the file is.
    pub label: &'static str,
    /// What the list says of it.
    pub row: ChunkRow,
    /// The file it was cut from, as written.
    pub original: Option<String>,
    /// The lines.
    pub rows: Vec<LineRow>,
    /// Ranges that are cited and begin on this page, by first line.
    pub cited: Vec<CitedRange>,
    /// Whole-file citations.
    pub cited_whole: Vec<Backlink>,
    /// First and last line on this page, where others are on other pages.
    pub shown: Option<(u32, u32)>,
    /// The ways to the other pages.
    pub pager: Option<Pager>,
    /// On the first of several pages, the first line of each.
    pub firsts: Vec<u32>,
    /// Whether there are so many lines that browsers lay out what is on the screen only.
    pub long: bool,
}

/// A line of research.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct LineRow {
    /// The line in the file, from 1.
    pub number: u32,
    /// The line in the original, when the chunk was cut from one.
    pub original: Option<u32>,
    /// The text.
    pub text: String,
    /// Whether a citation covers it.
    pub cited: bool,
    /// Ranges that begin here.
    pub begins: Vec<CitedRange>,
}

/// Lines that somebody cites.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct CitedRange {
    /// First line in the file.
    pub start: u32,
    /// Last line in the file.
    pub end: u32,
    /// The fragment: `L69-L299`.
    pub anchor: String,
    /// Who cites them.
    pub by: Vec<Backlink>,
    /// What became of the lines, when it is not what was accepted.
    pub since: Option<super::AnchorView>,
}
