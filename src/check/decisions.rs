//! Relations between decisions that do not hold.

use super::Subject;
use crate::{
    diag::{Diagnostic, codes},
    model::decision::RelationKind,
};

/// Reports supersession of unknown decisions, and circles.
pub fn check(subject: Subject<'_>) -> Vec<Diagnostic> {
    let relations = &subject.graph.decisions;
    let records = &subject.graph.records;
    let supersedes = |kind| matches!(kind, RelationKind::Supersedes | RelationKind::SupersededBy);
    let unknown = relations.all.iter().filter(|r| r.to.is_none() && supersedes(r.kind)).map(|r| {
        let message = format!("no decision is `{}`", r.raw);
        Diagnostic::new(&codes::SUPERSEDES_UNKNOWN, &r.path, message)
            .at(r.span)
            .help("name the other decision by its number, its id or its file")
    });
    let circles = relations.cycles.iter().map(|cycle| {
        let ids: Vec<&str> = cycle.iter().map(|ix| records.get(*ix).id.as_str()).collect();
        let message = format!("decisions supersede each other in a circle: {}", ids.join(", "));
        Diagnostic::new(&codes::SUPERSESSION_CYCLE, &records.get(cycle[0]).path, message)
            .help("one of them is the newest: correct its status")
    });
    unknown.chain(circles).collect()
}
