//! How much a Markdown text says, block by block: what is a template left in place is told apart.

use crate::{
    model::substance::{Amount, Filler},
    text::words,
};

/// What begins a note that something is still to be written, in capitals.
const NOTES: &[&str] = &["TODO", "TBD", "TBC", "FIXME", "XXX", "WIP"];

/// What says the same in words, lower case. Data, to be widened.
const PHRASES: &[&str] = &[
    "to be added",
    "to be completed",
    "to be decided",
    "to be defined",
    "to be determined",
    "to be done",
    "to be written",
    "coming soon",
    "work in progress",
    "under construction",
    "noch zu schreiben",
    "noch offen",
    "wird ergänzt",
    "folgt",
    "à compléter",
    "à rédiger",
    "à définir",
    "por completar",
    "por hacer",
    "pendiente",
    "a completar",
    "a fazer",
    "em breve",
    "da completare",
    "da scrivere",
    "da definire",
    "nog te schrijven",
    "nog in te vullen",
    "будет дополнено",
    "в разработке",
    "待补充",
    "待定",
    "待办",
    "待完善",
    "未定",
    "準備中",
    "作成中",
    "後日追記",
];

/// First words of a request in brackets, lower case. Data, to be widened.
const REQUESTS: &[&str] = &[
    "add",
    "brief",
    "describe",
    "e.g.",
    "enter",
    "explain",
    "fill",
    "insert",
    "list",
    "placeholder",
    "provide",
    "replace",
    "specify",
    "summarise",
    "summarize",
    "tbd",
    "todo",
    "what",
    "write",
    "your",
    "beschreibe",
    "beschreiben",
    "décrire",
    "décrivez",
    "describa",
    "describir",
    "descreva",
    "descrever",
    "descrivere",
    "descrivi",
    "beschrijf",
    "опишите",
    "укажите",
];

/// Beginnings of a request where words are not set apart.
const HAN_REQUESTS: &[&str] = &["描述", "填写", "请", "説明", "記入", "ここに"];

/// The beginning of the text that printers fill pages with.
const LOREM: &[u8] = b"lorem ipsum";

/// A short block may begin with a phrase and be no more than it; a longer one is prose.
const SHORT_BLOCK: u32 = 12;
/// The longest request in brackets, in bytes.
const LONGEST_REQUEST: usize = 400;

/// Measures a file: the words below each heading, down to the next one.
#[derive(Debug, Default)]
pub(super) struct Meter {
    block: String,
    below: Amount,
}

impl Meter {
    /// Adds a run of text to the block.
    pub(super) fn push(&mut self, text: &str) {
        self.block.push_str(text);
    }

    /// Ends a block of prose.
    pub(super) fn end_prose(&mut self) {
        let words = words::count(&self.block);
        let mut filler = [0; 3];
        if let Some((kind, of_it)) = filler_of(&self.block, words) {
            filler[kind as usize] = of_it;
        }
        self.end(Amount { words, filler });
    }

    /// Ends a block of code, where brackets mean something else.
    pub(super) fn end_code(&mut self) {
        self.end(Amount::of_words(words::count(&self.block)));
    }

    /// The words since the last heading, when the next one begins or the file ends.
    pub(super) fn take(&mut self) -> Amount {
        std::mem::take(&mut self.below)
    }

    fn end(&mut self, amount: Amount) {
        self.below.add(amount);
        self.block.clear();
    }
}

/// The kind of filler in a block of so many words, and how many of them it is.
fn filler_of(block: &str, words: u32) -> Option<(Filler, u32)> {
    let block = block.trim();
    if block.is_empty() {
        return None;
    }
    let begins = |part: &[u8]| matches!(part[0], b'l' | b'L') && part.eq_ignore_ascii_case(LOREM);
    if block.as_bytes().windows(LOREM.len()).any(begins) {
        return Some((Filler::Lorem, words));
    }
    if is_note(block, words) {
        return Some((Filler::Todo, words));
    }
    let asked = requests(block);
    (asked > 0).then_some((Filler::Placeholder, asked.min(words)))
}

/// Whether a block only says that something is still to be written.
fn is_note(block: &str, words: u32) -> bool {
    let bare = block.trim_start_matches(|sign: char| !sign.is_alphanumeric());
    let note = NOTES.iter().find_map(|note| bare.strip_prefix(note));
    if let Some(rest) = note
        && !rest.starts_with(|letter: char| letter.is_alphanumeric() || letter == '_')
    {
        // "TODO comments are collected by …" is prose about such notes.
        return words <= SHORT_BLOCK || rest.trim_start().starts_with([':', '(', '-', '–', '—']);
    }
    if words > SHORT_BLOCK {
        return false;
    }
    let bare = bare.to_lowercase();
    PHRASES.iter().filter_map(|phrase| bare.strip_prefix(phrase)).any(|rest| {
        let glued = rest.chars().next().is_some_and(|c| c.is_alphanumeric() && !words::is_wide(c));
        !glued
    })
}

/// The words of all requests in brackets and braces.
fn requests(block: &str) -> u32 {
    let mut found = 0;
    let mut rest = block;
    while let Some(open) = rest.find(['[', '{', '<']) {
        let inner = &rest[open + 1..];
        let close = match rest.as_bytes()[open] {
            b'[' => ']',
            b'{' => '}',
            _ => '>',
        };
        // Not looked for further: most brackets of a text that is made to be slow are never closed.
        let near = &inner[..inner.floor_char_boundary(LONGEST_REQUEST + 1)];
        match near.find(close) {
            Some(end) if is_request(&inner[..end]) => {
                found += words::count(&inner[..end]);
                rest = &inner[end + 1..];
            }
            _ => rest = inner,
        }
    }
    found
}

fn is_request(inner: &str) -> bool {
    let inner = inner.trim_matches(|sign: char| sign.is_whitespace() || "{}[]<>*_".contains(sign));
    let first = inner.split_whitespace().next().unwrap_or_default().trim_end_matches([':', ',']);
    let first = first.to_lowercase();
    REQUESTS.contains(&first.as_str()) || HAN_REQUESTS.iter().any(|begin| inner.starts_with(begin))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filler_is_told_from_text() {
        use Filler::{Lorem, Placeholder, Todo};
        for (block, wanted) in [
            ("TODO", Some((Todo, 1))),
            ("TODO(ann): say what happens after the tenth request of a second is refused", None),
            ("*To be written.*", Some((Todo, 3))),
            ("待补充内容", Some((Todo, 3))),
            ("Lorem ipsum dolor sit", Some((Lorem, 4))),
            ("[Describe the problem in two sentences]", Some((Placeholder, 6))),
            ("The limit is {describe it here}.", Some((Placeholder, 3))),
            ("TODOs are kept elsewhere", None),
            ("Followed by [a footnote] and {a set}", None),
            ("[ 200, 300 ]", None),
        ] {
            let words = words::count(block);
            let wanted = match block.starts_with("TODO(") {
                true => Some((Todo, words)),
                false => wanted,
            };
            assert_eq!(filler_of(block, words), wanted, "{block}");
        }
        let prose = "TODO notes in the code are collected by a job that runs each night at two";
        assert_eq!(filler_of(prose, words::count(prose)), None);
    }
}
