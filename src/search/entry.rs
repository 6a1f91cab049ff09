//! The documents of the index: everything with an id, and the pages that list them.

use crate::{
    graph::{
        decisions,
        record::{Part, RecordIx, RecordKind},
    },
    page::{Job, rows, site::Site},
    path::RelPath,
};

/// A document of the index, without its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its address from the root of the site, with a fragment.
    pub href: String,
    /// Its title.
    pub title: String,
    /// The id of the record, when it has one of its own; else the path, may be empty.
    pub id: String,
    /// Other names.
    pub names: Vec<String>,
    /// What its path says, may be empty.
    pub path: String,
    /// What it can be chosen by: kind, priority, coverage, status. Empty where it has none.
    pub columns: [String; 4],
    /// Where its text comes from.
    pub text: Option<RecordIx>,
}

/// The names of [`Entry::columns`].
pub const COLUMNS: [&str; 4] = ["kind", "priority", "coverage", "status"];

/// All documents, in a fixed order.
pub fn entries(site: &Site<'_>) -> Vec<Entry> {
    let records = site.graph.records.iter().map(|(ix, _)| ix);
    let mut found: Vec<Entry> =
        records.filter(|ix| !site.is_repeated_symbol(*ix)).map(|ix| of_record(site, ix)).collect();
    found.extend(crate::page::jobs(site).iter().filter_map(|job| of_page(site, job)));
    found
}

fn of_record(site: &Site<'_>, ix: RecordIx) -> Entry {
    let record = site.record(ix);
    let root = site.route.home();
    let decision = decisions::decision_of(site.corpus, record);
    let finding = site.graph.gaps.get(&ix);
    let status = decision.and_then(|decision| decision.status.as_ref());
    let own = record.id != record.path.as_str();
    // The page of a schema is that of its package, which several share; its lines are its own.
    let lines = site.route.lines(record.file).filter(|_| record.kind == RecordKind::Schema);
    let href = match lines {
        Some(route) => site.href(&root, route),
        None => site.record_href(&root, ix),
    };
    let outline = site.outline(ix);
    let whole = record.part == Part::Whole;
    let file = if record.kind == RecordKind::Schema { record.path.name() } else { "" };
    let title = if file.is_empty() { record.title.clone() } else { file.to_owned() };
    Entry {
        href,
        title,
        id: if own || whole { record.id.clone() } else { String::new() },
        names: if whole { outline.front.aliases.clone() } else { Vec::new() },
        path: if whole { record.path.to_string() } else { String::new() },
        columns: [
            record.kind.label().to_owned(),
            rows::priority(site, ix).map_or("", |priority| priority.name()).to_owned(),
            finding.map_or("", |finding| finding.coverage.name()).to_owned(),
            status.map_or("", |status| status.value.name()).to_owned(),
        ],
        // A text that has a page of its own is found there.
        text: (site.text_route(ix) == *site.route.of(ix)).then_some(ix),
    }
}

/// A page that is not that of one record.
fn of_page(site: &Site<'_>, job: &Job) -> Option<Entry> {
    let route = &site.route;
    let (kind, title, path) = match job {
        Job::Documents(1) => ("page", "All documents".to_owned(), route.documents(1)),
        Job::Decisions(1) => ("page", "All decisions".to_owned(), route.decisions(1)),
        Job::Research(1) => ("page", "All research".to_owned(), route.research(1)),
        Job::Schemas(1) => ("page", "All schemas".to_owned(), route.schemas(1)),
        Job::Gaps => ("page", "All gaps".to_owned(), route.index(RecordKind::Gap)),
        Job::Drift(1) => ("page", "Drift".to_owned(), route.drift(1)),
        Job::Trace(1) => ("page", "Traceability".to_owned(), route.trace(1)),
        Job::Orphans(1) => ("page", "What nothing links to".to_owned(), route.orphans(1)),
        Job::Whole(1) => ("page", "The whole graph".to_owned(), route.whole(1)),
        Job::Badges => ("page", "Badges".to_owned(), route.badges()),
        Job::Plan(1) => ("page", "Plan".to_owned(), route.plan(1)),
        Job::Diagnostics(1) => ("page", "Diagnostics".to_owned(), route.diagnostics(1)),
        Job::LedgerText(ix) => {
            let route = site.text_route(*ix);
            let title = format!("{}: the text", site.record(*ix).title);
            return Some(Entry {
                text: Some(*ix),
                ..page(site, "ledger", title, &route, String::new())
            });
        }
        Job::Package(name, 1) => ("package", name.clone(), route.package(name)),
        Job::File(file) => ("file", file.name().to_owned(), route.file(file)),
        _ => return None,
    };
    let file = if let Job::File(file) = job { file.to_string() } else { String::new() };
    Some(page(site, kind, title, &path, file))
}

fn page(site: &Site<'_>, kind: &str, title: String, route: &RelPath, path: String) -> Entry {
    Entry {
        href: site.href(&site.route.home(), route),
        title,
        id: path.clone(),
        names: Vec::new(),
        path,
        columns: [kind.to_owned(), String::new(), String::new(), String::new()],
        text: None,
    }
}
