//! Dates in the spellings of people: `2019 Aug 31`, `July 29th, 2019`, `17.05.2022`.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    details::Detail,
    words::{Named, WORDS},
};
use crate::{
    model::{Fact, decision::Status, source::Heading},
    read::lines::{self, Line, LineKind, regex},
};

static YEAR_FIRST: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?:^|[^\d])(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:$|[^\d])"));
static YEAR_LAST: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?:^|[^\d])(\d{1,2})([-/.])(\d{1,2})[-/.](\d{4})(?:$|[^\d])"));
static IN_WORDS: LazyLock<Regex> = LazyLock::new(|| regex(r"\d+|\p{L}+"));
static ASIAN: LazyLock<Regex> = LazyLock::new(|| regex(r"(\d{4})年(\d{1,2})月(\d{1,2})日"));

/// The date among the facts above the text; a date of change only where there is no other.
pub fn of_details(details: &[Detail<'_>]) -> Option<Fact<String>> {
    let dated = |detail: &&Detail<'_>| {
        detail.named == Named::Date && detail.value.contains(|sign: char| sign.is_ascii_digit())
    };
    let all: Vec<_> = details.iter().filter(dated).collect();
    let changed = |detail: &&&Detail<'_>| {
        let name = detail.name.to_lowercase();
        !name.contains("updated") && !name.contains("modified")
    };
    let detail = all.iter().find(changed).or(all.first())?;
    Some(fact(&lines::plain(detail.value), detail.line, "date label"))
}

/// The date on a labelled line anywhere else.
pub fn of_labels(block: &[Line<'_>]) -> Option<Fact<String>> {
    let prose = block.iter().filter(|line| line.kind == LineKind::Prose);
    prose.filter_map(|line| Some((line, lines::label(line.text)?))).find_map(|(line, label)| {
        let raw = lines::plain(label.value);
        let dated = WORDS.label(label.name) == Some(Named::Date) && iso(&raw).is_some();
        dated.then(|| fact(&raw, line.number, "date label"))
    })
}

/// The date under a heading of that name.
pub fn of_section(headings: &[Heading], block: &[Line<'_>]) -> Option<Fact<String>> {
    let heading = headings.iter().find(|h| WORDS.label(&h.text) == Some(Named::Date))?;
    let line = block.iter().find(|line| line.number > heading.line && !line.is_blank())?;
    let raw = lines::plain(line.text);
    iso(&raw).map(|value| Fact::new(value, raw, line.number, "date section"))
}

/// The date that a status gives: `Accepted (2020-01-02)`.
pub fn of_status(status: &Fact<Status>) -> Option<Fact<String>> {
    let found = YEAR_FIRST.captures(&status.raw)?;
    let value = day(&found[1], &found[2], &found[3])?;
    Some(Fact::new(value.clone(), value, status.line, "status"))
}

/// The earliest date in the section that tells the history of the record.
pub fn of_history(headings: &[Heading], block: &[Line<'_>]) -> Option<Fact<String>> {
    let index = headings.iter().position(|heading| WORDS.is_history(&heading.text))?;
    let end = headings.get(index + 1).map_or(u32::MAX, |next| next.line);
    let inside = |line: &&Line<'_>| (headings[index].line + 1..end).contains(&line.number);
    let dated = block.iter().filter(inside).filter_map(|line| {
        let (value, raw) = leading(&line.text[lines::marker_len(line.text)..])?;
        Some((value, raw, line.number))
    });
    let (value, raw, line) = dated.min_by(|one, other| one.0.cmp(&other.0))?;
    Some(Fact::new(value, raw, line, "first entry of the history"))
}

fn fact(raw: &str, line: u32, rule: &'static str) -> Fact<String> {
    Fact::new(iso(raw).unwrap_or_else(|| raw.to_owned()), raw, line, rule)
}

/// The date in a short text as `YYYY-MM-DD`; none when there is none, or two readings of it.
pub fn iso(text: &str) -> Option<String> {
    for pattern in [&YEAR_FIRST, &ASIAN] {
        if let Some(found) = pattern.captures(text) {
            return day(&found[1], &found[2], &found[3]);
        }
    }
    if let Some(found) = YEAR_LAST.captures(text) {
        return last(&found[4], (&found[1], &found[3]), &found[2]);
    }
    in_words(text)
}

/// The date that a text begins with, and the text of it.
pub fn leading(text: &str) -> Option<(String, &str)> {
    let end = text.find([':', '—', '–', '|']).or_else(|| text.find(" - ")).unwrap_or(text.len());
    let head = text.get(..end)?.trim().trim_matches(['*', '_', '(', ')', '[', ']']);
    (head.len() <= 30).then_some(())?;
    Some((iso(head)?, head))
}

/// Day and month where the year stands last: with dots the day is first, otherwise a number above
/// twelve tells them apart.
fn last(year: &str, (first, second): (&str, &str), sign: &str) -> Option<String> {
    let (a, b): (u32, u32) = (first.parse().ok()?, second.parse().ok()?);
    if sign == "." || a > 12 || a == b {
        day(year, second, first)
    } else if b > 12 {
        day(year, first, second)
    } else {
        None
    }
}

/// `12 December 2019`, `Aug 31, 2019`, `2019 Aug 31`.
fn in_words(text: &str) -> Option<String> {
    let words: Vec<&str> = IN_WORDS.find_iter(text).map(|word| word.as_str()).take(6).collect();
    let mut parts: (Option<&str>, Option<u32>, Option<&str>) = (None, None, None);
    for word in words {
        if word.starts_with(|letter: char| letter.is_ascii_digit()) {
            if word.len() == 4 {
                parts.0 = parts.0.or(Some(word));
            } else if word.len() <= 2 {
                parts.2 = parts.2.or(Some(word));
            }
        } else if word.chars().count() >= 3 {
            let lower = word.to_lowercase();
            let month = WORDS.months.iter().find(|(name, _)| lower.starts_with(name.as_str()));
            parts.1 = parts.1.or(month.map(|(_, number)| *number));
        }
    }
    day(parts.0?, &parts.1?.to_string(), parts.2?)
}

fn day(year: &str, month: &str, day: &str) -> Option<String> {
    let (y, m, d): (u32, u32, u32) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    let possible = (1900..=2999).contains(&y) && (1..=12).contains(&m) && (1..=31).contains(&d);
    possible.then(|| format!("{y:04}-{m:02}-{d:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings() {
        for (text, wanted) in [
            ("2020-01-08", Some("2020-01-08")),
            ("2020/08/18", Some("2020-08-18")),
            ("2019 Aug 31", Some("2019-08-31")),
            ("12 December 2019", Some("2019-12-12")),
            ("July 29th, 2019", Some("2019-07-29")),
            ("May, 16, 2023", Some("2023-05-16")),
            ("28-Sept-2020", Some("2020-09-28")),
            ("17.05.2022", Some("2022-05-17")),
            ("01.02.2022", Some("2022-02-01")),
            ("28/10/2020", Some("2020-10-28")),
            ("05/19/2020", Some("2020-05-19")),
            ("10/06/2022", None),
            ("3 мая 2021", Some("2021-05-03")),
            ("2021年3月4日", Some("2021-03-04")),
            ("November 4th", None),
            ("version 1.2", None),
        ] {
            assert_eq!(iso(text).as_deref(), wanted, "{text}");
        }
        assert_eq!(leading("2019 Aug 31: Draft").map(|d| d.1), Some("2019 Aug 31"));
        assert_eq!(leading("The month of Aug 31 2019 was good to us all: yes"), None);
    }
}
