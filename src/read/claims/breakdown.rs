//! Lists that divide all gaps, by priority or state or section, one count an item; with the share
//! of each in percent where it is given.

use super::{
    count::{self, is_count},
    page::{self, Page},
    prose::{Place, Segment},
    words::Sense,
};
use crate::model::statement::{Amount, Bound, Figure, Group, Part, Reach, Statement, Subject};

/// The counts of every list that divides the gaps, and what they would have to add up to.
/// `counted` are the counts that the segments state on their own.
pub fn read(page: &Page<'_>, counted: &mut [Vec<Statement>]) -> Vec<Statement> {
    let segments = &page.prose.segments;
    let mut found = Vec::new();
    let mut first = 0;
    while first < segments.len() {
        let Place::Item(list) = segments[first].place else {
            first += 1;
            continue;
        };
        let items = segments[first..].iter().take_while(|item| item.place == Place::Item(list));
        let end = first + items.count();
        found.extend(list_of(page, first..end, counted));
        first = end;
    }
    found
}

fn list_of(
    page: &Page<'_>,
    items: std::ops::Range<usize>,
    counted: &mut [Vec<Statement>],
) -> Vec<Statement> {
    let segments = &page.prose.segments;
    let lead = items.start.checked_sub(1).map(|at| &segments[at]);
    let of_gaps = lead.is_some_and(|lead| page::has(page.words(lead), Sense::Gap))
        || page
            .heading(segments[items.start].line)
            .is_some_and(|heading| page::has(&heading.text, Sense::Gap));
    let mut counts: Vec<Statement> = Vec::new();
    let mut bare: Vec<(usize, Statement)> = Vec::new();
    for at in items.clone() {
        match counted[at].as_slice() {
            [one] => counts.push(one.clone()),
            [] if of_gaps => match unnamed(page, &segments[at]) {
                Some(one) => {
                    bare.push((at, one.clone()));
                    counts.push(one);
                }
                None => return Vec::new(),
            },
            _ => return Vec::new(),
        }
    }
    if !divides(&counts) {
        return Vec::new();
    }
    for (at, one) in bare {
        counted[at].push(one);
    }
    for at in items.clone() {
        counted[at].iter_mut().for_each(|one| one.reach = Reach::Whole);
    }
    let parts: Vec<Part> =
        counts.iter().map(|one| Part { amount: one.amount, unit: "", line: one.line }).collect();
    let mut found = shares(page, &segments[items.clone()], &parts);
    let sum = sum(&parts);
    let lead = lead
        .filter(|lead| matches!(lead.place, Place::Paragraph | Place::Heading(_)))
        .unwrap_or(&segments[items.start]);
    let words = page.words(lead);
    let reach = if named(&counts) { Reach::Unsaid } else { Reach::Whole };
    let subject = Subject::Breakdown { parts };
    found.push(page.statement(
        lead,
        0..words.trim_end().len(),
        "counts in a list",
        (subject, sum, reach),
    ));
    found
}

/// `Critical: 5` in a list that is said to be of gaps.
fn unnamed(page: &Page<'_>, segment: &Segment) -> Option<Statement> {
    let text = page.words(segment);
    let figure = segment.figures.first().filter(|figure| is_count(figure))?;
    let (label, _) = count::label_before(text, figure)?;
    let rest = text[figure.range.end..].trim_start();
    if !rest.is_empty() && !rest.starts_with(['(', '-', '–', '—']) {
        return None;
    }
    let group = count::named(page, label, segment.line);
    if matches!(group, Group::Named(_) | Group::All) {
        return None;
    }
    let start = text.find(label)?;
    let subject = Subject::Gaps { group, section: None };
    let what = (subject, figure.amount, Reach::Whole);
    Some(page.statement(segment, start..figure.range.end, "count in a list", what))
}

/// Whether the counts are of different groups, so that none is counted twice.
fn divides(counts: &[Statement]) -> bool {
    let mut groups: Vec<&Group> = counts
        .iter()
        .filter_map(|one| match &one.subject {
            Subject::Gaps { group, .. } => Some(group),
            _ => None,
        })
        .collect();
    let told = groups.iter().all(|group| !matches!(group, Group::All | Group::Qualified(_)));
    groups.sort();
    groups.dedup();
    told && groups.len() == counts.len() && counts.len() >= 2
}

fn named(counts: &[Statement]) -> bool {
    counts.iter().all(|one| matches!(&one.subject, Subject::Gaps { group: Group::Named(_), .. }))
}

/// `15 gaps (30%)`: the share of each part.
fn shares(page: &Page<'_>, segments: &[Segment], parts: &[Part]) -> Vec<Statement> {
    let whole = sum(parts);
    if whole.low != whole.high || whole.low <= Figure(0) {
        return Vec::new();
    }
    let one = |(segment, part): (&Segment, &Part)| {
        let text = page.words(segment);
        let share = segment.figures.iter().find(|figure| figure.percent)?;
        let inside = text[..share.range.start].trim_end().ends_with('(');
        let subject = Subject::Share { part: part.amount.low, whole: whole.low };
        (inside && part.amount.low == part.amount.high).then(|| {
            let what = (subject, share.amount, Reach::Whole);
            page.statement(segment, share.range.clone(), "share of a list", what)
        })
    };
    segments.iter().zip(parts).filter_map(one).collect()
}

/// The parts added up.
pub fn sum(parts: &[Part]) -> Amount {
    let low = parts.iter().map(|part| part.amount.low.0).sum();
    let high = parts.iter().map(|part| part.amount.high.0).sum();
    Amount { low: Figure(low), high: Figure(high), bound: Bound::Exact }
}
