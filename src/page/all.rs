//! The list of all records: what stands in for the search where no script runs.

use std::{collections::BTreeMap, ops::Range};

use super::{
    bare, board,
    model::{AllView, NavLink, Page, RecordRow, View},
    site::Site,
};
use crate::{
    graph::record::{RecordIx, RecordKind},
    path::RelPath,
    text::parts::{PAGE, escaped, fill},
};

/// Above so many records, each letter has pages of its own.
const ON_ONE_PAGE: usize = 500;

/// What surrounds the words of a record, in bytes of HTML.
const ROW: usize = 130;

/// The letters that have pages of their own, with the number of each page: none where one page
/// holds all.
pub fn pages(site: &Site<'_>) -> Vec<(char, usize)> {
    let listed = listed(site);
    if !are_many(&listed) {
        return Vec::new();
    }
    let pages = |(letter, records): (&char, &Vec<RecordIx>)| {
        let letter = *letter;
        (1..=parts(site, records).len()).map(move |n| (letter, n))
    };
    listed.iter().flat_map(pages).collect()
}

/// The page of all records, or a page of the records whose titles begin with a letter.
pub fn page(site: &Site<'_>, of: Option<(char, usize)>) -> Page {
    let route = site.route.all(of);
    let listed = listed(site);
    let links = listed.iter().map(|(first, records)| NavLink {
        title: name(*first),
        href: site.href(&route, &site.route.all(Some((*first, 1)))),
        current: of.is_some_and(|(letter, _)| letter == *first),
        pages: records.len(),
    });
    let many = are_many(&listed);
    let letters = if many { links.collect() } else { Vec::new() };
    let all = || listed.values().flatten();
    let total = all().count();
    let row = |ix: &RecordIx| row(site, &route, *ix);
    let (title, records, pager) = match of {
        None if many => ("Search".to_owned(), Vec::new(), None),
        None => ("Search".to_owned(), all().map(row).collect(), None),
        Some((letter, n)) => {
            let records = listed.get(&letter).map(Vec::as_slice).unwrap_or_default();
            let parts = parts(site, records);
            let here = parts.get(n - 1).cloned().unwrap_or_default();
            let page = |n: usize| site.route.all(Some((letter, n)));
            let title = format!("Records: {}", name(letter));
            let title = if n > 1 { format!("{title}, page {n}") } else { title };
            let rows = records[here].iter().map(row).collect();
            (title, rows, board::pager(site, &route, (n, parts.len()), page))
        }
    };
    bare(site, route, &title, View::Search(AllView { total, letters, records, pager }))
}

fn are_many(listed: &BTreeMap<char, Vec<RecordIx>>) -> bool {
    listed.values().map(Vec::len).sum::<usize>() > ON_ONE_PAGE
}

/// The records of a letter page by page.
fn parts(site: &Site<'_>, records: &[RecordIx]) -> Vec<Range<usize>> {
    let size = |ix: &RecordIx| {
        let record = site.record(*ix);
        let words = escaped(&record.title) + escaped(&record.id);
        ROW + words + site.route.of(*ix).as_str().len()
    };
    fill(records.iter().map(size), PAGE)
}

fn name(letter: char) -> String {
    if letter == OTHER { "others".to_owned() } else { letter.to_uppercase().to_string() }
}

/// Stands for every title that begins with neither a letter nor a digit of ASCII.
const OTHER: char = '-';

/// The records that can be found, by the first letter of their titles and then by title.
fn listed(site: &Site<'_>) -> BTreeMap<char, Vec<RecordIx>> {
    let mut listed: BTreeMap<char, Vec<RecordIx>> = BTreeMap::new();
    for (ix, record) in site.graph.records.iter() {
        if record.kind == RecordKind::Schema || site.is_repeated_symbol(ix) {
            continue;
        }
        let first = record.title.chars().next().unwrap_or(OTHER).to_ascii_lowercase();
        let letter = if first.is_ascii_alphanumeric() { first } else { OTHER };
        listed.entry(letter).or_default().push(ix);
    }
    for records in listed.values_mut() {
        records.sort_by_cached_key(|ix| (site.record(*ix).title.to_lowercase(), *ix));
    }
    listed
}

fn row(site: &Site<'_>, from: &RelPath, ix: RecordIx) -> RecordRow {
    let record = site.record(ix);
    let has_own = record.id != record.path.as_str() && record.id != record.title;
    RecordRow {
        label: record.kind.label(),
        id: if has_own { record.id.clone() } else { String::new() },
        title: record.title.clone(),
        href: site.record_href(from, ix),
    }
}
