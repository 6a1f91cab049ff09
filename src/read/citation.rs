//! Citations in prose: files, lines, chunks and sections, in every spelling people use.
//!
//! One scanner walks the text once, word by word. A word that names a file or a chunk is a
//! citation; the lines or the section named right after it belong to it.

mod name;
mod numbers;
mod place;
mod words;

pub use name::chunk_number;

use crate::{model::reference::Citation, text::Span};

/// A citation and the characters it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What is cited.
    pub citation: Citation,
    /// Where, in the text given.
    pub span: Span,
}

/// Every citation in a line or a paragraph of text, in order. Marks (`` ` ``, `*`) may stand.
///
/// A size such as "(622 lines)" is none, nor is anything inside an address with a scheme.
pub fn find(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(|letter| !is_break(letter)).map(|skip| at + skip) {
        if let Some(codex) = codex(text, at, start, &mut found) {
            at = codex;
            continue;
        }
        let end = text[start..].find(is_break).map_or(text.len(), |len| start + len);
        at = word(text, start, end, &mut found);
    }
    codex(text, at, text.len(), &mut found);
    found
}

/// The one citation that a text consists of; the first when it holds several.
pub fn parse_one(text: &str) -> Option<Citation> {
    find(text).into_iter().next().map(|found| found.citation)
}

/// Reads the word between `start` and `end`; returns where to go on.
fn word(text: &str, start: usize, end: usize, found: &mut Vec<Found>) -> usize {
    let raw = &text[start..end];
    if raw.contains("://") || raw.starts_with("www.") || raw.starts_with("mailto:") {
        let stop = |letter: char| letter.is_whitespace() || "`\"<>|\0".contains(letter);
        return text[end..].find(stop).map_or(text.len(), |len| end + len);
    }
    let own = raw.trim_end_matches(['.', ':', '…', '/', '\\', '-', '–', '—']);
    let own = name::without_tail(own);
    let end_of_own = start + own.len();
    let next_word =
        if end_of_own < end && own.len() == raw.len() { end } else { end.max(start + 1) };
    if let Some(named) = name::file(own, &text[end_of_own..]) {
        return with_place(text, start, end_of_own, vec![named], found).max(next_word);
    }
    if let Some((names, len)) = name::chunks(own, &text[end_of_own..]) {
        return with_place(text, start, end_of_own + len, names, found).max(next_word);
    }
    if may_be_place(raw, &text[end..])
        && let Some(after) = place_first(text, start, found)
    {
        return after;
    }
    if name::is_acronym(own)
        && let Some((section, len)) = place::section(&text[end_of_own..])
    {
        let citation = Citation { target: own.to_owned(), lines: None, section: Some(section) };
        let end = end_of_own + len;
        found.push(Found { citation, span: Span::new(start, end) });
        return end;
    }
    next_word
}

/// Whether a word can begin a place: a number or a quoted name is on it or right behind it. Most
/// words of prose are none, and this is asked of every one.
fn may_be_place(word: &str, after: &str) -> bool {
    let numbered = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    // Marks alone are words too: a run of them is not looked through again from each.
    let is_mark = |letter: char| matches!(letter, '#' | '~');
    let reach = if word.chars().all(is_mark) { 64 } else { after.len() };
    let near = &after[..after.floor_char_boundary(reach)];
    let next = near.trim_start_matches(|c: char| is_mark(c) || matches!(c, ' ' | '\u{a0}' | '\n'));
    let next = next.strip_prefix('L').unwrap_or(next);
    numbered(next)
        || next.starts_with(['"', '“', '„', '«'])
        || word.starts_with(['第', '§'])
        || word.strip_prefix('L').is_some_and(numbered)
}

/// Reads `lines 3-4 of a.md` and `section 5.1 of SDD`; returns the byte after the name.
fn place_first(text: &str, start: usize, found: &mut Vec<Found>) -> Option<usize> {
    let rest = &text[start..];
    let lines = place::bare_lines(rest, place::ends_before_name);
    let section = if lines.is_none() { place::bare_section(rest) } else { None };
    let len = lines.as_ref().map(|found| found.1).or(section.as_ref().map(|found| found.1))?;
    let from = start + len + place::of(&rest[len..])?;
    let end = text[from..].find(is_break).map_or(text.len(), |len| from + len);
    let own = text[from..end].trim_end_matches(['.', ':', '…']);
    let mut end = from + own.len();
    let named = match (name::file(own, &text[end..]), name::chunks(own, &text[end..])) {
        (Some(file), _) => file,
        (None, Some((mut chunks, len))) if chunks.len() == 1 => {
            end += len;
            chunks.pop()?
        }
        _ if name::is_acronym(own) && section.is_some() => {
            Citation { target: own.to_owned(), lines: None, section: None }
        }
        _ => return None,
    };
    if named.lines.is_some() || named.section.is_some() {
        return None;
    }
    let Some((lines, _)) = lines else {
        let citation = Citation { section: section.map(|found| found.0), ..named };
        found.push(Found { citation, span: Span::new(start, end) });
        return Some(end);
    };
    // Each place its own span, the last with the name.
    let last = lines.len() - 1;
    for (index, (range, own)) in lines.into_iter().enumerate() {
        let citation = Citation { lines: Some(range), ..named.clone() };
        let from = if index == 0 { start } else { start + own.start };
        let to = if index == last { end } else { start + own.end };
        found.push(Found { citation, span: Span::new(from, to) });
    }
    Some(end)
}

/// Adds the named targets, the last with the lines or section that follow it.
fn with_place(
    text: &str,
    start: usize,
    end: usize,
    mut names: Vec<Citation>,
    found: &mut Vec<Found>,
) -> usize {
    let Some(last) = names.pop() else { return end };
    let several = !names.is_empty();
    if last.lines.is_some() && !several {
        return with_more_lines(text, start, end, last, found);
    }
    found.extend(names.into_iter().map(|citation| Found { citation, span: Span::new(start, end) }));
    let free = last.lines.is_none() && last.section.is_none();
    if free && let Some((lines, len)) = place::lines(&text[end..]) {
        let stop = end + len;
        let target = last.target;
        for (index, (range, own)) in lines.into_iter().enumerate() {
            let first = if index == 0 { start } else { end + own.start };
            let citation = Citation { target: target.clone(), lines: Some(range), section: None };
            found.push(Found { citation, span: Span::new(first, end + own.end) });
        }
        return stop;
    }
    if free
        && !several
        && let Some((section, len)) = place::section(&text[end..])
    {
        let citation = Citation { section: Some(section), ..last };
        found.push(Found { citation, span: Span::new(start, end + len) });
        return end + len;
    }
    found.push(Found { citation: last, span: Span::new(start, end) });
    end
}

/// Adds `a.rs:12-20` and the places right behind it: `,40-44`.
fn with_more_lines(
    text: &str,
    start: usize,
    end: usize,
    first: Citation,
    found: &mut Vec<Found>,
) -> usize {
    let target = first.target.clone();
    found.push(Found { citation: first, span: Span::new(start, end) });
    let mut at = end;
    while let Some((lines, len)) = text[at..].strip_prefix(',').and_then(numbers::lines) {
        let ends = text[at + 1 + len..].chars().next().is_none_or(|c| !c.is_alphanumeric());
        if !ends {
            break;
        }
        let span = Span::new(at + 1, at + 1 + len);
        let citation = Citation { target: target.clone(), lines: Some(lines), section: None };
        found.push(Found { citation, span });
        at = span.end;
    }
    at
}

/// Reads `【F:path†L1-L2】` standing between `from` and `to`; returns the byte after it.
fn codex(text: &str, from: usize, to: usize, found: &mut Vec<Found>) -> Option<usize> {
    let open = from + text[from..to].find('【')?;
    let inner = open + '【'.len_utf8();
    let end = inner + text[inner..].char_indices().take(400).find(|(_, c)| *c == '】')?.0;
    let (path, place) = text[inner..end].split_once('†').unwrap_or((&text[inner..end], ""));
    let target = path.strip_prefix("F:").unwrap_or(path).trim();
    let after = end + '】'.len_utf8();
    if !target.is_empty() && (path.len() > target.len() || !place.is_empty()) {
        let lines = numbers::lines(place).map(|(lines, _)| lines);
        let citation = Citation { target: target.to_owned(), lines, section: None };
        found.push(Found { citation, span: Span::new(open, after) });
    }
    Some(after)
}

/// Whether a letter stands between words.
fn is_break(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(
            letter,
            '`' | '*'
                | '"'
                | '\''
                | '('
                | ')'
                | '['
                | ']'
                | '{'
                | '}'
                | '<'
                | '>'
                | ','
                | ';'
                | '|'
                | '!'
                | '?'
                | '&'
                | '='
                | '~'
                | '+'
                | '\0'
                | '“'
                | '”'
                | '„'
                | '«'
                | '»'
                | '‘'
                | '’'
                | '【'
                | '】'
                | '（'
                | '）'
                | '，'
                | '。'
                | '、'
                | '；'
                | '→'
                | '←'
                | '•'
                | '·'
        )
}

#[cfg(test)]
mod tests;
