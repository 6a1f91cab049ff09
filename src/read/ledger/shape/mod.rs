//! The shapes gaps are written in, one a file. Each gives what it found, and why.

pub mod heading;
pub mod item;
pub mod row;

use super::{
    candidate::{Candidate, Role, Strength},
    name::Name,
    page::Page,
    sections::Sense,
    vocabulary::{Meaning, Vocabulary},
};
use crate::read::lines::{self, LineKind};

/// Everything that may be a gap, in the order of the document.
pub fn all(page: &Page) -> Vec<Candidate> {
    let mut all = heading::find(page);
    all.extend(item::find(page));
    all.extend(row::find(page));
    all.sort_by_key(|candidate| (candidate.line, candidate.place));
    all
}

/// What a name's number says of it: an id, or a number after a word for a gap, is a name.
fn named(name: &Name, words: &Vocabulary) -> bool {
    let by_series = name.series.as_deref().is_some_and(|series| words.says_gap(series));
    by_series && name.number.is_some() || name.id.as_deref().is_some_and(|id| is_gap_id(id, words))
}

/// Whether an id says that it is a gap's: `GAP-003`, `COMP-GAP-1`, `LAC-004`.
fn is_gap_id(id: &str, words: &Vocabulary) -> bool {
    id.split(['-', '_']).any(|part| words.says_gap(part) || part == "LAC")
}

/// Whether an id names something else: a requirement, a decision, a task.
fn of_others(id: &str, words: &Vocabulary) -> bool {
    let start: String = id.chars().take_while(|c| c.is_alphabetic()).collect();
    words.ids_of_others.contains(&start.to_lowercase())
}

/// The letters an id begins with.
fn prefix(id: &str) -> &str {
    id.trim_end_matches(|c: char| {
        c.is_ascii_digit() || matches!(c, '.' | '-' | '_') || c.is_lowercase()
    })
}

/// The role of a place that names a gap by its id: no list of steps defines it when another does.
fn role_of(page: &Page, section: Option<usize>, name: &Name) -> Role {
    match role(page, section) {
        Role::Mentions if named(name, page.words) && page.sense(section) != Sense::Legend => {
            Role::Summarises
        }
        role => role,
    }
}

/// The role of a place by the parts around it.
fn role(page: &Page, section: Option<usize>) -> Role {
    match page.sense(section) {
        Sense::Other | Sense::Present | Sense::Legend | Sense::Summary => Role::Mentions,
        _ if page.restates(section) => Role::Mentions,
        _ => Role::Defines,
    }
}

/// The labels of a gap that stand in a block, each meaning once.
fn labels_of(page: &Page, first: u32, last: u32) -> Vec<Meaning> {
    let mut found = Vec::new();
    for line in page.lines(first, last).iter().filter(|line| line.kind == LineKind::Prose) {
        let heading = line.text.trim_start();
        let name = match lines::label(line.text) {
            Some(label) => label.name,
            None if heading.starts_with('#') => heading.trim_start_matches('#').trim(),
            None => continue,
        };
        if let Some(meaning) = page.words.label(name).filter(|meaning| !found.contains(meaning)) {
            found.push(meaning);
        }
    }
    found
}

/// How many of the meanings are those of a gap, and whether one tells that something is amiss.
fn weigh(meanings: &[Meaning]) -> (usize, bool) {
    use Meaning::{
        Current, Expected, Impact, Missing, Note, Percent, Priority, Problem, Severity, Status,
        Title,
    };
    let own = meanings.iter().filter(|m| !matches!(m, Note | Percent | Title)).count();
    let amiss = meanings
        .iter()
        .any(|m| matches!(m, Missing | Problem | Status | Priority | Severity | Impact))
        || (meanings.contains(&Current) && meanings.contains(&Expected));
    (own, amiss)
}

/// A candidate's strength when a name makes it one, else what the place gives.
fn at_least(named: bool, otherwise: Strength) -> Strength {
    if named { Strength::Named } else { otherwise }
}
