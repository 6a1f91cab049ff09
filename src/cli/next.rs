//! `next`: which document to write next, for which gaps, and from which research.

mod markdown;
mod table;

use std::{
    io::{self, Write},
    num::NonZeroUsize,
    path::Path,
};

use super::{
    Failure,
    args::{Options, ReportFormat},
    colour,
    exit::Exit,
    project::Project,
};
use crate::{engine, page::{model::Figure, plan}};

/// Reads the project and prints the first `max` documents of the plan.
pub fn next(
    options: &Options,
    dir: &Path,
    max: NonZeroUsize,
    format: ReportFormat,
) -> Result<Exit, Failure> {
    let project = Project::open(options, dir)?;
    let reading = project.read();
    let settings = project.settings();
    let graph = engine::relate(&reading, settings);
    let lookups = engine::lookups(&reading, &graph, settings);
    let site = engine::site(&reading, &graph, &lookups, settings);
    let view = plan::view(&site, &site.route.home(), max.get());
    let all = graph.plan.steps.len();
    let stdout = io::stdout();
    let text = match format {
        ReportFormat::Table => table::render(&view, all, colour(options, &stdout)),
        ReportFormat::Markdown => markdown::render(&view, all),
        ReportFormat::Json => {
            let value = engine::report::plan(&site, &view);
            let text = serde_json::to_string_pretty(&value).map_err(io::Error::from)?;
            format!("{text}\n")
        }
    };
    let mut out = stdout.lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(Exit::Clean)
}

/// A weight without needless decimals: `8`, `2.5`.
fn weight(Figure(gain): Figure) -> String {
    let text = format!("{gain:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

/// What to do with a document, for people.
fn work(work: &str) -> &'static str {
    match work {
        "fill" => "fill the stub",
        "extend" => "extend",
        _ => "write",
    }
}

/// What is left to say when no document is named.
fn nothing(gaps: usize, without_target: usize) -> String {
    match (gaps, without_target) {
        (0, _) => "0 gaps found, so there is nothing to write; `lacuna status` says what was \
                   looked for"
            .to_owned(),
        (_, 0) => "Nothing is left to write: no gap is open".to_owned(),
        (_, _) => "No open gap names a document that could be written".to_owned(),
    }
}

/// How many gaps the plan cannot help, and what to do.
fn helpless(without_target: usize) -> Option<String> {
    match without_target {
        0 => None,
        1 => Some("1 open gap names no document; `lacuna status` says which".to_owned()),
        n => Some(format!("{n} open gaps name no document; `lacuna status` says which")),
    }
}
