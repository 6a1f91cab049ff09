//! The list of all records: what stands in for the search where no script runs.

use std::collections::BTreeMap;

use super::{
    bare,
    model::{AllView, NavLink, Page, RecordRow, View},
    site::Site,
};
use crate::{
    graph::record::{RecordIx, RecordKind},
    path::RelPath,
};

/// Above so many records, each letter has a page of its own.
const ON_ONE_PAGE: usize = 500;

/// The letters that have a page of their own: none where one page holds all.
pub fn letters(site: &Site<'_>) -> Vec<char> {
    let listed = listed(site);
    let many = listed.values().map(Vec::len).sum::<usize>() > ON_ONE_PAGE;
    if many { listed.into_keys().collect() } else { Vec::new() }
}

/// The page of all records, or that of the records whose titles begin with `letter`.
pub fn page(site: &Site<'_>, letter: Option<char>) -> Page {
    let route = site.route.all(letter);
    let listed = listed(site);
    let total: usize = listed.values().map(Vec::len).sum();
    let links = listed.iter().map(|(first, records)| NavLink {
        title: name(*first),
        href: site.href(&route, &site.route.all(Some(*first))),
        current: letter == Some(*first),
        pages: records.len(),
    });
    let many = total > ON_ONE_PAGE;
    let letters = if many { links.collect() } else { Vec::new() };
    let rows = listed
        .iter()
        .filter(|(first, _)| !many || letter == Some(**first))
        .flat_map(|(_, records)| records)
        .map(|ix| row(site, &route, *ix));
    let records = rows.collect();
    let title =
        letter.map_or_else(|| "Search".to_owned(), |letter| format!("Records: {}", name(letter)));
    bare(site, route, &title, View::Search(AllView { total, letters, records }))
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
