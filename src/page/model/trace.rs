//! What the pages of traceability and of badges show.

use serde::Serialize;

use super::{Count, Link, Pager};

/// Gaps by documents, one page of them.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct TraceView {
    /// Gaps that name a document, or that a document declares to fill.
    pub traced: usize,
    /// Gaps that no document is named for.
    pub untraced: usize,
    /// Documents, sections and schemas that are named, whether or not they exist.
    pub documents: usize,
    /// The documents of this page.
    pub columns: Vec<TraceColumn>,
    /// The gaps of this page.
    pub rows: Vec<TraceRow>,
    /// The ways to the other pages.
    pub pager: Option<Pager>,
    /// What nothing links to, by kind.
    pub orphans: Vec<Count>,
    /// The address of the plan, which lists the gaps without a document.
    pub plan: String,
}

/// A document at the head of a column.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct TraceColumn {
    /// The file name, or the words as written.
    pub label: String,
    /// The whole path, or the words as written.
    pub path: String,
    /// Its address, when it exists.
    pub href: Option<String>,
}

/// A gap with its documents.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct TraceRow {
    /// The id that links to it.
    pub id: String,
    /// Title and address.
    #[serde(flatten)]
    pub link: Link,
    /// `P0`, or empty.
    pub priority: &'static str,
    /// `covered`, `partial`, `uncovered`, `waived`.
    pub coverage: &'static str,
    /// Citations of research.
    pub cited: usize,
    /// Those that lead to it.
    pub held: usize,
    /// The state of the link to each column; empty where there is none.
    pub cells: Vec<&'static str>,
}

/// What nothing links to, one page of it.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct OrphansView {
    /// All of them by kind, each with the page where they begin.
    pub counts: Vec<Count>,
    /// Those of this page.
    pub groups: Vec<OrphanGroup>,
    /// The ways to the other pages.
    pub pager: Option<Pager>,
    /// The address of the traceability page.
    pub trace: String,
}

/// Records of one kind that nothing links to.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct OrphanGroup {
    /// A fragment of the page.
    pub anchor: &'static str,
    /// `Documents`.
    pub label: &'static str,
    /// What it means that nothing links to them.
    pub why: &'static str,
    /// The records.
    pub records: Vec<OrphanRow>,
}

/// A record that nothing links to.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct OrphanRow {
    /// Title and address.
    #[serde(flatten)]
    pub link: Link,
    /// The file, with the line where the record is a part of it.
    pub place: String,
}

/// All badges but those of single gaps.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct BadgesView {
    /// By what they are about.
    pub groups: Vec<BadgeGroup>,
    /// Whether the address of the site is known, so that the Markdown can be pasted anywhere.
    pub absolute: bool,
}

/// Badges about one kind of thing.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct BadgeGroup {
    /// `By ledger`.
    pub label: &'static str,
    /// A fragment of the page.
    pub anchor: &'static str,
    /// The badges.
    pub badges: Vec<BadgeRow>,
    /// How many more there are, which are not shown.
    pub more: usize,
}

/// A badge with what to paste.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct BadgeRow {
    /// Its words.
    pub words: String,
    /// The drawing.
    pub image: String,
    /// The data for shields.io.
    pub data: String,
    /// The page that it leads to.
    pub href: String,
    /// What to paste.
    pub markdown: String,
}
