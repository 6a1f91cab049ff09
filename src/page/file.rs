//! A file that is no record, shown by its lines: where documents link to source code and nobody
//! knows its address on the web.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    bare,
    model::{FileLine, FileState, FileView, Page, View},
    site::{FileText, Site},
};
use crate::path::RelPath;

/// Files that are copied beside the pages, to be seen or saved as they are.
const COPIED: &[&str] = &[
    "png",
    "jpg",
    "jpeg",
    "gif",
    "webp",
    "avif",
    "svg",
    "ico",
    "bmp",
    "tif",
    "tiff",
    "pdf",
    "zip",
    "gz",
    "tgz",
    "bz2",
    "xz",
    "7z",
    "tar",
    "mp3",
    "mp4",
    "m4a",
    "ogg",
    "oga",
    "ogv",
    "wav",
    "webm",
    "mov",
    "ttf",
    "otf",
    "woff",
    "woff2",
    "doc",
    "docx",
    "xls",
    "xlsx",
    "ppt",
    "pptx",
    "odt",
    "ods",
    "odp",
    "epub",
    "drawio",
    "excalidraw",
];

/// Whether a link to the file leads to a copy of it, and not to a page that shows it.
pub fn is_copied(path: &RelPath) -> bool {
    path.has_extension(COPIED)
}

/// The page that shows a file.
pub fn page(site: &Site<'_>, path: &RelPath) -> Page {
    let route = site.route.file(path);
    let (state, text) = match site.shown.get(path) {
        Some(FileText::Text(text)) => (FileState::Text, Some(text)),
        Some(FileText::Binary) => (FileState::Binary, None),
        Some(FileText::TooLong) => (FileState::TooLong, None),
        Some(FileText::Unreadable) | None => (FileState::Unreadable, None),
    };
    let ranges = site.linked_lines(path);
    let lines = text.map(|text| rows(text, &ranges)).unwrap_or_default();
    // Lines past the end are linked all the same; they are the end.
    let last = lines.len() as u32;
    let past = ranges.iter().filter(|(start, _)| *start > last);
    let past = past.map(|(start, end)| anchor(*start, *end)).collect();
    let mut page = bare(site, route, path.as_str(), View::File(FileView { state, lines, past }));
    page.origin = Some(path.clone());
    page.frame.source = Some(path.to_string());
    page
}

fn rows(text: &str, ranges: &BTreeSet<(u32, u32)>) -> Vec<FileLine> {
    let mut begins: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for (start, end) in ranges.iter().filter(|(start, end)| start < end) {
        begins.entry(*start).or_default().push(anchor(*start, *end));
    }
    let row = |(n, text): (usize, &str)| {
        let number = n as u32 + 1;
        let begins = begins.remove(&number).unwrap_or_default();
        FileLine { number, text: text.to_owned(), begins }
    };
    text.lines().enumerate().map(row).collect()
}

/// The fragment of lines.
pub fn anchor(start: u32, end: u32) -> String {
    if start == end { format!("L{start}") } else { format!("L{start}-L{end}") }
}
