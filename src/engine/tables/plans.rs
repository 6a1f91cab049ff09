//! The tables of the plan, and of what gap analyses hold beside their gaps.

use super::cell::{Cell, Rows};
use crate::{
    engine::export::claims,
    graph::record::{Part, RecordIx, RecordKind},
    model::{
        Fact,
        ledger::{Entry, Ledger},
        source::Facts,
    },
    page::site::Site,
};

/// What to write next, the most useful first.
pub fn plan(site: &Site<'_>) -> Rows {
    let ids = |gaps: &[RecordIx]| Cell::list(gaps.iter().map(|ix| &site.record(*ix).id));
    let steps = site.graph.plan.steps.iter().enumerate().map(|(n, step)| {
        vec![
            (n + 1).into(),
            (&step.document.name).into(),
            step.document.work.name().into(),
            ids(&step.fills),
            ids(&step.helps),
            step.after.covered.into(),
            step.after.percent().into(),
            step.document.found.map(|ix| site.route.of(ix)).into(),
        ]
    });
    Rows {
        columns: &["number", "document", "work", "fills", "helps", "covered", "percent", "url"],
        rows: steps.collect(),
    }
}

/// Components, phases, risks, tasks and the like.
pub fn entries(site: &Site<'_>) -> Rows {
    let mut rows = Vec::new();
    for (ix, ledger) in ledgers(site) {
        let parts = site.graph.records.parts_of(site.record(ix).file);
        let id = |part: Part| {
            let found = parts.iter().find(|ix| site.record(**ix).part == part);
            found.map(|ix| &site.record(*ix).id)
        };
        let entries = ledger.entries.iter().enumerate();
        rows.extend(entries.map(|(n, entry)| {
            let gap = entry.gap.and_then(|gap| id(Part::Gap(gap)));
            row(site, ix, (entry, id(Part::Entry(n)).or(entry.id.as_ref()), gap))
        }));
    }
    Rows {
        columns: &[
            "kind",
            "id",
            "title",
            "status",
            "status_as_written",
            "percent",
            "effort",
            "low_days",
            "high_days",
            "time",
            "depends_on",
            "section",
            "gap",
            "said",
            "items",
            "path",
            "line",
            "url",
        ],
        rows,
    }
}

fn row(
    site: &Site<'_>,
    ix: RecordIx,
    (entry, id, gap): (&Entry, Option<&String>, Option<&String>),
) -> Vec<Cell> {
    let said = entry.said.iter().map(|(role, fact)| format!("{}: {}", role.label(), fact.value));
    let more = entry.more.iter().map(|more| format!("{}: {}", more.label, more.text));
    let effort = entry.effort.as_ref();
    let days = effort.filter(|effort| effort.value.high > 0).map(|effort| effort.value.days());
    let texts = |facts: &[Fact<String>]| Cell::list(facts.iter().map(|fact| &fact.value));
    vec![
        entry.kind.label().into(),
        id.into(),
        (&entry.title.value).into(),
        entry.status.as_ref().map(|status| status.value.name()).into(),
        entry.status.as_ref().map(|status| &status.raw).into(),
        entry.percent.as_ref().map(|percent| percent.value).into(),
        effort.map(|effort| &effort.raw).into(),
        days.map_or(Cell::Nothing, |days| Cell::Days(days.0)),
        days.map_or(Cell::Nothing, |days| Cell::Days(days.1)),
        entry.stretch.as_ref().map(|stretch| &stretch.raw).into(),
        texts(&entry.depends_on),
        entry.section.as_ref().map(|section| &section.value).into(),
        gap.into(),
        Cell::list(said.chain(more)),
        texts(&entry.items),
        (&site.record(ix).path).into(),
        entry.title.line.into(),
        Cell::Text(format!("{}#{}", site.route.of(ix), entry.anchor())),
    ]
}

/// Every figure that a gap analysis states, with what was counted.
pub fn statements(site: &Site<'_>) -> Rows {
    let mut rows = Vec::new();
    for (ix, ledger) in ledgers(site) {
        let Some(claims) = site.graph.claims.get(&site.record(ix).file) else { continue };
        rows.extend(claims.findings.iter().map(|finding| {
            let stated = &ledger.statements[finding.statement];
            vec![
                claims::about(&stated.subject).into(),
                (&stated.raw).into(),
                Cell::Text(stated.amount.to_string()),
                finding.counted.as_ref().into(),
                finding.verdict.name().into(),
                (&finding.how).into(),
                (&site.record(ix).path).into(),
                stated.line.into(),
            ]
        }));
    }
    Rows {
        columns: &["about", "written", "stated", "counted", "verdict", "how", "path", "line"],
        rows,
    }
}

fn ledgers<'a>(site: &'a Site<'_>) -> impl Iterator<Item = (RecordIx, &'a Ledger)> {
    site.of_kind(RecordKind::Ledger).filter_map(|ix| match &site.outline(ix).facts {
        Facts::Ledger(ledger) => Some((ix, &**ledger)),
        _ => None,
    })
}
