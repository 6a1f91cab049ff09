//! Schemas: packages, one page for each message, enum, service and extension, and their source.

mod comment;
mod drawing;
mod http;
mod members;
mod package;
mod rules;
mod source;
mod symbol;
mod well_known;

use std::ops::Range;

use super::{
    bare, board,
    model::{
        Frame, Link, OptionRow, PackageRow, Page, SchemaIndex, ShareView, SymbolRow, Text, View,
    },
    site::Site,
};
use crate::{
    graph::{
        record::{RecordIx, RecordKind},
        symbols::{option_extension, packages::Share},
    },
    model::schema::{Schema, Shape},
    path::RelPath,
    text::parts::{PAGE, fill},
};
pub use package::{package, pages as pages_of_package};
pub use source::source;
pub use symbol::symbol;
pub use well_known::well_known;

/// What surrounds the name of a package in the list, in bytes of HTML, and the drawing above it.
const ROW: usize = 330;
const DRAWING: usize = 45_000;

/// How many pages the list of packages has.
pub fn pages(site: &Site<'_>) -> usize {
    parts(site).len()
}

fn parts(site: &Site<'_>) -> Vec<Range<usize>> {
    let names = site.graph.symbols.packages.keys();
    let drawing = std::iter::once(DRAWING).chain(std::iter::repeat(0));
    fill(names.zip(drawing).map(|(name, above)| ROW + name.len() * 2 + above), PAGE)
}

/// One page of all packages, counted from 1.
pub fn index(site: &Site<'_>, n: usize) -> Page {
    let route = site.route.schemas(n);
    let all = &site.graph.symbols.packages;
    let parts = parts(site);
    let here = parts.get(n - 1).cloned().unwrap_or_default();
    let rows = all.iter().skip(here.start).take(here.len());
    let packages: Vec<PackageRow> =
        rows.map(|(name, package)| package_row(site, &route, name, package)).collect();
    let documented =
        all.values().fold(Share::default(), |sum, package| sum.plus(package.documented));
    let drawn = if n == 1 { drawing::of_all(site, &route) } else { None };
    let view = SchemaIndex {
        packages,
        all: all.len(),
        first: here.start + 1,
        pager: board::pager(site, &route, (n, parts.len()), |n| site.route.schemas(n)),
        files: all.values().map(|package| package.files.len()).sum(),
        documented: share(documented),
        folded: drawn.as_ref().and_then(|drawn| drawn.folded),
        badge: badge_href(site, &route, "schemas"),
        well_known: (!site.graph.symbols.well_known.is_empty())
            .then(|| site.href(&route, &site.route.well_known())),
    };
    let title = if n > 1 { format!("Schemas, page {n}") } else { "Schemas".to_owned() };
    let mut page = bare(site, route.clone(), &title, View::SchemaIndex(view));
    if n > 1 {
        below_index(site, &route, &mut page.frame);
    }
    page.texts.extend(drawn.map(|drawn| ("graph".to_owned(), Text::Layers(drawn.layers))));
    page
}

fn package_row(
    site: &Site<'_>,
    route: &RelPath,
    name: &str,
    package: &crate::graph::symbols::packages::Package,
) -> PackageRow {
    let shapes: Vec<&str> = package.symbols.iter().map(|ix| shape_name(site, *ix)).collect();
    let count = |shape: &str| shapes.iter().filter(|found| **found == shape).count();
    PackageRow {
        link: Link {
            title: package_title(name),
            href: site.href(route, &site.route.package(name)),
        },
        messages: count("message"),
        enums: count("enum"),
        services: count("service"),
        files: package.files.len(),
        documented: share(package.documented),
    }
}

fn share(share: Share) -> ShareView {
    ShareView { with: share.with, all: share.all, percent: share.percent() }
}

/// The name of a package's badge, without its ending.
pub fn badge_name(site: &Site<'_>, package: &str) -> String {
    let route = site.route.package(package);
    format!("badges/{}", route.parent())
}

fn badge_href(site: &Site<'_>, from: &RelPath, name: &str) -> String {
    match RelPath::new(&format!("badges/{name}.svg")) {
        Some(badge) => site.href(from, &badge),
        None => String::new(),
    }
}

fn symbol_row(site: &Site<'_>, from: &RelPath, ix: RecordIx) -> Option<SymbolRow> {
    let (schema, symbol) = site.symbol(ix)?;
    Some(SymbolRow {
        link: Link {
            title: inner_name(schema, &symbol.name).to_owned(),
            href: site.record_href(from, ix),
        },
        shape: symbol.shape.word(),
        summary: first_sentence(&symbol.comment),
        deprecated: symbol.deprecated,
    })
}

fn shape_name(site: &Site<'_>, ix: RecordIx) -> &'static str {
    site.symbol(ix).map_or("message", |(_, symbol)| Shape::word(&symbol.shape))
}

fn inner_name<'n>(schema: &Schema, full: &'n str) -> &'n str {
    full.strip_prefix(schema.package.as_str()).unwrap_or(full).trim_start_matches('.')
}

fn package_title(name: &str) -> String {
    if name.is_empty() { "No package".to_owned() } else { name.to_owned() }
}

/// The first sentence of a comment as plain words: names without their brackets and backticks.
fn first_sentence(comment: &str) -> String {
    let paragraph = comment.split("\n\n").next().unwrap_or_default().replace('\n', " ");
    let sentence = match paragraph.find(". ") {
        Some(end) => &paragraph[..=end],
        None => paragraph.trim(),
    };
    comment::plain(sentence)
}

/// Puts a page below the list of packages.
fn below_index(site: &Site<'_>, route: &RelPath, frame: &mut Frame) {
    let href = site.href(route, &site.route.index(RecordKind::Schema));
    for section in &mut frame.sections {
        section.current |= section.href == href;
    }
    frame.breadcrumbs.push(Link { title: "Schemas".to_owned(), href });
}

/// Options with the extensions that declare them.
fn option_rows(
    site: &Site<'_>,
    route: &RelPath,
    scope: &str,
    options: &[(String, String)],
) -> Vec<OptionRow> {
    let row = |(name, value): &(String, String)| OptionRow {
        name: name.clone(),
        href: option_extension(name)
            .and_then(|extension| site.symbol_named(scope, extension))
            .map(|ix| site.record_href(route, ix)),
        value: value.clone(),
    };
    options.iter().filter(|(name, _)| name != "deprecated").map(row).collect()
}

/// The page of the source at a line.
fn line_href(site: &Site<'_>, route: &RelPath, file: usize, line: u32) -> Option<String> {
    let ix = site.graph.records.of_file(file);
    site.has_line_page(file).then(|| site.line_href(route, ix, line))
}
