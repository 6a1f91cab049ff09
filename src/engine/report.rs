//! What `lacuna status` and `lacuna next` say, as JSON: `lacuna.v1.Status` and `lacuna.v1.Plan`.
//! The version is that of the export, and changes with it.

use serde_json::{Value, json};

use super::{export::VERSION, figures};
use crate::{
    graph::verdict::{self, Verdict},
    page::{
        drift,
        model::{DriftRow, PlanEvidence, PlanGap, PlanStep, PlanView, Sought, SoughtFile},
        site::Site,
        sought,
    },
};

/// The state of every gap, the worst last.
pub fn status(site: &Site<'_>) -> Value {
    let verdicts = verdict::worst_last(site.corpus, site.graph);
    let empty = site.graph.gaps.is_empty();
    json!({
        "version": VERSION,
        "site": this_site(site),
        "coverage": figures::coverage(&site.graph.metrics),
        "verdicts": verdicts.iter().map(|verdict| of_gap(site, verdict)).collect::<Vec<_>>(),
        "drift": board(site),
        "sought": empty.then(|| looked_for(&sought::of(site, &site.route.home()))),
    })
}

/// The plan, as far as its view goes.
pub fn plan(site: &Site<'_>, view: &PlanView) -> Value {
    json!({
        "version": VERSION,
        "site": this_site(site),
        "coverage": figures::counts("All gaps", site.graph.metrics.overall),
        "documents": site.graph.plan.steps.len(),
        "steps": view.steps.iter().map(step).collect::<Vec<_>>(),
        "without_target": view.without_target.iter().map(planned).collect::<Vec<_>>(),
        "weights": site.corpus.weights,
    })
}

/// What is known of the site apart from its content.
pub fn this_site(site: &Site<'_>) -> Value {
    let repository = site.corpus.repository.map(|repository| repository.web.as_str());
    json!({ "title": site.title, "base_url": site.base_url, "repository": repository })
}

fn of_gap(site: &Site<'_>, verdict: &Verdict) -> Value {
    let record = site.record(verdict.gap);
    json!({
        "id": record.id,
        "title": record.title,
        "priority": verdict.priority.map(|priority| priority.name()),
        "coverage": verdict.coverage.name(),
        "drift": verdict.drift.name(),
        "reason": verdict.reason,
        "path": record.path,
        "line": record.lines.0,
        "url": site.route.of(verdict.gap),
    })
}

fn board(site: &Site<'_>) -> Vec<Value> {
    let rows = drift::rows(site, &site.route.home(), usize::MAX);
    let words = |row: &DriftRow| -> Vec<Value> {
        row.words.iter().map(|w| json!({ "text": w.text, "line": w.line })).collect()
    };
    let row = |row: &DriftRow| {
        json!({
            "id": row.id,
            "drift": row.drift,
            "claim": row.claim,
            "words": words(row),
            "coverage": row.coverage,
            "reason": row.reason,
            "points": row.points,
            "weight": row.weight,
        })
    };
    rows.iter().map(row).collect()
}

fn looked_for(sought: &Sought) -> Value {
    let ledger = |file: &SoughtFile| json!({ "path": file.path, "why": file.why });
    let shape = |(what, example): &(&str, &str)| json!({ "what": what, "example": example });
    json!({
        "files": sought.files,
        "ledger": sought.ledger,
        "record": sought.record,
        "ledgers": sought.ledgers.iter().map(ledger).collect::<Vec<_>>(),
        "shapes": sought.shapes.iter().map(shape).collect::<Vec<_>>(),
        "help": sought.help,
    })
}

fn step(step: &PlanStep) -> Value {
    json!({
        "document": step.document,
        "url": step.href,
        "work": step.work,
        "gain": step.gain,
        "fills": step.fills.iter().map(planned).collect::<Vec<_>>(),
        "helps": step.helps.iter().map(planned).collect::<Vec<_>>(),
        "covered": step.after.covered,
        "percent": step.after.percent,
        "evidence": step.evidence.iter().map(place).collect::<Vec<_>>(),
    })
}

fn planned(gap: &PlanGap) -> Value {
    json!({
        "id": gap.id,
        "title": gap.link.title,
        "priority": Some(gap.priority).filter(|priority| !priority.is_empty()),
        "effort": gap.effort,
        "waits_for": gap.waits_for,
        "url": gap.link.href,
    })
}

fn place(place: &PlanEvidence) -> Value {
    json!({
        "path": place.path,
        "start": place.lines.map(|lines| lines.0),
        "end": place.lines.map(|lines| lines.1),
        "section": place.section,
        "state": place.state,
        "words": place.words,
        "url": place.href,
        "gaps": place.gaps,
    })
}
