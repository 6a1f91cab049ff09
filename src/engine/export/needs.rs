//! `needs.json`, in which tools for requirements exchange what they know: the format of sphinx-needs,
//! as its versions 4 to 9 read it.
//!
//! Gaps, decisions and files are needs, each kind a type of its own. Everything that a gap record
//! holds is there, so that `lacuna import` can write it again.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::{
    engine::{
        import::body::Narrative,
        tables::{Context, cell::Cell, gaps},
    },
    graph::{
        decisions,
        link::Form,
        record::{Part, Record, RecordIx, RecordKind},
    },
    model::source::Body,
    page::site::Site,
};

/// The one version that the file has: what the files say now.
const VERSION: &str = "current";

/// Fields of text beside those of sphinx-needs, with what they hold.
pub const FIELDS: &[(&str, &str)] = &[
    ("record_id", "The id of the record, where a need cannot have it."),
    ("path", "The file it is written in."),
    ("url", "Its page."),
    ("date", "The day of a decision or a document."),
    ("number", "The number of a gap within its gap analysis."),
    ("priority", "From P0, the most urgent, to P4."),
    ("priorities", "Every priority as written, one a line."),
    ("coverage", "covered, partial, uncovered or waived; always derived."),
    ("drift", "Whether claim and coverage agree."),
    ("why", "Why the coverage is what it is."),
    ("claims", "What is said of the state, as written, one a line; the last is the status."),
    ("percent", "A stated percentage."),
    ("category", "As written."),
    ("phase", "As written."),
    ("impact", "As written."),
    ("effort", "Each mention on a line."),
    ("evidence", "Each citation on a line."),
    ("targets", "What would fill the gap, one a line."),
    ("tasks", "Each step on a line, with its box."),
    ("waits_for", "What comes first and is no gap, one a line."),
    ("waived_reason", "Why nobody has to fill it."),
    ("waived_owner", "Who answers for that."),
    ("waived_until", "The last day on which it holds."),
];

/// Links beside those of sphinx-needs.
pub const LINKS: &[(&str, &str)] = &[
    ("depends_on", "Gaps to fill first."),
    ("documents", "What the gap names to fill it, as far as it exists."),
    ("research", "What the gap cites."),
    ("supersedes", "Decisions that this one replaces."),
];

/// The file, as JSON.
pub fn needs(from: Context<'_>) -> Value {
    let site = from.site;
    let ids = Ids::of(site);
    let links = links(site, &ids);
    let mut bodies = Bodies { site, narratives: BTreeMap::new() };
    let mut needs = Map::new();
    for (ix, id) in &ids.0 {
        let mut need = common(site, *ix, id);
        let mut all = links.get(ix).cloned().unwrap_or_default();
        if let Some(finding) = site.graph.gaps.get(ix) {
            need.insert("content".to_owned(), bodies.of(*ix).into());
            let cells = gaps::gap(from, *ix, finding).unwrap_or_default();
            add_cells(&mut need, &cells);
            let first = finding.depends_on.iter();
            let words = first.filter(|(_, to)| to.is_none()).map(|(words, _)| words.as_str());
            fill(&mut need, "waits_for", words.collect::<Vec<_>>().join("\n"));
            let named = finding.targets.iter().flat_map(|target| &target.found);
            let cited = finding.evidence.iter().filter_map(|(_, cited)| {
                site.file(cited.path.as_ref()?).map(|file| site.graph.records.of_file(file))
            });
            let first = finding.depends_on.iter().filter_map(|(_, to)| *to);
            all.insert("depends_on", ids.in_order(first));
            all.insert("documents", ids.in_order(named.copied()));
            all.insert("research", ids.in_order(cited));
        }
        for (name, to) in all {
            need.insert(name.to_owned(), to.into());
        }
        needs.insert(id.clone(), need.into());
    }
    json!({
        "project": site.title,
        "current_version": VERSION,
        "versions": {
            VERSION: {
                "creator": { "program": "lacuna", "version": env!("CARGO_PKG_VERSION") },
                "needs": needs,
                "needs_amount": ids.0.len(),
                "needs_defaults_removed": true,
                "needs_schema": schema(),
            },
        },
    })
}

/// What every need has.
fn common(site: &Site<'_>, ix: RecordIx, id: &str) -> Map<String, Value> {
    let record = site.record(ix);
    let front = (record.part == Part::Whole).then(|| &site.outline(ix).front);
    let decision = decisions::decision_of(site.corpus, record);
    let path = record.path.as_str();
    let stem = path.rsplit_once('.').filter(|(stem, _)| !stem.ends_with('/'));
    let label = record.kind.label();
    let status = decision.and_then(|decision| decision.status.as_ref());
    let mut need = Map::new();
    for (key, value) in [
        ("id", json!(id)),
        ("type", json!(label)),
        ("type_name", json!(format!("{}{}", label[..1].to_uppercase(), &label[1..]))),
        ("title", json!(record.title)),
        ("status", json!(status.map(|status| status.value.name()))),
        ("tags", json!(front.map(|front| front.tags.as_slice()).unwrap_or_default())),
        ("content", json!("")),
        ("docname", json!(stem.map_or(path, |(stem, _)| stem))),
        ("lineno", json!(record.lines.0)),
        ("doctype", json!(".md")),
    ] {
        need.insert(key.to_owned(), value);
    }
    let url = site.record_href(&site.route.home(), ix);
    fill(&mut need, "record_id", if record.id == id { "" } else { &record.id });
    fill(&mut need, "path", path);
    fill(&mut need, "url", site.absolute(&url).unwrap_or(url));
    let day = decision.and_then(|decision| decision.date.as_ref()).map(|date| date.value.as_str());
    let day = day.or_else(|| front?.date.as_deref());
    fill(&mut need, "date", day.unwrap_or_default());
    need
}

/// The columns of a gap as fields.
fn add_cells(need: &mut Map<String, Value>, cells: &BTreeMap<&'static str, Cell>) {
    for (column, cell) in cells {
        match *column {
            "claim" => {
                let claim = cell.to_text();
                let known = (claim != "unknown").then_some(claim);
                need.insert("status".to_owned(), known.into());
            }
            "status" | "claims" => {}
            column if FIELDS.iter().any(|(field, _)| *field == column) && column != "url" => {
                fill(need, column, cell.to_text());
            }
            _ => {}
        }
    }
    let said = ["claims", "status"].into_iter().filter_map(|column| cells.get(column));
    let said: Vec<String> = said.map(Cell::to_text).filter(|text| !text.is_empty()).collect();
    fill(need, "claims", said.join("\n"));
}

/// Sets a field that is not empty.
fn fill(need: &mut Map<String, Value>, field: &str, text: impl Into<String>) {
    let text = text.into();
    if !text.is_empty() {
        need.insert(field.to_owned(), text.into());
    }
}

/// The ids of needs by record.
struct Ids(BTreeMap<RecordIx, String>);

impl Ids {
    /// Gaps, decisions and files. A dot in the id of a need begins the name of a part, and a bracket
    /// a condition, so that an id has letters, digits, `_` and `-` alone.
    fn of(site: &Site<'_>) -> Self {
        let is_need =
            |record: &Record| !matches!(record.kind, RecordKind::Symbol | RecordKind::Entry(_));
        let mut taken = BTreeSet::new();
        let mut ids = BTreeMap::new();
        let all = site.graph.records.iter().filter(|(_, record)| is_need(record));
        for (ix, record) in all {
            let plain = |c: char| if c.is_alphanumeric() || "_-".contains(c) { c } else { '_' };
            let base: String = record.id.chars().map(plain).collect();
            let mut id = base.clone();
            let mut count = 1;
            while !taken.insert(id.clone()) {
                count += 1;
                id = format!("{base}_{count}");
            }
            ids.insert(ix, id);
        }
        Self(ids)
    }

    /// The need that stands for a record: itself, or the file that it is a part of.
    fn need(&self, site: &Site<'_>, ix: RecordIx) -> Option<(RecordIx, &String)> {
        let whole = || site.graph.records.of_file(site.record(ix).file);
        let at = if self.0.contains_key(&ix) { ix } else { whole() };
        self.0.get(&at).map(|id| (at, id))
    }

    /// The ids of these, each once, in their order.
    fn in_order(&self, all: impl Iterator<Item = RecordIx>) -> Vec<String> {
        let mut seen = BTreeSet::new();
        let all = all.filter_map(|ix| self.0.get(&ix)).filter(|id| seen.insert(id.as_str()));
        all.cloned().collect()
    }
}

type Links = BTreeMap<&'static str, Vec<String>>;

/// What the texts of needs link to, and what decisions supersede.
fn links(site: &Site<'_>, ids: &Ids) -> BTreeMap<RecordIx, Links> {
    let mut found: BTreeMap<RecordIx, BTreeMap<&'static str, BTreeSet<&String>>> = BTreeMap::new();
    let mut add = |from: RecordIx, name: &'static str, to: RecordIx| {
        let (Some((from, own)), Some((_, to))) = (ids.need(site, from), ids.need(site, to)) else {
            return;
        };
        if own != to {
            found.entry(from).or_default().entry(name).or_default().insert(to);
        }
    };
    for link in site.graph.links.iter().filter(|link| link.form != Form::Evidence) {
        if let Some(to) = link.to.record(&site.graph.records).filter(|_| link.to.holds()) {
            add(link.from, "links", to);
        }
    }
    for ix in site.of_kind(RecordKind::Decision) {
        for by in site.graph.decisions.superseded(ix).into_iter().flatten() {
            add(*by, "supersedes", ix);
        }
    }
    let owned = |links: BTreeMap<&'static str, BTreeSet<&String>>| {
        links.into_iter().map(|(name, to)| (name, to.into_iter().cloned().collect())).collect()
    };
    found.into_iter().map(|(ix, links)| (ix, owned(links))).collect()
}

/// What each gap says in prose.
struct Bodies<'a> {
    site: &'a Site<'a>,
    narratives: BTreeMap<usize, Narrative<'a>>,
}

impl Bodies<'_> {
    /// The text below the title.
    fn of(&mut self, ix: RecordIx) -> String {
        let site = self.site;
        let record = site.record(ix);
        let outline = &*site.corpus.outlines[record.file];
        let body = &site.bodies[record.file];
        let text = match (record.part, body) {
            (Part::Gap(n), _) => {
                let gaps = outline.facts.gaps();
                let narrative = self.narratives.entry(record.file);
                let narrative = narrative.or_insert_with(|| Narrative::new(outline, body, gaps));
                gaps.get(n).map(|gap| narrative.body(gap, &record.path)).unwrap_or_default()
            }
            (_, Body::Markdown { text, start }) => text[*start..].to_owned(),
            _ => String::new(),
        };
        let text = text.trim();
        let rest = match text.split_once('\n') {
            Some((first, rest)) if first.starts_with("# ") => rest,
            None if text.starts_with("# ") => "",
            _ => text,
        };
        rest.trim().to_owned()
    }
}

/// The fields of a need, as JSON Schema of draft 7, with the values that are left out.
fn schema() -> Value {
    let text = |about: &str, kind: &str| json!({ "type": "string", "default": "", "description": about, "field_type": kind });
    let ids = |about: &str, kind: &str| {
        json!({
            "type": "array",
            "items": { "type": "string" },
            "default": [],
            "description": about,
            "field_type": kind,
        })
    };
    let mut properties = Map::new();
    for (name, about) in [
        ("id", "The id of the need."),
        ("title", "Its title."),
        ("type", "What kind of record it is."),
        ("type_name", "The same for people."),
        ("content", "What is written of it."),
        ("doctype", "The markup of the content."),
    ] {
        properties.insert(name.to_owned(), text(about, "core"));
    }
    for (name, ty, about) in [
        ("status", "string", "The status it claims, or that of a decision."),
        ("docname", "string", "The file, without its ending."),
        ("lineno", "integer", "The line."),
    ] {
        let property = json!({
            "type": [ty, "null"],
            "default": null,
            "description": about,
            "field_type": "core",
        });
        properties.insert(name.to_owned(), property);
    }
    properties.insert("tags".to_owned(), ids("Words to group by.", "core"));
    properties.insert("links".to_owned(), ids("What its text links to.", "links"));
    let extra = FIELDS.iter().map(|(name, about)| ((*name).to_owned(), text(about, "extra")));
    properties.extend(extra);
    let links = LINKS.iter().map(|(name, about)| ((*name).to_owned(), ids(about, "links")));
    properties.extend(links);
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "type": "object",
        "properties": properties,
    })
}
