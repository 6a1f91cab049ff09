//! Numbers, ranges and lists of them: `69-299`, `L10-L20`, `10 bis 20`, `103, 1687`, `5,226-5,725`.

use super::{
    place::prefix,
    words::{AND, DASHES, LINES, TO},
};
use crate::text::Span;

/// First and last line, from 1.
pub(super) type Lines = (u32, u32);

/// Most items of one list.
const MOST_ITEMS: usize = 50;

/// A range of numbers at the beginning of `text`, `L` before each allowed, and the length read.
pub(super) fn range(text: &str) -> Option<(Lines, usize)> {
    let (first, len) = number(text)?;
    match to(&text[len..]).and_then(|to| Some((to, number(&text[len + to..])?))) {
        Some((to, (last, last_len))) => {
            Some(((first.min(last), first.max(last)), len + to + last_len))
        }
        None => Some(((first, first), len)),
    }
}

/// A range of lines at the beginning of `text`, as [`range`] reads it: there is no line 0.
pub(super) fn lines(text: &str) -> Option<(Lines, usize)> {
    range(text).filter(|((first, _), _)| *first > 0)
}

/// Ranges joined by commas, `&` or a word for "and"; `ends` says whether the list may end with a
/// further item before the text that follows.
pub(super) fn list(text: &str, ends: impl Fn(&str) -> bool) -> Vec<(Lines, Span)> {
    let mut items: Vec<(Lines, Span)> = Vec::new();
    let mut at = 0;
    while items.len() < MOST_ITEMS
        && let Some((lines, len)) = range(&text[at..])
    {
        let rest = &text[at + len..];
        if !items.is_empty() && !ends(rest) && !continues(rest) {
            break;
        }
        items.push((lines, Span::new(at, at + len)));
        at += len;
        match joint(&text[at..]) {
            Some(len) => at += len,
            None => break,
        }
    }
    items
}

/// The length of the spaces at the beginning of a text.
pub(super) fn gap(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\u{a0}']).len()
}

/// The length of a dash, or of a word such as "through", at the beginning of a text.
pub(super) fn to_word(text: &str) -> Option<usize> {
    let dash = text.chars().next().filter(|c| DASHES.contains(c)).map(char::len_utf8);
    dash.or_else(|| TO.iter().find_map(|to| word(text, to)))
}

fn continues(rest: &str) -> bool {
    joint(rest).is_some_and(|len| range(&rest[len..]).is_some())
}

/// The length of what joins two items of a list.
pub(super) fn joint(rest: &str) -> Option<usize> {
    let mut at = gap(rest);
    let mut joined = false;
    // `3, 4, and 5` has two in a row.
    for _ in 0..2 {
        let Some(joint) = AND.iter().find_map(|joint| word(&rest[at..], joint)) else { break };
        joined = true;
        at += joint;
        at += gap(&rest[at..]);
    }
    joined.then_some(at)
}

/// The length of what stands between the two numbers of a range.
fn to(rest: &str) -> Option<usize> {
    let space = gap(rest);
    let after = &rest[space..];
    if let Some(dots) = ["...", "..", "…"].iter().find(|dots| after.starts_with(**dots)) {
        return (space == 0).then_some(dots.len());
    }
    if let Some(dash) = after.chars().next().filter(|c| DASHES.contains(c)) {
        let rest = &after[dash.len_utf8()..];
        return (gap(rest) == space).then_some(space + dash.len_utf8() + space);
    }
    let len = TO.iter().find_map(|to| word(after, to)).filter(|_| space > 0)?;
    let len = len + gap(&after[len..]);
    // "line 3 to line 9"
    let again = LINES.iter().filter_map(|line| word(&after[len..], line)).max();
    let again = again.map_or(0, |word| word + gap(&after[len + word..]));
    Some(space + len + again)
}

/// The length of a word or sign; a word of letters ends before a space.
fn word(text: &str, word: &str) -> Option<usize> {
    let len = prefix(text, word)?;
    let sign = !word.starts_with(char::is_alphabetic) || !word.is_ascii() && word.len() == 3;
    (sign || gap(&text[len..]) > 0).then_some(len)
}

/// A number, with `L` before it and a column after it as on GitHub (`L10C5`), or with thousands
/// apart (`5,226`).
fn number(text: &str) -> Option<(u32, usize)> {
    let mark = usize::from(text.starts_with(['L', 'l']));
    let mut end = mark + digits(&text[mark..]);
    let len = end - mark;
    if len == 0 || len > 7 {
        return None;
    }
    if len <= 3 && !text[mark..].starts_with('0') {
        while let Some(group) = text[end..].strip_prefix(',').filter(|group| digits(group) == 3) {
            let next = text.len() - group.len() + 3;
            if next - mark > 9 {
                break;
            }
            end = next;
        }
    }
    let number = text[mark..end].replace(',', "").parse().ok()?;
    if mark == 1
        && let Some(column) = text[end..].strip_prefix('C').map(digits).filter(|len| *len > 0)
    {
        end += 1 + column;
    }
    Some((number, end))
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}
