//! Documents and files of many decisions; and the list of all of them.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    bare, claims, frame,
    model::{Document, DocumentIndex, DocumentRow, Folder, Page, Text, TitleIs, View},
    rows,
    site::Site,
};
use crate::{
    graph::record::{Part, RecordIx, RecordKind},
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
        title: TitleIs::InFrame,
    })
}

/// All documents by folder.
pub fn index(site: &Site<'_>) -> Page {
    let route = site.route.index(RecordKind::Document);
    let mut folders: BTreeMap<&str, Vec<DocumentRow>> = BTreeMap::new();
    for (ix, record) in site.graph.records.iter() {
        let listed =
            matches!(record.kind, RecordKind::Document | RecordKind::Ledger | RecordKind::Diagram);
        if record.part != Part::Whole || !listed {
            continue;
        }
        folders.entry(record.path.parent()).or_default().push(DocumentRow {
            link: site.link(&route, ix),
            path: record.path.to_string(),
            label: record.kind.label(),
            description: site.outline(ix).front.description.clone().unwrap_or_default(),
        });
    }
    let folders = folders
        .into_iter()
        .map(|(name, documents)| Folder {
            name: if name.is_empty() { "/".to_owned() } else { name.to_owned() },
            anchor: folder_anchor(name),
            documents,
        })
        .collect();
    bare(site, route, "Documents", View::DocumentIndex(DocumentIndex { folders }))
}

/// The fragment of a folder in the list of documents.
pub fn folder_anchor(folder: &str) -> String {
    let escaped = |c: char| match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '_' | '.' => c.to_string(),
        '/' => "-".to_owned(),
        c => format!("_{:x}", c as u32),
    };
    format!("folder-{}", folder.chars().map(escaped).collect::<String>())
}
