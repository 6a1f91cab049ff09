//! `cite --accept`: the cited lines as they are now become the accepted ones.

use std::io::{self, Write};

use super::{Work, show};
use crate::{
    cli::{Failure, args::Verbosity, colour, exit::Exit},
    engine::{accept, replace},
    graph::anchor::{Finding, LockState},
    model::lock::FILE,
    read::lock,
};

/// Writes the lock anew, after printing what was accepted although it had changed.
pub(super) fn accept(work: &Work<'_>) -> Result<Exit, Failure> {
    print_changed(work)?;
    let next = accept::accept(work.reading, work.choice());
    let text = lock::write(&next);
    let unchanged = work.reading.anchors.lock == LockState::Read
        && work.reading.lock.text.as_deref() == Some(text.as_str());
    let count = next.citations.len();
    let say = |what: &str| -> Result<(), Failure> {
        if work.options.verbosity() != Verbosity::Quiet {
            let citations = if count == 1 { "citation" } else { "citations" };
            writeln!(io::stderr().lock(), "{what} {FILE}: {count} {citations}")?;
        }
        Ok(())
    };
    if work.arguments.dry_run {
        say("Would write")?;
    } else if unchanged {
        say("Unchanged:")?;
    } else {
        write(work, &text)?;
        say("Wrote")?;
    }
    Ok(Exit::Clean)
}

/// Replaces the lock.
pub(super) fn write(work: &Work<'_>, text: &str) -> Result<(), Failure> {
    let path = work.project.world.root().join(FILE);
    replace::replace(&path, text.as_bytes())
        .map_err(|error| Failure(format!("error: {FILE} cannot be written: {error}")))
}

/// Whoever accepts a text that had changed should see that it had.
fn print_changed(work: &Work<'_>) -> Result<(), Failure> {
    let stdout = io::stdout();
    let color = colour(work.options, &stdout);
    let mut out = stdout.lock();
    work.print_lock_fault(&mut out, color)?;
    for one in work.chosen().filter(|one| one.finding.is_fault()) {
        write!(out, "{}", show::anchored(one, color))?;
        let what = match (&one.finding, one.cited.lines) {
            (_, None) => "forgotten: the citation leads to no lines",
            (Finding::Moved(_), _) => "accepted with the lines that it names, not with that text",
            _ => "accepted as the lines are now",
        };
        writeln!(out, "  {what}")?;
    }
    out.flush()?;
    Ok(())
}
