//! Arithmetic that a text writes out: `100% = 15 + 25 + 10`, `2 developers × 4 weeks = 8 weeks`.

use std::sync::LazyLock;

use regex::Regex;

use super::{amount, page::Page, prose::Segment, words};
use crate::{
    model::statement::{Amount, Bound, Part, Reach, Statement, Subject},
    read::lines::regex,
};

const TERM: &str = r"\d+(?:[.,]\d+)*\s?%?(?:\s?\p{L}[\p{L}-]*){0,2}";

static SUM: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(r"(?P<terms>{TERM}(?:\s*\+\s*{TERM})+)\s*(?P<sign>=|≈)\s*(?P<result>{TERM})"))
});
static MUS: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(r"(?P<result>{TERM})\s*(?P<sign>=|≈)\s*(?P<terms>{TERM}(?:\s*\+\s*{TERM})+)"))
});
static PRODUCT: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(r"(?P<terms>{TERM}\s*[×✕]\s*{TERM})\s*(?P<sign>=|≈)\s*(?P<result>{TERM})"))
});

/// A number with what it is of.
struct Term {
    amount: Amount,
    percent: bool,
    /// Unit words, in one spelling where they are known.
    unit: String,
}

/// The arithmetic of a segment.
pub fn read(page: &Page<'_>, segment: &Segment) -> Vec<Statement> {
    let text = page.words(segment);
    if !text.contains(['=', '≈']) || !text.contains(['+', '×', '✕']) {
        return Vec::new();
    }
    let mut found: Vec<Statement> = Vec::new();
    for (shape, pattern) in [(Shape::Sum, &SUM), (Shape::Sum, &MUS), (Shape::Product, &PRODUCT)] {
        for captures in pattern.captures_iter(text) {
            let one = arithmetic(page, segment, shape, &captures);
            found.extend(one.filter(|one| found.iter().all(|own| apart(own, one))));
        }
    }
    found
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Sum,
    Product,
}

fn arithmetic(
    page: &Page<'_>,
    segment: &Segment,
    shape: Shape,
    found: &regex::Captures<'_>,
) -> Option<Statement> {
    let text = page.words(segment);
    let (all, terms, result) = (found.get(0)?, found.name("terms")?, found.name("result")?);
    let before = text[..all.start()].trim_end().chars().next_back();
    let after = text[all.end()..].trim_start().chars().next();
    let operator = |sign: char| "+×✕*/=≈^€$£#_-".contains(sign);
    let touches = text[..all.start()].ends_with(|sign: char| sign.is_alphanumeric() || sign == '.');
    if touches || before.is_some_and(operator) || after.is_some_and(operator) {
        return None;
    }
    let read: Option<Vec<Term>> = terms.as_str().split(['+', '×', '✕']).map(term).collect();
    let (read, mut result_term) = (read?, term(result.as_str())?);
    let fits = match shape {
        Shape::Sum => same_units(&read, &result_term),
        Shape::Product => read.iter().any(|term| term.unit == result_term.unit),
    };
    if !fits {
        return None;
    }
    if &found["sign"] == "≈" {
        result_term.amount.bound = Bound::About;
    }
    let line = page.index.line(segment.range.start + all.start());
    let parts: Vec<Part> =
        read.iter().map(|term| Part { amount: term.amount, unit: "", line }).collect();
    let (subject, rule) = match shape {
        Shape::Sum => {
            (Subject::Sum { parts, of: "the terms beside it".to_owned() }, "sum in words")
        }
        Shape::Product => (Subject::Product { parts }, "product in words"),
    };
    let range = all.start()..all.start() + all.as_str().trim_end().len();
    Some(page.statement(segment, range, rule, (subject, result_term.amount, Reach::Whole)))
}

fn term(words: &str) -> Option<Term> {
    let mut figures = amount::find(words);
    let figure = figures.pop().filter(|_| figures.is_empty())?;
    let rest = amount::words_of(&words[figure.range.end..]);
    let unit = rest.iter().find_map(|word| words::unit(&word.text)).map(str::to_owned);
    let unit = unit.or_else(|| rest.first().map(|word| word.text.clone())).unwrap_or_default();
    Some(Term { amount: figure.amount, percent: figure.percent, unit })
}

/// Terms of different units do not add up; a result in percent may have bare terms.
fn same_units(terms: &[Term], result: &Term) -> bool {
    let Some(first) = terms.first() else { return false };
    let alike = terms.iter().all(|term| {
        (term.unit == first.unit || term.unit.is_empty() || first.unit.is_empty())
            && term.percent == first.percent
    });
    let known = |term: &Term| term.unit.is_empty() || words::unit(&term.unit).is_some();
    let all_known = terms.iter().all(known);
    let units: Vec<&str> =
        terms.iter().map(|term| term.unit.as_str()).filter(|unit| !unit.is_empty()).collect();
    let agrees = units
        .iter()
        .all(|unit| result.unit.is_empty() || *unit == result.unit || words::unit(unit).is_none());
    alike && agrees && (all_known || units.windows(2).all(|pair| pair[0] == pair[1]))
}

fn apart(a: &Statement, b: &Statement) -> bool {
    a.span.end <= b.span.start || b.span.end <= a.span.start
}
