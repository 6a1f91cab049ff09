//! The records that are joined, and the ways between them, each from left to right.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    graph::record::{RecordIx, RecordKind},
    page::site::Site,
};

/// What a record is in the drawing, from left to right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// Texts that are cited.
    Research,
    /// Gaps.
    Gap,
    /// Decisions.
    Decision,
    /// Schema files.
    Schema,
    /// Documents.
    Document,
}

impl Column {
    /// All, from left to right.
    pub const ALL: [Self; 5] =
        [Self::Research, Self::Gap, Self::Decision, Self::Schema, Self::Document];

    /// The word for people.
    pub fn word(self) -> &'static str {
        ["research", "gap", "decision", "schema", "document"][self as usize]
    }

    /// The word behind a number.
    pub fn counted(self, count: usize) -> &'static str {
        match (self, count) {
            (Self::Research, 1) => "text of research",
            (Self::Research, _) => "texts of research",
            (_, 1) => self.word(),
            _ => self.plural(),
        }
    }

    /// The word for several.
    pub fn plural(self) -> &'static str {
        ["research", "gaps", "decisions", "schemas", "documents"][self as usize]
    }
}

/// A record, or words that name a file which does not exist.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// A record.
    Record(RecordIx),
    /// The words of a target that leads to none.
    Words(String),
}

/// A node in its column.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Placed {
    /// Its column.
    pub column: Column,
    /// What it is.
    pub node: Node,
}

/// All that is joined. Every gap is among the nodes; of the other kinds, what has a way.
#[derive(Debug, Default)]
pub struct Joined {
    /// The nodes by column.
    pub nodes: Vec<Placed>,
    /// From left to right, by the index of the nodes; each once, sorted.
    pub ways: Vec<(usize, usize)>,
}

impl Joined {
    /// Gathers what gaps rest on and are filled by, and every link between records of two columns.
    pub fn of(site: &Site<'_>) -> Self {
        let mut ways: BTreeSet<(Placed, Placed)> = BTreeSet::new();
        let mut nodes: BTreeSet<Placed> = BTreeSet::new();
        let place = |node: Node| Some(Placed { column: column(site, &node)?, node });
        let mut add = |one: Node, other: Node| {
            if let (Some(one), Some(other)) = (place(one), place(other))
                && one.column != other.column
            {
                ways.insert(if one.column < other.column { (one, other) } else { (other, one) });
            }
        };
        for gap in &site.lookups.board.all {
            for node in of_gap(site, *gap) {
                add(Node::Record(*gap), node);
            }
        }
        for link in site.graph.links.iter() {
            if let Some(to) = link.to.record(&site.graph.records) {
                add(Node::Record(whole(site, link.from)), Node::Record(whole(site, to)));
            }
        }
        nodes.extend(ways.iter().flat_map(|(one, other)| [one.clone(), other.clone()]));
        let gaps = site.lookups.board.all.iter();
        nodes.extend(gaps.map(|gap| Placed { column: Column::Gap, node: Node::Record(*gap) }));
        let nodes: Vec<Placed> = nodes.into_iter().collect();
        let at: BTreeMap<&Placed, usize> = nodes.iter().zip(0..).collect();
        let mut ways: Vec<(usize, usize)> =
            ways.iter().map(|(one, other)| (at[one], at[other])).collect();
        ways.sort_unstable();
        Self { nodes, ways }
    }
}

/// The column of a node; none for what is not drawn: gap analyses, and their smaller records.
pub fn column(site: &Site<'_>, node: &Node) -> Option<Column> {
    match node {
        Node::Words(words) if words.ends_with(".proto") => Some(Column::Schema),
        Node::Words(_) => Some(Column::Document),
        Node::Record(ix) => match site.record(*ix).kind {
            RecordKind::Research => Some(Column::Research),
            RecordKind::Gap => Some(Column::Gap),
            RecordKind::Decision => Some(Column::Decision),
            RecordKind::Schema | RecordKind::Symbol => Some(Column::Schema),
            RecordKind::Document | RecordKind::Diagram => Some(Column::Document),
            RecordKind::Ledger | RecordKind::Entry(_) => None,
        },
    }
}

/// What a gap rests on and is filled by, and the decisions that name it, each once and in order.
pub fn around(site: &Site<'_>, gap: RecordIx) -> Vec<Node> {
    let mut found = of_gap(site, gap);
    let linked = site.graph.backlinks.to(gap).map(|from| whole(site, from));
    let decisions = linked.filter(|from| site.record(*from).kind == RecordKind::Decision);
    for node in decisions.map(Node::Record) {
        if !found.contains(&node) {
            found.push(node);
        }
    }
    found
}

/// What a gap cites, and what would fill it.
fn of_gap(site: &Site<'_>, gap: RecordIx) -> Vec<Node> {
    let finding = &site.graph.gaps[&gap];
    let cited = finding.evidence.iter().filter(|(_, cited)| cited.state.holds());
    let cited = cited.filter_map(|(_, cited)| site.file(cited.path.as_ref()?));
    let cited = cited.map(|file| Node::Record(site.graph.records.of_file(file)));
    let targets = finding.targets.iter().map(|target| match target.found.first() {
        Some(ix) => Node::Record(whole(site, *ix)),
        None => Node::Words(target.name.clone()),
    });
    let mut found: Vec<Node> = Vec::new();
    for node in cited.chain(targets) {
        if !found.contains(&node) && node != Node::Record(gap) {
            found.push(node);
        }
    }
    found
}

/// A symbol is shown by its file.
fn whole(site: &Site<'_>, ix: RecordIx) -> RecordIx {
    match site.record(ix).kind {
        RecordKind::Symbol => site.graph.records.of_file(site.record(ix).file),
        _ => ix,
    }
}
