//! The tables of schemas: packages and what they declare.

use super::cell::{Cell, Rows};
use crate::{
    graph::{record::RecordIx, symbols::packages::Share},
    page::site::Site,
};

/// Every package.
pub fn packages(site: &Site<'_>) -> Rows {
    let rows = site.graph.symbols.packages.iter().map(|(name, package)| {
        let files = package.files.iter().map(|file| &site.corpus.outlines[*file].path);
        vec![
            name.into(),
            Cell::list(files),
            package.symbols.len().into(),
            package.documented.with.into(),
            package.documented.all.into(),
            package.documented.percent().into(),
            Cell::list(package.depends_on.keys()),
            Cell::list(package.needed_by.keys()),
            Cell::Text(site.route.package(name).to_string()),
        ]
    });
    Rows {
        columns: &[
            "name",
            "files",
            "symbols",
            "documented",
            "declarations",
            "percent",
            "depends_on",
            "needed_by",
            "url",
        ],
        rows: rows.collect(),
    }
}

/// Every message, enum, service and extension, each name once.
pub fn symbols(site: &Site<'_>) -> Rows {
    let row = |package: &String, ix: RecordIx| {
        let (_, symbol) = site.symbol(ix)?;
        let record = site.record(ix);
        let share = Share::of(symbol);
        let users = site.graph.symbols.used_by.get(&ix).into_iter().flatten();
        Some(vec![
            (&record.id).into(),
            (&symbol.name).into(),
            symbol.shape.word().into(),
            package.into(),
            symbol.deprecated.into(),
            share.with.into(),
            share.all.into(),
            Cell::list(users.map(|user| &site.record(*user).id)),
            (&record.path).into(),
            symbol.line.into(),
            site.route.of(ix).into(),
        ])
    };
    let packages = site.graph.symbols.packages.iter();
    let rows = packages
        .flat_map(|(name, package)| package.symbols.iter().filter_map(move |ix| row(name, *ix)));
    Rows {
        columns: &[
            "id",
            "name",
            "shape",
            "package",
            "deprecated",
            "documented",
            "declarations",
            "used_by",
            "path",
            "line",
            "url",
        ],
        rows: rows.collect(),
    }
}
