//! The lists of gaps as plain pages: what the board narrows with its script can be reached without.

use super::{Facet, Value, count, heat, key, pager, pages};
use crate::{
    graph::record::{RecordIx, RecordKind},
    page::{
        Job, bare,
        model::{GapGroup, GapListView, Link, Page, Pager, View},
        rows,
        site::Site,
    },
    path::RelPath,
};

/// So many gaps stand on one page.
const GAPS: usize = 100;
/// So many rows of a heat map stand on one page.
const ROWS: usize = 60;
/// The name of the list of all.
const ALL: &str = "all";

/// What a list holds.
enum Held<'a> {
    /// All gaps; the first page of it is the board.
    All,
    /// The values of a facet.
    Facet(Facet),
    /// The gaps of a value.
    Value(Facet, &'a Value),
}

impl Held<'_> {
    fn pages(&self, site: &Site<'_>) -> usize {
        let board = &site.lookups.board;
        match self {
            Self::All => pages(board.all.len(), GAPS),
            Self::Facet(facet) => pages(board.values(*facet).len(), ROWS),
            Self::Value(_, value) => pages(value.gaps.len(), GAPS),
        }
    }
}

/// The pages of all lists, besides the board.
pub fn jobs(site: &Site<'_>) -> Vec<Job> {
    let board = &site.lookups.board;
    let all = (2..=Held::All.pages(site)).map(|n| Job::GapList(ALL.to_owned(), n));
    let facets = Facet::ALL.into_iter().flat_map(|facet| {
        let values = board.values(facet);
        let index = (!values.is_empty()).then_some((facet.name().to_owned(), Held::Facet(facet)));
        let lists = values.iter().map(move |value| (key(facet, value), Held::Value(facet, value)));
        index.into_iter().chain(lists)
    });
    let pages = facets.flat_map(|(name, held)| {
        (1..=held.pages(site)).map(move |n| Job::GapList(name.clone(), n))
    });
    all.chain(pages).collect()
}

/// The list with this name, when it has such a page.
pub fn list_at(site: &Site<'_>, name: &str, page: usize) -> Option<Job> {
    let held = held(site, name)?;
    let first = if matches!(held, Held::All) { 2 } else { 1 };
    (first..=held.pages(site)).contains(&page).then(|| Job::GapList(name.to_owned(), page))
}

fn held<'a>(site: &Site<'a>, name: &str) -> Option<Held<'a>> {
    if name == ALL {
        return Some(Held::All);
    }
    let board = &site.lookups.board;
    Facet::ALL.into_iter().find_map(|facet| {
        let slug = name.strip_prefix(facet.name())?;
        let values = board.values(facet);
        if slug.is_empty() {
            return (!values.is_empty()).then_some(Held::Facet(facet));
        }
        let slug = slug.strip_prefix('-')?;
        let value = values.iter().find(|value| value.slug == slug)?;
        Some(Held::Value(facet, value))
    })
}

/// One page of a list.
pub fn page(site: &Site<'_>, name: &str, n: usize) -> Page {
    let route = site.route.gap_list(name, n);
    let Some(held) = held(site, name) else {
        return bare(site, route, "Gaps", View::NotFound);
    };
    let pages = held.pages(site);
    let pager = pager(site, &route, (n, pages), |n| address(site, name, n));
    let board = &site.lookups.board;
    let (title, gaps, choice): (String, &[RecordIx], String) = match &held {
        Held::All => ("All gaps".to_owned(), &board.all, String::new()),
        Held::Facet(facet) => (format!("Gaps by {}", facet.name()), &board.all, String::new()),
        Held::Value(facet, value) => {
            let title = format!("{}: {}", facet.label(), value.label);
            (title, &value.gaps, heat::choice(*facet, value))
        }
    };
    let index = site.href(&route, &site.route.index(RecordKind::Gap));
    let query = if choice.is_empty() { String::new() } else { format!("?{choice}") };
    let mut view = GapListView {
        coverage: rows::shown(&title, String::new(), count(site, gaps)),
        map: None,
        groups: Vec::new(),
        board: format!("{index}{query}"),
        ledger: None,
        pager,
    };
    match held {
        Held::Facet(facet) => {
            view.map = Some(heat::map(site, &route, facet, (n - 1) * ROWS..n * ROWS));
        }
        Held::All => view.groups = groups(site, &route, gaps, n),
        Held::Value(_, value) => {
            view.groups = groups(site, &route, gaps, n);
            view.ledger = value.ledger.map(|ix| site.link(&route, ix));
        }
    }
    let numbered = if n > 1 { format!("{title}, page {n}") } else { title };
    let mut page = bare(site, route.clone(), &numbered, View::GapList(Box::new(view)));
    page.frame.breadcrumbs.push(Link { title: "Gaps".to_owned(), href: index });
    page
}

fn address(site: &Site<'_>, name: &str, n: usize) -> RelPath {
    match (name, n) {
        (ALL, 1) => site.route.index(RecordKind::Gap),
        _ => site.route.gap_list(name, n),
    }
}

/// The first page of all gaps, and the ways to the others.
pub fn first_page(site: &Site<'_>) -> (Vec<GapGroup>, Option<Pager>) {
    let route = site.route.index(RecordKind::Gap);
    let pages = Held::All.pages(site);
    let pager = pager(site, &route, (1, pages), |n| address(site, ALL, n));
    (groups(site, &route, &site.lookups.board.all, 1), pager)
}

/// The page of a list on which an entry stands, both counted from where their lists begin.
pub fn page_of(at: usize) -> usize {
    at / GAPS + 1
}

/// The fragment of the gaps of a priority on a page of a list.
pub fn anchor(priority: &Value) -> String {
    format!("lc-{}", priority.slug)
}

/// The gaps of one page, by priority.
fn groups(site: &Site<'_>, from: &RelPath, gaps: &[RecordIx], n: usize) -> Vec<GapGroup> {
    let board = &site.lookups.board;
    let mut groups: Vec<GapGroup> = Vec::new();
    for ix in gaps.iter().skip((n - 1) * GAPS).take(GAPS) {
        let Some(priority) = board.value(*ix, Facet::Priority) else { continue };
        let anchor = anchor(priority);
        if groups.last().is_none_or(|group| group.anchor != anchor) {
            let label = priority.label.clone();
            groups.push(GapGroup { anchor, label, gaps: Vec::new() });
        }
        let row = rows::gap(site, from, *ix);
        groups.last_mut().expect("one was just added").gaps.push(row);
    }
    groups
}
