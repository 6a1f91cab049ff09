//! The graph as its script reads it: each word once, the nodes in the order of their columns, and the
//! ways between them.

use serde::Serialize;

use super::{
    joined::{Column, Joined, Node},
    order,
};
use crate::{
    graph::record::{RecordIx, RecordKind},
    page::{board::Facet, model::Link, site::Site},
    path::RelPath,
    world::Hash,
};

/// Everything the drawing needs.
#[derive(Debug, Hash, Serialize)]
pub struct WholeData {
    /// The columns from left to right: word, and word for several.
    pub columns: Vec<(&'static str, &'static str)>,
    /// What gaps can be narrowed by.
    pub facets: Vec<FacetWords>,
    /// The nodes, column by column, from top to bottom.
    pub nodes: Vec<NodeData>,
    /// The ways, by the place of both ends in `nodes`, one after the other.
    pub ways: Vec<usize>,
}

/// What gaps can be narrowed by.
#[derive(Debug, Hash, Serialize)]
pub struct FacetWords {
    /// The word in addresses.
    pub name: &'static str,
    /// The word for people.
    pub label: &'static str,
    /// The values: in addresses, and for people.
    pub values: Vec<(String, String)>,
}

/// A node, as a list: column, label, title, address or nothing, state or nothing, and for a gap the
/// place of its value in each facet, -1 where it has none.
#[derive(Debug, Hash, Serialize)]
pub struct NodeData(usize, String, String, String, &'static str, Vec<i64>);

/// What gaps can be narrowed by here.
const FACETS: [Facet; 3] = [Facet::Ledger, Facet::Priority, Facet::Coverage];

/// The data of the drawing.
pub fn data(site: &Site<'_>) -> WholeData {
    let joined = Joined::of(site);
    let order = order::columns(&joined, Column::ALL.len());
    let mut at = vec![0; joined.nodes.len()];
    for (place, node) in order.iter().flatten().enumerate() {
        at[*node] = place;
    }
    let mut ways: Vec<(usize, usize)> =
        joined.ways.iter().map(|(one, other)| (at[*one], at[*other])).collect();
    ways.sort_unstable();
    let route = site.route.whole(1);
    let node = |n: &usize| {
        let placed = &joined.nodes[*n];
        node(site, &route, placed.column as usize, &placed.node)
    };
    let facet = |facet: Facet| FacetWords {
        name: facet.name(),
        label: facet.label(),
        values: values(site, facet),
    };
    WholeData {
        columns: Column::ALL.map(|column| (column.word(), column.plural())).to_vec(),
        facets: FACETS.map(facet).into_iter().collect(),
        nodes: order.iter().flatten().map(node).collect(),
        ways: ways.into_iter().flat_map(|(one, other)| [one, other]).collect(),
    }
}

/// What tells one state of the data from another, for the address of the file.
pub fn version(data: &WholeData) -> String {
    Hash::of_value(data).to_string().chars().take(12).collect()
}

fn values(site: &Site<'_>, facet: Facet) -> Vec<(String, String)> {
    let values = site.lookups.board.values(facet).iter();
    values.map(|value| (value.slug.clone(), value.label.clone())).collect()
}

fn node(site: &Site<'_>, from: &RelPath, column: usize, node: &Node) -> NodeData {
    match node {
        Node::Words(words) => {
            let label = words.rsplit('/').next().unwrap_or(words).to_owned();
            NodeData(column, label, words.clone(), String::new(), "missing", Vec::new())
        }
        Node::Record(ix) => {
            let Link { title, href } = site.link(from, *ix);
            let finding = site.graph.gaps.get(ix);
            let state = finding.map_or("", |finding| finding.coverage.name());
            let place = |facet: Facet| match site.lookups.board.at(*ix, facet) {
                Some(at) => at as i64,
                None => -1,
            };
            let facets = match finding {
                Some(_) => FACETS.map(place).to_vec(),
                None => Vec::new(),
            };
            NodeData(column, label(site, *ix), title, href, state, facets)
        }
    }
}

fn label(site: &Site<'_>, ix: RecordIx) -> String {
    let record = site.record(ix);
    match record.kind {
        RecordKind::Gap | RecordKind::Decision if record.id != record.path.as_str() => {
            record.id.clone()
        }
        _ => record.path.name().to_owned(),
    }
}
