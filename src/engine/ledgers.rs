//! What ledgers record beside their gaps, and the plans they give, as the export has them.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::{
    graph::{
        record::Part,
        schedule::{
            Before, Place, Schedule, Slack, Step, StepOf,
            phases::{self, Close},
        },
    },
    model::{
        Fact,
        ledger::{Effort, Entry, Ledger, Stretch, in_days},
        source::Facts,
    },
    page::site::Site,
};

/// Every ledger with its entries, by path.
pub fn ledgers(site: &Site<'_>) -> Vec<Value> {
    let outlines = site.corpus.outlines.iter().enumerate();
    outlines
        .filter_map(|(file, outline)| {
            let Facts::Ledger(ledger) = &outline.facts else { return None };
            let whole = site.graph.records.of_file(file);
            let names = Names::new(site, file);
            let entries: Vec<Value> =
                ledger.entries.iter().enumerate().map(|(n, entry)| names.entry(n, entry)).collect();
            let schedule = site.graph.schedules.get(&file);
            let plans: Vec<Value> = phases::plans(ledger).iter().map(|p| plan(ledger, p)).collect();
            Some(json!({
                "path": outline.path,
                "url": site.route.of(whole),
                "entries": entries,
                "schedule": schedule.map(|schedule| names.schedule(ledger, schedule)),
                "plans": plans,
            }))
        })
        .collect()
}

/// Ids of what one ledger holds, and the addresses of its pages.
struct Names<'a> {
    gaps: BTreeMap<usize, &'a str>,
    entries: BTreeMap<usize, &'a str>,
    site: &'a Site<'a>,
    file: usize,
}

impl<'a> Names<'a> {
    fn new(site: &'a Site<'a>, file: usize) -> Self {
        let records = &site.graph.records;
        let mut names = Self { gaps: BTreeMap::new(), entries: BTreeMap::new(), site, file };
        for record in records.parts_of(file).iter().map(|ix| records.get(*ix)) {
            match record.part {
                Part::Gap(n) => names.gaps.insert(n, &record.id),
                Part::Entry(n) => names.entries.insert(n, &record.id),
                _ => None,
            };
        }
        names
    }

    fn entry(&self, n: usize, entry: &Entry) -> Value {
        let said: Vec<Value> = entry
            .said
            .iter()
            .map(|(role, fact)| field(role.label(), "", fact))
            .chain(entry.more.iter().map(|more| {
                json!({ "role": "other", "label": more.label, "text": more.text, "line": more.line })
            }))
            .collect();
        json!({
            "kind": entry.kind.label(),
            "id": self.entries.get(&n).copied().or(entry.id.as_deref()),
            "title": entry.title.value,
            "line": entry.title.line,
            "end_line": entry.lines.1,
            "section": entry.section.as_ref().map(|section| section.value.as_str()),
            "status": entry.status.as_ref().map(|status| json!({
                "status": status.value,
                "raw": status.raw,
                "line": status.line,
            })),
            "percent": entry.percent.as_ref().map(|percent| percent.value),
            "said": said,
            "items": entry.items.iter().map(|item| field("item", "", item)).collect::<Vec<_>>(),
            "effort": entry.effort.as_ref().map(|effort| json!({
                "raw": effort.raw,
                "low_days": days(effort.value).map(|days| days.0),
                "high_days": days(effort.value).map(|days| days.1),
            })),
            "time": entry.stretch.as_ref().map(stretch),
            "depends_on": entry.depends_on.iter().map(|d| d.value.as_str()).collect::<Vec<_>>(),
            "gap": entry.gap.and_then(|gap| self.gaps.get(&gap)),
            "url": format!("{}#{}", self.site.page_of_entry(self.file, n), entry.anchor()),
        })
    }

    fn schedule(&self, ledger: &Ledger, schedule: &Schedule) -> Value {
        let title = |n: &usize| schedule.steps[*n].title.clone();
        json!({
            "total_low_days": in_days(schedule.total.low),
            "total_high_days": in_days(schedule.total.high),
            "length_low_days": in_days(schedule.length.low),
            "length_high_days": in_days(schedule.length.high),
            "critical_path": schedule.chain().iter().map(title).collect::<Vec<_>>(),
            "circle": schedule.circle.iter().map(title).collect::<Vec<_>>(),
            "steps": schedule
                .steps
                .iter()
                .map(|step| self.step(ledger, schedule, step))
                .collect::<Vec<_>>(),
        })
    }

    fn step(&self, ledger: &Ledger, schedule: &Schedule, step: &Step) -> Value {
        let (start, end, slack) = match step.place {
            Place::At { start, end, slack } => {
                (Some(in_days(start)), Some(in_days(end)), Some(slack))
            }
            Place::Never => (None, None, None),
        };
        let after: Vec<Value> = step
            .after
            .iter()
            .map(|(name, before)| {
                json!({
                    "raw": name.value,
                    "step": match before {
                        Before::Step(n) => Some(schedule.steps[*n].title.as_str()),
                        _ => None,
                    },
                    "gap": match before {
                        Before::Gap(gap) => self.gaps.get(gap),
                        _ => None,
                    },
                })
            })
            .collect();
        let gap = match step.of {
            StepOf::Entry(n) => ledger.entries[n].gap,
            StepOf::Gap(gap) => Some(gap),
        };
        json!({
            "title": step.title,
            "line": step.line,
            "gap": gap.and_then(|gap| self.gaps.get(&gap)),
            "low_days": step.effort.map(|effort| in_days(effort.low)),
            "high_days": step.effort.map(|effort| in_days(effort.high)),
            "start_day": start,
            "end_day": end,
            "slack_days": slack.map(|slack| match slack {
                Slack::Critical => 0.0,
                Slack::Spare(spare) => in_days(spare),
            }),
            "after": after,
        })
    }
}

fn field(role: &str, label: &str, fact: &Fact<String>) -> Value {
    json!({ "role": role, "label": label, "text": fact.value, "line": fact.line })
}

/// The days of an effort that could be read.
fn days(effort: Effort) -> Option<(f64, f64)> {
    (effort.high > 0).then(|| effort.days())
}

fn stretch(fact: &Fact<Stretch>) -> Value {
    let (from, to, low, high) = match fact.value {
        Stretch::Between { from, to } => (Some(in_days(from)), to.map(in_days), None, None),
        Stretch::Lasting(effort) => (None, None, Some(effort.days().0), Some(effort.days().1)),
    };
    json!({
        "raw": fact.raw,
        "line": fact.line,
        "from_day": from,
        "to_day": to,
        "low_days": low,
        "high_days": high,
    })
}

fn plan(ledger: &Ledger, plan: &phases::Plan) -> Value {
    let bars: Vec<Value> = plan
        .bars
        .iter()
        .map(|(n, bar)| {
            json!({
                "title": ledger.entries[*n].title.value,
                "line": ledger.entries[*n].title.line,
                "start_day": in_days(bar.start),
                "end_day": (bar.close == Close::Given).then(|| in_days(bar.end)),
            })
        })
        .collect();
    json!({ "length_days": in_days(plan.length), "phases": bars })
}
