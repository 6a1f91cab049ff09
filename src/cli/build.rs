//! `build`: the whole site, written; and the work that `check` does too.

use std::{
    io::{self, Write},
    sync::Arc,
    time::{Duration, Instant},
};

use super::{
    Failure,
    args::{self, Options, Verbosity},
    colour,
    exit::Exit,
    project::Project,
    report::{self, Count, Summary},
};
use crate::{
    diag::{Diagnostic, Severity, codes, human, human::Color},
    engine::{
        self, Reading,
        build::{Build, Making},
        cache,
        earlier::{Earlier, Nothing},
        history::{Keeping, Past},
        publish::{self, Aside, PublishError, Published, Root},
        stages::Stages,
        timings::Timings,
    },
    graph::{
        Graph,
        link::{Dest, Form},
        record::RecordKind,
    },
    path::RelPath,
    render::theme::{Theme, ThemeError},
    world::EXHAUSTED,
};

/// So many findings are printed by `build`; `check` prints all.
const PRINTED_BY_BUILD: usize = 20;

/// Compiles the project and writes the site.
pub fn build(options: &Options, wish: &args::Build) -> Result<Exit, Failure> {
    let use_of_cache = if wish.no_cache { UseOfCache::None } else { UseOfCache::Read };
    let project = Project::open(options, &wish.project.dir)?;
    let root = project.output.clone();
    let project = match &wish.version_label {
        Some(label) => project.of_version(label),
        None => project,
    };
    let protected = project.protected();
    let aside = Aside::beside(&project.output, &protected).map_err(refused)?;
    let mut work = Work::of(options, project, use_of_cache, aside)?;
    // A site of what could be read by chance would replace a whole one.
    let is_partial = |d: &&Diagnostic| d.message.contains(EXHAUSTED);
    if let Some(partial) = work.made.build.diagnostics.iter().find(is_partial) {
        let path = &partial.path;
        let help = "nothing was written; raise `ulimit -n`, or end other programs";
        return Err(Failure(format!("error: {path}: {EXHAUSTED}\n  = help: {help}")));
    }
    let time = &work.stages.timings;
    let published = time
        .time("publish", || {
            let output = &work.made.build.output;
            match &wish.version_label {
                Some(label) => Root::new(&root, &protected)?.publish(label, output),
                None => publish::publish(output, &root, &protected),
            }
        })
        .map_err(refused)?;
    if !wish.no_cache
        && let Err(error) = work.project.cache().save(&work.project.output, &mut work.made.build)
        && options.verbosity() == Verbosity::Verbose
    {
        let folder = cache::FOLDER;
        writeln!(io::stderr(), "note: nothing is kept in `{folder}` for the next build: {error}")?;
    }
    work.print_findings(&mut io::stderr().lock(), &io::stderr())?;
    work.print_summary(Some(&published))?;
    if wish.timings {
        work.print_timings()?;
    }
    if wish.verify {
        return Ok(work.verdict().max(work.verify()?));
    }
    Ok(work.verdict())
}

fn refused(error: PublishError) -> Failure {
    Failure(format!("error: {error}"))
}

/// Whether pages of an earlier build may be used.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum UseOfCache {
    /// They may not.
    None,
    /// They may.
    Read,
}

#[expect(clippy::disallowed_methods, reason = "the summary tells how long the work took")]
fn now() -> Instant {
    Instant::now()
}

/// A site, built in memory, with everything to report of it.
pub(super) struct Work<'o> {
    options: &'o Options,
    /// The project, opened.
    pub(super) project: Project,
    /// The stages with what they gave.
    pub(super) stages: Stages,
    theme: Theme,
    /// What the stages gave.
    pub(super) made: Made,
    broken_templates: Vec<ThemeError>,
    begun: Instant,
}

/// What the stages gave.
pub(super) struct Made {
    /// The corpus, read.
    pub(super) reading: Reading,
    /// The corpus, joined.
    pub(super) graph: Arc<Graph>,
    /// The site.
    pub(super) build: Build,
}

impl Made {
    fn of(
        project: &Project,
        stages: &Stages,
        theme: &Theme,
        (earlier, aside): (&dyn Earlier, &Aside),
    ) -> Self {
        let (time, options) = (&stages.timings, project.settings());
        let snapshot = time.time("find files", || project.snapshot());
        let mut reading = time.time("read", || stages.read(&snapshot, &project.config));
        time.time("history", || {
            stages.look_back(&mut reading, &project.world, &project.config);
        });
        let graph = time.time("relate", || stages.relate(&reading, options));
        let world = &project.world;
        let making =
            Making { stages, reading: &reading, graph: &graph, theme, world, options, aside };
        let build = engine::build::build(making, earlier);
        Self { reading, graph, build }
    }
}

impl<'o> Work<'o> {
    /// Reads the project and builds its site, whose files wait where `aside` says.
    pub(super) fn of(
        options: &'o Options,
        project: Project,
        use_of_cache: UseOfCache,
        aside: Aside,
    ) -> Result<Self, Failure> {
        let begun = now();
        let (theme, broken_templates) = project.theme()?;
        let mut stages = Stages::timed(Timings::by(now));
        if use_of_cache == UseOfCache::Read {
            stages.past = Past::keeping(Keeping::Folder);
        }
        let kept = match use_of_cache {
            UseOfCache::Read => {
                stages.timings.time("cache", || project.cache().load(&project.output))
            }
            UseOfCache::None => None,
        };
        let earlier: &dyn Earlier = kept.as_ref().map_or(&Nothing, |pages| pages);
        let made = Made::of(&project, &stages, &theme, (earlier, &aside));
        Ok(Self { options, project, stages, theme, made, broken_templates, begun })
    }

    /// Builds again from nothing and compares what was written with it.
    fn verify(&self) -> Result<Exit, Failure> {
        let project = &self.project;
        let aside = Aside::beside(&project.output, &project.protected()).map_err(refused)?;
        let stages = &Stages::default();
        let clean = Made::of(project, stages, &self.theme, (&Nothing, &aside)).build;
        let differences = publish::compare(&clean.output, &project.output).map_err(refused)?;
        let mut stderr = io::stderr().lock();
        for route in &differences {
            let place = human::visible(&project.output.join(route.as_str()).display().to_string());
            writeln!(stderr, "error: {place} is not what a build from nothing gives")?;
        }
        if differences.is_empty() {
            let files = clean.output.len();
            writeln!(stderr, "Verified   {files} files are what a build from nothing gives")?;
            return Ok(Exit::Clean);
        }
        Ok(Exit::Findings)
    }

    fn print_timings(&self) -> Result<(), Failure> {
        let laps = self.stages.timings.laps();
        let all: Duration = laps.iter().map(|lap| lap.took).sum();
        let mut stderr = io::stderr().lock();
        writeln!(stderr, "\nTime by stage")?;
        for lap in &laps {
            let share = 100.0 * lap.took.as_secs_f64() / all.as_secs_f64().max(f64::EPSILON);
            let took = lap.took.as_secs_f64() * 1000.0;
            writeln!(stderr, "  {:<12}{took:>10.1} ms {share:>5.1} %", lap.stage)?;
        }
        Ok(())
    }

    fn verdict(&self) -> Exit {
        let fails = |d: &Diagnostic| match d.severity {
            Severity::Error => true,
            Severity::Warning => self.options.strict,
            Severity::Info => false,
        };
        let clean =
            self.broken_templates.is_empty() && !self.made.build.diagnostics.iter().any(fails);
        if clean { Exit::Clean } else { Exit::Findings }
    }

    fn print_findings(
        &self,
        out: &mut impl Write,
        stream: &impl io::IsTerminal,
    ) -> Result<(), Failure> {
        let color = colour(self.options, stream);
        for fault in self.faults_of_templates() {
            self.print(out, &fault, color)?;
        }
        let verbose = self.options.verbosity() == Verbosity::Verbose;
        let shown: Vec<_> = self
            .made
            .build
            .diagnostics
            .iter()
            .filter(|d| verbose || d.severity != Severity::Info)
            .collect();
        let most = if verbose { shown.len() } else { PRINTED_BY_BUILD };
        // Errors first, so that a limit never hides one behind warnings.
        let mut ordered = shown.clone();
        ordered.sort_by_key(|d| d.severity);
        ordered.truncate(most);
        if most >= shown.len() {
            ordered = shown.clone();
        }
        for diagnostic in ordered {
            self.print(out, diagnostic, color)?;
        }
        if shown.len() > most {
            let more = shown.len() - most;
            writeln!(out, "… and {more} more; `lacuna check` prints all of them\n")?;
        }
        Ok(())
    }

    /// Templates of the project's theme that cannot be parsed.
    pub(super) fn faults_of_templates(&self) -> Vec<Diagnostic> {
        let theme = &self.project.config.theme;
        let fault = |error: &ThemeError| {
            // The line is part of the name: the text of a template is not kept.
            let path = RelPath::new(&format!("themes/{theme}/{}", error.template))?;
            Some(Diagnostic::new(&codes::TEMPLATE_ERROR, &path, error.message.clone()))
        };
        self.broken_templates.iter().filter_map(fault).collect()
    }

    /// The decoded text of a file.
    pub(super) fn text(&self, path: &RelPath) -> Option<&str> {
        self.made.reading.text(path).map(|text| &**text)
    }

    fn print(&self, out: &mut impl Write, diagnostic: &Diagnostic, color: Color) -> io::Result<()> {
        let text = self.text(&diagnostic.path);
        writeln!(out, "{}\n", human::render(diagnostic, text, color).trim_end())
    }

    fn print_summary(&self, published: Option<&Published>) -> Result<(), Failure> {
        if self.options.verbosity() == Verbosity::Quiet {
            return Ok(());
        }
        write!(io::stderr().lock(), "{}", self.summary_of(published))?;
        Ok(())
    }

    /// The summary of work that wrote nothing.
    pub(super) fn summary_text(&self) -> String {
        self.summary_of(None)
    }

    fn summary_of(&self, published: Option<&Published>) -> String {
        let color = colour(self.options, &io::stderr());
        report::render(&self.summary(published), color)
    }

    fn summary(&self, published: Option<&Published>) -> Summary {
        let links = |citations: bool, holds: bool| {
            let counted = self.made.graph.links.iter().filter(|link| {
                let is_citation = matches!(link.form, Form::Citation | Form::Evidence)
                    || matches!(link.to, Dest::Cited(..));
                is_citation == citations && link.to.holds() == holds
            });
            counted.count()
        };
        let count = |severity| {
            self.made.build.diagnostics.iter().filter(|d| d.severity == severity).count()
        };
        let config = &self.project.config;
        let settings = self.project.settings();
        Summary {
            title: config.title.clone().unwrap_or_else(|| settings.folder_name.to_owned()),
            root: self.project.shown.clone(),
            output: published.map(|_| self.project.output.display().to_string()),
            records: self.records(),
            pages: self.made.build.pages,
            written: published.map_or(0, |p| p.written),
            unchanged: published.map_or(0, |p| p.unchanged),
            removed: published.map_or(0, |p| p.removed),
            links_resolved: links(false, true),
            links_broken: links(false, false),
            citations_resolved: links(true, true),
            citations_broken: links(true, false),
            coverage: self.made.graph.metrics.overall,
            targets: self.made.graph.metrics.targets,
            errors: count(Severity::Error) + self.broken_templates.len(),
            warnings: count(Severity::Warning),
            infos: count(Severity::Info),
            elapsed: Some(self.begun.elapsed()),
        }
    }

    fn records(&self) -> Vec<Count> {
        let kinds = [
            (RecordKind::Document, "document", "documents"),
            (RecordKind::Decision, "decision", "decisions"),
            (RecordKind::Research, "research text", "research texts"),
            (RecordKind::Schema, "schema file", "schema files"),
            (RecordKind::Symbol, "schema symbol", "schema symbols"),
            (RecordKind::Ledger, "gap analysis", "gap analyses"),
            (RecordKind::Gap, "gap", "gaps"),
            (RecordKind::Diagram, "diagram", "diagrams"),
        ];
        let count = |kind| self.made.graph.records.iter().filter(|(_, r)| r.kind == kind).count();
        kinds.into_iter().map(|(kind, one, many)| Count { one, many, count: count(kind) }).collect()
    }
}

#[cfg(test)]
mod tests;
