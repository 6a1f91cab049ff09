//! Draws who needs whom, in columns: whoever needs something stands left of it. The drawing is part
//! of the page, so that its boxes are links and its colours those of the theme.
//!
//! Lines that only repeat a longer way are left out (transitive reduction); a circle is drawn
//! without the line that closes it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use super::html::escape;
use crate::page::model::{LayerNode, Layers};

const ROW: usize = 30;
const BOX: usize = 22;
const LETTER: usize = 7;
const BETWEEN: usize = 70;
const MARGIN: usize = 4;

/// The drawing as inline SVG.
pub fn draw(layers: &Layers) -> String {
    let edges = reduced(layers.nodes.len(), &without_circles(layers));
    let columns = columns(layers, &edges);
    let places = places(layers, &columns);
    let width = places.iter().map(|p| p.x + p.width).max().unwrap_or_default() + MARGIN;
    let height = columns.iter().map(Vec::len).max().unwrap_or_default() * ROW + 2 * MARGIN;
    let mut svg = format!(
        "<div class=\"layers\" tabindex=\"0\" role=\"region\" aria-label=\"{0}\"><svg viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\" role=\"group\" aria-label=\"{0}\">",
        escape(&layers.title)
    );
    svg.push_str("<g class=\"ways\">");
    for (from, to) in &edges {
        let (a, b) = (&places[*from], &places[*to]);
        let (x, y) = (a.x + a.width, a.y + BOX / 2);
        let (end, low) = (b.x, b.y + BOX / 2);
        let bend = (end.saturating_sub(x) / 2).max(20);
        write!(svg, "<path d=\"M{x} {y}C{} {y} {} {low} {end} {low}\"/>", x + bend, end - bend)
            .expect("a String takes whatever is written to it");
    }
    svg.push_str("</g>");
    for (node, place) in layers.nodes.iter().zip(&places) {
        let here = if node.current { " here" } else { "" };
        let class = match (node.kind, node.state) {
            ("", _) => format!("box{here}"),
            (kind, "") => format!("box{here} n-{kind}"),
            (kind, state) => format!("box{here} n-{kind} is-{state}"),
        };
        let shape = format!(
            "{}<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{BOX}\" rx=\"4\"/><text x=\"{}\" y=\"{}\">{}</text>",
            spoken(node),
            place.x,
            place.y,
            place.width,
            place.x + 8,
            place.y + 15,
            escape(&node.label)
        );
        if node.href.is_empty() {
            svg.push_str(&shape);
        } else {
            write!(svg, "<a href=\"{}\">{shape}</a>", escape(&node.href))
                .expect("a String takes whatever is written to it");
        }
    }
    svg.push_str("</svg></div>\n");
    svg.push_str(&list(layers));
    svg
}

/// The same from top to bottom, for screens that are too narrow for the drawing; nothing where all
/// boxes are of one kind, and stand in a list of the page anyway.
fn list(layers: &Layers) -> String {
    if layers.nodes.iter().all(|node| node.kind.is_empty()) {
        return String::new();
    }
    let mut html = format!("<ul class=\"layers-list\" aria-label=\"{}\">", escape(&layers.title));
    for kind in ["research", "gap", "decision", "schema", "document"] {
        for node in layers.nodes.iter().filter(|node| node.kind == kind) {
            let here = if node.current { " here" } else { "" };
            let name = if node.name.is_empty() { &node.label } else { &node.name };
            let name = match node.href.as_str() {
                "" => escape(name).into_owned(),
                href => format!("<a href=\"{}\">{}</a>", escape(href), escape(name)),
            };
            let state = match node.state {
                "" => String::new(),
                state => format!(" <span class=\"muted\">{state}</span>"),
            };
            html.push_str(&format!(
                "<li class=\"is-{}{here}\"><span class=\"kind\">{kind}</span> {name}{state}</li>",
                if node.state.is_empty() { "plain" } else { node.state }
            ));
        }
    }
    html.push_str("</ul>\n");
    html
}

/// What the box is and how it stands, for those who cannot see it; also shown over it.
fn spoken(node: &LayerNode) -> String {
    if node.kind.is_empty() {
        return String::new();
    }
    let name = if node.name.is_empty() { &node.label } else { &node.name };
    let state = if node.state.is_empty() { String::new() } else { format!(", {}", node.state) };
    format!("<title>{}: {}{state}</title>", node.kind, escape(name))
}

struct Place {
    x: usize,
    y: usize,
    width: usize,
}

/// The lines without those that lead back to a node on the way to them.
fn without_circles(layers: &Layers) -> Vec<BTreeSet<usize>> {
    let mut out: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); layers.nodes.len()];
    for (from, to) in &layers.edges {
        if from != to {
            out[*from].insert(*to);
        }
    }
    let mut state = vec![State::New; out.len()];
    for start in 0..out.len() {
        if state[start] != State::New {
            continue;
        }
        let mut way = vec![(start, 0)];
        state[start] = State::OnTheWay;
        while let Some((node, next)) = way.pop() {
            let Some(to) = out[node].range(next..).next().copied() else {
                state[node] = State::Done;
                continue;
            };
            way.push((node, to + 1));
            match state[to] {
                State::New => {
                    state[to] = State::OnTheWay;
                    way.push((to, 0));
                }
                State::OnTheWay => {
                    out[node].remove(&to);
                }
                State::Done => {}
            }
        }
    }
    out
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    OnTheWay,
    Done,
}

/// The lines without those that a longer way makes needless.
fn reduced(nodes: usize, out: &[BTreeSet<usize>]) -> Vec<(usize, usize)> {
    let order = order(out);
    // What each node reaches; those it reaches stand behind it in the order.
    let mut reach: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); nodes];
    let mut kept = Vec::new();
    for node in order.iter().rev() {
        let mut far: BTreeSet<usize> = BTreeSet::new();
        for to in &out[*node] {
            far.extend(reach[*to].iter().copied());
        }
        kept.extend(out[*node].iter().filter(|to| !far.contains(to)).map(|to| (*node, *to)));
        far.extend(out[*node].iter().copied());
        reach[*node] = far;
    }
    kept.sort_unstable();
    kept
}

/// The nodes, each before those it leads to; there are no circles.
fn order(out: &[BTreeSet<usize>]) -> Vec<usize> {
    let mut entering = vec![0_usize; out.len()];
    for to in out.iter().flatten() {
        entering[*to] += 1;
    }
    let mut ready: Vec<usize> = (0..out.len()).filter(|node| entering[*node] == 0).collect();
    let mut order = Vec::with_capacity(out.len());
    while let Some(node) = ready.pop() {
        order.push(node);
        for to in &out[node] {
            entering[*to] -= 1;
            if entering[*to] == 0 {
                ready.push(*to);
            }
        }
    }
    order
}

/// The columns from left to right. A node stands right of all that need it, as far right as what it
/// needs allows; in a column, near the middle of its neighbours.
fn columns(layers: &Layers, edges: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let mut out: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); layers.nodes.len()];
    for (from, to) in edges {
        out[*from].insert(*to);
    }
    let mut height = vec![0_usize; out.len()];
    for node in order(&out).iter().rev() {
        height[*node] = out[*node].iter().map(|to| height[*to] + 1).max().unwrap_or_default();
    }
    let alone: BTreeSet<usize> = {
        let joined: BTreeSet<usize> = edges.iter().flat_map(|(a, b)| [*a, *b]).collect();
        (0..out.len()).filter(|node| !joined.contains(node)).collect()
    };
    let most = height.iter().max().copied().unwrap_or_default();
    let mut columns: Vec<Vec<usize>> = vec![Vec::new(); most + 1];
    for (node, height) in height.iter().enumerate() {
        // What stands alone would only push the others down.
        let column = if alone.contains(&node) { 0 } else { most - height };
        columns[column].push(node);
    }
    let mut near: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (from, to) in edges {
        near.entry(*from).or_default().push(*to);
        near.entry(*to).or_default().push(*from);
    }
    for _ in 0..4 {
        settle(&mut columns, &near, layers);
    }
    columns
}

/// Sorts every column by the middle of the neighbours' rows.
fn settle(columns: &mut [Vec<usize>], near: &BTreeMap<usize, Vec<usize>>, layers: &Layers) {
    let mut row: Vec<usize> = vec![0; layers.nodes.len()];
    for column in columns.iter() {
        for (n, node) in column.iter().enumerate() {
            // In thousandths of the column, so that short and long columns compare.
            row[*node] = (2 * n + 1) * 500 / column.len().max(1);
        }
    }
    for column in columns.iter_mut() {
        let middle = |node: &usize| match near.get(node) {
            Some(all) => all.iter().map(|other| row[*other]).sum::<usize>() / all.len().max(1),
            None => 1_000,
        };
        column.sort_by_cached_key(|node| (middle(node), *node));
        for (n, node) in column.iter().enumerate() {
            row[*node] = (2 * n + 1) * 500 / column.len().max(1);
        }
    }
}

fn places(layers: &Layers, columns: &[Vec<usize>]) -> Vec<Place> {
    let tallest = columns.iter().map(Vec::len).max().unwrap_or_default();
    let mut found: BTreeMap<usize, Place> = BTreeMap::new();
    let mut x = MARGIN;
    for column in columns {
        let label = |node: &usize| layers.nodes[*node].label.chars().count() * LETTER + 16;
        let width = column.iter().map(label).max().unwrap_or_default();
        let top = (tallest - column.len()) * ROW / 2 + MARGIN;
        for (n, node) in column.iter().enumerate() {
            found.insert(*node, Place { x, y: top + n * ROW, width });
        }
        x += width + BETWEEN;
    }
    found.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layers(nodes: usize, edges: &[(usize, usize)]) -> Layers {
        let node = |n: usize| LayerNode { label: format!("n{n}"), ..LayerNode::default() };
        Layers { title: "T".into(), nodes: (0..nodes).map(node).collect(), edges: edges.to_vec() }
    }

    #[test]
    fn only_lines_that_tell_something_are_drawn() {
        let drawn = layers(4, &[(0, 1), (1, 2), (0, 2), (2, 3), (0, 3)]);
        let edges = reduced(4, &without_circles(&drawn));
        assert_eq!(edges, [(0, 1), (1, 2), (2, 3)]);
        assert_eq!(columns(&drawn, &edges), [[0], [1], [2], [3]].map(|c| c.to_vec()));
    }

    #[test]
    fn circles_are_opened() {
        let drawn = layers(3, &[(0, 1), (1, 2), (2, 0), (2, 2)]);
        assert_eq!(reduced(3, &without_circles(&drawn)), [(0, 1), (1, 2)]);
        assert_eq!(draw(&drawn).matches("<path").count(), 2);
    }

    #[test]
    fn nothing_is_drawn_of_nothing() {
        assert!(draw(&layers(0, &[])).contains("<svg"));
    }
}
