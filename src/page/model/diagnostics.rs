//! What the pages about diagnostics show.

use serde::Serialize;

use super::{Link, Pager, Problems};

/// What is wrong with the content.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct DiagnosticsView {
    /// Numbers.
    pub problems: Problems,
    /// Those on this page, by file.
    pub files: Vec<DiagnosedFile>,
    /// How many there are on this page.
    pub shown: usize,
    /// Every code there is, by name; on the first page.
    pub codes: Vec<CodeRow>,
    /// The ways to the other pages.
    pub pager: Option<Pager>,
}

/// Findings about one file.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct DiagnosedFile {
    /// Its path.
    pub path: String,
    /// Its page.
    pub href: Option<String>,
    /// The findings.
    pub findings: Vec<Finding>,
}

/// A diagnostic as shown.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct Finding {
    /// The code's name.
    pub code: &'static str,
    /// The page of the code.
    pub code_href: String,
    /// `error`, `warning`, `info`.
    pub severity: &'static str,
    /// Line, 0 when there is none.
    pub line: u32,
    /// Column.
    pub column: u32,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// A code in a list.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct CodeRow {
    /// Its name, and its page.
    #[serde(flatten)]
    pub link: Link,
    /// `error`, `warning`, `info`: the level when the configuration says nothing.
    pub level: &'static str,
    /// The rule in a few words.
    pub summary: &'static str,
}

/// What a code means. The text `content` says it, and `mend` what can be done.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct CodeView {
    /// `error`, `warning`, `info`: the level when the configuration says nothing.
    pub level: &'static str,
    /// The rule in a few words.
    pub summary: &'static str,
}
