//! A code quality report for GitLab: the part of the Code Climate format that it reads
//! ("Code Quality report format").

use serde::Serialize;

use super::{
    Severity,
    finding::{Finding, Run},
};

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
}

/// The report, one JSON value. Fingerprints are unique in it: of several alike, each has another.
pub fn render(findings: &[Finding<'_>], run: &Run<'_>) -> serde_json::Result<String> {
    let issue = |finding: &Finding<'_>| Issue {
        description: finding.message_and_help(),
        check_name: finding.diagnostic.code.name,
        fingerprint: match finding.nth {
            1 => finding.fingerprint.clone(),
            nth => format!("{}-{nth}", finding.fingerprint),
        },
        severity: match finding.diagnostic.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Info => "info",
        },
        location: Location {
            path: run.path(&finding.diagnostic.path),
            lines: Lines { begin: finding.position().0 },
        },
    };
    let issues: Vec<Issue> = findings.iter().map(issue).collect();
    Ok(serde_json::to_string_pretty(&issues)? + "\n")
}
