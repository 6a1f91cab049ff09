//! Figures that a text states: a number with its unit. When a document loses one without getting
//! another, it says less than before.

use std::{collections::BTreeSet, sync::LazyLock};

use regex::Regex;

use crate::read::lines::regex;

/// A number and the word or sign behind it: `200 ms`, `99.9 %`, `3 replicas`. Parts of names, of
/// versions and of dates are no figures.
static FIGURE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?:^|[\s(~≤≥<>=≈±€$£])(\d+(?:[.,]\d+)*)\s?(%|‰|°[CF]?|[\p{L}µ]{1,16}(?:/[\p{L}]{1,8})?)",
    )
});

/// The figures of a Markdown text, in lower case; code blocks and headings state none.
pub fn of(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut fence: Option<&str> = None;
    for line in text.lines() {
        let trimmed = line.trim_start();
        let mark = ["```", "~~~"].into_iter().find(|mark| trimmed.starts_with(mark));
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            (None, None) if !trimmed.starts_with('#') => {
                let figure =
                    |hit: regex::Captures<'_>| format!("{} {}", &hit[1], hit[2].to_lowercase());
                found.extend(FIGURE.captures_iter(trimmed).map(figure));
            }
            _ => {}
        }
    }
    found
}

/// Those that are gone, when more went than came: a figure that was changed is not lost.
pub fn lost(before: &BTreeSet<String>, after: &BTreeSet<String>) -> Vec<String> {
    let gone: Vec<String> = before.difference(after).cloned().collect();
    let came = after.difference(before).count();
    if gone.len() > came { gone } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        of(text).into_iter().collect()
    }

    #[test]
    fn numbers_with_their_units_are_figures() {
        assert_eq!(
            found("Retry within 200 ms, at most (5 times), in 99.9% of cases."),
            ["200 ms", "5 times", "99.9 %"]
        );
        assert!(
            found("## 3 rules\n```\n5 times\n```\nSee GAP-12, v1.2 and 2026-11-21.").is_empty()
        );
    }

    #[test]
    fn a_changed_figure_is_not_lost() {
        let lost = |before: &str, after: &str| super::lost(&of(before), &of(after));
        assert_eq!(lost("Wait 5 s or 2 min.", "Wait 5 s."), ["2 min"]);
        assert!(lost("Wait 5 s.", "Wait 9 s.").is_empty());
    }
}
