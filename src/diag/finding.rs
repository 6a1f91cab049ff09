//! A finding as other programs read it: with its place worked out, and with a fingerprint that
//! stays when lines move.

use std::collections::BTreeMap;

use super::{Diagnostic, Severity, human::visible};
use crate::{
    path::RelPath,
    text::{LineIndex, Span},
};

/// Characters at fault are quoted when there are no more of them than these.
const LONGEST_QUOTE: usize = 240;

/// A diagnostic with all that the formats say of it.
#[derive(Clone, Debug)]
pub struct Finding<'a> {
    /// What was found.
    pub diagnostic: &'a Diagnostic,
    /// The characters at fault; none when the finding is about the whole file.
    pub place: Option<Place>,
    /// The characters themselves, when they are few and on one line.
    pub quote: Option<&'a str>,
    /// 32 hexadecimal digits that name the finding whatever line it is on.
    pub fingerprint: String,
    /// Which of the findings with this fingerprint it is, from 1.
    pub nth: usize,
}

/// From the first character at fault to the one behind the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The first.
    pub start: Point,
    /// The one behind the last.
    pub end: Point,
}

/// A place between two characters. Lines and columns count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// The line.
    pub line: u32,
    /// The column in characters.
    pub column: u32,
    /// The column in UTF-16 code units, as editors and SARIF count.
    pub utf16: u32,
}

/// What is the same for all findings of a run.
#[derive(Clone, Copy, Debug, Default)]
pub struct Run<'a> {
    /// The folder of the project as seen from where the program was started, with no slash at its
    /// end; empty when it is the same.
    pub folder: &'a str,
    /// The address of the published site.
    pub base_url: Option<&'a str>,
    /// Which findings make the run fail.
    pub fails: Fails,
}

/// The findings that make a run fail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fails {
    /// Errors.
    #[default]
    Errors,
    /// Errors and warnings.
    Warnings,
    /// None.
    Nothing,
}

impl Fails {
    /// Whether a finding of this weight makes the run fail.
    pub fn on(self, severity: Severity) -> bool {
        match self {
            Self::Errors => severity == Severity::Error,
            Self::Warnings => severity <= Severity::Warning,
            Self::Nothing => false,
        }
    }
}

impl Run<'_> {
    /// A path of the project as seen from where the program was started.
    pub fn path(&self, path: &RelPath) -> String {
        match self.folder {
            "" => path.to_string(),
            folder => format!("{folder}/{path}"),
        }
    }

    /// The page of a code on the published site.
    pub fn page(&self, code: &str) -> Option<String> {
        Some(format!("{}/codes/{code}.html", self.base_url?.trim_end_matches('/')))
    }
}

impl Finding<'_> {
    /// The line and column of the first character, in characters; 1 and 1 for a whole file.
    pub fn position(&self) -> (u32, u32) {
        self.place.map_or((1, 1), |place| (place.start.line, place.start.column))
    }

    /// The message on one line, with what would steer a terminal spelled out.
    pub fn message(&self) -> String {
        visible(&self.diagnostic.message)
    }

    /// The message and the help.
    pub fn message_and_help(&self) -> String {
        match &self.diagnostic.help {
            Some(help) => format!("{}; {}", self.message(), visible(help)),
            None => self.message(),
        }
    }
}

/// Works out the places and fingerprints of sorted diagnostics; `text` is the decoded text of a
/// file.
pub fn locate<'a>(
    diagnostics: &'a [Diagnostic],
    text: impl Fn(&RelPath) -> Option<&'a str>,
) -> Vec<Finding<'a>> {
    let mut last: Option<(&RelPath, &'a str, LineIndex)> = None;
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut findings = Vec::with_capacity(diagnostics.len());
    for diagnostic in diagnostics {
        let path = &diagnostic.path;
        if last.as_ref().is_none_or(|(known, ..)| *known != path) {
            last = text(path).map(|text| (path, text, LineIndex::new(text)));
        }
        let found = last.as_ref().zip(diagnostic.span);
        let (place, at_fault) = match found {
            Some(((_, text, index), span)) => {
                let span = inside(text, span);
                let ends = [span.start, span.end].map(|offset| point(text, index, offset));
                let place = Place { start: ends[0], end: ends[1] };
                (Some(place), &text[span.start..span.end])
            }
            None => (None, ""),
        };
        let fingerprint = fingerprint(diagnostic, at_fault);
        let nth = seen.entry(fingerprint.clone()).or_default();
        *nth += 1;
        let is_short = !at_fault.is_empty()
            && !at_fault.contains('\n')
            && at_fault.chars().count() <= LONGEST_QUOTE;
        let quote = is_short.then_some(at_fault);
        findings.push(Finding { diagnostic, place, quote, fingerprint, nth: *nth });
    }
    findings
}

/// A span that is safe to cut the text with.
fn inside(text: &str, span: Span) -> Span {
    let start = text.floor_char_boundary(span.start.min(text.len()));
    Span::new(start, text.ceil_char_boundary(span.end.clamp(start, text.len())))
}

fn point(text: &str, index: &LineIndex, offset: usize) -> Point {
    let (line, column) = index.position(offset, text);
    Point { line, column, utf16: index.utf16_column(offset, text) }
}

/// A hash of the code, the path, the message without numbers of lines, and the characters at fault.
fn fingerprint(diagnostic: &Diagnostic, at_fault: &str) -> String {
    let mut hasher = blake3::Hasher::new();
    let message = without_lines(&diagnostic.message);
    for part in
        ["lacuna finding 1", diagnostic.code.name, diagnostic.path.as_str(), &message, at_fault]
    {
        hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
    }
    hasher.finalize().to_hex()[..32].to_owned()
}

/// The text with `#` for each number of a line: after "line" or "lines", and after the colon of
/// `path:12`.
fn without_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, digits) = rest.split_at(at);
        out.push_str(before);
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        let is_line = ["line ", "lines ", "lines #-", "lines #–", "lines # to ", "lines # and "]
            .iter()
            .any(|word| out.ends_with(word))
            || (out.ends_with(':') && !out.ends_with("::"));
        out.push_str(if is_line { "#" } else { &digits[..end] });
        rest = &digits[end..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::codes;

    #[test]
    fn numbers_of_lines_are_no_part_of_a_fingerprint() {
        for (text, expected) in [
            ("`GAP-2` on line 12, 3 gaps", "`GAP-2` on line #, 3 gaps"),
            ("lines 3-19 and lines 4 to 9", "lines #-# and lines # to #"),
            ("taken by docs/a2.md:17", "taken by docs/a2.md:#"),
        ] {
            assert_eq!(without_lines(text), expected);
        }
    }

    #[test]
    fn columns_are_counted_in_characters_and_in_code_units() {
        let path = RelPath::new("a.md").expect("a path");
        let text = "one\n👩‍💻é x\r\nend";
        let at = text.find('x').expect("it is there");
        let found = [Diagnostic::new(&codes::BROKEN_LINK, &path, "m").at(at..at + 1)];
        let findings = locate(&found, |_| Some(text));
        let place = findings[0].place.expect("a place");
        assert_eq!(place.start, Point { line: 2, column: 6, utf16: 8 });
        assert_eq!(place.end, Point { line: 2, column: 7, utf16: 9 });
        assert_eq!(findings[0].quote, Some("x"));
    }

    #[test]
    fn a_fingerprint_stays_when_lines_move_and_repetitions_are_counted() {
        let path = RelPath::new("a.md").expect("a path");
        let found = |at: usize| Diagnostic::new(&codes::BROKEN_LINK, &path, "m").at(at..at + 1);
        let (before, after) = ([found(0), found(2)], [found(6), found(8)]);
        let before = locate(&before, |_| Some("x x"));
        let after = locate(&after, |_| Some("new\n\n x x"));
        assert_eq!(before[0].fingerprint, after[0].fingerprint);
        assert_eq!((after[0].nth, after[1].nth), (1, 2));
        assert_eq!(before[0].fingerprint.len(), 32);
    }

    #[test]
    fn any_span_is_safe() {
        let path = RelPath::new("a.md").expect("a path");
        for text in ["", "\n", "ü", "a\r\n\nüb"] {
            for start in (0..8).chain([usize::MAX]) {
                let found = [Diagnostic::new(&codes::BROKEN_LINK, &path, "m")
                    .at(Span { start, end: usize::MAX - 1 })];
                assert!(locate(&found, |_| Some(text))[0].place.is_some());
            }
        }
    }
}
