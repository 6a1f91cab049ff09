//! What ledgers state of themselves, and where they contradict themselves.

use serde_json::{Value, json};

use crate::{
    graph::contradiction::Side,
    model::{Fact, gap::Priority, source::Facts, statement::Subject},
    page::site::Site,
};

/// Every figure that a ledger states, with what was counted, in the order of file and place.
pub fn statements(site: &Site<'_>) -> Vec<Value> {
    let mut found = Vec::new();
    for (file, claims) in &site.graph.claims {
        let outline = &site.corpus.outlines[*file];
        let Facts::Ledger(ledger) = &outline.facts else { continue };
        found.extend(claims.findings.iter().map(|finding| {
            let stated = &ledger.statements[finding.statement];
            json!({
                "ledger": outline.path,
                "line": stated.line,
                "raw": stated.raw,
                "about": about(&stated.subject),
                "stated": stated.amount.to_string(),
                "counted": finding.counted,
                "verdict": finding.verdict.name(),
                "how": finding.how,
                "rule": stated.rule,
            })
        }));
    }
    found
}

/// Everything that a ledger says twice in two ways.
pub fn contradictions(site: &Site<'_>) -> Vec<Value> {
    let mut found = Vec::new();
    for (file, claims) in &site.graph.claims {
        let parts = site.graph.records.parts_of(*file);
        found.extend(claims.contradictions.iter().map(|one| {
            let gap = one.gap.and_then(|gap| parts.get(gap));
            json!({
                "ledger": site.corpus.outlines[*file].path,
                "kind": one.kind.name(),
                "gap": gap.map(|gap| site.record(*gap).id.as_str()),
                "surety": one.surety,
                "message": one.message,
                "mentions": one.sides.iter().map(mention).collect::<Vec<_>>(),
            })
        }));
    }
    found
}

/// One place that gives a gap a priority.
pub fn priority(fact: &Fact<Priority>) -> Value {
    json!({ "line": fact.line, "value": fact.value.name(), "raw": fact.raw })
}

fn mention(side: &Side) -> Value {
    json!({ "line": side.line, "value": side.value, "raw": side.raw })
}

/// What a figure is about.
pub fn about(subject: &Subject) -> &'static str {
    match subject {
        Subject::Gaps { .. } => "gaps",
        Subject::Breakdown { .. } => "breakdown",
        Subject::Progress { .. } => "progress",
        Subject::Size { .. } => "size",
        Subject::Sum { .. } => "sum",
        Subject::Mean { .. } => "mean",
        Subject::Product { .. } => "product",
        Subject::Share { .. } => "share",
        Subject::Effort { .. } => "effort",
    }
}
