//! What two revisions differ in, as JSON: `lacuna.v1.Changes`. The version is that of the export.

use serde_json::{Value, json};

use super::{export::VERSION, figures};
use crate::{
    compare::{Changes, DecisionChange, Figures, Finding, GapChange, Place, SchemaChange},
    graph::metrics::Tally,
};

/// One side of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// As it was asked for; `working tree` for the files as they lie there.
    pub name: String,
    /// The full name of the commit; none of the working tree.
    pub commit: Option<String>,
}

/// All differences. `preview` is the address of a site of the head, with a slash at its end.
pub fn changes(
    changes: &Changes,
    (base, head): (&Revision, &Revision),
    notes: &[String],
    preview: Option<&str>,
) -> Value {
    let view = View { preview };
    let revision = |side: &Revision| json!({ "name": side.name, "commit": side.commit });
    let gaps = |list: &[GapChange]| -> Vec<Value> { list.iter().map(|g| view.gap(g)).collect() };
    let worse = changes.worse();
    let worse: Vec<Value> =
        worse.iter().map(|w| json!({ "what": w.name(), "count": w.count() })).collect();
    json!({
        "version": VERSION,
        "base": revision(base),
        "head": revision(head),
        "worse": worse,
        "coverage": coverage(&changes.before, &changes.after),
        "gaps": {
            "opened": gaps(&changes.gaps.opened),
            "closed": gaps(&changes.gaps.closed),
            "weakened": gaps(&changes.gaps.weakened),
            "advanced": gaps(&changes.gaps.advanced),
            "recorded": gaps(&changes.gaps.recorded),
            "removed": gaps(&changes.gaps.removed),
        },
        "overclaimed": gaps(&changes.overclaimed),
        "decisions": changes.decisions.iter().map(|d| view.decision(d)).collect::<Vec<_>>(),
        "schemas": changes.schemas.iter().map(|s| view.schema(s)).collect::<Vec<_>>(),
        "citations": changes.citations.iter().map(|f| view.finding(f)).collect::<Vec<_>>(),
        "diagnostics": changes.found.iter().map(|f| view.finding(f)).collect::<Vec<_>>(),
        "mended": changes.mended,
        "notes": notes,
    })
}

fn coverage(before: &Figures, after: &Figures) -> Value {
    let both = |label: &str, before: Option<Tally>, after: Option<Tally>| {
        let counts = |tally: Tally| figures::counts(label, tally);
        json!({ "label": label, "before": before.map(counts), "after": after.map(counts) })
    };
    let groups = |of: fn(&Figures) -> &Vec<(String, Tally)>| -> Vec<Value> {
        let rows = pairs(of(before), of(after));
        rows.into_iter().map(|(label, was, is)| both(&label, was, is)).collect()
    };
    let weighted = |figures: &Figures| figures.weighted.percent();
    json!({
        "overall": both("All gaps", Some(before.overall), Some(after.overall)),
        "weighted": { "before": weighted(before), "after": weighted(after) },
        "by_priority": groups(|figures| &figures.by_priority),
        "by_ledger": groups(|figures| &figures.by_ledger),
    })
}

/// The groups of both sides by label: those of now in their order, then those that are gone.
pub fn pairs(
    before: &[(String, Tally)],
    after: &[(String, Tally)],
) -> Vec<(String, Option<Tally>, Option<Tally>)> {
    let find = |groups: &[(String, Tally)], label: &str| {
        groups.iter().find(|(own, _)| own == label).map(|(_, tally)| *tally)
    };
    let now = after.iter().map(|(label, tally)| (label, find(before, label), Some(*tally)));
    let gone = before.iter().filter(|(label, _)| find(after, label).is_none());
    let gone = gone.map(|(label, tally)| (label, Some(*tally), None));
    now.chain(gone).map(|(label, was, is)| (label.clone(), was, is)).collect()
}

struct View<'a> {
    preview: Option<&'a str>,
}

impl View<'_> {
    fn url(&self, place: &Place) -> Option<String> {
        let url = place.url.as_deref()?;
        Some(format!("{}{url}", self.preview.unwrap_or_default()))
    }

    fn gap(&self, gap: &GapChange) -> Value {
        json!({
            "id": gap.id,
            "title": gap.title,
            "priority": gap.priority.map(|priority| priority.name()),
            "before": gap.before.map(|coverage| coverage.name()),
            "after": gap.after.map(|coverage| coverage.name()),
            "reason": gap.reason,
            "losses": gap.losses,
            "path": gap.place.path,
            "line": gap.place.line,
            "url": self.url(&gap.place).filter(|_| gap.after.is_some()),
        })
    }

    fn decision(&self, decision: &DecisionChange) -> Value {
        json!({
            "change": decision.step.name(),
            "id": decision.id,
            "title": decision.title,
            "note": decision.note,
            "path": decision.place.path,
            "line": decision.place.line,
            "url": self.url(&decision.place).filter(|_| decision.step.is_present()),
        })
    }

    fn schema(&self, change: &SchemaChange) -> Value {
        let rules: Vec<&str> = change.rules.iter().map(|rule| rule.name).collect();
        let categories: Vec<&str> = change.categories().iter().map(|c| c.name()).collect();
        json!({
            "subject": change.subject,
            "what": change.what,
            "breaking": change.is_breaking(),
            "rules": rules,
            "categories": categories,
            "path": change.place.path,
            "line": change.place.line,
            "url": self.url(&change.place),
        })
    }

    fn finding(&self, finding: &Finding) -> Value {
        json!({
            "code": finding.code,
            "severity": finding.severity,
            "message": finding.message,
            "path": finding.place.path,
            "line": finding.place.line,
            "url": self.url(&finding.place),
        })
    }
}
