//! Which language a tag stands in. A browser reads the same characters otherwise in each of the three,
//! and where they meet is where cleaned markup has come to life again in other programs: so a tag of
//! one never stands in another, and words of a drawing or a formula hold no tag.

use super::tag::{Attribute, Tag};
use crate::render::html::TAGS;

/// The language at a place of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Within {
    /// HTML.
    Html,
    /// A drawing in this many drawings.
    Svg(u32),
    /// The words of an element of a drawing.
    SvgWords(&'static str, u32),
    /// A formula.
    Math,
    /// The words of an element of a formula.
    MathWords(&'static str),
}

impl Within {
    /// Whether a tag may stand here.
    pub fn takes(self, tag: &Tag<'_>, attributes: &[Attribute<'_>]) -> bool {
        match self {
            Self::Html => match tag.name {
                "svg" | "math" => !tag.is_end,
                "input" => !tag.is_end && is_mark(attributes),
                "section" => true,
                name => TAGS.contains(&name),
            },
            Self::Svg(_) => SVG.contains(&tag.name),
            Self::Math => MATH.contains(&tag.name),
            Self::SvgWords(name, _) | Self::MathWords(name) => tag.is_end && tag.name == name,
        }
    }

    /// Whether a tag that may stand here may have this attribute.
    pub fn has(self, tag: &Tag<'_>, attribute: &str) -> bool {
        let names: &[&str] = match (self, tag.name) {
            (Self::Html, "svg") | (Self::Svg(_) | Self::SvgWords(..), _) => &SVG_ATTRIBUTES,
            (Self::Html, "math") | (Self::Math | Self::MathWords(_), _) => &MATH_ATTRIBUTES,
            (Self::Html, _) => &ATTRIBUTES,
        };
        !tag.is_end && (names.binary_search(&attribute).is_ok() || attribute.starts_with("aria-"))
    }

    /// The language behind the tag.
    pub fn behind(self, tag: &Tag<'_>) -> Self {
        let opens = !tag.is_end && !tag.is_closed;
        let words = |names: &[&'static str]| names.iter().copied().find(|name| *name == tag.name);
        match (self, tag.name) {
            (Self::Html, "svg") if opens => Self::Svg(1),
            (Self::Html, "math") if opens => Self::Math,
            (Self::Svg(depth), "svg") if opens => Self::Svg(depth + 1),
            (Self::Svg(1), "svg") if tag.is_end => Self::Html,
            (Self::Svg(depth), "svg") if tag.is_end => Self::Svg(depth - 1),
            (Self::Math, "math") if tag.is_end => Self::Html,
            (Self::Svg(depth), _) if opens => {
                words(&["title", "desc", "text"]).map_or(self, |name| Self::SvgWords(name, depth))
            }
            (Self::Math, _) if opens => {
                words(&["mi", "mn", "mo", "ms", "mtext"]).map_or(self, Self::MathWords)
            }
            (Self::SvgWords(_, depth), _) => Self::Svg(depth),
            (Self::MathWords(_), _) => Self::Math,
            _ => self,
        }
    }
}

/// The box before an item of a list: it takes no word and sends nothing.
fn is_mark(attributes: &[Attribute<'_>]) -> bool {
    let has =
        |name: &str, value: &str| attributes.iter().any(|a| a.name == name && a.value == value);
    has("type", "checkbox") && has("disabled", "")
}

#[rustfmt::skip]
const ATTRIBUTES: [&str; 29] = [
    "abbr", "align", "alt", "checked", "class", "colspan", "decoding", "dir", "disabled", "headers",
    "height", "href", "id", "lang", "loading", "open", "rel", "reversed", "role", "rowspan", "scope",
    "src", "start", "tabindex", "title", "type", "valign", "value", "width",
];

const SVG: [&str; 8] = ["a", "circle", "g", "path", "rect", "svg", "text", "title"];

#[rustfmt::skip]
const SVG_ATTRIBUTES: [&str; 16] = [
    "class", "cx", "cy", "d", "height", "href", "preserveAspectRatio", "r", "role", "rx", "ry",
    "text-anchor", "viewBox", "width", "x", "y",
];

#[rustfmt::skip]
const MATH: [&str; 28] = [
    "math", "menclose", "merror", "mfrac", "mi", "mmultiscripts", "mn", "mo", "mover", "mpadded",
    "mphantom", "mprescripts", "mroot", "mrow", "ms", "mspace", "msqrt", "mstyle", "msub", "msubsup",
    "msup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover", "semantics",
];

#[rustfmt::skip]
const MATH_ATTRIBUTES: [&str; 29] = [
    "accent", "accentunder", "class", "columnalign", "columnlines", "depth", "display", "displaystyle",
    "fence", "form", "frame", "height", "largeop", "linethickness", "lspace", "mathvariant", "maxsize",
    "minsize", "movablelimits", "notation", "rowlines", "rspace", "scriptlevel", "separator",
    "stretchy", "symmetric", "voffset", "width", "xmlns",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_for_the_search() {
        assert!(
            ATTRIBUTES.is_sorted() && SVG_ATTRIBUTES.is_sorted() && MATH_ATTRIBUTES.is_sorted()
        );
    }
}
