//! Figures in a run of prose: `27`, `50+`, `~2,100`, `8-10`, `€5,000`, `87.5%`; and the words
//! beside them. Versions, dates, ranks and ids are no figures.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::words::{self, Sense};
use crate::{
    model::statement::{Amount, Bound, Figure},
    read::lines::regex,
};

/// A figure and its bytes in the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its value.
    pub amount: Amount,
    /// Its bytes, with the signs that belong to it.
    pub range: Range<usize>,
    /// Whether it is in percent.
    pub percent: bool,
    /// The sign of a currency before it.
    pub currency: Option<&'static str>,
}

static FIGURE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?P<sign>[~≈∼≥≤<>])?\s?(?P<money>[€$£¥])?(?P<low>\d[\d.,]*)(?:\s?(?:-|–|—|to|bis)\s?[€$£¥]?(?P<high>\d[\d.,]*))?(?P<plus>\+)?(?P<percent>\s?[%％])?",
    )
});

/// The figures of a run of prose, in order.
pub fn find(text: &str) -> Vec<Found> {
    FIGURE.captures_iter(text).filter_map(|found| one(text, &found)).collect()
}

fn one(text: &str, found: &regex::Captures<'_>) -> Option<Found> {
    let whole = found.get(0)?;
    let low_text = found.name("low")?;
    let high_text = found.name("high");
    let last = found.name("plus").or(high_text).unwrap_or(low_text);
    let end = found
        .name("percent")
        .map_or(last.start() + last.as_str().trim_end_matches(['.', ',']).len(), |percent| {
            percent.end()
        });
    let first = found.name("money").unwrap_or(low_text).start();
    if !stands_alone(&text[..first], &text[end..]) {
        return None;
    }
    let low = value(low_text.as_str())?;
    let high = high_text.map_or(Some(low), |high| value(high.as_str()))?;
    if high < low {
        return None;
    }
    let sign = found.name("sign").map_or("", |sign| sign.as_str());
    let before = text[..whole.start()].trim_end();
    let last_words = Ending::of(before);
    let bound = match sign {
        "~" | "≈" | "∼" => Bound::About,
        "≥" | ">" => Bound::AtLeast,
        "≤" | "<" => return None,
        _ if found.name("plus").is_some() || last_words.is(Sense::AtLeast) => Bound::AtLeast,
        _ if last_words.is(Sense::AtMost) => return None,
        _ if last_words.is(Sense::About) => Bound::About,
        _ => Bound::Exact,
    };
    let start = if sign.is_empty() { first } else { whole.start() };
    Some(Found {
        amount: Amount { low, high, bound },
        range: start..end,
        percent: found.name("percent").is_some(),
        currency: found.name("money").map(|sign| currency(sign.as_str())),
    })
}

fn currency(sign: &str) -> &'static str {
    ["€", "$", "£", "¥"].into_iter().find(|own| *own == sign).unwrap_or("€")
}

/// Whether no letter, digit or joining sign touches the figure on either side.
fn stands_alone(before: &str, after: &str) -> bool {
    let joins = |sign: char| ".,:/-–_#§\\@^&".contains(sign);
    if before.chars().next_back().is_some_and(|sign| is_letter(sign) || joins(sign)) {
        return false;
    }
    let mut right = after.chars();
    match (right.next(), right.next()) {
        (Some(sign), _) if is_letter(sign) || "#_%°'".contains(sign) => false,
        (Some('/'), Some(next)) => !next.is_ascii_digit(),
        (Some(sign), Some(next)) if joins(sign) => !is_letter(next),
        _ => true,
    }
}

/// A letter or digit of a script that puts spaces between words.
fn is_letter(letter: char) -> bool {
    letter.is_alphanumeric() && !is_unspaced(letter)
}

/// Chinese and Japanese signs, which stand without spaces.
pub fn is_unspaced(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '々')
}

/// The value of digits with signs between: `2,100` and `1.250` are grouped, `87,5` and `9.8` have
/// a fraction. Anything else, such as a version, is no figure.
pub fn value(digits: &str) -> Option<Figure> {
    let digits = digits.trim_end_matches(['.', ',']);
    let parts: Vec<&str> = digits.split(['.', ',']).collect();
    if parts.iter().any(|part| part.is_empty()) || digits.len() > 12 {
        return None;
    }
    let grouped = parts.len() > 1
        && parts[1..].iter().all(|part| part.len() == 3)
        && parts[0].len() <= 3
        && !parts[0].starts_with('0');
    let figure = if grouped || parts.len() == 1 {
        parts.concat().parse::<i64>().ok()?.checked_mul(1000)?
    } else if parts.len() == 2 && parts[1].len() <= 2 {
        let fraction: i64 = format!("{:0<3}", parts[1]).parse().ok()?;
        parts[0].parse::<i64>().ok()?.checked_mul(1000)? + fraction
    } else {
        return None;
    };
    (figure <= Figure::MOST).then_some(Figure(figure))
}

/// A word of a run, lower case, and its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Lower case.
    pub text: String,
    /// Its bytes in the run.
    pub range: Range<usize>,
}

impl Word {
    /// Whether it has a sense.
    pub fn is(&self, sense: Sense) -> bool {
        words::is(&self.text, sense)
    }
}

/// The words of a run: letters, digits and hyphens; Chinese and Japanese by the words that the
/// table knows, and what lies between them.
pub fn words_of(text: &str) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    let mut open: Option<usize> = None;
    let push = |from: usize, to: usize, found: &mut Vec<Word>| {
        let word = text[from..to].trim_end_matches(['-', '\'', '’']);
        if !word.is_empty() {
            let lower = word.to_lowercase().replace('’', "'");
            found.push(Word { text: lower, range: from..from + word.len() });
        }
    };
    let mut skip = 0;
    for (at, letter) in text.char_indices() {
        if at < skip {
            continue;
        }
        if is_unspaced(letter) {
            if let Some(len) = words::prefix(&text[at..]) {
                if let Some(from) = open.take() {
                    push(from, at, &mut found);
                }
                push(at, at + len, &mut found);
                skip = at + len;
            } else if open.is_none_or(|from| !text[from..].starts_with(is_unspaced))
                && let Some(from) = open.replace(at)
            {
                push(from, at, &mut found);
            }
        } else if letter.is_alphanumeric() || (open.is_some() && matches!(letter, '-' | '\'' | '’'))
        {
            if open.is_some_and(|from| text[from..].starts_with(is_unspaced)) {
                push(open.take().unwrap_or(at), at, &mut found);
            }
            open.get_or_insert(at);
        } else if let Some(from) = open.take() {
            push(from, at, &mut found);
        }
    }
    if let Some(from) = open {
        push(from, text.len(), &mut found);
    }
    found
}

/// Whether a run ends with a word or a phrase of up to three words that has a sense.
pub fn ends_with(text: &str, sense: Sense) -> bool {
    Ending::of(text).is(sense)
}

/// The last word of a run, the last two, the last three.
struct Ending(Vec<String>);

impl Ending {
    fn of(text: &str) -> Self {
        let end = text.trim_end_matches(['.', ':', ' ', '(', '*', '\n']).len();
        // The last few words decide; a long paragraph is not read again for each figure.
        let mut from = end.saturating_sub(40);
        while !text.is_char_boundary(from) {
            from += 1;
        }
        let tail = &text[from..end];
        if !tail.ends_with(char::is_alphabetic) {
            return Self(Vec::new());
        }
        let words = words_of(tail);
        let last = |count: usize| {
            let words = words[words.len() - count..].iter().map(|word| word.text.as_str());
            words.collect::<Vec<_>>().join(" ")
        };
        Self((1..=3.min(words.len())).map(last).collect())
    }

    fn is(&self, sense: Sense) -> bool {
        self.0.iter().any(|phrase| words::is(phrase, sense))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        find(text)
            .iter()
            .map(|found| {
                let sign = if found.percent { "%" } else { "" };
                format!("{}{}{sign}", found.currency.unwrap_or_default(), found.amount)
            })
            .collect()
    }

    #[test]
    fn figures_in_their_spellings() {
        for (text, wanted) in [
            ("27 gaps", vec!["27"]),
            ("all 27, and 50+.", vec!["27", "50 or more"]),
            ("~2,100 lines", vec!["about 2100"]),
            ("1.250 Zeilen", vec!["1250"]),
            ("87.5% (7 of 8)", vec!["87.5%", "7", "8"]),
            ("87,5 %", vec!["87.5%"]),
            ("8-10 weeks or 2 – 3 days", vec!["8–10", "2–3"]),
            ("€5,000/month", vec!["€5000"]),
            ("about 40 and more than 12", vec!["about 40", "12 or more"]),
            ("共27个差距", vec!["27"]),
            ("15 + 25 + 10", vec!["15", "25", "10"]),
        ] {
            assert_eq!(shown(text), wanted, "{text}");
        }
    }

    #[test]
    fn what_names_or_dates_is_no_figure() {
        for text in [
            "v1.2.3",
            "2025-10-30",
            "24/7",
            "14:30",
            "GAP-12",
            "#7",
            "P0",
            "350k",
            "S3-12",
            "§4",
            "up to 50",
            "< 5",
            "x_1",
            "10.0.0.1",
            "3/10 tabs",
            "12-25-2024",
        ] {
            assert!(shown(text).is_empty(), "{text}: {:?}", shown(text));
        }
    }

    #[test]
    fn words_of_every_script() {
        let texts =
            |text: &str| words_of(text).into_iter().map(|word| word.text).collect::<Vec<_>>();
        assert_eq!(texts("All 27 Gaps, well-known"), ["all", "27", "gaps", "well-known"]);
        assert_eq!(texts("共27个差距"), ["共", "27", "个", "差距"]);
        assert_eq!(texts("ギャップは合計5件"), ["ギャップ", "は", "合計", "5", "件"]);
        assert!(ends_with("more than", Sense::AtLeast) && ends_with("cerca de ", Sense::About));
    }
}
