//! Flat badges, as SVG and as shields.io endpoint data.

use std::fmt::Write as _;

use serde_json::json;

use super::{html::escape, inert};

/// What the number on the badge means to a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tone {
    /// As it should be.
    Good,
    /// Acceptable, with something left to do.
    Fair,
    /// Needs attention.
    Poor,
    /// Information without a judgement.
    Neutral,
}

/// Draws a flat badge of 20 pixels height, sized for Verdana at 11 pixels.
#[must_use]
pub fn badge(label: &str, message: &str, tone: Tone) -> String {
    let (left_text, right_text) = (text_width(label), text_width(message));
    let (left, right) = (left_text + 10, right_text + 10);
    let width = left + right;
    let (label, message) = (escape(label), escape(message));
    let colour = tone.colour();
    let mut svg = String::with_capacity(900);
    let (left_middle, right_middle) = (f64::from(left) / 2.0, f64::from(left * 2 + right) / 2.0);
    let written = write!(
        svg,
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="20" role="img" aria-label="{label}: {message}"><title>{label}: {message}</title><clipPath id="r"><rect width="{width}" height="20" rx="3"/></clipPath><g clip-path="url(#r)"><rect width="{left}" height="20" fill="#555"/><rect x="{left}" width="{right}" height="20" fill="{colour}"/></g><g fill="#fff" text-anchor="middle" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11"><text x="{left_middle}" y="14" textLength="{left_text}">{label}</text><text x="{right_middle}" y="14" textLength="{right_text}">{message}</text></g></svg>"##
    );
    written.expect("writing to a string does not fail");
    inert::xml(svg)
}

/// The same badge as data, in the shields.io endpoint schema, version 1.
#[must_use]
pub fn endpoint(label: &str, message: &str, tone: Tone) -> String {
    json!({
        "schemaVersion": 1,
        "label": label,
        "message": message,
        "color": tone.colour().trim_start_matches('#'),
    })
    .to_string()
}

impl Tone {
    /// Fill with at least 4.5:1 contrast to the white text on it.
    const fn colour(self) -> &'static str {
        match self {
            Self::Good => "#2c7a2c",
            Self::Fair => "#8a6100",
            Self::Poor => "#c0322b",
            Self::Neutral => "#5c6670",
        }
    }
}

/// Advance widths of Verdana for `' '..='~'`, in thousandths of an em.
#[rustfmt::skip]
const WIDTHS: [u32; 95] = [
    352, 394, 459, 818, 636, 1076, 727, 269, 454, 454, 636, 818, 364, 454, 364, 454,
    636, 636, 636, 636, 636, 636, 636, 636, 636, 636, 454, 454, 818, 818, 818, 545,
    1000, 684, 686, 698, 771, 632, 575, 775, 751, 421, 455, 693, 557, 843, 748, 787,
    603, 787, 695, 684, 616, 732, 684, 989, 685, 615, 685, 454, 454, 454, 818, 636,
    636, 601, 623, 521, 623, 596, 352, 623, 633, 274, 344, 592, 274, 973, 633, 607,
    623, 623, 427, 521, 394, 633, 592, 818, 592, 592, 525, 635, 454, 635, 818,
];

/// Width in pixels at 11 pixels, rounded up; characters outside ASCII count as wide ones.
fn text_width(text: &str) -> u32 {
    let width = |c: char| {
        let index = (c as usize).checked_sub(' ' as usize);
        index.and_then(|index| WIDTHS.get(index)).copied().unwrap_or(900)
    };
    (text.chars().map(width).sum::<u32>() * 11).div_ceil(1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_follows_the_text() {
        assert_eq!(text_width("coverage"), 51);
        let svg = badge("coverage", "87 %", Tone::Good);
        assert!(svg.contains(r##"<rect width="61" height="20" fill="#555"/>"##), "{svg}");
        assert!(svg.contains("<title>coverage: 87 %</title>") && svg.contains(r#"role="img""#));
    }

    #[test]
    fn text_is_escaped() {
        let svg = badge("<script>", "\"&'", Tone::Poor);
        assert!(!svg.contains("<script>"));
        assert_eq!(
            super::super::svg::clean(&svg).map(|clean| clean.contains("&lt;script&gt;")),
            Ok(true)
        );
    }

    #[test]
    fn endpoint_is_schema_version_1() {
        let value: serde_json::Value =
            serde_json::from_str(&endpoint("gaps", "3 \"open\"", Tone::Fair)).expect("valid JSON");
        assert_eq!(value["schemaVersion"], 1);
        assert_eq!(value["message"], "3 \"open\"");
        assert_eq!(value["color"], "8a6100");
    }
}
