//! One side of a comparison, built in memory: the pipeline up to the figures and the findings.

use crate::{
    cli::{
        Failure,
        args::Options,
        config,
        project::{Project, overrule},
    },
    compare::Standing,
    diag,
    engine::{self, Reading, stages::Stages, standing},
    model::{
        config::{Config, FILE_NAME},
        levels::apply_levels,
        policy::Policy,
        treatment::Treatment,
    },
    world::{
        Checkout, Disk, Snapshot,
        git::{Commit, Repository, Taking, Tree},
    },
};

/// What both sides are built from.
#[derive(Clone, Copy)]
pub(in crate::cli) struct Context<'a> {
    pub options: &'a Options,
    pub project: &'a Project,
    pub repository: &'a Repository,
    /// What both sides are judged by; each by its own configuration without it.
    pub policy: Option<&'a Policy>,
    /// How texts are treated on both sides; as each configuration has it without it.
    pub treatment: Option<Treatment>,
}

/// A side, built.
pub(in crate::cli) struct Side {
    /// How the project stands there.
    pub standing: Standing,
    /// What was left out.
    pub notes: Vec<String>,
    /// How its own configuration treats texts.
    pub own_treatment: Treatment,
    tree: Option<Tree>,
}

impl Context<'_> {
    /// The project as a commit has it.
    pub(in crate::cli) fn revision(
        &self,
        stages: &Stages,
        commit: &Commit,
        beside: Option<&Side>,
    ) -> Result<Side, Failure> {
        let mut notes = Vec::new();
        let mut config = self.config(commit, &mut notes)?;
        let own_treatment = config.treatment();
        if let Some(policy) = self.policy {
            policy.impose(&mut config);
        }
        if let Some(treatment) = self.treatment {
            config.treat(treatment);
        }
        let limits = config.limits.of_files();
        let excludes = self.project.excludes(&config);
        let beside = beside.and_then(|side| side.tree.as_ref());
        let tree =
            Tree::new(self.repository, commit, Taking { excludes: &excludes, limits }, beside)?;
        if !tree.submodules().is_empty() {
            notes.push(submodules(tree.submodules()));
        }
        let pointers: Vec<&str> = tree.pointers().map(|path| path.as_str()).collect();
        if !pointers.is_empty() {
            notes.push(format!(
                "{} of {} is kept by Git LFS and not in this clone, so the pointer was read; run \
                 `git lfs fetch origin {}`",
                few(&pointers),
                commit.id.short(),
                commit.id.short()
            ));
        }
        let mut snapshot = Snapshot::take(&tree, &limits);
        // Where the sources can be seen is the same for both sides.
        snapshot.checkout = Checkout::take(&self.project.world);
        let standing = self.build(stages, &snapshot, &config);
        Ok(Side { standing, notes, own_treatment, tree: Some(tree) })
    }

    /// The project as it lies on the disk. The submodules of `base` and of the last commit are left
    /// out, as they are of every revision.
    pub(in crate::cli) fn working_tree(
        &self,
        stages: &Stages,
        base: &Commit,
    ) -> Result<Side, Failure> {
        let mut config = self.project.config.clone();
        let own_treatment = config.treatment();
        if let Some(treatment) = self.treatment {
            config.treat(treatment);
        }
        let mut excludes = self.project.excludes(&config);
        let mut modules: Vec<String> = Vec::new();
        for commit in self.repository.head()?.iter().chain([base]) {
            modules.extend(self.repository.submodules(commit)?);
        }
        modules.sort();
        modules.dedup();
        excludes.extend(modules.iter().map(|path| format!("/{}/", escaped(path))));
        let world = Disk::new(self.project.world.root(), &excludes)
            .map_err(|error| Failure(format!("error: {error}")))?;
        let snapshot = Snapshot::take(&world, &config.limits.of_files());
        let standing = self.build(stages, &snapshot, &config);
        let notes = if modules.is_empty() { Vec::new() } else { vec![submodules(&modules)] };
        Ok(Side { standing, notes, own_treatment, tree: None })
    }

    fn build(&self, stages: &Stages, snapshot: &Snapshot, config: &Config) -> Standing {
        let options = engine::Options { config, ..self.project.settings() };
        let reading: Reading = stages.read(snapshot, config);
        let graph = stages.relate(&reading, options);
        let found = stages.diagnose(&reading, &graph, options);
        let mut found = apply_levels(found, &config.diagnostics);
        diag::sort(&mut found);
        standing::standing(&reading, &graph, &found, options)
    }

    /// The configuration of a commit; that of now, when it is given by name or that of the commit
    /// cannot be used.
    fn config(&self, commit: &Commit, notes: &mut Vec<String>) -> Result<Config, Failure> {
        let current = &self.project.config;
        if self.options.config.is_some() {
            return Ok(current.clone());
        }
        let Some(bytes) = self.repository.file(commit, FILE_NAME)? else {
            let mut config = Config::default();
            overrule(self.options, &mut config);
            return Ok(config);
        };
        let text = String::from_utf8_lossy(&bytes);
        match config::read(self.project.world.root(), &text) {
            Ok(mut config) => {
                overrule(self.options, &mut config);
                Ok(config)
            }
            // A verdict that somebody relies on is not made by guessing.
            Err(error) if self.policy.is_some() => Err(unusable(commit, &error)),
            Err(_) => {
                notes.push(format!(
                    "the {FILE_NAME} of {} cannot be used, so the present one was",
                    commit.id.short()
                ));
                Ok(current.clone())
            }
        }
    }
}

/// What to say of a commit whose configuration cannot be used.
pub(in crate::cli) fn unusable(commit: &Commit, error: &config::ConfigError) -> Failure {
    let id = commit.id.short();
    Failure(format!("error: the {FILE_NAME} of {id} cannot be used\n{error}"))
}

fn submodules(paths: &[String]) -> String {
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    match paths.len() {
        1 => format!("the submodule {} was left out", paths[0]),
        n => format!("{n} submodules were left out: {}", few(&paths)),
    }
}

/// At most three of them.
fn few(all: &[&str]) -> String {
    const MOST: usize = 3;
    let first = all.iter().take(MOST).copied().collect::<Vec<_>>().join(", ");
    match all.len().saturating_sub(MOST) {
        0 => first,
        more => format!("{first} and {more} more"),
    }
}

/// A path as a pattern that matches nothing else.
fn escaped(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for letter in path.chars() {
        if matches!(letter, '*' | '?' | '[' | ']' | '{' | '}' | '\\' | '!' | '#') {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}
