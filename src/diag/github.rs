//! Workflow commands of GitHub Actions, which annotate a pull request
//! ("Workflow commands for GitHub Actions": `::error file=…,line=…::message`).
//!
//! The runner obeys every line that begins with `::`, and `##[` anywhere in a line. So each line
//! written here is a command of ours, and nothing of the content can begin one.

use std::fmt::Write;

use super::{
    Severity,
    finding::{Finding, Run},
    human::visible,
};

/// The findings, one command each.
pub fn render(findings: &[Finding<'_>], run: &Run<'_>) -> String {
    let mut out = String::new();
    for finding in findings {
        let command = match finding.diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        let file = property(&run.path(&finding.diagnostic.path));
        let place = finding.place.map_or_else(String::new, |place| {
            let (start, end) = (place.start, place.end);
            // Columns are refused where lines differ.
            match start.line == end.line {
                true => format!(
                    ",line={},endLine={},col={},endColumn={}",
                    start.line, end.line, start.column, end.column
                ),
                false => format!(",line={},endLine={}", start.line, end.line),
            }
        });
        let title = property(finding.diagnostic.code.name);
        let message = data(&finding.message_and_help());
        // A String takes every write.
        let _ = writeln!(out, "::{command} file={file}{place},title={title}::{message}");
    }
    out
}

/// Text that is printed beside the commands, with what the runner would obey broken up.
pub fn inert(text: &str) -> String {
    let line = |line: &str| {
        let line = line.replace("##[", "## [");
        match line.trim_start().starts_with("::") {
            true => line.replacen("::", ": :", 1),
            false => line,
        }
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// The text after the second `::`.
fn data(text: &str) -> String {
    visible(text)
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
        // The runner looks for the old form of a command in lines that are not of the new one.
        .replace("##[", "##%5B")
}

/// The value of a property, which ends at a comma or a colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        diag::{Diagnostic, codes, finding::locate},
        path::RelPath,
    };

    #[test]
    fn no_content_speaks_to_the_runner() {
        let path = RelPath::new("docs/a,b:c%.md").expect("a path");
        let message = "x\n::set-env name=A::b\r\n##[add-mask]y 100 % :: ,";
        let found = [Diagnostic::new(&codes::BROKEN_LINK, &path, message).at(4..5)];
        let text = "one\nx\n";
        let out = render(&locate(&found, |_| Some(text)), &Run::default());
        assert_eq!(out.lines().count(), 1, "{out}");
        assert!(
            out.starts_with(
                "::error file=docs/a%2Cb%3Ac%25.md,line=2,endLine=2,col=1,endColumn=2,\
                 title=broken-link::x"
            ),
            "{out}"
        );
        assert!(!out.contains("##["), "{out}");
        assert!(out.contains("100 %25 :: ,"), "{out}");
    }

    #[test]
    fn what_stands_beside_the_commands_is_no_command() {
        let text = inert("  ::error::x\na ::b\n##[error]y\n");
        assert_eq!(text, "  : :error::x\na ::b\n## [error]y\n");
    }
}
