//! Relations between decisions: supersession is a chain, shown both ways.

pub mod cited;
mod lookup;

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Corpus,
    files::Files,
    plan::components,
    record::{Part, Record, RecordIx, RecordKind, Records},
};
use crate::{
    model::{
        decision::{Decision, Extent, RelationKind, Status},
        source::Facts,
    },
    path::RelPath,
    text::Span,
};
use lookup::{Found, Numbers};

/// All relations.
#[derive(Debug, Default)]
pub struct Relations {
    /// As stated, in the order of file and place.
    pub all: Vec<Related>,
    /// Circles of supersession, each from its first record on.
    pub cycles: Vec<Vec<RecordIx>>,
    newer: BTreeMap<RecordIx, BTreeSet<RecordIx>>,
    older: BTreeMap<RecordIx, BTreeSet<RecordIx>>,
    /// The relations that a decision stands in, on either side, as places in `all`.
    of: BTreeMap<RecordIx, Vec<usize>>,
    /// Decisions that another replaced as a whole, or that say so of themselves.
    superseded: BTreeMap<RecordIx, BTreeSet<RecordIx>>,
}

/// A relation that a decision states.
#[derive(Clone, Debug)]
pub struct Related {
    /// The decision that states it.
    pub from: RecordIx,
    /// Which way it points.
    pub kind: RelationKind,
    /// Whether it is about all of the other decision.
    pub extent: Extent,
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
    /// The relations that a decision stands in, on either side.
    pub fn of(&self, ix: RecordIx) -> impl Iterator<Item = &Related> {
        self.of.get(&ix).into_iter().flatten().map(|at| &self.all[*at])
    }

    /// Whether a decision is superseded as a whole; the decisions that did it, as far as known.
    pub fn superseded(&self, ix: RecordIx) -> Option<&BTreeSet<RecordIx>> {
        self.superseded.get(&ix)
    }

    /// Whether supersession links two decisions, over any number of others.
    pub fn same_chain(&self, one: RecordIx, other: RecordIx) -> bool {
        self.chain(one).contains(&other)
    }

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
    pub fn age(&self, ix: RecordIx) -> usize {
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
    let numbers = Numbers::new(corpus, records);
    for (from, record) in records.iter() {
        let Some(decision) = decision_of(corpus, record) else { continue };
        for relation in &decision.relations {
            let to = match numbers.find((records, files), record, &relation.to) {
                Found::Decision(to) if to == from => continue,
                Found::Decision(to) => Some(to),
                // A document that is named beside a verb is no decision, and a number with a hash
                // may be an issue.
                Found::Other => continue,
                Found::Nothing if relation.to.starts_with('#') => continue,
                Found::Nothing => None,
            };
            relations.add(Related {
                from,
                kind: relation.kind,
                extent: relation.extent,
                to,
                raw: relation.to.clone(),
                path: record.path.clone(),
                span: relation.span,
            });
        }
    }
    relations.cycles = cycles(&relations.newer);
    relations.superseded = superseded(corpus, records, &relations);
    relations
}

impl Relations {
    fn add(&mut self, related: Related) {
        let at = self.all.len();
        self.of.entry(related.from).or_default().push(at);
        if let Some(to) = related.to {
            self.of.entry(to).or_default().push(at);
            let (new, old) = match related.kind {
                RelationKind::Supersedes => (related.from, to),
                RelationKind::SupersededBy => (to, related.from),
                _ => (to, to),
            };
            if new != old {
                self.newer.entry(old).or_default().insert(new);
                self.older.entry(new).or_default().insert(old);
            }
        }
        self.all.push(related);
    }
}

/// Decisions that say so, and those that an accepted decision says it supersedes as a whole.
fn superseded(
    corpus: Corpus<'_>,
    records: &Records,
    relations: &Relations,
) -> BTreeMap<RecordIx, BTreeSet<RecordIx>> {
    let status = |ix: RecordIx| {
        let decision = decision_of(corpus, records.get(ix))?;
        decision.status.as_ref().map(|status| status.value)
    };
    let mut found: BTreeMap<RecordIx, BTreeSet<RecordIx>> = BTreeMap::new();
    for (ix, _) in records.iter().filter(|(_, r)| r.kind == RecordKind::Decision) {
        if status(ix) == Some(Status::Superseded) {
            found.entry(ix).or_default();
        }
    }
    for related in relations.all.iter().filter(|related| related.extent == Extent::Whole) {
        let Some(to) = related.to else { continue };
        match related.kind {
            RelationKind::SupersededBy => {
                found.entry(related.from).or_default().insert(to);
            }
            RelationKind::Supersedes
                if matches!(
                    status(related.from),
                    None | Some(Status::Accepted | Status::Superseded | Status::Unknown)
                ) =>
            {
                found.entry(to).or_default().insert(related.from);
            }
            _ => {}
        }
    }
    found
}

/// Circles in the graph of supersession, found once each.
fn cycles(newer: &BTreeMap<RecordIx, BTreeSet<RecordIx>>) -> Vec<Vec<RecordIx>> {
    let nodes: BTreeSet<RecordIx> =
        newer.iter().flat_map(|(old, new)| new.iter().chain([old])).copied().collect();
    let nodes: Vec<RecordIx> = nodes.into_iter().collect();
    let place = |ix: &RecordIx| nodes.binary_search(ix).ok();
    let edges: Vec<Vec<usize>> = nodes
        .iter()
        .map(|node| newer.get(node).into_iter().flatten().filter_map(place).collect())
        .collect();
    let mut circles: BTreeMap<usize, Vec<RecordIx>> = BTreeMap::new();
    for (node, component) in nodes.iter().zip(components(&edges)) {
        circles.entry(component).or_default().push(*node);
    }
    let mut cycles: Vec<_> = circles.into_values().filter(|circle| circle.len() > 1).collect();
    cycles.sort();
    cycles
}
