//! What a text states that can be counted: how many gaps, how far along, how long a file, what a
//! column adds up to.

use std::fmt;

use serde::Serialize;

use super::gap::Priority;
use crate::text::Span;

/// A figure that a text states, with its place and what would have to be counted.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Statement {
    /// What the figure is about.
    pub subject: Subject,
    /// The figure.
    pub amount: Amount,
    /// The words as they stand in the file, without emphasis.
    pub raw: String,
    /// The line they stand on, from 1.
    pub line: u32,
    /// The words in the file.
    pub span: Span,
    /// Whether the words say that nothing is left out.
    pub reach: Reach,
    /// The rule that read them, in a few words.
    pub rule: &'static str,
}

/// Whether a text says that its figure is the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Reach {
    /// "Total gaps: 23", "27 gaps have been identified": another figure makes it wrong.
    Whole,
    /// "3 gaps block the release": it may mean some of them, and can only be borne out.
    Unsaid,
}

/// What a figure is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Subject {
    /// The gaps of this ledger.
    Gaps {
        /// Which of them.
        group: Group,
        /// The lines of the section a heading states it of.
        section: Option<(u32, u32)>,
    },
    /// The parts of a division of all gaps, which would have to add up to all of them.
    Breakdown {
        /// One figure a part.
        parts: Vec<Part>,
    },
    /// How far everything is, in percent: the mean of the parts, or of the gaps when there are none.
    Progress {
        /// The percentages of a table in the same section.
        parts: Vec<Part>,
    },
    /// The size of a file.
    Size {
        /// What is counted.
        measure: Measure,
        /// The file as named; none when the row of a gap says it of the gap's document.
        file: Option<String>,
    },
    /// A total of parts that stand beside it.
    Sum {
        /// The parts.
        parts: Vec<Part>,
        /// How the parts were found, for people: "column `Days`, 9 rows".
        of: String,
    },
    /// The mean of parts that stand beside it.
    Mean {
        /// The parts.
        parts: Vec<Part>,
        /// How the parts were found, for people.
        of: String,
    },
    /// `3 × 6 weeks = 18 weeks`.
    Product {
        /// The factors.
        parts: Vec<Part>,
    },
    /// `93% (13/14)`: a share in percent.
    Share {
        /// The part.
        part: Figure,
        /// The whole.
        whole: Figure,
    },
    /// "Total effort: 6 weeks" without parts beside it: the efforts of all gaps.
    Effort {
        /// The unit, as in [`Part::unit`].
        unit: &'static str,
    },
}

/// Which gaps are meant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Group {
    /// All.
    All,
    /// Those of a priority.
    Priority(Priority),
    /// Those not claimed done.
    Open,
    /// Those claimed to be done in part.
    Partial,
    /// Those claimed done.
    Done,
    /// Those of a section or category with this name.
    Named(String),
    /// Gaps with a word that means nothing to the tool: "12 security gaps".
    Qualified(String),
}

/// What is counted of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Measure {
    /// Lines, as an editor numbers them.
    Lines,
    /// Words of prose and code.
    Words,
}

/// One of the figures that a total is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Part {
    /// The figure.
    pub amount: Amount,
    /// Its unit, in one spelling (`days`); empty when there is none.
    pub unit: &'static str,
    /// Line, from 1.
    pub line: u32,
}

/// A figure as stated: one number or a range, exact or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Amount {
    /// The lower end.
    pub low: Figure,
    /// The upper end, the same for a single number.
    pub high: Figure,
    /// How exactly it is meant.
    pub bound: Bound,
}

/// How exactly a figure is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// As it stands.
    Exact,
    /// `~40`, "about 40": a fifth more or less is still meant.
    About,
    /// `50+`, "more than 50".
    AtLeast,
}

impl Amount {
    /// A single exact number.
    pub fn exact(value: Figure) -> Self {
        Self { low: value, high: value, bound: Bound::Exact }
    }

    /// Whether a counted range bears the figure out: the two must meet, with `slack` on either
    /// side, and a fifth of the figure where it is only meant about so.
    pub fn admits(self, low: Figure, high: Figure, slack: Figure) -> bool {
        let (mut from, mut to) = (self.low.0 - slack.0, self.high.0 + slack.0);
        match self.bound {
            Bound::Exact => {}
            Bound::About => {
                from -= self.low.0.abs() / 5;
                to += self.high.0.abs() / 5;
            }
            Bound::AtLeast => to = i64::MAX,
        }
        high.0 >= from && low.0 <= to
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.bound == Bound::About {
            f.write_str("about ")?;
        }
        write!(f, "{}", self.low)?;
        if self.high != self.low {
            write!(f, "–{}", self.high)?;
        }
        if self.bound == Bound::AtLeast {
            f.write_str(" or more")?;
        }
        Ok(())
    }
}

/// A number in thousandths, so that figures compare exactly: `87.5` is 87,500 thousandths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Figure(pub i64);

impl Figure {
    /// The largest that is read; longer numbers are no figures. Sums of a million of them fit.
    pub const MOST: i64 = 1_000_000_000_000;

    /// A whole number.
    pub fn whole(value: usize) -> Self {
        Self(i64::try_from(value).unwrap_or(i64::MAX / 1000).saturating_mul(1000))
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / 1000, (self.0 % 1000).abs());
        write!(f, "{whole}")?;
        match format!("{rest:03}").trim_end_matches('0') {
            "" => Ok(()),
            digits => write!(f, ".{digits}"),
        }
    }
}

impl Serialize for Figure {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(low: i64, high: i64, bound: Bound) -> Amount {
        Amount { low: Figure(low * 1000), high: Figure(high * 1000), bound }
    }

    #[test]
    fn figures_are_borne_out_by_what_meets_them() {
        let count = |n: i64| (Figure(n * 1000), Figure(n * 1000));
        for (stated, counted, holds) in [
            (amount(27, 27, Bound::Exact), 27, true),
            (amount(27, 27, Bound::Exact), 26, false),
            (amount(50, 50, Bound::AtLeast), 51, true),
            (amount(50, 50, Bound::AtLeast), 40, false),
            (amount(50, 50, Bound::About), 41, true),
            (amount(50, 50, Bound::About), 39, false),
            (amount(8, 10, Bound::Exact), 9, true),
            (amount(8, 10, Bound::Exact), 11, false),
        ] {
            let (low, high) = count(counted);
            assert_eq!(stated.admits(low, high, Figure(0)), holds, "{stated} against {counted}");
        }
        assert!(amount(10, 10, Bound::Exact).admits(Figure(8000), Figure(12000), Figure(0)));
    }

    #[test]
    fn figures_print_without_idle_zeros() {
        assert_eq!(Figure(87500).to_string(), "87.5");
        assert_eq!(Figure(27000).to_string(), "27");
        assert_eq!(amount(8, 10, Bound::Exact).to_string(), "8–10");
        assert_eq!(amount(50, 50, Bound::AtLeast).to_string(), "50 or more");
    }
}
