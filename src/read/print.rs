//! Fingerprints of lines: what counts as the same text, and the hashes that say so.
//!
//! Lines are compared without the spaces at their ends and with every run of spaces as one, so
//! that another indent, another line end or a trailing space is no edit. Letters, signs and empty
//! lines count. [`HASH`](crate::model::lock::HASH) names this rule: it changes with it.

use std::sync::LazyLock;

use crate::{
    model::lock::{Extent, KeptLine, LinePrint, Passage, Print},
    world::Hash,
};

/// Characters of text kept of one passage, shared by its lines.
const KEPT: usize = 4_000;
/// The most characters kept of one line.
const LONGEST: usize = 240;
/// Less than this of a line tells a reader nothing.
const SHORTEST: usize = 16;
/// Characters of the first words.
const FIRST_WORDS: usize = 60;

/// The hashes of all lines of a text, and where each line begins.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    hashes: Vec<[u8; 16]>,
    starts: Vec<usize>,
}

impl Lines {
    /// Hashes every line of a text.
    pub fn of(text: &str) -> Self {
        let hashes = text.lines().map(|line| short(normal(line).as_bytes())).collect();
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = [0].into_iter().chain(ends.map(|(at, _)| at + 1)).collect();
        Self { hashes, starts }
    }

    /// Some lines of the text that was hashed, counted from 1; empty past its end.
    pub fn cut<'t>(&self, text: &'t str, (first, last): (u32, u32)) -> &'t str {
        let start = |line: u32| {
            let at = self.starts.get((line as usize).saturating_sub(1));
            at.copied().unwrap_or(text.len()).min(text.len())
        };
        text.get(start(first)..start(last.saturating_add(1))).unwrap_or_default()
    }

    /// How many lines there are.
    pub fn count(&self) -> u32 {
        self.hashes.len() as u32
    }

    /// The hash of a line, counted from 1.
    pub fn line(&self, line: u32) -> Option<LinePrint> {
        Some(line_print(self.hashes.get((line as usize).checked_sub(1)?)?))
    }

    /// The hashes of all lines, in order.
    pub fn iter(&self) -> impl Iterator<Item = LinePrint> + '_ {
        (1..=self.count()).filter_map(|line| self.line(line))
    }

    /// The fingerprint of some lines, counted from 1; none when the text ends before them.
    pub fn passage(&self, (first, last): (u32, u32)) -> Option<Print> {
        let lines = self.hashes.get((first as usize).checked_sub(1)?..last as usize)?;
        Some(Print(short(lines.as_flattened())))
    }
}

/// What the lock keeps of a passage, all lines of `text`. The longer it is, the less is kept of a
/// line.
pub fn keep(text: &str) -> Passage {
    let count = text.lines().count();
    let room = Some((KEPT / count.max(1)).min(LONGEST)).filter(|room| *room >= SHORTEST);
    let lines = text.lines();
    let kept = lines.map(|line| {
        let line = normal(line);
        let print = line_print(&short(line.as_bytes()));
        let end = line.char_indices().nth(room.unwrap_or_default()).map(|(at, _)| at);
        let extent = if end.is_some() { Extent::Cut } else { Extent::Whole };
        let text = line[..end.unwrap_or(line.len())].to_owned();
        KeptLine { print, text, extent }
    });
    Passage(kept.collect())
}

/// The first words of a text, without a cut inside a word.
pub fn first_words(text: &str) -> String {
    let mut out = String::new();
    for word in text.split_whitespace() {
        if out.chars().count() + 1 + word.chars().count() > FIRST_WORDS {
            if out.is_empty() {
                out.extend(word.chars().take(FIRST_WORDS));
            }
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// The hash of an empty line.
pub fn blank() -> LinePrint {
    static BLANK: LazyLock<LinePrint> = LazyLock::new(|| line_print(&short(b"")));
    *BLANK
}

/// A line as it is compared.
pub fn normal(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for word in line.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

fn line_print(&[a, b, c, d, ..]: &[u8; 16]) -> LinePrint {
    LinePrint(u32::from_be_bytes([a, b, c, d]))
}

/// The first half of the hash of some bytes.
fn short(bytes: &[u8]) -> [u8; 16] {
    let mut out = [0; 16];
    out.copy_from_slice(&Hash::of(bytes).as_bytes()[..16]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_are_no_edit_and_letters_are() {
        let one = Lines::of("a b\r\n\n  c\td \n");
        assert_eq!(one.passage((1, 3)), Lines::of(" a  b\n\nc d").passage((1, 3)));
        assert_ne!(one.passage((1, 3)), Lines::of("a b\nc d\n").passage((1, 2)));
        assert_ne!(one.passage((1, 1)), Lines::of("ab").passage((1, 1)));
        assert_eq!((one.passage((0, 1)), one.passage((3, 4))), (None, None));
        let text = "a\r\nb\nc";
        let lines = Lines::of(text);
        assert_eq!((lines.cut(text, (2, 3)), lines.cut(text, (1, 1))), ("b\nc", "a\r\n"));
        assert_eq!((lines.cut(text, (3, 9)), lines.cut(text, (4, 4))), ("c", ""));
    }

    #[test]
    fn long_passages_keep_less_of_each_line() {
        let line = "é".repeat(300);
        let few = keep(&format!("{line}\n{line}\n"));
        assert_eq!((few.0.len(), few.0[0].text.chars().count()), (2, LONGEST));
        assert_eq!(few.0[0].extent, Extent::Cut);
        let many = keep(&format!("{line}\n").repeat(1_000));
        assert_eq!((many.0.len(), many.0[0].text.as_str()), (1_000, ""));
        assert_eq!(keep("a\n\n").0[1].extent, Extent::Whole);
        assert_eq!(many.0[0].print, Lines::of(&line).line(1).expect("a line"));
    }

    #[test]
    fn first_words_are_whole() {
        let text = "one two\nthree ".to_owned() + &"x".repeat(60);
        assert_eq!(first_words(&text), "one two three");
        assert_eq!(first_words(&"y".repeat(90)).len(), FIRST_WORDS);
    }
}
