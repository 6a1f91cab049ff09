//! Documents that declare to fill a gap which does not exist, or by a section which does not.

use super::Subject;
use crate::{
    diag::{Diagnostic, codes},
    graph::coverage,
};

/// Reports declarations that lead nowhere.
pub fn check(subject: Subject<'_>) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = subject
        .graph
        .orphans
        .iter()
        .map(|orphan| {
            let message = format!("this document covers `{}`, which is no gap", orphan.cover.id);
            let help = match &orphan.nearest {
                Some(id) => format!("did you mean `{id}`?"),
                None => "name a gap by its id, as the list of gaps shows it".to_owned(),
            };
            Diagnostic::new(&codes::GAP_UNKNOWN_COVERS, &orphan.path, message)
                .at(orphan.cover.span)
                .help(help)
        })
        .collect();
    for outline in subject.corpus.outlines {
        for cover in &outline.covers {
            let Some(section) = &cover.section else { continue };
            if coverage::heading(outline, section).is_none() {
                let message = format!(
                    "`{}` is covered by the section `{section}`, which this document does not have",
                    cover.id
                );
                let diagnostic = Diagnostic::new(&codes::BROKEN_ANCHOR, &outline.path, message);
                found.push(diagnostic.at(cover.span).help("name a heading by its anchor or title"));
            }
        }
    }
    found
}
