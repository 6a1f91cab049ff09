//! How much a place speaks of a gap: BM25 (Robertson and Zaragoza 2009) over windows.

use std::collections::BTreeMap;

use super::{
    index::{Index, Posting, WINDOW},
    query::Query,
};

/// How soon repetition stops to tell more, the usual value.
const SATURATION: f32 = 1.2;
/// How far a long text has to say a word more often, the usual value.
const LENGTH: f32 = 0.75;

/// The score of every window for one gap; kept between gaps to spare the allocation.
#[derive(Debug)]
pub struct Scores {
    by_window: Vec<f32>,
    touched: Vec<u32>,
}

impl Scores {
    /// Room for the windows of an index.
    pub fn new(index: &Index) -> Self {
        Self { by_window: vec![0.0; index.blocks()], touched: Vec::new() }
    }

    /// Scores all windows that have a word of the query.
    pub fn fill(&mut self, index: &Index, query: &Query) {
        for window in self.touched.drain(..) {
            self.by_window[window as usize] = 0.0;
        }
        for term in &query.terms {
            let postings = index.postings(&term.term);
            each_window(index, postings, |window, count| {
                let score = term.weight * saturate(count as f32, index.window_length(window));
                if self.by_window[window] == 0.0 {
                    self.touched.push(window as u32);
                }
                self.by_window[window] += score;
            });
        }
    }

    /// The score of the window that begins at a block, 0 when it has no word of the query.
    pub fn of(&self, window: usize) -> f32 {
        self.by_window[window]
    }

    /// The windows that have a word of the query, in no particular order.
    pub fn touched(&self) -> impl Iterator<Item = usize> + '_ {
        self.touched.iter().map(|window| *window as usize)
    }
}

/// The score of a text given by its words: how often each occurs, and how many there are.
pub fn of_words(index: &Index, query: &Query, counts: &BTreeMap<Box<str>, u32>, words: u32) -> f32 {
    let counted = query.terms.iter().filter_map(|t| Some((t.weight, *counts.get(&t.term)?)));
    counted.map(|(weight, count)| weight * saturate(count as f32, index.length(words))).sum()
}

fn saturate(count: f32, length: f32) -> f32 {
    let length = 1.0 - LENGTH + LENGTH * length;
    count * (SATURATION + 1.0) / (count + SATURATION * length)
}

/// Calls `each` once for every window that holds one of the postings, with the count in it.
fn each_window(index: &Index, postings: &[Posting], mut each: impl FnMut(usize, u32)) {
    let mut next = 0;
    for (n, posting) in postings.iter().enumerate() {
        let block = posting.block as usize;
        let file = index.blocks_of(index.block(block).file as usize);
        let first = (block + 1).saturating_sub(WINDOW).max(file.start).max(next);
        for window in first..=block {
            next = window + 1;
            if !index.is_window(window) {
                continue;
            }
            // At most two more postings can be in the window; those before this one cannot, for they
            // would have called for the window themselves.
            let end = index.window_end(window);
            let inside = postings[n..].iter().take(WINDOW).filter(|p| (p.block as usize) < end);
            each(window, inside.map(|p| p.count).sum());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::index::FileWords;

    #[test]
    fn every_window_is_met_once_with_all_that_is_in_it() {
        let text: String = (0..90).map(|n| format!("broker{n} topic{n} replay\n")).collect();
        let index = Index::join(vec![FileWords::of(&text, 1), FileWords::of("replay\n", 1)]);
        let mut seen = Vec::new();
        each_window(&index, index.postings("replay"), |window, count| seen.push((window, count)));
        assert_eq!(seen, [(0, 60), (1, 60), (2, 50), (5, 1)]);
        seen.clear();
        each_window(&index, index.postings("topic45"), |window, count| seen.push((window, count)));
        assert_eq!(seen, [(0, 1), (1, 1), (2, 1)]);
    }
}
