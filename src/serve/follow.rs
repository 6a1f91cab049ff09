//! Follows the sources: a change becomes an edition, and everybody who looks is told.
//!
//! One build runs at a time. What happens meanwhile is gathered and built next, together.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    sync::{Arc, mpsc::Receiver},
    time::Instant,
};

use serde_json::json;

use super::{
    http::Events,
    problems::{self, Baseline, Told, Total},
    session::Session,
    terminal::{Problems, Status, Terminal},
    watch::Wake,
};
use crate::{
    diag::{Diagnostic, human},
    engine::{
        edition::{Edition, Press},
        stages::Stages,
    },
    path::RelPath,
    world::{Limits, Snapshot},
};

/// So many problems are printed.
const PRINTED: usize = 3;

/// Where the configuration and the theme come from.
pub trait Origin {
    /// Reads both anew.
    ///
    /// # Errors
    /// What is wrong with the configuration, so that it cannot be used.
    fn open(&mut self, stages: &Arc<Stages>) -> Result<Opened, Vec<Told>>;

    /// Whether a file is part of what [`Origin::open`] reads.
    fn concerns(&self, path: &RelPath) -> bool;

    /// The time, for telling how long work took.
    fn now(&self) -> Instant;
}

/// A configuration and a theme that can be used.
pub struct Opened {
    /// What editions are made with.
    pub press: Press,
    /// Templates that cannot be parsed; those of the default theme take their place.
    pub told: Vec<Told>,
}

/// What makes the program do something.
#[derive(Clone, Debug)]
pub enum Call {
    /// The files may have changed.
    Wake(Wake),
    /// The watcher found another way to follow the files: a note for the status.
    Note(String),
    /// Build from nothing.
    Rebuild,
    /// Clear the screen.
    Clear,
    /// End.
    Quit,
}

/// Follows the sources of one project.
pub struct Follower<O> {
    /// The configuration and the theme.
    pub origin: O,
    /// What answers requests.
    pub session: Arc<Session>,
    /// Who is told.
    pub events: Events,
    /// Where the writer sees how things stand.
    pub terminal: Terminal,
    /// What the terminal shows.
    pub status: Status,
    /// Tells this run from the next one.
    pub run: String,
}

/// What has to be looked at again.
#[derive(Debug, Default)]
struct Due {
    everything: bool,
    from_nothing: bool,
    files: BTreeSet<RelPath>,
}

impl Due {
    fn add(&mut self, wake: Wake) {
        match wake {
            Wake::Everything => self.everything = true,
            Wake::Files(files) => self.files.extend(files),
        }
    }

    fn is_nothing(&self) -> bool {
        !self.everything && self.files.is_empty()
    }

    /// In words, for the status.
    fn words(&self) -> String {
        match (self.from_nothing, self.everything, self.files.len()) {
            (true, ..) => "built from nothing".to_owned(),
            (_, true, _) => "several files changed".to_owned(),
            (.., 1) => self.files.iter().next().map(RelPath::to_string).unwrap_or_default(),
            (.., many) => format!("{many} files"),
        }
    }
}

/// What was read last.
struct State {
    stages: Arc<Stages>,
    press: Option<Press>,
    snapshot: Snapshot,
    generation: u64,
    baseline: Baseline,
    /// What is wrong with the configuration or the theme.
    told: Vec<Told>,
}

impl<O: Origin> Follower<O> {
    /// Shows the first edition, and a new one after each change, until it is told to end.
    ///
    /// # Errors
    /// When the terminal cannot be written to.
    pub fn follow(mut self, calls: &Receiver<Call>) -> io::Result<()> {
        let mut state = State {
            stages: Arc::default(),
            press: None,
            snapshot: Snapshot::default(),
            generation: 0,
            baseline: Baseline::default(),
            told: Vec::new(),
        };
        let mut due = Due { everything: true, ..Due::default() };
        loop {
            if !due.is_nothing() {
                self.build(&mut state, std::mem::take(&mut due))?;
            }
            let Ok(mut call) = calls.recv() else { return Ok(()) };
            // What came meanwhile is built together.
            loop {
                match call {
                    Call::Wake(wake) => due.add(wake),
                    Call::Note(note) => {
                        self.status.notes.push(note);
                        self.terminal.show(&self.status)?;
                    }
                    Call::Rebuild => (due.everything, due.from_nothing) = (true, true),
                    Call::Clear => self.terminal.clear()?,
                    Call::Quit => return Ok(()),
                }
                match calls.try_recv() {
                    Ok(next) => call = next,
                    Err(_) => break,
                }
            }
        }
    }

    fn build(&mut self, state: &mut State, due: Due) -> io::Result<()> {
        let begun = self.origin.now();
        if due.from_nothing {
            state.stages = Arc::default();
        }
        let mut everything = due.everything;
        let concerned = due.files.iter().any(|path| self.origin.concerns(path));
        if everything || concerned || state.press.is_none() {
            match self.origin.open(&state.stages) {
                Ok(opened) => {
                    let before = state.press.replace(opened.press.clone());
                    // Other files may belong to the project now.
                    let config = before.is_some_and(|before| before.config == opened.press.config);
                    everything |= !config;
                    state.told = opened.told;
                }
                Err(told) => {
                    state.told = told;
                    return self.tell_fault(state, &due.words());
                }
            }
        }
        let Some(press) = state.press.clone() else { return Ok(()) };
        let limits = Limits::default();
        let before = self.session.shown();
        let shown = match (&before, everything) {
            (Some(before), false) => {
                let mut shown = before.shown().clone();
                due.files.iter().for_each(|path| drop(shown.remove(path)));
                shown
            }
            _ => BTreeMap::new(),
        };
        match everything {
            true => state.snapshot = Snapshot::take(&*press.world, &limits),
            false => state.snapshot.renew(&*press.world, &limits, &due.files),
        }
        let edition = Arc::new(press.edition(&state.snapshot, shown));
        state.generation += 1;
        self.session.show(edition.clone());
        let took = self.origin.now().duration_since(begun);
        self.tell(state, &edition);
        state.stages.end_round();
        // A large corpus takes a moment to be forgotten; nobody waits for it here.
        drop(before);
        let milliseconds = took.as_secs_f64() * 1000.0;
        self.status.last = Some(match state.generation {
            1 => format!("ready after {milliseconds:.0} ms"),
            _ => format!("{} · {milliseconds:.1} ms", human::visible(&due.words())),
        });
        self.terminal.show(&self.status)
    }

    /// Tells of a new edition and its problems: these first, for they decide what a page does.
    fn tell(&mut self, state: &mut State, edition: &Edition) {
        let found = edition.diagnostics();
        let text = |d: &Diagnostic| edition.reading().text(&d.path).cloned();
        let new = state.baseline.new_ones(found).into_iter();
        let mut told = state.told.clone();
        told.extend(new.map(|d| Told::of(d, text(d).as_deref())));
        let total = Total::of(found);
        let generation = state.generation;
        self.events.announce("problems", generation, problems::event(generation, &told, total));
        self.events.announce("generation", generation, self.generation(generation));
        let errors = found.iter().filter(|d| d.severity == crate::diag::Severity::Error);
        let color = self.terminal.color();
        let first = errors.take(PRINTED).map(|d| human::render(d, text(d).as_deref(), color));
        let templates = state.told.iter().map(|told| told.excerpt.clone());
        self.status.problems =
            Problems { summary: summary(total), first: templates.chain(first).collect() };
    }

    /// Tells that the configuration cannot be used. The site stays as it was.
    fn tell_fault(&mut self, state: &State, words: &str) -> io::Result<()> {
        let total = Total { errors: state.told.len(), warnings: 0 };
        let generation = state.generation;
        let event = problems::event(generation, &state.told, total);
        self.events.announce("problems", generation, event);
        self.status.last = Some(format!("{} · the last good site is shown", human::visible(words)));
        self.status.problems = Problems {
            summary: summary(total),
            first: state.told.iter().map(|told| told.excerpt.clone()).collect(),
        };
        self.terminal.show(&self.status)
    }

    fn generation(&self, generation: u64) -> String {
        json!({ "generation": generation, "session": self.run }).to_string()
    }
}

fn summary(total: Total) -> String {
    let count = |count: usize, word: &str| match count {
        0 => None,
        1 => Some(format!("1 {word}")),
        _ => Some(format!("{count} {word}s")),
    };
    let parts = [count(total.errors, "error"), count(total.warnings, "warning")];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
