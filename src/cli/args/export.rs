//! The arguments of `export`.

use clap::{
    Args, ValueEnum,
    builder::{PossibleValuesParser, TypedValueParser},
};

use super::Project;
use crate::page::table::Table;

/// What the help shows below the options.
pub const EXAMPLES: &str = "\
Examples:
  lacuna export --format json > lacuna.json     Everything, for programs
  lacuna export --format csv --table gaps       A table, for spreadsheets
  lacuna export --format needs > needs.json     Gaps and what fills them, for sphinx-needs
  lacuna export --format junit > gaps.xml       Gaps as test cases, for CI";

/// The arguments of `export`.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Export {
    /// The project
    #[command(flatten)]
    pub project: Project,

    /// The form of the output
    #[arg(long, value_name = "FORMAT", default_value = "json")]
    pub format: ExportFormat,

    /// Print this table alone, as CSV or JSON [CSV without it: gaps]
    #[arg(long, value_name = "TABLE", value_parser = table())]
    pub table: Option<Table>,
}

/// The form of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// One JSON document, described in `schemas/lacuna/v1/export.proto`
    Json,
    /// The JSON Schema of that document
    JsonSchema,
    /// One table, RFC 4180
    Csv,
    /// `needs.json` of sphinx-needs
    Needs,
    /// A JUnit report with a test case for each gap
    Junit,
}

fn table() -> impl TypedValueParser<Value = Table> {
    let names = Table::ALL.map(Table::name);
    PossibleValuesParser::new(names).map(|name| {
        let named = |table: &Table| table.name() == name;
        Table::ALL.into_iter().find(named).expect("it is one of the names")
    })
}
