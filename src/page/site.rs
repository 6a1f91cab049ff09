//! The corpus, the graph and the addresses together: what a page's model is made from.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    feed, file,
    ledger::layout::Layout,
    lookups::{self, Lookups},
    model::{Backlink, Link, TextLink},
    route::Routes,
};
use crate::{
    evidence::{self, Evidence},
    graph::{
        Corpus, Graph,
        citation::Cited,
        link::{Dest, Form, ResolvedLink},
        record::{Part, Record, RecordIx, RecordKind},
        symbols,
    },
    model::{
        history::History,
        source::{Body, Kind, Outline},
        treatment::Treatment,
        version::Version,
    },
    path::RelPath,
    text::parts,
};

/// Everything a page's model is made from: a view of what is owned elsewhere, made anew at no cost.
#[derive(Clone, Copy, Debug)]
pub struct Site<'a> {
    /// The site's title.
    pub title: &'a str,
    /// Where it is published.
    pub base_url: Option<&'a str>,
    /// Which version it is, when it lies beside others.
    pub version: Option<&'a Version>,
    /// Whether every page has a twin in Markdown.
    pub twins: bool,
    /// Whether its tables lie beside it as files.
    pub tables: bool,
    /// How its texts are treated.
    pub treatment: Treatment,
    /// The outlines.
    pub corpus: Corpus<'a>,
    /// What version control tells; empty unless the configuration asks for it.
    pub history: &'a History,
    /// The bodies, beside the outlines.
    pub bodies: &'a [Body],
    /// The graph.
    pub graph: &'a Graph,
    /// Addresses.
    pub route: &'a Routes,
    /// Look-ups.
    pub lookups: &'a Lookups,
    /// Files that are no records and that documents link to, as far as they were read.
    pub shown: &'a BTreeMap<RelPath, FileText>,
    /// What [`Site::evidence`] gives.
    pub evidence: &'a evidence::Kept,
}

/// A file that is no record, read to be shown.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum FileText {
    /// It is text.
    Text(Arc<str>),
    /// It holds bytes that no text has.
    Binary,
    /// It is longer than a page should be.
    TooLong,
    /// It could not be read.
    Unreadable,
}

impl<'a> Site<'a> {
    /// The record.
    pub fn record(&self, ix: RecordIx) -> &'a Record {
        self.graph.records.get(ix)
    }

    /// The outline of a record's file.
    pub fn outline(&self, ix: RecordIx) -> &'a Outline {
        &self.corpus.outlines[self.record(ix).file]
    }

    /// The records beside a record, itself among them.
    pub fn group_with(&self, ix: RecordIx) -> &'a [RecordIx] {
        &self.lookups.groups[self.lookups.group_of[ix.0]]
    }

    /// All records of a kind, in order.
    pub fn of_kind(&self, kind: RecordKind) -> impl Iterator<Item = RecordIx> + '_ {
        self.graph.records.iter().filter(move |(_, r)| r.kind == kind).map(|(ix, _)| ix)
    }

    /// Whether a file is shown by its lines.
    pub fn is_lines(&self, file: usize) -> bool {
        matches!(self.bodies[file], Body::Lines(_))
    }

    /// Whether a symbol is declared inside another one.
    pub fn is_nested(&self, ix: RecordIx) -> bool {
        lookups::is_nested(self.corpus, self.graph, ix)
    }

    /// Whether cited lines say what they are cited for, and which lines are cited at all.
    pub fn evidence(&self) -> &'a Evidence {
        self.evidence.of(self.corpus, self.bodies, self.graph)
    }

    /// Whether a symbol was declared before elsewhere.
    pub fn is_repeated_symbol(&self, ix: RecordIx) -> bool {
        self.lookups.repeated.contains(&ix)
    }

    /// Files with a page of their lines beside another one: research, ledgers, whatever is cited by
    /// lines, and schemas.
    pub fn line_pages(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.corpus.outlines.len()).filter(|file| self.has_line_page(*file))
    }

    /// Whether a file has a page of its lines beside another one.
    pub fn has_line_page(&self, file: usize) -> bool {
        if matches!(self.bodies[file], Body::Proto(_)) {
            return true;
        }
        let markdown = matches!(self.bodies[file], Body::Markdown { .. });
        let kind = self.corpus.outlines[file].classified.kind;
        let by_lines = matches!(kind, Kind::Research | Kind::Ledger);
        markdown && (by_lines || self.lookups.cited.contains_key(&file))
    }

    /// Cited ranges of a file and who cites them.
    pub fn cited_ranges(
        &self,
        file: usize,
    ) -> impl Iterator<Item = ((u32, u32), Vec<RecordIx>)> + '_ {
        self.lookups
            .cited
            .get(&file)
            .into_iter()
            .flatten()
            .map(|(range, by)| (*range, by.iter().copied().collect()))
    }

    /// Who cites a file without lines.
    pub fn cited_whole(&self, file: usize) -> impl Iterator<Item = RecordIx> + '_ {
        self.lookups.cited_whole.get(&file).into_iter().flatten().copied()
    }

    /// How many records cite a file, by lines or as a whole.
    pub fn citations(&self, file: usize) -> usize {
        let by_lines = self.cited_ranges(file).map(|(_, by)| by.len()).sum::<usize>();
        by_lines + self.cited_whole(file).count()
    }

    /// The address of a route, seen from a page.
    pub fn href(&self, from: &RelPath, to: &RelPath) -> String {
        to.relative_to(from)
    }

    /// A link to a record's page.
    pub fn link(&self, from: &RelPath, ix: RecordIx) -> Link {
        Link { title: self.title_of(ix), href: self.record_href(from, ix) }
    }

    /// The address of a record's page.
    pub fn record_href(&self, from: &RelPath, ix: RecordIx) -> String {
        let record = self.record(ix);
        let place = record.anchor.as_deref().filter(|_| matches!(record.part, Part::Entry(_)));
        with_anchor(self.href(from, &self.page_of(ix)), place)
    }

    /// The page on which a record stands.
    pub fn page_of(&self, ix: RecordIx) -> RelPath {
        match self.record(ix).part {
            Part::Entry(n) => self.page_of_entry(self.record(ix).file, n),
            _ => self.route.of(ix).clone(),
        }
    }

    /// The page on which an entry of a ledger stands, by its place in the ledger.
    pub fn page_of_entry(&self, file: usize, n: usize) -> RelPath {
        let ledger = self.graph.records.of_file(file);
        let page = self.lookups.ledgers.get(&ledger).map_or(1, |layout| layout.page_of_entry(n));
        self.route.further(self.route.of(ledger), page)
    }

    /// The page with the text of a record.
    pub fn text_route(&self, ix: RecordIx) -> RelPath {
        let first = self.route.of(ix);
        let apart = self.lookups.ledgers.get(&ix).is_some_and(Layout::is_divided);
        if apart { self.route.text(first) } else { first.clone() }
    }

    /// The address of a place in the text of a record, or of a member of a symbol.
    pub fn place_href(&self, from: &RelPath, ix: RecordIx, anchor: &str) -> String {
        if let Some((_, symbol)) = self.symbol(ix).filter(|_| !self.is_repeated_symbol(ix)) {
            let page = self.route.further(self.route.of(ix), symbol.page_of(anchor));
            return format!("{}#{anchor}", self.href(from, &page));
        }
        let record = self.record_href(from, ix);
        if record.contains('#') {
            return record;
        }
        format!("{}#{anchor}", self.href(from, &self.text_route(ix)))
    }

    /// One page of the lines of a file, from 1, where these have pages.
    pub fn lines_route(&self, file: usize, page: usize) -> Option<RelPath> {
        let first = self.route.lines(file).filter(|_| self.has_line_page(file))?;
        Some(self.route.further(first, page))
    }

    /// The page of a line of a file, where lines have pages.
    fn route_of_line(&self, file: usize, line: u32) -> Option<RelPath> {
        self.lines_route(file, parts::of_line(&self.corpus.outlines[file].divisions, line))
    }

    /// A record's title for lists; decisions carry their id.
    pub fn title_of(&self, ix: RecordIx) -> String {
        let record = self.record(ix);
        match record.kind {
            RecordKind::Decision
                if !record.title.starts_with(&record.id) && !record.id.contains('/') =>
            {
                format!("{}: {}", record.id, record.title)
            }
            _ => record.title.clone(),
        }
    }

    /// A record as somebody who links here.
    pub fn backlink(&self, from: &RelPath, ix: RecordIx) -> Backlink {
        let Link { title, href } = self.link(from, ix);
        Backlink { kind: self.record(ix).kind.label(), title, href }
    }

    /// The address of cited lines or sections, seen from a page.
    pub fn cited_href(
        &self,
        from: &RelPath,
        ix: Option<RecordIx>,
        cited: &Cited,
    ) -> Option<String> {
        if !cited.state.holds() {
            return None;
        }
        let Some(ix) = ix else {
            return cited.path.as_ref().and_then(|path| self.file_href(from, path, cited.lines));
        };
        let file = self.record(ix).file;
        if let Some((start, end)) = cited.lines {
            let fragment = format!("#L{start}-L{end}");
            if self.is_lines(file) {
                return Some(self.record_href(from, ix) + &fragment);
            }
            if let Some(route) = self.route_of_line(file, start) {
                return Some(self.href(from, &route) + &fragment);
            }
        }
        let anchor = cited.anchor.as_ref().filter(|_| !self.is_lines(file));
        Some(match anchor {
            Some(anchor) => self.place_href(from, ix, anchor),
            None => self.record_href(from, ix),
        })
    }

    /// The address of a line of a record's file: on the page of its lines where it has one, else
    /// the record's page.
    pub fn line_href(&self, from: &RelPath, ix: RecordIx, line: u32) -> String {
        let file = self.record(ix).file;
        match self.route_of_line(file, line) {
            Some(route) => format!("{}#L{line}", self.href(from, &route)),
            None if self.is_lines(file) => {
                format!("{}#L{line}", self.record_href(from, self.graph.records.of_file(file)))
            }
            None => self.record_href(from, ix),
        }
    }

    /// The address of what a reference leads to, seen from a page.
    pub fn dest_href(&self, from: &RelPath, dest: &Dest) -> Option<String> {
        match dest {
            Dest::Record(ix, Some(anchor)) => Some(self.place_href(from, *ix, anchor)),
            Dest::Record(ix, None) => Some(self.record_href(from, *ix)),
            Dest::NoAnchor(ix, _) => Some(self.record_href(from, *ix)),
            Dest::Asset(path, lines) => self.file_href(from, path, *lines),
            Dest::Cited(ix, cited) => self.cited_href(from, *ix, cited),
            Dest::Web(url) => Some(url.clone()),
            Dest::Folder(folder) => Some(self.folder_href(from, folder)),
            Dest::Hidden(_) => None,
            Dest::UnknownId | Dest::AmbiguousId(_) | Dest::NoFile(_) => None,
        }
    }

    /// The address of a folder: its section, its place on the web, else a page that lists it.
    fn folder_href(&self, from: &RelPath, folder: &RelPath) -> String {
        if let Some(n) = self.graph.navigation.of_folder(folder.as_str()) {
            return super::section::href(self, from, n);
        }
        let web = self.corpus.repository.and_then(|repository| repository.folder(folder));
        web.unwrap_or_else(|| self.href(from, &self.route.folder(folder)))
    }

    /// The address of a file that is no record: the copy of it, its place on the web, else the page
    /// that shows it.
    fn file_href(
        &self,
        from: &RelPath,
        path: &RelPath,
        lines: Option<(u32, u32)>,
    ) -> Option<String> {
        if file::is_copied(path) {
            return is_published(path).then(|| self.href(from, path));
        }
        let web = self.corpus.repository.and_then(|repository| repository.file(path, lines));
        Some(web.unwrap_or_else(|| {
            let anchor = lines.map(|(start, end)| file::anchor(start, end));
            with_anchor(self.href(from, &self.route.file(path)), anchor.as_deref())
        }))
    }

    /// The address of a file in a list, if it has one.
    pub fn shown_href(&self, from: &RelPath, path: &RelPath) -> Option<String> {
        if let Some(file) = self.file(path) {
            return Some(self.record_href(from, self.graph.records.of_file(file)));
        }
        self.shown.contains_key(path).then(|| self.href(from, &self.route.file(path)))
    }

    /// The lines of a file that documents link to.
    pub fn linked_lines(&self, path: &RelPath) -> BTreeSet<(u32, u32)> {
        self.lookups.linked.get(path).cloned().unwrap_or_default()
    }

    /// Folders without documents that documents link to, where the web has no page for them.
    pub fn folders_to_show(&self) -> BTreeSet<&'a RelPath> {
        let folder = |link: &'a ResolvedLink| match &link.to {
            Dest::Folder(folder) => Some(folder),
            _ => None,
        };
        let known = |folder: &&RelPath| {
            self.graph.navigation.of_folder(folder.as_str()).is_none()
                && self.corpus.repository.and_then(|r| r.folder(folder)).is_none()
        };
        self.graph.links.iter().filter_map(folder).filter(known).collect()
    }

    /// The first files below a folder, and how many more there are.
    pub fn files_in(&self, folder: &RelPath, most: usize) -> (Vec<&'a RelPath>, usize) {
        let below = format!("{folder}/");
        let is_below = |path: &&'a RelPath| path.as_str().starts_with(&below);
        let records = self.corpus.outlines.iter().map(|outline| &outline.path);
        let mut files: Vec<&RelPath> = records.chain(self.corpus.assets).filter(is_below).collect();
        files.sort();
        let more = files.len().saturating_sub(most);
        files.truncate(most);
        (files, more)
    }

    /// The short address of a record that has an id of its own, which no path made. The address of
    /// a symbol is made of its name already. Ids that differ by letter case alone share the
    /// spelling of the first.
    pub fn short_address(&self, ix: RecordIx) -> Option<RelPath> {
        let has_own = |ix: RecordIx| {
            let record = self.record(ix);
            record.id != record.path.as_str() && record.kind != RecordKind::Symbol
        };
        let same = self.graph.records.named(&self.record(ix).id).iter().copied();
        let first = same.filter(|same| has_own(*same)).min().unwrap_or(ix);
        has_own(ix).then(|| self.route.short(&self.record(first).id))
    }

    /// A document's name in lists of its section: short, where it or its table of contents gives one.
    pub fn nav_title(&self, ix: RecordIx) -> String {
        let label = self.graph.navigation.label(ix);
        label.map_or_else(|| self.title_of(ix), str::to_owned)
    }

    /// The resolved references of a file, seen from a page, by place, each place once.
    pub fn text_links(&self, from: &RelPath, file: usize) -> Vec<TextLink> {
        let mut links: Vec<TextLink> = self
            .graph
            .links
            .of_file(file)
            .iter()
            .filter(|link| link.form != Form::Evidence)
            .map(|link| self.text_link(from, link))
            .collect();
        links.sort_by_key(|link| (link.start, link.end));
        links.dedup_by_key(|link| link.start);
        links
    }

    fn text_link(&self, from: &RelPath, link: &ResolvedLink) -> TextLink {
        let target = link.to.record(&self.graph.records);
        TextLink {
            start: link.span.start,
            end: link.span.end,
            href: match &link.to {
                // What is shown in the text has to be beside it, whatever it is.
                Dest::Asset(path, _) if link.form == Form::Image => {
                    is_published(path).then(|| self.href(from, path))
                }
                to => self.dest_href(from, to),
            },
            title: target.map(|ix| self.title_of(ix)).unwrap_or_default(),
            kind: target.map_or("", |ix| self.record(ix).kind.label()),
        }
    }

    /// Files that pages use and that are copied beside them.
    pub fn used_assets(&self) -> BTreeSet<&'a RelPath> {
        let copied = |(path, form, _): (&'a RelPath, Form, _)| {
            let is_copied = form == Form::Image || file::is_copied(path);
            (is_copied && is_published(path)).then_some(path)
        };
        self.graph.links.iter().filter_map(asset).filter_map(copied).collect()
    }

    /// The lines of a file's text.
    pub fn lines_of(&self, file: usize) -> impl Iterator<Item = &'a str> + use<'a> {
        self.bodies[file].text().lines()
    }

    /// The file with this path.
    pub fn file(&self, path: &RelPath) -> Option<usize> {
        self.corpus.outlines.binary_search_by(|outline| outline.path.cmp(path)).ok()
    }

    /// The symbol that a type name means inside a symbol's scope.
    pub fn symbol_named(&self, scope: &str, name: &str) -> Option<RecordIx> {
        self.graph.symbols.resolve(scope, name)
    }

    /// The schema and the declaration of a symbol.
    pub fn symbol(
        &self,
        ix: RecordIx,
    ) -> Option<(&'a crate::model::schema::Schema, &'a crate::model::schema::Symbol)> {
        symbols::symbol_of(self.corpus, &self.graph.records, ix)
    }

    /// The feed, which needs the address of the site (RFC 4287) and something to tell.
    pub fn feed(&self) -> Option<RelPath> {
        (self.base_url.is_some() && self.lookups.is_dated).then(feed::route)
    }

    /// The absolute address of what stands at `href`, seen from the root; none where that of the
    /// site is not known.
    pub fn absolute(&self, href: &str) -> Option<String> {
        self.base_url.map(|base| format!("{}/{href}", base.trim_end_matches('/')))
    }

    /// From the page for missing addresses to the root: it is served at any depth, so only an
    /// absolute address would do; without a base address the root itself is taken.
    pub fn root_of_not_found(&self) -> String {
        self.base_url.map_or(String::new(), |url| format!("{}/", url.trim_end_matches('/')))
    }
}

/// A file that is no record, how it is linked, and which lines of it.
pub(super) type LinkedFile<'a> = (&'a RelPath, Form, Option<(u32, u32)>);

/// The file that is no record to which a link leads, with its lines.
pub(super) fn asset(link: &ResolvedLink) -> Option<LinkedFile<'_>> {
    match &link.to {
        Dest::Asset(path, lines) => Some((path, link.form, *lines)),
        Dest::Cited(None, cited) if cited.state.holds() => {
            Some((cited.path.as_ref()?, link.form, cited.lines))
        }
        _ => None,
    }
}

/// Files that run in a browser when opened are not copied.
fn is_published(path: &RelPath) -> bool {
    !path.has_extension(&["html", "htm", "xhtml", "xht", "js", "mjs", "xml", "xsl", "wasm", "swf"])
}

fn with_anchor(href: String, anchor: Option<&str>) -> String {
    match anchor.filter(|_| !href.contains('#')) {
        Some(anchor) => format!("{href}#{anchor}"),
        None => href,
    }
}
