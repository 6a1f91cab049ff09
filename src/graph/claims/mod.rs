//! Figures a ledger states, compared with what can be counted. Nothing is guessed: a figure
//! differs only where one thing can be meant by it, and else it is not countable.

mod arithmetic;
mod gaps;
mod index;
mod size;

use std::collections::BTreeMap;

use serde::Serialize;

use index::Index;

use super::{
    Corpus,
    contradiction::{self, Contradiction},
    coverage::{Coverage, GapFinding},
    files::Files,
    record::{RecordIx, Records},
};
use crate::model::{
    ledger::Ledger,
    source::{Facts, Outline},
    statement::{Statement, Subject},
};

/// What was made of the figures and facts of one ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LedgerClaims {
    /// Each statement that could be tied to something, by its place in the ledger's list.
    pub findings: Vec<Finding>,
    /// Where the ledger says two things of one.
    pub contradictions: Vec<Contradiction>,
}

/// A statement and what was counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Its place among the statements of the ledger.
    pub statement: usize,
    /// Whether it holds.
    pub verdict: Verdict,
    /// What was counted, in figures; none when nothing could be.
    pub counted: Option<String>,
    /// How it was counted, or why it cannot be, in one sentence without a full stop.
    pub how: String,
}

/// Whether a figure holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// What was counted is something else.
    Differs,
    /// It could not be counted, or it may mean several things.
    NotCountable,
    /// What was counted bears it out.
    Holds,
}

impl Verdict {
    /// The stable word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Differs => "differs",
            Self::NotCountable => "not_countable",
            Self::Holds => "holds",
        }
    }
}

/// The verdict on one statement before its place is known.
pub(super) struct Counted {
    verdict: Verdict,
    counted: Option<String>,
    how: String,
}

impl Counted {
    fn of(holds: bool, counted: impl ToString, how: impl Into<String>) -> Self {
        let verdict = if holds { Verdict::Holds } else { Verdict::Differs };
        Self { verdict, counted: Some(counted.to_string()), how: how.into() }
    }

    fn not_countable(why: impl Into<String>) -> Self {
        Self { verdict: Verdict::NotCountable, counted: None, how: why.into() }
    }
}

/// What a count may look at.
#[derive(Clone, Copy)]
pub(super) struct Subjects<'a> {
    corpus: Corpus<'a>,
    files: &'a Files,
    outline: &'a Outline,
    ledger: &'a Ledger,
    index: &'a Index,
    /// How many gaps of this ledger the files cover.
    covered: usize,
}

/// Checks the figures of every ledger, and looks for contradictions in it.
pub fn check(
    corpus: Corpus<'_>,
    records: &Records,
    files: &Files,
    gaps: &BTreeMap<RecordIx, GapFinding>,
) -> BTreeMap<usize, LedgerClaims> {
    let mut found = BTreeMap::new();
    for (file, outline) in corpus.outlines.iter().enumerate() {
        let Facts::Ledger(ledger) = &outline.facts else { continue };
        let is_covered = |ix: &&RecordIx| {
            gaps.get(ix).is_some_and(|finding| finding.coverage == Coverage::Covered)
        };
        let covered = records.parts_of(file).iter().filter(is_covered).count();
        let index = &Index::of(&outline.headings, &ledger.gaps);
        let subjects = Subjects { corpus, files, outline, ledger, index, covered };
        found.insert(file, ledger_claims(subjects));
    }
    found
}

fn ledger_claims(subjects: Subjects<'_>) -> LedgerClaims {
    let one = |(statement, stated): (usize, &Statement)| {
        let Counted { verdict, counted, how } = count(subjects, stated)?;
        Some(Finding { statement, verdict, counted, how })
    };
    let findings: Vec<Finding> =
        subjects.ledger.statements.iter().enumerate().filter_map(one).collect();
    let contradictions = contradiction::find(subjects.ledger, &findings);
    LedgerClaims { findings, contradictions }
}

/// The verdict on one statement; none when it turns out to state nothing of this ledger.
fn count(subjects: Subjects<'_>, stated: &Statement) -> Option<Counted> {
    match &stated.subject {
        Subject::Gaps { group, section } => Some(gaps::count(subjects, stated, group, *section)),
        Subject::Breakdown { parts } => Some(gaps::breakdown(subjects, stated, parts)),
        Subject::Progress { parts } => Some(gaps::progress(subjects, stated, parts)),
        Subject::Effort { unit } => Some(gaps::effort(subjects, stated, unit)),
        Subject::Size { measure, file } => size::count(subjects, stated, *measure, file.as_deref()),
        Subject::Sum { parts, of } => Some(arithmetic::sum(stated, parts, of)),
        Subject::Mean { parts, of } => Some(arithmetic::mean(stated, parts, of)),
        Subject::Product { parts } => Some(arithmetic::product(stated, parts)),
        Subject::Share { part, whole } => Some(arithmetic::share(stated, *part, *whole)),
    }
}
