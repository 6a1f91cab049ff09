//! Reads the files of a snapshot that are records, and says what could not be read.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use super::{Reading, stages::Digest};
use crate::{
    diag::{Diagnostic, codes},
    model::{
        config::{Config, FILE_NAME},
        limits::{Limits, size},
        lock,
        source::{Body, Facts, Outline, Source, Value},
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

/// So many files are one batch: few enough that a changed one is soon put together again, and so
/// many that the batches of a large corpus are few.
const BATCH: usize = 64;

/// Extensions of files that are always meant to be read.
const WRITTEN: &[&str] = &["md", "markdown", "mdown", "mkd", "mdx", "proto", "mmd", "mermaid"];

/// The files of a snapshot, told apart by whether they may be records.
pub(super) struct Found<'a> {
    /// Files that may be records, in the order of path and in batches.
    pub batches: Vec<Vec<&'a File>>,
    /// The others.
    pub others: Vec<&'a File>,
}

/// Tells the files of a snapshot apart.
pub(super) fn find<'a>(snapshot: &'a Snapshot, config: &Config) -> Found<'a> {
    let may_be_record =
        |file: &&File| is_source(&file.path, config) && file.path.as_str() != lock::FILE;
    let (files, others): (Vec<&File>, Vec<&File>) =
        snapshot.files.values().partition(may_be_record);
    Found { batches: files.chunks(BATCH).map(<[&File]>::to_vec).collect(), others }
}

/// Files that follow each other, as they were read.
#[derive(Debug, Default)]
pub struct Batch {
    outlines: Vec<Arc<Outline>>,
    digests: Vec<Digest>,
    bodies: Vec<Body>,
    drafts: Vec<RelPath>,
    assets: Vec<Asset>,
    diagnostics: Vec<Diagnostic>,
    /// Which of the outlines are ledgers.
    ledgers: Vec<usize>,
    /// What each file gave. It is remembered as long as it stands here.
    outcomes: Vec<Arc<Outcome>>,
    /// The hashes of all outlines and texts.
    pub(super) digest: Digest,
}

/// A file that is no record.
#[derive(Debug)]
struct Asset {
    path: RelPath,
    is_empty: bool,
}

impl Asset {
    fn of(file: &File) -> Self {
        Self { path: file.path.clone(), is_empty: file.size == 0 }
    }
}

impl Batch {
    /// Puts together what was read of some files.
    pub(super) fn of(files: &[&File], outcomes: Vec<Arc<Outcome>>, config: &Config) -> Self {
        let mut batch = Self::default();
        for (file, outcome) in files.iter().zip(&outcomes) {
            batch.diagnostics.extend(outcome.diagnostics.iter().cloned());
            let Some(source) = &outcome.source else {
                batch.assets.push(Asset::of(file));
                continue;
            };
            let path = &source.outline.path;
            if is_draft(&source.outline) && !config.drafts {
                batch.diagnostics.push(left_out(path));
                batch.drafts.push(path.clone());
                continue;
            }
            if matches!(source.outline.facts, Facts::Ledger(_)) {
                batch.ledgers.push(batch.outlines.len());
            }
            batch.outlines.push(source.outline.clone());
            batch.digests.push(source.digest);
            batch.bodies.push(source.body.clone());
            batch.diagnostics.extend(source.diagnostics.iter().cloned());
        }
        batch.digest = Digest::all(&batch.digests);
        batch.outcomes = outcomes;
        batch
    }

    /// The files that are ledgers, when the first file of the batch is `first`.
    pub(super) fn ledgers(&self, first: usize) -> impl Iterator<Item = usize> {
        self.ledgers.iter().map(move |ledger| first + ledger)
    }

    /// How many records it holds, parts of files not counted.
    pub(super) fn len(&self) -> usize {
        self.outlines.len()
    }
}

/// Puts together what was read, in the order of path.
pub(super) fn gather(snapshot: &Snapshot, batches: Vec<Arc<Batch>>, others: &[&File]) -> Reading {
    let mut reading = Reading {
        diagnostics: snapshot.problems.iter().map(problem).collect(),
        settings: RelPath::new(FILE_NAME).and_then(|path| snapshot.text(&path).cloned()),
        ..Reading::default()
    };
    let mut assets: Vec<Asset> = others.iter().map(|file| Asset::of(file)).collect();
    for batch in &batches {
        reading.outlines.extend_from_slice(&batch.outlines);
        reading.digests.extend_from_slice(&batch.digests);
        reading.bodies.extend_from_slice(&batch.bodies);
        reading.drafts.extend(batch.drafts.iter().cloned());
        reading.diagnostics.extend_from_slice(&batch.diagnostics);
        let of_batch = batch.assets.iter();
        assets.extend(of_batch.map(|asset| Asset { path: asset.path.clone(), ..*asset }));
    }
    reading.batches = batches;
    let empty = assets.iter().filter(|asset| asset.is_empty);
    reading.empty = empty.map(|asset| asset.path.clone()).collect();
    reading.assets = assets.into_iter().map(|asset| asset.path).collect();
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
pub(super) fn one(rules: &Rules, limits: &Limits, file: &File) -> Outcome {
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
            let read = || read::read(&file.path, classified, text, rules.words());
            // A fault in one file hides none of the others.
            match catch_unwind(AssertUnwindSafe(read)) {
                Ok(source) => outcome.source = Some(source.into()),
                Err(_) => outcome.diagnostics.push(
                    Diagnostic::new(
                        &codes::PAGE_FAILED,
                        &file.path,
                        "a fault of the program: this file cannot be read",
                    )
                    .help("report it with this file; the other files are not affected"),
                ),
            }
        }
        Content::TooLarge => {
            let (long, limit) = (size(file.size), size(u64::from(limits.text_bytes)));
            outcome.diagnostics.push(
                Diagnostic::new(
                    &codes::FILE_TOO_LARGE,
                    &file.path,
                    format!("the file of {long} is longer than {limit} and was not read"),
                )
                .help("split it, leave it out with `exclude`, or set `text_bytes` in `[limits]`"),
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
        Content::Bytes(bytes) if file.path.has_extension(WRITTEN) => {
            let at = bytes.iter().position(|byte| *byte == 0).unwrap_or_default();
            let message = format!("the file holds a NUL at byte {at} and was not read as text");
            outcome.diagnostics.push(
                Diagnostic::new(&codes::INVALID_UTF8, &file.path, message)
                    .help("save it as UTF-8; UTF-16 is not read"),
            );
        }
        Content::Bytes(_) | Content::Asset => {}
    }
    outcome
}

/// The first character that stands for what could not be read.
fn bad_span(text: &str) -> Span {
    let at = text.find('\u{fffd}').unwrap_or_default();
    Span::new(at, at + '\u{fffd}'.len_utf8())
}

/// What could not be listed. A name with a backslash is no path, and the root has none; both are told
/// all the same.
fn problem(problem: &WorldError) -> Diagnostic {
    let path = RelPath::new(&problem.path)
        .or_else(|| RelPath::new(&problem.path.replace('\\', "/")))
        .or_else(|| RelPath::new(FILE_NAME))
        .expect("the name of the configuration is a path");
    let code = match problem.kind {
        WorldErrorKind::Symlink => &codes::SYMLINK_SKIPPED,
        WorldErrorKind::TooLarge => &codes::FILE_TOO_LARGE,
        WorldErrorKind::TooMany => &codes::LIMIT_REACHED,
        _ => &codes::READ_ERROR,
    };
    let found = Diagnostic::new(code, &path, problem.message.clone());
    match problem.kind {
        WorldErrorKind::TooMany => {
            found.help("exclude folders that are no content, or set `files` in `[limits]`")
        }
        _ => found,
    }
}
