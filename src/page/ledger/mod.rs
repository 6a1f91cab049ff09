//! The page of a gap analysis: what its gaps come to, the gaps with claim and finding, a table for
//! each other kind of record, and the text itself.

mod effort;
pub mod layout;
mod phases;
mod table;

use layout::{Layout, List};

use super::{
    board, claims, document, frame,
    model::{
        Backlink, Count, Document, Frame, GapRow, HeldGap, LedgerView, LineLink, Link, Page,
        TocEntry, View,
    },
    rows,
    site::Site,
    sought,
};
use crate::{
    graph::{
        coverage,
        record::{Part, RecordIx, RecordKind},
        targets,
    },
    model::{ledger::Effort, source::Facts},
    path::RelPath,
};

/// So many words of one claim are shown; the page of the gap has all.
const CLAIMS: usize = 2;

/// One page of a ledger, counted from 1. Its text is on the first, unless it has one of its own.
pub fn page(site: &Site<'_>, ix: RecordIx, n: usize) -> Page {
    let record = site.record(ix);
    let outline = site.outline(ix);
    let layout = &site.lookups.ledgers[&ix];
    let first = site.route.of(ix);
    let route = site.route.further(first, n);
    let place = Place::new(site, &route, (ix, layout), n);
    let answers = site.graph.gaps.iter();
    let answers: Vec<RecordIx> = answers
        .filter(|(_, finding)| finding.targets.iter().any(|t| t.found.contains(&ix)))
        .map(|(gap, _)| *gap)
        .collect();
    let covers = &answers[layout.window(List::Covers, n)];
    let covers: Vec<GapRow> = covers.iter().map(|gap| rows::gap(site, &route, *gap)).collect();
    let here = layout.window(List::Gaps, n);
    let gaps = &place.gaps;
    let tables = match &outline.facts {
        Facts::Ledger(ledger) => {
            let plan = site.graph.schedules.get(&record.file);
            table::tables(&place, ledger, plan)
        }
        _ => Vec::new(),
    };
    let coverage = site.graph.metrics.ledger(ix).filter(|group| group.tally.total() > 0);
    let view = LedgerView {
        date: outline.front.date.clone(),
        tags: outline.front.tags.clone(),
        coverage: coverage.map(|group| rows::tally(site, &route, group)),
        sought: gaps.is_empty().then(|| sought::of(site, &route)),
        targets: targets::count(gaps.iter().map(|gap| &site.graph.gaps[gap])),
        held: gaps.len(),
        gaps_shown: (here.len() < gaps.len()).then_some((here.start + 1, here.end)),
        gaps: gaps[here].iter().map(|gap| held(&place, *gap)).collect(),
        lines_href: place.lines.clone(),
        tables,
        claims: claims::view(site, &route, record.file, |list| layout.window(list, n)),
        covers,
        answers: answers.len(),
        lists: lists(&place),
        text_href: layout.is_divided().then(|| site.href(&route, &site.route.text(first))),
        pager: board::pager(site, &route, (n, layout.pages()), |n| site.route.further(first, n)),
        page: n,
    };
    let mut frame = match n {
        1 => frame::of_record(site, ix),
        n => below(site, ix, &route, &format!("page {n}")),
    };
    frame.toc = toc(&view);
    let mut texts = Vec::new();
    if n == 1 {
        frame.backlinks.extend(entry_backlinks(site, &route, record.file));
        frame.backlinks.sort();
        frame.backlinks.dedup();
        if !layout.is_divided() {
            frame.toc.extend(frame::toc(&outline.headings));
            let text = document::body(site, &route, record.file);
            texts.extend(text.map(|text| ("content".into(), text)));
        }
    }
    let origin = Some(record.path.clone());
    Page {
        origin,
        route,
        frame,
        view: View::Ledger(Box::new(view)),
        texts,
        treatment: site.treatment,
    }
}

/// The text of a ledger whose lists leave it no room.
pub fn text(site: &Site<'_>, ix: RecordIx) -> Page {
    let record = site.record(ix);
    let outline = site.outline(ix);
    let route = site.route.text(site.route.of(ix));
    let mut frame = below(site, ix, &route, "the text");
    frame.toc = frame::toc(&outline.headings);
    let view = View::Document(Document {
        label: record.kind.label(),
        date: outline.front.date.clone(),
        tags: outline.front.tags.clone(),
        covers: Vec::new(),
        decisions: Vec::new(),
        long: document::is_long(site, record.file),
    });
    let text = document::body(site, &route, record.file);
    let texts = text.map(|text| ("content".into(), text)).into_iter().collect();
    Page { origin: Some(record.path.clone()), route, frame, view, texts, treatment: site.treatment }
}

/// The frame of a page that belongs to the page of a ledger.
fn below(site: &Site<'_>, ix: RecordIx, route: &RelPath, what: &str) -> Frame {
    let mut frame = frame::empty(site, route);
    let link = site.link(route, ix);
    frame.title = format!("{}: {what}", link.title);
    frame.breadcrumbs.push(link);
    frame.source = Some(site.record(ix).path.to_string());
    frame
}

/// The address of a list of a ledger: the page where it begins, and its place there.
pub fn list_href(
    site: &Site<'_>,
    from: &RelPath,
    ix: RecordIx,
    list: List,
    anchor: &str,
) -> String {
    let page = site.lookups.ledgers.get(&ix).map_or(1, |layout| layout.page_of(list, 0));
    let page = site.route.further(site.route.of(ix), page);
    let page = if page == *from { String::new() } else { site.href(from, &page) };
    format!("{page}#{anchor}")
}

/// Where the tables of a ledger stand, and what their rows can link to.
struct Place<'a> {
    site: &'a Site<'a>,
    route: &'a RelPath,
    ledger: RecordIx,
    layout: &'a Layout,
    /// The number of the page, from 1.
    page: usize,
    /// The address of the page of lines.
    lines: String,
    /// The gaps of the ledger, as records, in their order.
    gaps: Vec<RecordIx>,
}

impl<'a> Place<'a> {
    fn new(
        site: &'a Site<'a>,
        route: &'a RelPath,
        (ledger, layout): (RecordIx, &'a Layout),
        page: usize,
    ) -> Self {
        let file = site.record(ledger).file;
        let lines = site.route.lines(file).map(|lines| site.href(route, lines)).unwrap_or_default();
        let parts = site.graph.records.parts_of(file).iter().copied();
        let gaps = parts.filter(|part| site.record(*part).kind == RecordKind::Gap).collect();
        Self { site, route, ledger, layout, page, lines, gaps }
    }

    /// The address of the page with an entry of a list, empty where it is this one.
    fn page_href(&self, list: List, at: usize) -> String {
        let page = self.layout.page_of(list, at);
        let first = self.site.route.of(self.ledger);
        match page == self.page {
            true => String::new(),
            false => self.site.href(self.route, &self.site.route.further(first, page)),
        }
    }

    fn line(&self, number: u32) -> LineLink {
        LineLink { number, href: self.site.line_href(self.route, self.ledger, number) }
    }

    /// The gap with this place in the ledger.
    fn gap(&self, gap: usize) -> Option<Link> {
        self.gaps.get(gap).map(|ix| self.site.link(self.route, *ix))
    }
}

fn held(place: &Place<'_>, ix: RecordIx) -> HeldGap {
    let record = place.site.record(ix);
    let gap = coverage::gap_of(place.site.corpus, record);
    let mut written: Vec<String> = Vec::new();
    for mention in gap.iter().flat_map(|gap| &gap.claim.mentions) {
        if !written.contains(&mention.raw) && written.len() < CLAIMS {
            written.push(mention.raw.clone());
        }
    }
    let line = gap.and_then(|gap| gap.defined_at.first().copied()).unwrap_or(record.lines.0);
    HeldGap { row: rows::gap(place.site, place.route, ix), written, line: place.line(line) }
}

/// Every list that holds something, with how much and where it begins.
fn lists(place: &Place<'_>) -> Vec<Count> {
    let named = |list: List| match list {
        List::Gaps => Some(("Gaps", "lc-gaps".to_owned())),
        List::Contradictions => Some(("Contradictions", "lc-contradictions".to_owned())),
        List::Table(kind) => Some((table::names(kind).1, table::anchor(kind))),
        List::Covers => Some(("Gaps it answers", "lc-covers".to_owned())),
        // Figures have one heading.
        List::Differs | List::Holds | List::Open => None,
    };
    let layout = place.layout;
    let figures: Vec<(List, usize)> =
        layout.lists().filter(|(list, _)| named(*list).is_none()).collect();
    let mut counts: Vec<Count> = Vec::new();
    for (list, count) in layout.lists() {
        let (label, anchor, count) = match (named(list), figures.first()) {
            (Some((label, anchor)), _) => (label, anchor, count),
            (None, Some((first, _))) if *first == list => {
                let all = figures.iter().map(|(_, count)| count).sum();
                ("Figures it states", "lc-claims".to_owned(), all)
            }
            (None, _) => continue,
        };
        let href = format!("{}#{anchor}", place.page_href(list, 0));
        counts.push(Count { label: label.to_owned(), count, href });
    }
    counts
}

fn toc(view: &LedgerView) -> Vec<TocEntry> {
    let entry = |title: &str, anchor: &str| TocEntry {
        level: 2,
        title: title.to_owned(),
        anchor: anchor.to_owned(),
    };
    let mut toc = Vec::new();
    if view.page == 1 || !view.gaps.is_empty() {
        toc.push(entry("Gaps in this ledger", "lc-gaps"));
    }
    toc.extend(view.tables.iter().map(|table| entry(table.title, &table.anchor)));
    if view.text_href.is_none() {
        toc.push(entry("The text", "lc-text"));
    }
    toc
}

/// Who links to an entry, links to the page of its ledger.
fn entry_backlinks(site: &Site<'_>, route: &RelPath, file: usize) -> Vec<Backlink> {
    let parts = site.graph.records.parts_of(file).iter();
    let entries = parts.filter(|ix| matches!(site.record(**ix).part, Part::Entry(_)));
    entries
        .flat_map(|ix| site.graph.backlinks.to(*ix))
        .filter(|from| site.record(*from).file != file)
        .map(|from| site.backlink(route, from))
        .collect()
}

/// Days for people: no `.0`, and the word with its number.
fn days(days: f64) -> String {
    if days == 1.0 { "1 day".to_owned() } else { format!("{days} days") }
}

/// A least and a most in days: `3 to 5 days`.
fn range(effort: Effort) -> String {
    match effort.days() {
        (low, high) if low == high => days(high),
        (low, high) => format!("{low} to {}", days(high)),
    }
}
