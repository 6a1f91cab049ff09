//! The front page.

use super::{
    bare, claims, diagnostics, drift,
    model::{Count, Home, Link, Page, View},
    plan, rows,
    site::Site,
};
use crate::graph::record::{Part, RecordKind};

/// So many disagreements are shown; the drift board has all.
const DRIFT: usize = 10;
/// So many documents of the plan are shown.
const NEXT: usize = 3;

/// The front page; the numbers of problems are put in when they are known.
pub fn page(site: &Site<'_>) -> Page {
    let route = site.route.home();
    let metrics = &site.graph.metrics;
    let home = Home {
        coverage: rows::tally_all(site, &route),
        priorities: rows::tallies(site, &route, &metrics.by_priority),
        ledgers: rows::tallies(site, &route, &metrics.by_ledger),
        weighted: metrics.weighted.percent(),
        drift: drift::rows(site, &route, DRIFT),
        drift_counts: drift::counts(site, &route),
        drift_href: site.href(&route, &site.route.drift()),
        next: plan::steps(site, &route, NEXT),
        plan_href: site.href(&route, &site.route.plan()),
        stated: claims::counts(site, &route),
        counts: counts(site),
        start: start(site),
        problems: diagnostics::problems(&[]),
        diagnostics_href: site.href(&route, &site.route.diagnostics()),
    };
    bare(site, route, &site.title, View::Home(home))
}

fn counts(site: &Site<'_>) -> Vec<Count> {
    let home = site.route.home();
    let kinds = [
        (RecordKind::Gap, "gap"),
        (RecordKind::Ledger, "gap analysis"),
        (RecordKind::Document, "document"),
        (RecordKind::Decision, "decision"),
        (RecordKind::Research, "research text"),
        (RecordKind::Symbol, "schema symbol"),
        (RecordKind::Diagram, "diagram"),
    ];
    kinds
        .into_iter()
        .map(|(kind, label)| {
            let count = site.of_kind(kind).count();
            let href = site.href(&home, &site.route.index(kind));
            let label = match (count, label) {
                (1, label) => label.to_owned(),
                (_, "gap analysis") => "gap analyses".to_owned(),
                (_, label) => format!("{label}s"),
            };
            Count { label, count, href }
        })
        .filter(|count| count.count > 0)
        .collect()
}

/// Where to begin: the documents nearest to the root, README and index before the others.
fn start(site: &Site<'_>) -> Vec<Link> {
    let home = site.route.home();
    let mut documents: Vec<_> = site
        .of_kind(RecordKind::Document)
        .filter(|ix| site.record(*ix).part == Part::Whole)
        .collect();
    documents.sort_by_key(|ix| {
        let path = &site.record(*ix).path;
        let stem = path.stem().to_lowercase();
        (path.folders().count(), !matches!(stem.as_str(), "readme" | "index"), *ix)
    });
    documents.into_iter().take(8).map(|ix| site.link(&home, ix)).collect()
}
