//! How a log spells its words and dates.

use std::sync::LazyLock;

use regex::Regex;

use crate::read::lines::regex;

static YEAR_FIRST: LazyLock<Regex> = LazyLock::new(|| regex(r"^\d{4}([-/.])\d{1,2}[-/.]\d{1,2}$"));
static YEAR_LAST: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^(\d{1,2})([-/.])(\d{1,2})[-/.]\d{4}$"));
static PART: LazyLock<Regex> = LazyLock::new(|| regex(r"\d+|\p{L}+"));

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The letters of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// `accepted`
    Lower,
    /// `Accepted`
    First,
    /// `ACCEPTED`
    Upper,
}

impl Case {
    /// The case of the first word of a text.
    pub fn of(text: &str) -> Self {
        let word: String = text
            .chars()
            .skip_while(|letter| !letter.is_alphabetic())
            .take_while(|letter| letter.is_alphabetic())
            .collect();
        let mut letters = word.chars();
        match (letters.next(), letters.next()) {
            (Some(first), Some(second)) if first.is_uppercase() && second.is_uppercase() => {
                Self::Upper
            }
            (Some(first), _) if first.is_uppercase() => Self::First,
            _ => Self::Lower,
        }
    }

    /// A word of lower case in this one.
    pub fn write(self, word: &str) -> String {
        let mut letters = word.chars();
        match (self, letters.next()) {
            (Self::Upper, _) => word.to_uppercase(),
            (Self::First, Some(first)) => first.to_uppercase().chain(letters).collect(),
            _ => word.to_owned(),
        }
    }
}

/// A day, `YYYY-MM-DD`, in the manner of another date; as it is where that cannot be told.
pub fn day_like(other: &str, iso: &str) -> String {
    let other = other.trim();
    let mut parts = iso.split('-');
    let (Some(year), Some(month), Some(day)) = (parts.next(), parts.next(), parts.next()) else {
        return iso.to_owned();
    };
    if let Some(found) = YEAR_FIRST.captures(other) {
        return [year, month, day].join(&found[1]);
    }
    if let Some(found) = YEAR_LAST.captures(other) {
        let sign = &found[2];
        let above = |text: &str| text.parse::<u32>().is_ok_and(|number| number > 12);
        return match (above(&found[1]), above(&found[3])) {
            (true, _) => [day, month, year].join(sign),
            (_, true) => [month, day, year].join(sign),
            _ if sign == "." => [day, month, year].join(sign),
            _ => iso.to_owned(),
        };
    }
    in_words(other, (year, month, day)).unwrap_or_else(|| iso.to_owned())
}

/// `12 December 2019`, `Aug 31, 2019`: each part where the other date has it.
fn in_words(other: &str, (year, month, day): (&str, &str, &str)) -> Option<String> {
    let number: usize = month.parse().ok()?;
    let name = MONTHS.get(number.checked_sub(1)?)?;
    let mut out = String::new();
    let mut end = 0;
    let mut seen = 0;
    for part in PART.find_iter(other) {
        out.push_str(&other[end..part.start()]);
        let text = part.as_str();
        end = part.end();
        if text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            out.push_str(year);
        } else if text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            out.push_str(if text.starts_with('0') { day } else { day.trim_start_matches('0') });
        } else if text.chars().count() >= 3 && text.is_ascii() {
            let full = MONTHS.iter().any(|month| month.eq_ignore_ascii_case(text));
            out.push_str(if full && text.len() > 3 { name } else { name.get(..3)? });
        } else {
            return None;
        }
        seen += 1;
    }
    (seen == 3).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days() {
        for (other, wanted) in [
            ("2020-01-02", "2026-11-05"),
            ("2020/01/02", "2026/11/05"),
            ("17.05.2022", "05.11.2026"),
            ("05/19/2020", "11/05/2026"),
            ("28/10/2020", "05/11/2026"),
            ("12 December 2019", "5 November 2026"),
            ("2019 Aug 31", "2026 Nov 5"),
            ("yesterday", "2026-11-05"),
        ] {
            assert_eq!(day_like(other, "2026-11-05"), wanted, "{other}");
        }
        assert_eq!(Case::of("ACCEPTED by all").write("superseded"), "SUPERSEDED");
        assert_eq!(Case::of("**Accepted**").write("superseded"), "Superseded");
    }
}
