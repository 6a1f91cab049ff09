//! The writer of JUnit reports: suites of test cases, as XML 1.0 in UTF-8. There is no standard. Elements
//! and attributes are those of the schema of Jenkins, `junit-10.xsd`; beside them a test case has the
//! `file` and `line` that pytest began with and GitLab shows.

use std::fmt::Write;

use crate::diag::human::visible;

/// Test cases under one name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suite {
    /// Its name, a path for example.
    pub name: String,
    /// Its test cases; a suite has at least one.
    pub cases: Vec<Case>,
}

/// One test case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// What it belongs to.
    pub class: String,
    /// Its name, unique within the class.
    pub name: String,
    /// The file and the line it is about.
    pub place: Option<(String, u32)>,
    /// How it ended.
    pub outcome: Outcome,
    /// What it said, whatever the outcome; may be empty.
    pub said: String,
}

/// How a test case ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It passed.
    Passed,
    /// It failed.
    Failed {
        /// The kind of failure, a stable word.
        kind: &'static str,
        /// Why, in one sentence.
        message: String,
    },
    /// It was set aside, with the reason.
    Skipped(String),
}

/// The report of these suites.
pub fn write(name: &str, suites: &[Suite]) -> String {
    let cases = || suites.iter().flat_map(|suite| &suite.cases);
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    // A String takes every write.
    let _ = writeln!(
        out,
        "<testsuites name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\">",
        escape(name),
        cases().count(),
        cases().filter(|case| case.has_failed()).count(),
    );
    for suite in suites {
        let count = |is: fn(&Case) -> bool| suite.cases.iter().filter(|case| is(case)).count();
        let skipped = match count(Case::is_skipped) {
            0 => String::new(),
            skipped => format!(" skipped=\"{skipped}\""),
        };
        let _ = writeln!(
            out,
            "<testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\"{skipped}>",
            escape(&suite.name),
            suite.cases.len(),
            count(Case::has_failed),
        );
        suite.cases.iter().for_each(|case| case.write(&mut out));
        out.push_str("</testsuite>\n");
    }
    out.push_str("</testsuites>\n");
    out
}

impl Case {
    fn has_failed(&self) -> bool {
        matches!(self.outcome, Outcome::Failed { .. })
    }

    fn is_skipped(&self) -> bool {
        matches!(self.outcome, Outcome::Skipped(_))
    }

    fn write(&self, out: &mut String) {
        let place = self
            .place
            .as_ref()
            .map(|(file, line)| format!(" file=\"{}\" line=\"{line}\"", escape(file)));
        let said = self.said.lines().map(escape).collect::<Vec<_>>().join("\n");
        let _ = write!(
            out,
            "<testcase classname=\"{}\" name=\"{}\"{}",
            escape(&self.class),
            escape(&self.name),
            place.unwrap_or_default(),
        );
        let _ = match &self.outcome {
            Outcome::Failed { kind, message } => writeln!(
                out,
                "><failure type=\"{kind}\" message=\"{}\">{said}</failure></testcase>",
                escape(message)
            ),
            Outcome::Skipped(reason) => {
                writeln!(out, "><skipped message=\"{}\"/></testcase>", escape(reason))
            }
            Outcome::Passed if said.is_empty() => writeln!(out, "/>"),
            Outcome::Passed => writeln!(out, "><system-out>{said}</system-out></testcase>"),
        };
    }
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
