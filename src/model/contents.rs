//! Tables of contents that somebody wrote beside the documents, and what folders say of themselves.

use crate::path::RelPath;

/// A table of contents: mdBook's `SUMMARY.md`, the `nav` of `mkdocs.yml`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Contents {
    /// The file that holds it.
    pub file: RelPath,
    /// The folder of its documents; empty for the root of the project.
    pub root: String,
    /// Its entries from top to bottom.
    pub entries: Vec<ContentsEntry>,
}

/// One entry of a table of contents.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ContentsEntry {
    /// The words of the entry; none where only a file is named.
    pub title: Option<String>,
    /// The document; none for a heading, and for a chapter that is not yet written.
    pub to: Option<RelPath>,
    /// How far it is indented: deeper entries stand below the last shallower one.
    pub depth: usize,
}

/// What a folder says of itself: Docusaurus' `_category_.json`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct FolderFacts {
    /// Its name for people.
    pub label: Option<String>,
    /// Its place among its neighbours.
    pub position: Option<i64>,
}
