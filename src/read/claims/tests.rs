//! What is read as a statement, and what is not.

use std::sync::Arc;

use crate::{
    model::source::{Classified, Facts, Kind},
    path::RelPath,
    read,
};

/// Each statement as `line: words (rule)`.
fn stated(text: &str) -> Vec<String> {
    let path = RelPath::new("docs/gap-analysis.md").expect("a good path");
    let classified = Classified { kind: Kind::Ledger, why: String::new() };
    let source =
        read::read(&path, classified, &Arc::from(text), &read::ledger::vocabulary::SHIPPED);
    let shown = |one: &crate::model::statement::Statement| {
        assert_eq!(
            text[one.span.start..one.span.end].lines().count().max(1) as u32,
            1 + text[one.span.start..one.span.end].matches('\n').count() as u32
        );
        format!("{}: {} ({})", one.line, one.raw, one.rule)
    };
    let Facts::Ledger(ledger) = source.outline.facts else { panic!("a ledger") };
    ledger.statements.iter().map(shown).collect()
}

#[test]
fn counts_of_gaps_in_ten_languages() {
    for text in [
        "We found 27 gaps.",
        "Insgesamt 27 Lücken.",
        "Nous avons relevé 27 lacunes au total.",
        "Hay 27 brechas en total.",
        "Foram encontradas 27 lacunas.",
        "Sono 27 lacune in totale.",
        "Er zijn 27 hiaten gevonden.",
        "Всего 27 пробелов.",
        "共27个差距。",
        "合計27件のギャップ。",
    ] {
        let found = stated(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
    }
}

#[test]
fn what_only_looks_like_a_claim_is_none() {
    for text in [
        "## Priority 1 Gaps (HIGH)",
        "The top 10 gaps come first.",
        "Monitoring is 24/7, gaps or not.",
        "Since v2.7 gaps are closed faster.",
        "In 2024 gaps were rare? On 2025-10-30 gaps.",
        "The audit says \"45 gaps were found in total\".",
        "> All 45 gaps were found elsewhere.",
        "```\nTotal gaps: 45\n```",
        "`Total gaps: 45`",
        "[All 45 gaps](other.md)",
        "~~Total gaps: 45~~",
        "If all 45 gaps were closed, we could ship.",
        "We close 3 gaps per week.",
        "Another 4 gaps wait in all.",
        "### 2. Gaps in total",
        "Gap 7 gaps a lot.",
        "See lines 10-20 of X.md and add 50 lines to X.md.",
        "12 weeks. Gaps remain.",
        "Latency fell 30% overall for users.",
    ] {
        let found = stated(text);
        assert!(found.is_empty(), "{text}: {found:?}");
    }
}
