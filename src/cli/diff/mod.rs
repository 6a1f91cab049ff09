//! `diff`: what a revision of the project has otherwise than another, and whether it is worse.

mod human;
mod markdown;
mod range;
pub(super) mod side;

use std::io::{self, Write};

use super::{
    Failure,
    args::{self, DiffFormat, Options, Verbosity},
    colour,
    exit::Exit,
    project::Project,
};
use crate::{
    compare::{Changes, compare},
    diag::human::visible,
    engine::{
        changes::{self, Revision},
        stages::Stages,
    },
    world::git::{GitError, Repository},
};
use range::{Head, Range};
use side::{Context, Side};

impl From<GitError> for Failure {
    fn from(error: GitError) -> Self {
        Self(error.to_string())
    }
}

/// Everything that a report shows.
struct Report<'a> {
    changes: &'a Changes,
    base: &'a Revision,
    head: &'a Revision,
    /// What was left out, in one sentence each without a full stop.
    notes: &'a [String],
    /// The address of a site of the head, with a slash at its end.
    preview: Option<&'a str>,
}

/// Compares two revisions and prints what they differ in.
pub fn diff(options: &Options, arguments: &args::Diff) -> Result<Exit, Failure> {
    let range =
        Range::parse(&arguments.range).ok_or_else(|| Failure(range::misuse(&arguments.range)))?;
    let project = Project::open(options, &arguments.project.dir)?;
    let repository = Repository::of(project.world.root())?;
    if matches!(range.head, Head::WorkingTree) && !repository.has_work_tree() {
        return Err(Failure(range::without_files(&arguments.range)));
    }
    let mut base = repository.commit(range.base)?;
    let head = match range.head {
        Head::WorkingTree => None,
        Head::Revision(name) => Some(repository.commit(name)?),
    };
    if range.is_from_merge_base {
        let tip = match &head {
            Some(head) => head.clone(),
            None => repository.commit("HEAD")?,
        };
        base = repository.merge_base(&base, &tip)?;
    }

    // One memo for both sides: what is equal is read, parsed and joined once.
    let stages = Stages::default();
    let context = Context {
        options,
        project: &project,
        repository: &repository,
        policy: None,
        treatment: None,
    };
    let old = context.revision(&stages, &base, None)?;
    // A proposal does not choose how much work it may ask for.
    let context = Context { treatment: Some(old.own_treatment), ..context };
    let new = match &head {
        Some(commit) => context.revision(&stages, commit, Some(&old))?,
        None => context.working_tree(&stages, &base)?,
    };
    let changes = compare(&old.standing, &new.standing);
    let mut notes = notes(&old, &new);
    if new.own_treatment != old.own_treatment {
        let base = range.base;
        notes.push(format!("`[content]` and `[limits]` of {base} count for both sides"));
    }
    let revision = |name: &str, id: Option<String>| Revision { name: name.to_owned(), commit: id };
    let report = Report {
        changes: &changes,
        base: &revision(range.base, Some(base.id.to_string())),
        head: &match (&head, &range.head) {
            (Some(commit), Head::Revision(name)) => revision(name, Some(commit.id.to_string())),
            _ => revision("working tree", None),
        },
        notes: &notes,
        preview: arguments.preview.as_deref(),
    };
    print(options, &report, arguments.format)?;
    Ok(if changes.worse().is_empty() { Exit::Clean } else { Exit::Findings })
}

fn print(options: &Options, report: &Report<'_>, format: DiffFormat) -> Result<(), Failure> {
    let stdout = io::stdout();
    let text = match format {
        DiffFormat::Human => human::render(report, options.verbosity(), colour(options, &stdout)),
        DiffFormat::Markdown => markdown::render(report),
        DiffFormat::Json => {
            let sides = (report.base, report.head);
            let preview = report.preview.map(with_slash);
            let value = changes::changes(report.changes, sides, report.notes, preview.as_deref());
            serde_json::to_string_pretty(&value).map_err(io::Error::from)? + "\n"
        }
    };
    if options.verbosity() != Verbosity::Quiet {
        let mut stderr = io::stderr().lock();
        for note in report.notes {
            writeln!(stderr, "note: {}", visible(note))?;
        }
    }
    let mut out = stdout.lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}

/// What both sides leave out, each once.
fn notes(old: &Side, new: &Side) -> Vec<String> {
    let mut notes: Vec<String> = old.notes.iter().chain(&new.notes).cloned().collect();
    notes.sort();
    notes.dedup();
    notes
}

fn with_slash(url: &str) -> String {
    format!("{}/", url.trim_end_matches('/'))
}
