//! The part of `explain GAP` that tells whether the cited lines speak of the gap.

use std::fmt::Write as _;

use crate::{
    engine::Reading,
    evidence::{Side, Support},
    graph::{Graph, record::RecordIx},
};

/// One paragraph a citation of the record; nothing for a record that cites no evidence.
pub fn of_record(reading: &Reading, graph: &Graph, ix: RecordIx) -> String {
    let Some(finding) = graph.gaps.get(&ix) else { return String::new() };
    let supports = reading.evidence(graph).of_gap(ix);
    let mut out = String::new();
    for ((evidence, _), support) in finding.evidence.iter().zip(supports) {
        let target = &evidence.citation.target;
        let lines = evidence.citation.lines.map(|(a, b)| format!(" lines {a}-{b}"));
        let place = format!("{target}{} (line {})", lines.unwrap_or_default(), evidence.line);
        paragraph(&mut out, &place, support);
    }
    out
}

fn paragraph(out: &mut String, place: &str, support: &Support) {
    // A String takes every write.
    let _ = writeln!(
        out,
        "  {:<11} {place} -> {}: {}",
        "support",
        support.verdict.name(),
        support.why()
    );
    for (name, words) in [("has", &support.found), ("lacks", &support.absent)] {
        if !words.is_empty() {
            let _ = writeln!(out, "  {:<11}   {name} {}", "", words.join(", "));
        }
    }
    for better in &support.places {
        let side = match better.side {
            Side::Within => "said in",
            Side::Elsewhere => "better",
        };
        let (start, end) = better.lines;
        let _ =
            writeln!(out, "  {:<11}   {side} {}:{start}-{end} “{}”", "", better.path, better.words);
    }
}
