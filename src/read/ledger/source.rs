//! Evidence in a gap's block: citations, and sources named in words.

use std::sync::LazyLock;

use regex::Regex;

use super::{lexicon::Words, vocabulary::Vocabulary};
use crate::{
    model::{
        gap::{Evidence, Gap},
        reference::Citation,
    },
    read::{citation, lines::regex},
    text::Span,
};

static CODE_PATH: LazyLock<Regex> = LazyLock::new(|| regex(r"`([\w.@-]+/[\w./@-]*)`"));
static CLAUSE: LazyLock<Regex> =
    LazyLock::new(|| regex(r"\b[\p{Lu}][\p{Lu}\p{N}]*(?:-[\p{Lu}\p{N}]+)*-\d+\b"));
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| regex(r"https?://[^\s<>)\]`|]+"));
static PLACE: LazyLock<Regex> =
    LazyLock::new(|| regex(r"[(（]([^()（）]*\d[^()（）]*)[)）]$|,\s*(\p{L}+\.?\s*\d.*)$"));

/// The longest source that is named in words, in bytes.
const LONGEST: usize = 120;

/// Where a text stands in the file.
#[derive(Clone, Copy, Debug)]
pub struct At {
    /// Its first byte.
    pub start: usize,
    /// Its line.
    pub line: u32,
}

/// Adds the citations of a text: files with their lines, folders in code signs, addresses.
pub fn cited(text: &str, at: At, gap: &mut Gap) {
    for found in citation::find(text) {
        add(gap, found.citation, found.span, at);
    }
    for found in CODE_PATH.captures_iter(text).chain(ADDRESS.captures_iter(text)) {
        let Some(own) = found.get(1).or_else(|| found.get(0)) else { continue };
        let within = citation::find(own.as_str()).is_empty();
        if within {
            let target = own.as_str().trim_end_matches(['.', ',']).to_owned();
            add(gap, Citation { target, lines: None, section: None }, own.range().into(), at);
        }
    }
}

/// Adds the citations of a text that says where a gap was found; a source that is no file is kept
/// as it is written, with its lines.
pub fn named(text: &str, at: At, gap: &mut Gap, words: &Vocabulary) {
    for part in parts(text) {
        let own = &text[part.start..part.end];
        let inner = At { start: at.start + part.start, line: at.line };
        if !citation::find(own).is_empty() || CODE_PATH.is_match(own) || ADDRESS.is_match(own) {
            cited(own, inner, gap);
            continue;
        }
        let clauses: Vec<_> = CLAUSE.find_iter(own).collect();
        if !clauses.is_empty() {
            for clause in clauses {
                let target = clause.as_str().to_owned();
                add(
                    gap,
                    Citation { target, lines: None, section: None },
                    clause.range().into(),
                    inner,
                );
            }
            continue;
        }
        let plain = own.replace(['*', '`'], "");
        let sentence =
            plain.contains(". ") || plain.len() > LONGEST || Words::of(&plain).list().len() > 12;
        if sentence || words.is_nothing(&plain) || !plain.chars().any(char::is_alphabetic) {
            continue;
        }
        let target = plain.trim().to_owned();
        let span = Span::new(0, own.len());
        let ranges = lines_in(&target);
        if ranges.is_empty() {
            add(gap, Citation { target: target.clone(), lines: None, section: None }, span, inner);
        }
        for lines in ranges {
            add(
                gap,
                Citation { target: target.clone(), lines: Some(lines), section: None },
                span,
                inner,
            );
        }
    }
}

fn add(gap: &mut Gap, citation: Citation, span: Span, at: At) {
    if !gap.evidence.iter().any(|own| own.citation == citation) {
        gap.evidence.push(Evidence { citation, line: at.line, span: span.shift(at.start) });
    }
}

/// The lines a source names in words is said to have them on: `Roadmap (linhas 3-9)`.
fn lines_in(source: &str) -> Vec<(u32, u32)> {
    let Some(found) = PLACE.captures(source) else { return Vec::new() };
    let Some(place) = found.get(1).or_else(|| found.get(2)) else { return Vec::new() };
    // The scanner of citations knows the words for lines; it wants a file before them.
    let cited = citation::find(&format!("x.md ({})", place.as_str()));
    cited.into_iter().filter_map(|found| found.citation.lines).collect()
}

/// The parts of a list: between commas and semicolons that stand in no brackets, unless they go on
/// with numbers.
fn parts(text: &str) -> Vec<Span> {
    let mut parts = Vec::new();
    let (mut depth, mut from) = (0i32, 0);
    for (at, sign) in text.char_indices() {
        match sign {
            '(' | '[' | '（' => depth += 1,
            ')' | ']' | '）' => depth -= 1,
            ',' | ';' | '、' | '，' if depth <= 0 => {
                let rest = text[at + sign.len_utf8()..].trim_start();
                let goes_on = rest.starts_with(|c: char| c.is_ascii_digit())
                    || rest.chars().next().is_some_and(char::is_lowercase);
                if !goes_on {
                    parts.push(trim(text, from, at));
                    from = at + sign.len_utf8();
                }
            }
            _ => {}
        }
    }
    parts.push(trim(text, from, text.len()));
    parts.retain(|part| part.end > part.start);
    parts
}

fn trim(text: &str, from: usize, to: usize) -> Span {
    let own = &text[from..to];
    let start = from + own.len() - own.trim_start().len();
    Span::new(start, start + own.trim().len())
}

#[cfg(test)]
mod tests {
    use super::{super::vocabulary::SHIPPED, *};
    use crate::read::ledger::blank;

    fn read(text: &str) -> Vec<(String, Option<(u32, u32)>)> {
        let mut gap = blank(String::new(), (1, 1));
        named(text, At { start: 0, line: 1 }, &mut gap, &SHIPPED);
        gap.evidence.into_iter().map(|own| (own.citation.target, own.citation.lines)).collect()
    }

    #[test]
    fn files_clauses_and_sources_in_words() {
        let own = |text: &str, lines| (text.to_owned(), lines);
        assert_eq!(
            read("Livro de nós (linhas 3-9), Guia (linha 25)"),
            [
                own("Livro de nós (linhas 3-9)", Some((3, 9))),
                own("Guia (linha 25)", Some((25, 25)))
            ]
        );
        assert_eq!(read("REQ-001, REQ-029"), [own("REQ-001", None), own("REQ-029", None)]);
        assert_eq!(read("`src/a.rs:12-40`"), [own("src/a.rs", Some((12, 40)))]);
        assert_eq!(read("`src/js`, `x/`"), [own("src/js", None), own("x/", None)]);
        assert!(read("none").is_empty());
    }
}
