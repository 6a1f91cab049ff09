//! The whole graph: research, the gaps that rest on it, the decisions, schemas and documents that
//! answer them. The page lists it gap by gap; its script draws it.

mod data;
mod joined;
mod order;

pub use data::{WholeData, data, version};
use joined::{Column, Joined, Node};

use super::{
    bare, board,
    model::{Link, Page, View, WholeRow, WholeView},
    rows,
    site::Site,
};
use crate::{graph::record::RecordIx, path::RelPath};

/// So many gaps stand on one page of the list.
const ROWS: usize = 60;

/// How many pages the list has.
pub fn pages(site: &Site<'_>) -> usize {
    board::pages(site.lookups.board.all.len(), ROWS)
}

/// One page of the list, counted from 1.
pub fn page(site: &Site<'_>, n: usize) -> Page {
    let route = site.route.whole(n);
    let gaps = site.lookups.board.all.iter().skip((n - 1) * ROWS).take(ROWS);
    let rows = gaps.map(|gap| row(site, &route, *gap)).collect();
    let (mut counts, mut links, mut version) = (Vec::new(), 0, String::new());
    if n == 1 {
        let joined = Joined::of(site);
        let count = |column: Column| joined.nodes.iter().filter(|n| n.column == column).count();
        counts = Column::ALL.map(|column| (column.counted(count(column)), count(column))).to_vec();
        counts.retain(|(_, count)| *count > 0);
        links = joined.ways.len();
        if links > 0 {
            version = data::version(&data::data(site));
        }
    }
    let view = WholeView {
        counts,
        links,
        version,
        rows,
        pager: board::pager(site, &route, (n, pages(site)), |n| site.route.whole(n)),
        orphans: site.href(&route, &site.route.orphans(1)),
    };
    let title = match n {
        1 => "The whole graph".to_owned(),
        n => format!("The whole graph, page {n}"),
    };
    let mut page = bare(site, route, &title, View::Whole(Box::new(view)));
    let trace = site.href(&page.route, &site.route.trace(1));
    page.frame.breadcrumbs.push(Link { title: "Traceability".to_owned(), href: trace });
    page
}

fn row(site: &Site<'_>, from: &RelPath, gap: RecordIx) -> WholeRow {
    let of = |column: Column| -> Vec<Link> {
        let mut links: Vec<Link> = Vec::new();
        for node in joined::around(site, gap) {
            if joined::column(site, &node) == Some(column) {
                links.push(link(site, from, &node));
            }
        }
        links
    };
    WholeRow {
        id: site.record(gap).id.clone(),
        link: site.link(from, gap),
        priority: rows::priority(site, gap).map_or("", |priority| priority.name()),
        coverage: site.graph.gaps[&gap].coverage.name(),
        research: of(Column::Research),
        decisions: of(Column::Decision),
        schemas: of(Column::Schema),
        documents: of(Column::Document),
    }
}

fn link(site: &Site<'_>, from: &RelPath, node: &Node) -> Link {
    match node {
        Node::Record(ix) => site.link(from, *ix),
        Node::Words(words) => Link { title: words.clone(), href: String::new() },
    }
}
