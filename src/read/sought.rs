//! What is looked for when gaps are: said wherever none was found, so that an empty list is never
//! silent.

/// One way in which a text may hold a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// What it is, in a few words.
    pub what: &'static str,
    /// How it may look.
    pub example: &'static str,
}

/// The shapes of a gap in a gap analysis.
pub const SHAPES: &[Shape] = &[
    Shape {
        what: "a heading with a number or an id",
        example: "### 3. Backups, ## GAP-003: Backups",
    },
    Shape {
        what: "an item of a list or a check box with a title",
        example: "1. **Backups**: …, - [ ] **Backups**",
    },
    Shape {
        what: "a row of a table with a column for the gap",
        example: "| Gap | Priority | Status |",
    },
];

/// What makes a file a gap analysis.
pub const LEDGER: &str = "a Markdown or text file whose name has `gap` and a word such as \
                          `analysis`, or whose title has `gap` and whose sections are counted";

/// What makes a file a record of one gap.
pub const RECORD: &str =
    "a Markdown file in a folder `gaps` whose front matter has an `id` and a `title`";

/// What to write into `lacuna.toml` when a gap analysis was not taken for one.
pub const HELP: &str = "[[collection]]\nkind = \"ledger\"\npath = \"docs/open-points.md\"";
