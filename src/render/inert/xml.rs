//! Characters that XML has no way to write.

use crate::render::svg::is_xml;

/// A document in which those characters are U+FFFD: with one of them no reader takes any of it
/// (XML 1.0, section 2.2).
pub fn xml(document: String) -> String {
    let is_unknown = |c: char| !is_xml(c);
    match document.contains(is_unknown) {
        true => document.replace(is_unknown, "\u{fffd}"),
        false => document,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_character_costs_nobody_the_document() {
        let text = "<a>\u{1}b\t\n\r\u{7f}\u{fffe}é</a>";
        assert_eq!(xml(text.to_owned()), "<a>\u{fffd}b\t\n\r\u{7f}\u{fffd}é</a>");
    }
}
