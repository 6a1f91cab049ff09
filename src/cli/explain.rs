//! `explain`: the proof of a record, the kind of a file, the meaning of a code.

mod claims;

use std::{
    fmt::Write as _,
    io::{self, Write as _},
    path::Path,
};

use super::{
    Failure, args::Options, exit::Exit, explain_ledger, explain_support, project::Project, proof,
};
use crate::{
    diag::{codes, human::visible},
    engine::{self, Reading},
    graph::{
        Corpus, Graph, coverage, decisions,
        record::{RecordIx, RecordKind},
    },
    model::{Fact, source::Kind},
    path::RelPath,
};

/// Explains a code, a file or an id, and prints it as data.
pub fn explain(options: &Options, dir: &Path, what: &str) -> Result<Exit, Failure> {
    let text = match codes::find(what) {
        Some(code) => {
            format!("{}\n\nDefault level: {:?}\n", code.text.trim_end(), code.level).to_string()
        }
        None => explain_content(options, dir, what)?,
    };
    let shown: Vec<String> = text.lines().map(visible).collect();
    writeln!(io::stdout().lock(), "{}", shown.join("\n"))?;
    Ok(Exit::Clean)
}

fn explain_content(options: &Options, dir: &Path, what: &str) -> Result<String, Failure> {
    let project = Project::open(options, dir)?;
    let reading = project.read();
    let settings = project.settings();
    let graph = engine::relate(&reading, settings);
    let corpus = reading.corpus(settings);
    let below = what.strip_prefix("./").unwrap_or(what);
    let path = RelPath::new(below).or_else(|| relative_to_root(&project, what));
    if let Some(path) = path {
        if let Some(file) = corpus.outlines.iter().position(|o| o.path == path) {
            return Ok(of_file(&reading, &graph, corpus, file));
        }
        if reading.assets.contains(&path) {
            return Ok(format!(
                "{path} is an asset because its name and content are those of no record; it is copied when a page uses it\n"
            ));
        }
    }
    match graph.records.named(what) {
        [] => Err(Failure(format!(
            "error: `{what}` is no file, no id and no code of this project\n  \
             help: `lacuna export` lists every id"
        ))),
        several => {
            let parts = several.iter().map(|ix| {
                of_record(&graph, corpus, *ix) + &explain_support::of_record(&reading, &graph, *ix)
            });
            Ok(parts.collect::<Vec<_>>().join("\n"))
        }
    }
}

pub(super) fn relative_to_root(project: &Project, what: &str) -> Option<RelPath> {
    let absolute = Path::new(what).canonicalize().ok()?;
    let below = absolute.strip_prefix(project.world.root()).ok()?;
    RelPath::new(&below.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/"))
}

fn of_file(reading: &Reading, graph: &Graph, corpus: Corpus<'_>, file: usize) -> String {
    let outline = &reading.outlines[file];
    let mut out = format!(
        "{} is a {} because {}\n",
        outline.path,
        outline.classified.kind.label(),
        outline.classified.why
    );
    line(&mut out, "title", &outline.title);
    line(&mut out, "lines", &outline.lines.to_string());
    line(&mut out, "references", &outline.references.len().to_string());
    if outline.classified.kind == Kind::Ledger {
        let gaps = graph.records.parts_of(file).iter().map(|part| graph.records.get(*part));
        let ids: Vec<String> =
            gaps.filter(|own| own.kind == RecordKind::Gap).map(|own| own.id.clone()).collect();
        out.push_str(&explain_ledger::of_ledger(reading, outline, &ids));
        claims::of_ledger(&mut out, graph, corpus, file);
        return out;
    }
    let parts = graph.records.parts_of(file);
    for part in parts.iter().copied().chain([graph.records.of_file(file)]) {
        let record = graph.records.get(part);
        if matches!(record.kind, RecordKind::Gap | RecordKind::Decision) {
            out.push('\n');
            out.push_str(&of_record(graph, corpus, part));
        }
    }
    out
}

fn of_record(graph: &Graph, corpus: Corpus<'_>, ix: RecordIx) -> String {
    let record = graph.records.get(ix);
    if let (Some(gap), Some(finding)) = (coverage::gap_of(corpus, record), graph.gaps.get(&ix)) {
        return proof::of_gap(corpus, &graph.records, record, gap, finding);
    }
    let kind = record.kind.label();
    let mut out =
        format!("{} is a {kind}, read from {}:{}\n", record.id, record.path, record.lines.0);
    line(&mut out, "title", &record.title);
    if let Some(decision) = decisions::decision_of(corpus, record) {
        fact(
            &mut out,
            "status",
            decision.status.as_ref().map(|s| (format!("{:?}", s.value).to_lowercase(), s)),
        );
        fact(&mut out, "date", decision.date.as_ref().map(|d| (d.value.clone(), d)));
    }
    out
}

fn fact<T>(out: &mut String, name: &str, fact: Option<(String, &Fact<T>)>) {
    if let Some((value, fact)) = fact {
        line(out, name, &format!("{value} (line {}: {})", fact.line, fact.rule));
    }
}

fn line(out: &mut String, name: &str, value: &str) {
    // A String takes every write.
    let _ = writeln!(out, "  {name:<11} {value}");
}
