//! "What rests on this decision": gaps, documents and other records that link to it or name it.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    graph::record::{RecordIx, RecordKind},
    page::{
        model::{Link, RestRow},
        site::Site,
    },
    path::RelPath,
};

/// So many lines are named.
const MOST_LINES: usize = 4;

/// What rests on a decision, and the lists of the log it stands in.
pub fn rests(site: &Site<'_>, route: &RelPath, ix: RecordIx) -> (Vec<RestRow>, Vec<Link>) {
    let graph = site.graph;
    let mut lines: BTreeMap<RecordIx, BTreeSet<u32>> = BTreeMap::new();
    for at in graph.rests.links.get(&ix).into_iter().flatten() {
        let link = graph.links.get(*at);
        lines.entry(link.from).or_default().insert(link.line);
    }
    let from = graph.backlinks.to(ix);
    let named = graph.rests.named.get(&ix).into_iter().flatten().copied();
    let all: BTreeSet<RecordIx> = from.chain(named).filter(|from| *from != ix).collect();
    let mut rests = Vec::new();
    let mut lists = Vec::new();
    for from in all {
        let record = site.record(from);
        if graph.rests.lists.contains(&graph.records.of_file(record.file)) {
            lists.push(site.link(route, from));
            continue;
        }
        let related = graph.decisions.of(ix).any(|r| r.from == from || r.to == Some(from));
        let how = match lines.get(&from) {
            // The relations say more.
            _ if related => continue,
            Some(lines) => in_lines(lines),
            None if record.kind == RecordKind::Gap => "names it as what fills it".to_owned(),
            None => "names it".to_owned(),
        };
        rests.push(RestRow {
            kind: record.kind.label(),
            link: site.link(route, from),
            coverage: graph.gaps.get(&from).map_or("", |finding| finding.coverage.name()),
            how,
        });
    }
    rests.sort_by(|one, other| {
        let order = |row: &RestRow| (row.kind != "gap", row.kind != "document", row.clone());
        order(one).cmp(&order(other))
    });
    lists.sort();
    lists.dedup();
    (rests, lists)
}

fn in_lines(lines: &BTreeSet<u32>) -> String {
    let shown: Vec<String> = lines.iter().take(MOST_LINES).map(u32::to_string).collect();
    let more = lines.len().saturating_sub(MOST_LINES);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let noun = if lines.len() == 1 { "line" } else { "lines" };
    format!("links to it in {noun} {}{more}", shown.join(", "))
}
