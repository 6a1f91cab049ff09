//! Writes other numbers into a citation and touches nothing else: not its words, not the line
//! ends, not the encoding of the file.
//!
//! The numbers are found in the decoded text and changed in the bytes. Both have the same lines
//! and, in a line, the same numbers in the same order, whatever became of the letters between.

use std::collections::BTreeMap;

use crate::{
    graph::anchor,
    read::citation,
    text::{LineIndex, Span},
};

/// A citation to be rewritten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rewrite {
    /// Its characters in the decoded text.
    pub span: Span,
    /// The lines it names.
    pub from: (u32, u32),
    /// The lines it is to name.
    pub to: (u32, u32),
}

/// The new bytes of a file, with the lines that changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rewritten {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Each changed line: its number, and how it was and is, decoded.
    pub lines: Vec<(u32, String, String)>,
}

/// Where the numbers of a citation stand: line, place among the numbers of the line, new digits.
type Change = (u32, usize, String);

/// The changes that one rewrite makes.
///
/// # Errors
/// When the numbers are not found where the citation stands.
pub fn changes(text: &str, index: &LineIndex, rewrite: Rewrite) -> Result<Vec<Change>, String> {
    let Rewrite { span, from, to } = rewrite;
    let (first, last) = (index.line(span.start), index.line(span.end.saturating_sub(1)));
    let mut candidates = Vec::new();
    for number in first..=last {
        let line = index.span(number, text);
        let shown = text.get(line.start..line.end).unwrap_or_default();
        let numbers = numbers(shown.as_bytes());
        let inside = |at: usize| (span.start..span.end).contains(&(line.start + at));
        for (place, found) in numbers.iter().enumerate().filter(|(_, found)| inside(found.start)) {
            // The columns of `L10C5-L20C3` stand between the lines.
            for next in [place + 1, place + 2] {
                let second = numbers.get(next).filter(|second| inside(second.start));
                let second = second.map(|second| (next, *second));
                candidates.extend(candidate(number, (place, *found), second, from, to));
            }
        }
    }
    // The name may hold the same number as the place; only the place changes what is cited.
    let around = Span::new(index.span(first, text).start, index.span(last, text).end);
    let context = text.get(around.start..around.end).unwrap_or_default();
    let before = cited(context);
    candidates
        .into_iter()
        .rev()
        .find(|changes| {
            let changed: String = (first..=last)
                .map(|number| {
                    let line = index.span(number, text);
                    let shown = text.get(line.start..line.end).unwrap_or_default();
                    let bytes = apply_to_line(shown.as_bytes(), number, changes);
                    String::from_utf8_lossy(&bytes).into_owned() + "\n"
                })
                .collect();
            is_one_change(&before, &cited(&changed), from, to)
        })
        .ok_or_else(|| format!("the numbers {} were not found in it", anchor::range(from)))
}

/// Applies changes to the bytes of a file.
pub fn apply(bytes: &[u8], changes: &[Change]) -> Rewritten {
    let mut by_line: BTreeMap<u32, Vec<Change>> = BTreeMap::new();
    for change in changes {
        by_line.entry(change.0).or_default().push(change.clone());
    }
    let mut out = Rewritten::default();
    for (line, number) in bytes.split_inclusive(|byte| *byte == b'\n').zip(1_u32..) {
        let Some(changes) = by_line.get(&number) else {
            out.bytes.extend_from_slice(line);
            continue;
        };
        let changed = apply_to_line(line, number, changes);
        let shown = |line: &[u8]| String::from_utf8_lossy(line).trim_end().to_owned();
        out.lines.push((number, shown(line), shown(&changed)));
        out.bytes.extend(changed);
    }
    out
}

fn apply_to_line(line: &[u8], number: u32, changes: &[Change]) -> Vec<u8> {
    let mut out = Vec::with_capacity(line.len() + 8);
    let mut at = 0;
    for (place, found) in numbers(line).into_iter().enumerate() {
        let change = changes.iter().find(|(own, index, _)| *own == number && *index == place);
        if let Some((.., digits)) = change {
            out.extend_from_slice(&line[at..found.start]);
            out.extend_from_slice(digits.as_bytes());
            at = found.end;
        }
    }
    out.extend_from_slice(&line[at..]);
    out
}

/// The changes that write `to` for `from` at one number, or at it and a later one.
fn candidate(
    line: u32,
    (place, found): (usize, Number),
    next: Option<(usize, Number)>,
    from: (u32, u32),
    to: (u32, u32),
) -> Option<Vec<Change>> {
    if from.0 == from.1 {
        return (found.value == from.0).then(|| vec![(line, place, found.write(to.0))]);
    }
    let (next_place, next) = next?;
    let (first, last) = match (found.value, next.value) {
        pair if pair == from => to,
        pair if pair == (from.1, from.0) => (to.1, to.0),
        _ => return None,
    };
    Some(vec![(line, place, found.write(first)), (line, next_place, next.write(last))])
}

type Cited = (String, Option<(u32, u32)>, Option<String>);

fn cited(text: &str) -> Vec<Cited> {
    let found = citation::find(text).into_iter().map(|found| found.citation);
    found.map(|one| (one.target, one.lines, one.section)).collect()
}

/// Whether one citation names other lines, and all others are as they were.
fn is_one_change(before: &[Cited], after: &[Cited], from: (u32, u32), to: (u32, u32)) -> bool {
    let mut differing = before.iter().zip(after).filter(|(before, after)| before != after);
    let Some((before_one, after_one)) = differing.next() else { return false };
    before.len() == after.len()
        && differing.next().is_none()
        && before_one.0 == after_one.0
        && (before_one.1, after_one.1) == (Some(from), Some(to))
}

/// A number in a line of bytes.
#[derive(Clone, Copy)]
struct Number {
    start: usize,
    end: usize,
    value: u32,
    grouping: Grouping,
}

#[derive(Clone, Copy)]
enum Grouping {
    None,
    /// `5,226`
    Thousands,
}

impl Number {
    /// Other digits in the same manner.
    fn write(self, number: u32) -> String {
        match self.grouping {
            Grouping::Thousands if number >= 1_000 => {
                format!("{},{:03}", number / 1_000, number % 1_000)
            }
            _ => number.to_string(),
        }
    }
}

/// The numbers of a line, `5,226` as one. Numbers too long to count lines have the value 0.
fn numbers(line: &[u8]) -> Vec<Number> {
    let digits = |at: usize| line[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut found = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let len = digits(at);
        if len == 0 {
            at += 1;
            continue;
        }
        let (start, mut end) = (at, at + len);
        let mut grouping = Grouping::None;
        if len <= 3 && line[start] != b'0' && line.get(end) == Some(&b',') && digits(end + 1) == 3 {
            end += 4;
            grouping = Grouping::Thousands;
        }
        let text = line[start..end].iter().filter(|byte| **byte != b',');
        let value = text.fold(0_u64, |value, byte| {
            value.saturating_mul(10).saturating_add(u64::from(byte - b'0'))
        });
        let value = u32::try_from(value).unwrap_or_default();
        found.push(Number { start, end, value, grouping });
        at = end;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewrite(text: &str, which: usize, to: (u32, u32)) -> Result<String, String> {
        let found = citation::find(text);
        let from = found[which].citation.lines.unwrap_or_else(|| panic!("{text} has no lines"));
        let one = Rewrite { span: found[which].span, from, to };
        let changes = changes(text, &LineIndex::new(text), one)?;
        let out = apply(text.as_bytes(), &changes).bytes;
        Ok(String::from_utf8(out).expect("only digits changed"))
    }

    #[test]
    fn only_the_digits_of_the_range_change() {
        for (text, which, to, wanted) in [
            ("a `b.md` (lines 69-299)\r\nc 69", 0, (72, 302), "a `b.md` (lines 72-302)\r\nc 69"),
            ("b.md:12–40, b.md:12–40", 1, (9, 37), "b.md:12–40, b.md:9–37"),
            ("b.md#L10-L20 and 10-20", 0, (1, 11), "b.md#L1-L11 and 10-20"),
            ("b.md#L10C5-L20C3", 0, (1, 11), "b.md#L1C5-L11C3"),
            ("b.md строки 103, 1687", 1, (1690, 1690), "b.md строки 103, 1690"),
            ("b.md строки 103, 1687", 0, (99, 99), "b.md строки 99, 1687"),
            ("Chunk-013.txt line 13", 0, (20, 20), "Chunk-013.txt line 20"),
            ("line 13 of chunk 13", 0, (20, 20), "line 20 of chunk 13"),
            ("b.md lines\n3-4", 0, (5, 6), "b.md lines\n5-6"),
            ("b.md lines 5,226-5,725", 0, (5_300, 5_799), "b.md lines 5,300-5,799"),
            ("a【F:b.md†L1-L2】", 0, (3, 4), "a【F:b.md†L3-L4】"),
            ("b.md (第3行至第9行)", 0, (4, 10), "b.md (第4行至第10行)"),
            ("b.md lines 9-3", 0, (4, 10), "b.md lines 10-4"),
        ] {
            assert_eq!(rewrite(text, which, to).as_deref(), Ok(wanted), "{text}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_kept() {
        let bytes = b"\xef\xbb\xbf\xff b.md:3-4 \xe9\r\n";
        let text = String::from_utf8_lossy(&bytes[3..]).into_owned();
        let found = citation::find(&text);
        let one = Rewrite { span: found[0].span, from: (3, 4), to: (13, 14) };
        let changes = changes(&text, &LineIndex::new(&text), one).expect("it is found");
        let out = apply(bytes, &changes);
        assert_eq!(out.bytes, b"\xef\xbb\xbf\xff b.md:13-14 \xe9\r\n");
        assert_eq!(out.lines[0].0, 1);
    }
}
