//! Documents and files of many decisions; and the list of all of them.

use std::{collections::BTreeMap, ops::Range, sync::Arc};

use super::{
    bare, board, claims, frame,
    model::{Document, DocumentIndex, DocumentRow, Folder, Link, Page, Text, TitleIs, View},
    rows, section,
    site::Site,
    view,
};
use crate::{
    graph::{
        Corpus, Graph,
        navigation::{Item, Navigation},
        record::{RecordIx, RecordKind},
    },
    model::source::Body,
    path::RelPath,
    text::parts::{self, PAGE, escaped, fill, window},
};

/// What surrounds the words of a document in the list, in bytes of HTML.
const ROW: usize = 140;

/// The page of a Markdown file.
pub fn page(site: &Site<'_>, ix: RecordIx) -> Page {
    let record = site.record(ix);
    let outline = site.outline(ix);
    let route = site.route.of(ix).clone();
    let parts = site.graph.records.parts_of(record.file);
    let decisions = parts.iter().filter(|p| site.record(**p).kind == RecordKind::Decision);
    let covers = site
        .graph
        .gaps
        .iter()
        .filter(|(_, finding)| finding.targets.iter().any(|t| t.found.contains(&ix)))
        .map(|(gap, _)| rows::gap(site, &route, *gap))
        .collect();
    let label = record.kind.label();
    let view = View::Document(Document {
        label,
        date: outline.front.date.clone(),
        tags: outline.front.tags.clone(),
        covers,
        decisions: decisions.map(|d| rows::decision(site, &route, *d)).collect(),
        long: is_long(site, record.file),
    });
    let mut frame = frame::of_record(site, ix);
    frame.toc = frame::toc(&outline.headings);
    let texts =
        body(site, &route, record.file).map(|text| ("content".into(), text)).into_iter().collect();
    Page { origin: Some(record.path.clone()), route, frame, view, texts, treatment: site.treatment }
}

/// Whether the text of a file is so long that only what is on the screen is laid out.
pub fn is_long(site: &Site<'_>, file: usize) -> bool {
    site.bodies[file].text().len() > parts::LONG
}

/// The whole text of a Markdown file, without its first heading.
pub fn body(site: &Site<'_>, route: &RelPath, file: usize) -> Option<Text> {
    let Body::Markdown { text, start } = &site.bodies[file] else { return None };
    Some(Text::Markdown {
        text: text.clone(),
        body: *start,
        part: *start..text.len(),
        links: Arc::new(site.text_links(route, file)),
        marks: Arc::new(claims::marks(site, route, file)),
        views: Arc::new(view::views(site, route, file)),
        title: TitleIs::InFrame,
    })
}

/// How many pages the list of documents has.
pub fn pages(site: &Site<'_>) -> usize {
    site.lookups.documents.parts.len().max(1)
}

/// The list of documents: what stands on which page of it.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// The sections, each with its depth and its documents, in reading order.
    sections: Vec<(usize, usize, Vec<RecordIx>)>,
    /// The pages, each a part of all sections and documents: a section counts as one more.
    parts: Vec<Range<usize>>,
    /// The page of the head of each section, where it is not the first.
    pages: BTreeMap<usize, usize>,
}

impl Listing {
    /// The list of a corpus.
    pub fn of(corpus: Corpus<'_>, graph: &Graph) -> Self {
        let sections = sections(&graph.navigation);
        let size = |ix: &RecordIx| {
            let record = graph.records.get(*ix);
            let front = &corpus.outlines[record.file].front;
            let about = front.description.as_deref().unwrap_or_default();
            ROW + escaped(&record.title) + escaped(record.path.as_str()) * 2 + escaped(about)
        };
        let of_section = |(n, _, documents): &(usize, usize, Vec<RecordIx>)| {
            let section = &graph.navigation.sections[*n];
            let head = ROW + escaped(&section.title) + escaped(&section.folder) * 2;
            std::iter::once(head).chain(documents.iter().map(size)).collect::<Vec<_>>()
        };
        let parts = fill(sections.iter().flat_map(of_section), PAGE);
        let mut pages = BTreeMap::new();
        let mut at = 0;
        for (n, _, documents) in &sections {
            let page = parts.partition_point(|part| part.end <= at) + 1;
            if page > 1 {
                pages.insert(*n, page);
            }
            at += 1 + documents.len();
        }
        Self { sections, parts, pages }
    }

    /// The page, from 1, on which a section begins.
    pub fn page_of(&self, section: usize) -> usize {
        self.pages.get(&section).copied().unwrap_or(1)
    }
}

/// All sections with their documents, in reading order.
fn sections(navigation: &Navigation) -> Vec<(usize, usize, Vec<RecordIx>)> {
    let mut sections = Vec::new();
    let mut open = vec![(0, 0)];
    while let Some((n, depth)) = open.pop() {
        let section = &navigation.sections[n];
        let pages = section.items.iter().filter_map(|item| match item {
            Item::Page(ix) => Some(*ix),
            Item::Section(_) => None,
        });
        let documents: Vec<RecordIx> = section.index.into_iter().chain(pages).collect();
        let below = section.items.iter().rev().filter_map(|item| match item {
            Item::Section(below) => Some((*below, depth + usize::from(n != 0))),
            Item::Page(_) => None,
        });
        open.extend(below);
        if n != 0 || !documents.is_empty() {
            sections.push((n, depth, documents));
        }
    }
    sections
}

/// One page of all documents by section, in reading order, counted from 1.
pub fn index(site: &Site<'_>, page: usize) -> Page {
    let route = site.route.documents(page);
    let listing = &site.lookups.documents;
    let here = listing.parts.get(page - 1).cloned().unwrap_or_default();
    let mut folders = Vec::new();
    let mut at = 0;
    for (n, depth, documents) in &listing.sections {
        let shown = window(&here, at, 1 + documents.len());
        at += 1 + documents.len();
        if shown.is_empty() {
            continue;
        }
        let section = &site.graph.navigation.sections[*n];
        let rows = &documents[shown.start.saturating_sub(1)..shown.end - 1];
        folders.push(Folder {
            name: if *n == 0 { "Top folder".to_owned() } else { section.title.clone() },
            folder: section.folder.clone(),
            href: (*n != 0).then(|| section::href(site, &route, *n)),
            depth: *depth,
            anchor: section_anchor(*n),
            all: documents.len(),
            documents: rows.iter().map(|ix| row(site, &route, *ix)).collect(),
        });
    }
    let pager = board::pager(site, &route, (page, pages(site)), |n| site.route.documents(n));
    let title = if page > 1 { format!("Documents, page {page}") } else { "Documents".to_owned() };
    bare(site, route, &title, View::DocumentIndex(DocumentIndex { folders, pager }))
}

fn row(site: &Site<'_>, route: &RelPath, ix: RecordIx) -> DocumentRow {
    let record = site.record(ix);
    DocumentRow {
        link: Link { title: site.nav_title(ix), href: site.record_href(route, ix) },
        path: record.path.to_string(),
        label: record.kind.label(),
        description: site.outline(ix).front.description.clone().unwrap_or_default(),
    }
}

/// The fragment of a section in the list of documents.
pub fn section_anchor(n: usize) -> String {
    format!("lc-section-{n}")
}
