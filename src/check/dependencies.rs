//! Gaps that wait for each other in a circle.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::{Subject, gaps::place};
use crate::{
    diag::{Diagnostic, codes},
    graph::{coverage, plan::cycles, record::RecordIx},
};

/// The most gaps of a circle that a message names.
const NAMED: usize = 8;

/// Reports each knot of gaps once, by a shortest circle through the first of them.
pub fn check(subject: Subject<'_>) -> Vec<Diagnostic> {
    let nodes: Vec<RecordIx> = subject.graph.gaps.keys().copied().collect();
    let number: BTreeMap<RecordIx, usize> =
        nodes.iter().enumerate().map(|(number, ix)| (*ix, number)).collect();
    let edges: Vec<Vec<usize>> = subject
        .graph
        .gaps
        .values()
        .map(|finding| {
            let needed = finding.depends_on.iter().filter_map(|(_, to)| number.get(&(*to)?));
            needed.copied().collect::<BTreeSet<_>>().into_iter().collect()
        })
        .collect();
    let knots = cycles::components(&edges);
    let mut told = BTreeSet::new();
    let mut found = Vec::new();
    for node in 0..nodes.len() {
        if told.contains(&knots[node]) {
            continue;
        }
        if let Some(circle) = circle(&edges, &knots, node) {
            told.insert(knots[node]);
            let circle: Vec<RecordIx> = circle.into_iter().map(|node| nodes[node]).collect();
            found.push(diagnostic(subject, &circle));
        }
    }
    found
}

/// A shortest way from a node back to itself; every node on it is of the same knot.
fn circle(edges: &[Vec<usize>], knots: &[usize], start: usize) -> Option<Vec<usize>> {
    let inside = |to: &&usize| knots[**to] == knots[start];
    let mut from: BTreeMap<usize, usize> = BTreeMap::new();
    let mut next = VecDeque::from([start]);
    while let Some(node) = next.pop_front() {
        for &to in edges[node].iter().filter(inside) {
            if to == start {
                let mut way = vec![node];
                while let Some(&before) = from.get(&way[way.len() - 1]) {
                    way.push(before);
                }
                way.reverse();
                return Some(way);
            }
            from.entry(to).or_insert_with(|| {
                next.push_back(to);
                node
            });
        }
    }
    None
}

fn diagnostic(subject: Subject<'_>, circle: &[RecordIx]) -> Diagnostic {
    let records = &subject.graph.records;
    let first = records.get(circle[0]);
    let names = circle.iter().take(NAMED).map(|ix| records.get(*ix).id.as_str());
    let mut way: Vec<&str> = names.collect();
    if circle.len() > NAMED {
        way.push("…");
    }
    way.push(&first.id);
    let message = match circle {
        [_] => format!("{} depends on itself", first.id),
        _ => format!("{} gaps depend on each other in a circle: {}", circle.len(), way.join(" → ")),
    };
    let diagnostic = Diagnostic::new(&codes::DEPENDENCY_CYCLE, &first.path, message)
        .help("remove the dependency that does not hold");
    let gap = coverage::gap_of(subject.corpus, first);
    match gap.and_then(|gap| place(subject, first, gap)) {
        Some(span) => diagnostic.at(span),
        None => diagnostic,
    }
}
