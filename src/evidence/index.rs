//! The support index: which words stand where in the research.
//!
//! A text is cut into blocks of about sixty words that tell something; three neighbouring blocks
//! are a *window*, about what a reader sees at once (20 to 40 lines), and windows overlap by two
//! blocks. [`FileWords`] is a pure function of one text, so it can be kept by the text's hash;
//! [`Index`] only joins them.

use std::collections::{BTreeMap, HashMap};

use super::{
    language::{self, Language},
    words::Terms,
};

/// Words that tell something in a block, at least, unless the text ends.
const BLOCK_WORDS: u32 = 60;
/// A block ends after so many lines even when they say little.
const BLOCK_LINES: u32 = 40;
/// A heading begins a new block when the one before has at least so many words.
const BLOCK_WORDS_BEFORE_HEADING: u32 = 15;
/// Blocks in a window.
pub const WINDOW: usize = 3;

/// The words of one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileWords {
    /// Its language, when it can be told.
    pub language: Option<Language>,
    blocks: Vec<Block>,
    terms: Vec<(Box<str>, Vec<Posting>)>,
}

/// Neighbouring lines of one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// The file, by its place in the list the index was made from.
    pub file: u32,
    /// First line, from 1.
    pub start: u32,
    /// Last line.
    pub end: u32,
    /// Words that tell something.
    pub words: u32,
}

/// A term in a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    /// The block.
    pub block: u32,
    /// How often.
    pub count: u32,
}

impl FileWords {
    /// The words of `text` from line `from` on, counted from 1.
    pub fn of(text: &str, from: u32) -> Self {
        let language = language::detect(text);
        let mut terms = Terms::new(language);
        // Numbers are given in the order of first appearance: the map is never walked.
        let mut numbers: HashMap<Box<str>, u32> = HashMap::new();
        let mut found: Vec<(Box<str>, Vec<Posting>)> = Vec::new();
        let mut blocks: Vec<Block> = Vec::new();
        let mut open: Option<Block> = None;
        for (line, text) in (1_u32..).zip(text.lines()).skip(from.saturating_sub(1) as usize) {
            if is_heading(text) && open.is_some_and(|b| b.words >= BLOCK_WORDS_BEFORE_HEADING) {
                blocks.extend(open.take());
            }
            let number = blocks.len() as u32;
            let block = open.get_or_insert(Block { file: 0, start: line, end: line, words: 0 });
            block.end = line;
            terms.of(text, &mut |term, _| {
                block.words += 1;
                let at = match numbers.get(term) {
                    Some(at) => *at as usize,
                    None => {
                        numbers.insert(term.into(), found.len() as u32);
                        found.push((term.into(), Vec::new()));
                        found.len() - 1
                    }
                };
                count(&mut found[at].1, number);
            });
            if block.words >= BLOCK_WORDS || block.end - block.start + 1 >= BLOCK_LINES {
                blocks.extend(open.take());
            }
        }
        blocks.extend(open);
        found.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        Self { language, blocks, terms: found }
    }
}

fn count(postings: &mut Vec<Posting>, block: u32) {
    match postings.last_mut() {
        Some(last) if last.block == block => last.count += 1,
        _ => postings.push(Posting { block, count: 1 }),
    }
}

/// An ATX heading of Markdown.
fn is_heading(line: &str) -> bool {
    let text = line.trim_start_matches('#');
    (1..=6).contains(&(line.len() - text.len())) && text.starts_with(' ')
}

/// The words of all research.
#[derive(Debug, Default)]
pub struct Index {
    blocks: Vec<Block>,
    /// The blocks of each file, half open.
    files: Vec<(u32, u32)>,
    /// Where the postings of a term stand; looked up and never walked.
    terms: BTreeMap<Box<str>, Vec<Posting>>,
    windows: usize,
    mean_words: f32,
    /// Words in the window that begins at a block, over the mean; for blocks where none begins, 0.
    lengths: Vec<f32>,
}

impl Index {
    /// Joins the words of files; the place of a file in the list is its number.
    pub fn join(files: Vec<FileWords>) -> Self {
        let mut index = Self::default();
        for (number, file) in files.into_iter().enumerate() {
            let first = index.blocks.len() as u32;
            let here = file.blocks.into_iter().map(|b| Block { file: number as u32, ..b });
            index.blocks.extend(here);
            index.files.push((first, index.blocks.len() as u32));
            for (term, postings) in file.terms {
                let moved = postings.iter().map(|p| Posting { block: p.block + first, ..*p });
                index.terms.entry(term).or_default().extend(moved);
            }
        }
        index.measure_windows();
        index
    }

    fn measure_windows(&mut self) {
        let is_window: Vec<bool> = (0..self.blocks.len()).map(|at| self.is_window(at)).collect();
        let words = |at: usize| if is_window[at] { self.window_words(at) } else { 0 };
        let words: Vec<u32> = (0..self.blocks.len()).map(words).collect();
        let windows = is_window.iter().filter(|is| **is).count();
        let all: u64 = words.iter().map(|words| u64::from(*words)).sum();
        self.mean_words = (all as f32 / windows.max(1) as f32).max(1.0);
        self.lengths = words.iter().map(|words| *words as f32 / self.mean_words).collect();
        self.windows = windows;
    }

    /// How many blocks there are; windows are numbered by their first block.
    pub fn blocks(&self) -> usize {
        self.blocks.len()
    }

    /// How many windows there are.
    pub fn windows(&self) -> usize {
        self.windows
    }

    /// The blocks of a file, half open.
    pub fn blocks_of(&self, file: usize) -> std::ops::Range<usize> {
        self.files.get(file).map_or(0..0, |(first, end)| *first as usize..*end as usize)
    }

    /// The block.
    pub fn block(&self, at: usize) -> Block {
        self.blocks[at]
    }

    /// Whether a window begins at this block: a whole one, or all of a short file.
    pub fn is_window(&self, at: usize) -> bool {
        let file = self.blocks_of(self.blocks[at].file as usize);
        at + WINDOW <= file.end || at == file.start
    }

    /// File, first and last line of the window that begins at a block.
    pub fn window(&self, at: usize) -> Block {
        let last = self.window_end(at) - 1;
        Block { end: self.blocks[last].end, words: self.window_words(at), ..self.blocks[at] }
    }

    /// One past the last block of the window that begins at a block.
    pub fn window_end(&self, at: usize) -> usize {
        (at + WINDOW).min(self.blocks_of(self.blocks[at].file as usize).end)
    }

    /// Words in the window that begins at a block.
    pub fn window_words(&self, at: usize) -> u32 {
        self.blocks[at..self.window_end(at)].iter().map(|block| block.words).sum()
    }

    /// How long the window that begins at a block is, against the mean; 0 where none begins.
    pub fn window_length(&self, at: usize) -> f32 {
        self.lengths[at]
    }

    /// How long a text of so many words is, against the mean of the windows.
    pub fn length(&self, words: u32) -> f32 {
        words as f32 / self.mean_words
    }

    /// Where a term stands, by block.
    pub fn postings(&self, term: &str) -> &[Posting] {
        self.terms.get(term).map_or(&[], Vec::as_slice)
    }

    /// How rare a term is: the logarithm of how many blocks there are for one that has it
    /// (Robertson and Spärck Jones, in the form that is never negative).
    pub fn rarity(&self, term: &str) -> f32 {
        let (all, with) = (self.blocks.len() as f32, self.postings(term).len() as f32);
        (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(count: usize) -> String {
        (0..count).map(|n| format!("queue writer{n} broker topic\n")).collect()
    }

    #[test]
    fn a_text_is_cut_by_words_and_at_headings() {
        let text = format!("{}## Replay\n{}", lines(5), lines(20));
        let words = FileWords::of(&text, 1);
        let cuts: Vec<(u32, u32)> = words.blocks.iter().map(|b| (b.start, b.end)).collect();
        assert_eq!(cuts, [(1, 5), (6, 21), (22, 26)]);
        let words = FileWords::of(&"\n".repeat(100), 11);
        assert_eq!(words.blocks.first().map(|b| (b.start, b.end)), Some((11, 50)));
        assert_eq!(FileWords::of("", 1).blocks, []);
    }

    #[test]
    fn windows_stay_in_their_file() {
        let index =
            Index::join(vec![FileWords::of(&lines(60), 1), FileWords::of("one short text\n", 1)]);
        assert_eq!(index.blocks_of(0), 0..4);
        assert_eq!(index.blocks_of(1), 4..5);
        let windows: Vec<usize> = (0..index.blocks()).filter(|at| index.is_window(*at)).collect();
        assert_eq!(windows, [0, 1, 4]);
        let last = index.window(1);
        assert_eq!((last.file, last.start, last.end), (0, 16, 60));
    }

    #[test]
    fn rare_words_weigh_more_and_none_weighs_nothing() {
        let index = Index::join(vec![FileWords::of(&lines(60), 1)]);
        assert!(index.rarity("queue") > 0.0);
        assert!(index.rarity("queue") < index.rarity("writer7"));
        assert!(index.rarity("writer7") < index.rarity("absent"));
    }
}
