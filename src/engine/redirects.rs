//! Adds the pages that only lead on: a short address for every id, and the addresses that
//! documents say they had before.

use std::collections::BTreeMap;

use super::output::OutputSet;
use crate::{
    diag::{Diagnostic, codes},
    graph::{address::aliases, record::RecordIx},
    page::site::Site,
    path::RelPath,
    render::redirect::{self, Target},
};

/// Adds them all. The output holds the pages already: none is ever replaced.
pub fn add(site: &Site<'_>, output: &mut OutputSet, found: &mut Vec<Diagnostic>) {
    for (route, name, targets) in short(site) {
        let pages: Vec<Target> = targets.iter().map(|ix| target(site, &route, *ix)).collect();
        let html = redirect::page(&name, &pages);
        if output.insert(route.as_str(), html.into_bytes()).is_err() {
            found.push(taken(site, targets[0], &name, &route));
        }
    }
    for (ix, record) in site.graph.records.iter() {
        if ix != site.graph.records.of_file(record.file) {
            continue;
        }
        let front = &site.corpus.outlines[record.file].front;
        for alias in aliases(front) {
            let Some(route) = route_of(alias, &record.path) else { continue };
            // An alias that says where the page is already needs nothing.
            if route == *site.route.of(ix) {
                continue;
            }
            let html = redirect::page(alias, &[target(site, &route, ix)]);
            if output.insert(route.as_str(), html.into_bytes()).is_err() {
                found.push(taken(site, ix, alias, &route));
            }
        }
    }
}

/// Short addresses, in the order of their lower-case form: several records may share a name, as
/// decisions of different logs do, and some hosts do not tell letter case apart.
fn short(site: &Site<'_>) -> Vec<(RelPath, String, Vec<RecordIx>)> {
    let mut by_lower: BTreeMap<String, (RelPath, String, Vec<RecordIx>)> = BTreeMap::new();
    let mut add = |route: RelPath, id: &String, ix: RecordIx| {
        let lower = route.folded();
        let entry = by_lower.entry(lower).or_insert_with(|| (route, id.clone(), Vec::new()));
        if !entry.2.contains(&ix) {
            entry.2.push(ix);
        }
    };
    for (ix, record) in site.graph.records.iter() {
        if let Some(route) = site.short_address(ix) {
            add(route, &record.id, ix);
        }
        if ix == site.graph.records.of_file(record.file) {
            let others = site.corpus.outlines[record.file].front.aliases.iter();
            others.filter(|alias| !alias.contains(['/', '.'])).for_each(|alias| {
                add(site.route.short(alias), alias, ix);
            });
        }
    }
    by_lower.into_values().collect()
}

fn target(site: &Site<'_>, from: &RelPath, ix: RecordIx) -> Target {
    let href = site.record_href(from, ix);
    let canonical = site.base_url.map(|base| {
        let path = site.record_href(&site.route.home(), ix);
        format!("{}/{path}", base.trim_end_matches('/'))
    });
    Target { title: site.title_of(ix), href, canonical }
}

/// The file of an alias, as Hugo has it: `/old/` and `/old` are folders, `/old.html` is a page, and
/// what begins without `/` stands beside the document.
fn route_of(alias: &str, path: &RelPath) -> Option<RelPath> {
    let plain = !alias.contains(['?', '#', ':', '\\']);
    let alias = path.join(alias).filter(|_| plain)?;
    let folder = match alias.extension() {
        Some("html" | "htm") => return Some(alias),
        Some("md" | "mdx" | "markdown") => {
            let name = alias.as_str().rsplit_once('.')?.0;
            return RelPath::new(&format!("{name}.html"));
        }
        _ => alias,
    };
    RelPath::new(&format!("{folder}/index.html"))
}

fn taken(site: &Site<'_>, ix: RecordIx, name: &str, route: &RelPath) -> Diagnostic {
    let message = format!("`{name}` leads to {route}, which is the address of something else");
    Diagnostic::new(&codes::ALIAS_TAKEN, &site.record(ix).path, message)
        .help("choose another alias, or rename the other document")
}
