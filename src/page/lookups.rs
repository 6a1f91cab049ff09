//! Look-ups over the whole corpus, made once: what a [`super::site::Site`] is a view of.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{board::Board, document::Listing, feed, file, ledger::layout::Layout, route::Routes};
use crate::{
    graph::{
        Corpus, Graph,
        link::{Dest, Form},
        record::{Part, Record, RecordIx, RecordKind},
        symbols,
    },
    model::source::Facts,
    path::RelPath,
};

/// What is found by looking through everything once.
#[derive(Debug, Default)]
pub struct Lookups {
    /// Addresses.
    pub routes: Arc<Routes>,
    /// Every gap by what lists can be narrowed by.
    pub board: Board,
    /// The kinds of records there are.
    pub kinds: BTreeSet<RecordKind>,
    /// Files that are no records and need a page that shows them.
    pub to_show: BTreeSet<RelPath>,
    /// Records beside each other, in order.
    pub(super) groups: Vec<Vec<RecordIx>>,
    /// The group of every record.
    pub(super) group_of: Vec<usize>,
    /// Lines that are linked, by the file that is no record.
    pub(super) linked: BTreeMap<RelPath, BTreeSet<(u32, u32)>>,
    /// Cited lines by file: range and who cites it.
    pub(super) cited: BTreeMap<usize, BTreeMap<(u32, u32), BTreeSet<RecordIx>>>,
    /// Who cites a file as a whole.
    pub(super) cited_whole: BTreeMap<usize, BTreeSet<RecordIx>>,
    /// The list of documents, page by page.
    pub(super) documents: Listing,
    /// The ledgers, with how their lists are divided into pages.
    pub(super) ledgers: BTreeMap<RecordIx, Layout>,
    /// Whether any record states a day, for the feed.
    pub(super) is_dated: bool,
    /// Later declarations of a symbol, which have no page of their own.
    pub(super) repeated: BTreeSet<RecordIx>,
}

impl Lookups {
    /// Looks through the graph. `routes` are those of the same graph.
    pub fn of(corpus: Corpus<'_>, graph: &Graph, routes: Arc<Routes>) -> Self {
        let (documents, lookups) = rayon::join(
            || Listing::of(corpus, graph),
            || Self::but_documents(corpus, graph, routes),
        );
        Self { documents, ..lookups }
    }

    /// All but the list of documents.
    fn but_documents(corpus: Corpus<'_>, graph: &Graph, routes: Arc<Routes>) -> Self {
        let mut lookups = Self {
            routes,
            board: Board::of(corpus, graph),
            kinds: graph.records.iter().map(|(_, record)| record.kind).collect(),
            is_dated: feed::is_dated(corpus),
            repeated: graph.symbols.duplicates.iter().map(|(_, _, ix)| *ix).collect(),
            ..Self::default()
        };
        lookups.group(corpus, graph);
        lookups.index(corpus, graph);
        lookups.divide(corpus, graph);
        lookups
    }

    fn group(&mut self, corpus: Corpus<'_>, graph: &Graph) {
        let mut known: BTreeMap<(RecordKind, &str), usize> = BTreeMap::new();
        let mut last = None;
        for (ix, record) in graph.records.iter() {
            let next = known.len();
            let key = beside(corpus, record);
            // Neighbours mostly are of one group.
            let group = match last {
                Some((other, group)) if other == key => group,
                _ => *known.entry(key).or_insert(next),
            };
            last = Some((key, group));
            self.groups.resize_with(known.len(), Vec::new);
            self.group_of.push(group);
            // Nested symbols stand on the page of the one around them.
            if !(matches!(record.part, Part::Symbol(_)) && is_nested(corpus, graph, ix)) {
                self.groups[group].push(ix);
            }
        }
    }

    fn divide(&mut self, corpus: Corpus<'_>, graph: &Graph) {
        for (ix, record) in graph.records.iter() {
            if record.kind == RecordKind::Ledger {
                self.ledgers.insert(ix, Layout::of(corpus, graph, record.file));
            }
        }
    }

    fn index(&mut self, corpus: Corpus<'_>, graph: &Graph) {
        for link in graph.links.iter() {
            if let Some((path, form, lines)) = super::site::asset(link) {
                let on_the_web = || corpus.repository.and_then(|r| r.file(path, lines)).is_some();
                if form != Form::Image && !file::is_copied(path) && !on_the_web() {
                    self.to_show.insert(path.clone());
                }
                if let Some(lines) = lines {
                    self.linked.entry(path.clone()).or_default().insert(lines);
                }
            }
            let Dest::Cited(Some(ix), cited) = &link.to else { continue };
            let file = graph.records.get(*ix).file;
            match cited.lines {
                Some(lines) if cited.state.holds() => {
                    let ranges = self.cited.entry(file).or_default();
                    ranges.entry(lines).or_default().insert(link.from);
                }
                None if cited.state.holds() => {
                    self.cited_whole.entry(file).or_default().insert(link.from);
                }
                _ => {}
            }
        }
    }
}

/// Whether a symbol is declared inside another one.
pub(super) fn is_nested(corpus: Corpus<'_>, graph: &Graph, ix: RecordIx) -> bool {
    symbols::symbol_of(corpus, &graph.records, ix).is_some_and(|(schema, symbol)| {
        let inner = symbol.name.strip_prefix(schema.package.as_str()).unwrap_or(&symbol.name);
        inner.trim_start_matches('.').contains('.')
    })
}

/// What records have in common that stand beside each other.
fn beside<'a>(corpus: Corpus<'a>, record: &'a Record) -> (RecordKind, &'a str) {
    let kind = match record.kind {
        RecordKind::Ledger | RecordKind::Diagram => RecordKind::Document,
        kind => kind,
    };
    let place = match kind {
        RecordKind::Symbol => match &corpus.outlines[record.file].facts {
            Facts::Schema(schema) => schema.package.as_str(),
            _ => "",
        },
        RecordKind::Gap if record.part != Part::Whole => record.path.as_str(),
        _ => record.path.parent(),
    };
    (kind, place)
}
