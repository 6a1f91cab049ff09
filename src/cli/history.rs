//! `history`: how coverage went from commit to commit. It informs and always succeeds.

use std::{
    fmt::Write as _,
    io::{self, Write},
};

use annotate_snippets::renderer::Style;
use serde_json::{Value, json};

use super::{
    Failure,
    args::{self, HistoryFormat, Options, Verbosity},
    colour,
    exit::Exit,
    layout::{WIDTH, fit, left, percent, right},
    project::{Project, latest},
    report::{number, paint, plural},
};
use crate::{
    diag::human::Color,
    engine::{
        cache::FOLDER,
        export::VERSION,
        figures,
        history::{self, Wish, tally},
    },
    model::history::{Change, Counts, Coverage, History, Sample},
    world::{Checkout, Hash, git::Repository},
};

/// Prints the coverage of each commit that was looked at.
pub fn history(options: &Options, arguments: &args::History) -> Result<Exit, Failure> {
    let project = Project::open(options, &arguments.project.dir)?;
    let repository = Repository::of(project.world.root())?;
    let taken = take(&project, &repository, arguments.since, arguments.max.get())?;
    if let Some(error) = taken.unkept
        && options.verbosity() == Verbosity::Verbose
    {
        writeln!(io::stderr(), "note: nothing is kept in `{FOLDER}` for the next time: {error}")?;
    }
    let history = taken.history;
    if history.is_cut && options.verbosity() != Verbosity::Quiet {
        writeln!(
            io::stderr(),
            "note: this clone is shallow, so the history before its oldest commit is missing; \
             `git fetch --unshallow` gets it, or `fetch-depth: 0` with actions/checkout"
        )?;
    }
    let stdout = io::stdout();
    let text = match arguments.format {
        HistoryFormat::Table => table(&history, colour(options, &stdout)),
        HistoryFormat::Json => {
            let text = serde_json::to_string_pretty(&value(&history)).map_err(io::Error::from)?;
            text + "\n"
        }
    };
    let mut out = stdout.lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(Exit::Clean)
}

/// A history, and why it could not be kept.
pub(super) struct Taken {
    pub history: History,
    pub unkept: Option<io::Error>,
}

/// Looks at the history of a project, and keeps what was worked out.
pub(super) fn take(
    project: &Project,
    repository: &Repository,
    since: Option<i64>,
    most: usize,
) -> Result<Taken, Failure> {
    let (cache, settings) = (project.cache(), Hash::of_value(&project.config));
    let mut known = cache.history(settings);
    let before = known.len();
    let wish = Wish {
        config: &project.config,
        excludes: &project.excludes(&project.config),
        checkout: &Checkout::take(&project.world),
        since,
        most,
        latest: latest(),
    };
    let history = history::history(repository, wish, &mut known)?;
    let is_new = known.len() > before;
    let unkept = is_new.then(|| cache.save_history(settings, known).err()).flatten();
    Ok(Taken { history, unkept })
}

/// The columns beside those of the priorities.
const DAY: usize = 10;
const COMMIT: usize = 9;
const SHARE: usize = 18;
const PRIORITY: usize = 6;

/// One line a commit, the newest last.
fn table(history: &History, color: Color) -> String {
    let samples = &history.samples;
    let Some(last) = samples.last() else { return "No commit holds the project\n".to_owned() };
    let ranks: Vec<&str> =
        last.state.by_priority.iter().map(|(label, _)| label.as_str()).take(4).collect();
    let words = WIDTH.saturating_sub(DAY + 2 + COMMIT + SHARE + ranks.len() * PRIORITY + 2);
    let mut out = String::new();
    let heads = ranks.iter().map(|label| right(short(label), PRIORITY)).collect::<String>();
    let head = format!(
        "{}  {}{}{heads}  {}",
        left("Day", DAY),
        left("Commit", COMMIT),
        right("covered", SHARE),
        "What changed"
    );
    let head = paint(head.trim_end(), Style::new().dimmed(), color);
    // A String takes every write.
    let _ = writeln!(out, "{head}");
    for sample in samples {
        if sample.skipped > 0 {
            let more = plural(sample.skipped, "commit", "commits");
            let _ = writeln!(out, "{}  … {more}", " ".repeat(DAY));
        }
        let cells = ranks.iter().map(|label| right(&percent(of(sample, label)), PRIORITY));
        let _ = writeln!(
            out,
            "{}  {}{}{}  {}",
            sample.change.day,
            left(sample.change.short(), COMMIT),
            right(&share(sample.state.overall), SHARE),
            cells.collect::<String>(),
            fit(&sample.change.subject, words)
        );
    }
    out
}

fn short(label: &str) -> &str {
    if label == "No priority" { "none" } else { label }
}

fn of(sample: &Sample, label: &str) -> Option<u8> {
    let found = sample.state.by_priority.iter().find(|(own, _)| own == label);
    found.and_then(|(_, counts)| tally(*counts).percent())
}

/// `12 of 27 (44 %)`.
fn share(counts: Counts) -> String {
    let tally = tally(counts);
    match tally.counted() {
        0 => "no gaps".to_owned(),
        counted => {
            format!(
                "{} of {} ({})",
                number(tally.covered),
                number(counted),
                percent(tally.percent())
            )
        }
    }
}

/// `lacuna.v1.History`.
fn value(history: &History) -> Value {
    let change = |change: &Change| json!({ "commit": change.commit, "day": change.day, "subject": change.subject });
    let sample = |sample: &Sample| {
        let groups = sample.state.by_priority.iter();
        json!({
            "change": change(&sample.change),
            "skipped": sample.skipped,
            "overall": figures::counts("All gaps", tally(sample.state.overall)),
            "by_priority": groups
                .map(|(label, counts)| figures::counts(label, tally(*counts)))
                .collect::<Vec<_>>(),
        })
    };
    let ids: std::collections::BTreeSet<&String> =
        history.samples.iter().flat_map(|sample| sample.state.gaps.keys()).collect();
    let gap = |id: &&String| {
        let found = history.of_gap(id)?;
        let now = history.samples.last()?.state.gaps.get(*id).copied();
        Some(json!({
            "id": id,
            "opened": change(&found.opened.change),
            "is_oldest": found.is_oldest,
            "filled": found.filled.map(|sample| change(&sample.change)),
            "coverage": now.map(word),
        }))
    };
    json!({
        "version": VERSION,
        "is_cut": history.is_cut,
        "samples": history.samples.iter().map(sample).collect::<Vec<_>>(),
        "gaps": ids.iter().filter_map(gap).collect::<Vec<_>>(),
    })
}

fn word(coverage: Coverage) -> &'static str {
    match coverage {
        Coverage::Covered => "covered",
        Coverage::Partial => "partial",
        Coverage::Uncovered => "uncovered",
        Coverage::Waived => "waived",
    }
}
