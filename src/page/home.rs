//! The front page.

use super::{
    bare,
    board::{self, Facet},
    claims, diagnostics, document, drift,
    model::{Count, DecisionRow, Home, Link, Page, SectionRow, Text, View},
    past, plan, rows, section,
    site::Site,
};
use crate::graph::{
    navigation::Item,
    record::{Part, RecordIx, RecordKind},
    symbols::packages::Package,
};
use crate::path::RelPath;

/// So many disagreements are shown; the drift board has all.
const DRIFT: usize = 10;
/// So many documents of the plan are shown.
const NEXT: usize = 3;
/// So many sections and packages are listed.
const SECTIONS: usize = 24;
/// So many decisions are listed.
const DECISIONS: usize = 6;

/// The front page; the numbers of problems are put in when they are known.
pub fn page(site: &Site<'_>) -> Page {
    let route = site.route.home();
    let metrics = &site.graph.metrics;
    let readme = readme(site);
    let (trend, drawn) = past::trend(site).unzip();
    let home = Home {
        coverage: rows::tally_all(site, &route),
        priorities: board::tallies(site, &route, Facet::Priority),
        claimed: claimed(site),
        ledgers: rows::tallies(site, &route, &metrics.by_ledger),
        weighted: metrics.weighted.percent(),
        drift: drift::rows(site, &route, DRIFT),
        drift_counts: drift::counts(site, &route),
        drift_href: site.href(&route, &site.route.drift(1)),
        next: plan::steps(site, &route, NEXT),
        plan_href: site.href(&route, &site.route.plan(1)),
        stated: claims::counts(site, &route),
        counts: counts(site),
        start: start(site),
        readme: readme.map(|ix| site.link(&route, ix)),
        sections: sections(site),
        decisions: decisions(site),
        recent: past::recent(site, &route),
        trend,
        packages: packages(site),
        problems: diagnostics::problems(&[]),
        diagnostics_href: site.href(&route, &site.route.diagnostics(1)),
        views: views(site),
    };
    let mut page = bare(site, route, site.title, View::Home(home));
    let text = readme.and_then(|ix| document::body(site, &page.route, site.record(ix).file));
    page.texts.extend(drawn.map(|trend| ("trend".to_owned(), Text::Trend(trend))));
    page.texts.extend(text.map(|text| ("readme".to_owned(), text)));
    page
}

/// The README at the root. Where gaps are recorded, they are what the front page is about.
fn readme(site: &Site<'_>) -> Option<RecordIx> {
    let index = site.graph.navigation.sections.first()?.index?;
    (site.graph.metrics.overall.total() == 0).then_some(index)
}

/// The sections below the root, with how much each holds.
fn sections(site: &Site<'_>) -> Vec<SectionRow> {
    let home = site.route.home();
    let root = site.graph.navigation.sections.first();
    let items = root.into_iter().flat_map(|root| &root.items);
    let sections = items.filter(|item| matches!(item, Item::Section(_)));
    sections.take(SECTIONS).map(|item| section::row(site, &home, *item)).collect()
}

/// The newest decisions, the newest first.
fn decisions(site: &Site<'_>) -> Vec<DecisionRow> {
    let home = site.route.home();
    let mut all: Vec<RecordIx> = site.of_kind(RecordKind::Decision).collect();
    all.reverse();
    all.into_iter().take(DECISIONS).map(|ix| rows::decision(site, &home, ix)).collect()
}

fn packages(site: &Site<'_>) -> Vec<Count> {
    let home = site.route.home();
    let count = |(name, package): (&String, &Package)| Count {
        label: if name.is_empty() { "no package".to_owned() } else { name.clone() },
        count: package.symbols.len(),
        href: site.href(&home, &site.route.package(name)),
    };
    site.graph.symbols.packages.iter().take(SECTIONS).map(count).collect()
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

/// How many gaps the texts call done.
fn claimed(site: &Site<'_>) -> usize {
    let values = site.lookups.board.values(Facet::Claim).iter();
    values.filter(|value| value.slug == "done").map(|value| value.gaps.len()).sum()
}

/// Other ways to look at all of it.
fn views(site: &Site<'_>) -> Vec<Link> {
    let home = site.route.home();
    let link = |title: &str, page: &RelPath| Link {
        title: title.to_owned(),
        href: site.href(&home, page),
    };
    vec![
        link("Gap board", &site.route.index(RecordKind::Gap)),
        link("Gaps by documents", &site.route.trace(1)),
        link("What nothing links to", &site.route.orphans(1)),
        link("Badges to paste", &site.route.badges()),
    ]
}

/// Whether a document is a form to be filled in, and no place to begin.
fn is_form(title: &str, stem: &str) -> bool {
    let open = title.chars().filter(|c| matches!(c, '{' | '<')).count();
    let close = title.chars().filter(|c| matches!(c, '}' | '>')).count();
    let words = stem.to_lowercase();
    (open > 0 && open == close)
        || words.split(|c: char| !c.is_alphanumeric()).any(|word| word == "template")
}

/// Where to begin: the documents nearest to the root, README and index before the others.
fn start(site: &Site<'_>) -> Vec<Link> {
    let home = site.route.home();
    let mut documents: Vec<_> = site
        .of_kind(RecordKind::Document)
        .filter(|ix| site.record(*ix).part == Part::Whole)
        .filter(|ix| !is_form(&site.title_of(*ix), site.record(*ix).path.stem()))
        .collect();
    documents.sort_by_key(|ix| {
        let path = &site.record(*ix).path;
        let stem = path.stem().to_lowercase();
        (path.folders().count(), !matches!(stem.as_str(), "readme" | "index"), *ix)
    });
    documents.into_iter().take(8).map(|ix| site.link(&home, ix)).collect()
}

#[cfg(test)]
mod tests {
    use super::is_form;

    #[test]
    fn a_form_is_no_place_to_begin() {
        assert!(is_form("ADR {ADR-NUMBER}: {TITLE}", "adr-000"));
        assert!(is_form("Decision", "ADR-TEMPLATE"));
        assert!(is_form("<title of the decision>", "0000"));
        assert!(!is_form("Set {", "sets"));
        assert!(!is_form("How templates work", "templating"));
    }
}
