//! The figures as JSON: `lacuna.v1.Coverage`, the same in the export and in `status`.

use serde_json::{Value, json};

use crate::graph::{
    drift::Drift,
    metrics::{Group, Metrics, Tally},
};

/// All figures.
pub fn coverage(metrics: &Metrics) -> Value {
    let groups = |groups: &[Group]| -> Vec<Value> {
        groups.iter().map(|group| counts(&group.label, group.tally)).collect()
    };
    let drift = |state| metrics.drift.of(state);
    json!({
        "targets": metrics.targets,
        "overall": counts("All gaps", metrics.overall),
        "by_priority": groups(&metrics.by_priority),
        "by_ledger": groups(&metrics.by_ledger),
        "by_category": groups(&metrics.by_category),
        "by_phase": groups(&metrics.by_phase),
        "by_kind": groups(&metrics.by_kind),
        "weighted": {
            "covered": metrics.weighted.covered,
            "counted": metrics.weighted.counted,
            "percent": metrics.weighted.percent(),
        },
        "drift": {
            "overclaimed": drift(Drift::Overclaimed),
            "underclaimed": drift(Drift::Underclaimed),
            "agrees": drift(Drift::Agrees),
            "unknown": drift(Drift::Unknown),
        },
    })
}

/// The figures of one group.
pub fn counts(label: &str, tally: Tally) -> Value {
    json!({
        "label": label,
        "covered": tally.covered,
        "partial": tally.partial,
        "uncovered": tally.uncovered,
        "waived": tally.waived,
        "total": tally.total(),
        "percent": tally.percent(),
    })
}
