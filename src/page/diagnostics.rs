//! What is wrong with the content.

use std::{collections::BTreeMap, ops::Range};

use super::{
    bare, board, code,
    model::{DiagnosedFile, DiagnosticsView, Finding, Page, Problems, View},
    site::Site,
};
use crate::{
    diag::{Diagnostic, Severity, codes},
    path::RelPath,
    text::{
        LineIndex,
        parts::{PAGE, escaped, fill},
    },
};

/// What surrounds the words of a finding, in bytes of HTML.
const FINDING: usize = 350;

/// The pages of findings, already sorted.
pub fn pages(site: &Site<'_>, diagnostics: &[Diagnostic]) -> Vec<Page> {
    let mut listing = Listing::of(diagnostics);
    (1..=listing.parts.len()).map(|n| listing.page(site, n)).collect()
}

/// How many pages findings fill.
pub fn count(diagnostics: &[Diagnostic]) -> usize {
    parts(diagnostics).len()
}

/// The findings page by page. A path may stand above each of them.
fn parts(diagnostics: &[Diagnostic]) -> Vec<Range<usize>> {
    let size = |one: &Diagnostic| {
        let help = one.help.as_deref().unwrap_or_default();
        FINDING + escaped(&one.message) + escaped(help) + escaped(one.path.as_str())
    };
    // The first page lists every code too.
    let first = codes::ALL.len() * 250;
    fill(std::iter::once(first).chain(diagnostics.iter().map(size)), PAGE)
        .into_iter()
        .map(|part| part.start.saturating_sub(1)..part.end - 1)
        .collect()
}

/// One page of findings, counted from 1, which are already sorted.
pub fn page(site: &Site<'_>, all: &[Diagnostic], n: usize) -> Page {
    Listing::of(all).page(site, n)
}

/// All findings, with what every page of them asks for and what is worked out once.
struct Listing<'a> {
    all: &'a [Diagnostic],
    parts: Vec<Range<usize>>,
    problems: Problems,
    /// The lines of files that have findings, as far as they were asked for.
    indexes: BTreeMap<usize, LineIndex>,
}

impl<'a> Listing<'a> {
    fn of(all: &'a [Diagnostic]) -> Self {
        Self { all, parts: parts(all), problems: problems(all), indexes: BTreeMap::new() }
    }

    fn page(&mut self, site: &Site<'_>, n: usize) -> Page {
        let Self { all, parts, problems, indexes } = self;
        let route = site.route.diagnostics(n);
        let here = parts.get(n - 1).cloned().unwrap_or_default();
        let diagnostics = &all[here];
        let mut by_file: BTreeMap<&RelPath, Vec<Finding>> = BTreeMap::new();
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
        let view = DiagnosticsView {
            problems: *problems,
            files,
            shown: diagnostics.len(),
            codes: if n == 1 { code::rows(site, &route) } else { Vec::new() },
            pager: board::pager(site, &route, (n, parts.len()), |n| site.route.diagnostics(n)),
        };
        let title = if n > 1 { format!("Diagnostics, page {n}") } else { "Diagnostics".to_owned() };
        bare(site, route, &title, View::Diagnostics(view))
    }
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
