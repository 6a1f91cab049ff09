//! Counts words in any script, also in those that put no space between words.

/// Letters of Chinese and Japanese that make up about one word: both average near two.
const HAN_LETTERS_A_WORD: u32 = 2;
/// Letters of Thai, Lao, Khmer and Burmese that make up about one word.
const SOUTH_EAST_ASIAN_LETTERS_A_WORD: u32 = 5;

/// How many words a text has.
///
/// A word is a run without white space that holds a letter or a digit. Scripts without spaces are
/// counted by letters instead: two Han or kana make a word, five letters of Thai, Lao, Khmer or
/// Burmese. Each run of such letters counts at least one.
pub fn count(text: &str) -> u32 {
    text.split_whitespace().map(of_run).fold(0, u32::saturating_add)
}

/// Whether a letter is drawn two columns wide in a terminal: Chinese, Japanese and Korean.
pub fn is_wide(letter: char) -> bool {
    matches!(letter, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{303e}' | '\u{3041}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' | '\u{1f300}'..='\u{1faff}'
        | '\u{20000}'..='\u{3fffd}')
}

/// The words of a run without white space.
fn of_run(run: &str) -> u32 {
    if run.is_ascii() {
        return u32::from(run.bytes().any(|byte| byte.is_ascii_alphanumeric()));
    }
    let (mut han, mut south, mut spaced) = (0_u32, 0_u32, 0_u32);
    let mut inside = false;
    for letter in run.chars() {
        let script = Script::of(letter);
        match script {
            Script::Han => han += 1,
            Script::SouthEastAsian => south += 1,
            // `API设计` is a word and two letters; `don't` and `a-b` stay one word.
            Script::Spaced if !inside && letter.is_alphanumeric() => spaced += 1,
            Script::Spaced => {}
        }
        inside = script == Script::Spaced && (inside || letter.is_alphanumeric());
    }
    han.div_ceil(HAN_LETTERS_A_WORD) + south.div_ceil(SOUTH_EAST_ASIAN_LETTERS_A_WORD) + spaced
}

/// How the words of a script are told apart.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Script {
    /// By spaces, as in most; also every sign.
    Spaced,
    /// Not at all, two letters a word.
    Han,
    /// Not at all, five letters a word.
    SouthEastAsian,
}

impl Script {
    /// The script of a letter, by the blocks of Unicode.
    fn of(letter: char) -> Self {
        match letter {
            // Kana, then Han with its extensions, without the punctuation between them.
            '\u{3041}'..='\u{30ff}'
            | '\u{31f0}'..='\u{31ff}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{ff66}'..='\u{ff9f}'
            | '\u{20000}'..='\u{3fffd}' => Self::Han,
            '\u{0e01}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' => {
                Self::SouthEastAsian
            }
            _ => Self::Spaced,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_script_has_words() {
        for (text, words) in [
            ("", 0),
            ("— | - *", 0),
            ("don't stop-gap it, 3 times", 5),
            ("eine kurze Prüfung", 3),
            ("короткая проверка", 2),
            ("서비스 한도를 설명합니다", 3),
            ("服务的速率限制", 4),
            ("レート制限を説明します。", 6),
            ("API设计 v2", 3),
            ("ขีดจำกัดอัตรา", 3),
        ] {
            assert_eq!(count(text), words, "{text}");
        }
        assert!(is_wide('界') && !is_wide('b'));
    }
}
