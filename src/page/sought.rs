//! What was looked for where no gap was found: an empty list is never silent.

use super::{
    model::{Sought, SoughtFile},
    site::Site,
};
use crate::{graph::record::RecordKind, path::RelPath, read::sought};

/// What was looked for, for people who read a terminal: a point a line.
pub fn points(sought: &Sought) -> Vec<String> {
    let mut points =
        vec![format!("gap analyses: {}", sought.ledger), format!("gap records: {}", sought.record)];
    let ledgers = sought.ledgers.iter();
    points.extend(ledgers.map(|l| format!("{} is a gap analysis because {}", l.path, l.why)));
    match sought.ledgers.is_empty() {
        true => points.push("no file was taken for a gap analysis".to_owned()),
        false => points.extend(shapes()),
    }
    points
}

/// The shapes of a gap in a gap analysis, one a line.
pub fn shapes() -> impl Iterator<Item = String> {
    sought::SHAPES
        .iter()
        .map(|shape| format!("in a gap analysis {}, such as {}", shape.what, shape.example))
}

/// What was looked for in all files, and which of them were taken for gap analyses.
pub fn of(site: &Site<'_>, from: &RelPath) -> Sought {
    let ledgers = site.of_kind(RecordKind::Ledger).map(|ix| SoughtFile {
        link: site.link(from, ix),
        path: site.record(ix).path.to_string(),
        why: site.outline(ix).classified.why.clone(),
    });
    Sought {
        files: site.corpus.outlines.len(),
        ledger: sought::LEDGER,
        record: sought::RECORD,
        ledgers: ledgers.collect(),
        shapes: sought::SHAPES.iter().map(|shape| (shape.what, shape.example)).collect(),
        help: sought::HELP,
    }
}
