//! What is wrong, for the overlay in the browser: the mistakes of the writer who is at work, not
//! those that the project came with.

use std::{collections::BTreeSet, sync::Arc};

use serde::Serialize;
use serde_json::json;

use crate::{
    diag::{
        Diagnostic, Severity, codes,
        human::{self, Color},
    },
    text::LineIndex,
};

/// One problem as the overlay shows it. Texts are text, and may hold anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Told {
    /// The stable code.
    pub code: String,
    /// `error` or `warning`.
    pub severity: &'static str,
    /// The file.
    pub path: String,
    /// Line, from 1; 0 when there is none.
    pub line: u32,
    /// Column, from 1; 0 when there is none.
    pub column: u32,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
    /// The lines at fault, with their numbers.
    pub excerpt: String,
    /// All of it, as the terminal shows it.
    #[serde(skip)]
    pub rendered: String,
    /// Whether the last good site is shown until it is mended.
    pub fatal: bool,
}

impl Told {
    /// A diagnostic about the content; `text` is the file it is about.
    pub fn of(diagnostic: &Diagnostic, text: Option<&str>) -> Self {
        let place = diagnostic.span.zip(text);
        let (line, column) =
            place.map_or((0, 0), |(span, text)| LineIndex::new(text).position(span.start, text));
        Self {
            code: diagnostic.code.name.to_owned(),
            severity: name(diagnostic.severity),
            path: diagnostic.path.to_string(),
            line,
            column,
            message: diagnostic.message.clone(),
            help: diagnostic.help.clone().unwrap_or_default(),
            fatal: false,
            ..Self::rendered(human::render(diagnostic, text, Color::Never))
        }
    }

    /// A template that cannot be used: `place` is its name, or `name:line`.
    pub fn of_template(theme: &str, place: &str, message: &str, help: &str) -> Self {
        let (name, line) = place.split_once(':').unwrap_or((place, ""));
        let code = codes::TEMPLATE_ERROR.name;
        let shown = human::visible(&format!("themes/{theme}/{place}"));
        let what = human::visible(message);
        Self {
            code: code.to_owned(),
            path: format!("themes/{theme}/{name}"),
            line: line.parse().unwrap_or_default(),
            message: message.to_owned(),
            help: help.to_owned(),
            ..Self::rendered(format!("error[{code}]: {what}\n --> {shown}\n = help: {help}\n"))
        }
    }

    /// A template that failed while it made a page, as [`crate::render::page`] says it.
    pub fn of_fault(theme: &str, fault: &Diagnostic) -> Self {
        let (place, message) = fault.message.split_once(": ").unwrap_or(("", &fault.message));
        Self::of_template(theme, place, message, "the last good page is shown until it is mended")
    }

    /// An error that nothing is known of but what the terminal shows.
    pub fn rendered(rendered: String) -> Self {
        Self {
            code: String::new(),
            severity: "error",
            path: String::new(),
            line: 0,
            column: 0,
            message: String::new(),
            help: String::new(),
            excerpt: lines_at_fault(&rendered),
            rendered,
            fatal: false,
        }
    }
}

/// Of what the terminal shows, the lines of the file: the overlay says the rest in its own way.
fn lines_at_fault(rendered: &str) -> String {
    let is_place = |line: &&str| line.trim_start().starts_with("-->");
    let lines = rendered.lines().skip_while(|line| !is_place(line)).skip(1);
    let lines = lines.take_while(|line| !line.trim_start().starts_with("= "));
    let mut lines: Vec<&str> = lines.skip_while(|line| line.trim() == "|").collect();
    while lines.last().is_some_and(|line| matches!(line.trim(), "|" | "")) {
        lines.pop();
    }
    lines.join("\n")
}

fn name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

/// Numbers of diagnostics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Total {
    /// Broken promises.
    pub errors: usize,
    /// Worth mending.
    pub warnings: usize,
}

impl Total {
    /// Counts.
    pub fn of(found: &[Diagnostic]) -> Self {
        let count = |severity| found.iter().filter(|d| d.severity == severity).count();
        Self { errors: count(Severity::Error), warnings: count(Severity::Warning) }
    }
}

/// The event `problems`, as JSON.
pub fn event(generation: u64, told: &[Told], total: Total) -> String {
    json!({ "generation": generation, "problems": told, "total": total }).to_string()
}

/// An error by what it says; its place moves with the text around it.
type Mark = (&'static str, Arc<str>, String);

/// The errors that the project had before anybody touched it. They are counted and listed on their
/// page; an overlay about them would only stand in the way. One that was mended is a mistake like
/// any other when it comes again.
#[derive(Debug, Default)]
pub struct Baseline(Option<BTreeSet<Mark>>);

impl Baseline {
    /// The errors that are new since the first call.
    pub fn new_ones<'a>(&mut self, found: &'a [Diagnostic]) -> Vec<&'a Diagnostic> {
        let errors: Vec<_> = found.iter().filter(|d| d.severity == Severity::Error).collect();
        let mark = |d: &Diagnostic| (d.code.name, d.path.as_str().into(), d.message.clone());
        let now: BTreeSet<Mark> = errors.iter().map(|d| mark(d)).collect();
        let before = match &self.0 {
            Some(before) => before.intersection(&now).cloned().collect(),
            None => now,
        };
        let new = errors.into_iter().filter(|d| !before.contains(&mark(d))).collect();
        self.0 = Some(before);
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{diag::codes, path::RelPath};

    #[test]
    fn an_excerpt_is_the_lines_of_the_file_alone() {
        let rendered = "error[x]: it is wrong\n --> a.md:2:1\n  |\n2 | = a --> b\n  | ^^^\n  |\n  = help: do\n";
        assert_eq!(lines_at_fault(rendered), "2 | = a --> b\n  | ^^^");
        assert_eq!(lines_at_fault("error: no place\n"), "");
        let told = Told::of_template("own", "a.html:7", "bad\x1b", "mend it");
        assert_eq!((told.path.as_str(), told.line), ("themes/own/a.html", 7));
        assert!(
            told.rendered.contains(" --> themes/own/a.html:7\n") && !told.rendered.contains('\x1b')
        );
    }

    #[test]
    fn only_new_errors_are_told() {
        let path = RelPath::new("a.md").expect("a path");
        let error = |message: &str| {
            let mut diagnostic = Diagnostic::new(&codes::READ_ERROR, &path, message);
            diagnostic.severity = Severity::Error;
            diagnostic
        };
        let (old, new) = (error("old"), error("new"));
        let mut baseline = Baseline::default();
        assert!(baseline.new_ones(std::slice::from_ref(&old)).is_empty());
        assert_eq!(baseline.new_ones(&[old.clone(), new.clone()]), [&new]);
        assert!(baseline.new_ones(&[]).is_empty());
        assert_eq!(baseline.new_ones(std::slice::from_ref(&old)), [&old], "it came again");
    }
}
