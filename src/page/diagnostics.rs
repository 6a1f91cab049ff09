//! What is wrong with the content.

use std::collections::BTreeMap;

use super::{
    bare, code,
    model::{DiagnosedFile, DiagnosticsView, Finding, Page, Problems, View},
    site::Site,
};
use crate::{
    diag::{Diagnostic, Severity},
    path::RelPath,
    text::LineIndex,
};

/// The page of findings, already sorted.
pub fn page(site: &Site<'_>, diagnostics: &[Diagnostic]) -> Page {
    let route = site.route.diagnostics();
    let mut by_file: BTreeMap<&RelPath, Vec<Finding>> = BTreeMap::new();
    let mut indexes: BTreeMap<usize, LineIndex> = BTreeMap::new();
    for diagnostic in diagnostics {
        let file = site.file(&diagnostic.path);
        let (line, column) = match (diagnostic.span, file) {
            (Some(span), Some(file)) => {
                let text = site.bodies[file].text();
                let index = indexes.entry(file).or_insert_with(|| LineIndex::new(text));
                index.position(span.start, text)
            }
            _ => (0, 0),
        };
        by_file.entry(&diagnostic.path).or_default().push(Finding {
            code: diagnostic.code.name,
            code_href: site.href(&route, &site.route.code(diagnostic.code)),
            severity: severity(diagnostic.severity),
            line,
            column,
            message: diagnostic.message.clone(),
            help: diagnostic.help.clone().unwrap_or_default(),
        });
    }
    let files = by_file
        .into_iter()
        .map(|(path, findings)| DiagnosedFile {
            path: path.to_string(),
            href: site.file(path).map(|file| {
                let ix = site.graph.records.of_file(file);
                site.record_href(&route, ix)
            }),
            findings,
        })
        .collect();
    let codes = code::rows(site, &route);
    let view = DiagnosticsView { problems: problems(diagnostics), files, codes };
    bare(site, route, "Diagnostics", View::Diagnostics(view))
}

/// How many findings there are of each weight.
pub fn problems(diagnostics: &[Diagnostic]) -> Problems {
    let count = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
    Problems {
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        infos: count(Severity::Info),
    }
}

/// The word for a weight, as templates know it.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}
