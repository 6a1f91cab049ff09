//! References from one text to another: links, images, wiki links and citations of lines.

use serde::Serialize;

use crate::text::Span;

/// One reference, as it stands in a file.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Reference {
    /// What it points at.
    pub to: Pointer,
    /// The characters of the reference in the file.
    pub span: Span,
    /// Its line, from 1.
    pub line: u32,
}

/// What a reference points at, before anything is looked up.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase", tag = "form")]
pub enum Pointer {
    /// `[text](href)`: a relative address or a fragment. Addresses with a scheme are not kept.
    Link {
        /// The address as written.
        href: String,
    },
    /// `![alt](href)`.
    Image {
        /// The address as written.
        href: String,
    },
    /// `[[id]]` or `[[id|text]]`.
    Wiki {
        /// The id as written, without the text.
        id: String,
    },
    /// A citation of a file, its lines or one of its sections, in prose.
    Citation(Citation),
}

/// A citation in any of the spellings people use: `Chunk-013.txt (lines 69-299)`, `docs/X.md`,
/// `src/a.rs:12-40`, `SDD section 5.1`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Citation {
    /// The file, chunk or document named, as written, without marks and without its lines.
    pub target: String,
    /// First and last line, from 1.
    pub lines: Option<(u32, u32)>,
    /// A section or fragment of the target.
    pub section: Option<String>,
}
