//! The decision log, and one decision.

mod chain;
mod log;
mod rests;
mod timeline;

use std::sync::Arc;

pub use log::{index, pages};

use super::{
    document, frame,
    model::{DecisionView, Page, RelationRow, Text, TitleIs, View},
    rows,
    site::Site,
    view as embedded,
};
use crate::{
    graph::{
        decisions::{self, Related},
        record::{Part, RecordIx},
    },
    model::{
        decision::{Extent, RelationKind},
        source::Body,
    },
    path::RelPath,
    text::LineIndex,
};

/// One decision.
pub fn page(site: &Site<'_>, ix: RecordIx) -> Page {
    let record = site.record(ix);
    let outline = site.outline(ix);
    let route = site.route.of(ix).clone();
    let mut frame = frame::of_record(site, ix);
    let text = match record.part {
        Part::Whole => {
            frame.toc = frame::toc(&outline.headings);
            document::body(site, &route, record.file)
        }
        _ => {
            let (first, last) = record.lines;
            let inside: Vec<_> = outline
                .headings
                .iter()
                .filter(|h| (first + 1..=last).contains(&h.line))
                .cloned()
                .collect();
            frame.toc = frame::toc(&inside);
            part(site, &route, record.file, record.lines)
        }
    };
    let chain = site.graph.decisions.chain(ix);
    let (rests, lists) = rests::rests(site, &route, ix);
    // What rests on the decision is said with more words than a list of links has.
    frame.backlinks.clear();
    let decision = decisions::decision_of(site.corpus, record);
    let by = site.graph.decisions.superseded(ix);
    let drawing = if chain.len() > 2 { chain::drawing(site, &route, &chain) } else { None };
    let view = View::Decision(DecisionView {
        row: rows::decision(site, &route, ix),
        deciders: decision
            .and_then(|decision| decision.deciders.as_ref())
            .map(|deciders| deciders.value.clone())
            .unwrap_or_default(),
        superseded: by.is_some(),
        superseded_by: by.into_iter().flatten().map(|by| site.link(&route, *by)).collect(),
        rests,
        lists,
        relations: relations(site, &route, ix),
        chain: match chain.as_slice() {
            [_] => Vec::new(),
            chain => chain::steps(site, &route, chain),
        },
    });
    let content = text.map(|text| ("content".into(), text));
    let drawn = drawing.map(|drawing| ("chain".into(), drawing));
    Page {
        origin: Some(record.path.clone()),
        route,
        frame,
        view,
        texts: content.into_iter().chain(drawn).collect(),
        treatment: site.treatment,
    }
}

/// The lines of one decision in a file of many.
fn part(site: &Site<'_>, route: &RelPath, file: usize, lines: (u32, u32)) -> Option<Text> {
    let Body::Markdown { text, start: body } = &site.bodies[file] else { return None };
    let index = LineIndex::new(text);
    let start = index.span(lines.0, text).start;
    let end = index.span(lines.1, text).end;
    Some(Text::Markdown {
        text: text.clone(),
        body: *body,
        part: start..end.max(start),
        links: Arc::new(site.text_links(route, file)),
        marks: Arc::default(),
        views: Arc::new(embedded::views(site, route, file)),
        title: TitleIs::InFrame,
    })
}

/// What this decision states of others, and others of it.
fn relations(site: &Site<'_>, route: &RelPath, ix: RecordIx) -> Vec<RelationRow> {
    let row = |label: &'static str, other: Option<RecordIx>, raw: &str| RelationRow {
        label,
        title: other.map_or_else(|| raw.to_owned(), |other| site.title_of(other)),
        href: other.map(|other| site.record_href(route, other)),
    };
    let mut rows: Vec<RelationRow> = Vec::new();
    let mut push = |new: RelationRow| {
        if !rows.contains(&new) {
            rows.push(new);
        }
    };
    for Related { from, kind, extent, to, raw, .. } in site.graph.decisions.of(ix) {
        if *from == ix {
            push(row(said(*kind, *extent), *to, raw));
        } else if *to == Some(ix) {
            push(row(said(kind.mirrored(), *extent), Some(*from), raw));
        }
    }
    rows
}

fn said(kind: RelationKind, extent: Extent) -> &'static str {
    match (kind, extent) {
        (RelationKind::Supersedes, Extent::Whole) => "supersedes",
        (RelationKind::Supersedes, Extent::Part) => "supersedes in part",
        (RelationKind::SupersededBy, Extent::Whole) => "superseded by",
        (RelationKind::SupersededBy, Extent::Part) => "superseded in part by",
        (RelationKind::Amends, _) => "amends",
        (RelationKind::AmendedBy, _) => "amended by",
        (RelationKind::Relates, _) => "relates to",
    }
}
