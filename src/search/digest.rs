//! What the index has of one record: its words with their weights, and its text in parts.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{
    text::Section,
    words::{Extent, each_word},
};

/// What the index has of one record, whatever the rest of the site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    /// The words, sorted, each followed by a space.
    words: String,
    /// Beside them.
    found: Vec<Found>,
    /// The text in parts, each as the script has it: `[["anchor","heading","text"],…]`.
    pub parts: Vec<String>,
    /// The first sentence, may be empty.
    pub lead: String,
}

/// What a document has of one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// 0 to 15.
    pub weight: u8,
    /// 1 when a heading has it.
    pub heading: u8,
    /// The part that has most of it.
    pub part: u32,
}

/// A part of the text takes about so many bytes.
const PART: usize = 3000;

/// A word in a heading counts for so many in the text.
const HEADING: u32 = 3;

/// How often a word stands in a document.
#[derive(Default)]
struct Count {
    times: u32,
    heading: u8,
    part: (u32, u32),
    best: (u32, u32),
}

impl Digest {
    /// Weighs the words of a record. `lead` is its first sentence.
    pub fn of(sections: &[Section], lead: String) -> Self {
        let parts = parts(sections);
        let mut counts: HashMap<String, Count> = HashMap::new();
        let mut length = 0_u32;
        for (n, part) in (0..).zip(&parts) {
            for section in part {
                let mut add = |word: &str, extent: Extent, times: u32, heading: u8| {
                    length += u32::from(extent == Extent::Part);
                    // Most words of a text have been there before.
                    if !counts.contains_key(word) {
                        counts.insert(word.to_owned(), Count::default());
                    }
                    let count = counts.get_mut(word).expect("it is there now");
                    count.add(n, times);
                    count.heading |= heading;
                };
                each_word(&section.title, |word, extent| add(word, extent, HEADING, 1));
                each_word(&section.text, |word, extent| add(word, extent, 1, 0));
            }
        }
        let length = rounded(length);
        let mut digest =
            Self { parts: parts.iter().map(|p| script(p)).collect(), lead, ..Self::default() };
        let mut counts: Vec<(String, Count)> = counts.into_iter().collect();
        counts.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        for (word, count) in counts {
            digest.words.push_str(&word);
            digest.words.push(' ');
            let weight = weight(count.times, length);
            digest.found.push(Found { weight, heading: count.heading, part: count.best.1 });
        }
        digest
    }

    /// The words, sorted.
    pub fn words(&self) -> impl Iterator<Item = (&str, Found)> {
        self.words.split(' ').zip(self.found.iter().copied())
    }
}

impl Count {
    fn add(&mut self, part: u32, times: u32) {
        self.times += times;
        if self.part.1 != part {
            self.part = (0, part);
        }
        self.part.0 += times;
        if self.part.0 > self.best.0 {
            self.best = self.part;
        }
    }
}

/// A length with two binary digits: an edit of a few words leaves the weight of all others.
fn rounded(length: u32) -> u32 {
    let digits = u32::BITS - length.leading_zeros();
    let drop = digits.saturating_sub(2);
    length >> drop << drop
}

/// The saturating share of BM25, against a page of 300 words instead of the average page: an edit
/// elsewhere must not change it.
fn weight(times: u32, length: u32) -> u8 {
    let times = f64::from(times);
    let share = times / (times + 1.2 * (0.4 + 0.6 * f64::from(length) / 300.0));
    (share * 16.0).min(15.0) as u8
}

fn parts(sections: &[Section]) -> Vec<Vec<Section>> {
    let mut parts: Vec<Vec<Section>> = Vec::new();
    let mut room = 0;
    for section in sections {
        let mut rest = section.text.as_str();
        loop {
            let (text, after) = rest.split_at(cut(rest));
            let size = text.len() + section.title.len();
            if size > room || parts.is_empty() {
                parts.push(Vec::new());
                room = PART;
            }
            room = room.saturating_sub(size);
            let part = parts.last_mut().expect("there is one from the first text on");
            part.push(Section { text: text.trim().to_owned(), ..section.clone() });
            rest = after;
            if rest.is_empty() {
                break;
            }
        }
    }
    parts
}

/// Where a long text is cut: behind a line, else behind a word, else between two characters.
fn cut(text: &str) -> usize {
    if text.len() <= PART {
        return text.len();
    }
    let most = text.floor_char_boundary(PART);
    let half = text.floor_char_boundary(PART / 2);
    let found = text[half..most].rfind('\n').or_else(|| text[half..most].rfind(' '));
    found.map_or(most, |at| half + at + 1)
}

fn script(part: &[Section]) -> String {
    let rows: Vec<[&str; 3]> =
        part.iter().map(|s| [s.anchor.as_str(), s.title.as_str(), s.text.as_str()]).collect();
    json(&rows)
}

/// JSON that is a script as well.
pub fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("text and lists of it are always JSON")
}
