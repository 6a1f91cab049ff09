//! The next lock: what the cited lines hold now, for the citations that were chosen.

use std::collections::{BTreeMap, BTreeSet};

use super::Reading;
use crate::{
    graph::{anchor::Anchored, citation::CitedState},
    model::lock::{Accepted, Counted, Key, LinePrint, Lock},
    path::RelPath,
    read::print::{self, Lines},
};

/// Lines kept on each side of a passage, to tell it from its equals.
const AROUND: u32 = 3;

/// Which citations are accepted as they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice<'a> {
    /// Every one; what nobody cites any more is forgotten.
    All,
    /// Those that stand in a record or file of these names.
    Named(&'a [String]),
}

impl Choice<'_> {
    /// Whether a citation is chosen.
    pub fn takes(self, key: &Key) -> bool {
        match self {
            Self::All => true,
            Self::Named(names) => names.iter().any(|name| names_key(name, key)),
        }
    }
}

/// Whether a name is that of the record or the file a citation stands in.
fn names_key(name: &str, key: &Key) -> bool {
    let path = name.strip_prefix("./").unwrap_or(name);
    name.eq_ignore_ascii_case(&key.owner) || path == key.file.as_str()
}

/// A citation whose numbers were rewritten.
#[derive(Clone, Copy, Debug)]
pub struct Rewritten<'a> {
    /// The citation as it was.
    pub was: &'a Anchored,
    /// The numbers it has now.
    pub numbers: (u32, u32),
    /// The lines that they lead to.
    pub lines: (u32, u32),
}

/// The lock with the chosen citations renewed and the others as they were.
pub fn accept(reading: &Reading, choice: Choice<'_>) -> Lock {
    let mut next = Next::new(reading);
    for one in &reading.anchors.all {
        if choice.takes(&one.key) {
            next.renew(one);
        } else {
            next.keep(&one.key, one.accepted.as_ref());
        }
    }
    if choice != Choice::All {
        next.keep_unused();
    }
    next.lock
}

/// The lock after some citations were rewritten: those are renewed, and nothing else. `reading` is
/// that of before.
pub fn after_rewriting(reading: &Reading, rewritten: &[Rewritten<'_>]) -> Lock {
    let old: BTreeSet<&Key> = rewritten.iter().map(|one| &one.was.key).collect();
    let mut next = Next::new(reading);
    for one in reading.anchors.all.iter().filter(|one| !old.contains(&one.key)) {
        next.keep(&one.key, one.accepted.as_ref());
    }
    next.keep_unused();
    for Rewritten { was, numbers, lines } in rewritten {
        let (Some(accepted), Some(path)) = (&was.accepted, &was.cited.path) else { continue };
        let key = Key { lines: *numbers, ..was.key.clone() };
        // Two citations may now be one; then what the other was accepted with counts.
        if !next.lock.citations.contains_key(&key) {
            next.add(key, path, *lines, accepted.counted);
        }
    }
    next.lock
}

/// A lock in the making. Each cited file is hashed once.
struct Next<'a> {
    reading: &'a Reading,
    hashes: BTreeMap<&'a RelPath, Lines>,
    lock: Lock,
}

impl<'a> Next<'a> {
    fn new(reading: &'a Reading) -> Self {
        Self { reading, hashes: BTreeMap::new(), lock: Lock::default() }
    }

    fn renew(&mut self, one: &'a Anchored) {
        let (Some(path), Some(lines)) = (&one.cited.path, one.cited.lines) else { return };
        let counted = match one.cited.state {
            CitedState::BySource => Counted::Original,
            _ => Counted::File,
        };
        self.add(one.key.clone(), path, lines, counted);
    }

    fn add(&mut self, key: Key, path: &'a RelPath, lines: (u32, u32), counted: Counted) {
        let Some(text) = self.reading.text(path) else { return };
        let hashes = self.hashes.entry(path).or_insert_with(|| Lines::of(text));
        let Some(print) = hashes.passage(lines) else { return };
        let cut = hashes.cut(text, lines);
        let (before, after) = around(hashes, lines);
        self.lock.passages.entry(print).or_insert_with(|| print::keep(cut));
        let (words, path) = (print::first_words(cut), path.clone());
        let accepted = Accepted { path, lines, counted, print, words, before, after };
        self.lock.citations.insert(key, accepted);
    }

    fn keep(&mut self, key: &Key, accepted: Option<&Accepted>) {
        let Some(accepted) = accepted else { return };
        let Some(passage) = self.reading.lock.lock.passages.get(&accepted.print) else { return };
        self.lock.passages.entry(accepted.print).or_insert_with(|| passage.clone());
        self.lock.citations.insert(key.clone(), accepted.clone());
    }

    fn keep_unused(&mut self) {
        for key in &self.reading.anchors.unused {
            self.keep(key, self.reading.lock.lock.citations.get(key));
        }
    }
}

fn around(hashes: &Lines, (first, last): (u32, u32)) -> (Vec<LinePrint>, Vec<LinePrint>) {
    let before = first.saturating_sub(AROUND).max(1)..first;
    let after = last.saturating_add(1)..=last.saturating_add(AROUND);
    let line = |line: u32| hashes.line(line);
    (before.filter_map(line).collect(), after.filter_map(line).collect())
}
