//! What a ledger states of itself, what was counted, and where it contradicts itself.

use std::fmt::Write as _;

use crate::{
    graph::{Corpus, Graph, contradiction::Surety},
    model::source::Facts,
};

/// Writes both, when the file is a ledger that has them.
pub fn of_ledger(out: &mut String, graph: &Graph, corpus: Corpus<'_>, file: usize) {
    let Some(claims) = graph.claims.get(&file) else { return };
    let Facts::Ledger(ledger) = &corpus.outlines[file].facts else { return };
    if !claims.findings.is_empty() {
        out.push_str("\nfigures it states\n");
    }
    // A String takes every write.
    for finding in &claims.findings {
        let stated = &ledger.statements[finding.statement];
        let verdict = finding.verdict.name().replace('_', " ");
        let _ = writeln!(
            out,
            "  `{}` {verdict}: {} (line {}: {})",
            stated.raw, finding.how, stated.line, stated.rule
        );
    }
    if !claims.contradictions.is_empty() {
        out.push_str("\ncontradictions in it\n");
    }
    let parts = graph.records.parts_of(file);
    for one in &claims.contradictions {
        let gap = one.gap.and_then(|gap| parts.get(gap)).map(|gap| graph.records.get(*gap));
        let gap =
            gap.map(|record| format!("{} ({}) ", record.id, record.title)).unwrap_or_default();
        let inferred =
            if one.surety == Surety::Inferred { " (inferred from free words)" } else { "" };
        let _ = writeln!(out, "  {gap}{}{inferred}", one.message);
        for side in &one.sides {
            let _ = writeln!(out, "    {} `{}` (line {})", side.value, side.raw, side.line);
        }
    }
}
