//! What pages of sections, folders and plain files may show.

use serde::Serialize;

use super::Link;

/// A section or a folder, listed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct SectionView {
    /// The folder, empty for the root.
    pub folder: String,
    /// What the section holds, in reading order.
    pub items: Vec<SectionRow>,
    /// Files of a folder that holds no documents; the address is empty where one is not shown.
    pub files: Vec<Link>,
    /// How many files more it holds.
    pub more: usize,
}

/// A member of a section.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct SectionRow {
    /// Title and address.
    #[serde(flatten)]
    pub link: Link,
    /// One sentence, may be empty.
    pub description: String,
    /// `document`, `ledger`, `section`, …
    pub label: &'static str,
    /// How many entries a section holds; 0 for a document.
    pub pages: usize,
}

/// A file that is no record.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct FileView {
    /// Whether it can be shown.
    pub state: FileState,
    /// Its lines.
    pub lines: Vec<FileLine>,
    /// Fragments that are linked and lie past the end.
    pub past: Vec<String>,
}

/// Whether a file can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FileState {
    /// It is text.
    Text,
    /// It is no text.
    Binary,
    /// It is longer than a page should be.
    TooLong,
    /// It could not be read.
    Unreadable,
}

/// A line of a file.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct FileLine {
    /// From 1.
    pub number: u32,
    /// Its text.
    pub text: String,
    /// Fragments of linked ranges that begin here.
    pub begins: Vec<String>,
}
