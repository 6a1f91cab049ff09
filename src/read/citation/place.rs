//! The place named beside a file: its lines, or its section.

use super::words::{AT, SECTIONS, SIZES};
use super::{
    numbers::{Lines, gap, list, range},
    words::{LINES, OF},
};
use crate::text::Span;

/// The longest name of a section in quotation marks, in bytes.
const LONGEST_NAME: usize = 120;

/// The lines named at the beginning of `rest`, each with its place there, and the length read:
/// ` (lines 69-299)`, `` ` строки 103, 1687``, `, line 25`, ` 第3-4行`.
pub(super) fn lines(rest: &str) -> Option<(Vec<(Lines, Span)>, usize)> {
    let (mut lead, opened) = lead(rest);
    if bare_lines(&rest[lead..], ends_place).is_none() {
        lead += prefix_of(&rest[lead..], AT).and_then(|at| spaced(&rest[lead..], at))?;
    }
    let (items, len) = bare_lines(&rest[lead..], ends_place)?;
    let mut items: Vec<(Lines, Span)> =
        items.into_iter().map(|(range, span)| (range, span.shift(lead))).collect();
    let mut end = lead + len;
    let tail = &rest[end..];
    let space = gap(tail);
    if opened && tail[space..].starts_with([')', '）', ']']) {
        end += space + tail[space..].chars().next().map_or(0, char::len_utf8);
    }
    items.last_mut()?.1.end = end;
    Some((items, end))
}

/// Lines at the very beginning of a text, without what leads to them: `lines 3-4`, `L3`, `第3行`.
/// `ends` says whether a list may end before a text.
pub(super) fn bare_lines(
    text: &str,
    ends: fn(&str) -> bool,
) -> Option<(Vec<(Lines, Span)>, usize)> {
    if let Some(found) = numbers_first(text) {
        return Some(found);
    }
    let word = line_word(text)?;
    let mut items: Vec<(Lines, Span)> = list(&text[word..], ends);
    if let [((first, last), _)] = items.as_slice()
        && first == last
        && is_size(&text[..word])
    {
        return None;
    }
    items.retain(|((first, _), _)| *first > 0);
    for (_, span) in &mut items {
        *span = span.shift(word);
    }
    let mut end = items.last()?.1.end;
    let tail = &text[end..];
    if tail[gap(tail)..].starts_with('行') {
        end += gap(tail) + '行'.len_utf8();
    }
    Some((items, end))
}

/// Whether a list of lines may end before `rest`: `lines 3, 2024 was good` names one line only.
pub(super) fn ends_place(rest: &str) -> bool {
    rest.chars().next().is_none_or(|letter| !letter.is_alphanumeric() && letter != ' ')
}

/// Whether a list of lines may end before `rest`, or before the file it is of.
pub(super) fn ends_before_name(rest: &str) -> bool {
    ends_place(rest) || of(rest).is_some()
}

/// `第3-4行`, `第3行至第4行`, `3〜4行`, `3行目`; `622行` is a size.
fn numbers_first(text: &str) -> Option<(Vec<(Lines, Span)>, usize)> {
    let numbered = text.strip_prefix('第');
    let mut at = text.len() - numbered.unwrap_or(text).len();
    at += gap(&text[at..]);
    let (mut lines, len) = range(&text[at..])?;
    let start = at;
    at += len;
    at += gap(&text[at..]);
    let line = '行'.len_utf8();
    at += text[at..].starts_with('行').then_some(line)?;
    let counted = text[at..].starts_with('目');
    at += if counted { '目'.len_utf8() } else { 0 };
    let more = ["至第", "到第", "から第", "〜第", "-第"];
    if let Some(to) = more.iter().find_map(|to| text[at..].strip_prefix(to)) {
        let from = text.len() - to.len();
        let (last, len) = range(to)?;
        lines.1 = last.1.max(lines.0);
        at = from + len;
        at += if text[at..].starts_with('行') { line } else { 0 };
    }
    let is_place = numbered.is_some() || counted || lines.0 != lines.1;
    (is_place && lines.0 > 0).then(|| (vec![(lines, Span::new(start, at))], at))
}

/// The section named at the beginning of `rest`, and the length read: ` section 5.1`, `` ` §2.4``,
/// `, section "Limits"`.
pub(super) fn section(rest: &str) -> Option<(String, usize)> {
    let (lead, opened) = lead(rest);
    let (name, len) = bare_section(&rest[lead..])?;
    let mut len = lead + len;
    if opened && rest[len..].starts_with(')') {
        len += 1;
    }
    Some((name, len))
}

/// A section at the very beginning of a text: `section 5.1`, `第5.1节`.
pub(super) fn bare_section(text: &str) -> Option<(String, usize)> {
    if let Some(inner) = text.strip_prefix('第') {
        let from = text.len() - inner.len() + gap(inner);
        let len = text[from..].find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let after = from + len + gap(&text[from + len..]);
        let sign = text[after..].chars().next().filter(|c| matches!(c, '节' | '節' | '章'))?;
        let name = &text[from..from + len];
        return (!name.is_empty()).then(|| (name.to_owned(), after + sign.len_utf8()));
    }
    let word = prefix_of(text, SECTIONS)?;
    let space = gap(&text[word..]);
    let from = word + space;
    if let Some(quoted) = quoted(&text[from..]) {
        return Some((quoted.0, from + quoted.1));
    }
    if space == 0 && !text.starts_with('§') {
        return None;
    }
    let name = &text[from..];
    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '.').unwrap_or(name.len());
    let name = name[..end].trim_end_matches('.');
    let numbered = name.starts_with(|c: char| c.is_ascii_digit())
        || (name.len() <= 6
            && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '.'));
    (!name.is_empty() && numbered).then(|| (name.to_owned(), from + name.len()))
}

/// A name in quotation marks, and its length with them.
fn quoted(text: &str) -> Option<(String, usize)> {
    let open = text.chars().next()?;
    let close = match open {
        '"' => '"',
        '“' | '„' => '”',
        '«' => '»',
        '「' => '」',
        _ => return None,
    };
    let inner = &text[open.len_utf8()..];
    let end = inner.find([close, '\n', '\0']).filter(|end| *end > 0 && *end <= LONGEST_NAME)?;
    let name = inner[..end].trim();
    (inner[end..].starts_with(close) && !name.is_empty())
        .then(|| (name.to_owned(), open.len_utf8() + end + close.len_utf8()))
}

/// The length of ` of ` and the marks around it, up to the file a place is of.
pub(super) fn of(rest: &str) -> Option<usize> {
    let space = gap(rest);
    let word = prefix_of(&rest[space..], OF)?;
    let len = space + spaced(&rest[space..], word)?;
    let marks = rest[len..].find(|c: char| !matches!(c, '`' | '*' | '"' | '“' | '_'));
    (space > 0).then_some(len + marks?)
}

/// The length of `lines ` and the like, up to the number; `L12` has no word.
fn line_word(after: &str) -> Option<usize> {
    let marked =
        after.strip_prefix('L').is_some_and(|n| n.starts_with(|c: char| c.is_ascii_digit()));
    if marked {
        return Some(0);
    }
    let word = prefix_of(after, LINES)?;
    let rest = &after[word..];
    let len = rest.len() - rest.trim_start_matches([' ', ':', '\u{a0}', '\n', '~', '#']).len();
    (len > 0 || after.starts_with('行')).then_some(word + len)
}

/// `Lines: ` before one number counts them.
fn is_size(lead: &str) -> bool {
    let word = lead.trim_end_matches([' ', '\u{a0}', '~']);
    word.strip_suffix(':').is_some_and(|word| SIZES.contains(&word.to_lowercase().as_str()))
}

/// The length of the longest of `words` at the beginning of `text`, letter case aside.
fn prefix_of(text: &str, words: &[&str]) -> Option<usize> {
    words.iter().filter_map(|word| prefix(text, word)).max()
}

/// The length of `word` at the beginning of `text`, letter case aside.
pub(super) fn prefix(text: &str, word: &str) -> Option<usize> {
    // Nearly every word of prose differs in its first letter, and every one is asked.
    let (own, want) = (text.as_bytes().first()?, word.as_bytes().first()?);
    if own.is_ascii() && own != want && own.to_ascii_lowercase() != *want {
        return None;
    }
    let mut letters = text.chars();
    let same = word.chars().all(|want| {
        letters.next().is_some_and(|letter| letter == want || letter.to_lowercase().eq([want]))
    });
    same.then(|| text.len() - letters.as_str().len())
}

/// `len` and the spaces after it; none when a word of letters goes on.
fn spaced(text: &str, len: usize) -> Option<usize> {
    let space = gap(&text[len..]);
    let closed = text[..len].chars().next_back().is_some_and(|c| matches!(c, '的' | 'の'));
    (space > 0 || closed).then_some(len + space)
}

/// The length of the marks, spaces and comma between a name and its place, and whether a
/// parenthesis was opened.
fn lead(rest: &str) -> (usize, bool) {
    let mut opened = false;
    let mut breaks = 0;
    for (at, letter) in rest.char_indices().take(24) {
        match letter {
            '`' | '*' | '"' | ' ' | ',' | '\u{a0}' | ':' | '”' | '_' | '\r' | '»' | '：' | '，' =>
                {}
            '\n' if breaks == 0 => breaks = 1,
            '(' | '（' | '[' if !opened => opened = true,
            _ => return (at, opened),
        }
    }
    (0, false)
}
