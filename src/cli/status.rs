//! `status`: how each gap stands. It informs and always succeeds; `check` judges.

mod markdown;
mod table;

use std::{
    io::{self, Write},
    path::Path,
};

use super::{
    Failure,
    args::{Options, ReportFormat},
    colour,
    exit::Exit,
    layout,
    project::Project,
    report::{number, plural},
};
use crate::{
    diag::{Diagnostic, codes},
    engine,
    graph::{
        drift::Drift,
        metrics::{Metrics, Tally},
    },
};

/// Reads the project and prints how its gaps stand.
pub fn status(options: &Options, dir: &Path, format: ReportFormat) -> Result<Exit, Failure> {
    let project = Project::open(options, dir)?;
    let reading = project.read();
    let settings = project.settings();
    let graph = engine::relate(&reading, settings);
    let lookups = engine::lookups(&reading, &graph, settings);
    let site = engine::site(&reading, &graph, &lookups, settings);
    let is_empty = |found: &&Diagnostic| found.code.name == codes::LEDGER_EMPTY.name;
    let empty: Vec<&Diagnostic> = reading.diagnostics.iter().filter(is_empty).collect();
    let stdout = io::stdout();
    let text = match format {
        ReportFormat::Table => {
            table::render(&site, &empty, options.verbosity(), colour(options, &stdout))
        }
        ReportFormat::Markdown => markdown::render(&site, &empty),
        ReportFormat::Json => {
            let value = engine::report::status(&site);
            let text = serde_json::to_string_pretty(&value).map_err(io::Error::from)?;
            format!("{text}\n")
        }
    };
    let mut out = stdout.lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(Exit::Clean)
}

/// `1 of 27 gaps covered (4 %, by weight 9 %), 3 partial, 23 uncovered`.
fn summary(metrics: &Metrics) -> String {
    let Tally { covered, partial, uncovered, waived } = metrics.overall;
    let counted = metrics.overall.counted();
    let mut parts = Vec::new();
    if let Some(percent) = metrics.overall.percent() {
        let percent = layout::percent(Some(percent));
        let weighted = match metrics.weighted.percent() {
            Some(weighted) => format!(", by weight {}", layout::percent(Some(weighted))),
            None => String::new(),
        };
        let gaps = plural(counted, "gap", "gaps");
        parts.push(format!("{} of {gaps} covered ({percent}{weighted})", number(covered)));
    } else if waived == 0 {
        return "0 gaps found".to_owned();
    }
    for (count, word) in [(partial, "partial"), (uncovered, "uncovered"), (waived, "waived")] {
        if count > 0 {
            parts.push(format!("{} {word}", number(count)));
        }
    }
    parts.join(", ")
}

/// `4 overclaimed, 23 agree, of 2 nothing is claimed`.
fn claims(metrics: &Metrics) -> String {
    let count = |state| metrics.drift.of(state);
    let mut parts = vec![
        format!("{} overclaimed", number(count(Drift::Overclaimed))),
        format!("{} underclaimed", number(count(Drift::Underclaimed))),
        format!("{} agree", number(count(Drift::Agrees))),
    ];
    if count(Drift::Unknown) > 0 {
        parts.push(format!("nothing is claimed of {}", number(count(Drift::Unknown))));
    }
    parts.join(", ")
}
