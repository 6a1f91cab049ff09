//! Sizes of files.

use super::{Counted, Subjects};
use crate::{
    graph::files::{Entry, Lookup},
    model::{
        gap::Intent,
        statement::{Figure, Measure, Statement},
    },
};

/// The lines or words of a file; none when the figure is tied to no file.
pub fn count(
    subjects: Subjects<'_>,
    stated: &Statement,
    measure: Measure,
    file: Option<&str>,
) -> Option<Counted> {
    let name = match file {
        Some(file) => file,
        None => of_row(subjects, stated.line)?,
    };
    let found = subjects.files.find(&subjects.outline.path, name);
    let outline = match found {
        Lookup::Found(_, Entry::Record(file)) => &subjects.corpus.outlines[file],
        Lookup::Found(path, Entry::Asset) => {
            return Some(Counted::not_countable(format!("{path} is no text that was read")));
        }
        Lookup::Ambiguous(_) => {
            return Some(Counted::not_countable(format!("several files have the name `{name}`")));
        }
        Lookup::Missing => {
            return Some(Counted::not_countable(format!("`{name}` is no file of this project")));
        }
    };
    // An editor may count a last empty line; what a word is, no two counters agree on.
    let (count, slack, unit) = match measure {
        Measure::Lines => (outline.lines, Figure(1_000), "lines"),
        Measure::Words => {
            (outline.amount.words, Figure(i64::from(outline.amount.words) * 100), "words")
        }
    };
    let counted = Figure::whole(count as usize);
    let holds = stated.amount.admits(counted, counted, slack);
    Some(Counted::of(holds, count, format!("{} has {count} {unit}", outline.path)))
}

/// The document that was written for the gap whose row stands on a line.
fn of_row(subjects: Subjects<'_>, line: u32) -> Option<&str> {
    let gap = &subjects.ledger.gaps[subjects.index.gap_at(line)?];
    let mut created = gap.targets.iter().filter(|target| target.intent == Intent::Created);
    let first = created.next()?;
    created.next().is_none().then_some(first.name.as_str())
}
