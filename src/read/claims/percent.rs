//! "Overall status: 35% complete", and shares that are given with their figures: `93% (13/14)`.

use std::{collections::BTreeMap, sync::LazyLock};

use regex::Regex;

use super::{
    amount,
    page::{Page, Table, only_figure},
    prose::{Place, Segment},
    words::Sense,
};
use crate::{
    model::statement::{Amount, Figure, Part, Reach, Statement, Subject},
    read::lines::regex,
};

static SHARE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?P<share>\d{1,3}(?:[.,]\d{1,2})?)\s?%\s*\(\s*(?P<part>\d{1,6})\s*(?:/|of|von|sur|de|di|van|из)\s*(?P<whole>\d{1,6})(?P<next>[^\d/.,]|$)",
    )
});
static FRACTION: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?P<part>\d{1,6})\s*(?:/|of|von|sur|de|di|van|из)\s*(?P<whole>\d{1,6})\s*(?:\(|=)\s*(?P<share>\d{1,3}(?:[.,]\d{1,2})?)\s?%",
    )
});

/// The shares of a segment, and how far it says everything is.
pub fn read(page: &Page<'_>, at: usize, tables: &BTreeMap<usize, Table<'_>>) -> Vec<Statement> {
    let segment = &page.prose.segments[at];
    let text = page.words(segment);
    if !text.contains(['%', '％']) {
        return Vec::new();
    }
    let shares = shares(page, segment);
    if !shares.is_empty() {
        return shares;
    }
    progress(page, at, tables).into_iter().collect()
}

fn shares(page: &Page<'_>, segment: &Segment) -> Vec<Statement> {
    let text = page.words(segment);
    let both = SHARE.captures_iter(text).chain(FRACTION.captures_iter(text));
    both.filter_map(|found| {
        let (whole_match, share) = (found.get(0)?, found.name("share")?);
        let before = text[..whole_match.start()].chars().next_back();
        if before.is_some_and(|sign| sign.is_alphanumeric() || ".,/-–".contains(sign)) {
            return None;
        }
        let figure = |name: &str| amount::value(found.name(name)?.as_str());
        let (part, whole, stated) = (figure("part")?, figure("whole")?, figure("share")?);
        if whole <= Figure(0) || part > whole {
            return None;
        }
        let subject = Subject::Share { part, whole };
        let end = share.end() + text[share.end()..].find('%').map_or(0, |at| at + 1);
        let what = (subject, Amount::exact(stated), Reach::Whole);
        Some(page.statement(segment, share.start()..end, "share of a count", what))
    })
    .collect()
}

/// A percentage that a word for all and a word for being done stand before, on one label.
fn progress(page: &Page<'_>, at: usize, tables: &BTreeMap<usize, Table<'_>>) -> Option<Statement> {
    let segment = &page.prose.segments[at];
    if matches!(segment.place, Place::Cell { .. }) || page.in_gap(segment.line) {
        return None;
    }
    let text = page.words(segment);
    let figure = segment.figures.iter().find(|figure| figure.percent)?;
    let before = amount::words_of(text.get(..figure.range.start).filter(|run| run.len() < 100)?);
    let overall = before.iter().position(|word| word.is(Sense::Overall))?;
    let between = &before[overall..];
    let after =
        amount::words_of(text[figure.range.end..].get(..40).unwrap_or(&text[figure.range.end..]));
    let done = between.iter().chain(after.first()).any(|word| word.is(Sense::Progress));
    if !done || before.iter().any(|word| word.is(Sense::Supposed)) || between.len() > 6 {
        return None;
    }
    let end =
        after.first().filter(|word| word.is(Sense::Progress)).map_or(0, |word| word.range.end);
    let start = before[overall].range.start;
    let subject = Subject::Progress { parts: parts(page, at, tables) };
    let what = (subject, figure.amount, Reach::Whole);
    Some(page.statement(segment, start..figure.range.end + end, "overall progress", what))
}

/// The percentages of the first table that follows in the same section.
fn parts(page: &Page<'_>, at: usize, tables: &BTreeMap<usize, Table<'_>>) -> Vec<Part> {
    let rest = &page.prose.segments[at + 1..];
    let near = rest.iter().take_while(|next| !matches!(next.place, Place::Heading(_)));
    let table = near.take(6).find_map(|next| match next.place {
        Place::Cell { table, .. } => tables.get(&table),
        _ => None,
    });
    let Some(table) = table else { return Vec::new() };
    for column in table.columns() {
        let one = |row: usize| {
            let cell = table.cell(row, column)?;
            let (figure, _) = only_figure(page, cell).filter(|(figure, _)| figure.percent)?;
            Some(Part { amount: figure.amount, unit: "", line: cell.line })
        };
        let parts: Vec<Part> = table.rows().into_iter().filter_map(one).collect();
        if parts.len() >= 3 && parts.len() == table.rows().len() {
            return parts;
        }
    }
    Vec::new()
}
