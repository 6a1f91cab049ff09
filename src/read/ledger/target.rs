//! Names of documents in a recommendation, with what it says to do with them.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    choice, part,
    vocabulary::{UNITS, VERBS},
};
use crate::{
    model::{
        Fact,
        gap::{Intent, Target},
    },
    read::lines::regex,
    text::Span,
};

static NAME: LazyLock<Regex> = LazyLock::new(|| {
    regex(concat!(
        r"(?P<section>\b[A-Z][A-Za-z0-9-]*(?:\s[A-Z][A-Za-z0-9-]*)*\s(?i:section|chapter|§)\s?\d+(?:\.\d+)*)",
        r"|(?P<file>[\w][\w./-]*\.(?:md|mdx|markdown|proto|rst|adoc|txt|ya?ml|toml|json|mmd|mermaid|sql)\b)"
    ))
});
static VERB: LazyLock<Regex> = LazyLock::new(|| {
    let verbs: Vec<String> = VERBS.iter().map(|(verb, _)| verb.replace(' ', r"\s+")).collect();
    regex(&format!(r"(?i)\b(?:{})\b", verbs.join("|")))
});
static SIZE: LazyLock<Regex> =
    LazyLock::new(|| regex(&format!(r"(?i)\((~?\d+(?:\s*[-–]\s*\d+)?\+?\s*(?:{UNITS}))\)")));

/// The documents named in `text`, which begins at byte `start` of the file, on line `line`.
///
/// A name has the intent of the verb before it, else `default`. What follows `from` is a source
/// and no target.
pub fn find(text: &str, start: usize, line: u32, default: Intent) -> Vec<Target> {
    let mut targets: Vec<Target> = Vec::new();
    for name in NAME.find_iter(text) {
        let before = &text[..name.start()];
        let last = before.trim_end_matches(|sign: char| !sign.is_alphanumeric());
        if last.rsplit(' ').next().is_some_and(|word| word.eq_ignore_ascii_case("from")) {
            continue;
        }
        // A verb at the start of a sentence is part of a run of capitals: "Expand SDD section 5".
        let (name, start_of_name) = without_verb(name.as_str(), name.start());
        let intent = intent_before(&text[..start_of_name]).unwrap_or(default);
        let span = Span::new(start + start_of_name, start + start_of_name + name.len());
        if !targets.iter().any(|own| own.name == name) {
            let part = part::of(before, &text[start_of_name + name.len()..]);
            targets.push(Target { name: name.to_owned(), intent, part, group: 0, line, span });
        }
    }
    choice::group(&mut targets, text, start);
    targets
}

/// The sizes given in parentheses: `(2-3 pages)`.
pub fn sizes(text: &str, line: u32) -> Vec<Fact<String>> {
    let found = SIZE.captures_iter(text);
    found.map(|size| Fact::new(size[1].to_owned(), &size[1], line, "size in parentheses")).collect()
}

/// What the last verb of the text asks for.
pub fn intent_before(text: &str) -> Option<Intent> {
    let verb = VERB.find_iter(text).last()?.as_str().to_lowercase();
    let verb = verb.split_whitespace().collect::<Vec<_>>().join(" ");
    VERBS.iter().find(|(own, _)| *own == verb).map(|(_, intent)| *intent)
}

fn without_verb(name: &str, at: usize) -> (&str, usize) {
    match VERB.find(name).filter(|verb| verb.start() == 0) {
        Some(verb) if name[verb.end()..].starts_with(' ') => {
            (&name[verb.end() + 1..], at + verb.end() + 1)
        }
        _ => (name, at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_intents() {
        for (text, wanted) in [
            ("Create docs/A-B.md (2-3 pages)", vec![("docs/A-B.md", Intent::Create)]),
            ("Expand B.md with a table", vec![("B.md", Intent::Expand)]),
            ("Add section to C.md", vec![("C.md", Intent::Expand)]),
            ("Expand SDD section 5.1 with ports", vec![("SDD section 5.1", Intent::Expand)]),
            ("Create docs/e.proto file", vec![("docs/e.proto", Intent::Create)]),
            (
                "Create `a.md` from x.txt and update b.md",
                vec![("a.md", Intent::Create), ("b.md", Intent::Expand)],
            ),
            ("Think about it", vec![]),
        ] {
            let found = find(text, 0, 1, Intent::Create);
            let found: Vec<_> = found.iter().map(|t| (t.name.as_str(), t.intent)).collect();
            assert_eq!(found, wanted, "{text}");
        }
        let sizes = sizes("Create a.md (2-3 pages) (soon)", 4);
        assert_eq!(sizes.iter().map(|size| size.raw.as_str()).collect::<Vec<_>>(), ["2-3 pages"]);
    }
}
