//! Figures that ledgers state, told by documents: `tests/claims/*.md` hold prose, files in fences,
//! and the listing of what was stated, counted and contradicted. `LACUNA_BLESS=1` writes the
//! listings anew; read the difference before you keep it.

mod documents;

use std::fmt::Write;

use lacuna::{
    engine::{self, Options, Reading},
    graph::{Graph, contradiction::Surety},
    model::{config::Config, source::Facts},
    world::{Limits, Memory, Snapshot},
};

const INPUT: &str = "````markdown ";
const OUTPUT: &str = "````text\n";
const CLOSE: &str = "````\n";

#[test]
fn documents() {
    documents::check("tests/claims", bless);
}

/// The document with the listings that its files give now. Files up to a listing are one project.
fn bless(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    let mut files: Vec<(String, String)> = Vec::new();
    while let Some(at) = rest.find(INPUT) {
        let name_at = at + INPUT.len();
        let line_end = name_at + rest[name_at..].find('\n').expect("the fence has a line");
        let close = line_end + 1 + rest[line_end + 1..].find(CLOSE).expect("the file is closed");
        files.push((rest[name_at..line_end].to_owned(), rest[line_end + 1..close].to_owned()));
        let after = close + CLOSE.len();
        out.push_str(&rest[..after]);
        rest = &rest[after..];
        // Another file of the same project may follow.
        if rest.strip_prefix('\n').is_some_and(|rest| rest.starts_with(INPUT)) {
            continue;
        }
        let _ = write!(out, "\n{OUTPUT}{}{CLOSE}", listing(&files));
        files.clear();
        if let Some(old) = rest.strip_prefix('\n').and_then(|rest| rest.strip_prefix(OUTPUT)) {
            let end = old.find(CLOSE).expect("the listing is closed");
            rest = &old[end + CLOSE.len()..];
        }
    }
    out + rest
}

fn listing(files: &[(String, String)]) -> String {
    let world = Memory::new(files.iter().map(|(path, text)| (path, text.as_bytes())));
    let config = Config::default();
    let reading = Reading::of(&Snapshot::take(&world, &Limits::default()), &config);
    let options = Options { config: &config, folder_name: "test", today: None };
    let graph = engine::relate(&reading, options);
    let mut out = String::new();
    for file in graph.claims.keys() {
        ledger(&mut out, &reading, &graph, *file);
    }
    if out.is_empty() { "nothing\n".to_owned() } else { out }
}

fn ledger(out: &mut String, reading: &Reading, graph: &Graph, file: usize) {
    let outline = &reading.outlines[file];
    let Facts::Ledger(ledger) = &outline.facts else { return };
    let text = reading.text(&outline.path).expect("the file was read");
    for finding in &graph.claims[&file].findings {
        let stated = &ledger.statements[finding.statement];
        let words = &text[stated.span.start..stated.span.end];
        assert!(!words.trim().is_empty(), "the words of {} are nothing", stated.raw);
        let counted = finding.counted.as_deref().unwrap_or("nothing");
        let verdict = finding.verdict.name().replace('_', " ");
        let _ = writeln!(out, "{}: {} -> {verdict}, {counted} counted", stated.line, stated.raw);
        let _ = writeln!(out, "   {}", finding.how);
    }
    for one in &graph.claims[&file].contradictions {
        let gap = one.gap.map(|gap| format!(" {}", ledger.gaps[gap].title)).unwrap_or_default();
        let surety = if one.surety == Surety::Inferred { " (inferred)" } else { "" };
        let _ = writeln!(out, "contradiction in {}:{gap} {}{surety}", one.kind.name(), one.message);
        for side in &one.sides {
            let _ = writeln!(out, "   {}: {} \"{}\"", side.line, side.value, side.raw);
        }
    }
}
