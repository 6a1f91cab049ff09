//! `build` and `check`: the whole site, written or only judged.

use std::{
    io::{self, Write},
    path::Path,
    time::Instant,
};

use super::{
    Failure,
    args::{Options, Verbosity},
    colour,
    exit::Exit,
    project::Project,
    report::{self, Count, Summary},
};
use crate::{
    diag::{Diagnostic, Severity, human, human::Color},
    engine::{
        self, Build, Reading,
        publish::{self, Published},
    },
    graph::{
        Graph,
        link::{Dest, Form},
        record::RecordKind,
    },
    render::theme::ThemeError,
};

/// So many findings are printed by `build`; `check` prints all.
const PRINTED_BY_BUILD: usize = 20;

/// Compiles the project and writes the site.
pub fn build(options: &Options, dir: &Path) -> Result<Exit, Failure> {
    let work = Work::new(options, dir)?;
    let protected = work.project.protected();
    let published = publish::publish(&work.build.output, &work.project.output, &protected)
        .map_err(|error| Failure(format!("error: {error}")))?;
    work.print_findings(&mut io::stderr().lock(), Limit::First(PRINTED_BY_BUILD), &io::stderr())?;
    work.print_summary(Some(&published))?;
    Ok(work.verdict())
}

/// Does everything but writing.
pub fn check(options: &Options, dir: &Path) -> Result<Exit, Failure> {
    let work = Work::new(options, dir)?;
    work.print_findings(&mut io::stdout().lock(), Limit::None, &io::stdout())?;
    work.print_summary(None)?;
    Ok(work.verdict())
}

/// How many findings are printed.
#[derive(Clone, Copy)]
enum Limit {
    None,
    First(usize),
}

/// A site, built in memory, with everything to report of it.
struct Work<'o> {
    options: &'o Options,
    project: Project,
    reading: Reading,
    graph: Graph,
    build: Build,
    broken_templates: Vec<ThemeError>,
    begun: Instant,
}

impl<'o> Work<'o> {
    fn new(options: &'o Options, dir: &Path) -> Result<Self, Failure> {
        #[expect(clippy::disallowed_methods, reason = "the summary tells how long it took")]
        let begun = Instant::now();
        let project = Project::open(options, dir)?;
        let (theme, broken_templates) = project.theme()?;
        let reading = project.read();
        let graph = engine::relate(&reading, project.settings());
        let build = engine::build(&reading, &graph, &theme, &project.world, project.settings());
        Ok(Self { options, project, reading, graph, build, broken_templates, begun })
    }

    fn verdict(&self) -> Exit {
        let fails = |d: &Diagnostic| match d.severity {
            Severity::Error => true,
            Severity::Warning => self.options.strict,
            Severity::Info => false,
        };
        let clean = self.broken_templates.is_empty() && !self.build.diagnostics.iter().any(fails);
        if clean { Exit::Clean } else { Exit::Findings }
    }

    fn print_findings(
        &self,
        out: &mut impl Write,
        limit: Limit,
        stream: &impl io::IsTerminal,
    ) -> Result<(), Failure> {
        let color = colour(self.options, stream);
        for error in &self.broken_templates {
            let theme = &self.project.config.theme;
            let place = format!("themes/{theme}/{}", error.template);
            let message = human::visible(&error.message);
            writeln!(out, "error[template-error]: {message}\n  --> {place}\n")?;
        }
        let verbose = self.options.verbosity() == Verbosity::Verbose;
        let shown: Vec<_> = self
            .build
            .diagnostics
            .iter()
            .filter(|d| verbose || d.severity != Severity::Info)
            .collect();
        let most = match limit {
            Limit::First(most) if !verbose => most,
            _ => shown.len(),
        };
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

    fn print(&self, out: &mut impl Write, diagnostic: &Diagnostic, color: Color) -> io::Result<()> {
        let text = self.reading.text(&diagnostic.path).map(|text| &**text);
        writeln!(out, "{}\n", human::render(diagnostic, text, color).trim_end())
    }

    fn print_summary(&self, published: Option<&Published>) -> Result<(), Failure> {
        if self.options.verbosity() == Verbosity::Quiet {
            return Ok(());
        }
        let summary = self.summary(published);
        let stderr = io::stderr();
        let color = colour(self.options, &stderr);
        write!(stderr.lock(), "{}", report::render(&summary, color))?;
        Ok(())
    }

    fn summary(&self, published: Option<&Published>) -> Summary {
        let links = |citations: bool, holds: bool| {
            let counted = self.graph.links.iter().filter(|link| {
                let is_citation = matches!(link.form, Form::Citation | Form::Evidence)
                    || matches!(link.to, Dest::Cited(..));
                is_citation == citations && link.to.holds() == holds
            });
            counted.count()
        };
        let count =
            |severity| self.build.diagnostics.iter().filter(|d| d.severity == severity).count();
        let config = &self.project.config;
        let settings = self.project.settings();
        Summary {
            title: config.title.clone().unwrap_or_else(|| settings.folder_name.to_owned()),
            root: self.project.shown.clone(),
            output: published.map(|_| self.project.output.display().to_string()),
            records: self.records(),
            pages: self.build.pages,
            written: published.map_or(0, |p| p.written),
            unchanged: published.map_or(0, |p| p.unchanged),
            removed: published.map_or(0, |p| p.removed),
            links_resolved: links(false, true),
            links_broken: links(false, false),
            citations_resolved: links(true, true),
            citations_broken: links(true, false),
            coverage: self.graph.metrics.overall,
            targets: self.graph.metrics.targets,
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
        let count = |kind| self.graph.records.iter().filter(|(_, r)| r.kind == kind).count();
        kinds.into_iter().map(|(kind, one, many)| Count { one, many, count: count(kind) }).collect()
    }
}
