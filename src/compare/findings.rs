//! Diagnostics, compared: which are new, wherever their lines went.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use regex::Regex;

use super::standing::{Place, Standing};
use crate::{
    diag::{Severity, codes},
    path::RelPath,
    read::lines::regex,
};

/// A diagnostic with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The code.
    pub code: &'static str,
    /// The severity, by the levels of the configuration.
    pub severity: Severity,
    /// Where.
    pub place: Place,
    /// What is wrong.
    pub message: String,
}

/// What the comparison of diagnostics gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FindingChanges {
    /// New ones about citations that lead nowhere, or whose text is not what it was.
    pub citations: Vec<Finding>,
    /// The other new ones.
    pub others: Vec<Finding>,
    /// How many are gone.
    pub mended: usize,
}

/// Line numbers in a message move with every edit above them.
static LINES: LazyLock<Regex> = LazyLock::new(|| regex(r"\blines? \d[\d, –-]*"));

/// What a finding is known by: all but its line.
type Key<'a> = (&'a str, &'a str, String);

fn key(finding: &Finding) -> Key<'_> {
    let message = LINES.replace_all(&finding.message, "lines").into_owned();
    (finding.code, finding.place.path.as_str(), message)
}

/// Compares what is wrong with what was wrong. A finding in a file that was renamed is the same.
pub fn compare(before: &Standing, after: &Standing) -> FindingChanges {
    let renamed = renamed(before, after);
    let mut known: BTreeMap<Key<'_>, usize> = BTreeMap::new();
    for finding in &before.findings {
        let (code, path, message) = key(finding);
        let path = renamed.get(path).map_or(path, |path| path.as_str());
        *known.entry((code, path, message)).or_default() += 1;
    }
    let mut changes = FindingChanges::default();
    for finding in &after.findings {
        match known.get_mut(&key(finding)) {
            Some(count) if *count > 0 => *count -= 1,
            _ if is_of_citation(finding.code) => changes.citations.push(finding.clone()),
            _ => changes.others.push(finding.clone()),
        }
    }
    changes.mended = known.values().sum();
    for list in [&mut changes.citations, &mut changes.others] {
        list.sort_by(|a, b| (a.severity, &a.place, a.code).cmp(&(b.severity, &b.place, b.code)));
    }
    changes
}

/// The new path of each file that is gone while a file of the same text came.
fn renamed<'a>(before: &'a Standing, after: &'a Standing) -> BTreeMap<&'a str, &'a RelPath> {
    let came = after.texts.iter().filter(|(path, _)| !before.texts.contains_key(*path));
    let came: BTreeMap<_, _> = came.map(|(path, text)| (text, path)).collect();
    let gone = before.texts.iter().filter(|(path, _)| !after.texts.contains_key(*path));
    let mut taken = BTreeSet::new();
    gone.filter_map(|(path, text)| Some((path.as_str(), *came.get(text)?)))
        .filter(|(_, new)| taken.insert(*new))
        .collect()
}

fn is_of_citation(code: &str) -> bool {
    [
        &codes::CITATION_FILE_MISSING,
        &codes::CITATION_PAST_END,
        &codes::CITATION_EDITED,
        &codes::CITATION_LOST,
        &codes::CITATION_AMBIGUOUS,
    ]
    .iter()
    .any(|own| own.name == code)
}
