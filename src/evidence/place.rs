//! Places of the research that speak of a gap: neighbouring windows joined, the best first.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    index::Index,
    query::Query,
    score::Scores,
    verdict::{AS_GOOD, SOME},
    words::Terms,
};

/// So many windows are looked at; three places need no more.
const CANDIDATES: usize = 48;
/// A place grows by at most so many blocks on each side of its best window.
const GROWTH: usize = 3;

/// Neighbouring lines that speak of a gap.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The file, by its place in the index.
    pub file: usize,
    /// First line, from 1, and last line.
    pub lines: (u32, u32),
    /// The score of its best window.
    pub score: f32,
}

impl Place {
    /// Whether it shares a line with a range of the same file.
    pub fn overlaps(&self, file: usize, (start, end): (u32, u32)) -> bool {
        self.file == file && self.lines.0 <= end && start <= self.lines.1
    }
}

/// The best places among some windows, the best first, none sharing a line with another. What says
/// less than half as much as the best is no place to cite.
pub fn best(index: &Index, scores: &Scores, windows: impl Iterator<Item = usize>) -> Vec<Place> {
    let mut windows: Vec<usize> = windows.filter(|window| scores.of(*window) > 0.0).collect();
    let most = windows.iter().map(|window| scores.of(*window)).fold(0.0, f32::max);
    windows.retain(|window| scores.of(*window) >= SOME * most);
    let better = |a: &usize, b: &usize| scores.of(*b).total_cmp(&scores.of(*a)).then(a.cmp(b));
    if windows.len() > CANDIDATES {
        windows.select_nth_unstable_by(CANDIDATES, better);
        windows.truncate(CANDIDATES);
    }
    windows.sort_unstable_by(better);
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    let mut places = Vec::new();
    for window in windows {
        let blocks = window..index.window_end(window);
        if blocks.clone().any(|block| taken.contains(&block)) {
            continue;
        }
        let blocks = grow(index, scores, blocks, &taken);
        let (first, last) = (index.block(blocks.start), index.block(blocks.end - 1));
        places.push(Place {
            file: first.file as usize,
            lines: (first.start, last.end),
            score: scores.of(window),
        });
        taken.extend(blocks);
    }
    places
}

/// Adds the blocks next to a window as long as the windows they end or begin are about as good.
fn grow(
    index: &Index,
    scores: &Scores,
    window: std::ops::Range<usize>,
    taken: &BTreeSet<usize>,
) -> std::ops::Range<usize> {
    let file = index.blocks_of(index.block(window.start).file as usize);
    let good = AS_GOOD * scores.of(window.start);
    let mut grown = window.clone();
    while window.start - grown.start < GROWTH
        && grown.start > file.start
        && !taken.contains(&(grown.start - 1))
        && scores.of(grown.start - 1) >= good
    {
        grown.start -= 1;
    }
    let width = window.len();
    while grown.end - window.end < GROWTH
        && grown.end < file.end
        && !taken.contains(&grown.end)
        && scores.of(grown.end + 1 - width) >= good
    {
        grown.end += 1;
    }
    grown
}

/// The range from its first line with a telling word to its last line with any word of the gap;
/// `text` is its lines. A word is telling here when it weighs at least half as much as the
/// weightiest word that the lines have.
pub fn trim(query: &Query, terms: &mut Terms, text: &str, (start, end): (u32, u32)) -> (u32, u32) {
    let asked: BTreeMap<&str, f32> =
        query.terms.iter().map(|term| (&*term.term, term.weight)).collect();
    let mut speaking: Vec<(u32, f32)> = Vec::new();
    for (number, line) in (start..=end).zip(text.lines()) {
        let mut most = 0.0_f32;
        terms.of(line, &mut |term, _| most = most.max(asked.get(term).copied().unwrap_or(0.0)));
        if most > 0.0 {
            speaking.push((number, most));
        }
    }
    let most = speaking.iter().map(|(_, weight)| *weight).fold(0.0, f32::max);
    let first = speaking.iter().find(|(_, weight)| *weight * 2.0 >= most);
    match (first, speaking.last()) {
        (Some((first, _)), Some((last, _))) => (*first, *last),
        _ => (start, end),
    }
}

/// Whether two texts are one passage twice: half the lines of the shorter stand in the other.
pub fn repeats(known: &str, text: &str) -> bool {
    let lines = |text: &str| -> BTreeSet<String> {
        text.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect()
    };
    let (known, text) = (lines(known), lines(text));
    let shared = text.intersection(&known).count();
    shared * 2 >= text.len().min(known.len()) && shared > 0
}
