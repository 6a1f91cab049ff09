//! `cite --fix`: the new numbers of moved texts, written into the citing files.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use super::{Work, accept, show};
use crate::{
    cli::{Failure, args::Verbosity, colour, exit::Exit},
    diag::human::{Color, visible},
    engine::{
        accept::{Rewritten, after_rewriting},
        replace,
        rewrite::{self, Rewrite},
    },
    graph::anchor::{Anchored, Finding, LockState, range},
    path::RelPath,
    read::lock,
    text::LineIndex,
    world::World,
};

/// Rewrites what moved within its file, then renews the lock for it.
pub(super) fn fix(work: &Work<'_>) -> Result<Exit, Failure> {
    if work.reading.anchors.lock == LockState::Invalid {
        return work.check();
    }
    let stdout = io::stdout();
    let color = colour(work.options, &stdout);
    let mut by_file: BTreeMap<&RelPath, Vec<(&Anchored, Rewritten<'_>)>> = BTreeMap::new();
    for one in work.chosen() {
        if let Finding::Moved(to) = &one.finding
            && let Some(numbers) = to.write
        {
            let rewritten = Rewritten { was: one, numbers, lines: to.lines };
            by_file.entry(&one.key.file).or_default().push((one, rewritten));
        }
    }
    let mut done = Vec::new();
    let mut out = stdout.lock();
    for (path, moved) in by_file {
        done.extend(file(work, path, &moved, &mut out, color)?);
    }
    out.flush()?;
    drop(out);
    if !work.arguments.dry_run && !done.is_empty() {
        accept::write(work, &lock::write(&after_rewriting(work.reading, &done)))?;
    }
    report(work, &done)
}

/// Rewrites one file; returns the citations that were rewritten.
fn file<'a>(
    work: &Work<'a>,
    path: &'a RelPath,
    moved: &[(&'a Anchored, Rewritten<'a>)],
    out: &mut impl Write,
    color: Color,
) -> Result<Vec<Rewritten<'a>>, Failure> {
    let world = &work.project.world;
    let refused = |error: String| Failure(format!("error: {}: {error}", visible(path.as_str())));
    let Some(text) = work.reading.text(path) else { return Ok(Vec::new()) };
    let index = LineIndex::new(text);
    let (mut changes, mut done) = (Vec::new(), Vec::new());
    for (one, rewritten) in moved {
        let own: Result<Vec<_>, String> = one
            .places
            .iter()
            .map(|(_, span)| {
                let rewrite = Rewrite { span: *span, from: one.key.lines, to: rewritten.numbers };
                rewrite::changes(text, &index, rewrite)
            })
            .collect();
        match own {
            Ok(own) => {
                changes.extend(own.into_iter().flatten());
                done.push(*rewritten);
            }
            Err(why) => {
                let line = one.places.first().map_or(0, |place| place.0);
                let (target, lines) = (visible(&one.key.target), range(one.key.lines));
                writeln!(out, "{path}:{line}: {target} {lines} is left as it is: {why}")?;
            }
        }
    }
    let bytes = world.read(path).map_err(|error| refused(error.message))?;
    let new = rewrite::apply(&bytes, &changes);
    for (number, was, is) in &new.lines {
        write!(out, "{}", show::changed(path.as_str(), *number, was, is, color))?;
    }
    if !work.arguments.dry_run && new.bytes != bytes {
        out.flush()?;
        replace::replace(&world.locate(path), &new.bytes)
            .map_err(|error| refused(error.to_string()))?;
    }
    Ok(done)
}

/// What was done, and whether anything is left to do.
fn report(work: &Work<'_>, done: &[Rewritten<'_>]) -> Result<Exit, Failure> {
    let faults = work.chosen().filter(|one| one.finding.is_fault()).count();
    let left = faults - done.len();
    if work.options.verbosity() != Verbosity::Quiet {
        let what = if work.arguments.dry_run { "Would rewrite" } else { "Rewrote" };
        let count = done.len();
        let citations = if count == 1 { "citation" } else { "citations" };
        let mut err = io::stderr().lock();
        writeln!(err, "{what} {count} {citations}")?;
        if left > 0 {
            let them = if left == 1 { "1 other needs" } else { &format!("{left} others need") };
            writeln!(err, "{them} a look: `lacuna cite --check`")?;
        }
    }
    let open = if work.arguments.dry_run { faults } else { left };
    Ok(if open == 0 { Exit::Clean } else { Exit::Findings })
}
