//! Coverage over time: the commits of the first-parent history, each built up to its figures.
//!
//! The cost follows what changed: of a commit only the paths that differ from the commit before are
//! read, every stage keeps what it gave for the same text, and a commit whose figures are known is
//! not built at all.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, PoisonError},
};

use super::{Options, cache::Cache, stages::Stages};
use crate::{
    graph::{
        coverage,
        metrics::{Metrics, Tally},
    },
    model::{
        config::Config,
        day,
        history::{Change, Counts, Coverage, History, Sample, State},
    },
    path::RelPath,
    world::{
        Checkout, Hash, Snapshot, World,
        git::{Change as PathChange, Commit, GitError, GitFault, Repository, Taking, Tree},
    },
};

/// No history is longer than what is looked at: a million commits.
const MOST_COMMITS: usize = 1_000_000;

/// What to look at.
#[derive(Clone, Copy, Debug)]
pub struct Wish<'a> {
    /// The settings by which every commit is judged: those of now, so that the figures compare.
    pub config: &'a Config,
    /// What is left out of each commit, beside what git ignores.
    pub excludes: &'a [String],
    /// What a checkout says of its origin.
    pub checkout: &'a Checkout,
    /// Leave out commits before this moment, in seconds since 1970-01-01.
    pub since: Option<i64>,
    /// Build at most so many commits, spread evenly; the first and the last are among them.
    pub most: usize,
    /// No day is later than this moment (`SOURCE_DATE_EPOCH`, reproducible-builds.org).
    pub latest: Option<i64>,
}

/// So many commits are shown on a site.
const MOST_SHOWN: usize = 100;

/// The history that a site shows, worked out once for a commit.
#[derive(Debug, Default)]
pub struct Past {
    keeping: Keeping,
    last: Mutex<Option<(Hash, Arc<History>)>>,
}

/// Whether figures of commits outlive the process.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keeping {
    /// They do not.
    #[default]
    Memory,
    /// They lie in `.lacuna/`.
    Folder,
}

impl Past {
    /// With figures kept there.
    pub fn keeping(keeping: Keeping) -> Self {
        Self { keeping, last: Mutex::default() }
    }

    /// The history of the project that a world holds, when the configuration asks for it: empty
    /// where there is no repository or no commit.
    ///
    /// # Errors
    /// When the repository cannot be read.
    pub fn of(&self, world: &dyn World, config: &Config) -> Result<Arc<History>, GitError> {
        let Some(ground) = world.ground().filter(|_| config.history) else {
            return Ok(Arc::default());
        };
        let repository = match Repository::of(ground.root) {
            Ok(repository) => repository,
            Err(error) if error.fault == GitFault::NoRepository => return Ok(Arc::default()),
            Err(error) => return Err(error),
        };
        let Some(head) = repository.head_id() else { return Ok(Arc::default()) };
        let settings = Hash::of_value(&(config, ground.excludes));
        let key = Hash::of_value(&(settings, head.to_string(), repository.is_shallow()));
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, known)) = last.as_ref().filter(|(own, _)| *own == key) {
            return Ok(known.clone());
        }
        let cache = Cache::of(ground.root);
        let mut known = match self.keeping {
            Keeping::Folder => cache.history(settings),
            Keeping::Memory => Known::new(),
        };
        let before = known.len();
        let checkout = Checkout::take(world);
        let wish = Wish {
            config,
            excludes: ground.excludes,
            checkout: &checkout,
            since: None,
            most: MOST_SHOWN,
            latest: None,
        };
        let found = Arc::new(history(&repository, wish, &mut known)?);
        if self.keeping == Keeping::Folder && known.len() > before {
            // Without it the next build is as slow as this one, and no less right.
            let _ = cache.save_history(settings, known);
        }
        *last = Some((key, found.clone()));
        Ok(found)
    }
}

/// The figures of commits that are known, by the full name of the commit.
pub type Known = BTreeMap<String, State>;

/// Looks at the history; what had to be built is added to `known`. Nothing before the first commit.
///
/// # Errors
/// When an object cannot be read.
pub fn history(
    repository: &Repository,
    wish: Wish<'_>,
    known: &mut Known,
) -> Result<History, GitError> {
    let Some(head) = repository.head()? else { return Ok(History::default()) };
    let line = repository.first_parents(&head, MOST_COMMITS)?;
    let mut history = History { is_cut: line.is_cut, ..History::default() };
    let mut touching: Vec<&Commit> = Vec::new();
    for (n, commit) in line.commits.iter().enumerate() {
        let before = line.commits.get(n + 1);
        if before.is_none() && line.is_cut {
            // What the oldest commit of a shallow clone changed is not known.
            touching.push(commit);
            continue;
        }
        let changes = repository.changes(before, commit)?;
        if changes.is_empty() {
            continue;
        }
        touching.push(commit);
        note(&mut history, &changes, commit, wish.latest);
    }
    touching.retain(|commit| wish.since.is_none_or(|since| commit.seconds >= since));
    touching.reverse();
    let places: Vec<usize> = (0..touching.len()).collect();
    let chosen = spread(&places, wish.most);
    let commits: Vec<&Commit> = chosen.iter().map(|at| touching[*at]).collect();
    let mut before = None;
    for (at, state) in chosen.into_iter().zip(states(repository, wish, &commits, known)?) {
        let skipped = before.map_or(0, |before| at - before - 1);
        before = Some(at);
        let change = quote(touching[at], wish.latest);
        history.samples.push(Sample { change, skipped, state });
    }
    Ok(history)
}

/// Notes the files that no newer commit changed.
fn note(history: &mut History, changes: &[PathChange], commit: &Commit, latest: Option<i64>) {
    let at = history.commits.len();
    let before = history.files.len();
    for change in changes {
        // A path that is gone was changed last by whoever took it away.
        let Some(path) = std::str::from_utf8(&change.path).ok().and_then(RelPath::new) else {
            continue;
        };
        history.files.entry(path).or_insert(at);
    }
    if history.files.len() > before {
        history.commits.push(quote(commit, latest));
    }
}

/// At most so many of them, spread evenly, with the first and the last.
fn spread<T: Copy>(all: &[T], most: usize) -> Vec<T> {
    if all.len() <= most {
        return all.to_vec();
    }
    if most < 2 {
        return all.last().copied().into_iter().collect();
    }
    (0..most).map(|n| all[n * (all.len() - 1) / (most - 1)]).collect()
}

/// The figures of each commit, built in the order of time.
fn states(
    repository: &Repository,
    wish: Wish<'_>,
    chosen: &[&Commit],
    known: &mut Known,
) -> Result<Vec<State>, GitError> {
    let mut builder: Option<Builder<'_>> = None;
    let mut states = Vec::with_capacity(chosen.len());
    for commit in chosen {
        let name = commit.id.to_string();
        if let Some(state) = known.get(&name) {
            states.push(state.clone());
            continue;
        }
        match &mut builder {
            Some(builder) => builder.advance(commit)?,
            None => builder = Some(Builder::new(repository, wish, commit)?),
        }
        let state = builder.as_ref().map(Builder::state).unwrap_or_default();
        known.insert(name, state.clone());
        states.push(state);
    }
    Ok(states)
}

/// The project at one commit, on its way through the history.
struct Builder<'a> {
    repository: &'a Repository,
    wish: Wish<'a>,
    stages: Stages,
    at: Commit,
    tree: Tree,
    snapshot: Snapshot,
}

impl<'a> Builder<'a> {
    fn new(repository: &'a Repository, wish: Wish<'a>, commit: &Commit) -> Result<Self, GitError> {
        let limits = wish.config.limits.of_files();
        let taking = Taking { excludes: wish.excludes, limits };
        let tree = Tree::new(repository, commit, taking, None)?;
        let mut snapshot = Snapshot::take(&tree, &limits);
        snapshot.checkout = wish.checkout.clone();
        Ok(Self { repository, wish, stages: Stages::default(), at: commit.clone(), tree, snapshot })
    }

    fn advance(&mut self, commit: &Commit) -> Result<(), GitError> {
        let changes = self.repository.changes(Some(&self.at), commit)?;
        let changed: BTreeSet<RelPath> = self.tree.advance(self.repository, &changes)?;
        if !changed.is_empty() {
            let limits = self.wish.config.limits.of_files();
            self.snapshot.renew(&self.tree, &limits, &changed);
            self.snapshot.checkout = self.wish.checkout.clone();
        }
        self.at = commit.clone();
        Ok(())
    }

    fn state(&self) -> State {
        let config = self.wish.config;
        let reading = self.stages.read(&self.snapshot, config);
        // A waiver counts by the day of the commit.
        let today = day::of_seconds(self.at.seconds);
        let options = Options { config, folder_name: "", today: Some(&today) };
        let graph = self.stages.relate(&reading, options);
        self.stages.end_round();
        let gaps = graph
            .gaps
            .iter()
            .map(|(ix, finding)| (graph.records.get(*ix).id.clone(), kept(finding.coverage)));
        State {
            overall: counts(graph.metrics.overall),
            by_priority: by_priority(&graph.metrics),
            gaps: gaps.collect(),
        }
    }
}

fn by_priority(metrics: &Metrics) -> Vec<(String, Counts)> {
    metrics.by_priority.iter().map(|group| (group.label.clone(), counts(group.tally))).collect()
}

fn counts(tally: Tally) -> Counts {
    let Tally { covered, partial, uncovered, waived } = tally;
    Counts { covered, partial, uncovered, waived }
}

/// The tally of kept counts.
pub fn tally(counts: Counts) -> Tally {
    let Counts { covered, partial, uncovered, waived } = counts;
    Tally { covered, partial, uncovered, waived }
}

fn kept(coverage: coverage::Coverage) -> Coverage {
    match coverage {
        coverage::Coverage::Covered => Coverage::Covered,
        coverage::Coverage::Partial => Coverage::Partial,
        coverage::Coverage::Uncovered => Coverage::Uncovered,
        coverage::Coverage::Waived => Coverage::Waived,
    }
}

fn quote(commit: &Commit, latest: Option<i64>) -> Change {
    let seconds = latest.map_or(commit.seconds, |latest| commit.seconds.min(latest));
    Change {
        commit: commit.id.to_string(),
        day: day::of_seconds(seconds),
        subject: commit.subject.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commits_are_spread_evenly() {
        let all: Vec<usize> = (0..10).collect();
        assert_eq!(spread(&all, 20), all);
        assert_eq!(spread(&all, 4), [0, 3, 6, 9]);
        assert_eq!(spread(&all, 1), [9]);
        assert!(spread::<usize>(&[], 3).is_empty());
    }
}
