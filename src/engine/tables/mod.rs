//! The tables of the site as files: rows of cells, written as CSV and as JSON. One function a table,
//! each of it plain.

pub mod cell;
mod files;
pub(super) mod gaps;
mod plans;
mod records;
mod schemas;

use rayon::prelude::*;

use super::{
    Reading,
    import::record,
    output::{Item, OutputSet},
};
use crate::{
    diag::Diagnostic,
    page::{
        site::Site,
        table::{Ending, Table},
    },
    path::RelPath,
    read::ledger::vocabulary::Vocabulary,
};
use cell::Rows;

/// What tables are made from.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The site.
    pub site: &'a Site<'a>,
    /// The corpus, read.
    pub reading: &'a Reading,
    /// The words that records are read by.
    pub words: &'a Vocabulary,
}

impl<'a> Context<'a> {
    /// What the front matter of a record is written from.
    pub(super) fn of_records(&self) -> record::Context<'a> {
        record::Context {
            corpus: self.site.corpus,
            records: &self.site.graph.records,
            files: &self.reading.files,
            words: self.words,
        }
    }
}

/// A table with all its rows. The diagnostics are those to be told, sorted.
pub fn rows(from: Context<'_>, table: Table, diagnostics: &[Diagnostic]) -> Rows {
    let site = from.site;
    match table {
        Table::Gaps => gaps::gaps(from),
        Table::Targets => gaps::targets(site),
        Table::Decisions => records::decisions(site),
        Table::Documents => records::documents(site),
        Table::Research => files::research(site),
        Table::Citations => files::citations(site),
        Table::Packages => schemas::packages(site),
        Table::Symbols => schemas::symbols(site),
        Table::Records => records::records(site),
        Table::Links => records::links(site),
        Table::Orphans => records::orphans(site),
        Table::Plan => plans::plan(site),
        Table::Entries => plans::entries(site),
        Table::Statements => plans::statements(site),
        Table::Diagnostics => files::diagnostics(from.reading, diagnostics),
    }
}

/// Adds both files of every table that has a row, but for that of diagnostics.
pub fn add(from: Context<'_>, output: &mut OutputSet, found: &mut Vec<Diagnostic>) {
    let all = Table::ALL.into_iter().filter(|table| *table != Table::Diagnostics);
    let all: Vec<Table> =
        all.filter(|table| from.site.tables && !table.is_empty(from.site)).collect();
    // The rows of a large project are larger than their files, which may wait on the disk.
    let files = |table: &Table| files_of(&rows(from, *table, &[]), *table, output);
    let made: Vec<_> = all.par_iter().map(files).collect();
    for (route, item) in made.into_iter().flatten() {
        super::build::add_item(output, found, route.as_str(), item);
    }
}

/// Adds both files of the table of diagnostics, where there are any.
pub fn add_diagnostics(
    (site, reading): (&Site<'_>, &Reading),
    diagnostics: &[Diagnostic],
    output: &mut OutputSet,
    found: &mut Vec<Diagnostic>,
) {
    if site.tables && !diagnostics.is_empty() {
        let rows = files::diagnostics(reading, diagnostics);
        for (route, item) in files_of(&rows, Table::Diagnostics, output) {
            super::build::add_item(output, found, route.as_str(), item);
        }
    }
}

/// The file at a route, where a table is there. `diagnostics` gives those to be told, sorted.
pub fn file<'a>(
    from: Context<'_>,
    route: &RelPath,
    diagnostics: impl FnOnce() -> &'a [Diagnostic],
) -> Option<Vec<u8>> {
    let (table, ending) = Table::at(route)?;
    if !from.site.tables || table.is_empty(from.site) {
        return None;
    }
    let diagnostics = if table == Table::Diagnostics { diagnostics() } else { &[] };
    let rows = rows(from, table, diagnostics);
    let is_there = table != Table::Diagnostics || !rows.rows.is_empty();
    is_there.then(|| text(&rows, ending).into_bytes())
}

fn files_of(rows: &Rows, table: Table, output: &OutputSet) -> Vec<(RelPath, Item)> {
    let file = |ending| (table.route(ending), output.keep(text(rows, ending).into_bytes()));
    Ending::ALL.into_iter().map(file).collect()
}

fn text(rows: &Rows, ending: Ending) -> String {
    match ending {
        Ending::Csv => rows.to_csv(),
        Ending::Json => rows.to_json(),
    }
}
