//! Numbers of decisions, in titles and in file names.

use std::sync::LazyLock;

use regex::Regex;

use super::words::WORDS;
use crate::{path::RelPath, read::lines::regex};

/// A title taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbered {
    /// The number.
    pub number: u32,
    /// The number as written, with its zeros.
    pub digits: String,
    /// The title without it.
    pub title: String,
    /// Whether the text says `ADR` before the number.
    pub record: bool,
}

static RECORD: LazyLock<Regex> = LazyLock::new(|| {
    let words: Vec<String> = WORDS.records.iter().map(|word| word.replace(' ', r"\s+")).collect();
    let words = words.join("|");
    regex(&format!(r"(?i)^(?:(?:{words})[\s_#-]*)+(\d{{1,5}})\b\s*[\]]?\s*[:.)|–—-]*\s*(.*)$"))
});
static COUNTED: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^(\d{1,5})(?:\s*[.:)]\s+|\s+[-–—]\s+)(.+)$"));
static NAME: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)^(?:(?:m?adr|edr|decision)[\s_-]*)?(\d{1,5})(?:[-_. ]|$)"));
static DATED: LazyLock<Regex> = LazyLock::new(|| regex(r"^\d{4}-?\d{2}-?\d{2}(?:[-_. ]|$)"));

/// Whether a title says that it is a decision record: `ADR-001: Title`.
pub fn record(text: &str) -> bool {
    RECORD.is_match(text)
}

/// `ADR 010: Title`, `1. Title`.
pub fn split(text: &str) -> Option<Numbered> {
    let text = text.trim();
    let (found, record) = match RECORD.captures(text) {
        Some(found) => (found, true),
        None => (COUNTED.captures(text)?, false),
    };
    let title = found[2].trim();
    let title = if title.is_empty() { text } else { title };
    Some(Numbered {
        number: found[1].parse().ok()?,
        digits: found[1].to_owned(),
        title: title.to_owned(),
        record,
    })
}

/// Whether the file is named by a date, as log4brains does: `20201016-slug.md`.
pub fn is_dated(path: &RelPath) -> bool {
    DATED.is_match(path.stem())
}

/// The date that a file is named by, `YYYY-MM-DD`.
pub fn date_of_name(path: &RelPath) -> Option<String> {
    let found = DATED.find(path.stem())?;
    let digits: String = found.as_str().chars().filter(char::is_ascii_digit).collect();
    let (year, rest) = digits.split_at_checked(4)?;
    let (month, day) = rest.split_at_checked(2)?;
    super::date::iso(&format!("{year}-{month}-{day}"))
}

/// The number of a file's name: `adr-040-slug.md`, `0001-slug.md`.
pub fn of_name(path: &RelPath) -> Option<Numbered> {
    if is_dated(path) {
        return None;
    }
    let stem = path.stem();
    let found = NAME.captures(stem)?;
    let record = stem.starts_with(|letter: char| letter.is_ascii_alphabetic());
    Some(Numbered {
        number: found[1].parse().ok()?,
        digits: found[1].to_owned(),
        title: String::new(),
        record,
    })
}
