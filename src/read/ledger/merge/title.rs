//! The words of titles, compared: what tells one gap from another when no number does.

use crate::read::ledger::{
    lexicon::Words,
    vocabulary::{Part, Vocabulary},
};

/// The words of a title that tell it from others: none of those for gaps, levels and absence.
pub(super) fn significant(title: &str, words: &Vocabulary) -> Vec<String> {
    let tokens = Words::of(title);
    let mut own = Vec::new();
    let mut at = 0;
    while at < tokens.list().len() {
        let lens = [
            words.stop.at(&tokens, at).map(|found| found.1),
            words.gap.at(&tokens, at).map(|found| found.1),
            words.free[1].1.at(&tokens, at).map(|found| found.1),
            words
                .parts
                .at(&tokens, at)
                .filter(|(part, _)| *part == Part::Lacking)
                .map(|found| found.1),
        ];
        match lens.into_iter().flatten().max() {
            Some(len) => at += len,
            None => {
                own.push(stem(&tokens.list()[at]));
                at += 1;
            }
        }
    }
    if own.is_empty() {
        own = tokens.list().to_vec();
    }
    own.sort();
    own.dedup();
    own
}

pub(super) fn stems(text: &str) -> Vec<String> {
    Words::of(text).list().iter().map(|word| stem(word)).collect()
}

/// A word without its ending, roughly: enough to know a plural or a case again.
pub(super) fn stem(word: &str) -> String {
    let letters = word.chars().count();
    match word.strip_suffix('s') {
        _ if letters > 7 => word.chars().take(7).collect(),
        Some(singular) if letters > 3 && !singular.ends_with('s') => singular.to_owned(),
        _ => word.to_owned(),
    }
}

pub(super) fn shared(a: &[String], b: &[String]) -> usize {
    a.iter().filter(|word| b.contains(word)).count()
}
