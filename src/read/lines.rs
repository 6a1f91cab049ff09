//! A Markdown text as lines: which are code, and which carry a label and its value.

use std::sync::LazyLock;

use regex::Regex;

/// One line, with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// Counted from 1.
    pub number: u32,
    /// Its first byte in the file.
    pub start: usize,
    /// Its text, without the line end.
    pub text: &'a str,
    /// Whether it says something or shows something.
    pub kind: LineKind,
}

/// Prose is read, code never is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// Prose, a heading, a list, a table.
    Prose,
    /// A fence, or a line between two.
    Code,
}

impl Line<'_> {
    /// Whether nothing stands on the line.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The width of the white space before the text; a tab counts as four.
    pub fn indent(&self) -> usize {
        let white = self.text.chars().take_while(|letter| letter.is_whitespace());
        white.map(|letter| if letter == '\t' { 4 } else { 1 }).sum()
    }
}

/// The lines of `text` from byte `start` on.
pub fn scan(text: &str, start: usize) -> Vec<Line<'_>> {
    let mut fence: Option<&str> = None;
    let mut lines = Vec::new();
    let mut at = 0;
    for (index, whole) in text.split_inclusive('\n').enumerate() {
        let body = whole.trim_end_matches(['\n', '\r']);
        let opens = fence_of(body);
        let kind = match (fence, opens) {
            (None, Some(_)) => {
                fence = opens;
                LineKind::Code
            }
            (None, None) => LineKind::Prose,
            (Some(open), Some(close)) if close.starts_with(open) && is_bare(body) => {
                fence = None;
                LineKind::Code
            }
            (Some(_), _) => LineKind::Code,
        };
        if at >= start {
            lines.push(Line { number: index as u32 + 1, start: at, text: body, kind });
        } else {
            fence = None;
        }
        at += whole.len();
    }
    lines
}

/// The signs of a code fence at the start of a line.
fn fence_of(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let sign = line.chars().next().filter(|sign| matches!(sign, '`' | '~'))?;
    let len = line.len() - line.trim_start_matches(sign).len();
    (len >= 3).then(|| &line[..len])
}

/// Whether nothing follows the fence's signs, as on a closing one.
fn is_bare(line: &str) -> bool {
    line.trim().chars().all(|sign| matches!(sign, '`' | '~'))
}

/// A label and the text after it, on one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label<'a> {
    /// The label without emphasis and colon.
    pub name: &'a str,
    /// The text after the colon, trimmed.
    pub value: &'a str,
    /// The byte of the line at which the value begins.
    pub offset: usize,
}

static MARKER: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^\s*(?:>\s*)*(?:(?:[-*+]|\d+[.)])\s+)?(?:\[[ xX~-]\]\s+)?"));
static STRONG_LABEL: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^(?:\*\*|__|\*|_)([^*_:：|]{1,60}?)\s*(?:[:：]\s*(?:\*\*|__|\*|_)|(?:\*\*|__|\*|_)\s*[:：])",
    )
});
static PLAIN_LABEL: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^(\p{L}[\p{L}\p{N}'’ /&-]{0,38})(?::(?:\s+|$)|：\s*)"));

static WHOLE_LABEL: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^(?:\*\*|__)([^*_:：|]{1,40}?)\s*[:：]\s*([^*_]+)(?:\*\*|__)\s*$"));

/// Compiles an expression that is part of the program.
pub fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the expressions of the readers are tested")
}

/// The bytes of the quote and list signs at the start of a line.
pub fn marker_len(line: &str) -> usize {
    MARKER.find(line).map_or(0, |found| found.end())
}

/// `- **Status**: open`, `**Status:** open`, `**Status: open**`, `* Status: open`, `Status: open`.
pub fn label(line: &str) -> Option<Label<'_>> {
    // Most lines have no colon, and are asked.
    if !line.contains([':', '：']) {
        return None;
    }
    let skip = marker_len(line);
    let rest = &line[skip..];
    if let Some(found) = WHOLE_LABEL.captures(rest)
        && let (Some(name), Some(value)) = (found.get(1), found.get(2))
    {
        let offset = skip + value.start();
        return Some(Label { name: name.as_str().trim(), value: value.as_str().trim(), offset });
    }
    let found = STRONG_LABEL.captures(rest).or_else(|| PLAIN_LABEL.captures(rest))?;
    let name = found.get(1)?.as_str().trim();
    let after = &rest[found.get(0)?.end()..];
    let offset = skip + rest.len() - after.trim_start().len();
    Some(Label { name, value: after.trim(), offset })
}

/// Text without emphasis and code signs.
pub fn plain(text: &str) -> String {
    let text = text.replace("**", "").replace("__", "").replace('`', "");
    text.trim().trim_matches('*').trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_in_their_spellings() {
        for line in [
            "- **Status**: open",
            "**Status:** open",
            "* Status: open",
            "Status: open",
            "> **Status** : open",
            "**Status: open**",
        ] {
            let found = label(line).expect(line);
            assert_eq!((found.name, found.value), ("Status", "open"), "{line}");
            assert!(line[found.offset..].starts_with("open"));
        }
        assert_eq!(label("see https://example.org"), None);
        assert_eq!(label("**bold** words"), None);
    }

    #[test]
    fn fences_hide_their_lines() {
        let kinds: Vec<_> =
            scan("a\n```md\n# b\n```\nc\n", 0).into_iter().map(|line| line.kind).collect();
        use LineKind::{Code, Prose};
        assert_eq!(kinds, [Prose, Code, Code, Code, Prose]);
    }
}
