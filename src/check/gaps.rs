//! Gaps whose claim, target, dependency or waiver does not hold.

use super::Subject;
use crate::{
    diag::{Diagnostic, codes},
    graph::{
        coverage::{self, Coverage, GapFinding},
        drift::{self, Drift},
        record::Record,
    },
    model::gap::{ClaimStatus, Gap},
    text::Span,
};

/// Reports what is wrong with gaps, and documents that cover gaps which do not exist.
pub fn check(subject: Subject<'_>) -> Vec<Diagnostic> {
    let mut found = orphans(subject);
    for (ix, finding) in &subject.graph.gaps {
        let record = subject.graph.records.get(*ix);
        let Some(gap) = coverage::gap_of(subject.corpus, record) else { continue };
        let place = place(subject, record, gap);
        found.extend(of_gap(record, gap, finding).into_iter().map(|d| match place {
            Some(span) => d.at(span),
            None => d,
        }));
    }
    found
}

/// Where a gap can be pointed at: its heading, else what it names.
fn place(subject: Subject<'_>, record: &Record, gap: &Gap) -> Option<Span> {
    let headings = &subject.corpus.outlines[record.file].headings;
    let heading = headings.iter().find(|h| gap.anchor.as_deref() == Some(&h.anchor));
    let named = gap.targets.first().map(|target| target.span);
    heading.map(|h| h.span).or(named).or_else(|| gap.evidence.first().map(|e| e.span))
}

fn of_gap(record: &Record, gap: &Gap, finding: &GapFinding) -> Vec<Diagnostic> {
    let name = format!("{} ({})", record.id, record.title);
    let mut found = Vec::new();
    if finding.targets.is_empty() && finding.coverage != Coverage::Waived {
        let message = format!("{name} names no document to fill it");
        found.push(
            Diagnostic::new(&codes::GAP_WITHOUT_TARGET, &record.path, message)
                .help("name the document to write, or let a document declare `covers`"),
        );
    }
    // A part claimed in vain is on the drift board; only what is called finished is a finding.
    if finding.drift == Drift::Overclaimed && drift::claimed(&gap.claim) == ClaimStatus::Done {
        let said = gap.claim.mentions.iter().find(|m| m.value == ClaimStatus::Done);
        let words = said.map(|m| format!(" by `{}` on line {}", m.raw, m.line)).unwrap_or_default();
        let message =
            format!("{name} is claimed done{words}, but it is {}", finding.coverage.name());
        let why = finding.targets.iter().map(|t| format!("{} {}", t.name, t.state.name()));
        let why: Vec<String> = why.collect();
        found.push(
            Diagnostic::new(&codes::GAP_OVERCLAIMED, &record.path, message)
                .help(if why.is_empty() { "no target is named".into() } else { why.join(", ") }),
        );
    }
    for (words, to) in &finding.depends_on {
        if to.is_none() {
            let message = format!("{name} depends on `{words}`, which is no gap");
            found.push(
                Diagnostic::new(&codes::DEPENDS_ON_UNKNOWN, &record.path, message)
                    .help("name a gap by its id, or by its number in the same file"),
            );
        }
    }
    if let Some(waiver) = &gap.waiver
        && (waiver.reason.is_none() || waiver.owner.is_none())
    {
        let message = format!("the waiver of {name} lacks a reason or an owner");
        found.push(
            Diagnostic::new(&codes::WAIVER_INCOMPLETE, &record.path, message)
                .help("say why the gap stays open, and who answers for it"),
        );
    }
    found
}

fn orphans(subject: Subject<'_>) -> Vec<Diagnostic> {
    let records = &subject.graph.records;
    let mut found = Vec::new();
    for outline in subject.corpus.outlines {
        for id in &outline.front.covers {
            let is_gap = records.named(id).iter().any(|ix| subject.graph.gaps.contains_key(ix));
            if !is_gap {
                let message = format!("this document covers `{id}`, which is no gap");
                found.push(
                    Diagnostic::new(&codes::GAP_UNKNOWN_COVERS, &outline.path, message)
                        .at(Span::new(0, 0))
                        .help("name a gap by its id, as the list of gaps shows it"),
                );
            }
        }
    }
    found
}
