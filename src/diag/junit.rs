//! A JUnit report: one suite a file, one test case a finding. What does not make the run fail is a
//! case that passes and says what was found.

use std::fmt::Write;

use super::{
    concise::word,
    finding::{Finding, Run},
    human::visible,
};

/// The report, XML 1.0 in UTF-8.
pub fn render(findings: &[Finding<'_>], run: &Run<'_>) -> String {
    let fails = |finding: &&Finding<'_>| run.fails.on(finding.diagnostic.severity);
    let failures = findings.iter().filter(fails).count();
    let tests = findings.len().max(1);
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <testsuites name=\"lacuna check\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">\n"
    );
    if findings.is_empty() {
        // Programs that read reports take one without a test for a mistake.
        out.push_str(
            "<testsuite name=\"lacuna check\" tests=\"1\" failures=\"0\" errors=\"0\">\n\
             <testcase classname=\"lacuna\" name=\"nothing is wrong\"/>\n</testsuite>\n",
        );
    }
    for file in findings.chunk_by(|a, b| a.diagnostic.path == b.diagnostic.path) {
        let path = escape(&run.path(&file[0].diagnostic.path));
        let failures = file.iter().filter(fails).count();
        // A String takes every write.
        let _ = writeln!(
            out,
            "<testsuite name=\"{path}\" tests=\"{}\" failures=\"{failures}\" errors=\"0\">",
            file.len()
        );
        file.iter().for_each(|finding| case(finding, run, &path, &mut out));
        out.push_str("</testsuite>\n");
    }
    out.push_str("</testsuites>\n");
    out
}

fn case(finding: &Finding<'_>, run: &Run<'_>, path: &str, out: &mut String) {
    let (code, severity) = (finding.diagnostic.code.name, finding.diagnostic.severity);
    let message = escape(&finding.message());
    let (line, column) = finding.position();
    let place = format!("{path}:{line}:{column}");
    let text =
        format!("{place}: {}[{code}]: {}", word(severity), escape(&finding.message_and_help()));
    // A name stays when lines move, so that reports can be compared; of several alike each has its
    // number, for readers that keep one case of a name.
    let times = if finding.nth > 1 { format!(" ({})", finding.nth) } else { String::new() };
    let _ = write!(
        out,
        "<testcase classname=\"{path}\" name=\"{code}: {message}{times}\" \
         file=\"{path}\" line=\"{line}\">"
    );
    let _ = match run.fails.on(severity) {
        true => writeln!(
            out,
            "<failure type=\"{code}\" message=\"{message}\">{text}</failure></testcase>"
        ),
        false => writeln!(out, "<system-out>{text}</system-out></testcase>"),
    };
}

/// Text for an element or an attribute, without the characters that XML 1.0 has no way to write.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
    out
}
