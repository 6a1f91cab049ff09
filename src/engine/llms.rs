//! `llms.txt`: what the site is, and where a program finds what (llmstxt.org).

use super::output::OutputSet;
use crate::{
    diag::Diagnostic,
    graph::record::{RecordIx, RecordKind},
    page::{
        self, Job,
        route::twin,
        site::Site,
        table::{Ending, Table},
    },
    path::RelPath,
    render::twin::{escape, link_as_is},
};

/// So many records of one kind are named; the list of the kind has all.
const MOST: usize = 100;

/// Adds the file.
pub fn add(site: &Site<'_>, output: &mut OutputSet, found: &mut Vec<Diagnostic>) {
    super::build::add(output, found, "llms.txt", text(site).into_bytes());
}

fn text(site: &Site<'_>) -> String {
    let home = page::model(site, &Job::Home);
    let mut text = format!("# {}\n\n> {}\n", escape(site.title), escape(&home.frame.summary));
    if site.twins {
        text.push_str(
            "\nEvery page of this site has a twin in Markdown at the same address, with `.md` in \
             the place of `.html`. States of gaps are derived from the files, never typed in.\n",
        );
    }
    section(&mut text, "Overviews", &overviews(site));
    for (title, kinds, all) in [
        ("Documents", &[RecordKind::Document, RecordKind::Ledger][..], RecordKind::Document),
        ("Decisions", &[RecordKind::Decision], RecordKind::Decision),
        ("Research", &[RecordKind::Research], RecordKind::Research),
        ("Gaps", &[RecordKind::Gap], RecordKind::Gap),
    ] {
        section(&mut text, title, &records(site, kinds, all));
    }
    let packages = site.graph.symbols.packages.keys();
    let packages = packages.take(MOST).map(|name| {
        let shown = if name.is_empty() { "without a package" } else { name.as_str() };
        line(site, shown, &site.route.package(name), "")
    });
    section(&mut text, "Schemas", &packages.collect::<Vec<_>>());
    let tables = Table::ALL.into_iter().filter(|table| site.tables && !table.is_empty(site));
    // Of problems nobody knows before every page is made.
    let tables = tables.filter(|table| *table != Table::Diagnostics);
    let tables = tables.map(|table| {
        let href = site.href(&site.route.home(), &table.route(Ending::Csv));
        let link = link_as_is(table.label(), &site.absolute(&href).unwrap_or(href));
        format!("- {link}: a table, beside it the same as `.json`")
    });
    section(&mut text, "Tables", &tables.collect::<Vec<_>>());
    text
}

fn section(text: &mut String, title: &str, lines: &[String]) {
    if !lines.is_empty() {
        text.push_str(&format!("\n## {title}\n\n{}\n", lines.join("\n")));
    }
}

fn overviews(site: &Site<'_>) -> Vec<String> {
    let mut pages = vec![(site.route.home(), "Front page", "the figures, and where to go")];
    if site.graph.metrics.overall.total() > 0 {
        pages.extend([
            (site.route.index(RecordKind::Gap), "Gaps", "every gap, and whether it is covered"),
            (site.route.drift(1), "Drift", "what the texts claim, against the files"),
            (site.route.plan(1), "Plan", "which document to write next"),
            (site.route.trace(1), "Traceability", "which document answers which gap"),
        ]);
    }
    pages.push((site.route.diagnostics(1), "Problems", "what is wrong with the content"));
    pages.iter().map(|(route, title, about)| line(site, title, route, about)).collect()
}

fn records(site: &Site<'_>, kinds: &[RecordKind], index: RecordKind) -> Vec<String> {
    let all: Vec<RecordIx> =
        kinds.iter().flat_map(|kind| site.of_kind(*kind).collect::<Vec<_>>()).collect();
    let named = all.iter().take(MOST).map(|ix| {
        let about = match site.graph.gaps.get(ix) {
            Some(finding) => finding.coverage.name(),
            None => site.outline(*ix).front.description.as_deref().unwrap_or_default(),
        };
        let title = match site.record(*ix).kind {
            RecordKind::Gap => format!("{} {}", site.record(*ix).id, site.title_of(*ix)),
            _ => site.title_of(*ix),
        };
        line(site, &title, site.route.of(*ix), about)
    });
    let mut lines: Vec<String> = named.collect();
    if all.len() > MOST {
        lines.push(line(site, &format!("All {}", all.len()), &site.route.index(index), ""));
    }
    lines
}

/// A page as the format has it: a link, and a few words after a colon.
fn line(site: &Site<'_>, title: &str, page: &RelPath, about: &str) -> String {
    let file = if site.twins { twin(page) } else { page.clone() };
    let href = site.href(&site.route.home(), &file);
    let link = link_as_is(&escape(title), &site.absolute(&href).unwrap_or(href));
    match about {
        "" => format!("- {link}"),
        about => format!("- {link}: {}", escape(about)),
    }
}
