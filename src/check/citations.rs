//! Citations that do not hold.

use super::Subject;
use crate::{
    diag::{Diagnostic, codes},
    graph::{
        citation::CitedState,
        link::{Dest, Form},
    },
};

/// Reports citations past the end of a file, and evidence that no file or several files fit.
pub fn check(subject: Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for link in subject.graph.links.iter() {
        let Dest::Cited(_, cited) = &link.to else { continue };
        let raw = &link.raw;
        let path = cited.path.as_ref().map(ToString::to_string).unwrap_or_default();
        let lines = cited
            .path
            .as_ref()
            .and_then(|path| subject.corpus.outlines.binary_search_by(|o| o.path.cmp(path)).ok())
            .map_or(0, |file| subject.corpus.outlines[file].lines);
        let itself = link.form == Form::Evidence && cited.path.as_ref() == Some(&link.path);
        let (code, message, help) = match (cited.state, link.form) {
            (state, _) if itself && state.holds() => (
                &codes::GAP_CITES_ITSELF,
                format!("{path} is given as evidence of a gap it states itself"),
                "cite the research or the source that shows the gap",
            ),
            (CitedState::PastEnd, _) => (
                &codes::CITATION_PAST_END,
                format!("the cited lines do not exist: {path} has {lines} lines"),
                "cite lines of this file, or of the original it was cut from",
            ),
            (CitedState::Missing, Form::Evidence) if names_a_file(raw) => (
                &codes::CITATION_FILE_MISSING,
                format!("the evidence `{raw}` is no file of this project"),
                "cite a file by its path or its name",
            ),
            (CitedState::SectionMissing, Form::Evidence) => (
                &codes::CITATION_FILE_MISSING,
                format!("{path} has no such section"),
                "cite a heading by its number, its words or its anchor",
            ),
            (CitedState::Ambiguous, Form::Evidence) => (
                &codes::CITATION_AMBIGUOUS,
                format!("several files have the name `{raw}`"),
                "cite it by its path",
            ),
            _ => continue,
        };
        found.push(Diagnostic::new(code, &link.path, message).at(link.span).help(help));
    }
    // Evidence in a ledger is also a citation of its text: one place is reported once.
    found.sort_by_key(|d| (d.path.clone(), d.span, d.code.name));
    found.dedup_by(|a, b| a.path == b.path && a.span == b.span && a.code == b.code);
    found
}

/// Whether evidence names a file: `Manual, page 3` and `REQ-024` are sources outside the project.
fn names_a_file(raw: &str) -> bool {
    let chunk = raw.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("chunk"));
    let name = raw.split(['(', ',', ':']).next().unwrap_or(raw).trim();
    chunk
        || !name.contains(char::is_whitespace) && name.contains(['.', '/']) && !raw.contains("://")
}
