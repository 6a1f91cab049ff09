//! Ids that several records have.

use super::Subject;
use crate::{
    diag::{Diagnostic, codes},
    graph::record::RecordKind,
};

/// Reports every record but the first of an id.
pub fn check(subject: Subject<'_>) -> Vec<Diagnostic> {
    let records = &subject.graph.records;
    let mut found = Vec::new();
    for (name, holders) in records.shared_names() {
        let first = records.get(holders[0]);
        for ix in &holders[1..] {
            let record = records.get(*ix);
            // Symbols have a rule of their own; logs in different folders count on their own.
            let apart = record.kind == RecordKind::Decision
                && first.kind == RecordKind::Decision
                && record.path.parent() != first.path.parent();
            // Nobody wrote the id of a decision that is only numbered; its number has a rule.
            let numbered = record.kind == RecordKind::Decision
                && first.kind == RecordKind::Decision
                && [first, record]
                    .iter()
                    .all(|record| subject.corpus.outlines[record.file].front.id.is_none());
            if record.kind == RecordKind::Symbol || apart || numbered {
                continue;
            }
            let message = format!("the id `{name}` is already taken by {}", place(first));
            let diagnostic = Diagnostic::new(&codes::DUPLICATE_ID, &record.path, message)
                .help("give one of them another id, so that a link can mean one record");
            found.push(diagnostic);
        }
    }
    found
}

fn place(record: &crate::graph::record::Record) -> String {
    format!("{}:{}", record.path, record.lines.0)
}
