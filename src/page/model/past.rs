//! What version control tells, as pages show it.

use serde::Serialize;

use super::Link;

/// A commit that changed something.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Changed {
    /// The day, `YYYY-MM-DD` in UTC.
    pub day: String,
    /// The first letters of its name; the address is empty where its page is not known.
    pub commit: Link,
    /// The first line of its message.
    pub subject: String,
}

/// A record that changed lately.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct RecentRow {
    /// The record.
    pub link: Link,
    /// The commit.
    pub changed: Changed,
}

/// When a gap was opened and filled.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct GapPast {
    /// The first commit that was looked at and has it.
    pub opened: Changed,
    /// Whether that is the oldest of all: the gap may be older.
    pub is_oldest: bool,
    /// Since when it is filled.
    pub filled: Option<Changed>,
}

/// The table of coverage over time.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct TrendView {
    /// The priorities.
    pub labels: Vec<String>,
    /// One row a commit, the newest first.
    pub rows: Vec<TrendRow>,
    /// Whether the clone lacks what came before.
    pub is_cut: bool,
}

/// Coverage at one commit.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct TrendRow {
    /// The commit.
    pub changed: Changed,
    /// How many commits before it were not looked at.
    pub skipped: usize,
    /// Covered gaps.
    pub covered: usize,
    /// All gaps but the waived.
    pub counted: usize,
    /// The share, in percent.
    pub percent: Option<u8>,
    /// The share of each priority, in percent.
    pub cells: Vec<Option<u8>>,
}

/// Coverage over time, to be drawn.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Trend {
    /// What the drawing says, for those who cannot see it.
    pub title: String,
    /// The day of the first point.
    pub first: String,
    /// The day of the last point.
    pub last: String,
    /// The lines; the first is of all gaps. Each has the same number of points, at least two.
    pub lines: Vec<TrendLine>,
}

/// A line of the drawing.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TrendLine {
    /// Its name.
    pub label: String,
    /// Shares in percent; none where there is nothing to count.
    pub points: Vec<Option<u8>>,
}
