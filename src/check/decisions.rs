//! Decisions: supersession and amendment of unknown ones, supersession in circles, superseded ones
//! that are cited as living, statuses that were not brought up to date, numbers given twice, ids of
//! none.

use std::collections::BTreeSet;

use super::Subject;
use crate::{
    diag::{Diagnostic, codes},
    graph::{
        decisions::{cited, decision_of},
        record::{RecordIx, RecordKind},
    },
    model::decision::{Extent, RelationKind, Status},
};

/// Everything that is wrong with the log.
pub fn check(subject: Subject<'_>) -> Vec<Diagnostic> {
    let rules = [unknown, circles, stale, one_sided, same_numbers, ids_of_none];
    rules.iter().flat_map(|rule| rule(subject)).collect()
}

fn unknown(subject: Subject<'_>) -> Vec<Diagnostic> {
    // One that only relates to another is a mention: see `ids_of_none`.
    let changes = |kind| kind != RelationKind::Relates;
    let relations = subject.graph.decisions.all.iter();
    let unknown = relations.filter(|r| r.to.is_none() && changes(r.kind)).map(|r| {
        let message = format!("no decision is `{}`", r.raw);
        Diagnostic::new(&codes::SUPERSEDES_UNKNOWN, &r.path, message)
            .at(r.span)
            .help("name the other decision by its number, its id or its file")
    });
    unknown.collect()
}

fn circles(subject: Subject<'_>) -> Vec<Diagnostic> {
    let records = &subject.graph.records;
    let circles = subject.graph.decisions.cycles.iter().map(|cycle| {
        let ids: Vec<&str> = cycle.iter().map(|ix| records.get(*ix).id.as_str()).collect();
        let message = format!("decisions supersede each other in a circle: {}", ids.join(", "));
        Diagnostic::new(&codes::SUPERSESSION_CYCLE, &records.get(cycle[0]).path, message)
            .help("one of them is the newest: correct its status")
    });
    circles.collect()
}

fn stale(subject: Subject<'_>) -> Vec<Diagnostic> {
    let stale = cited::stale(subject.corpus, subject.graph).into_iter().map(|stale| {
        let id = id(subject, stale.decision);
        let by = successors(subject, stale.decision);
        let message = match stale.listed_as {
            Some(status) => {
                format!("{id} is listed as {}, and it is superseded{by}", status.name())
            }
            None => format!("{id} is superseded{by}"),
        };
        Diagnostic::new(&codes::DECISION_SUPERSEDED_CITED, &stale.link.path, message)
            .at(stale.link.span)
            .help("link to the decision that holds now, or say that the other is history")
    });
    stale.collect()
}

fn one_sided(subject: Subject<'_>) -> Vec<Diagnostic> {
    let relations = subject.graph.decisions.all.iter();
    let whole = relations.filter(|related| {
        related.kind == RelationKind::Supersedes && related.extent == Extent::Whole
    });
    let mut found = Vec::new();
    for related in whole {
        let Some(old) = related.to else { continue };
        let record = subject.graph.records.get(old);
        let Some(decision) = decision_of(subject.corpus, record) else { continue };
        let Some(status) = &decision.status else { continue };
        let by = subject.graph.decisions.superseded(old);
        let living = matches!(status.value, Status::Accepted | Status::Proposed);
        // One that is only proposed has replaced nothing yet.
        if !living || by.is_none_or(|by| !by.contains(&related.from)) {
            continue;
        }
        let message = format!(
            "{} says that it is {}, and {} supersedes it",
            record.id,
            status.value.name(),
            id(subject, related.from)
        );
        found.push(
            Diagnostic::new(&codes::SUPERSESSION_ONE_SIDED, &related.path, message)
                .at(related.span)
                .help(format!("bring the status of {} up to date", record.path)),
        );
    }
    found
}

fn same_numbers(subject: Subject<'_>) -> Vec<Diagnostic> {
    let records = &subject.graph.records;
    let mut found = Vec::new();
    for (first, others) in cited::same_numbers(subject.corpus, records) {
        for other in others {
            let (first, other) = (records.get(first), records.get(other));
            let number = decision_of(subject.corpus, other).and_then(|d| d.number).unwrap_or(0);
            let message =
                format!("the number {number} is already taken by {}:{}", first.path, first.lines.0);
            let outline = &subject.corpus.outlines[other.file];
            let heading = outline.headings.iter().find(|heading| heading.line >= other.lines.0);
            let mut diagnostic =
                Diagnostic::new(&codes::DECISION_NUMBER_TAKEN, &other.path, message)
                    .help("give one of them another number, so that a number means one decision");
            diagnostic.span = heading.map(|heading| heading.span);
            found.push(diagnostic);
        }
    }
    found
}

/// Words that look like the id of a decision, where no log has it. The outline keeps no place of a
/// mention, so the finding is about the file.
fn ids_of_none(subject: Subject<'_>) -> Vec<Diagnostic> {
    let records = &subject.graph.records;
    let decisions = records.iter().filter(|(_, r)| r.kind == RecordKind::Decision);
    let known: BTreeSet<u32> =
        decisions.filter_map(|(_, record)| decision_of(subject.corpus, record)?.number).collect();
    if known.is_empty() {
        return Vec::new();
    }
    let of_none = |mention: &&String| {
        let number = mention.strip_prefix("ADR-").and_then(|digits| digits.parse().ok());
        number.is_some_and(|number: u32| !known.contains(&number))
            && records.named(mention).is_empty()
    };
    let mut found = Vec::new();
    for outline in subject.corpus.outlines {
        let ids: Vec<&str> = outline.mentions.iter().filter(of_none).map(String::as_str).collect();
        if !ids.is_empty() {
            let message = format!("no decision has the id {}", ids.join(", "));
            found.push(
                Diagnostic::new(&codes::DECISION_UNKNOWN, &outline.path, message)
                    .help("write the decision with `lacuna new decision`, or correct the id"),
            );
        }
    }
    found
}

fn id(subject: Subject<'_>, ix: RecordIx) -> &str {
    &subject.graph.records.get(ix).id
}

/// " by ADR-7", or nothing when that is not known.
fn successors(subject: Subject<'_>, ix: RecordIx) -> String {
    let by = subject.graph.decisions.superseded(ix).into_iter().flatten();
    let ids: Vec<&str> = by.map(|ix| id(subject, *ix)).collect();
    if ids.is_empty() { String::new() } else { format!(" by {}", ids.join(" and ")) }
}
