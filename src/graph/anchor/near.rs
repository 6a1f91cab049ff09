//! Where an edited version of an accepted text stands. The lines around it are the best witnesses;
//! then its own lines, then its words.

use std::collections::{BTreeMap, BTreeSet};

use super::ground::{File, Ground, words};
use crate::model::lock::{Accepted, LinePrint, Passage};

/// A line or word that stands in more lines than this says nothing of the place.
const COMMON: usize = 64;
/// This share of the lines or words must still be there, in percent, for an edit in place.
const ALIKE: usize = 50;
/// The same where nothing but likeness speaks for the place: sentences of one kind are alike.
const MUCH_ALIKE: usize = 75;
/// A text of fewer words is not judged by them.
const FEWEST_WORDS: usize = 3;
/// Most places weighed for either end of a text.
const MOST_ENDS: usize = 16;

/// An accepted text, and the file that is searched for an edited version of it.
pub(super) struct Search<'a> {
    pub(super) ground: &'a Ground<'a>,
    pub(super) file: File,
    pub(super) accepted: &'a Accepted,
    pub(super) passage: &'a Passage,
}

impl Search<'_> {
    /// The lines that hold the edited text; `cited` are the lines that the citation names now.
    pub(super) fn find(&self, cited: Option<(u32, u32)>) -> Option<(u32, u32)> {
        if let Some((first, last)) = self.between_neighbours() {
            // The lines before and after are there with nothing between: the text was deleted.
            if first > last {
                return self.by_lines();
            }
            if self.likeness((first, last)) >= ALIKE {
                return Some((first, last));
            }
        }
        let here = cited.map(|lines| (self.likeness(lines), lines));
        let there = self.by_lines().map(|lines| (self.likeness(lines).max(ALIKE), lines));
        let best = match (here, there) {
            (Some(here), Some(there)) if there.0 > here.0 => Some(there),
            (here, there) => here.or(there),
        };
        if let Some((likeness, lines)) = best
            && likeness >= ALIKE
        {
            return Some(lines);
        }
        self.by_words().filter(|lines| self.likeness(*lines) >= MUCH_ALIKE)
    }

    /// The lines between those that stood before and after the text; empty (the last before the
    /// first) when nothing is left between them.
    fn between_neighbours(&self) -> Option<(u32, u32)> {
        let count = self.ground.lines(self.file).count();
        let length = self.passage.0.len() as u32;
        let before = self.accepted.before.iter().rev();
        let starts = self.ends(before, |line, distance| line.checked_add(distance));
        let ends =
            self.ends(self.accepted.after.iter(), |line, distance| line.checked_sub(distance));
        let starts = if self.accepted.lines.0 == 1 { vec![1] } else { starts };
        let ends = if self.accepted.after.is_empty() { vec![count] } else { ends };
        let both = starts.iter().flat_map(|first| ends.iter().map(move |last| (*first, *last)));
        let fits = |(first, last): &(u32, u32)| {
            last + 1 >= *first && last + 1 - first <= length.saturating_mul(3).saturating_add(8)
        };
        both.filter(fits).min_by_key(|(first, last)| (last + 1 - first).abs_diff(length)).or_else(
            || match (starts.as_slice(), ends.as_slice()) {
                ([first], _) => Some((*first, (first + length - 1).min(count))),
                (_, [last]) => Some(((last + 1).checked_sub(length)?.max(1), *last)),
                _ => None,
            },
        )
    }

    /// The ends of the text that most neighbours speak for, given the nearest first.
    fn ends<'p>(
        &self,
        neighbours: impl Iterator<Item = &'p LinePrint>,
        end: impl Fn(u32, u32) -> Option<u32>,
    ) -> Vec<u32> {
        let mut votes: BTreeMap<u32, usize> = BTreeMap::new();
        for (print, distance) in neighbours.zip(1_u32..) {
            let places = self.ground.places_in(self.file, *print);
            for (.., line) in places.iter().take(COMMON) {
                *votes.entry(end(*line, distance).unwrap_or_default()).or_default() += 1;
            }
        }
        let most = votes.values().copied().max().unwrap_or_default();
        let best = votes.into_iter().filter(|(_, count)| *count == most).map(|(line, _)| line);
        let best: Vec<u32> = best.take(MOST_ENDS + 1).collect();
        // Where every second line is the same, its neighbours tell nothing.
        if best.len() > MOST_ENDS { Vec::new() } else { best }
    }

    /// The place where at least half of the lines stand in their order.
    fn by_lines(&self) -> Option<(u32, u32)> {
        let lines = &self.passage.0;
        let mut votes = Vec::new();
        for (index, line) in lines.iter().enumerate() {
            let places = self.ground.places_in(self.file, line.print);
            if line.print != blank() && places.len() <= COMMON {
                votes.extend(places.iter().map(|(_, _, at)| (index as u32, *at)));
            }
        }
        let chosen = best_window(&votes, (lines.len() as i64 / 4).max(3));
        let matched: BTreeSet<u32> = chosen.iter().map(|(index, _)| *index).collect();
        let telling = lines.iter().filter(|line| line.print != blank()).count();
        if matched.is_empty() || matched.len() * 2 < telling {
            return None;
        }
        let (index, at) = *chosen.iter().min_by_key(|(_, at)| *at)?;
        let (last_index, last_at) = *chosen.iter().max_by_key(|(_, at)| *at)?;
        let left = (lines.len() as u32 - 1).saturating_sub(last_index);
        let count = self.ground.lines(self.file).count();
        Some((at.saturating_sub(index).max(1), last_at.saturating_add(left).min(count)))
    }

    /// The place that most of the rarer words speak for.
    fn by_words(&self) -> Option<(u32, u32)> {
        let mut votes = Vec::new();
        for (index, line) in self.passage.0.iter().enumerate() {
            for word in words(&line.text).collect::<BTreeSet<u32>>() {
                let places = self.ground.lines_with(self.file, word);
                if places.len() <= COMMON {
                    votes.extend(places.iter().map(|(_, at)| (index as u32, *at)));
                }
            }
        }
        let chosen = best_window(&votes, 0);
        let (index, at) = chosen.first()?;
        let first = at.checked_sub(*index)?.max(1);
        let last = first + self.passage.0.len() as u32 - 1;
        (last <= self.ground.lines(self.file).count()).then_some((first, last))
    }

    /// The share of the text's lines, or of its words, that some lines have as well, in percent.
    fn likeness(&self, lines: (u32, u32)) -> usize {
        let hashes = self.ground.lines(self.file);
        let now = (lines.0..=lines.1).filter_map(|line| hashes.line(line).map(|print| print.0));
        let was = self.passage.0.iter().map(|line| line.print).filter(|print| *print != blank());
        let (same, all) = shared(was.map(|print| print.0), now);
        let by_lines = (same * 100).checked_div(all).unwrap_or_default();
        let text = hashes.cut(self.ground.text(self.file), lines);
        let kept = self.passage.0.iter().flat_map(|line| words(&line.text));
        let (same, all) = shared(kept, words(text));
        if all < FEWEST_WORDS { by_lines } else { by_lines.max(same * 100 / all) }
    }
}

fn blank() -> LinePrint {
    crate::read::print::blank()
}

/// How many items of `was` are in `now`, each taken once, and how many there are.
fn shared(was: impl Iterator<Item = u32>, now: impl Iterator<Item = u32>) -> (usize, usize) {
    let mut left: BTreeMap<u32, usize> = BTreeMap::new();
    for item in now {
        *left.entry(item).or_default() += 1;
    }
    let (mut same, mut all) = (0, 0);
    for item in was {
        all += 1;
        if let Some(count) = left.get_mut(&item).filter(|count| **count > 0) {
            *count -= 1;
            same += 1;
        }
    }
    (same, all)
}

/// The votes whose shift, from line of the passage to line of the file, lies in the window of
/// `slack` that has most of them; of equals the first.
fn best_window(votes: &[(u32, u32)], slack: i64) -> Vec<(u32, u32)> {
    let shift = |vote: &(u32, u32)| i64::from(vote.1) - i64::from(vote.0);
    let mut sorted = votes.to_vec();
    sorted.sort_unstable_by_key(|vote| (shift(vote), *vote));
    let (mut from, mut best) = (0, 0..0);
    for to in 0..sorted.len() {
        while shift(&sorted[to]) - shift(&sorted[from]) > slack {
            from += 1;
        }
        if to + 1 - from > best.len() {
            best = from..to + 1;
        }
    }
    sorted[best].to_vec()
}
