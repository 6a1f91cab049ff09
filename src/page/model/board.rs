//! What the gap board, its lists and its heat maps show.

use serde::Serialize;

use super::{GapRow, Link, Tally};

/// Rows by priority, and how much of each is open.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct HeatMap {
    /// What the rows are, as a word of addresses: `ledger`.
    pub facet: &'static str,
    /// The same for people: `Ledger`.
    pub label: &'static str,
    /// The priorities in use, the most urgent first.
    pub columns: Vec<HeatHead>,
    /// The rows.
    pub rows: Vec<HeatRow>,
    /// The way to all rows, where not all are shown.
    pub all: Option<Link>,
}

/// The head of a column.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct HeatHead {
    /// `P0`.
    pub label: String,
    /// The list of all gaps in it.
    pub href: String,
    /// The same as choices of the board: `priority=p0`.
    pub facets: String,
}

/// A row of a heat map.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct HeatRow {
    /// The ledger's title, the category, the phase.
    pub label: String,
    /// The list of its gaps.
    pub href: String,
    /// The same as choices of the board.
    pub facets: String,
    /// Its figures.
    pub tally: Tally,
    /// One for each column; none where there is no gap.
    pub cells: Vec<Option<HeatCell>>,
}

/// The gaps of one row and one column.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct HeatCell {
    /// Gaps that are neither covered nor waived.
    pub open: usize,
    /// All of them.
    pub total: usize,
    /// The share of what is not waived that is still to be done: 0 for nothing, 4 for nearly all.
    pub level: u8,
    /// Their list.
    pub href: String,
    /// The same as choices of the board.
    pub facets: String,
    /// Their figures.
    pub tally: Tally,
}

/// Gaps of one priority on a page of a list.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct GapGroup {
    /// A fragment of the page.
    pub anchor: String,
    /// `P0`.
    pub label: String,
    /// The gaps.
    pub gaps: Vec<GapRow>,
}

/// One page of a list of gaps.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct GapListView {
    /// The figures of the whole list.
    pub coverage: Tally,
    /// The heat map, when the page is about all values of a facet.
    pub map: Option<HeatMap>,
    /// The gaps of this page.
    pub groups: Vec<GapGroup>,
    /// The board, with the same choice.
    pub board: String,
    /// The ledger, when the list is that of one.
    pub ledger: Option<Link>,
    /// The ways to the other pages.
    pub pager: Option<Pager>,
}

/// The ways from one page of a list to the others.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Pager {
    /// The number of this page, from 1.
    pub at: usize,
    /// How many there are.
    pub pages: usize,
    /// The page before.
    pub prev: Option<String>,
    /// The page after.
    pub next: Option<String>,
    /// The pages that are named.
    pub links: Vec<PageLink>,
}

/// A page of a list by its number.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct PageLink {
    /// From 1.
    pub number: usize,
    /// Its address.
    pub href: String,
    /// Whether pages before it are left out.
    pub skipped: bool,
}
