//! What makes a change a step back. The guide tells the same: `content/guide/diff.md`.

use super::{Changes, gaps::is_filled};
use crate::diag::Severity;

/// One sort of step back, with how many there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worse {
    /// Gaps that are open and were not known or were filled.
    Opened(usize),
    /// Gaps with less behind them than before.
    Weakened(usize),
    /// Gaps that were taken away without being filled.
    Removed(usize),
    /// The covered share of all gaps is lower.
    Share,
    /// Changes of schemas that break those who use them.
    Breaking(usize),
    /// Citations that lead nowhere, or to another text, and did not before.
    Citations(usize),
    /// New errors and warnings.
    Diagnostics(usize),
}

impl Worse {
    /// The stable word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Opened(_) => "opened",
            Self::Weakened(_) => "weakened",
            Self::Removed(_) => "removed",
            Self::Share => "share",
            Self::Breaking(_) => "breaking",
            Self::Citations(_) => "citations",
            Self::Diagnostics(_) => "diagnostics",
        }
    }

    /// How many.
    pub fn count(self) -> usize {
        match self {
            Self::Opened(n)
            | Self::Weakened(n)
            | Self::Removed(n)
            | Self::Breaking(n)
            | Self::Citations(n)
            | Self::Diagnostics(n) => n,
            Self::Share => 1,
        }
    }

    /// In words: `2 gaps opened`.
    pub fn words(self) -> String {
        let of = |n: usize, one: &str, many: &str| match n {
            1 => format!("1 {one}"),
            n => format!("{n} {many}"),
        };
        match self {
            Self::Opened(n) => of(n, "gap opened", "gaps opened"),
            Self::Weakened(n) => of(n, "gap weakened", "gaps weakened"),
            Self::Removed(n) => of(n, "open gap taken away", "open gaps taken away"),
            Self::Share => "a lower share of gaps covered".to_owned(),
            Self::Breaking(n) => of(n, "breaking schema change", "breaking schema changes"),
            Self::Citations(n) => of(n, "citation broken", "citations broken"),
            Self::Diagnostics(n) => of(n, "new error or warning", "new errors and warnings"),
        }
    }
}

/// What got worse, in the order of the report.
pub(super) fn of(changes: &Changes) -> Vec<Worse> {
    let gaps = &changes.gaps;
    let open = |gap: &&super::GapChange| gap.before.is_some_and(|before| !is_filled(before));
    let counted = |finding: &&super::Finding| finding.severity != Severity::Info;
    let (was, is) = (changes.before.overall, changes.after.overall);
    // Shares as fractions: whole percents would hide one gap of many.
    let fell =
        was.covered as u128 * is.counted() as u128 > is.covered as u128 * was.counted() as u128;
    [
        Worse::Opened(gaps.opened.len()),
        Worse::Weakened(gaps.weakened.len()),
        Worse::Removed(gaps.removed.iter().filter(open).count()),
        Worse::Breaking(changes.schemas.iter().filter(|change| change.is_breaking()).count()),
        Worse::Citations(changes.citations.iter().filter(counted).count()),
        Worse::Diagnostics(changes.found.iter().filter(counted).count()),
    ]
    .into_iter()
    .filter(|worse| worse.count() > 0)
    .chain((fell && is.counted() > 0).then_some(Worse::Share))
    .collect()
}
