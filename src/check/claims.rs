//! Figures of a ledger that do not hold, and what it says twice in two ways.

use super::{Subject, gaps};
use crate::{
    diag::{Diagnostic, codes},
    graph::{
        claims::{Finding, Verdict},
        contradiction::{Contradiction, Surety},
        record::Record,
    },
    model::{ledger::Ledger, source::Facts},
};

/// Reports both for every ledger.
pub fn check(subject: Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (file, claims) in &subject.graph.claims {
        let outline = &subject.corpus.outlines[*file];
        let Facts::Ledger(ledger) = &outline.facts else { continue };
        let differs = claims.findings.iter().filter(|f| f.verdict == Verdict::Differs);
        found.extend(differs.map(|finding| {
            let stated = &ledger.statements[finding.statement];
            Diagnostic::new(&codes::CLAIM_DIFFERS, &outline.path, differs_message(finding, ledger))
                .at(stated.span)
                .help(finding.how.clone())
        }));
        let parts = subject.graph.records.parts_of(*file);
        let plain = claims.contradictions.iter().filter(|one| one.surety == Surety::Plain);
        found.extend(plain.map(|one| {
            let gap = one.gap.and_then(|gap| {
                Some((subject.graph.records.get(*parts.get(gap)?), ledger.gaps.get(gap)?))
            });
            let message = contradiction_message(one, gap.map(|(record, _)| record));
            let found = Diagnostic::new(&codes::LEDGER_CONTRADICTION, &outline.path, message)
                .help(sides(one));
            // The heading above is near enough for what stands in several places.
            let first = one.sides.first().map_or(0, |side| side.line);
            let above = outline.headings.iter().rfind(|heading| heading.line <= first);
            let of_gap = gap.and_then(|(record, gap)| gaps::place(subject, record, gap));
            match of_gap.or(above.map(|heading| heading.span)) {
                Some(span) => found.at(span),
                None => found,
            }
        }));
    }
    found
}

fn differs_message(finding: &Finding, ledger: &Ledger) -> String {
    let counted = finding.counted.as_deref().unwrap_or_default();
    format!("`{}` does not hold: {counted} counted", ledger.statements[finding.statement].raw)
}

fn contradiction_message(one: &Contradiction, record: Option<&Record>) -> String {
    match record {
        Some(record) => format!("{} ({}) {}", record.id, record.title, one.message),
        None => one.message.clone(),
    }
}

/// Where each side stands, the first few.
fn sides(one: &Contradiction) -> String {
    let shown: Vec<String> = one
        .sides
        .iter()
        .take(4)
        .map(|side| format!("line {}: `{}`", side.line, side.raw))
        .collect();
    let more = if one.sides.len() > shown.len() { ", …" } else { "" };
    shown.join(", ") + more
}
