//! Names of documents in a recommendation, with what it says to do with them.

use std::sync::LazyLock;

use regex::Regex;

use super::{choice, lexicon::Words, part, vocabulary::Vocabulary};
use crate::{
    model::{
        Fact,
        gap::{Intent, Target},
    },
    read::{citation, lines::regex},
    text::Span,
};

static SECTION: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"\b[A-Z][A-Za-z0-9-]*(?:\s[A-Z][A-Za-z0-9-]*)*\s(?i:section|chapter|§)\s?\d+(?:\.\d+)*")
});
static FOLDER: LazyLock<Regex> = LazyLock::new(|| regex(r"`([\w.-]+(?:/[\w.-]+)*/)`"));
/// `proto:shop.v1.Order`, also in `[[…]]`: a symbol of a schema. Without the prefix, dotted names are
/// those of files and of code.
static SYMBOL: LazyLock<Regex> =
    LazyLock::new(|| regex(r"\bproto:[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*"));
static SIZE: LazyLock<Regex> =
    LazyLock::new(|| regex(r"\((~?\d+(?:\s*[-–]\s*\d+)?\+?\s*([\p{L} ]{1,16}))\)"));

/// The documents named in `text`, which begins at byte `start` of the file, on line `line`.
///
/// A name has the intent of the verb before it, else `default`. What follows `from` is a source
/// and no target.
pub fn find(
    text: &str,
    start: usize,
    line: u32,
    default: Intent,
    words: &Vocabulary,
) -> Vec<Target> {
    let mut places: Vec<Span> =
        SECTION.find_iter(text).map(|found| Span::from(found.range())).collect();
    places.extend(
        FOLDER.captures_iter(text).filter_map(|found| Some(Span::from(found.get(1)?.range()))),
    );
    places.extend(SYMBOL.find_iter(text).map(|found| Span::from(found.range())));
    for found in citation::find(text) {
        let name = &found.citation.target;
        let is_file = name.contains('.') && !name.contains(' ');
        let at = text[found.span.start..].find(name.as_str()).filter(|_| is_file);
        let Some(at) = at.map(|at| found.span.start + at) else { continue };
        if !places.iter().any(|own| own.start <= at && at < own.end) {
            places.push(Span::new(at, at + name.len()));
        }
    }
    places.sort_unstable();
    let mut targets: Vec<Target> = Vec::new();
    for place in places {
        let place = without_verb(text, place, words);
        let before = &text[..place.start];
        if after_from(before) {
            continue;
        }
        let name = &text[place.start..place.end];
        let intent = intent_before(before, words).unwrap_or(default);
        if !targets.iter().any(|own| own.name == name) {
            let part = part::of(before, &text[place.end..]);
            let (name, span) = (name.to_owned(), place.shift(start));
            targets.push(Target { name, intent, part, group: 0, line, span });
        }
    }
    choice::group(&mut targets, text, start);
    targets
}

/// The sizes given in parentheses: `(2-3 pages)`.
pub fn sizes(text: &str, line: u32, words: &Vocabulary) -> Vec<Fact<String>> {
    let found = SIZE.captures_iter(text).filter(|size| words.unit.any(&Words::of(&size[2])));
    found.map(|size| Fact::new(size[1].to_owned(), &size[1], line, "size in parentheses")).collect()
}

/// What the last verb of the text asks for.
pub fn intent_before(text: &str, words: &Vocabulary) -> Option<Intent> {
    let tokens = Words::of(text);
    let all = 0..tokens.list().len();
    all.rev().find_map(|at| words.verbs.at(&tokens, at)).map(|(intent, _)| intent)
}

fn after_from(before: &str) -> bool {
    let last = before.trim_end_matches(|sign: char| !sign.is_alphanumeric());
    last.rsplit(' ').next().is_some_and(|word| word.eq_ignore_ascii_case("from"))
}

/// A verb at the start of a sentence is part of a run of capitals: "Expand SDD section 5".
fn without_verb(text: &str, place: Span, words: &Vocabulary) -> Span {
    let name = &text[place.start..place.end];
    match name.split_once(' ') {
        Some((first, rest)) if words.verbs.whole(&Words::of(first)).is_some() => {
            Span::new(place.end - rest.len(), place.end)
        }
        _ => place,
    }
}

#[cfg(test)]
mod tests {
    use super::{super::vocabulary::SHIPPED, *};

    #[test]
    fn names_and_intents() {
        for (text, wanted) in [
            ("Create docs/A-B.md (2-3 pages)", vec![("docs/A-B.md", Intent::Create)]),
            ("Expand B.md with a table", vec![("B.md", Intent::Expand)]),
            ("Add section to C.md", vec![("C.md", Intent::Expand)]),
            ("Expand SDD section 5.1 with ports", vec![("SDD section 5.1", Intent::Expand)]),
            ("Create docs/e.proto file", vec![("docs/e.proto", Intent::Create)]),
            ("Create [[proto:shop.v1.Order]]", vec![("proto:shop.v1.Order", Intent::Create)]),
            ("Write `src/x/`", vec![("src/x/", Intent::Create)]),
            (
                "Create `a.md` from x.txt and update b.md",
                vec![("a.md", Intent::Create), ("b.md", Intent::Expand)],
            ),
            ("`a.md` erweitern", vec![("a.md", Intent::Create)]),
            ("Think about it", vec![]),
        ] {
            let found = find(text, 0, 1, Intent::Create, &SHIPPED);
            let found: Vec<_> = found.iter().map(|t| (t.name.as_str(), t.intent)).collect();
            assert_eq!(found, wanted, "{text}");
        }
        let sizes = sizes("Create a.md (2-3 pages) (soon)", 4, &SHIPPED);
        assert_eq!(sizes.iter().map(|size| size.raw.as_str()).collect::<Vec<_>>(), ["2-3 pages"]);
    }
}
