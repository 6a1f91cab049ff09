//! Relations between decisions: supersession is a chain, shown both ways.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Corpus,
    files::{Entry, Files, Lookup},
    record::{Part, Record, RecordIx, RecordKind, Records},
};
use crate::{
    model::{
        decision::{Decision, RelationKind},
        source::Facts,
    },
    path::RelPath,
    text::Span,
};

/// All relations.
#[derive(Debug, Default)]
pub struct Relations {
    /// As stated, in the order of file and place.
    pub all: Vec<Related>,
    /// Circles of supersession, each from its first record on.
    pub cycles: Vec<Vec<RecordIx>>,
    newer: BTreeMap<RecordIx, BTreeSet<RecordIx>>,
    older: BTreeMap<RecordIx, BTreeSet<RecordIx>>,
}

/// A relation that a decision states.
#[derive(Clone, Debug)]
pub struct Related {
    /// The decision that states it.
    pub from: RecordIx,
    /// Which way it points.
    pub kind: RelationKind,
    /// The other decision, if there is one.
    pub to: Option<RecordIx>,
    /// The words as written.
    pub raw: String,
    /// Where it stands.
    pub path: RelPath,
    /// Its characters.
    pub span: Span,
}

impl Relations {
    /// The decisions linked by supersession with this one, oldest first.
    pub fn chain(&self, ix: RecordIx) -> Vec<RecordIx> {
        let mut chain = BTreeSet::from([ix]);
        let mut open = vec![ix];
        while let Some(next) = open.pop() {
            for map in [&self.newer, &self.older] {
                open.extend(
                    map.get(&next).into_iter().flatten().filter(|other| chain.insert(**other)),
                );
            }
        }
        let mut ordered: Vec<_> = chain.into_iter().collect();
        ordered.sort_by_key(|ix| (self.age(*ix), *ix));
        ordered
    }

    /// How many older decisions lead to this one; circles count once.
    fn age(&self, ix: RecordIx) -> usize {
        let mut seen = BTreeSet::from([ix]);
        let mut open = vec![ix];
        while let Some(next) = open.pop() {
            open.extend(self.older.get(&next).into_iter().flatten().filter(|o| seen.insert(**o)));
        }
        seen.len()
    }
}

/// The decision that a record was made of.
pub fn decision_of<'a>(corpus: Corpus<'a>, record: &Record) -> Option<&'a Decision> {
    let Facts::Decisions(decisions) = &corpus.outlines[record.file].facts else { return None };
    match (record.kind, record.part) {
        (RecordKind::Decision, Part::Whole) => decisions.first(),
        (RecordKind::Decision, Part::Decision(n)) => decisions.get(n),
        _ => None,
    }
}

/// Looks up the other side of every relation.
pub fn relate(corpus: Corpus<'_>, records: &Records, files: &Files) -> Relations {
    let mut relations = Relations::default();
    for (from, record) in records.iter() {
        let Some(decision) = decision_of(corpus, record) else { continue };
        for relation in &decision.relations {
            let to = find(corpus, records, files, record, &relation.to).filter(|to| *to != from);
            if let Some(to) = to {
                let (new, old) = match relation.kind {
                    RelationKind::Supersedes => (from, to),
                    RelationKind::SupersededBy => (to, from),
                    _ => (from, from),
                };
                if new != old {
                    relations.newer.entry(old).or_default().insert(new);
                    relations.older.entry(new).or_default().insert(old);
                }
            }
            relations.all.push(Related {
                from,
                kind: relation.kind,
                to,
                raw: relation.to.clone(),
                path: record.path.clone(),
                span: relation.span,
            });
        }
    }
    relations.cycles = cycles(&relations.newer);
    relations
}

/// The decision that a text names: by file, by id, or by number among its neighbours.
fn find(
    corpus: Corpus<'_>,
    records: &Records,
    files: &Files,
    from: &Record,
    name: &str,
) -> Option<RecordIx> {
    let name = name.trim();
    let file = name.split('#').next().unwrap_or(name);
    if let Lookup::Found(_, Entry::Record(file)) = files.find(&from.path, file) {
        let fragment = name.split_once('#').map(|(_, fragment)| fragment);
        let part = records
            .parts_of(file)
            .iter()
            .copied()
            .find(|ix| fragment.is_some() && records.get(*ix).anchor.as_deref() == fragment);
        return part.or(Some(records.of_file(file)));
    }
    let digits: String = name.chars().filter(char::is_ascii_digit).collect();
    let number: Option<u32> = digits.parse().ok();
    let neighbours = |ix: &RecordIx| {
        let record = records.get(*ix);
        record.path.parent() == from.path.parent()
    };
    let by_number = |record: &Record| {
        number.is_some() && decision_of(corpus, record).is_some_and(|d| d.number == number)
    };
    records
        .named(name)
        .iter()
        .copied()
        .find(|ix| neighbours(ix))
        .or_else(|| {
            records.iter().filter(|(ix, r)| by_number(r) && neighbours(ix)).map(|(ix, _)| ix).next()
        })
        .or_else(|| records.named(name).first().copied())
}

/// Circles in the graph of supersession, found once each.
fn cycles(newer: &BTreeMap<RecordIx, BTreeSet<RecordIx>>) -> Vec<Vec<RecordIx>> {
    let mut done = BTreeSet::new();
    let mut cycles = Vec::new();
    for start in newer.keys() {
        let mut path = vec![*start];
        let mut current = *start;
        while let Some(next) = newer.get(&current).and_then(|set| set.first()) {
            if done.contains(next) {
                break;
            }
            if let Some(at) = path.iter().position(|ix| ix == next) {
                cycles.push(path[at..].to_vec());
                break;
            }
            path.push(*next);
            current = *next;
        }
        done.extend(path);
    }
    cycles
}
