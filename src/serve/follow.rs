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
    diag::{Diagnostic, Severity, human},
    engine::{
        edition::{Edition, Press},
        stages::Stages,
    },
    path::RelPath,
    world::{File, Hash, Snapshot},
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
    /// A template failed on a page that somebody asked for.
    Fault,
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

    fn join(&mut self, other: Due) {
        self.everything |= other.everything;
        self.from_nothing |= other.from_nothing;
        self.files.extend(other.files);
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
    /// What changed while the configuration could not be used, and was not looked at.
    owed: Due,
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
            owed: Due::default(),
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
                    Call::Fault => self.tell_again(&mut state)?,
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

    fn build(&mut self, state: &mut State, mut due: Due) -> io::Result<()> {
        let (begun, words) = (self.origin.now(), due.words());
        if due.from_nothing {
            state.stages = Arc::default();
        }
        let concerned = due.files.iter().any(|path| self.origin.concerns(path));
        if due.everything || concerned || state.press.is_none() {
            match self.origin.open(&state.stages) {
                Ok(opened) => {
                    let before = state.press.replace(opened.press.clone());
                    due.join(std::mem::take(&mut state.owed));
                    // Other files may belong to the project now.
                    let config = before.is_some_and(|before| before.config == opened.press.config);
                    due.everything |= !config;
                    state.told = opened.told;
                }
                Err(told) => {
                    state.told = told;
                    state.owed.join(due);
                    return self.tell_fault(state, &words);
                }
            }
        }
        let Some(press) = state.press.clone() else { return Ok(()) };
        let limits = press.config.limits.of_files();
        let before = self.session.shown();
        let shown = match (&before, due.everything) {
            (Some(before), false) => {
                let mut shown = before.shown().clone();
                due.files.iter().for_each(|path| drop(shown.remove(path)));
                shown
            }
            _ => BTreeMap::new(),
        };
        let same = !due.everything && !concerned && before.is_some();
        let texts = Some(keys(&state.snapshot, &due.files)).filter(|_| same).flatten();
        match due.everything {
            true => state.snapshot = Snapshot::take(&*press.world, &limits),
            false => state.snapshot.renew(&*press.world, &limits, &due.files),
        }
        if texts.is_some() && texts == keys(&state.snapshot, &due.files) {
            // Whatever woke us left every text as it was.
            return Ok(());
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
        self.status.happened(match state.generation {
            1 => format!("ready after {milliseconds:.0} ms"),
            _ => format!("{} · {milliseconds:.1} ms", human::visible(&words)),
        });
        self.terminal.show(&self.status)
    }

    /// Tells of templates that failed on pages of the edition that is shown.
    fn tell_again(&mut self, state: &mut State) -> io::Result<()> {
        let Some(edition) = self.session.shown() else { return Ok(()) };
        self.tell(state, &edition);
        self.terminal.show(&self.status)
    }

    /// Tells of a new edition and its problems: these first, for they decide what a page does.
    fn tell(&mut self, state: &mut State, edition: &Edition) {
        let found = edition.diagnostics();
        let text = |d: &Diagnostic| edition.reading().text(&d.path).cloned();
        let new = state.baseline.new_ones(found).into_iter();
        let theme = &edition.press().config.theme;
        let mut told = state.told.clone();
        told.extend(self.session.faults().iter().map(|fault| Told::of_fault(theme, fault)));
        let mut total = Total::of(found);
        total.errors += told.len();
        let mut first: Vec<String> = told.iter().map(|told| told.rendered.clone()).collect();
        told.extend(new.map(|d| Told::of(d, text(d).as_deref())));
        let generation = state.generation;
        self.events.announce("problems", generation, problems::event(generation, &told, total));
        self.events.announce("generation", generation, self.generation(generation));
        let errors = found.iter().filter(|d| d.severity == Severity::Error);
        let color = self.terminal.color();
        let rendered = |d: &Diagnostic| human::render(d, text(d).as_deref(), color);
        first.extend(errors.take(PRINTED).map(rendered));
        if total.errors > first.len() {
            let more = total.errors - first.len();
            first.push(format!("… and {more} more, on the page diagnostics.html"));
        }
        self.status.problems = Problems { summary: summary(total), first };
    }

    /// Tells that the configuration cannot be used. The site stays as it was.
    fn tell_fault(&mut self, state: &State, words: &str) -> io::Result<()> {
        let total = Total { errors: state.told.len(), warnings: 0 };
        let generation = state.generation;
        let event = problems::event(generation, &state.told, total);
        self.events.announce("problems", generation, event);
        let first: Vec<String> = state.told.iter().map(|told| told.rendered.clone()).collect();
        self.session.excuse(&first.join("\n"));
        self.status.happened(match self.session.shown() {
            Some(_) => format!("{} · the last good site is shown", human::visible(words)),
            None => "there is no site until this is mended".to_owned(),
        });
        self.status.problems = Problems { summary: summary(total), first };
        self.terminal.show(&self.status)
    }

    fn generation(&self, generation: u64) -> String {
        json!({ "generation": generation, "session": self.run }).to_string()
    }
}

/// The contents of files by their hashes; none when any of them is no text, for only the hashes of
/// texts are known.
fn keys(snapshot: &Snapshot, files: &BTreeSet<RelPath>) -> Option<Vec<Hash>> {
    let key = |path: &RelPath| snapshot.text(path).and(snapshot.files.get(path)).map(File::key);
    files.iter().map(key).collect()
}

fn summary(total: Total) -> String {
    let count = |count: usize, word: &str| match count {
        0 => None,
        1 => Some(format!("1 {word}")),
        _ => Some(format!("{count} {word}s")),
    };
    let parts = [count(total.errors, "error"), count(total.warnings, "warning")];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { "no problems".to_owned() } else { parts.join(", ") }
}
