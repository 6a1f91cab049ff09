//! A JUnit report of findings: one suite a file, one test case a finding. What does not make the run
//! fail is a case that passes and says what was found.

pub mod report;

use super::{
    concise::word,
    finding::{Finding, Run},
};
use report::{Case, Outcome, Suite};

/// The report, XML 1.0 in UTF-8.
pub fn render(findings: &[Finding<'_>], run: &Run<'_>) -> String {
    let files = findings.chunk_by(|a, b| a.diagnostic.path == b.diagnostic.path);
    let mut suites: Vec<Suite> = files
        .map(|file| Suite {
            name: run.path(&file[0].diagnostic.path),
            cases: file.iter().map(|finding| case(finding, run)).collect(),
        })
        .collect();
    if suites.is_empty() {
        // Programs that read reports take one without a test for a mistake.
        let passed = Case {
            class: "lacuna".to_owned(),
            name: "nothing is wrong".to_owned(),
            place: None,
            outcome: Outcome::Passed,
            said: String::new(),
        };
        suites.push(Suite { name: "lacuna check".to_owned(), cases: vec![passed] });
    }
    report::write("lacuna check", &suites)
}

fn case(finding: &Finding<'_>, run: &Run<'_>) -> Case {
    let (code, severity) = (finding.diagnostic.code.name, finding.diagnostic.severity);
    let path = run.path(&finding.diagnostic.path);
    let message = finding.message();
    let (line, column) = finding.position();
    // A name stays when lines move, so that reports can be compared; of several alike each has its
    // number, for readers that keep one case of a name.
    let times = if finding.nth > 1 { format!(" ({})", finding.nth) } else { String::new() };
    let word = word(severity);
    let said = format!("{path}:{line}:{column}: {word}[{code}]: {}", finding.message_and_help());
    Case {
        class: path.clone(),
        name: format!("{code}: {message}{times}"),
        place: Some((path, line)),
        outcome: match run.fails.on(severity) {
            true => Outcome::Failed { kind: code, message },
            false => Outcome::Passed,
        },
        said,
    }
}
