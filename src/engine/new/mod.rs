//! `lacuna new`: what a new decision, gap record or document is to say, and where it goes. All of
//! it is planned before anything is written; the plan is pure.

mod decision;
mod document;
mod gap;
mod naming;
mod skeleton;
mod spelling;
mod supersede;

use super::{Options, Reading};
use crate::{graph::Graph, path::RelPath};

pub use decision::decision;
pub use document::document;
pub use gap::gap;

/// What is known of the project.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// Its files.
    pub reading: &'a Reading,
    /// Its records.
    pub graph: &'a Graph,
    /// Its configuration and the day.
    pub options: Options<'a>,
}

impl<'a> Known<'a> {
    /// The day, `YYYY-MM-DD`.
    fn today(&self) -> &'a str {
        self.options.today.unwrap_or("1970-01-01")
    }
}

/// What is to be written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The new file, unless the record goes into a file of several.
    pub create: Option<(RelPath, String)>,
    /// Changes of files that are there.
    pub edits: Vec<Edit>,
    /// What could not be done, one sentence each.
    pub notes: Vec<String>,
    /// The id of the new record.
    pub id: String,
}

/// A change of a file that is there: only these lines differ afterwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// A line is replaced.
    Replace {
        /// The file.
        path: RelPath,
        /// The line, from 1.
        line: u32,
        /// What it says now.
        old: String,
        /// What it says afterwards, without its end.
        text: String,
    },
    /// Lines are added.
    Insert {
        /// The file.
        path: RelPath,
        /// The line after which they stand.
        after: u32,
        /// The lines, each with its end.
        text: String,
    },
}

impl Edit {
    /// The file.
    pub fn path(&self) -> &RelPath {
        match self {
            Self::Replace { path, .. } | Self::Insert { path, .. } => path,
        }
    }

    /// The bytes of the file afterwards, with the line ends it has.
    pub fn apply(&self, bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(bytes.len() + 256);
        let crlf = bytes.windows(2).any(|pair| pair == b"\r\n");
        let ending: &[u8] = if crlf { b"\r\n" } else { b"\n" };
        for (number, line) in (1_u32..).zip(bytes.split_inclusive(|byte| *byte == b'\n')) {
            match self {
                Self::Replace { line: own, text, .. } if *own == number => {
                    out.extend_from_slice(text.as_bytes());
                    let body = line.strip_suffix(b"\n").unwrap_or(line);
                    let body = body.strip_suffix(b"\r").unwrap_or(body);
                    out.extend_from_slice(&line[body.len()..]);
                }
                Self::Insert { after, text, .. } if *after == number => {
                    out.extend_from_slice(line);
                    if !line.ends_with(b"\n") {
                        out.extend_from_slice(ending);
                    }
                    for added in text.lines() {
                        out.extend_from_slice(added.as_bytes());
                        out.extend_from_slice(ending);
                    }
                }
                _ => out.extend_from_slice(line),
            }
        }
        out
    }
}

/// Why nothing can be planned: what is wrong, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Refusal {
    fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into() }
    }
}

/// The first of these folders that the project reads, else one below its first source.
fn default_folder(known: &Known<'_>, wanted: &[&str], name: &str) -> String {
    let config = known.options.config;
    let read = |folder: &str| {
        RelPath::new(&format!("{folder}/a.md"))
            .is_some_and(|path| super::sources::is_source(&path, config))
    };
    if let Some(folder) = wanted.iter().find(|folder| read(folder)) {
        return (*folder).to_owned();
    }
    let sources = config.sources.iter().map(|source| source.trim_end_matches('/'));
    let below = sources.filter(|source| read(source)).map(|source| format!("{source}/{name}"));
    below.into_iter().next().unwrap_or_else(|| wanted.first().map_or(name, |f| f).to_owned())
}

fn titled(title: &str) -> Result<&str, Refusal> {
    let title = title.trim();
    if title.is_empty() || title.contains(['\n', '\r']) {
        return Err(Refusal::new("a title is one line of text", "write it in quotes"));
    }
    Ok(title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_named_lines_change() {
        let path = RelPath::new("a.md").expect("a path");
        let edit =
            Edit::Replace { path: path.clone(), line: 2, old: "old".into(), text: "new".into() };
        assert_eq!(edit.apply(b"a\r\nold\r\nb"), b"a\r\nnew\r\nb");
        let edit = Edit::Insert { path, after: 2, text: "x\ny\n".into() };
        assert_eq!(edit.apply(b"a\nb"), b"a\nb\nx\ny\n");
    }
}
