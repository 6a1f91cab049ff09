//! Phrases and what they mean, found in running text whatever its language: word by word where
//! words are spaced, letter by letter where they are not.

use std::collections::BTreeMap;

/// A text cut into the words that phrases are compared with: lower case, without accents, one word
/// for each letter of Chinese, Japanese and Korean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words(Vec<String>);

impl Words {
    /// Cuts a text.
    pub fn of(text: &str) -> Self {
        let mut words: Vec<String> = Vec::new();
        let mut open = false;
        for letter in text.chars() {
            if matches!(letter, '#' | '№' | '%') || is_ideograph(letter) {
                words.push(letter.to_string());
                open = false;
            } else if letter.is_alphanumeric() {
                if !open {
                    words.push(String::new());
                }
                open = true;
                if let Some(word) = words.last_mut() {
                    letter.to_lowercase().for_each(|lower| fold(lower, word));
                }
            } else if !is_joiner(letter) {
                open = false;
            }
        }
        Self(words)
    }

    /// The words.
    pub fn list(&self) -> &[String] {
        &self.0
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Phrases, each with its meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lexicon<T> {
    /// Phrases by their first word.
    phrases: BTreeMap<String, Vec<Phrase<T>>>,
    /// Phrases whose first word is only begun, by its first letter.
    stems: BTreeMap<char, Vec<Phrase<T>>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Phrase<T> {
    words: Vec<String>,
    /// Whether the last word is only begun.
    stem: bool,
    meaning: T,
}

impl<T> Default for Lexicon<T> {
    fn default() -> Self {
        Self { phrases: BTreeMap::new(), stems: BTreeMap::new() }
    }
}

impl<T: Copy> Lexicon<T> {
    /// Adds a phrase; one that ends with `*` also stands for the words it begins.
    pub fn add(&mut self, phrase: &str, meaning: T) {
        let stem = phrase.ends_with('*');
        let Words(words) = Words::of(phrase.trim_end_matches('*'));
        let Some(first) = words.first().cloned() else { return };
        let of_stem = stem && words.len() == 1;
        let phrase = Phrase { words, stem, meaning };
        match first.chars().next().filter(|_| of_stem) {
            Some(letter) => self.stems.entry(letter).or_default().push(phrase),
            None => self.phrases.entry(first).or_default().push(phrase),
        }
    }

    /// What the longest phrase means that stands at word `at`, and how many words it has. Of equal
    /// phrases the first added counts.
    pub fn at(&self, words: &Words, at: usize) -> Option<(T, usize)> {
        let rest = words.0.get(at..)?;
        let first = rest.first()?;
        let whole = self.phrases.get(first).into_iter().flatten();
        let stems = first.chars().next().and_then(|letter| self.stems.get(&letter));
        let mut best: Option<(T, usize)> = None;
        for phrase in whole.chain(stems.into_iter().flatten()) {
            let len = phrase.words.len();
            if best.is_none_or(|(_, longest)| len > longest) && phrase.fits(rest) {
                best = Some((phrase.meaning, len));
            }
        }
        best
    }

    /// What the text begins with.
    pub fn start(&self, words: &Words) -> Option<T> {
        self.at(words, 0).map(|(meaning, _)| meaning)
    }

    /// What the whole text is.
    pub fn whole(&self, words: &Words) -> Option<T> {
        self.at(words, 0).filter(|(_, len)| *len == words.0.len()).map(|(meaning, _)| meaning)
    }

    /// The first phrase in the text: its meaning, the word it begins at, and its length in words.
    pub fn find(&self, words: &Words) -> Option<(T, usize, usize)> {
        (0..words.0.len())
            .find_map(|at| self.at(words, at).map(|(meaning, len)| (meaning, at, len)))
    }

    /// Whether any phrase stands in the text.
    pub fn any(&self, words: &Words) -> bool {
        self.find(words).is_some()
    }
}

impl<T> Phrase<T> {
    fn fits(&self, words: &[String]) -> bool {
        let len = self.words.len();
        let Some(own) = words.get(..len) else { return false };
        match self.words.split_last() {
            Some((last, before)) if self.stem => {
                before == &own[..len - 1] && own[len - 1].starts_with(last.as_str())
            }
            _ => self.words == own,
        }
    }
}

/// Lower case, one space between words, straight apostrophes, no emphasis.
pub fn normal(text: &str) -> String {
    let text = text.to_lowercase().replace('’', "'").replace(['*', '_', '`'], "");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Letters that are words: Han, Hiragana, Katakana, Hangul.
pub fn is_ideograph(letter: char) -> bool {
    matches!(letter,
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2fa1f}')
}

/// Signs that stand within a word and are not seen.
fn is_joiner(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}')
}

/// Adds a lower-case letter without its accent.
fn fold(letter: char, word: &mut String) {
    let plain = match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => 'i',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' => 'o',
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' => 'u',
        'ý' | 'ÿ' => 'y',
        'ś' | 'š' => 's',
        'ź' | 'ż' | 'ž' => 'z',
        'ł' => 'l',
        'ё' => 'е',
        'ß' => return word.push_str("ss"),
        'æ' => return word.push_str("ae"),
        'œ' => return word.push_str("oe"),
        other => other,
    };
    word.push(plain);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon(phrases: &[&str]) -> Lexicon<usize> {
        let mut lexicon = Lexicon::default();
        phrases.iter().enumerate().for_each(|(index, phrase)| lexicon.add(phrase, index));
        lexicon
    }

    #[test]
    fn whole_words_in_spaced_scripts() {
        let words = lexicon(&["gap", "état actuel", "Lücke"]);
        assert!(words.any(&Words::of("The GAP.")));
        assert!(!words.any(&Words::of("gaping")));
        assert_eq!(words.find(&Words::of("L’ÉTAT actuel")), Some((1, 1, 2)));
        assert!(words.any(&Words::of("eine lucke")), "accents do not matter");
    }

    #[test]
    fn any_place_in_unspaced_scripts_and_stems() {
        let words = lexicon(&["未实现", "отсутств*", "não implementad*"]);
        assert_eq!(words.find(&Words::of("功能未实现了")).map(|found| found.0), Some(0));
        assert_eq!(words.start(&Words::of("Отсутствуют тесты")), Some(1));
        assert_eq!(words.whole(&Words::of("Não implementada")), Some(2));
        assert_eq!(words.whole(&Words::of("Não implementada ainda")), None);
    }

    #[test]
    fn the_longest_phrase_counts() {
        let words = lexicon(&["not", "not implemented", "gap #"]);
        assert_eq!(words.start(&Words::of("NOT implemented yet")), Some(1));
        assert_eq!(words.whole(&Words::of("Gap #")), Some(2));
        assert_eq!(words.at(&Words::of(""), 0), None);
    }
}
