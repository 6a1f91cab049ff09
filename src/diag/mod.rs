//! Diagnostics: a message with a stable code, a severity, a place and help.

pub mod baseline;
pub mod codes;
pub mod concise;
pub mod finding;
pub mod github;
pub mod gitlab;
pub mod human;
pub mod json;
pub mod junit;
pub mod sarif;

use serde::Serialize;

pub use codes::Code;

use crate::{path::RelPath, text::Span};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A broken promise: `check` fails.
    Error,
    /// Worth mending: fails only with `--strict`.
    Warning,
    /// Good to know: never fails.
    Info,
}

/// One finding about the content. A value: it travels with the result that produced it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Diagnostic {
    /// The rule that was broken.
    #[serde(serialize_with = "codes::as_name")]
    pub code: &'static Code,
    /// The weight, after the levels of the configuration.
    pub severity: Severity,
    /// The file at fault.
    pub path: RelPath,
    /// The few characters at fault, where one can point at them.
    pub span: Option<Span>,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A finding of `code` about `path`, with the code's default severity. The message is one line,
    /// also when it quotes words that are more.
    pub fn new(code: &'static Code, path: &RelPath, message: impl Into<String>) -> Self {
        let message = one_line(message.into());
        Self { code, severity: code.level, path: path.clone(), span: None, message, help: None }
    }

    /// Points at the characters at fault.
    pub fn at(mut self, span: impl Into<Span>) -> Self {
        self.span = Some(span.into());
        self
    }

    /// Says what to do.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The total order of printing: by file, place, code, message.
    pub fn sort_key(&self) -> impl Ord + '_ {
        (&self.path, self.span, self.code.name, &self.message)
    }
}

/// A text with a space for each line end: a line of its own would look like another message.
fn one_line(text: String) -> String {
    if text.contains(['\n', '\r']) {
        text.split(['\n', '\r']).map(str::trim).collect::<Vec<_>>().join(" ")
    } else {
        text
    }
}

/// Sorts totally and drops exact repetitions, so that output does not depend on the order of work.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    diagnostics.dedup();
}
