//! Answers the views of a document, with addresses.

use std::collections::BTreeMap;

use super::{
    model::{
        EmbeddedView, LayerNode, Layers, Link, ViewAnswer, ViewContent, ViewCount, ViewData,
        ViewProblem, ViewRow,
    },
    site::Site,
};
use crate::{
    graph::{
        record::{RecordIx, RecordKind},
        view::{self, Answer, Row, natural},
    },
    model::view::{Embedded, Kind, Problem, Query, Shape},
    path::RelPath,
    text::{LineIndex, Span},
};

/// So many values have a bar, a slice or a column of their own; the others are counted together.
const VALUES: usize = 12;

/// So many letters of a title fit a box.
const LETTERS: usize = 28;

/// The views of a file, seen from a page, by place.
pub fn views(site: &Site<'_>, from: &RelPath, file: usize) -> Vec<EmbeddedView> {
    let views = &site.corpus.outlines[file].views;
    views.iter().map(|view| one(site, from, file, view)).collect()
}

fn one(site: &Site<'_>, from: &RelPath, file: usize, view: &Embedded) -> EmbeddedView {
    let text = site.bodies[file].text();
    let wrong = |problems: &[Problem]| {
        let index = LineIndex::new(text);
        let problem = |problem: &Problem| ViewProblem {
            place: index.position(problem.span.start, text),
            message: problem.message.clone(),
            help: problem.help.clone(),
        };
        ViewContent::Wrong(problems.iter().map(problem).collect())
    };
    let content = match &view.query {
        None => wrong(&view.problems),
        Some(query) => match view::answer(site.corpus, site.graph, query) {
            Ok(answer) => ViewContent::Answer(shown(site, from, query, answer)),
            Err(message) => {
                let span = query.condition.as_ref().map_or(Span::default(), |(_, span)| *span);
                let help = "compare values of one type".to_owned();
                wrong(&[Problem { span, message, help }])
            }
        },
    };
    EmbeddedView { start: view.span.start, content }
}

fn shown(site: &Site<'_>, from: &RelPath, query: &Query, answer: Answer) -> ViewAnswer {
    let data = match query.shape {
        Shape::Table | Shape::List => ViewData::Rows {
            columns: query.columns.clone(),
            rows: answer.rows.iter().map(|row| in_columns(site, from, query, row)).collect(),
        },
        Shape::Bar | Shape::Pie => counts(query.by[0], &answer.rows),
        Shape::Matrix => matrix((query.by[0], query.by[1]), &answer.rows),
        Shape::Graph => ViewData::Graph(drawing(site, from, query, &answer.rows)),
    };
    let name = query.kind.name();
    ViewAnswer {
        kind: query.kind,
        shape: query.shape,
        total: answer.total,
        shown: answer.rows.len(),
        all: Link { title: format!("All {name}"), href: site.href(from, &list(site, query.kind)) },
        data,
    }
}

/// The page that lists all records of a kind.
fn list(site: &Site<'_>, kind: Kind) -> RelPath {
    match kind {
        Kind::Records => site.route.all(None),
        Kind::Gaps => site.route.index(RecordKind::Gap),
        Kind::Decisions => site.route.index(RecordKind::Decision),
        Kind::Chunks => site.route.index(RecordKind::Research),
        Kind::Symbols => site.route.index(RecordKind::Schema),
        // What ledgers hold is listed by each of them.
        _ => site.route.index(RecordKind::Document),
    }
}

fn in_columns(site: &Site<'_>, from: &RelPath, query: &Query, row: &Row) -> ViewRow {
    let cell = |column: &&'static str| row.fields.get(column).map_or(String::new(), |f| f.words());
    ViewRow {
        href: site.record_href(from, row.ix),
        cells: query.columns.iter().map(cell).collect(),
    }
}

/// The values of a field in a record; a record that says nothing counts as such.
fn values(row: &Row, field: &str) -> Vec<String> {
    let values = row.fields.get(field).map(|field| field.values()).unwrap_or_default();
    if values.is_empty() { vec![String::new()] } else { values }
}

fn counted(rows: &[Row], field: &'static str) -> Vec<ViewCount> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for value in rows.iter().flat_map(|row| values(row, field)) {
        *counts.entry(value).or_default() += 1;
    }
    let count = |(value, count)| ViewCount { value, count };
    let mut counts: Vec<ViewCount> = counts.into_iter().map(count).collect();
    counts.sort_by(|one, other| {
        other.count.cmp(&one.count).then_with(|| natural(&one.value, &other.value))
    });
    counts
}

fn counts(field: &'static str, rows: &[Row]) -> ViewData {
    let mut counts = counted(rows, field);
    if counts.len() > VALUES {
        let rest: usize = counts.drain(VALUES - 1..).map(|count| count.count).sum();
        counts.push(ViewCount { value: "others".to_owned(), count: rest });
    }
    ViewData::Counts { field, counts: counts.into_iter().map(told).collect() }
}

fn told(count: ViewCount) -> ViewCount {
    ViewCount { value: named(count.value), ..count }
}

fn named(value: String) -> String {
    if value.is_empty() { "none".to_owned() } else { value }
}

fn matrix(fields: (&'static str, &'static str), rows: &[Row]) -> ViewData {
    let axis = |field: &'static str, most: usize| {
        let mut values = counted(rows, field);
        values.truncate(most);
        let mut values: Vec<String> = values.into_iter().map(|count| count.value).collect();
        // What says nothing comes last.
        values.sort_by(|a, b| a.is_empty().cmp(&b.is_empty()).then_with(|| natural(a, b)));
        values
    };
    let (across, down) = (axis(fields.1, VALUES), axis(fields.0, 4 * VALUES));
    let number = |row: &str, column: &str| {
        let has = |record: &&Row| {
            values(record, fields.0).iter().any(|value| value == row)
                && values(record, fields.1).iter().any(|value| value == column)
        };
        rows.iter().filter(has).count()
    };
    let line = |row: &String| {
        let numbers = across.iter().map(|column| number(row, column)).collect();
        (named(row.clone()), numbers)
    };
    let rows = down.iter().map(line).collect();
    ViewData::Matrix { fields, columns: across.into_iter().map(named).collect(), rows }
}

/// Gaps by what they depend on, everything else by its links.
fn drawing(site: &Site<'_>, from: &RelPath, query: &Query, rows: &[Row]) -> Layers {
    let node = |row: &Row| {
        let record = site.record(row.ix);
        let title = site.title_of(row.ix);
        let label = if record.kind == RecordKind::Gap { record.id.clone() } else { title.clone() };
        let cut: String = label.chars().take(LETTERS).collect();
        let state = site.graph.gaps.get(&row.ix).map_or("", |gap| gap.coverage.name());
        LayerNode {
            label: if cut.len() < label.len() { format!("{}…", cut.trim_end()) } else { cut },
            href: site.record_href(from, row.ix),
            current: false,
            kind: record.kind.label(),
            name: title,
            state,
        }
    };
    let at: BTreeMap<RecordIx, usize> =
        rows.iter().enumerate().map(|(n, row)| (row.ix, n)).collect();
    let mut edges = Vec::new();
    for (n, row) in rows.iter().enumerate() {
        if query.kind == Kind::Gaps {
            let needs = site.graph.gaps[&row.ix].depends_on.iter();
            let needed = needs.filter_map(|(_, to)| at.get(&(*to)?));
            edges.extend(needed.map(|to| (n, *to)));
        } else {
            let linked = site.graph.backlinks.to(row.ix).filter_map(|other| at.get(&other));
            edges.extend(linked.map(|other| (*other, n)));
        }
    }
    edges.retain(|(one, other)| one != other);
    edges.sort_unstable();
    edges.dedup();
    let title = format!("{} and what leads to what", query.kind.name());
    Layers { title, nodes: rows.iter().map(node).collect(), edges }
}
