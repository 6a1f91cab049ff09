//! All gaps as the script of the board reads them: each word once, then a row a gap.

use serde::Serialize;

use super::{Board, Facet};
use crate::{
    graph::record::RecordKind,
    page::{rows, site::Site},
    world::Hash,
};

/// So many targets of a gap are named.
const TARGETS: usize = 3;

/// Everything the board needs to narrow, order and show the gaps.
#[derive(Debug, Hash, Serialize)]
pub struct BoardData {
    /// What the gaps can be narrowed by.
    pub facets: Vec<FacetData>,
    /// The gaps, the most urgent first.
    pub gaps: Vec<GapData>,
}

/// What gaps can be narrowed by.
#[derive(Debug, Hash, Serialize)]
pub struct FacetData {
    /// The word in addresses.
    pub name: &'static str,
    /// The word for people.
    pub label: &'static str,
    /// The values: in addresses, and for people.
    pub values: Vec<(String, String)>,
}

/// A gap as the script shows it.
#[derive(Debug, Hash, Serialize)]
pub struct GapData {
    /// The id.
    pub id: String,
    /// The title.
    pub title: String,
    /// Its address from the board.
    pub href: String,
    /// The place of its value in each facet; -1 where the facet has none.
    pub at: Vec<i64>,
    /// How claim and finding compare.
    pub drift: &'static str,
    /// What fills it, or would: name and state.
    pub targets: Vec<(String, &'static str)>,
    /// How many more do.
    pub more: usize,
}

/// The data of the board.
pub fn data(site: &Site<'_>) -> BoardData {
    let board: &Board = &site.lookups.board;
    let route = site.route.index(RecordKind::Gap);
    let facet = |facet: Facet| FacetData {
        name: facet.name(),
        label: facet.label(),
        values: board.values(facet).iter().map(|v| (v.slug.clone(), v.label.clone())).collect(),
    };
    let gap = |ix: &crate::graph::record::RecordIx| {
        let mut row = rows::gap(site, &route, *ix);
        let more = row.targets.len().saturating_sub(TARGETS);
        row.targets.truncate(TARGETS);
        let at = |facet: Facet| board.at(*ix, facet).map_or(-1, |at| at as i64);
        GapData {
            id: row.id,
            title: row.link.title,
            href: row.link.href,
            at: Facet::ALL.into_iter().map(at).collect(),
            drift: row.drift,
            targets: row.targets,
            more,
        }
    };
    BoardData {
        facets: Facet::ALL.into_iter().map(facet).collect(),
        gaps: board.all.iter().map(gap).collect(),
    }
}

/// What tells one state of the data from another, for the address of the file.
pub fn version(data: &BoardData) -> String {
    Hash::of_value(data).to_string().chars().take(12).collect()
}
