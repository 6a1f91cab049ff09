//! `--base`: the revision whose policy a change is judged by, and what got worse since.

use std::path::Path;

use crate::{
    check::policy::{self, Base as Before},
    cli::{
        Failure,
        args::{Check, Options},
        build::Work,
        config,
        diff::side::{Context, unusable},
        project::{Project, overrule},
    },
    compare::{Changes, GapChange, compare},
    diag::{Diagnostic, codes, human::visible},
    engine::{self, stages::Stages, waivers},
    graph::gate::Regression,
    model::{
        config::{Config, FILE_NAME},
        gate::About,
        levels::apply_levels,
        policy::Policy,
    },
    text::LineIndex,
    world::{
        Snapshot,
        git::{Commit, Repository, Taking, Tree},
    },
};

/// The base of a change.
pub(super) struct Base {
    /// As it was asked for.
    name: String,
    repository: Repository,
    tip: Commit,
    config: Config,
    policy: Policy,
    /// The configuration of the change, as it is written.
    own: Config,
}

/// Opens the base and puts its policy over that of the project; none when none is asked for.
///
/// # Errors
/// It cannot be read, or its configuration cannot be used.
pub(super) fn open(
    options: &Options,
    wish: &Check,
    project: &mut Project,
) -> Result<Option<Base>, Failure> {
    let Some(name) = &wish.base else { return Ok(None) };
    let repository = Repository::of(project.world.root())?;
    if !repository.has_work_tree() {
        return Err(Failure("error: a bare repository has no files to check".to_owned()));
    }
    let tip = repository.commit(name)?;
    let config = configuration(options, project, &repository, &tip)?;
    let excludes = project.excludes(&config);
    let limits = config.limits.of_files();
    let tree = Tree::new(&repository, &tip, Taking { excludes: &excludes, limits }, None)?;
    let snapshot = Snapshot::take(&tree, &limits);
    let reading = Stages::default().read(&snapshot, &config);
    let settings = engine::Options { config: &config, ..project.settings() };
    let policy = Policy::of(&config, waivers::of_records(&reading, settings));
    let own = project.config.clone();
    policy.impose(&mut project.config);
    Ok(Some(Base { name: visible(name), repository, tip, config, policy, own }))
}

/// The configuration of the base. A file that is given by name and is not part of the repository is
/// no part of the change either.
fn configuration(
    options: &Options,
    project: &Project,
    repository: &Repository,
    tip: &Commit,
) -> Result<Config, Failure> {
    let bytes = match &options.config {
        None => repository.file(tip, FILE_NAME)?,
        Some(path) => match repository.path_of(path) {
            None => return Ok(project.config.clone()),
            Some(inside) => match repository.file_from_root(tip, &inside)? {
                Some(bytes) => Some(bytes),
                None => {
                    let (path, id) = (visible(&path.display().to_string()), tip.id.short());
                    return Err(Failure(format!("error: {id} has no file {path}")));
                }
            },
        },
    };
    let mut config = match bytes {
        None => Config::default(),
        Some(bytes) => {
            let text = String::from_utf8_lossy(&bytes);
            let read = config::read(project.world.root(), &text);
            read.map_err(|error| unusable(tip, &error))?
        }
    };
    overrule(options, &mut config);
    Ok(config)
}

impl Base {
    /// One line for people: `Base: main (0123abcde)`.
    pub(super) fn line(&self) -> String {
        format!("Base: {}, whose gate, levels and waivers count\n", self.shown())
    }

    /// As it was asked for, and its commit.
    pub(super) fn names(&self) -> (&str, String) {
        (&self.name, self.tip.id.to_string())
    }

    fn shown(&self) -> String {
        format!("{} ({})", self.name, self.tip.id.short())
    }

    /// The bytes that the base has of a file of the repository; none when it has no such file, and
    /// for a file that lies elsewhere the file itself is `None` of the outer.
    ///
    /// # Errors
    /// It cannot be read.
    pub(super) fn file(&self, path: &Path) -> Result<Option<Option<Vec<u8>>>, Failure> {
        let Some(inside) = self.repository.path_of(path) else { return Ok(None) };
        Ok(Some(self.repository.file_from_root(&self.tip, &inside)?))
    }

    /// What the change does to the policy.
    pub(super) fn changes_of_policy(&self, work: &Work<'_>) -> Vec<Diagnostic> {
        let now = waivers::of_records(&work.made.reading, work.project.settings());
        let before = Before { name: &self.name, config: &self.config, policy: &self.policy };
        policy::findings(before, &self.own, &Policy::of(&self.own, now))
    }

    /// A finding about a file that the change has otherwise, by the levels of the base.
    pub(super) fn levelled(&self, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        apply_levels(found, &self.policy.diagnostics)
    }

    /// What got worse since the change left the base, with a finding for each gap that did; none
    /// when no rule asks for it.
    ///
    /// # Errors
    /// The revisions cannot be compared.
    pub(super) fn compare(
        &self,
        options: &Options,
        work: &Work<'_>,
    ) -> Result<Option<(Regression, Vec<Diagnostic>)>, Failure> {
        if self.policy.gate.rules.iter().all(|rule| rule.about != About::NoRegression) {
            return Ok(None);
        }
        let head = self.repository.head()?.ok_or_else(|| {
            Failure("error: there is no commit to compare the base with".to_owned())
        })?;
        // What the base has got since is not the work of the change.
        let since = self.repository.merge_base(&self.tip, &head)?;
        let context = Context {
            options,
            project: &work.project,
            repository: &self.repository,
            policy: Some(&self.policy),
            treatment: None,
        };
        let old = context.revision(&work.stages, &since, None)?;
        let new = context.working_tree(&work.stages, &since)?;
        let changes = compare(&old.standing, &new.standing);
        let signs = changes.regressions().into_iter().map(|worse| worse.words()).collect();
        Ok(Some((Regression { since: self.shown(), signs }, self.weaker(work, &changes))))
    }

    fn weaker(&self, work: &Work<'_>, changes: &Changes) -> Vec<Diagnostic> {
        changes.weaker().map(|gap| self.weakened(work, gap)).collect()
    }

    fn weakened(&self, work: &Work<'_>, gap: &GapChange) -> Diagnostic {
        let GapChange { id, title, place, losses, .. } = gap;
        let priority = gap.priority.map_or(String::new(), |p| format!("{} ", p.name()));
        let step = [gap.before, gap.after].map(|c| c.map_or("not recorded", |c| c.name()));
        let why = if losses.is_empty() { gap.reason.clone() } else { losses.join("; ") };
        let (was, is, base) = (step[0], step[1], &self.name);
        let message = format!(
            "the {priority}gap {id} ({title}) has less behind it than in {base}, {was} before and \
             {is} now: {why}"
        );
        let finding = Diagnostic::new(&codes::GAP_WEAKENED, &place.path, message)
            .help(format!("`lacuna diff {base}` shows all of it"));
        match work.text(&place.path).filter(|_| gap.after.is_some()) {
            Some(text) => finding.at(LineIndex::new(text).span(place.line, text)),
            None => finding,
        }
    }
}
