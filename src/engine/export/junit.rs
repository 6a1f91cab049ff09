//! Gaps as test cases: a covered gap passes, a waived one is skipped, any other fails.

use std::collections::BTreeMap;

use crate::{
    diag::junit::report::{self, Case, Outcome, Suite},
    graph::{
        coverage::{Coverage, GapFinding},
        record::{Part, RecordIx},
    },
    page::site::Site,
};

/// The report: a suite for each ledger, and one for each folder of records.
pub fn report(site: &Site<'_>) -> String {
    let mut suites: BTreeMap<&str, Vec<Case>> = BTreeMap::new();
    for (ix, finding) in &site.graph.gaps {
        let record = site.record(*ix);
        let name = match record.part {
            Part::Whole => record.path.parent(),
            _ => record.path.as_str(),
        };
        // The folder of records at the root has no name.
        let name = if name.is_empty() { "." } else { name };
        suites.entry(name).or_default().push(case(site, name, (*ix, finding)));
    }
    let suites: Vec<Suite> =
        suites.into_iter().map(|(name, cases)| Suite { name: name.to_owned(), cases }).collect();
    report::write("lacuna gaps", &suites)
}

fn case(site: &Site<'_>, suite: &str, (ix, finding): (RecordIx, &GapFinding)) -> Case {
    let record = site.record(ix);
    let failed = |kind| Outcome::Failed { kind, message: finding.why.clone() };
    let waived = || {
        let reason = finding.waivers.first().and_then(|waiver| waiver.reason.clone());
        reason.unwrap_or_else(|| finding.why.clone())
    };
    let targets = finding.targets.iter().map(|target| {
        let section = target.section.as_ref().map(|section| format!(", section {section}"));
        let state = target.state.name();
        format!("{}{}: {state}, {}", target.name, section.unwrap_or_default(), target.why)
    });
    let place = format!("{}:{}", record.path, record.lines.0);
    let said: Vec<String> = [place].into_iter().chain(targets).collect();
    let outcome = match finding.coverage {
        Coverage::Covered => Outcome::Passed,
        Coverage::Waived => Outcome::Skipped(waived()),
        Coverage::Partial | Coverage::Uncovered => failed(finding.coverage.name()),
    };
    Case {
        class: suite.to_owned(),
        name: format!("{}: {}", record.id, record.title),
        place: Some((record.path.to_string(), record.lines.0)),
        said: if outcome == Outcome::Passed { String::new() } else { said.join("\n") },
        outcome,
    }
}
