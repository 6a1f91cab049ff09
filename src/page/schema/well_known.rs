//! The types that need no file, with our own words on them.

use crate::{
    graph::symbols::well_known::{self, WellKnown},
    page::{
        bare,
        model::{Link, Page, View, WellKnownRow, WellKnownView},
        site::Site,
    },
    path::RelPath,
};

/// So many users of a type are listed.
const USERS: usize = 20;

/// The types in use that no file declares.
pub fn well_known(site: &Site<'_>) -> Page {
    let route = site.route.well_known();
    let rows = site.graph.symbols.well_known.iter().filter_map(|(name, users)| {
        let known = well_known::find(name)?;
        let mut used_by: Vec<Link> = users.iter().map(|ix| site.link(&route, *ix)).collect();
        used_by.sort();
        used_by.truncate(USERS);
        Some(WellKnownRow {
            name: known.name,
            anchor: anchor(known),
            file: known.file,
            holds: known.holds,
            json: known.json,
            about: known.about,
            more: users.len() - used_by.len(),
            used_by,
        })
    });
    let view = View::WellKnown(WellKnownView { types: rows.collect() });
    let mut page = bare(site, route.clone(), "Well-known types", view);
    super::below_index(site, &route, &mut page.frame);
    page
}

/// The address of a type on the page, when it is there.
pub(super) fn href(site: &Site<'_>, from: &RelPath, known: &WellKnown) -> Option<String> {
    site.graph
        .symbols
        .well_known
        .contains_key(known.name)
        .then(|| format!("{}#{}", site.href(from, &site.route.well_known()), anchor(known)))
}

fn anchor(known: &WellKnown) -> &'static str {
    known.name.trim_start_matches(well_known::PACKAGE).trim_start_matches('.')
}
