//! A section of documents without a document that introduces it, and a folder that holds none.

use super::{
    bare, frame,
    model::{Link, NavLink, Page, SectionRow, SectionView, View},
    site::Site,
};
use crate::{
    graph::{navigation::Item, record::RecordKind},
    path::RelPath,
};

/// So many files of a folder are listed.
const FILES: usize = 500;

/// The page of a section.
pub fn page(site: &Site<'_>, n: usize) -> Page {
    let navigation = &site.graph.navigation;
    let section = &navigation.sections[n];
    let route = site.route.section(n).cloned().unwrap_or_else(|| site.route.home());
    let items = section.items.iter().map(|item| row(site, &route, *item)).collect();
    let view = SectionView { folder: section.folder.clone(), items, files: Vec::new(), more: 0 };
    let mut page = bare(site, route.clone(), &section.title, View::Section(view));
    frame::in_section(site, &mut page.frame, &route, n, None);
    page
}

/// The page of a folder that documents link to.
pub fn folder(site: &Site<'_>, folder: &RelPath) -> Page {
    let route = site.route.folder(folder);
    let (files, more) = site.files_in(folder, FILES);
    let files = files
        .into_iter()
        .map(|path| {
            let href = site.shown_href(&route, path);
            Link { title: path.as_str().to_owned(), href: href.unwrap_or_default() }
        })
        .collect();
    let view = SectionView { folder: folder.to_string(), items: Vec::new(), files, more };
    bare(site, route, folder.as_str(), View::Section(view))
}

/// A member of a section in a list.
pub fn row(site: &Site<'_>, from: &RelPath, item: Item) -> SectionRow {
    let NavLink { title, href, pages, .. } = link(site, from, item);
    let (description, label) = match item {
        Item::Page(ix) => {
            let description = site.outline(ix).front.description.clone();
            (description.unwrap_or_default(), site.record(ix).kind.label())
        }
        Item::Section(_) => (String::new(), "section"),
    };
    SectionRow { link: Link { title, href }, description, label, pages }
}

/// A member of a section as a link, not the current one.
pub fn link(site: &Site<'_>, from: &RelPath, item: Item) -> NavLink {
    match item {
        Item::Page(ix) => NavLink {
            title: site.nav_title(ix),
            href: site.record_href(from, ix),
            current: false,
            pages: 0,
        },
        Item::Section(n) => {
            let section = &site.graph.navigation.sections[n];
            NavLink {
                title: section.title.clone(),
                href: href(site, from, n),
                current: false,
                pages: section.pages,
            }
        }
    }
}

/// The address of a section: the document that introduces it, else its own page.
pub fn href(site: &Site<'_>, from: &RelPath, n: usize) -> String {
    let section = &site.graph.navigation.sections[n];
    match (section.index, site.route.section(n)) {
        _ if n == 0 => site.href(from, &site.route.index(RecordKind::Document)),
        (Some(ix), _) => site.record_href(from, ix),
        (None, Some(route)) => site.href(from, route),
        (None, None) => site.href(from, &site.route.index(RecordKind::Document)),
    }
}
