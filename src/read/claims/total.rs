//! "Total effort: 105 days", "Total monthly: ~€5,000": totals of a column, of the efforts of a
//! section, or of the items of a list above them.

use super::{
    amount::{self, Found},
    page::{self, Page, Table, unit_of},
    prose::{Place, Segment},
    words::{self, Sense},
};
use crate::model::statement::{Part, Reach, Statement, Subject};

const RULE: &str = "total beside its parts";

/// What is added: figures of one unit, of effort or of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Kind {
    unit: &'static str,
    currency: Option<&'static str>,
}

/// The totals that segments state.
pub fn read(page: &Page<'_>) -> Vec<Statement> {
    let segments = &page.prose.segments;
    let tables = page.tables();
    let mut found = Vec::new();
    // The first segment after the last heading or total.
    let mut open = 0;
    for (at, segment) in segments.iter().enumerate() {
        match segment.place {
            Place::Heading(_) => open = at + 1,
            Place::Cell { .. } => {}
            _ => {
                if let Some(total) = total(page, segment) {
                    let above = &segments[open..at];
                    found.extend(statement(page, segment, &total, (above, &tables)));
                    open = at + 1;
                }
            }
        }
    }
    found
}

/// A label with a word for the whole, and its figure.
struct Total {
    figure: Found,
    kind: Kind,
    start: usize,
    end: usize,
    of_effort: bool,
}

fn total(page: &Page<'_>, segment: &Segment) -> Option<Total> {
    let text = page.words(segment);
    let (label, value) = page::label(text)?;
    let label_words = amount::words_of(label);
    let whole = |word: &amount::Word| {
        word.is(Sense::Total) || word.is(Sense::Overall) || word.text.starts_with("gesamt")
    };
    if !label_words.iter().any(whole) {
        return None;
    }
    let figure = segment.figures.iter().find(|figure| figure.range.start >= value)?.clone();
    let between = &text[value..figure.range.start];
    let (kind, after) = kind_of(text, &figure)?;
    let first = between.chars().all(|sign| !sign.is_alphanumeric())
        || amount::ends_with(between, Sense::About) && between.len() < 20;
    let of_effort =
        label_words.iter().any(|word| word.is(Sense::Effort) || word.text.ends_with("aufwand"));
    let start = text.find(label)?;
    (first && (of_effort || kind.currency.is_some() || !kind.unit.is_empty())).then_some(Total {
        end: figure.range.end + after,
        figure,
        kind,
        start,
        of_effort,
    })
}

/// What a figure is of: its unit, its currency and `/month`; and the bytes the words take.
fn kind_of(text: &str, figure: &Found) -> Option<(Kind, usize)> {
    if figure.percent {
        return None;
    }
    let mut end = text.len().min(figure.range.end + 40);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let rest = &text[figure.range.end..end];
    let words = amount::words_of(rest);
    let near = words.first().is_some_and(|word| {
        rest[..word.range.start].chars().all(|sign| matches!(sign, ' ' | '\n' | '/'))
    });
    let unit = near.then(|| unit_of(&words)).flatten();
    let (unit, count) = unit.unwrap_or_default();
    let taken = count.checked_sub(1).map_or(0, |last| words[last].range.end);
    Some((Kind { unit, currency: figure.currency }, taken))
}

type Above<'p, 'a> = (&'p [Segment], &'p std::collections::BTreeMap<usize, Table<'a>>);

fn statement(
    page: &Page<'_>,
    segment: &Segment,
    total: &Total,
    (above, tables): Above<'_, '_>,
) -> Option<Statement> {
    let (parts, of) = column(page, total, above, tables)
        .or_else(|| efforts(page, total, above))
        .or_else(|| items(page, segment, total, above))
        .unwrap_or_default();
    let subject = if !parts.is_empty() {
        Subject::Sum { parts, of }
    } else if total.of_effort && total.kind.currency.is_none() {
        Subject::Effort { unit: total.kind.unit }
    } else {
        return None;
    };
    let what = (subject, total.figure.amount, Reach::Whole);
    Some(page.statement(segment, total.start..total.end, RULE, what))
}

type Parts = (Vec<Part>, String);

/// The effort column of the last table above.
fn column(
    page: &Page<'_>,
    total: &Total,
    above: &[Segment],
    tables: &std::collections::BTreeMap<usize, Table<'_>>,
) -> Option<Parts> {
    let last = above.iter().rev().find_map(|segment| match segment.place {
        Place::Cell { table, .. } => Some(table),
        _ => None,
    })?;
    let table = tables.get(&last)?;
    let of_effort = |column: &usize| {
        table.cell(0, *column).is_some_and(|head| {
            let words = amount::words_of(page.words(head));
            words.iter().any(|word| word.is(Sense::Effort) || words::unit(&word.text).is_some())
        })
    };
    let mut fitting = table.columns().into_iter().filter(of_effort);
    let column = fitting.next()?;
    let head = page.words(table.cell(0, column)?);
    let head_unit = amount::words_of(head).iter().find_map(|word| words::unit(&word.text));
    let mut parts = Vec::new();
    for row in table.rows() {
        let label = table.cell(row, 0).map(|label| page.words(label)).unwrap_or_default();
        let closes = amount::words_of(label).first().is_some_and(|word| word.is(Sense::Total));
        let Some(cell) = table.cell(row, column).filter(|_| !closes) else { continue };
        let words = page.words(cell);
        if !words.contains(|sign: char| sign.is_ascii_digit()) {
            continue;
        }
        let (figure, unit) = page::only_figure(page, cell)?;
        let unit = unit.or(head_unit).unwrap_or_default();
        if unit != total.kind.unit || figure.currency != total.kind.currency {
            return None;
        }
        parts.push(Part { amount: figure.amount, unit, line: cell.line });
    }
    let head = head.split_whitespace().collect::<Vec<_>>().join(" ");
    let of = format!("column `{head}`, {} rows", parts.len());
    (parts.len() >= 2).then_some((parts, of))
}

/// Lines labelled effort in the section.
fn efforts(page: &Page<'_>, total: &Total, above: &[Segment]) -> Option<Parts> {
    let mut parts = Vec::new();
    for segment in above.iter().filter(|_| total.of_effort) {
        let text = page.words(segment);
        let Some((label, value)) = page::label(text) else { continue };
        let words = amount::words_of(label);
        let labelled = words.len() <= 3 && words.iter().any(|word| word.is(Sense::Effort));
        if !labelled {
            continue;
        }
        let figure = segment.figures.iter().find(|figure| figure.range.start >= value)?;
        let (kind, _) = kind_of(text, figure)?;
        if kind != total.kind {
            return None;
        }
        parts.push(Part { amount: figure.amount, unit: kind.unit, line: segment.line });
    }
    let of = match parts.len() {
        1 => "the one effort in this section".to_owned(),
        count => format!("{count} efforts in this section"),
    };
    (!parts.is_empty()).then_some((parts, of))
}

/// The items of the same list before the total, each with one figure of its kind; of a sum or
/// product in an item, its result.
fn items(page: &Page<'_>, segment: &Segment, total: &Total, above: &[Segment]) -> Option<Parts> {
    let Place::Item(_) = segment.place else { return None };
    let list: Vec<(u32, Vec<(Found, Kind)>)> = above
        .iter()
        .rev()
        .take_while(|item| item.place == segment.place)
        .filter(|item| page.words(item).contains(|sign: char| sign.is_ascii_digit()))
        .map(|item| (item.line, fitting(page, item, total)))
        .collect();
    // "€3,000 setup + €500/month" among what is all `/month`: the others say which is meant.
    let mut units =
        list.iter().filter(|(_, found)| found.len() == 1).map(|(_, found)| found[0].1.unit);
    let unit = units.next().filter(|first| units.all(|unit| unit == *first))?;
    let mut parts = Vec::new();
    for (line, found) in list {
        let mut own = found.into_iter().filter(|(_, kind)| kind.unit == unit);
        // An item with none or with several: what the total adds up is not plain.
        let (figure, _) = own.next().filter(|_| own.next().is_none())?;
        parts.push(Part { amount: figure.amount, unit, line });
    }
    parts.reverse();
    let of = format!("{} items of this list", parts.len());
    (parts.len() >= 2).then_some((parts, of))
}

/// The figures of an item that are of the total's kind.
fn fitting(page: &Page<'_>, item: &Segment, total: &Total) -> Vec<(Found, Kind)> {
    let text = page.words(item);
    let result = text.rfind('=').map_or(0, |sign| sign + 1);
    let found = item.figures.iter().filter(|figure| figure.range.start >= result).cloned();
    let with_kind = found.filter_map(|figure| {
        let (kind, _) = kind_of(text, &figure)?;
        same(kind, total).then_some((figure, kind))
    });
    with_kind.collect()
}

/// Whether a figure is of the total's kind. "Total monthly: €5,000" adds up what is `/month`.
fn same(kind: Kind, total: &Total) -> bool {
    kind.currency == total.kind.currency
        && (kind.unit == total.kind.unit || total.kind.unit.is_empty() && kind.currency.is_some())
}
