//! A view that a document holds: a question about records, answered anew by every build.

use serde::Serialize;

use crate::text::Span;

/// A fenced block ```` ```lacuna ````, as it was read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Embedded {
    /// The whole block, in the file.
    pub span: Span,
    /// What it asks for; none when it cannot be understood.
    pub query: Option<Query>,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
}

/// Something wrong in a block.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Problem {
    /// The characters, in the file.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// A question about records of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Query {
    /// The kind.
    pub kind: Kind,
    /// Which of them: an expression over their fields, with its place in the file; all without one.
    pub condition: Option<(String, Span)>,
    /// What is shown of each, in tables and lists.
    pub columns: Vec<&'static str>,
    /// What they are sorted by, the first key first.
    pub sort: Vec<SortKey>,
    /// What they are counted by, in bars, pies and matrices.
    pub by: Vec<&'static str>,
    /// How many are shown at most.
    pub limit: usize,
    /// How they are shown.
    pub shape: Shape,
}

/// A field to sort by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SortKey {
    /// The field.
    pub field: &'static str,
    /// Which end comes first.
    pub order: Order,
}

/// Which end of a sorted list comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Order {
    /// The smallest.
    Ascending,
    /// The largest.
    Descending,
}

/// How records are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// A row for each.
    Table,
    /// A line for each.
    List,
    /// A bar for each value of a field.
    Bar,
    /// A slice for each value of a field.
    Pie,
    /// Numbers by two fields.
    Matrix,
    /// A drawing of what leads to what.
    Graph,
}

impl Shape {
    /// All of them by name.
    pub const ALL: [(&'static str, Self); 6] = [
        ("table", Self::Table),
        ("list", Self::List),
        ("bar", Self::Bar),
        ("pie", Self::Pie),
        ("matrix", Self::Matrix),
        ("graph", Self::Graph),
    ];

    /// How many fields it counts by.
    pub fn counts_by(self) -> usize {
        match self {
            Self::Bar | Self::Pie => 1,
            Self::Matrix => 2,
            Self::Table | Self::List | Self::Graph => 0,
        }
    }
}

/// The records a view can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the words are those that are written")]
pub enum Kind {
    Records,
    Gaps,
    Decisions,
    Documents,
    Chunks,
    Symbols,
    Tasks,
    Components,
    Phases,
    Efforts,
    Risks,
    Questions,
    Debts,
    Services,
    Metrics,
}

/// The fields of what a gap analysis records beside its gaps.
const OF_ENTRIES: &[&str] = &[
    "id", "title", "path", "line", "ledger", "section", "status", "percent", "gap", "priority",
    "owner",
];

impl Kind {
    /// All of them by name.
    pub const ALL: [(&'static str, Self); 15] = [
        ("records", Self::Records),
        ("gaps", Self::Gaps),
        ("decisions", Self::Decisions),
        ("documents", Self::Documents),
        ("chunks", Self::Chunks),
        ("symbols", Self::Symbols),
        ("tasks", Self::Tasks),
        ("components", Self::Components),
        ("phases", Self::Phases),
        ("efforts", Self::Efforts),
        ("risks", Self::Risks),
        ("questions", Self::Questions),
        ("debts", Self::Debts),
        ("services", Self::Services),
        ("metrics", Self::Metrics),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }

    /// What can be asked of its records.
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Records => &["id", "title", "path", "line", "kind", "links"],
            Self::Gaps => &[
                "id", "title", "path", "line", "links", "ledger", "category", "priority",
                "coverage", "claim", "drift", "targets", "missing", "effort",
            ],
            Self::Decisions => {
                &["id", "title", "path", "line", "links", "status", "date", "number", "superseded"]
            }
            Self::Documents => &[
                "id",
                "title",
                "path",
                "links",
                "kind",
                "folder",
                "date",
                "tags",
                "description",
                "words",
                "covers",
            ],
            Self::Chunks => &["id", "title", "path", "links", "lines"],
            Self::Symbols => &[
                "id",
                "title",
                "path",
                "line",
                "links",
                "package",
                "shape",
                "deprecated",
                "members",
            ],
            _ => OF_ENTRIES,
        }
    }

    /// What is shown of them when nothing else is said.
    pub fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Records => &["title", "kind"],
            Self::Gaps => &["id", "title", "priority", "coverage"],
            Self::Decisions => &["title", "status", "date"],
            Self::Documents => &["title", "description"],
            Self::Chunks => &["title", "lines"],
            Self::Symbols => &["title", "shape", "package"],
            _ => &["title", "status", "ledger"],
        }
    }
}
