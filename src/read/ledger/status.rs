//! Reads what a text claims of a gap: marks, closed words, percentages, free words.

use std::sync::LazyLock;

use regex::Regex;

use super::vocabulary::{CLOSED, FREE, MARKS, PRIORITIES, normal};
use crate::{
    model::{
        Fact,
        gap::{Claim, ClaimStatus, Priority},
    },
    read::lines::regex,
};

/// How much a reading weighs against others of the same gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Words whose meaning is inferred.
    Free,
    /// A sign, or a word that closes the question.
    Explicit,
    /// A percentage below one hundred.
    Percent,
}

static PERCENT: LazyLock<Regex> = LazyLock::new(|| regex(r"(\d{1,3})(?:\.\d+)?\s*%"));
static LEVEL: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)\bP([0-4])\b"));
static SECTION: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)\bpriori\p{L}+\s+([0-4])\b"));

/// What the text claims, and how surely.
pub fn read(text: &str) -> Option<(ClaimStatus, Weight)> {
    if let Some(percent) = percent(text)
        && percent < 100
    {
        let status = if percent == 0 { ClaimStatus::Open } else { ClaimStatus::Partial };
        return Some((status, Weight::Percent));
    }
    if let Some(mark) = first_of(text, MARKS) {
        return Some((mark, Weight::Explicit));
    }
    let plain = normal(text);
    let words: Vec<&str> = plain
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let joined = words.join(" ");
    let starts = |phrase: &str| {
        joined.strip_prefix(phrase).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    if let Some((_, status)) = CLOSED.iter().find(|(phrase, _)| starts(phrase)) {
        return Some((*status, Weight::Explicit));
    }
    let padded = format!(" {joined} ");
    let has = |phrase: &str| {
        padded.contains(&format!(" {phrase} ")) || (!phrase.is_ascii() && padded.contains(phrase))
    };
    FREE.iter().find(|(phrase, _)| has(phrase)).map(|(_, status)| (*status, Weight::Free))
}

/// The percentage the text gives.
pub fn percent(text: &str) -> Option<u8> {
    PERCENT.captures(text)?[1].parse().ok().filter(|percent| *percent <= 100)
}

/// Adds a mention to a claim; `None` when the text claims nothing.
pub fn mention(claim: &mut Claim, text: &str, line: u32, rule: &'static str) -> Option<()> {
    let (status, _) = read(text)?;
    if claim.percent.is_none()
        && let Some(value) = percent(text)
    {
        claim.percent = Some(Fact::new(value, text.trim(), line, rule));
    }
    claim.mentions.push(Fact::new(status, text.trim(), line, rule));
    Some(())
}

/// Lets the mentions decide: the weightiest, and among equals the last of the file.
pub fn settle(claim: &mut Claim) {
    claim.mentions.sort_by_key(|mention| mention.line);
    let weighed = claim
        .mentions
        .iter()
        .max_by_key(|fact| read(&fact.raw).map_or(Weight::Free, |(_, weight)| weight));
    claim.status = weighed.map_or(ClaimStatus::Unknown, |mention| mention.value);
}

/// The priority a value or a mark in a title gives: `P1`, `High`, `1 (Critical)`.
pub fn priority(text: &str) -> Option<Priority> {
    if let Some(level) = LEVEL.captures(text) {
        return level_of(&level[1]);
    }
    let plain = normal(text);
    let words = || plain.split(|letter: char| !letter.is_alphanumeric());
    words()
        .find_map(|word| PRIORITIES.iter().find(|(own, _)| *own == word))
        .map(|(_, priority)| *priority)
        .or_else(|| first_of(text, &PRIORITIES[PRIORITIES.len() - 4..]))
}

/// The priority that the heading of a section of gaps gives: `Priority 0 Gaps (CRITICAL)`.
pub fn section_priority(text: &str) -> Option<Priority> {
    let level = LEVEL.captures(text).or_else(|| SECTION.captures(text));
    level.and_then(|level| level_of(&level[1])).or_else(|| priority(text))
}

fn level_of(digit: &str) -> Option<Priority> {
    Priority::ALL.get(digit.parse::<usize>().ok()?).copied()
}

/// The value of the sign that stands first in the text.
fn first_of<T: Copy>(text: &str, signs: &[(&str, T)]) -> Option<T> {
    let lower = text.to_lowercase();
    let found = signs.iter().filter_map(|(sign, value)| Some((lower.find(sign)?, *value)));
    found.min_by_key(|(at, _)| *at).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_outrank_words_and_percentages_outrank_marks() {
        for (text, wanted) in [
            ("COMPLETED - guide written", Some(ClaimStatus::Done)),
            ("NOT YET DOCUMENTED", Some(ClaimStatus::Open)),
            ("PARTIALLY DOCUMENTED", Some(ClaimStatus::Partial)),
            ("NAMED BUT NOT EXPLAINED", Some(ClaimStatus::Partial)),
            ("❌ TODO", Some(ClaimStatus::Open)),
            ("⚠️ PARTIAL", Some(ClaimStatus::Partial)),
            ("✅ 60%", Some(ClaimStatus::Partial)),
            ("✅ NOW DOCUMENTED", Some(ClaimStatus::Done)),
            ("see above", None),
        ] {
            assert_eq!(read(text).map(|(status, _)| status), wanted, "{text}");
        }
    }

    #[test]
    fn priorities_by_level_and_by_word() {
        assert_eq!(priority("P3"), Some(Priority::P3));
        assert_eq!(priority("1 (Critical)"), Some(Priority::P0));
        assert_eq!(priority("🟠"), Some(Priority::P1));
        assert_eq!(section_priority("Priority 3 Gaps (MEDIUM - Speed)"), Some(Priority::P3));
        assert_eq!(section_priority("High Priority Gaps"), Some(Priority::P1));
        assert_eq!(section_priority("Gaps"), None);
    }
}
