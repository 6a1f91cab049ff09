//! One package.

use std::ops::Range;

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
        bare, board,
        model::{FileRow, Link, NeedRow, PackageView, Page, Text, UndocumentedRow, View},
        site::Site,
    },
    path::RelPath,
    text::parts::{PAGE, escaped, fill, window},
};

/// So many bytes of symbols with missing comments are listed, and so many members of each; a page of
/// more would be too large for a phone.
const UNDOCUMENTED: usize = 25_000;
const MEMBERS: usize = 8;
/// Of more symbols or files only the names are listed; the rest is on their own pages.
const SYMBOLS_IN_FULL: usize = 250;
const FILES_IN_FULL: usize = 60;
/// Longer values of file options are cut.
const LONGEST_OPTION: usize = 120;
/// What surrounds the words of a symbol or a file, of a name in a list, and of what a package needs,
/// in bytes of HTML.
const ROW: usize = 180;
const NAME: usize = 40;
const NEED: usize = 110;

/// The lists of a package, one behind the other.
struct Lists<'a> {
    symbols: Vec<RecordIx>,
    depends_on: Vec<(&'a String, usize)>,
    needed_by: Vec<(&'a String, usize)>,
    files: &'a [usize],
}

impl<'a> Lists<'a> {
    /// Symbols are sorted only where the order counts.
    fn of(site: &Site<'a>, package: &'a Package) -> Self {
        let top = package.symbols.iter().copied().filter(|ix| !site.is_nested(*ix));
        Self {
            symbols: top.collect(),
            depends_on: package.depends_on.iter().map(|(name, count)| (name, *count)).collect(),
            needed_by: package.needed_by.iter().map(|(name, count)| (name, *count)).collect(),
            files: &package.files,
        }
    }

    /// Services, messages, enums, extensions, each by name.
    fn sort(&mut self, site: &Site<'_>) {
        let rank = |ix: &RecordIx| match site.symbol(*ix).map(|(_, symbol)| &symbol.shape) {
            Some(Shape::Service { .. }) => 0,
            Some(Shape::Message { .. }) | None => 1,
            Some(Shape::Enum { .. }) => 2,
            Some(Shape::Extension { .. }) => 3,
        };
        self.symbols.sort_by_cached_key(|ix| (rank(ix), &site.record(*ix).title));
    }

    /// How large each entry is, list by list.
    fn sizes(&self, site: &Site<'_>) -> impl Iterator<Item = usize> {
        let brief = self.are_brief();
        let symbol = move |ix: &RecordIx| match site.symbol(*ix) {
            Some((schema, symbol)) => {
                // From a further page the way to a symbol is longer by its folder.
                let far = NAME + schema.package.len();
                let told = symbol.comment.split("\n\n").next().unwrap_or_default();
                let around = if brief { NAME } else { ROW + escaped(told) };
                around + far + inner_name(schema, &symbol.name).len() * 2
            }
            None => 0,
        };
        let need = |(name, _): &(&String, usize)| NEED + name.len() * 2;
        let named = self.files.len() > FILES_IN_FULL;
        let file = move |file: &usize| {
            let path = ROW + site.corpus.outlines[*file].path.as_str().len() * 2;
            path + schema(site, *file).filter(|_| !named).map_or(0, told)
        };
        let needs = self.depends_on.iter().chain(&self.needed_by).map(need);
        self.symbols.iter().map(symbol).chain(needs).chain(self.files.iter().map(file))
    }

    fn are_brief(&self) -> bool {
        self.symbols.len() > SYMBOLS_IN_FULL
    }

    /// What stands on which page; the symbols are in their order then.
    fn parts(&mut self, site: &Site<'_>, package: &Package) -> Vec<Range<usize>> {
        self.sort(site);
        let bare = package.documented.all - package.documented.with;
        let above = std::iter::once((bare * ROW).min(UNDOCUMENTED)).chain(std::iter::repeat(0));
        fill(self.sizes(site).zip(above).map(|(size, above)| size + above), PAGE)
    }
}

/// What a file imports and sets, as HTML.
fn told(schema: &Schema) -> usize {
    let imports = schema.imports.iter().map(|import| NEED + import.path.len() * 3);
    let options = schema.options.iter();
    let options = options.map(|(name, value)| NEED + name.len() + value.len().min(LONGEST_OPTION));
    imports.chain(options).sum()
}

/// How many pages a package has.
pub fn pages(site: &Site<'_>, name: &str) -> usize {
    let Some(package) = site.graph.symbols.packages.get(name) else { return 1 };
    let mut lists = Lists::of(site, package);
    // One that is short for certain is not sorted.
    let is_short = lists.sizes(site).sum::<usize>() + UNDOCUMENTED < PAGE;
    if is_short { 1 } else { lists.parts(site, package).len() }
}

/// One page of a package, counted from 1. What is said of it as a whole is on the first.
pub fn package(site: &Site<'_>, name: &str, n: usize) -> Page {
    let first = site.route.package(name);
    let route = site.route.further(&first, n);
    let empty = Package::default();
    let package = site.graph.symbols.packages.get(name).unwrap_or(&empty);
    let mut lists = Lists::of(site, package);
    let parts = lists.parts(site, package);
    let here = parts.get(n - 1).cloned().unwrap_or_default();
    let mut begun = 0;
    let mut shown = |all: usize| {
        begun += all;
        window(&here, begun - all, all)
    };
    let symbols = &lists.symbols[shown(lists.symbols.len())];
    let depends_on = &lists.depends_on[shown(lists.depends_on.len())];
    let needed_by = &lists.needed_by[shown(lists.needed_by.len())];
    let files = &lists.files[shown(lists.files.len())];
    let (undocumented, undocumented_more) =
        if n == 1 { undocumented(site, &route, package) } else { (Vec::new(), 0) };
    let view = PackageView {
        name: name.to_owned(),
        files: file_rows(site, &route, files, lists.files.len()),
        symbols: symbols.iter().filter_map(|ix| symbol_row(site, &route, *ix)).collect(),
        page: n,
        pager: board::pager(site, &route, (n, parts.len()), |n| site.route.further(&first, n)),
        brief: lists.are_brief(),
        documented: share(package.documented),
        undocumented,
        undocumented_more,
        depends_on: needs(site, &route, depends_on),
        depends_on_all: lists.depends_on.len(),
        needed_by: needs(site, &route, needed_by),
        needed_by_all: lists.needed_by.len(),
        badge: badge_href(site, &route, first.parent()),
    };
    let title = match n {
        1 => package_title(name),
        n => format!("{}: page {n}", package_title(name)),
    };
    let mut page = bare(site, route.clone(), &title, View::Package(view));
    below_index(site, &route, &mut page.frame);
    if n == 1 {
        page.texts = texts(site, &route, name, package);
    } else {
        let link = Link { title: package_title(name), href: site.href(&route, &first) };
        page.frame.breadcrumbs.push(link);
    }
    page
}

/// Symbols with missing comments, and how many more there are.
fn undocumented(
    site: &Site<'_>,
    route: &RelPath,
    package: &Package,
) -> (Vec<UndocumentedRow>, usize) {
    let mut rows: Vec<UndocumentedRow> =
        package.symbols.iter().filter_map(|ix| missing(site, route, *ix)).collect();
    let size = |row: &UndocumentedRow| {
        let members = row.members.iter().map(|name| NAME + name.len()).sum::<usize>();
        NEED + row.link.title.len() * 2 + members
    };
    let most = fill(rows.iter().map(size), UNDOCUMENTED)[0].end;
    let more = rows.len() - most;
    rows.truncate(most);
    (rows, more)
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

fn file_rows(site: &Site<'_>, route: &RelPath, files: &[usize], all: usize) -> Vec<FileRow> {
    let mut rows: Vec<FileRow> =
        files.iter().filter_map(|file| file_row(site, route, *file)).collect();
    if all > FILES_IN_FULL {
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

fn needs(site: &Site<'_>, route: &RelPath, needed: &[(&String, usize)]) -> Vec<NeedRow> {
    let row = |(name, imports): &(&String, usize)| NeedRow {
        title: package_title(name),
        href: href(site, route, name),
        imports: *imports,
    };
    needed.iter().map(row).collect()
}

/// The page of a package, when it has one.
pub(super) fn href(site: &Site<'_>, route: &RelPath, name: &str) -> Option<String> {
    if site.graph.symbols.packages.contains_key(name) {
        return Some(site.href(route, &site.route.package(name)));
    }
    let known = name == well_known::PACKAGE && !site.graph.symbols.well_known.is_empty();
    known.then(|| site.href(route, &site.route.well_known()))
}
