//! Which packages a drawing of their dependencies shows.

use std::collections::{BTreeMap, BTreeSet};

use super::{package, package_title};
use crate::{
    graph::symbols::packages::Package,
    page::{
        model::{LayerNode, Layers},
        site::Site,
    },
    path::RelPath,
};

/// So many boxes fit into one drawing; of more, packages whose names begin alike share a box.
const MOST_BOXES: usize = 120;
/// So many neighbours are drawn on each side of one package.
const MOST_NEIGHBOURS: usize = 24;

/// A drawing, and how much of each name a box stands for.
pub(super) struct Drawn {
    pub layers: Layers,
    pub folded: Option<usize>,
}

/// All packages and what they need of each other; none when nothing needs anything.
pub(super) fn of_all(site: &Site<'_>, route: &RelPath) -> Option<Drawn> {
    let packages = &site.graph.symbols.packages;
    let needs = || {
        packages.iter().flat_map(|(from, package)| {
            package.depends_on.keys().map(move |to| (from.as_str(), to.as_str()))
        })
    };
    let names: BTreeSet<&str> =
        packages.keys().map(String::as_str).chain(needs().map(|(_, to)| to)).collect();
    let parts = fold(&names)?;
    let mut boxes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for name in &names {
        boxes.entry(begin(name, parts)).or_default().push(name);
    }
    let at: BTreeMap<&str, usize> = boxes.keys().enumerate().map(|(n, name)| (*name, n)).collect();
    let edges: BTreeSet<(usize, usize)> = needs()
        .filter_map(|(from, to)| Some((*at.get(begin(from, parts))?, *at.get(begin(to, parts))?)))
        .filter(|(from, to)| from != to)
        .collect();
    if edges.is_empty() {
        return None;
    }
    let node = |(name, inside): (&&str, &Vec<&str>)| {
        let (label, page) = match inside[..] {
            [one] => (package_title(one), one),
            _ => (format!("{name}.* ({})", inside.len()), *name),
        };
        let href = package::href(site, route, page).unwrap_or_default();
        LayerNode { label, href, ..LayerNode::default() }
    };
    let layers = Layers {
        title: "What the packages need of each other".to_owned(),
        nodes: boxes.iter().map(node).collect(),
        edges: edges.into_iter().collect(),
    };
    Some(Drawn { layers, folded: (boxes.len() < names.len()).then_some(parts) })
}

/// One package, what it needs, and what needs it; none when there is neither, or too much.
pub(super) fn around(
    site: &Site<'_>,
    route: &RelPath,
    name: &str,
    package: &Package,
) -> Option<Layers> {
    let (left, right) = (&package.needed_by, &package.depends_on);
    let none = left.is_empty() && right.is_empty();
    if none || left.len().max(right.len()) > MOST_NEIGHBOURS {
        return None;
    }
    let names: BTreeSet<&str> =
        left.keys().chain(right.keys()).map(String::as_str).chain([name]).collect();
    let at = |wanted: &str| names.iter().position(|name| *name == wanted).unwrap_or_default();
    let edges: BTreeSet<(usize, usize)> = left
        .keys()
        .map(|other| (at(other), at(name)))
        .chain(right.keys().map(|other| (at(name), at(other))))
        .collect();
    let node = |other: &&str| LayerNode {
        label: package_title(other),
        href: package::href(site, route, other).filter(|_| *other != name).unwrap_or_default(),
        current: *other == name,
        ..LayerNode::default()
    };
    Some(Layers {
        title: format!("What {} needs, and what needs it", package_title(name)),
        nodes: names.iter().map(node).collect(),
        edges: edges.into_iter().collect(),
    })
}

/// How many parts of their names keep so few packages apart that they can be drawn.
fn fold(names: &BTreeSet<&str>) -> Option<usize> {
    let deepest = names.iter().map(|name| name.split('.').count()).max().unwrap_or_default();
    (1..=deepest).rev().find(|parts| {
        let boxes: BTreeSet<&str> = names.iter().map(|name| begin(name, *parts)).collect();
        boxes.len() <= MOST_BOXES
    })
}

/// The first parts of a name.
fn begin(name: &str, parts: usize) -> &str {
    match name.match_indices('.').nth(parts - 1) {
        Some((at, _)) => &name[..at],
        None => name,
    }
}
