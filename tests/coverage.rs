//! Coverage, told by documents: `tests/coverage/*.md` hold prose, the files of a small project in
//! fences, and what is found of its gaps. Every heading of the second level begins a new project
//! beside the files above the first. `LACUNA_BLESS=1` writes what is found anew; read the
//! difference before you keep it.

#![expect(clippy::disallowed_methods, reason = "this test reads its documents and writes projects")]

mod documents;

use std::{fmt::Write, sync::Arc};

use lacuna::{
    cli::{args, project::Project, proof},
    engine::{self, Reading},
    graph::{Graph, coverage, coverage::Coverage},
    text::LineIndex,
};
use tempfile::TempDir;

/// The day of every run.
const TODAY: &str = "2026-06-15";
/// A path and a text.
type File = (String, String);
const FENCE: &str = "````";
/// Codes that coverage gives rise to, and that the documents show.
const CODES: &[&str] = &[
    "broken-anchor",
    "front-matter-invalid",
    "gap-unknown-covers",
    "target-ambiguous",
    "target-duplicate",
    "waiver-expired",
    "waiver-incomplete",
    "waiver-unknown",
];

#[test]
fn documents() {
    documents::check("tests/coverage", bless);
}

/// The document with what is found in place of what it says.
fn bless(text: &str) -> String {
    let (mut shared, mut own): (Vec<File>, Vec<File>) = Default::default();
    let mut in_project = false;
    let mut out = String::new();
    let mut lines = text.split_inclusive('\n');
    while let Some(line) = lines.next() {
        out.push_str(line);
        if line.starts_with("## ") {
            in_project = true;
            own.clear();
        }
        let Some(info) = line.strip_prefix(FENCE) else { continue };
        let body: String = lines.by_ref().take_while(|line| line.trim_end() != FENCE).collect();
        let (kind, name) = info.trim().split_once(' ').unwrap_or((info.trim(), ""));
        let files = || shared.iter().chain(&own);
        match (kind, name) {
            ("text", "") => out.push_str(&Found::of(files()).verdicts()),
            ("explain", id) => out.push_str(&Found::of(files()).proof(id)),
            (_, path) => {
                out.push_str(&body);
                let files = if in_project { &mut own } else { &mut shared };
                files.push((path.to_owned(), body));
            }
        }
        out.push_str(FENCE);
        out.push('\n');
    }
    out
}

/// A project, read and related.
struct Found {
    reading: Reading,
    graph: Arc<Graph>,
    project: Project,
    _folder: TempDir,
}

impl Found {
    fn of<'a>(files: impl Iterator<Item = &'a File>) -> Self {
        let folder = TempDir::new().expect("a folder");
        for (path, text) in files {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().expect("below the folder")).expect("writable");
            std::fs::write(path, text).expect("writable");
        }
        let project = Project::open(&args::Options::default(), folder.path());
        let project = project.unwrap_or_else(|failure| panic!("{}", failure.0));
        let reading = project.read();
        let graph = engine::relate(&reading, settings(&project));
        Self { reading, graph, project, _folder: folder }
    }

    /// Every gap with its targets, orphans, and the diagnostics of coverage.
    fn verdicts(&self) -> String {
        let mut out = String::new();
        for (ix, finding) in &self.graph.gaps {
            let id = &self.graph.records.get(*ix).id;
            writeln!(out, "{id} {}: {}", finding.coverage.name(), finding.why).expect("a String");
            for target in &finding.targets {
                let group = target.role.group().map_or("offered".to_owned(), |n| n.to_string());
                let (state, name) = (target.state.name(), &target.name);
                let section =
                    target.section.as_ref().map(|s| format!(" § {s}")).unwrap_or_default();
                writeln!(out, "  {group}: {state} {name}{section}: {}", target.why)
                    .expect("a String");
            }
        }
        let settings = settings(&self.project);
        let mut diagnostics = engine::diagnose(&self.reading, &self.graph, settings);
        lacuna::diag::sort(&mut diagnostics);
        for found in diagnostics.iter().filter(|found| CODES.contains(&found.code.name)) {
            let line = found.span.and_then(|span| {
                let text = self.reading.text(&found.path)?;
                Some(format!(":{}", LineIndex::new(text).line(span.start)))
            });
            let (path, line) = (&found.path, line.unwrap_or_default());
            writeln!(out, "{} at {path}{line}: {}", found.code.name, found.message)
                .expect("a String");
            if let Some(help) = &found.help {
                writeln!(out, "  {help}").expect("a String");
            }
        }
        out
    }

    fn proof(&self, id: &str) -> String {
        let corpus = self.reading.corpus(settings(&self.project));
        let named = self.graph.records.named(id);
        let proofs = named.iter().map(|ix| {
            let record = self.graph.records.get(*ix);
            let gap = coverage::gap_of(corpus, record).expect("the id of a gap");
            proof::of_gap(corpus, &self.graph.records, record, gap, &self.graph.gaps[ix])
        });
        let proofs: String = proofs.collect();
        for line in proofs.lines() {
            assert!(line.chars().count() <= 100, "wider than 100 columns: {line}");
        }
        proofs
    }

    fn coverage(&self, id: &str) -> Coverage {
        let named = self.graph.records.named(id);
        self.graph.gaps[&named[0]].coverage
    }
}

fn settings(project: &Project) -> engine::Options<'_> {
    engine::Options { config: &project.config, folder_name: "project", today: Some(TODAY) }
}

/// Adding a document that covers the gap never lowers its coverage, taking one away never raises
/// it, and the order of the targets has no say: over many small projects made by chance.
#[test]
fn coverage_grows_with_what_is_written() {
    let mut chance = Chance(0x5eed);
    for round in 0..40 {
        let count = 1 + chance.below(4);
        let mut targets: Vec<String> = (0..count).map(|n| format!("docs/t{n}.md")).collect();
        if chance.below(3) == 0 {
            let pair = targets.split_off(targets.len() / 2);
            targets.push(format!("{{any: [{}]}}", pair.join(", ")));
        }
        let mut files: Vec<(String, String)> = (0..count)
            .filter_map(|n| {
                let text = match chance.below(5) {
                    0 => return None,
                    1 => "# Stub\n\nSoon.\n".to_owned(),
                    2 => format!("# Aside\n\n{}\n", words(60)),
                    3 => format!("---\ncovers: G-1\n---\n# Said\n\n{}\n", words(60)),
                    _ => format!("# Named\n\nThis is about G-1. {}\n", words(60)),
                };
                Some((format!("docs/t{n}.md"), text))
            })
            .collect();
        files.push(gap(&targets));
        let before = Found::of(files.iter()).coverage("G-1");

        targets.reverse();
        let turned = files.iter().map(|file| match file.0.starts_with("gaps/") {
            true => gap(&targets),
            false => file.clone(),
        });
        let turned: Vec<_> = turned.rev().collect();
        assert_eq!(Found::of(turned.iter()).coverage("G-1"), before, "round {round}, turned");

        let document = match chance.below(2) {
            0 => "docs/extra.md".to_owned(),
            _ => format!("docs/t{}.md", chance.below(count)),
        };
        let mut more = files.clone();
        more.retain(|(path, _)| *path != document);
        more.push((document, format!("---\ncovers: G-1\n---\n# More\n\n{}\n", words(70))));
        let after = Found::of(more.iter()).coverage("G-1");
        assert!(
            rank(after) >= rank(before),
            "round {round}: {before:?}, then {after:?}: {more:#?}"
        );

        let mut fewer = files.clone();
        let at = chance.below(fewer.len());
        if fewer[at].0.starts_with("docs/") {
            fewer.remove(at);
            let less = Found::of(fewer.iter()).coverage("G-1");
            assert!(rank(less) <= rank(before), "round {round}: {before:?}, then {less:?}");
        }
    }
}

fn gap(targets: &[String]) -> (String, String) {
    let list: String = targets.iter().map(|target| format!("  - {target}\n")).collect();
    let text = format!("---\nid: G-1\ntitle: One\ntargets:\n{list}---\n# One\n\nWords.\n");
    ("gaps/g-1.md".to_owned(), text)
}

fn words(count: usize) -> String {
    vec!["word"; count].join(" ")
}

fn rank(coverage: Coverage) -> u8 {
    match coverage {
        Coverage::Uncovered => 0,
        Coverage::Partial => 1,
        Coverage::Covered => 2,
        Coverage::Waived => 3,
    }
}

/// Numbers by chance, the same on each run (xorshift, Marsaglia 2003).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }
}
