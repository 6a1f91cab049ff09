//! Reads one tag as the HTML standard does (WHATWG HTML, section 13.2.5, "Tokenization").

use std::ops::Range;

/// A start or an end tag; places are bytes from its `<`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag<'t> {
    /// The name as it is written.
    pub name: &'t str,
    /// Whether it ends an element.
    pub is_end: bool,
    /// Whether it says that it has no content. HTML looks past that, SVG and MathML do not.
    pub is_closed: bool,
    /// Its length in bytes, with the `>`.
    pub length: usize,
}

/// What stands in a tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Attribute<'t> {
    /// The name as it is written.
    pub name: &'t str,
    /// The value as it is written, character references included.
    pub value: &'t str,
    /// Whether the value, when there is one, stands in double quotes.
    pub is_plain: bool,
    /// From the white space before the name to behind the value.
    pub place: Range<usize>,
    /// The value without its quotes.
    pub value_place: Range<usize>,
}

impl Attribute<'_> {
    /// All of it, in a text where its tag begins at `start`.
    pub fn place_in(&self, start: usize) -> Range<usize> {
        start + self.place.start..start + self.place.end
    }

    /// Its value, in a text where its tag begins at `start`.
    pub fn value_in(&self, start: usize) -> Range<usize> {
        start + self.value_place.start..start + self.value_place.end
    }
}

/// The tag at the start of `text`, and its `attributes` in place of those of another; none when a
/// browser takes the `<` for a word, a comment or a declaration, or when the tag never ends.
pub(super) fn read<'t>(text: &'t str, attributes: &mut Vec<Attribute<'t>>) -> Option<Tag<'t>> {
    attributes.clear();
    let bytes = text.as_bytes();
    let is_end = bytes.get(1) == Some(&b'/');
    let start = if is_end { 2 } else { 1 };
    if !bytes.get(start)?.is_ascii_alphabetic() {
        return None;
    }
    let ends_name = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>');
    let mut at = start + bytes[start..].iter().position(ends_name)?;
    let name = &text[start..at];
    let mut is_closed = false;
    loop {
        let before = at;
        at += bytes[at..].iter().position(|byte| !byte.is_ascii_whitespace())?;
        match bytes[at] {
            b'>' => return Some(Tag { name, is_end, is_closed, length: at + 1 }),
            b'/' => {
                is_closed = bytes.get(at + 1) == Some(&b'>');
                at += 1;
            }
            _ => {
                let attribute = attribute(text, before, at)?;
                at = attribute.place.end;
                attributes.push(attribute);
            }
        }
    }
}

/// The attribute whose name begins at `at`, with the white space from `before`.
fn attribute(text: &str, before: usize, at: usize) -> Option<Attribute<'_>> {
    let bytes = text.as_bytes();
    // A `=` at the start is part of the name.
    let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>' | b'=');
    let name_end = at + 1 + bytes[at + 1..].iter().position(ends)?;
    let name = &text[at..name_end];
    let blank = |from: usize| {
        bytes[from..].iter().position(|byte| !byte.is_ascii_whitespace()).map(|n| from + n)
    };
    let sign = blank(name_end)?;
    if bytes[sign] != b'=' {
        let value_place = name_end..name_end;
        let place = before..name_end;
        return Some(Attribute { name, value: "", is_plain: true, place, value_place });
    }
    let first = blank(sign + 1)?;
    let (value_place, end) = match bytes[first] {
        quote @ (b'"' | b'\'') => {
            let end = first + 1 + bytes[first + 1..].iter().position(|byte| *byte == quote)?;
            (first + 1..end, end + 1)
        }
        _ => {
            let ends = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'>';
            let end = first + bytes[first..].iter().position(ends)?;
            (first..end, end)
        }
    };
    let is_plain = bytes[first] == b'"' && sign == name_end && first == sign + 1;
    let value = &text[value_place.clone()];
    Some(Attribute { name, value, is_plain, place: before..end, value_place })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_browsers_read() {
        let mut all = Vec::new();
        let tag = read("<a HREF='x y'\ttitle = a/b checked/>rest", &mut all).expect("a tag");
        let attributes: Vec<_> = all.iter().map(|a| (a.name, a.value, a.is_plain)).collect();
        assert_eq!(
            attributes,
            [("HREF", "x y", false), ("title", "a/b", false), ("checked", "", true)]
        );
        assert_eq!((tag.name, tag.is_end, tag.is_closed), ("a", false, true));
        let tag = read("<br class=\"a>b\"/>x", &mut all).expect("a tag");
        assert_eq!((tag.length, all[0].is_plain, &all[0].place), (17, true, &(3..15)));
        assert!(read("</p >x", &mut all).is_some_and(|tag| tag.is_end && tag.length == 5));
        for no in ["< a>", "<3>", "<!-- a -->", "<?a>", "</>", "<a", "<a b", "<a b=", "<a b=\"c"] {
            assert_eq!(read(no, &mut all), None, "{no}");
        }
        // A solidus between names ends one, and a sign of equality may begin one.
        read("<img/onerror=x =y>", &mut all).expect("a tag");
        assert_eq!(all.iter().map(|a| a.name).collect::<Vec<_>>(), ["onerror", "=y"]);
    }
}
