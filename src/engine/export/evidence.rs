//! The part of the export that tells of evidence: support of citations, and use of research.

use serde_json::{Value, json};

use crate::{
    evidence::{
        Support,
        used::{Stretch, Used},
        verdict::{Measures, percent},
    },
    page::site::Site,
};

/// Whether a citation is supported, and what would support it better.
pub fn support(support: &Support) -> Value {
    let Measures { share, chance, title, around } = support.measures;
    let places: Vec<Value> = support
        .places
        .iter()
        .map(|place| {
            json!({
                "path": place.path,
                "start": place.lines.0,
                "end": place.lines.1,
                "words": place.words,
                "side": place.side.name(),
            })
        })
        .collect();
    json!({
        "verdict": support.verdict.name(),
        "why": support.why(),
        "share": percent(share),
        "chance": percent(chance),
        "title": percent(title),
        "around": percent(around),
        "found": support.found,
        "absent": support.absent,
        "places": places,
    })
}

/// Every research text with the lines of it that anybody cites, in the order of path.
pub fn research(site: &Site<'_>) -> Vec<Value> {
    site.evidence().used.iter().map(|(file, used)| text(site, *file, used)).collect()
}

fn text(site: &Site<'_>, file: usize, used: &Used) -> Value {
    let stretch = |stretch: &Stretch| json!({ "start": stretch.start, "end": stretch.end, "citations": stretch.citations });
    let demands: Vec<Value> = used
        .demands
        .iter()
        .map(|demand| {
            let text = format!("{} {} {}", demand.before, demand.word, demand.after);
            json!({
                "start": demand.lines.0,
                "end": demand.lines.1,
                "word": demand.word,
                "text": text.trim(),
            })
        })
        .collect();
    json!({
        "path": site.corpus.outlines[file].path,
        "url": site.route.of(site.graph.records.of_file(file)),
        "lines": used.lines,
        "cited": used.cited,
        "percent": used.percent(),
        "whole": used.whole,
        "cut_into": used.cut_into,
        "stretches": used.stretches.iter().map(stretch).collect::<Vec<_>>(),
        "demands": demands,
    })
}
