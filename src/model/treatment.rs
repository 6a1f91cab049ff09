//! `[content]` of `lacuna.toml`, and how a text is treated by it and by the limits.

use serde::{Deserialize, Serialize};

use super::limits::Limits;

/// `[content]`: what becomes of parts of a text that could be more than text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Content {
    /// What becomes of raw HTML.
    pub raw_html: RawHtml,
}

/// What becomes of raw HTML in a text. That it runs can not be asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RawHtml {
    /// Elements and attributes that code hosts permit in a README stay, the others go.
    #[default]
    Sanitize,
    /// Nothing of it is an element: the page shows the characters that were written. Comments are
    /// left out, as they are otherwise.
    Escape,
}

impl RawHtml {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Sanitize, Self::Escape];

    /// Its name in the configuration.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sanitize => "sanitize",
            Self::Escape => "escape",
        }
    }
}

/// How texts are treated when they are shown. It is part of every page, so that a page is made anew
/// when the configuration says otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Treatment {
    /// What becomes of what could be more than text.
    pub content: Content,
    /// How much work they may ask for.
    pub limits: Limits,
}
