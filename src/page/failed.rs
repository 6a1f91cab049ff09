//! A page that the program failed to make, in the place where it would be.

use super::{
    Job, bare,
    model::{Page, View},
    site::Site,
};
use crate::{diag::codes, graph::record::RecordKind, path::RelPath};

/// A record of this title has no page: for tests of the library alone.
#[cfg(test)]
pub const ON_PURPOSE: &str = "This page fails on purpose";

/// The page for a job whose model could not be made.
pub(super) fn page(site: &Site<'_>, job: &Job) -> Page {
    let route = address(site, job);
    let (title, origin) = match job {
        Job::Record(ix) | Job::Ledger(ix, _) | Job::LedgerText(ix) | Job::Symbol(ix, _) => {
            (site.record(*ix).title.clone(), Some(site.outline(*ix).path.clone()))
        }
        _ => (route.to_string(), None),
    };
    let mut page = bare(site, route, &title, View::Failed);
    page.origin = origin;
    page.frame.twin = None;
    page
}

/// Where the page of a job is.
pub fn address(site: &Site<'_>, job: &Job) -> RelPath {
    let route = site.route;
    match job {
        Job::Home => route.home(),
        Job::Documents(n) => route.documents(*n),
        Job::Decisions(n) => route.decisions(*n),
        Job::Research(n) => route.research(*n),
        Job::Schemas(n) => route.schemas(*n),
        Job::Package(name, n) => route.further(&route.package(name), *n),
        Job::WellKnown => route.well_known(),
        Job::Gaps => route.index(RecordKind::Gap),
        Job::GapList(name, n) => route.gap_list(name, *n),
        Job::Trace(n) => route.trace(*n),
        Job::Whole(n) => route.whole(*n),
        Job::Orphans(n) => route.orphans(*n),
        Job::Badges => route.badges(),
        Job::Drift(n) => route.drift(*n),
        Job::Plan(n) => route.plan(*n),
        Job::Record(ix) => route.of(*ix).clone(),
        Job::Ledger(ix, n) | Job::Symbol(ix, n) => route.further(route.of(*ix), *n),
        Job::LedgerText(ix) => route.text(route.of(*ix)),
        Job::Lines(file, n) => site
            .lines_route(*file, *n)
            .unwrap_or_else(|| route.of(site.graph.records.of_file(*file)).clone()),
        Job::Section(n) => route.section(*n).cloned().unwrap_or_else(|| route.home()),
        Job::Folder(folder) => route.folder(folder),
        Job::File(path) => route.file(path),
        Job::All(letter) => route.all(*letter),
        Job::Diagnostics(n) => route.diagnostics(*n),
        Job::Code(name) => {
            codes::find(name).map_or_else(|| route.not_found(), |code| route.code(code))
        }
        Job::NotFound => route.not_found(),
    }
}
