//! What `lacuna.lock` remembers: for every citation of lines, the text it was accepted with.

use std::{collections::BTreeMap, fmt};

use serde::Serialize;

use crate::path::RelPath;

/// The name of the file, at the root of the project.
pub const FILE: &str = "lacuna.lock";

/// The version of the format. It changes when an older program could misread the file.
pub const VERSION: u32 = 1;

/// The name of the fingerprint. It changes with the hash, and with what counts as one text.
pub const HASH: &str = "blake3-lines-1";

/// The accepted citations.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Lock {
    /// Each citation with the place it was accepted at.
    pub citations: BTreeMap<Key, Accepted>,
    /// Each accepted text once, for several citations may share one.
    pub passages: BTreeMap<Print, Passage>,
}

/// What names a citation whatever else changes around it: it holds nothing that an edit elsewhere
/// in the citing file could shift. A citation whose own words change is another one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The file it stands in.
    pub file: RelPath,
    /// The id of the record it stands in, a gap or the file as a whole.
    pub owner: String,
    /// The cited name as written.
    pub target: String,
    /// The cited lines as written.
    pub lines: (u32, u32),
}

/// The place a citation was accepted at.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Accepted {
    /// The cited file.
    pub path: RelPath,
    /// The cited lines, counted in that file.
    pub lines: (u32, u32),
    /// How the citation counts them.
    pub counted: Counted,
    /// The fingerprint of the lines.
    pub print: Print,
    /// The first words of the lines, for people.
    pub words: String,
    /// Up to three lines before, the nearest last: they tell two equal passages apart.
    pub before: Vec<LinePrint>,
    /// Up to three lines after, the nearest first.
    pub after: Vec<LinePrint>,
}

/// How a citation counts lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Counted {
    /// In the file itself.
    File,
    /// In the original that the file was cut from.
    Original,
}

impl Counted {
    /// The stable word.
    pub fn name(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Original => "original",
        }
    }
}

/// An accepted text by its lines: enough to find it again and to show what changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Passage(pub Vec<KeptLine>);

/// One line of an accepted text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct KeptLine {
    /// The hash of the whole line.
    pub print: LinePrint,
    /// Its beginning, normalised; empty when the passage is too long to keep any.
    pub text: String,
    /// Whether `text` is all of the line.
    pub extent: Extent,
}

/// How much of a line was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Extent {
    /// All of it.
    Whole,
    /// Its beginning.
    Cut,
}

/// The fingerprint of a passage: 128 bits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Print(pub [u8; 16]);

/// The hash of one line: 32 bits. Equal hashes are only a hint that lines are equal; a passage
/// counts as found when its fingerprint agrees.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinePrint(pub u32);

impl Print {
    /// The fingerprint that 32 hexadecimal digits write.
    pub fn parse(hex: &str) -> Option<Self> {
        let whole = hex.len() == 32 && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
        whole.then(|| u128::from_str_radix(hex, 16).ok().map(|n| Self(n.to_be_bytes()))).flatten()
    }
}

impl LinePrint {
    /// The hash that 8 hexadecimal digits write.
    pub fn parse(hex: &str) -> Option<Self> {
        let whole = hex.len() == 8 && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
        whole.then(|| u32::from_str_radix(hex, 16).ok().map(Self)).flatten()
    }
}

impl fmt::Display for Print {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", u128::from_be_bytes(self.0))
    }
}

impl fmt::Display for LinePrint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", self.0)
    }
}

impl fmt::Debug for Print {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Debug for LinePrint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
