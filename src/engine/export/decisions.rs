//! Decisions in the export: status on both axes, relations as written and as resolved.

use serde_json::{Value, json};

use crate::{
    graph::{
        decisions,
        record::{RecordIx, RecordKind},
    },
    page::site::Site,
};

/// Every decision, in the order of file and line.
pub fn decisions(site: &Site<'_>) -> Vec<Value> {
    let unlinked = &site.graph.rests.unlinked;
    let known = site.of_kind(RecordKind::Decision);
    known.filter_map(|ix| decision(site, ix, unlinked.binary_search(&ix).is_err())).collect()
}

fn decision(site: &Site<'_>, ix: RecordIx, linked: bool) -> Option<Value> {
    let record = site.record(ix);
    let decision = decisions::decision_of(site.corpus, record)?;
    let id = |ix: RecordIx| site.record(ix).id.as_str();
    let relations = &site.graph.decisions;
    let own = relations.of(ix).filter(|related| related.from == ix);
    let stated: Vec<Value> = own
        .map(|related| {
            json!({
                "kind": related.kind.name(),
                "extent": related.extent,
                "raw": related.raw,
                "to": related.to.map(id),
                "path": related.to.map(|to| &site.record(to).path),
            })
        })
        .collect();
    let by = relations.superseded(ix);
    Some(json!({
        "id": record.id,
        "number": decision.number,
        "title": record.title,
        "path": record.path,
        "line": record.lines.0,
        "url": site.route.of(ix),
        "status": decision.status.as_ref().map(|status| status.value.name()),
        "status_raw": decision.status.as_ref().map(|status| status.raw.as_str()),
        "implementation": decision.implementation.as_ref().map(|fact| fact.value.name()),
        "date": decision.date.as_ref().map(|date| date.value.as_str()),
        "date_raw": decision.date.as_ref().map(|date| date.raw.as_str()),
        "deciders": decision.deciders.as_ref().map(|fact| fact.value.clone()).unwrap_or_default(),
        "relations": stated,
        "superseded": by.is_some(),
        "superseded_by": by.into_iter().flatten().map(|ix| id(*ix)).collect::<Vec<_>>(),
        "linked": linked,
    }))
}
