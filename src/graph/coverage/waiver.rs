//! Waivers: who decided that a gap stays open, why, and whether that still holds.

use std::collections::BTreeMap;

use super::super::{
    Corpus,
    record::{Record, RecordIx, RecordKind, Records},
};
use crate::{
    model::{
        config::{ConfigWaiver, FILE_NAME},
        gap::Waiver,
    },
    path::RelPath,
    text::Span,
};

/// A waiver, judged against the day of the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaiverFinding {
    /// Why the gap stays open.
    pub reason: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// The last day on which it holds, as written.
    pub until: Option<String>,
    /// Where it is written.
    pub by: WaivedBy,
    /// The line, from 1.
    pub line: u32,
    /// Its characters there.
    pub span: Option<Span>,
    /// Whether it holds.
    pub state: WaiverState,
}

/// Where a waiver is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WaivedBy {
    /// In the record of the gap.
    Record(RelPath),
    /// In `lacuna.toml`.
    Configuration,
}

impl WaivedBy {
    /// The file.
    pub fn path(&self) -> &str {
        match self {
            Self::Record(path) => path.as_str(),
            Self::Configuration => FILE_NAME,
        }
    }
}

/// Whether a waiver holds. Only `Holds` waives the gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WaiverState {
    /// It has a reason and an owner, and its last day is not over.
    Holds,
    /// It gives no reason.
    WithoutReason,
    /// It names no owner.
    WithoutOwner,
    /// Its `until` is no day.
    NoDay,
    /// Its last day is over.
    Expired,
}

impl WaiverState {
    /// The stable word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::WithoutReason => "without_reason",
            Self::WithoutOwner => "without_owner",
            Self::NoDay => "no_day",
            Self::Expired => "expired",
        }
    }
}

impl WaiverFinding {
    /// What is the matter with it, after "the waiver …"; `it holds` when nothing is.
    pub fn verdict(&self) -> String {
        let until = self.until.as_deref().unwrap_or_default();
        match self.state {
            WaiverState::Holds if until.is_empty() => "holds without an end".to_owned(),
            WaiverState::Holds => format!("holds until {until}"),
            WaiverState::WithoutReason => "does not hold: it gives no reason".to_owned(),
            WaiverState::WithoutOwner => "does not hold: it names no owner".to_owned(),
            WaiverState::NoDay => {
                format!("does not hold: its `until`, {until:?}, is no day (YYYY-MM-DD)")
            }
            WaiverState::Expired => format!("does not hold: it expired on {until}"),
        }
    }
}

/// The waiver of a gap's own record.
pub(super) fn of_record(waiver: &Waiver, record: &Record, today: Option<&str>) -> WaiverFinding {
    let Waiver { reason, owner, until, line, span } = waiver;
    WaiverFinding {
        state: state(reason, owner, until, today),
        reason: reason.clone(),
        owner: owner.clone(),
        until: until.clone(),
        by: WaivedBy::Record(record.path.clone()),
        line: *line,
        span: Some(*span),
    }
}

/// The waivers of the configuration by gap. One whose id means no gap, or several, waives none.
pub(super) fn of_configuration(
    corpus: Corpus<'_>,
    records: &Records,
) -> BTreeMap<RecordIx, Vec<WaiverFinding>> {
    let mut found: BTreeMap<RecordIx, Vec<WaiverFinding>> = BTreeMap::new();
    for waiver in corpus.waivers {
        if let [gap] = gaps_named(records, waiver).as_slice() {
            let ConfigWaiver { reason, owner, until, .. } = waiver;
            found.entry(*gap).or_default().push(WaiverFinding {
                state: state(reason, owner, until, corpus.today),
                reason: reason.clone(),
                owner: owner.clone(),
                until: until.clone(),
                by: WaivedBy::Configuration,
                line: waiver.line,
                span: waiver.span,
            });
        }
    }
    found
}

/// The gaps that a waiver of the configuration names; exactly one where all is well.
pub fn gaps_named(records: &Records, waiver: &ConfigWaiver) -> Vec<RecordIx> {
    let named = records.named(&waiver.gap).iter().copied();
    named.filter(|ix| records.get(*ix).kind == RecordKind::Gap).collect()
}

fn state(
    reason: &Option<String>,
    owner: &Option<String>,
    until: &Option<String>,
    today: Option<&str>,
) -> WaiverState {
    let said = |text: &Option<String>| text.as_ref().is_some_and(|t| !t.trim().is_empty());
    if !said(reason) {
        return WaiverState::WithoutReason;
    }
    if !said(owner) {
        return WaiverState::WithoutOwner;
    }
    let Some(until) = until else { return WaiverState::Holds };
    match (day(until), today) {
        (None, _) => WaiverState::NoDay,
        // The last day counts. Days of this form are in order as texts.
        (Some(until), Some(today)) if until < today => WaiverState::Expired,
        _ => WaiverState::Holds,
    }
}

/// The day of `2026-12-01` or `2026-12-01T00:00:00Z`; `None` for what is no day.
fn day(text: &str) -> Option<&str> {
    let text = text.trim();
    let day = text.get(..10)?;
    let after = &text[10..];
    let shaped = day.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    if !shaped || !(after.is_empty() || after.starts_with(['T', ' '])) {
        return None;
    }
    let number = |range: std::ops::Range<usize>| day[range].parse::<u32>().ok();
    let (year, month, date) = (number(0..4)?, number(5..7)?, number(8..10)?);
    let leap = year % 4 == 0 && year % 100 != 0 || year % 400 == 0;
    let last = match month {
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(leap),
        1..=12 => 31,
        _ => return None,
    };
    (1..=last).contains(&date).then_some(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_waiver_holds_through_its_last_day() {
        let some = |text: &str| Some(text.to_owned());
        for (reason, owner, until, wanted) in [
            (some("x"), some("y"), None, WaiverState::Holds),
            (some("x"), some("y"), some("2026-05-01"), WaiverState::Holds),
            (some("x"), some("y"), some("2026-05-02T00:00:00Z"), WaiverState::Holds),
            (some("x"), some("y"), some("2026-04-30"), WaiverState::Expired),
            (some("x"), some("y"), some("2026-02-29"), WaiverState::NoDay),
            (some("x"), some("y"), some("next spring"), WaiverState::NoDay),
            (some("x"), some("y"), some("Frühling 26"), WaiverState::NoDay),
            (some(" "), some("y"), None, WaiverState::WithoutReason),
            (None, None, None, WaiverState::WithoutReason),
            (some("x"), None, some("2020-01-01"), WaiverState::WithoutOwner),
        ] {
            assert_eq!(state(&reason, &owner, &until, Some("2026-05-01")), wanted, "{until:?}");
        }
        let until = some("2020-01-01");
        assert_eq!(state(&some("x"), &some("y"), &until, None), WaiverState::Holds);
        assert_eq!(day("2024-02-29"), Some("2024-02-29"));
    }
}
