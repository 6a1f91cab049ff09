//! One package.

use super::{
    badge_href, below_index, comment, drawing, inner_name, option_rows, package_title, share,
    symbol_row,
};
use crate::{
    graph::{
        record::RecordIx,
        symbols::{packages::Package, well_known},
    },
    model::{
        schema::{Schema, Shape},
        source::Facts,
    },
    page::{
        bare,
        model::{
            FileRow, Link, NeedRow, PackageView, Page, SymbolRow, Text, UndocumentedRow, View,
        },
        site::Site,
    },
    path::RelPath,
};

/// So many symbols with missing comments are listed, and so many members of each; a page of more
/// would be too large for a phone.
const UNDOCUMENTED: usize = 150;
const MEMBERS: usize = 8;
/// Of more symbols or files only the names are listed; the rest is on their own pages.
const SYMBOLS_IN_FULL: usize = 250;
const FILES_IN_FULL: usize = 60;
/// Longer values of file options are cut.
const LONGEST_OPTION: usize = 120;

/// One package.
pub fn package(site: &Site<'_>, name: &str) -> Page {
    let route = site.route.package(name);
    let empty = Package::default();
    let package = site.graph.symbols.packages.get(name).unwrap_or(&empty);
    let top = package.symbols.iter().filter(|ix| !site.is_nested(**ix));
    let mut symbols: Vec<SymbolRow> = top.filter_map(|ix| symbol_row(site, &route, *ix)).collect();
    let order = ["service", "message", "enum", "extension"];
    let rank = |shape: &str| order.iter().position(|s| *s == shape);
    symbols.sort_by(|a, b| (rank(a.shape), &a.link.title).cmp(&(rank(b.shape), &b.link.title)));
    let mut undocumented: Vec<UndocumentedRow> =
        package.symbols.iter().filter_map(|ix| missing(site, &route, *ix)).collect();
    let undocumented_more = undocumented.len().saturating_sub(UNDOCUMENTED);
    undocumented.truncate(UNDOCUMENTED);
    let view = PackageView {
        name: name.to_owned(),
        files: files(site, &route, package),
        brief: symbols.len() > SYMBOLS_IN_FULL,
        symbols,
        documented: share(package.documented),
        undocumented,
        undocumented_more,
        depends_on: needs(site, &route, &package.depends_on),
        needed_by: needs(site, &route, &package.needed_by),
        badge: badge_href(site, &route, route.parent()),
    };
    let texts = texts(site, &route, name, package);
    let mut page = bare(site, route.clone(), &package_title(name), View::Package(view));
    page.texts = texts;
    below_index(site, &route, &mut page.frame);
    page
}

fn texts(site: &Site<'_>, route: &RelPath, name: &str, package: &Package) -> Vec<(String, Text)> {
    let mut texts = Vec::new();
    let comments = package.files.iter().filter_map(|file| schema(site, *file));
    if let Some(first) = comments.map(|schema| &schema.comment).find(|text| !text.is_empty()) {
        texts.push(("comment".to_owned(), comment::text(site, route, name, first)));
    }
    let drawn = drawing::around(site, route, name, package);
    texts.extend(drawn.map(|layers| ("graph".to_owned(), Text::Layers(layers))));
    texts
}

fn schema<'a>(site: &Site<'a>, file: usize) -> Option<&'a Schema> {
    match &site.corpus.outlines[file].facts {
        Facts::Schema(schema) => Some(schema),
        _ => None,
    }
}

fn files(site: &Site<'_>, route: &RelPath, package: &Package) -> Vec<FileRow> {
    let mut rows: Vec<FileRow> =
        package.files.iter().filter_map(|file| file_row(site, route, *file)).collect();
    if rows.len() > FILES_IN_FULL {
        for row in &mut rows {
            row.imports.clear();
            row.options.clear();
        }
    }
    rows
}

/// A file with what it imports and sets, seen from a page.
pub(super) fn file_row(site: &Site<'_>, route: &RelPath, file: usize) -> Option<FileRow> {
    let schema = schema(site, file)?;
    let lines = |file: usize| Some(site.href(route, site.route.lines(file)?));
    let found = site.graph.symbols.imports.of_file.get(&file).map_or(&[][..], Vec::as_slice);
    let imports = schema.imports.iter().zip(found).map(|(import, to)| {
        let known = || {
            let page = site.href(route, &site.route.well_known());
            let here = !site.graph.symbols.well_known.is_empty();
            (here && well_known::is_file(&import.path)).then_some(page)
        };
        (import.path.clone(), to.and_then(lines).or_else(known))
    });
    let mut options = option_rows(site, route, &schema.package, &schema.options);
    for option in &mut options {
        if option.value.chars().count() > LONGEST_OPTION {
            option.value = option.value.chars().take(LONGEST_OPTION).chain(['…']).collect();
        }
    }
    Some(FileRow {
        path: site.corpus.outlines[file].path.to_string(),
        href: lines(file),
        syntax: schema.syntax.clone(),
        options,
        imports: imports.collect(),
    })
}

/// What is without a comment in a symbol.
fn missing(site: &Site<'_>, route: &RelPath, ix: RecordIx) -> Option<UndocumentedRow> {
    let (schema, symbol) = site.symbol(ix)?;
    let own = symbol.comment.is_empty();
    let comments = symbol.member_comments();
    let bare = symbol.members().zip(comments).filter(|(_, comment)| comment.is_empty());
    let mut members: Vec<String> = bare.map(|(name, _)| name.to_owned()).collect();
    if !own && members.is_empty() {
        return None;
    }
    let more = members.len().saturating_sub(MEMBERS);
    members.truncate(MEMBERS);
    debug_assert!(members.is_empty() || !matches!(symbol.shape, Shape::Extension { .. }));
    let title = inner_name(schema, &symbol.name).to_owned();
    let link = Link { title, href: site.record_href(route, ix) };
    Some(UndocumentedRow { link, own, members, more })
}

fn needs(
    site: &Site<'_>,
    route: &RelPath,
    all: &std::collections::BTreeMap<String, usize>,
) -> Vec<NeedRow> {
    let row = |(name, imports): (&String, &usize)| NeedRow {
        title: package_title(name),
        href: href(site, route, name),
        imports: *imports,
    };
    all.iter().map(row).collect()
}

/// The page of a package, when it has one.
pub(super) fn href(site: &Site<'_>, route: &RelPath, name: &str) -> Option<String> {
    if site.graph.symbols.packages.contains_key(name) {
        return Some(site.href(route, &site.route.package(name)));
    }
    let known = name == well_known::PACKAGE && !site.graph.symbols.well_known.is_empty();
    known.then(|| site.href(route, &site.route.well_known()))
}
