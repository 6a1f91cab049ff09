//! The page of a gap analysis: what its gaps come to, the gaps with claim and finding, a table for
//! each other kind of record, and the text itself.

mod effort;
mod phases;
mod table;

use super::{
    claims, frame,
    model::{Backlink, GapRow, HeldGap, LedgerView, LineLink, Link, Page, TocEntry, View},
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

/// The page of a ledger.
pub fn page(site: &Site<'_>, ix: RecordIx) -> Page {
    let record = site.record(ix);
    let outline = site.outline(ix);
    let route = site.route.of(ix).clone();
    let place = Place::new(site, &route, record.file);
    let covers: Vec<GapRow> = site
        .graph
        .gaps
        .iter()
        .filter(|(_, finding)| finding.targets.iter().any(|t| t.found.contains(&ix)))
        .map(|(gap, _)| rows::gap(site, &route, *gap))
        .collect();
    let gaps = &place.gaps;
    let tables = match &outline.facts {
        Facts::Ledger(ledger) => {
            let plan = site.graph.schedules.get(&record.file);
            table::tables(&place, ledger, plan)
        }
        _ => Vec::new(),
    };
    let view = LedgerView {
        date: outline.front.date.clone(),
        tags: outline.front.tags.clone(),
        coverage: site
            .graph
            .metrics
            .ledger(ix)
            .filter(|group| group.tally.total() > 0)
            .map(|group| rows::tally(site, &route, group)),
        sought: gaps.is_empty().then(|| sought::of(site, &route)),
        targets: targets::count(gaps.iter().map(|gap| &site.graph.gaps[gap])),
        gaps: gaps.iter().map(|gap| held(&place, *gap)).collect(),
        lines_href: place.lines.clone(),
        tables,
        claims: claims::view(site, &route, record.file),
        covers,
    };
    let mut frame = frame::of_record(site, ix);
    frame.toc = toc(&view);
    frame.toc.extend(frame::toc(&outline.headings));
    frame.backlinks.extend(entry_backlinks(site, &route, record.file));
    frame.backlinks.sort();
    frame.backlinks.dedup();
    let text = super::document::body(site, &route, record.file);
    let texts = text.map(|text| ("content".into(), text)).into_iter().collect();
    Page {
        origin: Some(record.path.clone()),
        route,
        frame,
        view: View::Ledger(Box::new(view)),
        texts,
    }
}

/// Where the tables of a ledger stand, and what their rows can link to.
struct Place<'a> {
    site: &'a Site<'a>,
    route: &'a RelPath,
    /// The address of the page of lines.
    lines: String,
    /// The gaps of the ledger, as records, in their order.
    gaps: Vec<RecordIx>,
}

impl<'a> Place<'a> {
    fn new(site: &'a Site<'a>, route: &'a RelPath, file: usize) -> Self {
        let lines = site.route.lines(file).map(|lines| site.href(route, lines)).unwrap_or_default();
        let parts = site.graph.records.parts_of(file).iter().copied();
        let gaps = parts.filter(|part| site.record(*part).kind == RecordKind::Gap).collect();
        Self { site, route, lines, gaps }
    }

    fn line(&self, number: u32) -> LineLink {
        LineLink { number, href: format!("{}#L{number}", self.lines) }
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

fn toc(view: &LedgerView) -> Vec<TocEntry> {
    let entry = |title: &str, anchor: &str| TocEntry {
        level: 2,
        title: title.to_owned(),
        anchor: anchor.to_owned(),
    };
    let mut toc = vec![entry("Gaps in this ledger", "lc-gaps")];
    toc.extend(view.tables.iter().map(|table| entry(table.title, &table.anchor)));
    toc.push(entry("The text", "lc-text"));
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
