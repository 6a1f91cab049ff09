//! Reads what a text claims of a gap, and how urgent it is: signs, closed words, percentages, free
//! words.

use std::sync::LazyLock;

use regex::Regex;

use super::{legend::Legend, lexicon::Words, vocabulary::Vocabulary};
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

static PERCENT: LazyLock<Regex> = LazyLock::new(|| regex(r"(\d{1,3})(?:[.,]\d+)?\s?[%％]"));
static LEVEL: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)(?:^|[^\p{L}\p{N}])P([0-4])(?:[^\p{L}\p{N}.]|$)"));
static SECTION: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?i)(?:\bpriori\p{L}+|приоритет\p{L}*|优先级|優先度)\s*([0-4])(?:[^\d.]|$)")
});

/// What the text claims, and how surely.
pub fn read(text: &str, words: &Vocabulary) -> Option<(ClaimStatus, Weight)> {
    if let Some(percent) = percent(text)
        && percent < 100
    {
        let status = if percent == 0 { ClaimStatus::Open } else { ClaimStatus::Partial };
        return Some((status, Weight::Percent));
    }
    if let Some((_, mark)) = first_of(text, &words.signs) {
        return Some((mark, Weight::Explicit));
    }
    let tokens = Words::of(text);
    if let Some(status) = words.closed.start(&tokens) {
        return Some((status, Weight::Explicit));
    }
    if let Some((_, mark)) = first_of(text, &words.status_signs) {
        return Some((mark, Weight::Explicit));
    }
    let free = words.free.iter().find(|(_, lexicon)| lexicon.any(&tokens));
    free.map(|(status, _)| (*status, Weight::Free))
}

/// What a sign in the text claims; words do not count.
pub fn sign(text: &str, words: &Vocabulary) -> Option<ClaimStatus> {
    first_of(text, &words.signs).map(|(_, status)| status)
}

/// What a text beside a title claims: a sign, a percentage, closed words.
pub fn beside(text: &str, words: &Vocabulary) -> Option<ClaimStatus> {
    read(text, words).filter(|(_, weight)| *weight > Weight::Free).map(|(status, _)| status)
}

/// What a text beside a title claims: coloured signs are priorities there.
pub fn beside_title(text: &str, words: &Vocabulary) -> Option<ClaimStatus> {
    let by_words = words.closed.start(&Words::of(text));
    let signed = percent(text).is_some() || sign(text, words).is_some() || by_words.is_some();
    beside(text, words).filter(|_| signed)
}

/// The byte of the first sign of a status or a priority.
pub fn sign_at(text: &str, words: &Vocabulary) -> Option<usize> {
    let status = words.signs.iter().map(|(sign, _)| sign);
    let signs = status.chain(words.priority_signs.iter().map(|(sign, _)| sign));
    signs.filter_map(|sign| text.find(sign.as_str())).min()
}

/// Whether the text in brackets after a title is no part of it: a priority, a status, a percentage.
pub fn is_beside(text: &str, words: &Vocabulary) -> bool {
    let tokens = Words::of(text);
    let short = tokens.list().len() <= 4;
    let graded = priority(text, words).is_some() && tokens.list().len() <= 3;
    let closed = words.closed.at(&tokens, 0).is_some_and(|(_, len)| len + 1 >= tokens.list().len());
    graded
        || (short && (percent(text).is_some() || sign(text, words).is_some() || closed))
        || (tokens.list().len() <= 6 && words.label_of_level(&tokens))
}

/// The same of words after a dash, which must be nothing else.
pub fn is_beside_dash(text: &str, words: &Vocabulary) -> bool {
    let tokens = Words::of(text);
    let whole = words.closed.whole(&tokens).is_some() || words.priority.whole(&tokens).is_some();
    whole || LEVEL.is_match(text) && tokens.list().len() <= 2 || words.label_of_level(&tokens)
}

/// The percentage the text gives.
pub fn percent(text: &str) -> Option<u8> {
    PERCENT.captures(text)?[1].parse().ok().filter(|percent| *percent <= 100)
}

/// Adds a mention to a claim; `None` when the text claims nothing.
pub fn mention(
    claim: &mut Claim,
    text: &str,
    line: u32,
    rule: &'static str,
    words: &Vocabulary,
) -> Option<()> {
    let (status, _) = read(text, words)?;
    if claim.percent.is_none()
        && let Some(value) = percent(text)
    {
        claim.percent = Some(Fact::new(value, text.trim(), line, rule));
    }
    claim.mentions.push(Fact::new(status, text.trim(), line, rule));
    Some(())
}

/// Lets the mentions decide: the weightiest, and among equals the last of the file.
pub fn settle(claim: &mut Claim, words: &Vocabulary) {
    claim.mentions.sort_by_key(|mention| mention.line);
    let weighed = claim
        .mentions
        .iter()
        .max_by_key(|fact| read(&fact.raw, words).map_or(Weight::Free, |(_, weight)| weight));
    claim.status = weighed.map_or(ClaimStatus::Unknown, |mention| mention.value);
}

/// The priority a value or a mark in a title gives: `P1`, `High`, `1 (Critical)`; a sign only
/// where no word does.
pub fn priority(text: &str, words: &Vocabulary) -> Option<Priority> {
    if let Some(level) = LEVEL.captures(text) {
        return level_of(&level[1]);
    }
    let tokens = Words::of(text);
    let found = words.priority.find(&tokens).map(|(priority, ..)| priority);
    found.or_else(|| first_of(text, &words.priority_signs).map(|(_, priority)| priority))
}

/// The priority a text begins with, signs aside: `🔴 **Critical** - nothing works`.
pub fn priority_at_start(text: &str, words: &Vocabulary) -> Option<Priority> {
    let tokens = Words::of(text);
    if let Some(priority) = words.priority.start(&tokens) {
        return Some(priority);
    }
    let start: String = text.trim_start().chars().take(3).collect();
    LEVEL
        .captures(text.get(..text.len().min(6)).unwrap_or_default())
        .and_then(|level| level_of(&level[1]))
        .or_else(|| first_of(&start, &words.priority_signs).map(|(_, priority)| priority))
}

/// The priority in a text by the document's own legend, else by the general words.
pub fn priority_by(text: &str, legend: &Legend, words: &Vocabulary) -> Option<Priority> {
    let tokens = Words::of(text);
    if LEVEL.is_match(text) || words.priority.any(&tokens) {
        return priority(text, words);
    }
    legend.priority(text, &tokens).or_else(|| priority(text, words))
}

/// The priority that the heading of a section of gaps gives: `Priority 0 Gaps (CRITICAL)`.
pub fn section_priority(text: &str, words: &Vocabulary) -> Option<Priority> {
    let level = LEVEL.captures(text).or_else(|| SECTION.captures(text));
    if let Some(level) = level {
        return level_of(&level[1]);
    }
    let tokens = Words::of(text);
    words.priority.find(&tokens).map(|(priority, ..)| priority)
}

fn level_of(digit: &str) -> Option<Priority> {
    Priority::ALL.get(digit.parse::<usize>().ok()?).copied()
}

/// The sign that stands first in the text: where, and its value.
fn first_of<T: Copy>(text: &str, signs: &[(String, T)]) -> Option<(usize, T)> {
    let found = signs.iter().filter_map(|(sign, value)| Some((text.find(sign.as_str())?, *value)));
    found.min_by_key(|(at, _)| *at)
}

impl Vocabulary {
    /// `Priority: HIGH`, `HIGH impact`, `high priority`: words of a level and of what has one.
    fn label_of_level(&self, tokens: &Words) -> bool {
        use super::vocabulary::Meaning::{Impact, Priority, Severity, Status};
        let graded = |at: usize| {
            self.priority.at(tokens, at).is_some() || self.closed.at(tokens, at).is_some()
        };
        let labelled = |at: usize| {
            self.labels
                .at(tokens, at)
                .is_some_and(|(m, _)| matches!(m, Impact | Priority | Severity | Status))
        };
        let all = 0..tokens.list().len();
        all.clone().any(graded) && all.clone().any(labelled) && tokens.list().len() <= 4
    }
}

#[cfg(test)]
mod tests {
    use super::{super::vocabulary::SHIPPED, *};

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
            ("🟡 Partial", Some(ClaimStatus::Partial)),
            ("by design", Some(ClaimStatus::Unknown)),
            ("fehlt noch", Some(ClaimStatus::Open)),
            ("部分实现", Some(ClaimStatus::Partial)),
            ("see above", None),
        ] {
            assert_eq!(read(text, &SHIPPED).map(|(status, _)| status), wanted, "{text}");
        }
    }

    #[test]
    fn priorities_by_level_and_by_word() {
        let priority = |text| priority(text, &SHIPPED);
        assert_eq!(priority("P3"), Some(Priority::P3));
        assert_eq!(priority("1 (Critical)"), Some(Priority::P0));
        assert_eq!(priority("🟠"), Some(Priority::P1));
        assert_eq!(priority("🔴 High"), Some(Priority::P1), "the word outranks the sign");
        assert_eq!(priority_at_start("High for compliance", &SHIPPED), Some(Priority::P1));
        assert_eq!(priority_at_start("No high availability", &SHIPPED), None);
        let section = |text| section_priority(text, &SHIPPED);
        assert_eq!(section("Priority 3 Gaps (MEDIUM - Speed)"), Some(Priority::P3));
        assert_eq!(section("High Priority Gaps"), Some(Priority::P1));
        assert_eq!(section("Prioridade 2"), Some(Priority::P2));
        assert_eq!(section("Gaps"), None);
    }
}
