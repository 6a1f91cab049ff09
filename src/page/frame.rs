//! What surrounds the content of a page: breadcrumbs, sections, neighbours, backlinks.

use super::{
    model::{Frame, Link, NavLink, TocEntry},
    past, route, section,
    site::Site,
};
use crate::{
    graph::{
        navigation::Item,
        record::{Part, RecordIx, RecordKind},
    },
    model::source::Heading,
    path::RelPath,
};

/// So many neighbours are listed beside a page; the rest are on the index.
const SIBLINGS: usize = 24;

/// The frame of a page that belongs to no record.
pub fn empty(site: &Site<'_>, route: &RelPath) -> Frame {
    let home = site.route.home();
    let is_home = *route == home;
    let crumb = Link { title: site.title.to_owned(), href: site.href(route, &home) };
    Frame {
        title: site.title.to_owned(),
        description: String::new(),
        site: site.title.to_owned(),
        root: "../".repeat(route.folders().count()),
        version: site.version.map(|version| version.label.to_string()),
        summary: String::new(),
        canonical: canonical(site, route),
        twin: site.twins.then(|| site.href(route, &route::twin(route))),
        feed: site.feed().map(|feed| site.href(route, &feed)),
        breadcrumbs: if is_home { vec![] } else { vec![crumb] },
        sections: sections(site, route, None),
        siblings: Vec::new(),
        all_siblings: None,
        section: None,
        toc: Vec::new(),
        backlinks: Vec::new(),
        source: None,
        changed: None,
        view_source: None,
        edit: None,
        short: None,
        prev: None,
        next: None,
        downloads: Vec::new(),
    }
}

/// The frame of a record's page.
pub fn of_record(site: &Site<'_>, ix: RecordIx) -> Frame {
    let record = site.record(ix);
    let outline = site.outline(ix);
    let route = site.route.of(ix);
    let mut frame = empty(site, route);
    frame.title = site.title_of(ix);
    if record.part == Part::Whole {
        frame.description = outline.front.description.clone().unwrap_or_default();
    }
    frame.sections = sections(site, route, Some(record.kind));
    frame.breadcrumbs.push(section_crumb(site, route, record.kind));
    if record.part != Part::Whole && record.kind != RecordKind::Symbol {
        frame.breadcrumbs.push(site.link(route, site.graph.records.of_file(record.file)));
    }
    match site.graph.navigation.section_of(ix) {
        Some(n) => in_section(site, &mut frame, route, n, Some(ix)),
        None => in_group(site, &mut frame, route, ix),
    }
    frame.backlinks = site.graph.backlinks.to(ix).map(|from| site.backlink(route, from)).collect();
    frame.backlinks.sort();
    frame.source = Some(match record.part {
        Part::Whole => record.path.to_string(),
        _ => format!("{}:{}", record.path, record.lines.0),
    });
    frame.changed = past::of_file(site, &record.path);
    if let Some(repository) = site.corpus.repository {
        let lines = (record.part != Part::Whole).then_some(record.lines);
        frame.view_source = repository.file(&record.path, lines);
        frame.edit = repository.edit(&record.path);
    }
    if let Some(short) = site.short_address(ix) {
        let title = short.parent().to_owned() + "/";
        frame.short = Some(Link { title, href: site.href(route, &short) });
    }
    frame
}

/// The neighbours of a document in its section, and the way up; `ix` is none for the page of the
/// section itself.
pub fn in_section(
    site: &Site<'_>,
    frame: &mut Frame,
    route: &RelPath,
    n: usize,
    ix: Option<RecordIx>,
) {
    let navigation = &site.graph.navigation;
    let current = &navigation.sections[n];
    if ix.is_none() {
        frame.sections = sections(site, route, Some(RecordKind::Document));
        frame.breadcrumbs.push(section_crumb(site, route, RecordKind::Document));
    }
    let is_index = ix.is_none() || current.index == ix;
    let crumb = |n: usize| Link {
        title: navigation.sections[n].title.clone(),
        href: section::href(site, route, n),
    };
    frame.breadcrumbs.extend(navigation.above(n).into_iter().map(crumb));
    if n != 0 {
        if !is_index {
            frame.breadcrumbs.push(crumb(n));
        }
        frame.section = Some(crumb(n));
    }
    // The document that introduces the section stands first in it; else its name leads there.
    let index = current.index.filter(|_| n == 0).map(Item::Page);
    let items = || index.into_iter().chain(current.items.iter().copied());
    let count = current.items.len() + usize::from(index.is_some());
    let at = ix.and_then(|ix| items().position(|item| item == Item::Page(ix)));
    let first = window(at.unwrap_or_default(), count);
    let shown = items().skip(first).take(SIBLINGS).enumerate();
    frame.siblings = shown
        .map(|(m, item)| NavLink {
            current: at == Some(first + m),
            ..section::link(site, route, item)
        })
        .collect();
    if count > SIBLINGS {
        let title = format!("All {count}");
        let index = site.route.documents(site.lookups.documents.page_of(n));
        let anchor = super::document::section_anchor(n);
        frame.all_siblings =
            Some(Link { title, href: format!("{}#{anchor}", site.href(route, &index)) });
    }
    if let Some(ix) = ix {
        let (before, after) = navigation.around(ix);
        let link =
            |ix: RecordIx| Link { title: site.nav_title(ix), href: site.record_href(route, ix) };
        frame.prev = before.map(link);
        frame.next = after.map(link);
    }
}

/// The neighbours of a record among those of its kind in its folder.
fn in_group(site: &Site<'_>, frame: &mut Frame, route: &RelPath, ix: RecordIx) {
    let group = site.group_with(ix);
    let at = group.iter().position(|other| *other == ix).unwrap_or_default();
    let first = window(at, group.len());
    let link = |other: &RecordIx| {
        let Link { title, href } = site.link(route, *other);
        NavLink { title, href, current: *other == ix, pages: 0 }
    };
    frame.siblings = group.iter().skip(first).take(SIBLINGS).map(link).collect();
    if group.len() > SIBLINGS {
        let index = site.route.index(site.record(ix).kind);
        let title = format!("All {}", group.len());
        frame.all_siblings = Some(Link { title, href: site.href(route, &index) });
    }
    frame.prev = at.checked_sub(1).and_then(|n| group.get(n)).map(|o| site.link(route, *o));
    frame.next = group.get(at + 1).map(|other| site.link(route, *other));
}

/// The first of the neighbours that are listed, so that the current one is in the middle.
fn window(at: usize, all: usize) -> usize {
    at.saturating_sub(SIBLINGS / 2).min(all.saturating_sub(SIBLINGS))
}

/// The table of contents: headings of levels 2 to 4.
pub fn toc(headings: &[Heading]) -> Vec<TocEntry> {
    let entry =
        |h: &Heading| TocEntry { level: h.level, title: h.text.clone(), anchor: h.anchor.clone() };
    headings.iter().filter(|h| (2..=4).contains(&h.level)).map(entry).collect()
}

fn section_crumb(site: &Site<'_>, route: &RelPath, kind: RecordKind) -> Link {
    let href = site.href(route, &site.route.index(kind));
    Link { title: section_title(kind).to_owned(), href }
}

fn section_title(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Gap => "Gaps",
        RecordKind::Decision => "Decisions",
        RecordKind::Research => "Research",
        RecordKind::Schema | RecordKind::Symbol => "Schemas",
        RecordKind::Document | RecordKind::Ledger | RecordKind::Diagram | RecordKind::Entry(_) => {
            "Documents"
        }
    }
}

fn sections(site: &Site<'_>, route: &RelPath, kind: Option<RecordKind>) -> Vec<NavLink> {
    let kinds = [
        RecordKind::Gap,
        RecordKind::Document,
        RecordKind::Decision,
        RecordKind::Research,
        RecordKind::Schema,
    ];
    // A section without any record is no way to go.
    let held = |section: &RecordKind| {
        let title = section_title(*section);
        *route == site.route.index(*section)
            || site.lookups.kinds.iter().any(|k| section_title(*k) == title)
    };
    let of_kind = kinds.into_iter().filter(held).map(|section| {
        let index = site.route.index(section);
        let current =
            *route == index || kind.is_some_and(|k| section_title(k) == section_title(section));
        let title = section_title(section).to_owned();
        NavLink { title, href: site.href(route, &index), current, pages: 0 }
    });
    let mut sections: Vec<NavLink> = of_kind.collect();
    // What is derived from the gaps stands beside them.
    if site.graph.metrics.overall.total() > 0 {
        let derived = [("Drift", site.route.drift(1)), ("Plan", site.route.plan(1))];
        let links = derived.map(|(title, page)| NavLink {
            title: title.to_owned(),
            href: site.href(route, &page),
            current: *route == page,
            pages: 0,
        });
        sections.splice(1..1, links);
    }
    sections
}

/// The absolute address of a page; folders stand for their index.
pub fn canonical(site: &Site<'_>, route: &RelPath) -> Option<String> {
    let base = site.base_url?.trim_end_matches('/');
    let page = route.relative_to(&site.route.home());
    let folder = page.strip_suffix("index.html").filter(|f| f.is_empty() || f.ends_with('/'));
    Some(format!("{base}/{}", folder.unwrap_or(&page)))
}

/// Makes the addresses of the frame of a page at the root begin at the root, so that the page can be
/// shown at any depth.
pub fn from_root(frame: &mut Frame) {
    let absolute = |href: &mut String| {
        if !href.contains("://") {
            href.insert(0, '/');
        }
    };
    frame.root = "/".to_owned();
    frame.breadcrumbs.iter_mut().for_each(|link| absolute(&mut link.href));
    frame.sections.iter_mut().for_each(|link| absolute(&mut link.href));
}
