//! What reading one file yields: its outline, its body, and what was wrong with it.

use std::{collections::BTreeMap, sync::Arc};

use serde::Serialize;

use super::{
    decision::Decision, gap::Gap, ledger::Ledger, reference::Reference, schema::Schema,
    substance::Amount, view::Embedded,
};
use crate::{diag::Diagnostic, path::RelPath, text::Span};

/// What a file is taken for.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Ordinary Markdown.
    Document,
    /// One decision record, or a file of several.
    Decision,
    /// Research: a chunk or a note, shown with line numbers.
    Research,
    /// A Protocol Buffers file.
    Schema,
    /// A gap analysis that holds many gaps.
    Ledger,
    /// A native gap record.
    Gap,
    /// A Mermaid file.
    Diagram,
}

impl Kind {
    /// The word for people, singular.
    pub fn label(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Decision => "decision",
            Self::Research => "research",
            Self::Schema => "schema",
            Self::Ledger => "ledger",
            Self::Gap => "gap",
            Self::Diagram => "diagram",
        }
    }
}

/// Why a file was taken for its kind, for `lacuna explain FILE`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Classified {
    /// The kind.
    pub kind: Kind,
    /// One sentence: "the folder `adr` holds decisions".
    pub why: String,
}

/// One file, read. Reading never fails: a broken file gives what it can, and diagnostics.
#[derive(Clone, Debug)]
pub struct Source {
    /// Everything the graph may know.
    pub outline: Outline,
    /// Everything only the file's own page shows.
    pub body: Body,
    /// What was wrong, found by looking at this file alone.
    pub diagnostics: Vec<Diagnostic>,
}

/// What other files can know of a file: ids, headings, references and facts, never the prose.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Outline {
    /// Where it stands.
    pub path: RelPath,
    /// What it is and why.
    pub classified: Classified,
    /// Its title: front matter, else the first heading, else a name made of the file name.
    pub title: String,
    /// Metadata at the top of the file.
    pub front: FrontMatter,
    /// Headings in order, with GitHub's anchors, unique in the file.
    pub headings: Vec<Heading>,
    /// Ids of raw HTML (`<a name="x">`) that no heading has, in order of appearance, each once.
    pub places: Vec<String>,
    /// Links and citations in order of appearance.
    pub references: Vec<Reference>,
    /// Words that look like ids (`GAP-002`, `ADR-7`) anywhere in the text, upper case, sorted, unique.
    pub mentions: Vec<String>,
    /// Gaps that the file, or one of its sections, says it fills, in the order of the file.
    pub covers: Vec<Cover>,
    /// Views in its text, in the order of the file.
    pub views: Vec<Embedded>,
    /// How much it says, without headings and front matter: whether there is substance.
    pub amount: Amount,
    /// Lines of the file.
    pub lines: u32,
    /// The first line of each part in which its lines are shown; empty when one page shows all.
    pub divisions: Vec<u32>,
    /// What it says of its own place among others.
    pub order: Order,
    /// What this kind of file states.
    pub facts: Facts,
}

/// What a file says of its own place among others, and what its name is in lists.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Order {
    /// The place, in thousandths, for places may have fractions.
    pub place: Option<i64>,
    /// The short name that the front matter gives.
    pub label: Option<String>,
    /// The short name or the title, in the form that sorts ([`crate::text::natural`]).
    pub name: String,
}

/// The statements particular to a kind.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Facts {
    /// Nothing beyond the outline.
    Plain,
    /// The decisions of the file: one, or many.
    Decisions(Vec<Decision>),
    /// A research chunk.
    Chunk(Chunk),
    /// An index of chunks.
    ChunkIndex(ChunkIndex),
    /// A schema. Shared, for it is large.
    Schema(Arc<Schema>),
    /// What a gap analysis holds.
    Ledger(Box<Ledger>),
    /// The gap of a native record.
    Gap(Box<Gap>),
}

impl Facts {
    /// The gaps of a ledger, or the one of a native record.
    pub fn gaps(&self) -> &[Gap] {
        match self {
            Self::Ledger(ledger) => &ledger.gaps,
            Self::Gap(gap) => std::slice::from_ref(gap),
            _ => &[],
        }
    }
}

/// What only the page of the file shows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Body {
    /// Markdown: the whole text, and where it begins after the front matter.
    Markdown {
        /// The decoded file.
        text: Arc<str>,
        /// Byte offset of the first character after the front matter.
        start: usize,
    },
    /// Text shown by lines.
    Lines(Arc<str>),
    /// Schema source.
    Proto(Arc<str>),
    /// Mermaid source.
    Mermaid(Arc<str>),
}

impl Body {
    /// The decoded file.
    pub fn text(&self) -> &Arc<str> {
        match self {
            Self::Markdown { text, .. }
            | Self::Lines(text)
            | Self::Proto(text)
            | Self::Mermaid(text) => text,
        }
    }
}

/// A heading and the anchor that links to it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Plain text.
    pub text: String,
    /// The fragment, unique in the file.
    pub anchor: String,
    /// Line, from 1.
    pub line: u32,
    /// The heading in the file.
    pub span: Span,
    /// How much stands between it and the next heading of any level.
    pub amount: Amount,
}

/// A declaration that a document, or one of its sections, fills a gap.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Cover {
    /// The id of the gap, as written.
    pub id: String,
    /// The section that fills it, by anchor, number or title; none for the whole document.
    pub section: Option<String>,
    /// Where it is declared.
    pub declared: Declared,
    /// Line, from 1.
    pub line: u32,
    /// The id in the file.
    pub span: Span,
}

/// Where a document says that it fills a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Declared {
    /// `covers` in front matter.
    FrontMatter,
    /// `<!-- covers: GAP-2 -->` under a heading.
    Comment,
}

/// Metadata at the top of a Markdown file, YAML (`---`) or TOML (`+++`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, serde::Deserialize)]
#[serde(default)]
pub struct FrontMatter {
    /// The id other files link to: `[[id]]`.
    pub id: Option<String>,
    /// The title, over the first heading.
    pub title: Option<String>,
    /// One sentence for lists and search engines.
    pub description: Option<String>,
    /// Other ids of the same record.
    pub aliases: Vec<String>,
    /// A date as written.
    pub date: Option<String>,
    /// A status as written.
    pub status: Option<String>,
    /// Free words for grouping.
    pub tags: Vec<String>,
    /// Every other key, kept as written.
    #[serde(flatten)]
    pub extra: BTreeMap<String, Value>,
}

/// A value of front matter that has no meaning to the tool, or a meaning only to one reader.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, serde::Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// `true`, `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Text, and every scalar that is nothing else.
    Text(String),
    /// A sequence.
    List(Vec<Value>),
    /// A mapping.
    Map(BTreeMap<String, Value>),
    /// A number with a fraction, as text.
    #[serde(deserialize_with = "float_as_text")]
    Number(String),
    /// Nothing.
    Null,
}

fn float_as_text<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    <f64 as serde::Deserialize>::deserialize(deserializer).map(|number| number.to_string())
}

/// A chunk of research, or a note.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Chunk {
    /// The number the chunk gives itself.
    pub number: Option<u32>,
    /// The file it was cut from, as written.
    pub original: Option<String>,
    /// Lines of the original it holds, first and last.
    pub source_lines: Option<(u32, u32)>,
    /// Lines it shares with the chunk before.
    pub overlap: u32,
    /// The line of the chunk on which the original's text begins, from 1.
    pub body_line: u32,
}

/// `INDEX.txt` beside chunks: what each holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct ChunkIndex {
    /// The file the chunks were cut from, as written.
    pub original: Option<String>,
    /// Number, first and last line of each chunk, and its overlap with the one before.
    pub chunks: Vec<(u32, u32, u32, u32)>,
}
