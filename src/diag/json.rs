//! Findings as JSON values, the same as in the export with what other programs need beside it.

use serde_json::{Value, json};

use super::finding::{Finding, Run};

/// The findings, in their order.
pub fn findings(findings: &[Finding<'_>], run: &Run<'_>) -> Vec<Value> {
    let one = |finding: &Finding<'_>| {
        let diagnostic = finding.diagnostic;
        let place = finding.place;
        json!({
            "code": diagnostic.code.name,
            "severity": diagnostic.severity,
            "fails": run.fails.on(diagnostic.severity),
            "path": run.path(&diagnostic.path),
            "line": place.map(|place| place.start.line),
            "column": place.map(|place| place.start.column),
            "end_line": place.map(|place| place.end.line),
            "end_column": place.map(|place| place.end.column),
            "message": diagnostic.message,
            "help": diagnostic.help,
            "fingerprint": finding.fingerprint,
            "occurrence": finding.nth,
            "url": run.page(diagnostic.code.name),
        })
    };
    findings.iter().map(one).collect()
}
