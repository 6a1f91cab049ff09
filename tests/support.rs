//! Whether cited lines say what they are cited for, held against hand verdicts where these are
//! there, and against citations moved to random places.
//!
//! `cargo xtask bench support` prints the figures.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use lacuna::{
    engine::{self, Options, Reading},
    evidence::{Support, verdict::Verdict},
    graph::Graph,
    model::config::Config,
    world::{Limits, Memory, Snapshot},
};
use serde_json::Value;

const LEDGER: &str = "docs/CRITICAL-GAPS-ANALYSIS.md";

/// A file that stands beside the repository where the project's own data is kept.
fn shared(path: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(path);
    beside.exists().then_some(beside)
}

#[expect(clippy::disallowed_methods, reason = "a test reads the files it judges")]
fn read(path: &Path) -> String {
    String::from_utf8_lossy(&std::fs::read(path).expect("the file is there")).into_owned()
}

/// The ledger and its research, in memory.
fn corpus() -> Option<Vec<(String, String)>> {
    let root = shared("corpora/coditect")?;
    let mut files = vec![(LEDGER.to_owned(), read(&root.join(LEDGER)))];
    for number in 1..=13 {
        let path = format!("docs/original-research/CHUNKS/chunk-{number:03}.txt");
        files.push((path.clone(), read(&root.join(&path))));
    }
    Some(files)
}

fn judge(files: &[(String, String)]) -> (Reading, Arc<Graph>) {
    let world = Memory::new(files.iter().map(|(path, text)| (path, text.as_bytes())));
    let config = Config::default();
    let reading = Reading::of(&Snapshot::take(&world, &Limits::default()), &config);
    let options = Options { config: &config, folder_name: "test", today: None };
    let graph = engine::relate(&reading, options);
    reading.evidence(&graph);
    (reading, graph)
}

/// Every citation of the ledger with its verdict: the gap's number, the words cited, what was found.
fn verdicts(reading: &Reading, graph: &Graph) -> Vec<(u32, String, Support)> {
    let mut all = Vec::new();
    for (ix, finding) in &graph.gaps {
        let supports = reading.evidence(graph).of_gap(*ix);
        for ((evidence, _), support) in finding.evidence.iter().zip(supports) {
            all.push((evidence.line, evidence.citation.target.clone(), support.clone()));
        }
    }
    all
}

#[test]
fn the_verdicts_agree_with_those_made_by_hand() {
    let (Some(files), Some(labels)) = (corpus(), shared("eval/000.citations.json")) else { return };
    let labels: Value = serde_json::from_str(&read(&labels)).expect("the labels are JSON");
    let (reading, graph) = judge(&files);
    let found = verdicts(&reading, &graph);
    let (mut agree, mut total, mut hits, mut correct) = (0, 0, 0, 0);
    for label in labels["citations"].as_array().expect("there are citations") {
        let (at, reference) = (label["at"].as_u64(), label["ref"].as_str().unwrap_or_default());
        let stem = |name: &str| name.trim_end_matches(".txt").to_lowercase();
        let same = |(line, target, _): &&(u32, String, Support)| {
            Some(u64::from(*line)) == at && stem(target) == stem(reference)
        };
        let Some((_, _, support)) = found.iter().find(same) else {
            println!("gap {} {reference}: not read", label["gap"]);
            total += 1;
            continue;
        };
        let by_hand = label["verdict"].as_str().unwrap_or_default();
        let good = matches!(by_hand, "supported" | "weak" | "supported_claim_wrong");
        let ours = matches!(support.verdict, Verdict::Supported | Verdict::Weak(_));
        total += 1;
        agree += u32::from(good == ours);
        let place = label.get("correct").map(|place| {
            let file = place["ref"].as_str().unwrap_or_default();
            let line = |n: usize| place["lines"][n].as_u64().unwrap_or_default() as u32;
            let hit = support
                .places
                .iter()
                .any(|p| p.path.name() == file && p.lines.0 <= line(1) && line(0) <= p.lines.1);
            correct += 1;
            hits += u32::from(hit);
            if hit { " [place found]" } else { " [PLACE MISSED]" }
        });
        let m = support.measures;
        println!(
            "{} gap {:>2} {reference:14} by hand {by_hand:32} ours {:11} share {:.2} chance {:.2} title {:.2} around {:.2}{}",
            if good == ours { " " } else { "×" },
            label["gap"].as_str().unwrap_or_default(),
            support.verdict.name(),
            m.share,
            m.chance,
            m.title,
            m.around,
            place.unwrap_or_default(),
        );
        for place in &support.places {
            println!(
                "      {} {}-{} {} {}",
                place.path.name(),
                place.lines.0,
                place.lines.1,
                place.side.name(),
                place.words
            );
        }
    }
    println!("{agree} of {total} verdicts agree; {hits} of {correct} correct places proposed");
    assert!(agree >= 20, "{agree} of {total} verdicts agree, at least 20 should");
    assert!(hits >= 6, "{hits} of {correct} places are proposed, at least 6 should be");
}

/// Rewrites the citations of the ledger's lines "What was found in research": `place` gives chunk
/// and lines for a line of the ledger, by its number.
fn cite_elsewhere(files: &mut [(String, String)], place: impl Fn(u32) -> Option<String>) {
    let ledger = &mut files[0].1;
    let lines = (1..).zip(ledger.lines()).map(|(number, line)| {
        let parts = line.split_once("found in research**: ").zip(place(number));
        match parts {
            Some(((before, after), place)) => {
                let rest = after.split_once(' ').map_or("", |(_, rest)| rest);
                format!("{before}found in research**: {place} {rest}\n")
            }
            None => format!("{line}\n"),
        }
    });
    *ledger = lines.collect();
}

/// How many citations with lines there are in some lines of the ledger, and how many of them are
/// unsupported.
fn unsupported(files: &[(String, String)], counts: impl Fn(u32) -> bool) -> (u32, u32) {
    let (reading, graph) = judge(files);
    let (mut all, mut bad) = (0, 0);
    for (ix, finding) in &graph.gaps {
        let supports = reading.evidence(&graph).of_gap(*ix);
        for ((evidence, _), support) in finding.evidence.iter().zip(supports) {
            if evidence.citation.lines.is_some() && counts(evidence.line) {
                all += 1;
                bad += u32::from(support.verdict.name() == "unsupported");
            }
        }
    }
    (all, bad)
}

#[test]
fn citations_moved_to_random_places_lose_their_support() {
    let Some(original) = corpus() else { return };
    let mut state = 1_u64;
    let mut dice = move |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        (state >> 33) % below
    };
    for length in [4, 20, 60] {
        let (mut all, mut bad) = (0, 0);
        for _ in 0..4 {
            let places: Vec<String> = (0..300)
                .map(|_| {
                    let (chunk, start) = (1 + dice(12), 12 + dice(500 - length));
                    format!("Chunk-{chunk:03}.txt (lines {start}-{})", start + length - 1)
                })
                .collect();
            let mut files = original.clone();
            cite_elsewhere(&mut files, |line| places.get(line as usize).cloned());
            let (here, unsupported) = unsupported(&files, |_| true);
            (all, bad) = (all + here, bad + unsupported);
        }
        println!("{bad} of {all} citations of {length} random lines are unsupported");
        assert!(all > 0, "no citation was moved");
        assert!(bad * 10 >= all * 9, "{bad} of {all} random citations are unsupported");
    }
}

#[test]
fn right_citations_keep_their_support_when_the_lines_are_a_little_off() {
    let (Some(original), Some(labels)) = (corpus(), shared("eval/000.citations.json")) else {
        return;
    };
    let labels: Value = serde_json::from_str(&read(&labels)).expect("the labels are JSON");
    let labels = labels["citations"].as_array().expect("there are citations");
    for off in [-10, -4, 0, 4, 10] {
        let place = |line: u32| {
            let label = labels.iter().find(|l| l["at"] == line && l.get("correct").is_some())?;
            let number = |n: usize| label["correct"]["lines"][n].as_i64().map(|l| l + off);
            let file = label["correct"]["ref"].as_str()?;
            Some(format!("{file} (lines {}-{})", number(0)?, number(1)?))
        };
        let mut files = original.clone();
        cite_elsewhere(&mut files, place);
        let (all, bad) = unsupported(&files, |line| place(line).is_some());
        println!("{bad} of {all} right citations {off} lines off are unsupported");
        assert!(all > 0, "no citation has a better place");
        assert_eq!(bad, 0, "of {all} right citations, {off} lines off");
    }
}
