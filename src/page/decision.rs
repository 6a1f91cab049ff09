//! The decision log, and one decision.

use std::sync::Arc;

use super::{
    bare, document, frame,
    model::{DecisionIndex, DecisionView, Page, RelationRow, Text, TitleIs, View},
    rows,
    site::Site,
};
use crate::{
    graph::{
        decisions::{self, Related},
        record::{Part, RecordIx, RecordKind},
    },
    model::{decision::RelationKind, source::Body},
    path::RelPath,
    text::LineIndex,
};

/// The log.
pub fn index(site: &Site<'_>) -> Page {
    let route = site.route.index(RecordKind::Decision);
    let mut decisions: Vec<RecordIx> = site.of_kind(RecordKind::Decision).collect();
    decisions.sort_by_key(|ix| {
        let record = site.record(*ix);
        let number = decisions::decision_of(site.corpus, record).and_then(|d| d.number);
        (record.path.parent(), number.unwrap_or(u32::MAX), *ix)
    });
    let decisions = decisions.into_iter().map(|ix| rows::decision(site, &route, ix)).collect();
    bare(site, route, "Decisions", View::DecisionIndex(DecisionIndex { decisions }))
}

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
    let view = View::Decision(DecisionView {
        row: rows::decision(site, &route, ix),
        relations: relations(site, &route, ix),
        chain: match chain.as_slice() {
            [_] => Vec::new(),
            chain => chain.iter().map(|other| rows::decision(site, &route, *other)).collect(),
        },
    });
    Page {
        origin: Some(record.path.clone()),
        route,
        frame,
        view,
        texts: text.map(|text| ("content".into(), text)).into_iter().collect(),
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
    for related in &site.graph.decisions.all {
        let Related { from, kind, to, raw, .. } = related;
        if *from == ix {
            push(row(said(*kind), *to, raw));
        } else if *to == Some(ix) {
            push(row(said(mirrored(*kind)), Some(*from), raw));
        }
    }
    rows
}

fn said(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::Supersedes => "supersedes",
        RelationKind::SupersededBy => "superseded by",
        RelationKind::Amends => "amends",
        RelationKind::AmendedBy => "amended by",
        RelationKind::Relates => "relates to",
    }
}

fn mirrored(kind: RelationKind) -> RelationKind {
    match kind {
        RelationKind::Supersedes => RelationKind::SupersededBy,
        RelationKind::SupersededBy => RelationKind::Supersedes,
        RelationKind::Amends => RelationKind::AmendedBy,
        RelationKind::AmendedBy => RelationKind::Amends,
        RelationKind::Relates => RelationKind::Relates,
    }
}
