//! The public, versioned export: everything the site shows, for other programs. The format is
//! described in `schemas/lacuna/v1/`.

mod anchors;
pub(super) mod claims;
mod decisions;
mod evidence;
pub mod junit;
pub mod needs;
mod schemas;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Options, Reading, figures, ledgers, report};
use crate::{
    diag::Diagnostic,
    graph::{
        Graph,
        citation::Cited,
        coverage::{self, GapFinding, Orphan, TargetState, WaiverFinding},
        link::Dest,
        record::{Part, RecordIx},
    },
    model::gap::Gap,
    page::site::Site,
    path::RelPath,
    text::LineIndex,
};

/// The version of the format.
pub const VERSION: &str = "1";

/// The JSON Schema of the export. A test makes it of the messages in `schemas/lacuna/v1/`.
pub const SCHEMA: &str = include_str!("../../schemas/lacuna/v1/export.schema.json");

/// Everything that is known of the corpus, as one JSON value with keys in a fixed order.
pub fn export(
    reading: &Reading,
    graph: &Graph,
    diagnostics: &[Diagnostic],
    options: Options<'_>,
) -> Value {
    let lookups = super::lookups(reading, graph, options);
    let site = super::site(reading, graph, &lookups, options);
    let gaps: Vec<Value> =
        graph.gaps.iter().filter_map(|(ix, finding)| gap(&site, *ix, finding)).collect();
    let home = site.route.home();
    let records: Vec<Value> = graph
        .records
        .iter()
        .map(|(ix, record)| {
            json!({
                "id": record.id,
                "kind": record.kind.label(),
                "title": record.title,
                "path": record.path,
                "line": record.lines.0,
                "url": site.record_href(&home, ix),
                "short_url": site.short_address(ix).map(|short| format!("{}/", short.parent())),
                "section": site.graph.navigation.section_of(ix).map(|n| site.graph.navigation.sections[n].title.as_str()).filter(|title| !title.is_empty()),
            })
        })
        .collect();
    let links: Vec<Value> = graph
        .links
        .iter()
        .map(|link| {
            let to = link.to.record(&graph.records).map(|ix| graph.records.get(ix).id.clone());
            let (lines, citation) = match &link.to {
                Dest::Cited(_, cited) => (cited.lines, Some(cited.state.name())),
                _ => (None, None),
            };
            json!({
                "from": { "id": graph.records.get(link.from).id, "path": link.path, "line": link.line },
                "to": { "raw": link.raw, "id": to, "start": lines.map(|l| l.0), "end": lines.map(|l| l.1) },
                "kind": link.form.name(),
                "state": if link.to.holds() { "resolved" } else { "broken" },
                "citation": citation,
            })
        })
        .collect();
    json!({
        "version": VERSION,
        "site": report::this_site(&site),
        "reading_order": reading_order(&site),
        "coverage": figures::coverage(&graph.metrics),
        "gaps": gaps,
        "orphans": graph.orphans.iter().map(orphan).collect::<Vec<_>>(),
        "records": records,
        "decisions": decisions::decisions(&site),
        "citations": anchors::citations(reading),
        "ledgers": ledgers::ledgers(&site),
        "links": links,
        "statements": claims::statements(&site),
        "contradictions": claims::contradictions(&site),
        "research": evidence::research(&site),
        "schemas": schemas::packages(&site),
        "diagnostics": all_diagnostics(reading, diagnostics),
    })
}

/// The ids of all documents as one reads through them.
fn reading_order<'a>(site: &Site<'a>) -> Vec<&'a str> {
    let order = site.graph.navigation.order().iter();
    order.map(|ix| site.graph.records.get(*ix).id.as_str()).collect()
}

fn gap(site: &Site<'_>, ix: RecordIx, finding: &GapFinding) -> Option<Value> {
    let record = site.record(ix);
    let gap: &Gap = coverage::gap_of(site.corpus, record)?;
    let mut supports = site.evidence().of_gap(ix).iter();
    let evidence: Vec<Value> = finding
        .evidence
        .iter()
        .map(|(evidence, cited)| {
            json!({
                "support": supports.next().map(evidence::support),
                "anchor": anchors::of_evidence(&site.corpus, record, &evidence.citation),
                "ref": evidence.citation.target,
                "start": evidence.citation.lines.map(|l| l.0),
                "end": evidence.citation.lines.map(|l| l.1),
                "section": evidence.citation.section,
                "line": evidence.line,
                "state": cited.state.name(),
                "resolved": resolved(cited),
            })
        })
        .collect();
    let targets: Vec<Value> = finding
        .targets
        .iter()
        .map(|target| {
            json!({
                "path": target.name,
                "section": target.section.as_ref().or(target.anchor.as_ref()),
                "anchor": target.anchor,
                "group": target.role.group(),
                "intent": target.intent,
                "state": target.state.name(),
                "why": target.why,
                "line": target.named_at.map(|(line, _)| line),
                "resolved": target.path,
                "declared": target.declared_at.as_ref().map(|spot| json!({ "path": spot.path, "line": spot.line })),
            })
        })
        .collect();
    let ledger = (record.part != Part::Whole).then(|| record.path.clone());
    Some(json!({
        "id": record.id,
        "number": gap.number,
        "title": gap.title,
        "priority": gap.priority.as_ref().map(|p| p.value.name()),
        "priorities": gap.priorities.iter().map(claims::priority).collect::<Vec<_>>(),
        "claim": {
            "status": gap.claim.status,
            "raw": gap.claim.mentions.iter().map(|m| m.raw.as_str()).collect::<Vec<_>>(),
            "percent": gap.claim.percent.as_ref().map(|p| p.value),
        },
        "coverage": finding.coverage.name(),
        "why": finding.why,
        "waivers": finding.waivers.iter().map(waiver).collect::<Vec<_>>(),
        "drift": finding.drift.name(),
        "impact": gap.impact.as_ref().map(|i| i.value.as_str()),
        "category": gap.category.as_ref().map(|c| c.value.as_str()),
        "phase": gap.phase.as_ref().map(|p| p.value.as_str()),
        "effort": gap.effort.iter().map(|e| e.value.as_str()).collect::<Vec<_>>(),
        "evidence": evidence,
        "targets": targets,
        "depends_on": gap.depends_on.iter().map(|d| d.value.as_str()).collect::<Vec<_>>(),
        "tasks": gap.tasks,
        "defined_at": gap
            .defined_at
            .iter()
            .map(|line| json!({ "path": record.path, "line": line }))
            .collect::<Vec<_>>(),
        "read_by": gap.read_by,
        "ledger": ledger,
        "url": site.route.of(ix),
    }))
}

fn waiver(waiver: &WaiverFinding) -> Value {
    json!({
        "reason": waiver.reason,
        "owner": waiver.owner,
        "until": waiver.until,
        "state": waiver.state.name(),
        "path": waiver.by.path(),
        "line": waiver.line,
    })
}

fn orphan(orphan: &Orphan) -> Value {
    json!({
        "id": orphan.cover.id,
        "path": orphan.path,
        "line": orphan.cover.line,
        "section": orphan.cover.section,
        "nearest": orphan.nearest,
        "state": TargetState::Orphaned.name(),
    })
}

fn resolved(cited: &Cited) -> Option<Value> {
    let path = cited.path.as_ref()?;
    Some(json!({
        "path": path,
        "start": cited.lines.map(|l| l.0),
        "end": cited.lines.map(|l| l.1),
        "anchor": cited.anchor,
    }))
}

/// The lines of files, as far as they were counted; none for a file without text.
pub(super) type Counted<'a> = BTreeMap<RelPath, Option<(&'a str, LineIndex)>>;

/// Line and column of a diagnostic; the lines of a file are counted once.
pub(super) fn located<'a>(
    reading: &'a Reading,
    found: &Diagnostic,
    counted: &mut Counted<'a>,
) -> Option<(u32, u32)> {
    let index = counted.entry(found.path.clone()).or_insert_with_key(|path| {
        let text: &str = reading.text(path)?;
        Some((text, LineIndex::new(text)))
    });
    let (text, index) = index.as_ref()?;
    Some(index.position(found.span?.start, text))
}

fn all_diagnostics(reading: &Reading, diagnostics: &[Diagnostic]) -> Vec<Value> {
    let mut counted = BTreeMap::new();
    let one = |found: &Diagnostic| diagnostic(found, located(reading, found, &mut counted));
    diagnostics.iter().map(one).collect()
}

fn diagnostic(diagnostic: &Diagnostic, place: Option<(u32, u32)>) -> Value {
    json!({
        "code": diagnostic.code.name,
        "severity": diagnostic.severity,
        "path": diagnostic.path,
        "line": place.map(|(line, _)| line),
        "column": place.map(|(_, column)| column),
        "message": diagnostic.message,
        "help": diagnostic.help,
    })
}
