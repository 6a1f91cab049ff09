//! Substance: how much a text says, and how much of it was never written.

use serde::{Deserialize, Serialize};

/// How much a text says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Amount {
    /// Words of prose, lists, tables and code; headings, comments and front matter aside.
    pub words: u32,
    /// Words among them that only stand where text is to come, by kind in the order of
    /// [`Filler::ALL`]. A word is of one kind at most.
    pub filler: [u32; 3],
}

impl Amount {
    /// So many words, all of them meant.
    pub fn of_words(words: u32) -> Self {
        Self { words, ..Self::default() }
    }

    /// Adds another text.
    pub fn add(&mut self, other: Self) {
        self.words = self.words.saturating_add(other.words);
        for (own, more) in self.filler.iter_mut().zip(other.filler) {
            *own = own.saturating_add(more);
        }
    }

    /// The words of one kind of filler.
    pub fn of(self, filler: Filler) -> u32 {
        self.filler[filler as usize]
    }

    /// The words that count when the named kinds of filler are let pass.
    pub fn counted(self, allowed: &[Filler]) -> u32 {
        let left_out = Filler::ALL.into_iter().filter(|kind| !allowed.contains(kind));
        left_out.fold(self.words, |words, kind| words.saturating_sub(self.of(kind)))
    }
}

/// Text of a template that was left in place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Filler {
    /// A paragraph, item or cell that begins with `TODO`, `TBD`, `FIXME`, "To be written".
    Todo,
    /// A paragraph that holds "lorem ipsum".
    Lorem,
    /// A request in brackets or braces: `[Describe the problem]`, `{describe context}`.
    Placeholder,
}

impl Filler {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Todo, Self::Lorem, Self::Placeholder];

    /// The name in `lacuna.toml`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Todo => "todo",
            Self::Lorem => "lorem",
            Self::Placeholder => "placeholder",
        }
    }

    /// What it is, for people: "12 words of …".
    pub fn label(self) -> &'static str {
        match self {
            Self::Todo => "TODO notes",
            Self::Lorem => "lorem ipsum",
            Self::Placeholder => "placeholders in brackets",
        }
    }
}

/// `[substance]` of `lacuna.toml`: what makes a document more than a stub.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Substance {
    /// The fewest words of a document that count.
    pub words: u32,
    /// The fewest words of a section that count.
    pub section_words: u32,
    /// Kinds of filler that count like other text.
    pub allow: Vec<Filler>,
}

impl Default for Substance {
    /// About one paragraph for a document, two sentences for a section.
    fn default() -> Self {
        Self { words: 50, section_words: 20, allow: Vec::new() }
    }
}
