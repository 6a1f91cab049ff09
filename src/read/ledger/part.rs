//! The section or topic that a recommendation asks of a document: "Add section "Limits" to X.md",
//! "X.md section 5.1", "Expand X.md with rate limits".

use std::sync::LazyLock;

use regex::Regex;

use crate::{model::gap::TargetPart, read::lines::regex};

/// A title in quotation marks, a number, or words that begin with a capital.
const TITLE: &str = concat!(
    r#"(?:["“„«](?P<quoted>[^"”“»\n]{1,80})["”“»]|`(?P<code>[^`\n]{1,80})`"#,
    r"|(?P<number>\d+(?:\.\d+)*)|(?P<words>\p{Lu}[\w-]*(?:\s[\w&-]+){0,6}?))",
);
const SECTION: &str = "(?:sub)?sections?|chapter|abschnitt|kapitel|sección|seção|sezione|раздел|§";

static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(r"(?i:\b(?:{SECTION})|§)\s*{TITLE}\s+(?:to|in|into|of|from|zu|in)\s+[`*]*$"))
});
static TITLE_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r#"["“„«](?P<quoted>[^"”“»\n]{{1,80}})["”“»]\s+(?i:{SECTION})\s+(?:to|in|into|of)\s+[`*]*$"#
    ))
});
static AFTER: LazyLock<Regex> =
    LazyLock::new(|| regex(&format!(r"^[`*]*,?\s*\(?\s*(?i:(?:{SECTION}))\s*{TITLE}(?:\W|$)")));
static WITH: LazyLock<Regex> = LazyLock::new(|| {
    regex(concat!(
        r"^[`*]*\s+(?i:with|by adding|um|avec|con|com|met)\s+",
        r"(?i:(?:a|an|the|new)\s+)*(?i:section\s+(?:on|about|for)\s+)?(?P<topic>[^.;,()\n]{2,80})",
    ))
});

/// The part asked for by the words right before and right after a document's name.
pub fn of(before: &str, after: &str) -> Option<TargetPart> {
    // Only the words next to the name speak of it.
    let tail = tail(before);
    let section = BEFORE.captures(tail).or_else(|| TITLE_FIRST.captures(tail));
    if let Some(found) = section.or_else(|| AFTER.captures(after)) {
        let title =
            ["quoted", "code", "number", "words"].into_iter().find_map(|n| found.name(n))?;
        return Some(TargetPart::Section(title.as_str().trim().to_owned()));
    }
    let topic = WITH.captures(after)?.name("topic")?.as_str();
    let topic = topic.trim_matches(|sign: char| sign.is_whitespace() || "`*\"“”".contains(sign));
    (!topic.is_empty()).then(|| TargetPart::Topic(topic.to_owned()))
}

/// The last 160 bytes or fewer, cut between letters.
fn tail(text: &str) -> &str {
    let mut from = text.len().saturating_sub(160);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::gap::Intent,
        read::ledger::{target, vocabulary::SHIPPED},
    };

    #[test]
    fn sections_and_topics() {
        let section = |text: &str| Some(TargetPart::Section(text.into()));
        let topic = |text: &str| Some(TargetPart::Topic(text.into()));
        for (text, part) in [
            ("Add section \"Rate limits\" to X.md", section("Rate limits")),
            ("Add a \"Rate limits\" section to `X.md`", section("Rate limits")),
            ("Add section Rate Limits to docs/X.md", section("Rate Limits")),
            ("Add section 5.1 to X.md", section("5.1")),
            ("Update X.md section 5.1", section("5.1")),
            ("Update `X.md` (section 5.1) soon", section("5.1")),
            ("Update X.md § 4", section("4")),
            ("Expand X.md with rate limits", topic("rate limits")),
            ("Expand `X.md` with a section on rate limits.", topic("rate limits")),
            ("Add section to X.md", None),
            ("Create X.md (2-3 pages)", None),
            ("Create X.md", None),
        ] {
            let found = target::find(text, 0, 1, Intent::Create, &SHIPPED);
            assert_eq!(found.iter().map(|t| t.part.clone()).next_back(), Some(part), "{text}");
        }
    }
}
