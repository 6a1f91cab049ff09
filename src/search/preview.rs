//! What a link to a record shows before it is followed: a card a page, in small files by a hash of
//! its address, so that an edit changes one of them and a hover loads one.
//!
//! ```text
//! assets/preview/index.js  the version of each file, in order
//!                p-….js    address -> card
//! ```
//!
//! The other half, which shows them, is `themes/default/assets/preview.js`.

use std::{collections::BTreeMap, sync::Arc};

use serde::Serialize;

use super::{
    digest::{Digest, json},
    postings,
    text::sentence,
};
use crate::{
    graph::{
        decisions,
        record::{RecordIx, RecordKind},
    },
    model::schema::{Shape, Streaming, Symbol},
    page::{rows, site::Site},
    path::RelPath,
    text::script,
};

/// The folder of the files.
pub const FOLDER: &str = "assets/preview";

/// So many cards are in one file, at most in the mean.
const CARDS: usize = 24;

/// So many fields, values or methods are shown of a symbol.
const MEMBERS: usize = 6;

/// What is shown of a record: the script reads it as a list.
#[derive(Debug, Serialize)]
struct Card(
    /// What it is: `gap`, `message`.
    &'static str,
    /// The id, where the title does not say it; may be empty.
    String,
    /// The title.
    String,
    /// States, each with its style class and its word.
    Vec<(String, String)>,
    /// The first sentence, may be empty.
    String,
    /// The first members of a symbol: name, and type or number.
    Vec<(String, String)>,
    /// How many more members there are.
    usize,
);

/// The files of the cards by their routes. `digests` are what [`super::read`] gave, beside the
/// outlines.
pub fn files(site: &Site<'_>, digests: &[Arc<Vec<Digest>>]) -> BTreeMap<String, Vec<u8>> {
    let mut cards: BTreeMap<String, Card> = BTreeMap::new();
    for (ix, record) in site.graph.records.iter() {
        if site.is_repeated_symbol(ix) {
            continue;
        }
        let first = site.graph.records.of_file(record.file);
        let lead = digests[record.file].get(ix.0 - first.0).map_or("", |d| d.lead.as_str());
        for address in addresses(site, ix) {
            cards.entry(address).or_insert_with(|| card(site, ix, lead));
        }
    }
    let count = (cards.len() / CARDS).next_power_of_two();
    let mut shelves: Vec<Vec<String>> = vec![Vec::new(); count];
    for (address, card) in &cards {
        shelves[script::shelf(address, count)].push(format!("{}:{}", json(address), json(card)));
    }
    let mut files = BTreeMap::new();
    let mut versions = Vec::new();
    for (n, rows) in shelves.iter().enumerate() {
        let name = format!("p-{n}");
        let bytes = script(&name, &format!("{{{}}}", rows.join(",\n")));
        versions.push(postings::version(&bytes));
        files.insert(format!("{FOLDER}/{name}.js"), bytes);
    }
    files.insert(format!("{FOLDER}/index.js"), script("index", &json(&versions)));
    files
}

fn script(name: &str, data: &str) -> Vec<u8> {
    script::call("lacunaPreview", &format!("\"{name}\",{data}")).into_bytes()
}

/// The pages that show a record, from the root of the site, not escaped.
fn addresses(site: &Site<'_>, ix: RecordIx) -> Vec<String> {
    let record = site.record(ix);
    let lines = || {
        let is_whole = site.graph.records.of_file(record.file) == ix;
        let shown = is_whole && site.has_line_page(record.file);
        site.route.lines(record.file).filter(|_| shown).map(RelPath::to_string)
    };
    let page = site.page_of(ix).to_string();
    match (record.kind, &record.anchor) {
        // Its page is that of its package, which several share.
        (RecordKind::Schema, _) => lines().into_iter().collect(),
        (RecordKind::Entry(_), Some(anchor)) => vec![format!("{page}#{anchor}")],
        (RecordKind::Entry(_), None) => Vec::new(),
        _ => {
            let pages = site.symbol(ix).map_or(1, |(_, symbol)| symbol.pages());
            let further = (2..=pages).map(|n| site.route.further(site.route.of(ix), n).to_string());
            std::iter::once(page).chain(further).chain(lines()).collect()
        }
    }
}

fn card(site: &Site<'_>, ix: RecordIx, lead: &str) -> Card {
    let record = site.record(ix);
    let symbol = site.symbol(ix).map(|(_, symbol)| symbol);
    let kind = symbol.map_or(record.kind.label(), |symbol| symbol.shape.word());
    let made = record.id == record.path.as_str() || symbol.is_some();
    let told = made || record.title.contains(&record.id);
    let (members, more) = symbol.map(members).unwrap_or_default();
    let title = match record.kind {
        RecordKind::Schema => record.path.name().to_owned(),
        _ => record.title.clone(),
    };
    let id = if told { String::new() } else { record.id.clone() };
    Card(kind, id, title, marks(site, ix), lead.to_owned(), members, more)
}

fn marks(site: &Site<'_>, ix: RecordIx) -> Vec<(String, String)> {
    let record = site.record(ix);
    let mark = |class: &str, word: &str| (format!("{class}-{word}"), word.to_owned());
    let mut marks = Vec::new();
    if let Some(finding) = site.graph.gaps.get(&ix) {
        marks.extend(rows::priority(site, ix).map(|priority| mark("p", priority.name())));
        marks.push(mark("c", finding.coverage.name()));
        let drift = finding.drift.name();
        if matches!(drift, "overclaimed" | "underclaimed") {
            marks.push(("drift".to_owned(), drift.to_owned()));
        }
    }
    if let Some(decision) = decisions::decision_of(site.corpus, record) {
        let status = rows::decision(site, &site.route.home(), ix).status;
        marks.push(mark("d", status));
        marks.extend(decision.date.as_ref().map(|date| (String::new(), date.value.clone())));
    }
    if record.kind == RecordKind::Research {
        let words = match site.citations(record.file) {
            0 => "not cited".to_owned(),
            1 => "cited once".to_owned(),
            n => format!("cited {n} times"),
        };
        marks.push((String::new(), words));
    }
    marks
}

/// The first members of a symbol, and how many more there are.
fn members(symbol: &Symbol) -> (Vec<(String, String)>, usize) {
    let all: Vec<(String, String)> = match &symbol.shape {
        Shape::Message { fields, .. } => {
            let words = |label: &str, ty: String| match label {
                "" => ty,
                label => format!("{label} {ty}"),
            };
            fields.iter().map(|f| (f.name.clone(), words(&f.label, f.ty.to_string()))).collect()
        }
        Shape::Enum { values, .. } => {
            values.iter().map(|value| (value.name.clone(), value.number.to_string())).collect()
        }
        Shape::Service { methods } => {
            let stream = |is: bool| if is { "stream " } else { "" };
            let words = |m: &crate::model::schema::Method| {
                let sent = matches!(m.streaming, Streaming::Client | Streaming::Both);
                let back = matches!(m.streaming, Streaming::Server | Streaming::Both);
                format!("{}{} → {}{}", stream(sent), m.input, stream(back), m.output)
            };
            methods.iter().map(|method| (method.name.clone(), words(method))).collect()
        }
        Shape::Extension { extendee, field } => {
            vec![(format!("extends {extendee}"), field.ty.to_string())]
        }
    };
    let more = all.len().saturating_sub(MEMBERS);
    (all.into_iter().take(MEMBERS).collect(), more)
}

/// The first sentence of a text that says something: not its title, and no label with a value.
pub(super) fn lead(texts: &[&str], title: &str) -> String {
    let lines = texts.iter().flat_map(|text| text.lines()).map(str::trim);
    let title = title.to_lowercase();
    let says = |line: &&str| {
        line.split_whitespace().count() > 4 && !line.to_lowercase().ends_with(&title)
            || line.chars().filter(|c| !c.is_ascii()).count() > 12
    };
    let labelled = |line: &str| {
        let label = line.split_once(": ");
        label.is_some_and(|(label, value)| {
            label.split_whitespace().count() < 4 && value.split_whitespace().count() < 5
        })
    };
    let mut lines = lines.filter(says).filter(|line| !labelled(line));
    lines.next().map(sentence).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lead_is_a_sentence_and_neither_title_nor_label() {
        let text = "GAP-1: No backup of the ledger\nPriority: P0\nStatus: not started at all\n\
                    Nobody can restore v1.2 of the ledger. It is gone.";
        assert_eq!(
            lead(&[text], "No backup of the ledger"),
            "Nobody can restore v1.2 of the ledger."
        );
        assert_eq!(lead(&["", "Only four words here"], "T"), "");
        let long = "word ".repeat(100);
        let cut = lead(&[&long], "T");
        assert!(cut.ends_with(" word…") && cut.len() < 250, "{cut}");
    }
}
