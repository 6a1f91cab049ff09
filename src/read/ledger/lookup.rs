//! Looks words up in the vocabulary.

use super::vocabulary::{COLUMNS, LABELS, Meaning};

/// What the label means, by the longest phrase it begins with.
pub fn label(name: &str) -> Option<Meaning> {
    let name = normal(name);
    LABELS
        .iter()
        .filter(|(phrase, _)| {
            name.strip_prefix(phrase).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        })
        .max_by_key(|(phrase, _)| phrase.len())
        .map(|(_, meaning)| *meaning)
}

/// What the head of a column means.
pub fn column(head: &str) -> Option<Meaning> {
    let head = normal(head);
    let head = head.trim_end_matches('.');
    COLUMNS.iter().find(|(phrase, _)| *phrase == head).map(|(_, meaning)| *meaning)
}

/// Whether the text has one of `words` as a word of its own.
pub fn has_word(text: &str, words: &[&str]) -> bool {
    let lower = text.to_lowercase();
    lower.split(|letter: char| !letter.is_alphanumeric()).any(|word| {
        words.contains(&word)
            || (!word.is_ascii() && words.iter().any(|own| !own.is_ascii() && word.contains(own)))
    })
}

/// Lower case, one space between words, straight apostrophes.
pub fn normal(text: &str) -> String {
    let text = text.to_lowercase().replace('’', "'").replace(['*', '_', '`'], "");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
