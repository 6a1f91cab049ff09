//! Sentences of research that demand something: must, shall, required, critical, and what other
//! languages say for it (the words are those of [`super::language`]).

use std::sync::LazyLock;

use regex::Regex;

use super::language::{Language, TONGUES};
use crate::{
    read::lines::regex,
    text::{LineIndex, Span},
};

/// A sentence is followed for so many bytes on each side of its word.
const REACH: usize = 400;
/// Fewer words are a label or a value, no sentence.
const FEWEST_WORDS: usize = 4;

/// A sentence that demands something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demand {
    /// First and last line, from 1.
    pub lines: (u32, u32),
    /// The words before the one that demands, on one line.
    pub before: String,
    /// The word, as written.
    pub word: String,
    /// The words after it, on one line.
    pub after: String,
}

static WORDS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let pattern = |tongue: &super::language::Tongue| match tongue.stemmer {
        // Where words are not spaced there is no boundary to look for.
        None => tongue.demands.join("|"),
        Some(_) => format!(r"(?i)\b(?:{})\b", tongue.demands.join("|")),
    };
    TONGUES.iter().map(|tongue| regex(&pattern(tongue))).collect()
});

/// The sentences of a text, from a line on, each once.
pub fn find(text: &str, lines: &LineIndex, from: u32, language: Option<Language>) -> Vec<Demand> {
    let language = language.unwrap_or(Language::English);
    let start = lines.span(from, text).start;
    let mut found = Vec::new();
    let mut done = start;
    for hit in WORDS[language as usize].find_iter(text.get(start..).unwrap_or_default()) {
        let hit = Span::from(hit.range()).shift(start);
        if hit.start < done || is_code(text, hit) {
            continue;
        }
        let sentence = sentence(text, hit);
        done = sentence.end;
        let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let before = line(&text[sentence.start..hit.start]);
        let (word, after) = (&text[hit.start..hit.end], line(&text[hit.end..sentence.end]));
        let words = before.split(' ').chain(after.split(' ')).filter(|w| !w.is_empty()).count() + 1;
        let spaced = language.tongue().stemmer.is_some();
        if words < FEWEST_WORDS && spaced {
            continue;
        }
        found.push(Demand {
            lines: (lines.line(sentence.start), lines.line(sentence.end.saturating_sub(1))),
            before: unmarked(&before).to_owned(),
            word: word.to_owned(),
            after,
        });
    }
    found
}

/// `logger.critical(…)`, `is_required`, `"required": true`: names, not words.
fn is_code(text: &str, word: Span) -> bool {
    let before = text[..word.start].chars().next_back();
    let after = text[word.end..].chars().next();
    matches!(before, Some('.' | '_' | '-' | ':' | '@' | '\\'))
        || matches!(after, Some('(' | '_' | '=' | '['))
        || (before == after && matches!(before, Some('"' | '\'')))
}

/// From the end of the sentence before to the end of this one. A line ends a sentence unless the
/// next goes on in lower case, as wrapped prose does.
fn sentence(text: &str, word: Span) -> Span {
    let mut start = word.start;
    for (at, letter) in text[..word.start].char_indices().rev() {
        let next = text[at + letter.len_utf8()..].chars().next();
        let ends = match letter {
            '\n' => !goes_on(text[..at].trim_end_matches('\r').chars().next_back(), next),
            '.' | '!' | '?' => next.is_some_and(char::is_whitespace),
            '。' | '！' | '？' => true,
            _ => false,
        };
        if ends || word.start - at > REACH {
            break;
        }
        start = at;
    }
    let mut end = word.end;
    for (at, letter) in text[word.end..].char_indices() {
        let after = word.end + at + letter.len_utf8();
        let next = text[after..].chars().next();
        let before = text[..word.end + at].trim_end_matches('\r').chars().next_back();
        if letter == '\n' && !goes_on(before, next) || at > REACH {
            break;
        }
        end = after;
        let ends = match letter {
            '.' | '!' | '?' => next.is_none_or(char::is_whitespace),
            '。' | '！' | '？' => true,
            _ => false,
        };
        if ends {
            break;
        }
    }
    let inner = &text[start..word.start];
    start += inner.len() - inner.trim_start().len();
    Span::new(start, word.end + text[word.end..end].trim_end().len())
}

/// Whether a sentence goes on over a line end between these letters.
fn goes_on(before: Option<char>, next: Option<char>) -> bool {
    before.is_some_and(|c| c.is_alphabetic() || matches!(c, ',' | ';' | ')' | '-'))
        && next.is_some_and(char::is_lowercase)
}

/// The text without the marks of a list, a quote, a heading or a comment at its start.
fn unmarked(text: &str) -> &str {
    text.trim_start_matches(['-', '*', '+', '>', '#', '/', ' '])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(language: Language, text: &str) -> Vec<(u32, String)> {
        let found = find(text, &LineIndex::new(text), 1, Some(language));
        let told = |d: Demand| (d.lines.0, format!("{}|{}|{}", d.before, d.word, d.after));
        found.into_iter().map(told).collect()
    }

    #[test]
    fn a_sentence_is_told_whole_and_once() {
        let text = "It is fast. The broker must keep\nevery event, and it shall sync. Then rest.\n\n\
                    - Backups are REQUIRED every night\nNext line.\n";
        assert_eq!(
            told(Language::English, text),
            [
                (1, "The broker|must|keep every event, and it shall sync.".to_owned()),
                (4, "Backups are|REQUIRED|every night".to_owned()),
            ]
        );
    }

    #[test]
    fn names_in_code_demand_nothing() {
        let text = "logger.critical(f\"lost {e}\")\n\"required\": [\"a\", \"b\", \"c\"]\nis_required = 1\n\
                    must\n";
        assert_eq!(told(Language::English, text), []);
    }

    #[test]
    fn other_languages_have_their_words() {
        assert_eq!(told(Language::German, "Der Dienst muss jede Nacht sichern.").len(), 1);
        assert_eq!(told(Language::Russian, "Служба Должна хранить все события.").len(), 1);
        assert_eq!(
            told(Language::Chinese, "很快。服务必须保存事件。好。"),
            [(1, "服务|必须|保存事件。".to_owned())]
        );
    }
}
