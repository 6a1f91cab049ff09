//! What was looked for where no gap was found: an empty list is never silent.

use super::{
    model::{Sought, SoughtFile},
    site::Site,
};
use crate::{graph::record::RecordKind, path::RelPath, read::sought};

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
