//! Who rests on a decision: citations of superseded ones as living, lists of the log, decisions
//! that nothing links to, numbers given twice.

use std::collections::{BTreeMap, BTreeSet};

use super::decision_of;
use crate::{
    graph::{
        Corpus, Graph,
        link::{LinkIx, ResolvedLink},
        record::{Part, RecordIx, RecordKind, Records},
    },
    model::{decision::Status, source::Outline},
    read::decision::status_of,
};

/// A page is a list of the log when it links to so many of its decisions at least.
const FEWEST_OF_A_LIST: usize = 3;

/// Who rests on decisions.
#[derive(Debug, Default)]
pub struct Rests {
    /// Pages that list a log: no decisions, and linked to at least half of those of a folder.
    pub lists: BTreeSet<RecordIx>,
    /// Files that name a decision by its id, lists of the log left out.
    pub named: BTreeMap<RecordIx, BTreeSet<RecordIx>>,
    /// The links to a decision from elsewhere, as places in the links of the graph.
    pub links: BTreeMap<RecordIx, Vec<LinkIx>>,
    /// Decisions that nothing links to or names, lists of the log aside.
    pub unlinked: Vec<RecordIx>,
}

impl Rests {
    /// Looks through all links and ids, once.
    pub fn of(corpus: Corpus<'_>, graph: &Graph) -> Self {
        if graph.records.iter().all(|(_, record)| record.kind != RecordKind::Decision) {
            return Self::default();
        }
        let lists = lists(corpus, graph);
        let named = named(corpus, graph, &lists);
        let mut links: BTreeMap<RecordIx, Vec<LinkIx>> = BTreeMap::new();
        for (at, link) in graph.links.placed() {
            let to = link.to.record(&graph.records).filter(|to| *to != link.from);
            if let Some(to) = to.filter(|to| graph.records.get(*to).kind == RecordKind::Decision) {
                links.entry(to).or_default().push(at);
            }
        }
        let alone = |ix: &RecordIx| {
            let mut from = graph.backlinks.to(*ix);
            let is_list = |from: RecordIx| {
                lists.contains(&graph.records.of_file(graph.records.get(from).file))
            };
            from.all(is_list) && !named.contains_key(ix)
        };
        let decisions = graph.records.iter().filter(|(_, r)| r.kind == RecordKind::Decision);
        let unlinked = decisions.map(|(ix, _)| ix).filter(alone).collect();
        Self { lists, named, links, unlinked }
    }
}

/// A link to a superseded decision from a text that takes it for living.
#[derive(Clone, Copy, Debug)]
pub struct Stale<'a> {
    /// The link.
    pub link: &'a ResolvedLink,
    /// The decision.
    pub decision: RecordIx,
    /// What the heading over the link says of it, in a list of the log.
    pub listed_as: Option<Status>,
}

/// Links to superseded decisions, without those that know: from the decisions that replaced them
/// or state a relation to them, from decisions that are over themselves, from below a heading that
/// says so, and from lists of the log.
pub fn stale<'a>(corpus: Corpus<'a>, graph: &'a Graph) -> Vec<Stale<'a>> {
    let stale = |link: &'a ResolvedLink| {
        let decision = link.to.record(&graph.records)?;
        graph.decisions.superseded(decision)?;
        let from = graph.records.get(link.from);
        let apart = link.from == decision || from.file == graph.records.get(decision).file;
        if apart || is_over(corpus, graph, link.from) || knows(graph, link.from, decision) {
            return None;
        }
        let heading = heading_over(&corpus.outlines[from.file], link.line);
        let listed_as = heading.map(|text| status_of(&text)).filter(|s| *s != Status::Unknown);
        match listed_as {
            Some(Status::Superseded | Status::Deprecated | Status::Rejected) => return None,
            None if graph.rests.lists.contains(&graph.records.of_file(from.file)) => return None,
            _ => {}
        }
        Some(Stale { link, decision, listed_as })
    };
    graph.links.iter().filter_map(stale).collect()
}

fn knows(graph: &Graph, from: RecordIx, decision: RecordIx) -> bool {
    let related = graph.decisions.of(decision).any(|r| r.from == from || r.to == Some(from));
    related || graph.decisions.same_chain(decision, from)
}

/// Whether a record is a decision that holds no more.
fn is_over(corpus: Corpus<'_>, graph: &Graph, ix: RecordIx) -> bool {
    let record = graph.records.get(ix);
    let status = decision_of(corpus, record).and_then(|decision| decision.status.as_ref());
    graph.decisions.superseded(ix).is_some()
        || status.is_some_and(|s| matches!(s.value, Status::Rejected | Status::Deprecated))
}

fn heading_over(outline: &Outline, line: u32) -> Option<String> {
    let over = outline.headings.iter().rev().find(|heading| heading.line <= line)?;
    (over.level > 1).then(|| over.text.clone())
}

/// Pages that list a log: no decisions, and linked to at least half of those of a folder.
fn lists(corpus: Corpus<'_>, graph: &Graph) -> BTreeSet<RecordIx> {
    let records = &graph.records;
    let mut logs: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, record) in records.iter().filter(|(_, r)| r.kind == RecordKind::Decision) {
        *logs.entry(record.path.parent()).or_default() += 1;
    }
    let mut linked: BTreeMap<(RecordIx, &str), BTreeSet<RecordIx>> = BTreeMap::new();
    for link in graph.links.iter() {
        let Some(to) = link.to.record(records) else { continue };
        let page = records.of_file(records.get(link.from).file);
        if records.get(to).kind == RecordKind::Decision
            && decision_of(corpus, records.get(page)).is_none()
        {
            linked.entry((page, records.get(to).path.parent())).or_default().insert(to);
        }
    }
    let half = |folder: &str| logs.get(folder).map_or(0, |count| count.div_ceil(2));
    linked
        .into_iter()
        .filter(|((_, folder), to)| to.len() >= FEWEST_OF_A_LIST.max(half(folder)))
        .map(|((page, _), _)| page)
        .collect()
}

/// Files that name a decision by its id without a link, lists of the log left out.
fn named(
    corpus: Corpus<'_>,
    graph: &Graph,
    lists: &BTreeSet<RecordIx>,
) -> BTreeMap<RecordIx, BTreeSet<RecordIx>> {
    let mut found: BTreeMap<RecordIx, BTreeSet<RecordIx>> = BTreeMap::new();
    for (file, outline) in corpus.outlines.iter().enumerate() {
        let page = graph.records.of_file(file);
        for mention in outline.mentions.iter().filter(|_| !lists.contains(&page)) {
            // An id that several have means none of them for certain.
            if let [ix] = graph.records.named(mention)
                && graph.records.get(*ix).kind == RecordKind::Decision
                && graph.records.get(*ix).file != file
            {
                found.entry(*ix).or_default().insert(page);
            }
        }
    }
    found
}

/// Decisions of one log with one number: the first, and the others.
pub fn same_numbers(corpus: Corpus<'_>, records: &Records) -> Vec<(RecordIx, Vec<RecordIx>)> {
    let mut held: BTreeMap<(&str, u32), Vec<RecordIx>> = BTreeMap::new();
    for (ix, record) in records.iter() {
        if let Some(number) = decision_of(corpus, record).and_then(|decision| decision.number) {
            // A file of several is a log of its own.
            let log = match record.part {
                Part::Whole => record.path.parent(),
                _ => record.path.as_str(),
            };
            held.entry((log, number)).or_default().push(ix);
        }
    }
    let several = held.into_values().filter(|held| held.len() > 1);
    several.map(|mut held| (held.remove(0), held)).collect()
}
