//! What the pages of decisions show.

use serde::Serialize;

use super::{Link, Pager};

/// The decision log.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct DecisionIndex {
    /// Those that are shown, in the order of folder and number.
    pub decisions: Vec<DecisionRow>,
    /// How many there are.
    pub all: usize,
    /// On the first page, how many have each status, in a fixed order, without those that none has.
    pub counts: Vec<DecisionCount>,
    /// When they were taken; none when too few have a date.
    pub timeline: Option<Timeline>,
    /// Each chain of supersession in steps, oldest first.
    pub chains: Vec<Vec<Vec<DecisionRow>>>,
    /// Decisions that nothing links to or names.
    pub unlinked: Vec<Link>,
    /// How many nothing links to.
    pub all_unlinked: usize,
    /// Whether the decisions stand in several folders.
    pub several_logs: bool,
    /// The ways to the other pages.
    pub pager: Option<Pager>,
    /// The number of this page, from 1.
    pub page: usize,
}

/// How many decisions have a status.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct DecisionCount {
    /// `accepted`, …; `unknown` for none.
    pub status: &'static str,
    /// How many.
    pub count: usize,
}

/// A decision in a list.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct DecisionRow {
    /// `ADR-7`.
    pub id: String,
    /// The number, to sort by.
    pub number: Option<u32>,
    /// Title and address.
    #[serde(flatten)]
    pub link: Link,
    /// `accepted`, …; `unknown` when there is none.
    pub status: &'static str,
    /// As written, may be empty.
    pub raw_status: String,
    /// `implemented`, …; empty when that is not said.
    pub implementation: &'static str,
    /// `YYYY-MM-DD` where it can be told, else as written; may be empty.
    pub date: String,
    /// The file, to tell logs apart.
    pub path: String,
}

/// Decisions over time: a column for each stretch, a cell for each decision.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct Timeline {
    /// Width of the drawing.
    pub width: usize,
    /// Height of the drawing.
    pub height: usize,
    /// Edge of a cell, without the space around it.
    pub edge: (usize, usize),
    /// The cells.
    pub cells: Vec<Cell>,
    /// The first and the last stretch, for people.
    pub ends: (String, String),
    /// How long a stretch is: `month`, `quarter`, `year`.
    pub unit: &'static str,
    /// Decisions without a date that can be told.
    pub undated: usize,
}

/// A decision in the timeline.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct Cell {
    /// From the left.
    pub x: usize,
    /// From the top.
    pub y: usize,
    /// `accepted`, …
    pub status: &'static str,
    /// Date, id, title and status.
    pub title: String,
    /// The address of the decision; empty where the mark stands for several.
    pub href: String,
    /// How high it is.
    pub height: usize,
}

/// One decision. A drawing of the chain is the text named `chain`.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct DecisionView {
    /// What the log says of it.
    pub row: DecisionRow,
    /// Who took it.
    pub deciders: Vec<String>,
    /// Relations in both directions.
    pub relations: Vec<RelationRow>,
    /// The chain of supersession it stands in, in steps, oldest first; none when alone.
    pub chain: Vec<Vec<DecisionRow>>,
    /// Whether it is superseded as a whole.
    pub superseded: bool,
    /// The decisions that did it, as far as they are known.
    pub superseded_by: Vec<Link>,
    /// Gaps, documents and others that rest on it.
    pub rests: Vec<RestRow>,
    /// Lists of the log it stands in.
    pub lists: Vec<Link>,
}

/// A relation of a decision.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct RelationRow {
    /// `supersedes`, `superseded by`, …
    pub label: &'static str,
    /// The other's title, or the words as written when there is none.
    pub title: String,
    /// Its address; `None` when it does not exist.
    pub href: Option<String>,
}

/// What rests on a decision.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct RestRow {
    /// `gap`, `document`, …; gaps come first.
    pub kind: &'static str,
    /// Title and address.
    #[serde(flatten)]
    pub link: Link,
    /// The coverage of a gap, empty for others.
    pub coverage: &'static str,
    /// How: "links to it in line 3", "names it".
    pub how: String,
}
