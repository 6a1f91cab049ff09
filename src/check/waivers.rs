//! Waivers that do not hold, and waivers of gaps that do not exist.

use std::collections::BTreeSet;

use super::Subject;
use crate::{
    diag::{Diagnostic, codes},
    graph::{
        coverage::{WaivedBy, WaiverFinding, WaiverState, gaps_named, nearest},
        record::RecordIx,
    },
    model::config::FILE_NAME,
    path::RelPath,
    text::Span,
};

/// Reports every waiver that does not do what it was written for.
pub fn check(subject: Subject<'_>) -> Vec<Diagnostic> {
    let mut found = of_nothing(subject);
    for (ix, finding) in &subject.graph.gaps {
        found.extend(finding.waivers.iter().filter_map(|waiver| broken(subject, *ix, waiver)));
    }
    found
}

fn broken(subject: Subject<'_>, ix: RecordIx, waiver: &WaiverFinding) -> Option<Diagnostic> {
    let (code, help) = match waiver.state {
        WaiverState::Holds => return None,
        WaiverState::Expired => {
            (&codes::WAIVER_EXPIRED, "fill the gap, or decide anew and move the date")
        }
        WaiverState::NoDay => (&codes::WAIVER_INCOMPLETE, "write the last day as YYYY-MM-DD"),
        WaiverState::WithoutReason | WaiverState::WithoutOwner => {
            (&codes::WAIVER_INCOMPLETE, "say why the gap stays open, and who answers for it")
        }
    };
    let record = subject.graph.records.get(ix);
    let (path, span) = match &waiver.by {
        WaivedBy::Record(path) => (path.clone(), waiver.span),
        WaivedBy::Configuration => (RelPath::new(FILE_NAME)?, waiver.span),
    };
    let message = format!("the waiver of {} ({}) {}", record.id, record.title, waiver.verdict());
    Some(at(Diagnostic::new(code, &path, message).help(help), span))
}

/// Waivers of the configuration whose id is that of no gap, or of several.
fn of_nothing(subject: Subject<'_>) -> Vec<Diagnostic> {
    let records = &subject.graph.records;
    let Some(path) = RelPath::new(FILE_NAME) else { return Vec::new() };
    let mut ids: Option<BTreeSet<&str>> = None;
    let mut found = Vec::new();
    for waiver in subject.corpus.waivers {
        let (message, help) = match gaps_named(records, waiver).len() {
            1 => continue,
            0 => {
                let ids = ids.get_or_insert_with(|| {
                    subject.graph.gaps.keys().map(|ix| records.get(*ix).id.as_str()).collect()
                });
                let help = match nearest(&waiver.gap, ids) {
                    Some(id) => format!("did you mean `{id}`?"),
                    None => "name a gap by its id, as the list of gaps shows it".to_owned(),
                };
                (format!("`{}` is waived, but is no gap", waiver.gap), help)
            }
            many => {
                let message = format!("`{}` is waived, but {many} gaps have this id", waiver.gap);
                (message, "give each gap an id of its own".to_owned())
            }
        };
        let diagnostic = Diagnostic::new(&codes::WAIVER_UNKNOWN, &path, message).help(help);
        found.push(at(diagnostic, waiver.span));
    }
    found
}

fn at(diagnostic: Diagnostic, span: Option<Span>) -> Diagnostic {
    match span {
        Some(span) => diagnostic.at(span),
        None => diagnostic,
    }
}
