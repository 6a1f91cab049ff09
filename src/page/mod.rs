//! Floor 4, one file a page kind: which pages exist, and all that each may show.

pub mod all;
mod anchor;
mod around;
pub mod badges;
pub mod board;
pub mod claims;
mod closing;
pub mod code;
pub mod decision;
mod describe;
pub mod diagnostics;
pub mod diagram;
pub mod document;
pub mod drift;
pub mod failed;
pub mod feed;
pub mod file;
pub mod frame;
pub mod gap;
pub mod home;
mod ledger;
pub mod lookups;
pub mod model;
pub mod orphans;
pub mod past;
pub mod plan;
pub mod research;
pub mod route;
pub mod rows;
pub mod schema;
pub mod section;
pub mod site;
pub mod sought;
pub mod support;
pub mod table;
mod trace;
pub mod usage;
pub mod view;
pub mod whole;

use std::panic::{AssertUnwindSafe, catch_unwind};

use model::{Frame, Page, View};
use route::Owner;
use site::Site;

use crate::{
    diag::codes,
    graph::record::{Part, RecordIx, RecordKind},
    model::source::Body,
    path::RelPath,
};

/// A page that exists.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Job {
    /// The front page.
    Home,
    /// One page of all documents, from 1.
    Documents(usize),
    /// One page of the decision log, from 1.
    Decisions(usize),
    /// One page of all research, from 1.
    Research(usize),
    /// One page of all packages, from 1.
    Schemas(usize),
    /// One page of a package by its name, from 1.
    Package(String, usize),
    /// The types that need no file.
    WellKnown,
    /// All gaps.
    Gaps,
    /// One page of a list of gaps, by its name, from 1.
    GapList(String, usize),
    /// One page of the matrix of gaps by documents, from 1.
    Trace(usize),
    /// One page of the whole graph, from 1.
    Whole(usize),
    /// One page of what nothing links to, from 1.
    Orphans(usize),
    /// What to paste to show a badge.
    Badges,
    /// One page of claims against findings, from 1.
    Drift(usize),
    /// One page of what to write next, from 1.
    Plan(usize),
    /// A record with a page of its own.
    Record(RecordIx),
    /// A further page of the lists of a ledger, from 2.
    Ledger(RecordIx, usize),
    /// A further page of a symbol, from 2.
    Symbol(RecordIx, usize),
    /// The text of a ledger whose lists leave it no room.
    LedgerText(RecordIx),
    /// The lines of a Markdown file that is cited by lines, or of a schema, by the index of its
    /// outline, and one page of them, from 1.
    Lines(usize, usize),
    /// A section of documents that no document introduces, by its index.
    Section(usize),
    /// A folder without documents that is linked.
    Folder(RelPath),
    /// A file that is no record and is linked.
    File(RelPath),
    /// All records, or one page of those of a letter, from 1.
    All(Option<(char, usize)>),
    /// One page of what is wrong with the content, from 1. How many there are is known once all
    /// others are made.
    Diagnostics(usize),
    /// What a diagnostic code means, by its name.
    Code(&'static str),
    /// The page for addresses that do not exist.
    NotFound,
}

/// All pages of the site, in a fixed order.
pub fn jobs(site: &Site<'_>) -> Vec<Job> {
    let records = &site.graph.records;
    let mut jobs =
        vec![Job::Home, Job::Gaps, Job::Badges, Job::All(None), Job::Diagnostics(1), Job::NotFound];
    if !site.graph.symbols.well_known.is_empty() {
        jobs.push(Job::WellKnown);
    }
    jobs.extend(codes::ALL.iter().map(|code| Job::Code(code.name)));
    jobs.extend(all::pages(site).into_iter().map(|page| Job::All(Some(page))));
    jobs.extend((1..=document::pages(site)).map(Job::Documents));
    jobs.extend((1..=decision::pages(site)).map(Job::Decisions));
    jobs.extend((1..=research::pages(site)).map(Job::Research));
    jobs.extend((1..=plan::pages(site)).map(Job::Plan));
    jobs.extend((1..=schema::pages(site)).map(Job::Schemas));
    jobs.extend(site.graph.symbols.packages.keys().map(|name| Job::Package(name.clone(), 1)));
    jobs.extend(board::jobs(site));
    jobs.extend((1..=trace::pages(site)).map(Job::Trace));
    jobs.extend((1..=whole::pages(site)).map(Job::Whole));
    jobs.extend((1..=orphans::pages(site)).map(Job::Orphans));
    jobs.extend((1..=drift::pages(site)).map(Job::Drift));
    let own = |(ix, record): (RecordIx, &crate::graph::record::Record)| {
        let part = matches!(record.kind, RecordKind::Schema | RecordKind::Entry(_));
        (!part && !site.is_repeated_symbol(ix)).then_some(Job::Record(ix))
    };
    jobs.extend(records.iter().filter_map(own));
    jobs.extend(site.line_pages().map(|file| Job::Lines(file, 1)));
    jobs.extend(further(site).map(|(_, job)| job));
    jobs.extend(site.route.sections().map(Job::Section));
    jobs.extend(site.folders_to_show().into_iter().cloned().map(Job::Folder));
    jobs.extend(site.shown.keys().cloned().map(Job::File));
    jobs
}

/// The pages beyond the first of what is too large for one, with their addresses.
fn further<'s>(site: &'s Site<'_>) -> impl Iterator<Item = (RelPath, Job)> + 's {
    let lists = site.lookups.ledgers.iter().flat_map(|(ix, layout)| {
        let first = site.route.of(*ix);
        let text = layout.is_divided().then(|| (site.route.text(first), Job::LedgerText(*ix)));
        let page = |n: usize| (site.route.further(first, n), Job::Ledger(*ix, n));
        (2..=layout.pages()).map(page).chain(text)
    });
    let lines = site.line_pages().flat_map(move |file| {
        let pages = site.corpus.outlines[file].divisions.len();
        (2..=pages).filter_map(move |n| Some((site.lines_route(file, n)?, Job::Lines(file, n))))
    });
    let symbols = site.of_kind(RecordKind::Symbol).flat_map(move |ix| {
        let symbol = site.symbol(ix).filter(|(_, symbol)| symbol.pages() > 1);
        let pages = symbol.filter(|_| !site.is_repeated_symbol(ix)).map_or(1, |(_, s)| s.pages());
        (2..=pages).map(move |n| (site.route.further(site.route.of(ix), n), Job::Symbol(ix, n)))
    });
    let packages = site.graph.symbols.packages.keys().flat_map(move |name| {
        let first = site.route.package(name);
        (2..=schema::pages_of_package(site, name))
            .map(move |n| (site.route.further(&first, n), Job::Package(name.clone(), n)))
    });
    lists.chain(lines).chain(symbols).chain(packages)
}

/// The page at a route; none when no page has it.
pub fn job_at(site: &Site<'_>, route: &RelPath) -> Option<Job> {
    let job = match route.as_str() {
        "index.html" => Job::Home,
        "documents.html" => Job::Documents(1),
        "decisions/index.html" => Job::Decisions(1),
        "research/index.html" => Job::Research(1),
        "schemas/index.html" => Job::Schemas(1),
        "gaps/index.html" => Job::Gaps,
        "drift.html" => Job::Drift(1),
        "plan.html" => Job::Plan(1),
        "badges.html" => Job::Badges,
        "search.html" => Job::All(None),
        "diagnostics.html" => Job::Diagnostics(1),
        "404.html" => Job::NotFound,
        "schemas/well-known.html" => Job::WellKnown,
        other => return of_source(site, route, other),
    };
    let has_types = !site.graph.symbols.well_known.is_empty();
    (job != Job::WellKnown || has_types).then_some(job)
}

/// The page at a route that is made from the path or the name of something.
fn of_source(site: &Site<'_>, route: &RelPath, text: &str) -> Option<Job> {
    if let Some(code) = site.route.code_at(route) {
        return Some(Job::Code(code.name));
    }
    if let Some((name, n)) = site.route.list_at(route) {
        return board::list_at(site, name, n);
    }
    if site.route.is_further(route) {
        return further(site).find(|(own, _)| own == route).map(|(_, job)| job);
    }
    match site.route.trace_at(route) {
        Some(("", n)) => return (n <= trace::pages(site)).then_some(Job::Trace(n)),
        Some(("graph", n)) => return (n <= whole::pages(site)).then_some(Job::Whole(n)),
        Some(("orphans", n)) => return (n <= orphans::pages(site)).then_some(Job::Orphans(n)),
        Some(("drift", n)) => {
            return (2..=drift::pages(site)).contains(&n).then_some(Job::Drift(n));
        }
        Some(("plan", n)) => {
            return (2..=plan::pages(site)).contains(&n).then_some(Job::Plan(n));
        }
        Some(("documents", n)) => {
            return (2..=document::pages(site)).contains(&n).then_some(Job::Documents(n));
        }
        Some(("decisions", n)) => {
            return (2..=decision::pages(site)).contains(&n).then_some(Job::Decisions(n));
        }
        Some(("schemas", n)) => {
            return (2..=schema::pages(site)).contains(&n).then_some(Job::Schemas(n));
        }
        Some(("research", n)) => {
            return (2..=research::pages(site)).contains(&n).then_some(Job::Research(n));
        }
        Some(("diagnostics", n)) => return (n > 1).then_some(Job::Diagnostics(n)),
        Some(_) => return None,
        None => {}
    }
    if let Some(owner) = site.route.owner(route) {
        return match owner {
            Owner::Record(ix) => {
                let repeated = site.is_repeated_symbol(ix);
                (!repeated).then_some(Job::Record(ix))
            }
            Owner::Lines(file) => site.has_line_page(file).then_some(Job::Lines(file, 1)),
            Owner::Section(n) => Some(Job::Section(n)),
        };
    }
    let mut packages = site.graph.symbols.packages.keys();
    if let Some(name) = packages.find(|name| site.route.package(name) == *route) {
        return Some(Job::Package(name.clone(), 1));
    }
    let path = text.strip_prefix("files/")?;
    if let Some(page) = site.route.letter_at(route)
        && all::pages(site).contains(&page)
    {
        return Some(Job::All(Some(page)));
    }
    let file = path.strip_suffix(".html").and_then(RelPath::new);
    if let Some(file) = file.filter(|file| site.shown.contains_key(file)) {
        return Some(Job::File(file));
    }
    // A name that was too long for a file is found by the route that was made of it.
    if let Some(file) = site.shown.keys().find(|file| site.route.file(file) == *route) {
        return Some(Job::File(file.clone()));
    }
    let folder = path.strip_suffix("/index.html").and_then(RelPath::new)?;
    site.folders_to_show().contains(&folder).then_some(Job::Folder(folder))
}

/// The model of a page. Pure: the same site gives the same page.
///
/// A panic is a fault of this page, whose view is then [`View::Failed`].
pub fn model(site: &Site<'_>, job: &Job) -> Page {
    let work = || finished(site, bare_model(site, job));
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| failed::page(site, job))
}

/// A page with what is said of it elsewhere, and the ways to its tables.
pub fn finished(site: &Site<'_>, mut page: Page) -> Page {
    page.frame.summary = describe::summary(&page);
    page.frame.downloads = table::downloads(site, &page.route, &page.view);
    page
}

fn bare_model(site: &Site<'_>, job: &Job) -> Page {
    match job {
        Job::Home => home::page(site),
        Job::Documents(n) => document::index(site, *n),
        Job::Decisions(n) => decision::index(site, *n),
        Job::Research(n) => research::index(site, *n),
        Job::Schemas(n) => schema::index(site, *n),
        Job::Package(name, n) => schema::package(site, name, *n),
        Job::WellKnown => schema::well_known(site),
        Job::Gaps => gap::index(site),
        Job::GapList(name, n) => board::page(site, name, *n),
        Job::Trace(n) => trace::page(site, *n),
        Job::Whole(n) => whole::page(site, *n),
        Job::Orphans(n) => orphans::page(site, *n),
        Job::Badges => badges::page(site),
        Job::Drift(n) => drift::page(site, *n),
        Job::Plan(n) => plan::page(site, *n),
        Job::Ledger(ix, n) => ledger::page(site, *ix, *n),
        Job::LedgerText(ix) => ledger::text(site, *ix),
        Job::Symbol(ix, n) => schema::symbol(site, *ix, *n),
        Job::Record(ix) => record(site, *ix),
        Job::Lines(file, n) => match &site.bodies[*file] {
            Body::Proto(_) => schema::source(site, *file, *n),
            _ => research::lines(site, *file, *n),
        },
        Job::Section(n) => section::page(site, *n),
        Job::Folder(folder) => section::folder(site, folder),
        Job::File(path) => file::page(site, path),
        Job::All(letter) => all::page(site, *letter),
        Job::Diagnostics(_) => diagnostics::page(site, &[], 1),
        Job::Code(name) => match codes::find(name) {
            Some(code) => code::page(site, code),
            None => bare_model(site, &Job::NotFound),
        },
        Job::NotFound => {
            let mut page = bare(site, site.route.not_found(), "Page not found", View::NotFound);
            page.frame.root = site.root_of_not_found();
            (page.frame.twin, page.frame.feed) = (None, None);
            page
        }
    }
}

fn record(site: &Site<'_>, ix: RecordIx) -> Page {
    let record = site.graph.records.get(ix);
    #[cfg(test)]
    assert_ne!(record.title, failed::ON_PURPOSE);
    match (record.kind, record.part) {
        (RecordKind::Decision, _) => decision::page(site, ix),
        (RecordKind::Gap, _) => gap::page(site, ix),
        (RecordKind::Symbol, _) => schema::symbol(site, ix, 1),
        (RecordKind::Diagram, _) => diagram::page(site, ix),
        (RecordKind::Ledger, _) => ledger::page(site, ix, 1),
        (RecordKind::Research, Part::Whole) if site.is_lines(record.file) => {
            research::chunk(site, ix)
        }
        _ => document::page(site, ix),
    }
}

/// A page without a source of its own.
fn bare(site: &Site<'_>, route: RelPath, title: &str, view: View) -> Page {
    let frame = Frame { title: title.to_owned(), ..frame::empty(site, &route) };
    Page { route, origin: None, frame, view, texts: Vec::new(), treatment: site.treatment }
}
