//! How many of the wrong and right figures of real gap analyses are found, and how many of their
//! contradictions, against hand-made labels. The documents and the labels are not part of the
//! repository; without them there is nothing to measure.

#![expect(clippy::disallowed_methods, reason = "this test reads documents beside the repository")]

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use lacuna::{
    engine::{self, Options, Reading},
    graph::claims::{Finding, LedgerClaims, Verdict},
    model::{config::Config, ledger::Ledger, source::Facts, statement::Statement},
    world::{Limits, Memory, Snapshot},
};
use serde_json::Value;

/// What is found today, a little below: a change for the worse is seen.
const LEAST_CLAIMS: usize = 19;
const LEAST_CONTRADICTIONS: usize = 16;
const MOST_WRONG: usize = 1;

#[derive(Debug, Default)]
struct Score {
    claims: usize,
    /// Labelled figures whose line has a statement with the labelled verdict.
    judged: usize,
    /// Labelled figures whose line has a statement with the opposite verdict only.
    wrong: usize,
    contradictions: usize,
    /// Labelled contradictions that a contradiction or a figure that differs points at.
    pointed: usize,
    /// Figures that differ where no label says so: to be read by eye.
    unlabelled: usize,
}

#[test]
fn labelled_ledgers() {
    let mut total = Score::default();
    let labels =
        documents_in(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/eval/labels")));
    for path in labels.iter().filter(|path| path.extension().is_some_and(|own| own == "json")) {
        let text = std::fs::read_to_string(path).expect("a label file is readable");
        let label: Value = serde_json::from_str(&text).expect("a label file is JSON");
        let Some(document) = document(label["file"].as_str().unwrap_or_default()) else { continue };
        let (ledger, claims) = check(&document);
        let one = score(&label, &ledger, &claims);
        println!("{}: {one:?}", path.file_stem().unwrap_or_default().to_string_lossy());
        total.claims += one.claims;
        total.judged += one.judged;
        total.wrong += one.wrong;
        total.contradictions += one.contradictions;
        total.pointed += one.pointed;
        total.unlabelled += one.unlabelled;
    }
    if total.claims == 0 {
        return;
    }
    println!("all: {total:?}");
    assert!(total.judged >= LEAST_CLAIMS, "{total:?}");
    assert!(total.pointed >= LEAST_CONTRADICTIONS, "{total:?}");
    assert!(total.wrong <= MOST_WRONG, "{total:?}");
}

fn score(label: &Value, ledger: &Ledger, claims: &LedgerClaims) -> Score {
    let mut score = Score::default();
    let mut explained: BTreeSet<u32> = BTreeSet::new();
    for claim in label["claims"].as_array().into_iter().flatten() {
        let line = claim["line"].as_u64().unwrap_or_default() as u32;
        let consistent = claim["consistent"].as_bool().unwrap_or_default();
        // One line may state several figures: those with one of the label's numbers are meant.
        let numbers = numbers(claim["claims"].as_str().unwrap_or_default());
        let meant = |finding: &&Finding| {
            let stated = &ledger.statements[finding.statement];
            let own = numbers_of(stated);
            stated.line == line && own.iter().any(|number| numbers.contains(number))
        };
        let verdicts: BTreeSet<Verdict> =
            claims.findings.iter().filter(meant).map(|finding| finding.verdict).collect();
        let (right, other) = match consistent {
            true => (Verdict::Holds, Verdict::Differs),
            false => (Verdict::Differs, Verdict::Holds),
        };
        score.claims += 1;
        score.judged += usize::from(verdicts.contains(&right));
        score.wrong += usize::from(!verdicts.contains(&right) && verdicts.contains(&other));
        if !consistent {
            explained.insert(line);
        }
    }
    let differs: BTreeSet<u32> = claims
        .findings
        .iter()
        .filter(|finding| finding.verdict == Verdict::Differs)
        .map(|finding| ledger.statements[finding.statement].line)
        .collect();
    let told = claims.contradictions.iter().flat_map(|one| one.sides.iter().map(|side| side.line));
    let pointed: BTreeSet<u32> = told.chain(differs.iter().copied()).collect();
    for contradiction in label["contradictions"].as_array().into_iter().flatten() {
        let lines = contradiction["lines"].as_array().into_iter().flatten();
        let lines: Vec<u32> =
            lines.filter_map(|line| line.as_u64()).map(|line| line as u32).collect();
        score.contradictions += 1;
        score.pointed += usize::from(lines.iter().any(|line| pointed.contains(line)));
        explained.extend(lines);
    }
    score.unlabelled = differs.difference(&explained).count();
    score
}

/// The numbers of a text, without the signs that group them.
fn numbers(text: &str) -> BTreeSet<String> {
    let text = text.replace(',', "");
    let runs = text.split(|letter: char| !letter.is_ascii_digit());
    runs.filter(|run| !run.is_empty()).map(str::to_owned).collect()
}

/// The numbers of a statement; of a division, its sum.
fn numbers_of(stated: &Statement) -> BTreeSet<String> {
    let mut all = numbers(&stated.raw);
    all.extend(numbers(&stated.amount.to_string()));
    all
}

fn check(path: &Path) -> (Ledger, LedgerClaims) {
    let bytes = std::fs::read(path).expect("a document is readable");
    let world = Memory::new([("docs/gap-analysis.md", bytes)]);
    let config = Config::default();
    let reading = Reading::of(&Snapshot::take(&world, &Limits::default()), &config);
    let options = Options { config: &config, folder_name: "test", today: None };
    let graph = engine::relate(&reading, options);
    let claims = graph.claims.get(&0).cloned().unwrap_or_default();
    match &reading.outlines[0].facts {
        Facts::Ledger(ledger) => (Ledger::clone(ledger), claims),
        _ => (Ledger::default(), claims),
    }
}

fn document(name: &str) -> Option<PathBuf> {
    let folders = [
        concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/eval/ledgers"),
        concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/seeds"),
    ];
    folders.iter().map(|folder| Path::new(folder).join(name)).find(|path| path.exists())
}

fn documents_in(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}
