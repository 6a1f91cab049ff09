//! The decision that a text names: by file, by id, or by number among its neighbours.

use std::collections::BTreeMap;

use super::decision_of;
use crate::graph::{
    Corpus,
    files::{Entry, Files, Lookup},
    record::{Record, RecordIx, RecordKind, Records},
};

/// What a text names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// A decision.
    Decision(RecordIx),
    /// A file that is none.
    Other,
    /// Nothing that is there.
    Nothing,
}

/// Decisions by number: those of one folder are one log.
pub struct Numbers {
    of_folder: BTreeMap<(String, u32), RecordIx>,
    anywhere: BTreeMap<u32, Vec<RecordIx>>,
}

impl Numbers {
    /// Every numbered decision; of two with one number in a folder the first.
    pub fn new(corpus: Corpus<'_>, records: &Records) -> Self {
        let mut numbers = Self { of_folder: BTreeMap::new(), anywhere: BTreeMap::new() };
        for (ix, record) in records.iter() {
            let Some(number) = decision_of(corpus, record).and_then(|found| found.number) else {
                continue;
            };
            let folder = record.path.parent().to_owned();
            numbers.of_folder.entry((folder, number)).or_insert(ix);
            numbers.anywhere.entry(number).or_default().push(ix);
        }
        numbers
    }

    /// The decision that `name` means in a decision.
    pub fn find(&self, (records, files): (&Records, &Files), from: &Record, name: &str) -> Found {
        let name = name.trim();
        let (file, fragment) = match name.split_once('#') {
            Some((file, fragment)) => (file, Some(fragment)),
            None => (name, None),
        };
        let looks_like_file = file.contains(['/', '.', '-']);
        if looks_like_file
            && let Lookup::Found(_, Entry::Record(file)) = files.find(&from.path, file)
        {
            return in_file(records, file, fragment);
        }
        let own = from.path.parent();
        let decisions = |ix: &&RecordIx| records.get(**ix).kind == RecordKind::Decision;
        let named: Vec<_> = records.named(name).iter().filter(decisions).copied().collect();
        let near = named.iter().copied().find(|ix| records.get(*ix).path.parent() == own);
        let number = first_number(name);
        let by_number = || self.of_folder.get(&(own.to_owned(), number?)).copied();
        let alone = || match self.anywhere.get(&number?)?.as_slice() {
            [one] => Some(*one),
            _ => None,
        };
        let found = near.or_else(by_number).or_else(|| named.first().copied()).or_else(alone);
        found.map_or(Found::Nothing, Found::Decision)
    }
}

fn in_file(records: &Records, file: usize, fragment: Option<&str>) -> Found {
    let part = records
        .parts_of(file)
        .iter()
        .copied()
        .find(|ix| fragment.is_some() && records.get(*ix).anchor.as_deref() == fragment);
    let ix = part.unwrap_or_else(|| records.of_file(file));
    match records.get(ix).kind {
        RecordKind::Decision => Found::Decision(ix),
        _ => Found::Other,
    }
}

/// The number of `ADR 045`, `0005-name.md`, `#7`; the path before it does not count.
fn first_number(name: &str) -> Option<u32> {
    let name = name.rsplit('/').next().unwrap_or(name);
    let digits = name.split(|letter: char| !letter.is_ascii_digit()).find(|run| !run.is_empty())?;
    digits.parse().ok()
}
