//! Working time in words: `3-5 days`, `2 weeks`, `~8h`, `10 Tage`, `20` under `Effort (days)`.

use std::sync::LazyLock;

use regex::Regex;

use super::words::{WORDS, normal};
use crate::{model::ledger::Effort, read::lines::regex};

/// More than this is no working time but a year or a size: a thousand months.
const MOST: f64 = 1e7;

static RANGE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(\d+(?:[.,]\d+)?)(?:\s*(?:[-–—~～〜]|\.\.|to|bis|à|a|até|tot|до)\s*(\d+(?:[.,]\d+)?))?\s*\+?",
    )
});

/// The first working time in a text. A figure without a unit counts in `unit` minutes, if that
/// is known.
pub fn read(text: &str, unit: Option<u64>) -> Option<Effort> {
    let text = normal(text);
    for found in RANGE.captures_iter(&text) {
        let whole = found.get(0)?;
        // `P1`, `v2`, `Q3` are names.
        if text[..whole.start()].ends_with(|c: char| c.is_alphabetic() && c.is_ascii()) {
            continue;
        }
        let rest = &text[whole.end()..];
        let own = unit_at(rest);
        if own.is_none() && (unit.is_none() || rest.trim_start().starts_with('%')) {
            continue;
        }
        let minutes = own.or(unit)?;
        let low = minutes_of(&found[1], minutes)?;
        let high = found.get(2).and_then(|high| minutes_of(high.as_str(), minutes));
        let high = high.unwrap_or(low);
        return Some(Effort { low: low.min(high), high: low.max(high) });
    }
    None
}

/// The minutes of the unit in a head: `Effort (dev days)`, `Aufwand in Tagen`, `Hours`.
pub fn unit_of(head: &str) -> Option<u64> {
    let head = normal(head);
    let words = head.split(|c: char| !c.is_alphanumeric() && c != '-');
    words.filter(|word| word.chars().count() > 1).find_map(|word| {
        WORDS.units.iter().find(|(own, _)| own == word).map(|(_, minutes)| *minutes)
    })
}

/// The unit a text begins with; the words are sorted by length, so the longest wins.
fn unit_at(text: &str) -> Option<u64> {
    let text = text.trim_start_matches([' ', '-', '\u{a0}']);
    let found = WORDS.units.iter().find(|(word, _)| {
        let cjk = word.chars().all(|c| u32::from(c) >= 0x2e80);
        text.strip_prefix(word.as_str())
            .is_some_and(|rest| cjk || !rest.starts_with(char::is_alphanumeric))
    });
    found.map(|(_, minutes)| *minutes)
}

fn minutes_of(figure: &str, unit: u64) -> Option<u64> {
    let figure: f64 = figure.replace(',', ".").parse().ok()?;
    let minutes = figure * unit as f64;
    (minutes < MOST).then_some(minutes.round() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ledger::DAY;

    #[test]
    fn times_in_their_spellings() {
        for (text, days) in [
            ("3-5 days", Some((3.0, 5.0))),
            ("2 weeks", Some((10.0, 10.0))),
            ("~8h", Some((1.0, 1.0))),
            ("1.5 d", Some((1.5, 1.5))),
            ("1 bis 2 Wochen", Some((5.0, 10.0))),
            ("2 à 3 jours", Some((2.0, 3.0))),
            ("3–4 semanas", Some((15.0, 20.0))),
            ("5 gg", Some((5.0, 5.0))),
            ("2 uur", Some((0.25, 0.25))),
            ("4 дня", Some((4.0, 4.0))),
            ("3人日", Some((3.0, 3.0))),
            ("2週間", Some((10.0, 10.0))),
            ("Wave 4 (3-6 months)", Some((60.0, 120.0))),
            ("L (P1)", None),
            ("2-3 pages", None),
            ("35%", None),
            ("", None),
        ] {
            assert_eq!(read(text, None).map(Effort::days), days, "{text}");
        }
    }

    #[test]
    fn bare_figures_count_in_the_unit_of_the_head() {
        assert_eq!(unit_of("Effort (Dev Days)"), Some(DAY));
        assert_eq!(unit_of("Aufwand in Tagen"), Some(DAY));
        assert_eq!(unit_of("Effort"), None);
        assert_eq!(read("20", Some(DAY)).map(Effort::days), Some((20.0, 20.0)));
        assert_eq!(read("20", None), None);
    }
}
