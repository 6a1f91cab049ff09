//! The place named after a file: its lines, in the languages met so far, or its section.

use crate::text::Span;

/// Words for "line" and "lines", lower case.
const LINE_WORDS: &[&str] = &[
    "lines",
    "line",
    "linhas",
    "linha",
    "zeilen",
    "zeile",
    "lignes",
    "ligne",
    "líneas",
    "línea",
    "lineas",
    "linea",
    "righe",
    "riga",
    "regels",
    "regel",
    "строки",
    "строка",
    "строках",
    "строке",
    "ll.",
    "l.",
    "行",
];

/// Words for "section", lower case.
const SECTION_WORDS: &[&str] =
    &["sections", "section", "sect.", "sec.", "seção", "sección", "abschnitt", "раздел", "§§", "§"];

/// First and last line, from 1.
pub(super) type Lines = (u32, u32);

/// The lines named at the beginning of `rest`, each with its place there, and the length read:
/// ` (lines 69-299)`, `` ` строки 103, 1687``, `, line 25`.
pub(super) fn lines(rest: &str) -> Option<(Vec<(Lines, Span)>, usize)> {
    let (lead, opened) = lead(rest);
    let after = &rest[lead..];
    let numbers = match after.strip_prefix('第') {
        Some(inner) => {
            let gap = inner.len() - inner.trim_start_matches(' ').len();
            let (_, len) = range(&inner[gap..])?;
            inner[gap + len..]
                .trim_start()
                .starts_with('行')
                .then_some(lead + '第'.len_utf8() + gap)?
        }
        None => lead + line_word(after)?,
    };
    let items = list(&rest[numbers..], |next| {
        next.is_none_or(|letter| !letter.is_alphanumeric() && letter != ' ')
    });
    let mut items: Vec<(Lines, Span)> =
        items.into_iter().map(|(range, span)| (range, span.shift(numbers))).collect();
    items.retain(|((first, _), _)| *first > 0);
    let last = items.last_mut()?;
    let tail = &rest[last.1.end..];
    let tail_len = tail.len() - tail.trim_start_matches([' ', '行']).len();
    if opened && tail[tail_len..].starts_with([')', '）']) {
        let close = tail[tail_len..].chars().next().map_or(0, char::len_utf8);
        last.1.end += tail_len + close;
    }
    let end = last.1.end;
    Some((items, end))
}

/// The section named at the beginning of `rest`, and the length read: ` section 5.1`, `` ` §2.4``.
pub(super) fn section(rest: &str) -> Option<(String, usize)> {
    let (lead, opened) = lead(rest);
    let after = &rest[lead..];
    let word = SECTION_WORDS.iter().find_map(|word| prefix(after, word))?;
    let gap = after[word..].len() - after[word..].trim_start_matches([' ', '\u{a0}']).len();
    if gap == 0 && !after.starts_with('§') {
        return None;
    }
    let name = &after[word + gap..];
    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '.').unwrap_or(name.len());
    let name = name[..end].trim_end_matches('.');
    let numbered = name.starts_with(|c: char| c.is_ascii_digit())
        || (name.len() <= 6
            && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '.'));
    if name.is_empty() || !numbered {
        return None;
    }
    let mut len = lead + word + gap + name.len();
    if opened && rest[len..].starts_with(')') {
        len += 1;
    }
    Some((name.to_owned(), len))
}

/// A range of numbers at the beginning of `text`, `L` before each allowed, and the length read.
pub(super) fn range(text: &str) -> Option<(Lines, usize)> {
    let (first, len) = number(text)?;
    let after = &text[len..];
    let gap = after.len() - after.trim_start_matches(' ').len();
    let dash = after[gap..].chars().next().filter(|c| matches!(c, '-' | '–' | '—' | '‑' | '−'));
    if let Some(dash) = dash {
        let rest = &after[gap + dash.len_utf8()..];
        let space = rest.len() - rest.trim_start_matches(' ').len();
        if space == gap
            && let Some((last, last_len)) = number(&rest[space..])
        {
            let total = len + gap + dash.len_utf8() + space + last_len;
            return Some(((first.min(last), first.max(last)), total));
        }
    }
    Some(((first, first), len))
}

/// Ranges joined by commas, `&` or a word for "and"; `ends` says whether a further item may be
/// followed by a letter, for `lines 3, 2024 was good` names one line only.
pub(super) fn list(text: &str, ends: impl Fn(Option<char>) -> bool) -> Vec<(Lines, Span)> {
    let mut items: Vec<(Lines, Span)> = Vec::new();
    let mut at = 0;
    while items.len() < 50
        && let Some((lines, len)) = range(&text[at..])
    {
        let next = text[at + len..].chars().next();
        if !items.is_empty() && !ends(next) && !continues(&text[at + len..]) {
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

fn continues(rest: &str) -> bool {
    joint(rest).is_some_and(|len| range(&rest[len..]).is_some())
}

/// The length of what joins two items of a list.
fn joint(rest: &str) -> Option<usize> {
    let trimmed = rest.trim_start_matches(' ');
    let joint = [",", "&", "and ", "und ", "e ", "y ", "et ", "и "]
        .into_iter()
        .find(|joint| trimmed.starts_with(joint))?;
    let after = &trimmed[joint.len()..];
    Some(rest.len() - after.trim_start_matches(' ').len())
}

fn number(text: &str) -> Option<(u32, usize)> {
    let mark = usize::from(text.starts_with(['L', 'l']));
    let digits = text[mark..].bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 7 {
        return None;
    }
    text[mark..mark + digits].parse().ok().map(|number| (number, mark + digits))
}

/// The length of `: lines ` and the like, up to the number; `L12` has no word.
fn line_word(after: &str) -> Option<usize> {
    if after.starts_with('L') && number(after).is_some() {
        return Some(0);
    }
    let word = LINE_WORDS.iter().find_map(|word| prefix(after, word))?;
    let rest = &after[word..];
    let gap = rest.len() - rest.trim_start_matches([' ', ':', '\u{a0}', '\n', '~', '#']).len();
    (gap > 0 || after.starts_with('行')).then_some(word + gap)
}

/// The length of `word` at the beginning of `text`, letter case aside.
fn prefix(text: &str, word: &str) -> Option<usize> {
    let mut letters = text.chars();
    let same = word.chars().all(|want| {
        letters.next().is_some_and(|letter| letter == want || letter.to_lowercase().eq([want]))
    });
    same.then(|| text.len() - letters.as_str().len())
}

/// The length of the marks, spaces and comma between a name and its place, and whether a
/// parenthesis was opened.
fn lead(rest: &str) -> (usize, bool) {
    let mut opened = false;
    let mut breaks = 0;
    for (at, letter) in rest.char_indices().take(24) {
        match letter {
            '`' | '*' | '"' | ' ' | ',' | '\u{a0}' | ':' | '”' | '_' | '\r' => {}
            '\n' if breaks == 0 => breaks = 1,
            '(' | '（' | '[' if !opened => opened = true,
            _ => return (at, opened),
        }
    }
    (0, false)
}
