//! A text as the words it is compared by: lower case, without endings, small words left out.

use std::collections::HashMap;

use rust_stemmers::Stemmer;

use super::language::{Language, is_han, is_kana, is_small};

/// Longer runs of letters are keys, hashes and encoded data, never words.
const LONGEST: usize = 40;

/// Makes terms of words. The same word always gives the same term, so each is worked out once.
pub struct Terms {
    language: Language,
    stemmer: Option<Stemmer>,
    /// Looked up and never walked, so its order cannot show.
    known: HashMap<String, Option<Box<str>>>,
}

impl Terms {
    /// For texts of a language; a text without one is read as English, as most code is.
    pub fn new(language: Option<Language>) -> Self {
        let language = language.unwrap_or(Language::English);
        Self {
            language,
            stemmer: language.tongue().stemmer.map(Stemmer::create),
            known: HashMap::new(),
        }
    }

    /// Calls `each` with every term of a text and the whole word it was made from.
    ///
    /// A word in camel case gives itself and its parts: `FoundationDBSyncer` is met by
    /// `foundationdb syncer`. Scripts without spaces give pairs of neighbouring letters.
    pub fn of(&mut self, text: &str, each: &mut impl FnMut(&str, &str)) {
        let mut rest = text;
        while let Some(start) = rest.find(char::is_alphanumeric) {
            rest = &rest[start..];
            let first = rest.chars().next().unwrap_or_default();
            let unspaced = is_unspaced(first);
            let end = rest
                .find(|c: char| !c.is_alphanumeric() || is_unspaced(c) != unspaced)
                .unwrap_or(rest.len());
            let (run, after) = rest.split_at(end);
            rest = after;
            if unspaced {
                pairs(run, each);
            } else if run.len() <= LONGEST {
                self.word(run, run, each);
                if let Some(parts) = parts(run) {
                    parts.into_iter().for_each(|part| self.word(part, run, each));
                }
            }
        }
    }

    fn word(&mut self, word: &str, written: &str, each: &mut impl FnMut(&str, &str)) {
        if let Some(known) = self.known.get(word) {
            if let Some(term) = known {
                each(term, written);
            }
            return;
        }
        let term = self.term(word);
        if let Some(term) = &term {
            each(term, written);
        }
        self.known.insert(word.to_owned(), term);
    }

    fn term(&self, word: &str) -> Option<Box<str>> {
        let lower = word.to_lowercase();
        let tells = lower.chars().nth(1).is_some()
            && lower.chars().any(char::is_alphabetic)
            && !is_small(self.language, &lower);
        tells.then(|| match &self.stemmer {
            Some(stemmer) => stemmer.stem(&lower).into(),
            None => lower.into(),
        })
    }
}

fn is_unspaced(letter: char) -> bool {
    is_han(letter) || is_kana(letter)
}

/// `ab bc cd` for `abcd`; a letter alone stands for itself.
fn pairs(run: &str, each: &mut impl FnMut(&str, &str)) {
    let starts: Vec<usize> = run.char_indices().map(|(at, _)| at).chain([run.len()]).collect();
    if starts.len() == 2 {
        each(run, run);
    }
    for three in starts.windows(3) {
        let pair = &run[three[0]..three[2]];
        each(pair, pair);
    }
}

/// The parts of a word in camel case; none when it has only one.
fn parts(word: &str) -> Option<Vec<&str>> {
    let letters: Vec<(usize, char)> = word.char_indices().collect();
    let mut cuts = vec![0];
    for (n, pair) in letters.windows(2).enumerate() {
        let (before, (at, here)) = (pair[0].1, pair[1]);
        let next = letters.get(n + 2).map(|(_, c)| *c);
        let rises = before.is_lowercase() && here.is_uppercase();
        // `DBSyncer`: the last capital begins the next word.
        let falls =
            before.is_uppercase() && here.is_uppercase() && next.is_some_and(char::is_lowercase);
        if rises || falls {
            cuts.push(at);
        }
    }
    if cuts.len() == 1 {
        return None;
    }
    cuts.push(word.len());
    Some(cuts.windows(2).map(|cut| &word[cut[0]..cut[1]]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(language: Language, text: &str) -> Vec<String> {
        let mut found = Vec::new();
        Terms::new(Some(language)).of(text, &mut |term, _| found.push(term.to_owned()));
        found
    }

    #[test]
    fn words_lose_their_endings_and_small_words_go() {
        assert_eq!(
            terms(Language::English, "The queues were persisted, and 30 retries"),
            ["queue", "persist", "retri"]
        );
        assert_eq!(terms(Language::German, "Die Warteschlangen"), ["warteschlang"]);
    }

    #[test]
    fn names_in_code_give_their_parts() {
        assert_eq!(
            terms(Language::English, "EventQueueDBWriter snake_case"),
            ["eventqueuedbwrit", "event", "queue", "db", "writer", "snake", "case"]
        );
    }

    #[test]
    fn scripts_without_spaces_give_pairs() {
        assert_eq!(terms(Language::Chinese, "消息队列 A队"), ["消息", "息队", "队列", "队"]);
        assert_eq!(terms(Language::Japanese, "キュー"), ["キュ", "ュー"]);
    }

    #[test]
    fn nothing_breaks_on_odd_letters() {
        for text in ["ßẞ", "ﬁle", "İstanbul", "e\u{301}a", "𝔘𝔫𝔦", "---", "\u{0}"] {
            terms(Language::English, text);
        }
    }
}
