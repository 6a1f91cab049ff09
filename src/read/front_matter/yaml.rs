//! YAML front matter, read on a strict budget: no anchors, no aliases, no depth.

use std::collections::BTreeMap;

use serde_saphyr::Error;

use super::Fault;
use crate::{model::source::Value, text::LineIndex};

/// Reads the block that ends `text`; the opening `---` is the first line of it, so that lines
/// count as in the file.
pub(super) fn parse(text: &str, open: usize) -> Result<BTreeMap<String, Value>, Fault> {
    if text[open..].lines().all(|line| line.trim().is_empty() || line.starts_with('#')) {
        return Ok(BTreeMap::new());
    }
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_anchors: 0,
            max_aliases: 0,
            max_merge_keys: 0,
            max_depth: 12,
            max_documents: 1,
            max_nodes: 4_000,
            max_events: 16_000,
            max_total_scalar_bytes: 64 * 1024,
        },
        with_snippet: false,
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
    };
    serde_saphyr::from_str_with_options(text, options).map_err(|error| fault(&error, text, open))
}

fn fault(error: &Error, text: &str, open: usize) -> Fault {
    let line = error.location().map_or(0, |location| location.line() as u32);
    let index = LineIndex::new(text);
    let help = match error.without_snippet() {
        Error::Budget { breach, .. } => Some(budget_help(&format!("{breach:?}"))),
        _ => None,
    };
    Fault { message: message(error), offset: index.span(line, text).start.max(open), help }
}

/// The help on what the budget has no room for at all.
const ANCHORS: &str =
    "write the value out: anchors (`&x`), aliases (`*x`) and merge keys are not read";

fn budget_help(breach: &str) -> &'static str {
    match breach {
        _ if breach.starts_with("A")
            || breach.starts_with("Merge")
            || breach.contains("Anchor") =>
        {
            ANCHORS
        }
        _ => "keep front matter small and flat, and move long text into the page",
    }
}

/// The message of the parser on one line, without the place, which the span gives.
fn message(error: &Error) -> String {
    if let Error::Budget { breach, .. } = error.without_snippet() {
        return match budget_help(&format!("{breach:?}")) {
            ANCHORS => "it holds anchors or aliases".to_owned(),
            _ => "it is too deep or too large".to_owned(),
        };
    }
    let full = error.without_snippet().to_string();
    let line = full.lines().next().unwrap_or_default();
    let line = line.split_once(" at line ").map_or(line, |(before, _)| before);
    let line = match line.strip_prefix("line ") {
        Some(rest) => rest.split_once(": ").map_or(line, |(_, after)| after),
        None => line,
    };
    let line = line.split_once(", set ").map_or(line, |(before, _)| before);
    line.strip_prefix("error: ").unwrap_or(line).trim_end_matches('.').to_owned()
}
