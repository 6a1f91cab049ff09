//! `check`: what a build would notice, and whether the gate is passed, in the form that is asked for.

mod base;
mod external;
mod kept;

use std::{
    fmt::Write as _,
    io::{self, Write},
    path::{Component, Path},
};

use base::Base;
use external::Asked;
use serde_json::json;

use super::{
    Failure,
    args::{Check, FindingsFormat, Options, Verbosity},
    build::{UseOfCache, Work},
    colour,
    exit::Exit,
    project::Project,
};
use crate::{
    check::gate as gate_findings,
    diag::{
        self, Diagnostic, Severity,
        baseline::Gone,
        concise,
        finding::{self, Fails, Finding, Run},
        github, gitlab,
        human::{self, visible},
        json, junit, sarif,
    },
    engine::publish::Aside,
    graph::gate::{self, Outcome, Verdict},
    path::RelPath,
};

/// The version of the JSON form.
const VERSION: &str = "1";

/// Does everything but writing the site.
pub fn check(options: &Options, wish: &Check) -> Result<Exit, Failure> {
    // A baseline that cannot be used is told before the work, and not after.
    let mut project = Project::open(options, &wish.project.dir)?;
    let base = base::open(options, wish, &mut project)?;
    let opened = kept::open(wish, base.as_ref())?;
    let work = Work::of(options, project, UseOfCache::None, Aside::nowhere())?;
    let compared = match &base {
        Some(base) => base.compare(options, &work)?,
        None => None,
    };
    let (compared, weakened) = compared.unzip();
    let verdicts = gate::judge(&work.project.config.gate, &work.made.graph, compared.as_ref());
    let mut diagnostics = work.diagnostics(wish.format);
    if let Some(base) = &base {
        let mut found = base.changes_of_policy(&work);
        found.extend(opened.changed);
        found.extend(weakened.into_iter().flatten());
        diagnostics.extend(base.levelled(found));
    }
    let asked = match wish.external {
        true => external::check(&work, options.verbosity()),
        false => Asked::default(),
    };
    diagnostics.extend(asked.found);
    diagnostics.extend(gate_findings::findings(&verdicts));
    diag::sort(&mut diagnostics);
    let findings = finding::locate(&diagnostics, |path| work.text(path));
    let kept = kept::keep(wish, opened.baseline, &findings)?;

    let folder = folder(&wish.project.dir);
    let run = Run {
        folder: &folder,
        base_url: work.project.config.base_url.as_deref(),
        fails: match (wish.informational, options.strict) {
            (true, _) => Fails::Nothing,
            (_, true) => Fails::Warnings,
            _ => Fails::Errors,
        },
    };
    let is_verbose = options.verbosity() == Verbosity::Verbose;
    let is_known = |at: usize| kept.known.get(at).copied().unwrap_or_default();
    let all = findings.into_iter().enumerate();
    let (known, new): (Vec<_>, Vec<_>) = all.partition(|(at, _)| is_known(*at));
    let new: Vec<Finding<'_>> = new.into_iter().map(|(_, finding)| finding).collect();
    let fails = new.iter().any(|finding| run.fails.on(finding.diagnostic.severity));
    let shown: Vec<Finding<'_>> = new
        .into_iter()
        .filter(|finding| is_verbose || finding.diagnostic.severity != Severity::Info)
        .collect();

    let told = Told {
        findings: &shown,
        run: &run,
        verdicts: &verdicts,
        base: base.as_ref(),
        gone: &kept.gone,
        known: known.len(),
    };
    let text = match wish.format {
        FindingsFormat::Human => told.human(&work, options),
        FindingsFormat::Concise => concise::render(&shown, &run),
        FindingsFormat::Json => told.json().map_err(io::Error::from)?,
        FindingsFormat::Sarif => sarif::render(&shown, &run).map_err(io::Error::from)?,
        FindingsFormat::Github => github::render(&shown, &run),
        FindingsFormat::Gitlab => gitlab::render(&shown, &run).map_err(io::Error::from)?,
        FindingsFormat::Junit => junit::render(&shown, &run),
    };
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;

    if options.verbosity() != Verbosity::Quiet {
        let mut beside = work.summary_text();
        if wish.format != FindingsFormat::Human {
            beside.push_str(&told.judgement());
        }
        beside.push_str(&asked.said);
        beside.push_str(&told.baseline());
        beside.push_str(&kept.said);
        // The runner reads both streams.
        if wish.format == FindingsFormat::Github {
            beside = github::inert(&beside);
        }
        io::stderr().lock().write_all(beside.as_bytes())?;
    }
    Ok(if fails { Exit::Findings } else { Exit::Clean })
}

/// What is printed.
struct Told<'a> {
    findings: &'a [Finding<'a>],
    run: &'a Run<'a>,
    verdicts: &'a [Verdict],
    base: Option<&'a Base>,
    gone: &'a [Gone],
    known: usize,
}

impl Told<'_> {
    fn human(&self, work: &Work<'_>, options: &Options) -> String {
        let color = colour(options, &io::stdout());
        let mut out = String::new();
        for finding in self.findings {
            let diagnostic = finding.diagnostic;
            let shown = human::render(diagnostic, work.text(&diagnostic.path), color);
            // A String takes every write.
            let _ = writeln!(out, "{}\n", shown.trim_end());
        }
        out + &self.judgement()
    }

    /// The base, and one line a rule; nothing without either.
    fn judgement(&self) -> String {
        self.base.map(Base::line).unwrap_or_default() + &gate_section(self.verdicts)
    }

    fn json(&self) -> serde_json::Result<String> {
        let rule = |verdict: &Verdict| {
            json!({
                "rule": verdict.name,
                "outcome": verdict.outcome.name(),
                "figure": verdict.figure,
                "wanted": verdict.wanted,
            })
        };
        let value = json!({
            "version": VERSION,
            "findings": json::findings(self.findings, self.run),
            "gate": self.verdicts.iter().map(rule).collect::<Vec<_>>(),
            "base": self.base.map(|base| {
                let (name, commit) = base.names();
                json!({ "name": name, "commit": commit })
            }),
            "baseline": { "known": self.known, "gone": self.gone },
        });
        Ok(serde_json::to_string_pretty(&value)? + "\n")
    }

    /// What the baseline set aside, and what can be removed from it.
    fn baseline(&self) -> String {
        let mut out = String::new();
        // A String takes every write.
        if self.known > 0 {
            let findings = if self.known == 1 { "finding" } else { "findings" };
            let _ = writeln!(out, "  Baseline   {} known {findings} set aside", self.known);
        }
        for gone in self.gone {
            let times = match gone.count {
                1 => String::new(),
                count => format!(", {count} times"),
            };
            let _ = writeln!(
                out,
                "  Baseline   can be removed{times}: {}: {}: {}",
                visible(&gone.path),
                visible(&gone.code),
                visible(&gone.message)
            );
        }
        out
    }
}

/// One line a rule; nothing without a gate.
fn gate_section(verdicts: &[Verdict]) -> String {
    let mut out = String::new();
    let Some(widest) = verdicts.iter().map(|verdict| verdict.name.chars().count()).max() else {
        return out;
    };
    let failed = verdicts.iter().filter(|verdict| verdict.outcome == Outcome::Failed).count();
    // A String takes every write.
    let _ = match (failed, verdicts.len()) {
        (0, _) => writeln!(out, "Gate: passed"),
        (_, 1) => writeln!(out, "Gate: failed"),
        (failed, all) => writeln!(out, "Gate: {failed} of {all} rules failed"),
    };
    for Verdict { name, figure, wanted, outcome, .. } in verdicts {
        let (name, figure) = (visible(name), visible(figure));
        let pad = " ".repeat(widest.saturating_sub(name.chars().count()));
        // A String takes every write.
        let _ = match outcome {
            Outcome::Skipped => writeln!(out, "  {}  {name}{pad}  {figure}", outcome.name()),
            _ => writeln!(out, "  {}  {name}{pad}  {figure}; {wanted} is wanted", outcome.name()),
        };
    }
    out
}

/// The folder of the project as seen from where the program was started, for a folder below it.
fn folder(dir: &Path) -> String {
    let mut parts = Vec::new();
    for part in dir.components() {
        match part {
            Component::CurDir => {}
            Component::Normal(name) => parts.push(name.to_string_lossy().into_owned()),
            // Elsewhere: paths are those of the project.
            Component::ParentDir | Component::RootDir | Component::Prefix(_) => {
                return String::new();
            }
        }
    }
    parts.join("/")
}

impl Work<'_> {
    /// Everything that is wrong, with the templates that cannot be parsed.
    fn diagnostics(&self, format: FindingsFormat) -> Vec<Diagnostic> {
        let mut found = self.faults_of_templates();
        if format != FindingsFormat::Human {
            found.iter_mut().for_each(name_the_file);
        }
        found.extend(self.made.build.diagnostics.iter().cloned());
        found
    }
}

/// `home.html:12` is a file and a line: other programs look for the file.
fn name_the_file(diagnostic: &mut Diagnostic) {
    let Some((file, line)) = diagnostic.path.as_str().rsplit_once(':') else { return };
    if let Some(path) = RelPath::new(file).filter(|_| line.parse::<u32>().is_ok()) {
        diagnostic.message = format!("line {line}: {}", diagnostic.message);
        diagnostic.path = path;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_those_of_where_the_program_was_started() {
        for (dir, expected) in
            [(".", ""), ("docs", "docs"), ("./a/b/", "a/b"), ("../x", ""), ("/abs", "")]
        {
            assert_eq!(folder(Path::new(dir)), expected, "{dir}");
        }
    }
}
