//! What was looked for where no gap was found.

use serde::Serialize;

use super::Link;

/// What was looked for, and what to do.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct Sought {
    /// How many files were read.
    pub files: usize,
    /// What makes a file a gap analysis.
    pub ledger: &'static str,
    /// What makes a file a record of one gap.
    pub record: &'static str,
    /// The files that were taken for gap analyses.
    pub ledgers: Vec<SoughtFile>,
    /// Shapes of gaps in them: what, and an example.
    pub shapes: Vec<(&'static str, &'static str)>,
    /// What to write into the configuration.
    pub help: &'static str,
}

/// A file that was taken for a gap analysis.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct SoughtFile {
    /// Title and address.
    #[serde(flatten)]
    pub link: Link,
    /// The file.
    pub path: String,
    /// Why it was taken for one.
    pub why: String,
}
