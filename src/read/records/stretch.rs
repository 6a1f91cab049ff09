//! When a phase is: `Weeks 1-2`, `Week 4+`, `Month 3`, `Q1 2024`, `next 6 months`, `2 weeks`.

use std::sync::LazyLock;

use regex::Regex;

use super::{amount, words::normal};
use crate::{
    model::ledger::{DAY, MONTH, Stretch, WEEK},
    read::lines::regex,
};

/// Counted time: the unit before the figures.
static COUNTED: LazyLock<Regex> = LazyLock::new(|| {
    regex(concat!(
        r"(?:^|[^\p{L}])(",
        r"days?|tage?|jours?|d[ií]as?|giorn[oi]|dag(?:en)?|день|дни|",
        r"weeks?|wochen?|kw|semaines?|semanas?|settiman[ae]|weken|недел[яи]|第?周|",
        r"months?|monate?|mois|mes(?:es)?|mês|mes[ei]|maand(?:en)?|месяцы?)",
        r"\s*(\d{1,3})\s*(?:(\+)|(?:[-–—~]|to|bis|à|a|до)\s*(\d{1,3})(\+)?)?",
    ))
});
static QUARTER: LazyLock<Regex> =
    LazyLock::new(|| regex(r"\bq([1-4])(?:\s*[-–—]\s*q?([1-4]))?\s*[/'’ -]?\s*((?:20)?\d\d)?\b"));
static NEXT: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?:^|[^\p{L}])(?:next|nächste[nr]?|prochaine?s|próxim[oa]s|prossim[ie]|komende|следующие)\b",
    )
});

static OPEN: LazyLock<Regex> = LazyLock::new(|| regex(r"\d\s*\+"));

/// Reads a time. A bare figure counts in `unit` minutes, if that is known.
pub fn read(text: &str, unit: Option<u64>) -> Option<Stretch> {
    let text = normal(text);
    if let Some(found) = COUNTED.captures(&text) {
        let unit = unit_of(&found[1]);
        let first: u64 = found[2].parse().ok()?;
        let last: u64 = found.get(4).map_or(Some(first), |last| last.as_str().parse().ok())?;
        let open = found.get(3).is_some() || found.get(5).is_some();
        let from = first.saturating_sub(1) * unit;
        let to = (!open).then_some(last.max(first) * unit);
        return Some(Stretch::Between { from, to });
    }
    if let Some(found) = QUARTER.captures(&text) {
        let first: u64 = found[1].parse().ok()?;
        let last: u64 = found.get(2).map_or(Some(first), |last| last.as_str().parse().ok())?;
        let year: u64 = found.get(3).map_or(Some(0), |year| year.as_str().parse().ok())?;
        let from = (year % 100) * 4 + first - 1;
        let to = (year % 100) * 4 + last.max(first);
        return Some(Stretch::Between { from: from * 3 * MONTH, to: Some(to * 3 * MONTH) });
    }
    let effort = amount::read(&text, unit)?;
    // "Next 6 months" begins now; "6-12 months", said of a horizon, is when it is over.
    match NEXT.is_match(&text) {
        true => Some(Stretch::Between { from: 0, to: Some(effort.high) }),
        false => Some(Stretch::Lasting(effort)),
    }
}

/// Reads the time of a horizon (`Mid-term (3-6 months)`): a range is a place, not a length.
pub fn horizon(text: &str) -> Option<Stretch> {
    match read(text, None)? {
        Stretch::Lasting(effort) if OPEN.is_match(text) => {
            Some(Stretch::Between { from: effort.low, to: None })
        }
        Stretch::Lasting(effort) if effort.low < effort.high => {
            Some(Stretch::Between { from: effort.low, to: Some(effort.high) })
        }
        other => Some(other),
    }
}

fn unit_of(word: &str) -> u64 {
    let is = |starts: &[&str]| starts.iter().any(|start| word.starts_with(start));
    if is(&["day", "tag", "jour", "dia", "día", "giorn", "dag", "ден", "дн"]) {
        DAY
    } else if is(&["week", "woch", "kw", "sema", "setti", "weken", "недел", "第", "周"]) {
        WEEK
    } else {
        MONTH
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_in_their_spellings() {
        let weeks = |from, to| Some(Stretch::Between { from: from * WEEK, to: Some(to * WEEK) });
        let quarters = |from: u64, to: u64| {
            Some(Stretch::Between { from: from * 3 * MONTH, to: Some(to * 3 * MONTH) })
        };
        for (text, wanted) in [
            ("Weeks 1-2", weeks(0, 2)),
            ("Week 3", weeks(2, 3)),
            ("Wochen 3 bis 4", weeks(2, 4)),
            ("Semanas 5–6", weeks(4, 6)),
            ("Недели 1-2", weeks(0, 2)),
            ("Week 4+", Some(Stretch::Between { from: 3 * WEEK, to: None })),
            ("Q1 2024", quarters(96, 97)),
            ("Q3", quarters(2, 3)),
            ("Next 3 months", Some(Stretch::Between { from: 0, to: Some(3 * MONTH) })),
            ("someday", None),
        ] {
            assert_eq!(read(text, None), wanted, "{text}");
        }
        assert!(matches!(read("2 weeks", None), Some(Stretch::Lasting(_))));
        assert!(matches!(horizon("3-6 months"), Some(Stretch::Between { .. })));
    }
}
