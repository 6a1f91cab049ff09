//! Gaps whose claim, target or dependency does not hold.

use super::Subject;
use crate::{
    diag::{Diagnostic, codes},
    graph::{
        coverage::{self, Coverage, GapFinding, Role, TargetFinding, TargetState},
        drift::{self, Drift},
        record::Record,
    },
    model::gap::{ClaimStatus, Gap},
    text::Span,
};

/// Reports what is wrong with gaps and their targets.
pub fn check(subject: Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (ix, finding) in &subject.graph.gaps {
        let record = subject.graph.records.get(*ix);
        let Some(gap) = coverage::gap_of(subject.corpus, record) else { continue };
        let place = place(subject, record, gap);
        found.extend(of_gap(record, gap, finding).into_iter().map(|d| match place {
            Some(span) if d.span.is_none() && d.path == record.path => d.at(span),
            _ => d,
        }));
    }
    found
}

/// Where a gap can be pointed at: its heading, else what it names.
pub(super) fn place(subject: Subject<'_>, record: &Record, gap: &Gap) -> Option<Span> {
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
    for target in &finding.targets {
        found.extend(of_target(&name, record, target));
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
    found
}

/// A name of several files, or one that says again what another says.
fn of_target(name: &str, record: &Record, target: &TargetFinding) -> Option<Diagnostic> {
    let (code, message, help) = match target.state {
        TargetState::Ambiguous => (
            &codes::TARGET_AMBIGUOUS,
            format!("`{}`, which would fill {name}, is no clear name: {}", target.name, target.why),
            "write the path from the root of the project",
        ),
        TargetState::Duplicate if target.role == Role::Offered => (
            &codes::TARGET_DUPLICATE,
            format!("this document says that it fills {name}, but {}", target.why),
            "name both in the gap if both are needed, or remove `covers`",
        ),
        TargetState::Duplicate => (
            &codes::TARGET_DUPLICATE,
            format!("`{}` is named twice for {name}: {}", target.name, target.why),
            "keep one; the second changes nothing",
        ),
        _ => return None,
    };
    let (path, span) = match (&target.named_at, &target.declared_at) {
        (None, Some(spot)) => (&spot.path, Some(spot.span)),
        (named, _) => (&record.path, named.map(|(_, span)| span)),
    };
    let diagnostic = Diagnostic::new(code, path, message).help(help);
    Some(match span {
        Some(span) => diagnostic.at(span),
        None => diagnostic,
    })
}
