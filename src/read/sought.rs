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
        what: "a heading with the id of a gap",
        example: "## GAP-003: Backups, ### Gap 1.2: Backups",
    },
    Shape {
        what: "a counted heading in a part about gaps",
        example: "## Critical gaps, then ### 3. Backups (20% complete)",
    },
    Shape {
        what: "a counted heading with the labels of a gap",
        example: "### 3. Backups, then **Status**: and **Impact**:",
    },
    Shape {
        what: "an item or check box with a title in a part about gaps",
        example: "## Missing, then - **Backups**: none",
    },
    Shape { what: "a row of a table of gaps", example: "| ID | Gap | Priority | Status |" },
    Shape { what: "a row that says what is missing", example: "| Feature | Current | Missing |" },
    Shape {
        what: "a row of a comparison whose mark is not done",
        example: "| Feature | Status |, then | Backups | ❌ |",
    },
];

/// What makes a file a gap analysis.
pub const LEDGER: &str = "a Markdown or text file whose name has `gap` and a word such as \
                          `analysis`, or `parity` and tables; whose title has `gap` and whose \
                          sections are counted; or whose lines begin with the ids of gaps";

/// What makes a file a record of one gap.
pub const RECORD: &str =
    "a Markdown file in a folder `gaps` whose front matter has an `id` and a `title`";

/// What to write into `lacuna.toml` when a gap analysis was not taken for one.
pub const HELP: &str = "[[collection]]\nkind = \"ledger\"\npath = \"docs/open-points.md\"";
