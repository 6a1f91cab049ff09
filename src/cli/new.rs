//! `new`: a decision, a gap record or a document, written where the project keeps such, and in the
//! manner it has.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use super::{
    Failure,
    args::{New, NewWhat, Options, Verbosity},
    cite, colour,
    exit::Exit,
    import::Mode,
    project::Project,
};
use crate::{
    diag::human::{Color, visible},
    engine::{
        self,
        create::{self, Place},
        new::{self, Edit, Known, Plan, Refusal},
        replace,
    },
    path::RelPath,
    world::World,
};

/// Plans, refuses what would replace another file, shows, and writes.
pub fn new(options: &Options, wish: &New) -> Result<Exit, Failure> {
    let project = Project::open(options, &wish.dir)?;
    let reading = project.read();
    let settings = project.settings();
    let graph = engine::relate(&reading, settings);
    let known = Known { reading: &reading, graph: &graph, options: settings };
    let plan = match &wish.what {
        NewWhat::Decision { title, supersedes } => new::decision(known, title, supersedes),
        NewWhat::Gap { title, priority, evidence } => {
            new::gap(known, title, priority.as_deref(), evidence)
        }
        NewWhat::Document { title, gap } => new::document(known, title, gap),
    };
    let plan = plan.map_err(Failure::from)?;
    let mode = if wish.dry_run { Mode::DryRun } else { Mode::Write };
    carry_out(options, &project, &plan, mode)
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        let Refusal { message, help } = refusal;
        Self(format!("error: {}\n  help: {}", visible(&message), visible(&help)))
    }
}

fn carry_out(
    options: &Options,
    project: &Project,
    plan: &Plan,
    mode: Mode,
) -> Result<Exit, Failure> {
    let root = project.world.root();
    if let Some((path, text)) = &plan.create {
        let place = create::look(root, path, text.as_bytes()).map_err(|e| cannot(path, &e))?;
        if place != Place::Free {
            return Err(Failure(format!(
                "error: {} exists\n  help: choose another title, or edit that file",
                visible(path.as_str())
            )));
        }
    }
    let mut changed: BTreeMap<&RelPath, Vec<u8>> = BTreeMap::new();
    // Lines are counted as they were read, so those that move others come last.
    let mut edits: Vec<&Edit> = plan.edits.iter().collect();
    edits.sort_by_key(|edit| matches!(edit, Edit::Insert { .. }));
    for edit in edits {
        let path = edit.path();
        let bytes = match changed.remove(path) {
            Some(bytes) => bytes,
            None => project.world.read(path).map_err(|e| cannot(path, &e.message))?,
        };
        changed.insert(path, edit.apply(&bytes));
    }
    if mode == Mode::Write {
        if let Some((path, text)) = &plan.create {
            create::create(root, path, text.as_bytes()).map_err(|e| cannot(path, &e))?;
        }
        for (path, bytes) in &changed {
            replace::replace(&project.world.locate(path), bytes).map_err(|e| cannot(path, &e))?;
        }
    }
    report(options, plan, mode)
}

/// The paths on the standard output, the differences and notes on the standard error.
fn report(options: &Options, plan: &Plan, mode: Mode) -> Result<Exit, Failure> {
    let mut out = io::stdout().lock();
    let stderr = io::stderr();
    let color = colour(options, &stderr);
    let mut err = stderr.lock();
    if let Some((path, text)) = &plan.create {
        writeln!(out, "{}", visible(path.as_str()))?;
        if mode == Mode::DryRun && options.verbosity() != Verbosity::Quiet {
            for line in text.lines() {
                writeln!(out, "    {}", visible(line))?;
            }
        }
    }
    for edit in &plan.edits {
        if plan.create.is_none() && matches!(edit, Edit::Insert { .. }) {
            writeln!(out, "{}", visible(edit.path().as_str()))?;
        }
        if options.verbosity() != Verbosity::Quiet {
            write!(err, "{}", shown(edit, color))?;
        }
    }
    for note in &plan.notes {
        writeln!(err, "warning: {}", visible(note))?;
    }
    Ok(Exit::Clean)
}

/// A change as a difference.
fn shown(edit: &Edit, color: Color) -> String {
    match edit {
        Edit::Replace { path, line, old, text } => {
            cite::changed(path.as_str(), *line, old, text, color)
        }
        Edit::Insert { path, after, text } => {
            let lines: String = text.lines().map(|line| format!("+ {}\n", visible(line))).collect();
            format!("{}:{}\n{lines}", visible(path.as_str()), after + 1)
        }
    }
}

fn cannot(path: &RelPath, error: &impl std::fmt::Display) -> Failure {
    Failure(format!("error: cannot write {}: {error}", visible(path.as_str())))
}
