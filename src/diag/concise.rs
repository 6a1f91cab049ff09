//! One line a finding: `path:line:column: severity[code]: message`, as editors read from compilers.

use std::fmt::Write;

use super::{
    Severity,
    finding::{Finding, Run},
    human::visible,
};

/// The findings, one line each.
pub fn render(findings: &[Finding<'_>], run: &Run<'_>) -> String {
    let mut out = String::new();
    for finding in findings {
        let path = visible(&run.path(&finding.diagnostic.path));
        let (line, column) = finding.position();
        let severity = word(finding.diagnostic.severity);
        let code = finding.diagnostic.code.name;
        // A String takes every write.
        let _ = writeln!(
            out,
            "{path}:{line}:{column}: {severity}[{code}]: {}",
            finding.message_and_help()
        );
    }
    out
}

/// The word for a weight.
pub(super) fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}
