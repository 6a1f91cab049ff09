//! Reads the files of a snapshot that are records, and says what could not be read.

use std::sync::Arc;

use super::{Reading, stages::Digest};
use crate::{
    diag::{Diagnostic, codes},
    model::{
        config::{Config, FILE_NAME},
        lock,
        source::{Body, Outline, Source, Value},
    },
    path::RelPath,
    read::{
        self,
        classify::{Rules, classify},
        repair,
    },
    text::Span,
    world::{Content, Decoding, File, Snapshot, WorldError, WorldErrorKind},
};

/// The files that may be records.
pub(super) fn files<'a>(
    snapshot: &'a Snapshot,
    config: &'a Config,
) -> impl Iterator<Item = &'a File> {
    let is_record =
        |file: &&File| is_source(&file.path, config) && file.path.as_str() != lock::FILE;
    snapshot.files.values().filter(is_record)
}

/// Puts together what was read, in the order of path.
pub(super) fn gather(snapshot: &Snapshot, config: &Config, read: &[Arc<Outcome>]) -> Reading {
    let mut reading = Reading {
        diagnostics: snapshot.problems.iter().filter_map(problem).collect(),
        settings: RelPath::new(FILE_NAME).and_then(|path| snapshot.text(&path).cloned()),
        ..Reading::default()
    };
    let mut records: Vec<&RelPath> = Vec::new();
    for outcome in read {
        reading.diagnostics.extend(outcome.diagnostics.iter().cloned());
        let Some(source) = &outcome.source else { continue };
        let path = &source.outline.path;
        records.push(path);
        if is_draft(&source.outline) && !config.drafts {
            reading.diagnostics.push(left_out(path));
            reading.drafts.insert(path.clone());
            continue;
        }
        reading.outlines.push(source.outline.clone());
        reading.digests.push(source.digest);
        reading.bodies.push(source.body.clone());
        reading.diagnostics.extend(source.diagnostics.iter().cloned());
    }
    // Both are in the order of path.
    let mut records = records.into_iter().peekable();
    let assets = snapshot.files.keys().filter(|path| records.next_if_eq(path).is_none());
    reading.assets = assets.cloned().collect();
    let is_empty = |path: &&RelPath| snapshot.files.get(*path).is_some_and(|file| file.size == 0);
    reading.empty = reading.assets.iter().filter(is_empty).cloned().collect();
    reading
}

/// Whether a document says that it is a draft, as Hugo and Docusaurus have it.
fn is_draft(outline: &Outline) -> bool {
    outline.front.extra.get("draft") == Some(&Value::Bool(true))
}

fn left_out(path: &RelPath) -> Diagnostic {
    Diagnostic::new(&codes::DRAFT_LEFT_OUT, path, "the document is a draft and was left out")
        .help("build with `--drafts` to see it, or take `draft` out of its front matter")
}

/// Whether the configuration names the file, or a folder above it, as a source.
pub fn is_source(path: &RelPath, config: &Config) -> bool {
    let below = |source: &String| {
        let source = source.trim_start_matches("./").trim_end_matches('/');
        source.is_empty()
            || source == "."
            || path
                .as_str()
                .strip_prefix(source)
                .is_some_and(|r| r.is_empty() || r.starts_with('/'))
    };
    config.sources.is_empty() || config.sources.iter().any(below)
}

/// What became of one file.
#[derive(Debug)]
pub(super) struct Outcome {
    source: Option<Record>,
    diagnostics: Vec<Diagnostic>,
}

/// A file that was read, as it is shared by many builds.
#[derive(Debug)]
struct Record {
    outline: Arc<Outline>,
    digest: Digest,
    body: Body,
    diagnostics: Vec<Diagnostic>,
}

impl From<Source> for Record {
    fn from(Source { outline, body, diagnostics }: Source) -> Self {
        let digest = Digest::of(&outline, &body);
        Self { outline: Arc::new(outline), digest, body, diagnostics }
    }
}

/// Reads one file.
pub(super) fn one(rules: &Rules, file: &File) -> Outcome {
    let mut outcome = Outcome { source: None, diagnostics: Vec::new() };
    match &file.content {
        Content::Text { text, decoding } => {
            let repair = repair::repair(text);
            let text = repair.as_ref().map_or(text, |repair| &repair.text);
            let Some(classified) = classify(rules, &file.path, text) else { return outcome };
            outcome.diagnostics.extend(repair.as_ref().map(|r| r.diagnostic(&file.path)));
            if let Decoding::Lossy { first_bad } = decoding {
                outcome.diagnostics.push(
                    Diagnostic::new(
                        &codes::INVALID_UTF8,
                        &file.path,
                        format!("the file is not valid UTF-8 from byte {first_bad} on"),
                    )
                    .at(bad_span(text))
                    .help("save it as UTF-8; what could not be read is shown as \u{fffd}"),
                );
            }
            outcome.source = Some(read::read(&file.path, classified, text, rules.words()).into());
        }
        Content::TooLarge => {
            let megabytes = file.size / (1 << 20);
            outcome.diagnostics.push(
                Diagnostic::new(
                    &codes::FILE_TOO_LARGE,
                    &file.path,
                    format!("the file has {megabytes} MiB and was not read"),
                )
                .help("split it, or leave it out with `exclude`"),
            );
        }
        Content::Unreadable(why) => outcome.diagnostics.push(
            Diagnostic::new(
                &codes::READ_ERROR,
                &file.path,
                format!("the file cannot be read: {why}"),
            )
            .help("check its permissions"),
        ),
        Content::Bytes(_) | Content::Asset => {}
    }
    outcome
}

/// The first character that stands for what could not be read.
fn bad_span(text: &str) -> Span {
    let at = text.find('\u{fffd}').unwrap_or_default();
    Span::new(at, at + '\u{fffd}'.len_utf8())
}

fn problem(problem: &WorldError) -> Option<Diagnostic> {
    let path = RelPath::new(&problem.path)?;
    let code = match problem.kind {
        WorldErrorKind::Symlink => &codes::SYMLINK_SKIPPED,
        WorldErrorKind::TooLarge => &codes::FILE_TOO_LARGE,
        WorldErrorKind::TooMany => &codes::LIMIT_REACHED,
        _ => &codes::READ_ERROR,
    };
    Some(Diagnostic::new(code, &path, problem.message.clone()))
}
