//! Citations whose text is no longer where it was accepted.

use super::Subject;
use crate::{
    diag::{Diagnostic, codes},
    graph::anchor::Finding,
};

/// Reports moved, edited, ambiguous and lost texts, at each place that cites them.
pub fn check(subject: Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for one in &subject.corpus.anchors.all {
        let (code, help) = match &one.finding {
            Finding::New | Finding::Exact => continue,
            Finding::Moved(to) if to.write.is_some() => {
                (&codes::CITATION_MOVED, "`lacuna cite --fix` writes the new numbers")
            }
            Finding::Moved(_) => (&codes::CITATION_MOVED, "cite the text where it stands now"),
            Finding::Edited(_) => (
                &codes::CITATION_EDITED,
                "`lacuna cite --check` shows what changed; accept it with `lacuna cite --accept`",
            ),
            Finding::Ambiguous(_) => (&codes::CITATION_AMBIGUOUS, "cite the place that is meant"),
            Finding::Lost | Finding::FileMissing => (
                &codes::CITATION_LOST,
                "cite what took its place, or take the citation away; then `lacuna cite --accept`",
            ),
        };
        for (_, span) in &one.places {
            let diagnostic = Diagnostic::new(code, &one.key.file, one.reason());
            found.push(diagnostic.at(*span).help(help));
        }
    }
    found
}
