//! Documents and files of many decisions; and the list of all of them.

use std::sync::Arc;

use super::{
    bare, claims, frame,
    model::{Document, DocumentIndex, DocumentRow, Folder, Link, Page, Text, TitleIs, View},
    rows, section,
    site::Site,
    view,
};
use crate::{
    graph::{
        navigation::Item,
        record::{RecordIx, RecordKind},
    },
    model::source::Body,
    path::RelPath,
};

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
    });
    let mut frame = frame::of_record(site, ix);
    frame.toc = frame::toc(&outline.headings);
    let texts =
        body(site, &route, record.file).map(|text| ("content".into(), text)).into_iter().collect();
    Page { origin: Some(record.path.clone()), route, frame, view, texts }
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

/// All documents by section, in reading order.
pub fn index(site: &Site<'_>) -> Page {
    let route = site.route.index(RecordKind::Document);
    let navigation = &site.graph.navigation;
    let mut folders = Vec::new();
    let mut open = vec![(0, 0)];
    while let Some((n, depth)) = open.pop() {
        let section = &navigation.sections[n];
        let pages = section.items.iter().filter_map(|item| match item {
            Item::Page(ix) => Some(*ix),
            Item::Section(_) => None,
        });
        let documents: Vec<DocumentRow> =
            section.index.into_iter().chain(pages).map(|ix| row(site, &route, ix)).collect();
        let below = section.items.iter().rev().filter_map(|item| match item {
            Item::Section(below) => Some((*below, depth + usize::from(n != 0))),
            Item::Page(_) => None,
        });
        open.extend(below);
        if n == 0 && documents.is_empty() {
            continue;
        }
        folders.push(Folder {
            name: if n == 0 { "Top folder".to_owned() } else { section.title.clone() },
            folder: section.folder.clone(),
            href: (n != 0).then(|| section::href(site, &route, n)),
            depth,
            anchor: section_anchor(n),
            documents,
        });
    }
    bare(site, route, "Documents", View::DocumentIndex(DocumentIndex { folders }))
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
