//! What makes a change a step back. The guide tells the same: `content/guide/diff.md`.

use super::Changes;
use crate::diag::{Severity, codes};

/// Findings that only repeat how a gap stands: it is counted as a gap, and to record one that
/// nobody has planned to fill yet is no step back.
const OF_GAPS: [&str; 2] = [codes::GAP_OVERCLAIMED.name, codes::GAP_WITHOUT_TARGET.name];

/// One sort of step back, with how many there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worse {
    /// Gaps that were filled and are not at all any more.
    Opened(usize),
    /// Gaps with less behind them than before.
    Weakened(usize),
    /// Gaps that were taken away without being filled.
    Removed(usize),
    /// The covered share of the gaps that both sides have is lower.
    Share,
    /// Gaps whose claim says more than the files show, and did not.
    Drift(usize),
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
            Self::Drift(_) => "drift",
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
            | Self::Drift(n)
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
            Self::Opened(n) => of(n, "gap open again", "gaps open again"),
            Self::Weakened(n) => of(n, "gap weakened", "gaps weakened"),
            Self::Removed(n) => of(n, "open gap taken away", "open gaps taken away"),
            Self::Share => "a lower share of gaps covered".to_owned(),
            Self::Drift(n) => of(n, "claim too high", "claims too high"),
            Self::Breaking(n) => of(n, "breaking schema change", "breaking schema changes"),
            Self::Citations(n) => of(n, "citation broken", "citations broken"),
            Self::Diagnostics(n) => of(n, "new error or warning", "new errors and warnings"),
        }
    }
}

/// What got worse, in the order of the report.
pub(super) fn of(changes: &Changes) -> Vec<Worse> {
    let gaps = &changes.gaps;
    let counted = |finding: &&super::Finding| {
        finding.severity != Severity::Info && !OF_GAPS.contains(&finding.code)
    };
    // A gap that was recorded or taken away is no change of what is covered.
    let (was, is) = changes.kept;
    // Shares as fractions: whole percents would hide one gap of many.
    let fell =
        was.covered as u128 * is.counted() as u128 > is.covered as u128 * was.counted() as u128;
    [
        Worse::Opened(gaps.opened.iter().filter(|gap| gap.before.is_some()).count()),
        Worse::Weakened(gaps.weakened.len()),
        Worse::Removed(gaps.removed.iter().filter(|gap| gap.was_open()).count()),
        Worse::Drift(changes.overclaimed.len()),
        Worse::Breaking(changes.schemas.iter().filter(|change| change.is_breaking()).count()),
        Worse::Citations(changes.citations.iter().filter(counted).count()),
        Worse::Diagnostics(changes.found.iter().filter(counted).count()),
    ]
    .into_iter()
    .filter(|worse| worse.count() > 0)
    .chain((fell && is.counted() > 0).then_some(Worse::Share))
    .collect()
}
