//! "`docs/X.md` (622 lines)", "X.md: 1,250 words": sizes of files that are named beside them.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    amount::{self, Found},
    count::is_count,
    page::Page,
    prose::{Place, Segment},
    words::Sense,
};
use crate::{
    model::statement::{Measure, Reach, Statement, Subject},
    read::lines::regex,
};

static FILE: LazyLock<Regex> =
    LazyLock::new(|| regex(r"[\p{L}\p{N}_][\p{L}\p{N}_./-]*\.[A-Za-z][A-Za-z0-9]{0,6}\b"));

/// The sizes that a segment states.
pub fn read(page: &Page<'_>, segment: &Segment) -> Vec<Statement> {
    let text = page.words(segment);
    let one = |figure: &Found| {
        let (measure, end) = measure(text, figure)?;
        let file = file_before(page, segment, figure).or_else(|| file_after(page, segment, end));
        let in_row = matches!(segment.place, Place::Cell { row, .. } if row > 0);
        let alone = text[..figure.range.start].chars().all(|sign| !sign.is_alphanumeric())
            && text[end..].chars().all(|sign| !sign.is_alphanumeric());
        if file.is_none() && !(in_row && alone) {
            return None;
        }
        let subject = Subject::Size { measure, file };
        let what = (subject, figure.amount, Reach::Whole);
        Some(page.statement(segment, figure.range.start..end, "size of a file", what))
    };
    segment.figures.iter().filter(|figure| is_count(figure)).filter_map(one).collect()
}

/// What the word after a figure counts, and where it ends.
fn measure(text: &str, figure: &Found) -> Option<(Measure, usize)> {
    let rest = &text[figure.range.end..];
    let mut near = rest.len().min(24);
    while !rest.is_char_boundary(near) {
        near -= 1;
    }
    let words = amount::words_of(&rest[..near]);
    let word = words.first()?;
    if !rest[..word.range.start].trim().is_empty() {
        return None;
    }
    let measure = if word.is(Sense::Lines) {
        Measure::Lines
    } else if word.is(Sense::Words) {
        Measure::Words
    } else {
        return None;
    };
    Some((measure, figure.range.end + word.range.end))
}

/// The file named right before: `X.md (622 lines)`, `X.md: 622 lines`, `X.md created (622 lines)`,
/// also in code or in a link, which are no prose but name files.
fn file_before(page: &Page<'_>, segment: &Segment, figure: &Found) -> Option<String> {
    let end = segment.range.start + figure.range.start;
    // The name may stand before the segment's first prose, as inline code does.
    let line = page.index.span(page.index.line(end), page.text).start;
    let from = boundary(page.text, line.max(end.saturating_sub(160)));
    let before = &page.text[from..end];
    let name = FILE.find_iter(before).last()?;
    let between = before[name.end()..].trim_matches(['`', '*', '_', ')', ']', ' ', '"']);
    let joined = between.is_empty()
        || between.ends_with(['(', ':', '-', '–', '—', '|', '：', '（', ',', '=', '~']);
    let words = amount::words_of(between);
    // "(622 lines, 1,250 words)": a size before this one.
    let sized = words.len() == 2 && (words[1].is(Sense::Lines) || words[1].is(Sense::Words));
    let changes = !sized && words.iter().any(|word| word.is(Sense::NoCount) || word.is(Sense::Gap));
    let close = words.len() <= 2 && !between.contains([';', '.']);
    (joined && close && !changes).then(|| name.as_str().to_owned())
}

/// The file named right after: `622 lines in X.md`.
fn file_after(page: &Page<'_>, segment: &Segment, end: usize) -> Option<String> {
    let from = segment.range.start + end;
    let to = boundary(page.text, page.text.len().min(from + 120));
    let after = page.text[from..to].lines().next()?;
    let name = FILE.find(after)?;
    let between = after[..name.start()].trim_matches(['`', '*', '_', '[', ' ']);
    let joins = ["in", "of", "from", "für", "von", "dans", "de", "en", "em", "di", "van", "в"];
    (joins.contains(&between.to_lowercase().as_str()) && !changed_before(page, segment))
        .then(|| name.as_str().to_owned())
}

/// `Add 50 lines to X.md` changes a file and does not measure it.
fn changed_before(page: &Page<'_>, segment: &Segment) -> bool {
    let words = amount::words_of(page.words(segment));
    words.first().is_some_and(|word| word.is(Sense::NoCount))
}

fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
