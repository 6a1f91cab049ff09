//! The small graph around a gap: the research it cites, the gap, the decisions and schemas it leads
//! to, and the documents that would fill it.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    model::{LayerNode, Layers},
    site::Site,
};
use crate::{
    graph::{
        citation::Cited,
        coverage::GapFinding,
        record::{RecordIx, RecordKind},
    },
    path::RelPath,
};

/// So many boxes of one kind are drawn; the rest are in the lists of the page.
const EACH: usize = 8;
/// So many letters of a name are drawn.
const LETTERS: usize = 30;

/// The drawing; none for a gap that has nothing around it.
pub fn layers(
    site: &Site<'_>,
    from: &RelPath,
    ix: RecordIx,
    finding: &GapFinding,
) -> Option<Layers> {
    let mut drawn = Drawn::default();
    let id = &site.record(ix).id;
    let gap = drawn.node(LayerNode {
        label: cut(id),
        current: true,
        kind: "gap",
        name: format!("{id} {}", site.title_of(ix)),
        state: finding.coverage.name(),
        ..LayerNode::default()
    });
    for (path, cited) in research(finding).into_iter().take(EACH) {
        let record = site.file(path).map(|file| site.graph.records.of_file(file));
        let node = drawn.node(LayerNode {
            label: cut(path.name()),
            href: site.cited_href(from, record, cited).unwrap_or_default(),
            kind: "research",
            name: path.to_string(),
            ..LayerNode::default()
        });
        drawn.edges.insert((node, gap));
    }
    let targets = targets(site, from, finding, &mut drawn);
    for decision in decisions(site, ix, &targets).into_iter().take(EACH) {
        let node = drawn.node(record(site, from, decision, "decision", ""));
        drawn.edges.insert((gap, node));
        for (target, at) in &targets {
            if Some(decision) != *target && links(site, decision, *target) {
                drawn.edges.insert((node, *at));
            }
        }
    }
    for (target, at) in &targets {
        drawn.edges.insert((gap, *at));
        // A schema stands before the document that speaks of it.
        for (document, to) in &targets {
            if is_schema(site, *target)
                && !is_schema(site, *document)
                && links(site, *document, *target)
            {
                drawn.edges.insert((*at, *to));
            }
        }
    }
    (!drawn.edges.is_empty()).then(|| Layers {
        title: format!("What {id} rests on, and what would fill it"),
        nodes: drawn.nodes,
        edges: drawn.edges.into_iter().collect(),
    })
}

#[derive(Default)]
struct Drawn {
    nodes: Vec<LayerNode>,
    edges: BTreeSet<(usize, usize)>,
}

impl Drawn {
    fn node(&mut self, node: LayerNode) -> usize {
        self.nodes.push(node);
        self.nodes.len() - 1
    }
}

/// Every cited file once, with its first citation.
fn research(finding: &GapFinding) -> Vec<(&RelPath, &Cited)> {
    let mut known = BTreeSet::new();
    let cited =
        finding.evidence.iter().filter_map(|(_, cited)| Some((cited.path.as_ref()?, cited)));
    cited.filter(|(path, _)| known.insert(*path)).collect()
}

/// The boxes of what would fill the gap, each file once, with its record when it has one.
fn targets(
    site: &Site<'_>,
    from: &RelPath,
    finding: &GapFinding,
    drawn: &mut Drawn,
) -> Vec<(Option<RecordIx>, usize)> {
    let mut found: Vec<(Option<RecordIx>, usize)> = Vec::new();
    let mut words: BTreeMap<&str, ()> = BTreeMap::new();
    for target in &finding.targets {
        if found.len() == EACH {
            break;
        }
        let state = target.standing.name();
        match target.found.first() {
            Some(ix) if found.iter().all(|(known, _)| *known != Some(*ix)) => {
                let kind = match site.record(*ix).kind {
                    RecordKind::Schema | RecordKind::Symbol => "schema",
                    RecordKind::Decision => "decision",
                    _ => "document",
                };
                let node = drawn.node(record(site, from, *ix, kind, state));
                found.push((Some(*ix), node));
            }
            None if words.insert(&target.name, ()).is_none() => {
                let label = cut(target.name.rsplit('/').next().unwrap_or(&target.name));
                let schema = target.name.ends_with(".proto");
                let kind = if schema { "schema" } else { "document" };
                let name = target.name.clone();
                let node =
                    drawn.node(LayerNode { label, kind, name, state, ..LayerNode::default() });
                found.push((None, node));
            }
            _ => {}
        }
    }
    found
}

fn record(
    site: &Site<'_>,
    from: &RelPath,
    ix: RecordIx,
    kind: &'static str,
    state: &'static str,
) -> LayerNode {
    let found = site.record(ix);
    let label = match found.kind {
        RecordKind::Decision | RecordKind::Symbol => site.title_of(ix),
        _ => found.path.name().to_owned(),
    };
    LayerNode {
        label: cut(&label),
        href: site.record_href(from, ix),
        kind,
        name: format!("{} ({})", site.title_of(ix), found.path),
        state,
        ..LayerNode::default()
    }
}

/// Decisions that name the gap and are not targets themselves.
fn decisions(
    site: &Site<'_>,
    ix: RecordIx,
    targets: &[(Option<RecordIx>, usize)],
) -> Vec<RecordIx> {
    let is_target = |ix: &RecordIx| targets.iter().any(|(target, _)| *target == Some(*ix));
    let linked = site.graph.backlinks.to(ix);
    linked
        .filter(|from| site.record(*from).kind == RecordKind::Decision && !is_target(from))
        .collect()
}

fn is_schema(site: &Site<'_>, ix: Option<RecordIx>) -> bool {
    ix.is_some_and(|ix| matches!(site.record(ix).kind, RecordKind::Schema | RecordKind::Symbol))
}

fn links(site: &Site<'_>, from: impl Into<Option<RecordIx>>, to: Option<RecordIx>) -> bool {
    let (Some(from), Some(to)) = (from.into(), to) else { return false };
    site.graph.backlinks.to(to).any(|other| other == from)
}

fn cut(label: &str) -> String {
    match label.char_indices().nth(LETTERS) {
        Some((end, _)) => format!("{}…", label[..end].trim_end()),
        None => label.to_owned(),
    }
}
