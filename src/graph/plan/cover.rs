//! Weighted greedy cover: in which order to write documents, so that each fills the most.
//!
//! A need is met when each of its groups holds a written document. Its weight is shared equally by
//! its groups, so the value of a set of documents is submodular, and the greedy order gains after
//! every step at least 1 − 1/e of what any choice of as many documents could (Nemhauser, Wolsey
//! and Fisher 1978); where no two documents can stand for each other it gains the most possible.
//! Needs that wait for others count only when those are met.

use std::{cmp::Reverse, collections::BinaryHeap};

use super::cycles;

/// One weight, divisible by every number of groups up to 16 and so shared without rounding.
pub const UNIT: u64 = 720_720;

/// A gap as the order sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Need {
    /// What it counts.
    pub weight: u32,
    /// What is missing: of each group one document has to be written.
    pub groups: Vec<Vec<usize>>,
    /// How much more is missing that no document of the plan can give.
    pub beyond: usize,
    /// Needs that have to be met before.
    pub after: Vec<usize>,
}

/// A document to write, with what that brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pick {
    /// The document.
    pub document: usize,
    /// The weight gained, in [`UNIT`]s.
    pub gain: u64,
    /// Needs of which the document meets a group, in order.
    pub helped: Vec<usize>,
    /// Needs that are met from now on, in the order in which they depend on each other.
    pub filled: Vec<usize>,
}

/// The order in which to write `documents` many documents. Of equals the one with the smaller
/// number comes first, so give them numbers by name.
pub fn order(needs: &[Need], documents: usize) -> Vec<Pick> {
    let mut work = Work::new(needs, documents);
    let mut picks = Vec::new();
    work.begin();
    while let Some(document) = work.best() {
        picks.push(work.write(document));
    }
    picks
}

/// How far one need is.
#[derive(Clone, Debug)]
struct Progress {
    met: Vec<bool>,
    unmet: usize,
    waiting: usize,
    /// What each group counts.
    share: u64,
}

/// What a document would gain now, and the number of groups that it comes from.
type Gain = (u64, usize);

struct Work<'a> {
    needs: &'a [Need],
    progress: Vec<Progress>,
    /// Who waits for a need.
    dependents: Vec<Vec<usize>>,
    /// The groups that a document stands in: need and group.
    uses: Vec<Vec<(usize, usize)>>,
    gains: Vec<Gain>,
    heap: BinaryHeap<(Gain, Reverse<usize>)>,
}

impl<'a> Work<'a> {
    fn new(needs: &'a [Need], documents: usize) -> Self {
        let after: Vec<Vec<usize>> = needs.iter().map(|need| need.after.clone()).collect();
        let circle = cycles::components(&after);
        let mut work = Self {
            needs,
            progress: Vec::with_capacity(needs.len()),
            dependents: vec![Vec::new(); needs.len()],
            uses: vec![Vec::new(); documents],
            gains: vec![(0, 0); documents],
            heap: BinaryHeap::new(),
        };
        for (n, need) in needs.iter().enumerate() {
            for (group, choices) in need.groups.iter().enumerate() {
                choices.iter().for_each(|document| work.uses[*document].push((n, group)));
            }
            // Needs that wait for each other are taken together: none of them waits.
            let mut first: Vec<usize> =
                need.after.iter().copied().filter(|other| circle[*other] != circle[n]).collect();
            first.sort_unstable();
            first.dedup();
            first.iter().for_each(|other| work.dependents[*other].push(n));
            let parts = (need.groups.len() + need.beyond).max(1) as u64;
            work.progress.push(Progress {
                met: vec![false; need.groups.len()],
                unmet: need.groups.len(),
                waiting: first.len(),
                share: u64::from(need.weight) * UNIT / parts,
            });
        }
        work
    }

    /// Opens the needs that wait for nothing.
    fn begin(&mut self) {
        let free: Vec<usize> =
            (0..self.needs.len()).filter(|n| self.progress[*n].waiting == 0).collect();
        for need in free {
            self.open(need);
            if self.progress[need].unmet == 0 {
                self.settle(need, &mut Vec::new());
            }
        }
    }

    /// The document that gains the most now.
    fn best(&mut self) -> Option<usize> {
        while let Some((gain, Reverse(document))) = self.heap.pop() {
            if gain == self.gains[document] && gain.1 > 0 {
                return Some(document);
            }
        }
        None
    }

    fn write(&mut self, document: usize) -> Pick {
        let mut pick = Pick { document, gain: 0, helped: Vec::new(), filled: Vec::new() };
        for (need, group) in std::mem::take(&mut self.uses[document]) {
            if self.progress[need].met[group] {
                continue;
            }
            self.progress[need].met[group] = true;
            self.progress[need].unmet -= 1;
            if pick.helped.last() != Some(&need) {
                pick.helped.push(need);
            }
            if self.progress[need].waiting > 0 {
                continue;
            }
            let share = self.progress[need].share;
            pick.gain += share;
            for other in &self.needs[need].groups[group] {
                self.gains[*other].0 -= share;
                self.gains[*other].1 -= 1;
                self.heap.push((self.gains[*other], Reverse(*other)));
            }
            if self.progress[need].unmet == 0 {
                pick.gain += self.settle(need, &mut pick.filled);
            }
        }
        pick
    }

    /// A need is as far as documents bring it: opens those that waited for it. Returns what they
    /// gain from documents written before.
    fn settle(&mut self, need: usize, filled: &mut Vec<usize>) -> u64 {
        let mut gained = 0;
        let mut settled = vec![need];
        while let Some(need) = settled.pop() {
            if self.needs[need].beyond == 0 && !self.needs[need].groups.is_empty() {
                filled.push(need);
            }
            for dependent in std::mem::take(&mut self.dependents[need]) {
                self.progress[dependent].waiting -= 1;
                if self.progress[dependent].waiting == 0 {
                    gained += self.open(dependent);
                    if self.progress[dependent].unmet == 0 {
                        settled.push(dependent);
                    }
                }
            }
        }
        gained
    }

    /// A need waits for nothing any more: its groups count for the documents that could meet them.
    fn open(&mut self, need: usize) -> u64 {
        let share = self.progress[need].share;
        let mut gained = 0;
        for (group, choices) in self.needs[need].groups.iter().enumerate() {
            if self.progress[need].met[group] {
                gained += share;
                continue;
            }
            for document in choices {
                self.gains[*document].0 += share;
                self.gains[*document].1 += 1;
                self.heap.push((self.gains[*document], Reverse(*document)));
            }
        }
        gained
    }
}

#[cfg(test)]
mod tests;
