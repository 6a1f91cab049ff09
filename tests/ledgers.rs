//! The gaps of gap analyses, told by documents: `tests/ledgers/*.md` hold prose, a gap analysis in
//! a fence, and the listing that reading it gives. `LACUNA_BLESS=1` writes the listings anew; read
//! the difference before you keep it.

#![expect(
    clippy::disallowed_methods,
    reason = "this test reads its own documents and runs the labels"
)]

mod documents;

use std::{fmt::Write, path::Path, process::Command, sync::Arc};

use lacuna::{
    model::{
        config::Config,
        gap::Gap,
        source::{Classified, Kind},
    },
    path::RelPath,
    read::{self, classify::Rules, ledger::vocabulary::Vocabulary},
};

const INPUT: &str = "````markdown\n";
const CONFIG: &str = "````toml\n";
const OUTPUT: &str = "````text\n";
const CLOSE: &str = "````\n";

#[test]
fn documents() {
    documents::check("tests/ledgers", bless);
}

/// The hand-made labels of real gap analyses, where they are; they are not part of the repository.
#[test]
fn labelled_ledgers() {
    let score = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/eval/score.py"));
    if !score.exists() {
        return;
    }
    let run = Command::new("python3")
        .arg(score)
        .args(["--bin", env!("CARGO_BIN_EXE_lacuna"), "--min-f1", "0.98", "--min-fields", "0.95"])
        .output()
        .expect("the labels are scored by python3");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stdout));
}

/// Ten thousand rows, headings and items, lists a hundred deep, fences that never close, a ledger
/// that cites itself: everything is read, in linear time, and nothing breaks.
#[test]
fn hostile_ledgers() {
    let rows: String = (0..10_000).map(|n| format!("| GAP-{n:05} | Rope {n} | open |\n")).collect();
    let table = format!("# Gap analysis\n\n| ID | Gap | Status |\n|---|---|---|\n{rows}");
    assert_eq!(gaps(&table, "").len(), 10_000);

    let headings: String =
        (1..5_000).map(|n| format!("### {n}. Rope {n}\n\n- **Status**: open\n\n")).collect();
    assert_eq!(gaps(&format!("# Review\n\n## Gaps\n\n{headings}"), "").len(), 4_999);

    let deep: String =
        (0..100).map(|n| format!("{}- **Rope {n}**: none\n", "  ".repeat(n))).collect();
    assert_eq!(gaps(&format!("# Review\n\n## Missing\n\n{deep}"), "").len(), 1);

    let fence = "# Gaps\n\n## Gap 1: Ropes\n\n```\n## Gap 2: Knots\n";
    assert_eq!(gaps(fence, "").len(), 1);

    let own = "# Gaps\n\n## GAP-1: Ropes\n\n- **Evidence**: gap-analysis.md (lines 3-5)\n- **Depends on**: GAP-1\n";
    assert_eq!(gaps(own, "")[0].evidence.len(), 1);

    let twice = "# Gaps\n\n## GAP-1: Ropes\n\nWords.\n\n## GAP-1: Sails\n\nWords.\n";
    assert_eq!(gaps(twice, "").len(), 2, "one id for two things gives two gaps");
}

/// The document with the listing of what is read from its ledger.
fn bless(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(INPUT) {
        let (input, after) = after.split_once(CLOSE).expect("the input's fence is closed");
        out.push_str(before);
        out.push_str(INPUT);
        out.push_str(input);
        out.push_str(CLOSE);
        let config = before.split_once(CONFIG).and_then(|(_, config)| config.split_once(CLOSE));
        let listing = listing(&gaps(input, config.map_or("", |(config, _)| config)));
        let here = after.find(INPUT).unwrap_or(after.len());
        let old = after[..here].split_once(OUTPUT);
        let (between, after) =
            match old.and_then(|(between, old)| Some((between, old.find(CLOSE)?))) {
                Some((between, end)) => {
                    (between, &after[between.len() + OUTPUT.len() + end + CLOSE.len()..])
                }
                None => ("\n", after),
            };
        let _ = write!(out, "{between}{OUTPUT}{listing}{CLOSE}");
        rest = after;
    }
    out + rest
}

fn gaps(text: &str, config: &str) -> Vec<Gap> {
    let config: Config = toml::from_str(config).expect("the configuration of a test is valid");
    let words: Vocabulary = Rules::new(&config).words().clone();
    let path = RelPath::new("docs/gap-analysis.md").expect("a good path");
    let classified = Classified { kind: Kind::Ledger, why: String::new() };
    let mut source = read::markdown::read(&path, classified, &Arc::from(text));
    read::ledger::read(&mut source, &words);
    source.outline.facts.gaps().to_vec()
}

/// One line a gap, and one a field.
fn listing(gaps: &[Gap]) -> String {
    let mut out = String::new();
    for gap in gaps {
        let number = gap.number.as_deref().unwrap_or("-");
        let status = gap.claim.status.name();
        let priority = gap.priority.as_ref().map_or("-", |own| own.value.name());
        let _ = writeln!(out, "{number} | {} | {priority} | {status}", gap.title);
        for found in &gap.read_by {
            let _ = writeln!(out, "  {} {}", found.line, found.rule);
        }
        if let Some(own) = &gap.priority {
            let _ = writeln!(out, "  {} priority: {} ({})", own.line, own.raw, own.rule);
        }
        for own in &gap.claim.mentions {
            let _ = writeln!(
                out,
                "  {} claim {}: {} ({})",
                own.line,
                own.value.name(),
                own.raw,
                own.rule
            );
        }
        let texts = [("impact", &gap.impact), ("category", &gap.category), ("phase", &gap.phase)];
        for (name, own) in texts.iter().filter_map(|(name, own)| Some((name, own.as_ref()?))) {
            let _ = writeln!(out, "  {} {name}: {} ({})", own.line, own.value, own.rule);
        }
        for own in &gap.effort {
            let _ = writeln!(out, "  {} effort: {} ({})", own.line, own.value, own.rule);
        }
        for own in &gap.evidence {
            let lines =
                own.citation.lines.map(|(a, b)| format!(" lines {a}-{b}")).unwrap_or_default();
            let _ = writeln!(out, "  {} evidence: {}{lines}", own.line, own.citation.target);
        }
        for own in &gap.targets {
            let _ = writeln!(out, "  {} target: {} ({:?})", own.line, own.name, own.intent);
        }
        for own in &gap.depends_on {
            let _ = writeln!(out, "  {} waits for: {}", own.line, own.value);
        }
        for own in &gap.tasks {
            let _ = writeln!(out, "  {} task: {} ({:?})", own.line, own.text, own.state);
        }
    }
    if gaps.is_empty() { "no gap\n".to_owned() } else { out }
}
