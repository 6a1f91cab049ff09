//! "27 gaps", "Total gaps: 50+", "10 gaps of which 5 critical": how many gaps a text says there
//! are.

use std::ops::Range;

use super::{
    amount::{self, Found, Word},
    page::{self, Page},
    prose::{Place, Segment},
    words::{Sense, priority},
};
use crate::model::statement::{Group, Reach, Statement, Subject};

const RULE: &str = "count of gaps";

/// Signs that end a clause.
const STOPS: [char; 17] =
    ['.', ',', ';', ':', '!', '?', '|', '(', ')', '[', ']', '。', '，', '；', '：', '（', '）'];

/// The counts that one segment states.
pub fn read(page: &Page<'_>, segment: &Segment) -> Vec<Statement> {
    if matches!(segment.place, Place::Cell { .. }) {
        return Vec::new();
    }
    let text = page.words(segment);
    let figures = &segment.figures;
    let mut found = in_a_row(page, segment, figures);
    let in_row: Vec<usize> = found.iter().map(|one| one.span.start - segment.range.start).collect();
    for (index, figure) in figures.iter().enumerate() {
        if in_row.binary_search(&figure.range.start).is_ok() || !is_count(figure) || is_year(figure)
        {
            continue;
        }
        let after_gaps = found
            .last()
            .is_some_and(|last| matches!(last.subject, Subject::Gaps { .. }) && index > 0);
        let read = noun(page, segment, figure)
            .or_else(|| labelled(page, segment, figure))
            .or_else(|| after_gaps.then(|| of_which(page, segment, figure)).flatten());
        found.extend(read.filter(|_| !supposed(text, figure)));
    }
    found
}

/// Whether a figure can count things.
pub fn is_count(figure: &Found) -> bool {
    let whole = figure.amount.low.0 % 1000 == 0 && figure.amount.high.0 % 1000 == 0;
    whole && !figure.percent && figure.currency.is_none()
}

/// Whether a figure may be a year, which counts nothing.
fn is_year(figure: &Found) -> bool {
    (1_900_000..2_100_000).contains(&figure.amount.low.0)
}

/// `27 critical gaps`, also after a label: `P0 (Critical): 8 gaps`.
fn noun(page: &Page<'_>, segment: &Segment, figure: &Found) -> Option<Statement> {
    let text = page.words(segment);
    let after = close_words(&text[figure.range.end..], 6);
    let at = after.iter().position(is_gap)?;
    let (between, behind) = (&after[..at], &after[at + 1..]);
    if between.iter().any(|word| word.is(Sense::NoCount)) || per(behind) {
        return None;
    }
    let before = clause_before(text, figure.range.start);
    if amount::ends_with(&text[..figure.range.start], Sense::NoCount) {
        return None;
    }
    let label = label_before(text, figure);
    let mut group = group_of(page, between, behind);
    if group == Group::All && before.iter().any(|word| word.is(Sense::Open)) {
        group = Group::Open;
    }
    let mut start = figure.range.start;
    if let Some((label, _)) = label
        && group == Group::All
        && !page::has(label, Sense::Total)
        && !page::has(label, Sense::Gap)
    {
        group = named(page, label, segment.line);
        start = text.find(label).unwrap_or(start);
    }
    let said = |words: &[Word]| words.iter().any(|word| word.is(Sense::Total));
    let sentence = close_words(&text[figure.range.end..], 14);
    let is_whole = label.is_some() || said(&before) || said(between) || said(&sentence[at + 1..]);
    let heading = matches!(segment.place, Place::Heading(_));
    let reach = if is_whole || heading { Reach::Whole } else { Reach::Unsaid };
    let end = figure.range.end + after[at].range.end;
    Some(statement(page, segment, start..end, (group, figure, reach)))
}

/// `Total gaps: 50+`, `Open gaps: 3`.
fn labelled(page: &Page<'_>, segment: &Segment, figure: &Found) -> Option<Statement> {
    let text = page.words(segment);
    let (label, _) = label_before(text, figure)?;
    let label_words = amount::words_of(label);
    let after = close_words(&text[figure.range.end..], 2);
    let counts_other = after
        .first()
        .is_some_and(|word| super::words::unit(&word.text).is_some() || word.is(Sense::NoCount));
    let goes_on = !after.is_empty() && !across(&after);
    if !label_words.iter().any(is_gap) || counts_other || goes_on {
        return None;
    }
    let rest: Vec<Word> = label_words.iter().filter(|word| !is_gap(word)).cloned().collect();
    let group = match group_of(page, &rest, &[]) {
        _ if page.is_section(label, segment.line) => Group::Named(label.to_owned()),
        // "Gap closing steps: 4" counts something of gaps.
        Group::Qualified(_) => return None,
        group => group,
    };
    let start = text.find(label)?;
    let words = (group, figure, Reach::Whole);
    Some(statement(page, segment, start..figure.range.end, words))
}

/// `of which 5 critical`, after a count of gaps.
fn of_which(page: &Page<'_>, segment: &Segment, figure: &Found) -> Option<Statement> {
    let text = page.words(segment);
    let after = close_words(&text[figure.range.end..], 2);
    let word = after.first()?;
    let group = part_group(word)?;
    amount::ends_with(&text[..figure.range.start], Sense::OfWhich).then(|| {
        let range = figure.range.start..figure.range.end + word.range.end;
        statement(page, segment, range, (group, figure, Reach::Whole))
    })
}

/// `5 P0 / 8 P1`: two or more figures, each with a priority or a state, where gaps are spoken of.
fn in_a_row(page: &Page<'_>, segment: &Segment, figures: &[Found]) -> Vec<Statement> {
    let text = page.words(segment);
    let of_gaps = page::has(text, Sense::Gap)
        || page.heading(segment.line).is_some_and(|heading| page::has(&heading.text, Sense::Gap));
    if !of_gaps {
        return Vec::new();
    }
    let one = |figure: &Found| {
        let after = close_words(&text[figure.range.end..], 1);
        let word = after.first().filter(|_| is_count(figure) && !supposed(text, figure))?;
        let group = part_group(word)?;
        let end = figure.range.end + word.range.end;
        let next = next(&text[end..])?;
        let words = (group.clone(), figure, Reach::Whole);
        Some((group, next, statement(page, segment, figure.range.start..end, words)))
    };
    let found: Vec<(Group, Next, Statement)> = figures.iter().filter_map(one).collect();
    let mut groups: Vec<&Group> = found.iter().map(|(group, ..)| group).collect();
    groups.sort();
    groups.dedup();
    let bare = found.iter().any(|(_, next, _)| *next == Next::Part);
    if groups.len() < 2 || groups.len() < found.len() || !bare {
        return Vec::new();
    }
    found.into_iter().map(|(.., statement)| statement).collect()
}

/// What follows a part of a row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    /// Another part, or nothing.
    Part,
    /// The word for gaps.
    Gap,
}

/// What follows, when it lets the words before be a part: "5 critical bugs" are no gaps.
fn next(text: &str) -> Option<Next> {
    let rest = text.trim_start();
    if rest.is_empty()
        || rest.starts_with(|sign: char| "/&+".contains(sign) || STOPS.contains(&sign))
    {
        return Some(Next::Part);
    }
    let words = close_words(rest, 1);
    let word = words.first()?;
    let and = ["and", "und", "et", "y", "e", "en", "и", "和", "と"];
    match word {
        word if is_gap(word) => Some(Next::Gap),
        word if and.contains(&word.text.as_str()) => Some(Next::Part),
        _ => None,
    }
}

fn statement(
    page: &Page<'_>,
    segment: &Segment,
    range: Range<usize>,
    (group, figure, reach): (Group, &Found, Reach),
) -> Statement {
    let section = match segment.place {
        Place::Heading(_) => page.section(segment.line),
        _ => None,
    };
    page.statement(segment, range, RULE, (Subject::Gaps { group, section }, figure.amount, reach))
}

/// The group that a name on its own means: of a label, or of a row.
pub fn named(page: &Page<'_>, name: &str, line: u32) -> Group {
    let words = amount::words_of(name);
    let about: Vec<Word> =
        words.iter().filter(|word| !is_gap(word) && !is_idle(word)).cloned().collect();
    // One word, such as "Medium", may begin many headings.
    if words.len() > 1 && page.is_section(name, line) {
        return Group::Named(name.to_owned());
    }
    if let Some(level) = priority(name)
        && about.iter().all(|word| priority(&word.text).is_some())
    {
        return Group::Priority(level);
    }
    match about.as_slice() {
        [] => Group::All,
        words if words.iter().all(|word| word.is(Sense::Total)) => Group::All,
        words if words.iter().all(|word| word.is(Sense::Open)) => Group::Open,
        words if words.iter().all(|word| word.is(Sense::Done)) => Group::Done,
        words if words.iter().all(|word| word.is(Sense::Partial)) => Group::Partial,
        _ => Group::Named(name.to_owned()),
    }
}

/// The group that the words before and right after the noun mean.
fn group_of(page: &Page<'_>, before: &[Word], behind: &[Word]) -> Group {
    let telling: Vec<&Word> = before
        .iter()
        .filter(|word| !is_idle(word) && !word.is(Sense::Total) && !page.title.contains(&word.text))
        .collect();
    // A word of the title may still be a priority: "Critical gaps analysis".
    let part = before.iter().chain(behind.first()).find_map(|word| told_group(page, word));
    match (part, telling.as_slice()) {
        (Some(group), words) if words.iter().all(|word| told_group(page, word).is_some()) => group,
        (_, []) => Group::All,
        (_, words) => Group::Qualified(
            words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" "),
        ),
    }
}

/// The group of a word, unless it is one that only weighs and that this ledger gives no gap.
fn told_group(page: &Page<'_>, word: &Word) -> Option<Group> {
    let told = !word.is(Sense::Weighty) || page.priorities.contains(&word.text);
    part_group(word).filter(|_| told)
}

fn part_group(word: &Word) -> Option<Group> {
    if word.is(Sense::Open) {
        Some(Group::Open)
    } else if word.is(Sense::Done) {
        Some(Group::Done)
    } else if word.is(Sense::Partial) {
        Some(Group::Partial)
    } else {
        priority(&word.text).map(Group::Priority)
    }
}

/// The label of a segment whose value begins with the figure.
pub fn label_before<'t>(text: &'t str, figure: &Found) -> Option<(&'t str, usize)> {
    let (label, value) = page::label(text)?;
    let between = text.get(value..figure.range.start).filter(|between| between.len() < 40)?;
    between.chars().all(|sign| !sign.is_alphanumeric()).then_some((label, value))
}

/// Whether a word says nothing of which gaps are counted.
fn is_idle(word: &Word) -> bool {
    word.is(Sense::Measure) || word.is(Sense::Count)
}

/// Whether a word is one for gaps, or a German compound that ends with it.
pub fn is_gap(word: &Word) -> bool {
    word.is(Sense::Gap) || word.text.ends_with("lücken")
}

fn per(words: &[Word]) -> bool {
    words.first().is_some_and(|word| {
        matches!(word.text.as_str(), "per" | "pro" | "par" | "por" | "a" | "each")
    })
}

/// Words that may follow a total: `50+ across 12 dimensions`.
fn across(words: &[Word]) -> bool {
    words.iter().any(|word| word.is(Sense::Total))
        || words.first().is_some_and(|word| {
            matches!(
                word.text.as_str(),
                "across" | "in" | "über" | "dans" | "en" | "em" | "su" | "по"
            )
        })
}

/// The first words of a run, up to a sign that ends the clause.
fn close_words(text: &str, most: usize) -> Vec<Word> {
    // No word that matters is further than this.
    let mut end = text.len().min(24 * most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let stop = text[..end].find(|sign: char| sign == '/' || STOPS.contains(&sign));
    let mut words = amount::words_of(&text[..stop.unwrap_or(end)]);
    words.truncate(most);
    words
}

/// The last words before a byte, back to a sign that ends the clause.
fn clause_before(text: &str, at: usize) -> Vec<Word> {
    let mut from = at.saturating_sub(60);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let stop = text[from..at].rmatch_indices(STOPS).next();
    let first = stop.map_or(from, |(stop, sign)| from + stop + sign.len());
    let mut words = amount::words_of(&text[first..at]);
    let drop = words.len().saturating_sub(4);
    words.drain(..drop);
    words
}

/// Whether the sentence of a figure supposes or wishes.
fn supposed(text: &str, figure: &Found) -> bool {
    let mut from = figure.range.start.saturating_sub(120);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let before = &text[from..figure.range.start];
    let start =
        before.rmatch_indices(['.', '!', '?', '。']).next().map_or(0, |(at, sign)| at + sign.len());
    let sentence = before.get(start..).unwrap_or_default();
    page::has(sentence, Sense::Supposed)
}
