//! Answers a view: the records it asks for, with their fields.

use std::{cmp::Ordering, collections::BTreeMap};

use super::{
    Corpus, Graph,
    coverage::{self, TargetState},
    decisions,
    record::{Part, Record, RecordIx, RecordKind},
    symbols,
};
use crate::{
    model::{
        decision::Status,
        ledger::{Entry, EntryKind, Role},
        source::Facts,
        view::{Kind, Order, Query, Shape},
    },
    read::view::Condition,
};

pub use crate::read::view::{Field, natural};

/// What a view shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The records that were asked for, in order, without those over the limit.
    pub rows: Vec<Row>,
    /// How many there are.
    pub total: usize,
}

/// A record with its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The record.
    pub ix: RecordIx,
    /// Its fields.
    pub fields: Fields,
}

/// The fields of a record by name.
pub type Fields = BTreeMap<&'static str, Field>;

/// Answers a view.
///
/// # Errors
/// The condition fails on a record; a sentence that names it.
pub fn answer(corpus: Corpus<'_>, graph: &Graph, query: &Query) -> Result<Answer, String> {
    let condition = match &query.condition {
        Some((text, _)) => Some(Condition::parse(text, query.kind).map_err(|f| f.message)?),
        None => None,
    };
    let mut rows = Vec::new();
    for (ix, record) in graph.records.iter().filter(|(_, record)| is_of(query.kind, record.kind)) {
        let fields = fields(corpus, graph, query.kind, ix);
        let holds = condition.as_ref().map_or(Ok(true), |condition| condition.holds(&fields));
        match holds {
            Ok(true) => rows.push(Row { ix, fields }),
            Ok(false) => {}
            Err(why) => return Err(format!("the condition fails on {}: {why}", record.id)),
        }
    }
    rows.sort_by(|one, other| {
        let keys = query.sort.iter().map(|key| {
            let (a, b) = (one.fields.get(key.field), other.fields.get(key.field));
            in_order(a, b, key.order)
        });
        keys.fold(Ordering::Equal, Ordering::then)
    });
    let total = rows.len();
    if matches!(query.shape, Shape::Table | Shape::List | Shape::Graph) {
        rows.truncate(query.limit);
    }
    Ok(Answer { rows, total })
}

/// Empty fields come last, whichever end is first.
fn in_order(a: Option<&Field>, b: Option<&Field>, order: Order) -> Ordering {
    let is_empty = |field: Option<&Field>| field.is_none_or(Field::is_empty);
    is_empty(a).cmp(&is_empty(b)).then_with(|| {
        let found = a.zip(b).map_or(Ordering::Equal, |(a, b)| a.compare(b));
        if order == Order::Descending { found.reverse() } else { found }
    })
}

fn is_of(kind: Kind, record: RecordKind) -> bool {
    match (kind, record) {
        (Kind::Records, kind) => !matches!(kind, RecordKind::Entry(_)),
        (Kind::Gaps, RecordKind::Gap)
        | (Kind::Decisions, RecordKind::Decision)
        | (Kind::Documents, RecordKind::Document | RecordKind::Ledger | RecordKind::Diagram)
        | (Kind::Chunks, RecordKind::Research)
        | (Kind::Symbols, RecordKind::Symbol) => true,
        (kind, RecordKind::Entry(entry)) => entry_of(kind) == Some(entry),
        _ => false,
    }
}

fn entry_of(kind: Kind) -> Option<EntryKind> {
    Some(match kind {
        Kind::Tasks => EntryKind::Task,
        Kind::Components => EntryKind::Component,
        Kind::Phases => EntryKind::Phase,
        Kind::Efforts => EntryKind::Effort,
        Kind::Risks => EntryKind::Risk,
        Kind::Questions => EntryKind::Question,
        Kind::Debts => EntryKind::Debt,
        Kind::Services => EntryKind::Service,
        Kind::Metrics => EntryKind::Metric,
        _ => return None,
    })
}

/// Every field of a record; each kind fills those that [`Kind::fields`] names.
fn fields(corpus: Corpus<'_>, graph: &Graph, kind: Kind, ix: RecordIx) -> Fields {
    let record = graph.records.get(ix);
    let mut fields = Fields::from([
        ("id", text(&record.id)),
        ("title", text(&record.title)),
        ("path", text(record.path.as_str())),
        ("line", number(record.lines.0)),
        ("links", number(graph.backlinks.to(ix).count())),
        ("kind", text(record.kind.label())),
    ]);
    match kind {
        Kind::Records => {}
        Kind::Gaps => of_gap(corpus, graph, ix, &mut fields),
        Kind::Decisions => of_decision(corpus, graph, ix, &mut fields),
        Kind::Documents => of_document(corpus, graph, ix, &mut fields),
        Kind::Chunks => {
            fields.insert("lines", number(corpus.outlines[record.file].lines));
        }
        Kind::Symbols => of_symbol(corpus, graph, ix, &mut fields),
        _ => of_entry(corpus, graph, record, &mut fields),
    }
    for name in kind.fields() {
        fields.entry(name).or_insert_with(|| text(""));
    }
    fields.retain(|name, _| kind.fields().contains(name));
    fields
}

fn of_gap(corpus: Corpus<'_>, graph: &Graph, ix: RecordIx, fields: &mut Fields) {
    let record = graph.records.get(ix);
    if record.part != Part::Whole {
        fields.insert("ledger", text(&ledger(graph, record).title));
    }
    if let Some(gap) = coverage::gap_of(corpus, record) {
        let priority = gap.priority.as_ref().map_or("", |fact| fact.value.name());
        let category = gap.category.as_ref().map_or("", |fact| fact.value.as_str());
        let effort = gap.effort.iter().map(|fact| fact.raw.clone()).collect();
        fields.extend([
            ("priority", text(priority)),
            ("category", text(category)),
            ("claim", text(gap.claim.status.name())),
            ("effort", Field::Several(effort)),
        ]);
    }
    if let Some(finding) = graph.gaps.get(&ix) {
        let named = |missing: bool| {
            let wanted = |state: TargetState| !missing || state == TargetState::Missing;
            let targets = finding.targets.iter().filter(|target| wanted(target.state));
            Field::Several(targets.map(|target| target.name.clone()).collect())
        };
        fields.extend([
            ("coverage", text(finding.coverage.name())),
            ("drift", text(finding.drift.name())),
            ("targets", named(false)),
            ("missing", named(true)),
        ]);
    }
}

fn of_decision(corpus: Corpus<'_>, graph: &Graph, ix: RecordIx, fields: &mut Fields) {
    let Some(decision) = decisions::decision_of(corpus, graph.records.get(ix)) else { return };
    let status = decision.status.as_ref().map_or(Status::Unknown, |fact| fact.value);
    let date = decision.date.as_ref().map_or("", |fact| fact.value.as_str());
    fields.extend([
        ("status", text(status.name())),
        ("date", text(date)),
        ("superseded", Field::Flag(graph.decisions.superseded(ix).is_some())),
    ]);
    fields.extend(decision.number.map(|own| ("number", number(own))));
}

fn of_document(corpus: Corpus<'_>, graph: &Graph, ix: RecordIx, fields: &mut Fields) {
    let record = graph.records.get(ix);
    let outline = &corpus.outlines[record.file];
    let front = &outline.front;
    let covered = graph
        .gaps
        .iter()
        .filter(|(_, finding)| finding.targets.iter().any(|target| target.found.contains(&ix)));
    let covers = covered.map(|(gap, _)| graph.records.get(*gap).id.clone());
    fields.extend([
        ("folder", text(record.path.parent())),
        ("date", text(front.date.as_deref().unwrap_or_default())),
        ("tags", Field::Several(front.tags.clone())),
        ("description", text(front.description.as_deref().unwrap_or_default())),
        ("words", number(outline.amount.words)),
        ("covers", Field::Several(covers.collect())),
    ]);
}

fn of_symbol(corpus: Corpus<'_>, graph: &Graph, ix: RecordIx, fields: &mut Fields) {
    let Some((schema, symbol)) = symbols::symbol_of(corpus, &graph.records, ix) else { return };
    fields.extend([
        ("package", text(&schema.package)),
        ("shape", text(symbol.shape.word())),
        ("deprecated", Field::Flag(symbol.deprecated)),
        ("members", number(symbol.members().count())),
    ]);
}

fn of_entry(corpus: Corpus<'_>, graph: &Graph, record: &Record, fields: &mut Fields) {
    let (Part::Entry(n), Facts::Ledger(held)) = (record.part, &corpus.outlines[record.file].facts)
    else {
        return;
    };
    let Some(entry) = held.entries.get(n) else { return };
    let say = |role: Role| entry.say(role).map_or("", |fact| fact.value.as_str());
    fields.extend([
        ("ledger", text(&ledger(graph, record).title)),
        ("section", text(entry.section.as_ref().map_or("", |fact| fact.value.as_str()))),
        ("status", text(entry.status.as_ref().map_or("", |fact| fact.value.name()))),
        ("gap", text(&gap_of(graph, record, entry))),
        ("priority", text(say(Role::Priority))),
        ("owner", text(say(Role::Owner))),
    ]);
    fields.extend(entry.percent.as_ref().map(|fact| ("percent", number(fact.value))));
}

fn gap_of(graph: &Graph, record: &Record, entry: &Entry) -> String {
    let parts = graph.records.parts_of(record.file).iter().map(|ix| graph.records.get(*ix));
    let mut gaps = parts.filter(|part| matches!(part.part, Part::Gap(n) if Some(n) == entry.gap));
    gaps.next().map(|gap| gap.id.clone()).unwrap_or_default()
}

fn ledger<'a>(graph: &'a Graph, record: &Record) -> &'a Record {
    graph.records.get(graph.records.of_file(record.file))
}

fn text(text: &str) -> Field {
    Field::Text(text.to_owned())
}

fn number(number: impl TryInto<i64>) -> Field {
    Field::Number(number.try_into().unwrap_or(i64::MAX))
}
