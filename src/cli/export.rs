//! `export`: what is known of the project, for other programs, on the standard output.

use std::io::{self, Write};

use super::{
    Failure,
    args::{Export, ExportFormat, Options},
    exit::Exit,
    project::Project,
};
use crate::{
    diag::{self, Diagnostic},
    engine::{self, Reading, export, tables},
    graph::Graph,
    model::levels::apply_levels,
    page::table::Table,
    read::classify::Rules,
};

/// Prints the export in the form that is asked for.
pub fn export(options: &Options, wish: &Export) -> Result<Exit, Failure> {
    let takes_table = matches!(wish.format, ExportFormat::Json | ExportFormat::Csv);
    if wish.table.is_some() && !takes_table {
        return Err(Failure(
            "error: only `csv` and `json` have tables\n  \
             help: leave out `--table`, or ask for one of these formats"
                .to_owned(),
        ));
    }
    if wish.format == ExportFormat::JsonSchema {
        io::stdout().lock().write_all(export::SCHEMA.as_bytes())?;
        return Ok(Exit::Clean);
    }
    let project = Project::open(options, &wish.project.dir)?;
    let reading = project.read();
    let settings = project.settings();
    let graph = engine::relate(&reading, settings);
    let found = || told(&project, &reading, &graph);
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut json = |value: &serde_json::Value| -> io::Result<()> {
        serde_json::to_writer_pretty(&mut out, value)?;
        writeln!(out)
    };
    if wish.format == ExportFormat::Json && wish.table.is_none() {
        json(&export::export(&reading, &graph, &found(), settings))?;
        out.flush()?;
        return Ok(Exit::Clean);
    }

    let lookups = engine::lookups(&reading, &graph, settings);
    let site = engine::site(&reading, &graph, &lookups, settings);
    let rules = Rules::new(settings.config);
    let from = tables::Context { site: &site, reading: &reading, words: rules.words() };
    let rows = |table: Table| match table {
        Table::Diagnostics => tables::rows(from, table, &found()),
        _ => tables::rows(from, table, &[]),
    };
    match (wish.format, wish.table) {
        (ExportFormat::Needs, _) => json(&export::needs::needs(from))?,
        (ExportFormat::Junit, _) => out.write_all(export::junit::report(&site).as_bytes())?,
        (ExportFormat::Json, Some(table)) => out.write_all(rows(table).to_json().as_bytes())?,
        (_, table) => {
            let table = table.unwrap_or(Table::Gaps);
            out.write_all(rows(table).to_csv().as_bytes())?;
        }
    }
    out.flush()?;
    Ok(Exit::Clean)
}

/// Everything that is wrong with the content, as it is told.
fn told(project: &Project, reading: &Reading, graph: &Graph) -> Vec<Diagnostic> {
    let found = engine::diagnose(reading, graph, project.settings());
    let mut found = apply_levels(found, &project.config.diagnostics);
    diag::sort(&mut found);
    found
}
