//! `lacuna.lock`: read as TOML, written in one fixed order. A file that cannot be trusted in every
//! part is not used at all: half a lock would call accepted citations new.

mod write;

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

pub use write::write;

use crate::{
    diag::{Diagnostic, codes},
    model::lock::{
        Accepted, Counted, Extent, FILE, HASH, KeptLine, Key, LinePrint, Lock, Passage, Print,
        VERSION,
    },
    path::RelPath,
    text::Span,
};

/// Where the lock stands.
pub fn path() -> RelPath {
    RelPath::new(FILE).expect("the name of the lock is a good path")
}

/// Reads a lock.
///
/// # Errors
/// `lock-invalid`, at the first place that cannot be used.
pub fn read(text: &str) -> Result<Lock, Box<Diagnostic>> {
    read_whole(text).map_err(|fault| {
        let diagnostic = Diagnostic::new(&codes::LOCK_INVALID, &path(), fault.message)
            .at(fault.span)
            .help(fault.help);
        Box::new(diagnostic)
    })
}

/// What is wrong, where, and what to do.
struct Fault {
    span: Span,
    message: String,
    help: String,
}

impl Fault {
    fn new(span: impl Into<Span>, message: impl Into<String>) -> Self {
        let help = "take the file from version control, or look at the cited lines and write it \
                    anew with `lacuna cite --accept`";
        Self { span: span.into(), message: message.into(), help: help.into() }
    }
}

#[derive(Deserialize)]
struct Head {
    version: Option<Spanned<i64>>,
    hash: Option<Spanned<String>>,
}

#[derive(Deserialize)]
struct Written {
    #[serde(default)]
    citation: Vec<WrittenCitation>,
    #[serde(default)]
    passage: Vec<WrittenPassage>,
}

#[derive(Deserialize)]
struct WrittenCitation {
    r#in: Spanned<String>,
    of: String,
    cites: String,
    lines: Spanned<String>,
    path: Spanned<String>,
    found: Spanned<String>,
    counted: Spanned<String>,
    print: Spanned<String>,
    words: String,
    before: Spanned<String>,
    after: Spanned<String>,
}

#[derive(Deserialize)]
struct WrittenPassage {
    print: Spanned<String>,
    lines: Vec<Spanned<String>>,
}

fn read_whole(text: &str) -> Result<Lock, Fault> {
    if let Some(span) = conflict(text) {
        return Err(Fault {
            help: "keep the lines of one side, take the marks away, and run `lacuna cite --check`"
                .into(),
            ..Fault::new(span, "a merge conflict was left in the lock")
        });
    }
    check_head(&parse::<Head>(text)?)?;
    let written: Written = parse(text)?;
    let mut lock = Lock::default();
    for passage in written.passage {
        let print = parsed(&passage.print, "a fingerprint", Print::parse)?;
        let lines = passage.lines.iter().map(|line| parsed(line, "a line", kept_line));
        lock.passages.insert(print, Passage(lines.collect::<Result<_, _>>()?));
    }
    for citation in written.citation {
        let print = parsed(&citation.print, "a fingerprint", Print::parse)?;
        let lines = parsed(&citation.found, "a range of lines", range)?;
        let length = (lines.1 - lines.0) as usize + 1;
        if lock.passages.get(&print).is_none_or(|passage| passage.0.len() != length) {
            let message = "the lock has no passage of this fingerprint and length";
            return Err(Fault::new(citation.print.span(), message));
        }
        let key = Key {
            file: parsed(&citation.r#in, "a path", RelPath::new)?,
            owner: citation.of,
            target: citation.cites,
            lines: parsed(&citation.lines, "a range of lines", range)?,
        };
        let accepted = Accepted {
            path: parsed(&citation.path, "a path", RelPath::new)?,
            lines,
            counted: parsed(&citation.counted, "`file` or `original`", counted)?,
            print,
            words: citation.words,
            before: parsed(&citation.before, "hashes of lines", prints)?,
            after: parsed(&citation.after, "hashes of lines", prints)?,
        };
        if lock.citations.insert(key, accepted).is_some() {
            let message = "the lock has this citation twice";
            return Err(Fault::new(citation.r#in.span(), message));
        }
    }
    Ok(lock)
}

/// The line of the first mark that git leaves in a file it could not merge.
fn conflict(text: &str) -> Option<Span> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let shown = line.trim_end_matches(['\n', '\r']);
        if ["<<<<<<<", ">>>>>>>", "|||||||"].iter().any(|mark| shown.starts_with(mark))
            || shown == "======="
        {
            return Some(Span::new(start, start + shown.len()));
        }
        start += line.len();
    }
    None
}

fn parse<'t, T: Deserialize<'t>>(text: &'t str) -> Result<T, Fault> {
    toml::from_str(text).map_err(|error: toml::de::Error| {
        let span = error.span().map_or_else(Span::default, Span::from);
        let span = Span::new(span.start.min(text.len()), span.end.min(text.len()));
        // Without a place of its own, the fault is of the whole file.
        Fault::new(span, format!("the lock cannot be read: {}", error.message()))
    })
}

fn check_head(head: &Head) -> Result<(), Fault> {
    let Some(version) = &head.version else {
        return Err(Fault::new(0..0, "the lock does not say its version"));
    };
    let other = |span, message| Fault {
        help: "use the program that wrote it, or look at the cited lines and write it anew with \
               `lacuna cite --accept`"
            .into(),
        ..Fault::new(span, message)
    };
    if *version.get_ref() != i64::from(VERSION) {
        let found = version.get_ref();
        let message = format!("the lock has version {found}, and version {VERSION} is read here");
        return Err(other(version.span(), message));
    }
    let Some(hash) = &head.hash else {
        return Err(Fault::new(0..0, "the lock does not say its hash"));
    };
    if hash.get_ref() != HASH {
        let found = hash.get_ref();
        let message = format!("the lock has the hash `{found}`, and `{HASH}` is read here");
        return Err(other(hash.span(), message));
    }
    Ok(())
}

fn parsed<T>(
    field: &Spanned<String>,
    wanted: &str,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<T, Fault> {
    let text = field.get_ref();
    parse(text).ok_or_else(|| Fault::new(field.span(), format!("`{text}` is not {wanted}")))
}

fn range(text: &str) -> Option<(u32, u32)> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(first) || !digits(last) {
        return None;
    }
    let (first, last) = (first.parse().ok()?, last.parse().ok()?);
    (first >= 1 && first <= last && last < u32::MAX).then_some((first, last))
}

fn counted(text: &str) -> Option<Counted> {
    [Counted::File, Counted::Original].into_iter().find(|counted| counted.name() == text)
}

fn prints(text: &str) -> Option<Vec<LinePrint>> {
    text.split_whitespace().map(LinePrint::parse).collect()
}

fn kept_line(text: &str) -> Option<KeptLine> {
    let print = LinePrint::parse(text.get(..8)?)?;
    let rest = text.get(8..)?;
    let (extent, rest) = match rest.strip_prefix(" ~") {
        Some(rest) => (Extent::Cut, rest),
        None => (Extent::Whole, rest.strip_prefix(" =")?),
    };
    let text = rest.strip_prefix(' ').unwrap_or(rest).to_owned();
    Some(KeptLine { print, text, extent })
}

/// The citations by the passage they were accepted with, in the order of place.
fn places(lock: &Lock) -> BTreeMap<(&RelPath, (u32, u32), Print), ()> {
    lock.citations.values().map(|a| ((&a.path, a.lines, a.print), ())).collect()
}

#[cfg(test)]
mod tests;
