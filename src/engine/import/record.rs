//! The front matter of an imported record: everything the ledger says of one gap, in the keys of
//! a native record.

use super::yaml::Yaml;
use crate::{
    graph::{
        Corpus,
        citation::{self, Cited},
        coverage::{GapFinding, TargetFinding},
        files::Files,
        record::{Record, Records},
    },
    model::{
        Fact,
        gap::{Claim, ClaimStatus, Evidence, Gap, Intent, Priority, Target, TargetPart, TaskState},
        reference::Citation,
    },
    path::RelPath,
    read::{self, ledger::vocabulary::Vocabulary},
};

/// What the front matter of every record is written from.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The corpus the ledger is part of.
    pub corpus: Corpus<'a>,
    /// Its records.
    pub records: &'a Records,
    /// Its files.
    pub files: &'a Files,
    /// The words that records are read by.
    pub words: &'a Vocabulary,
}

/// How the status is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wording {
    /// In the words of the ledger.
    AsWritten,
    /// As `open`, `partial` or `done`.
    Plain,
}

/// The entries of the record of a gap, to be written to `to`.
pub fn entries(
    context: Context<'_>,
    (record, gap, finding): (&Record, &Gap, &GapFinding),
    to: &RelPath,
    wording: Wording,
) -> Vec<(&'static str, Yaml)> {
    let text = |text: &str| Yaml::Text(text.to_owned());
    let fact = |fact: &Option<Fact<String>>| {
        text(fact.as_ref().map(|fact| fact.value.as_str()).unwrap_or_default())
    };
    let number = gap.number.as_deref().filter(|number| *number != record.id);
    let mut entries = vec![
        ("id", text(&record.id)),
        ("number", text(number.unwrap_or_default())),
        ("title", text(&gap.title)),
        ("priority", priority(gap, context.words)),
    ];
    entries.extend(claim(&gap.claim, wording, context.words));
    entries.extend([
        ("category", fact(&gap.category)),
        ("phase", fact(&gap.phase)),
        ("impact", fact(&gap.impact)),
        ("effort", Yaml::texts(gap.effort.iter().map(|effort| effort.value.as_str()))),
        ("depends_on", depends_on(context.records, finding)),
        ("evidence", evidence(context, finding, &record.path, to)),
        ("targets", targets(context, gap, finding, &record.path, to)),
        ("tasks", tasks(gap)),
        ("waived", waiver(gap)),
        ("imported_from", Yaml::Text(format!("{}:{}", record.path, record.lines.0))),
    ]);
    entries
}

/// The priority that counts, and after it those that the ledger gives elsewhere.
fn priority(gap: &Gap, words: &Vocabulary) -> Yaml {
    let said = |fact: &Fact<Priority>| match read::gap::ranked(&fact.raw, words) {
        Some(priority) if priority == fact.value => fact.raw.clone(),
        _ => fact.value.name().to_owned(),
    };
    let mut all: Vec<String> = gap.priority.iter().map(said).collect();
    let others = gap.priorities.iter().filter(|other| gap.priority.as_ref() != Some(*other));
    all.extend(others.map(said));
    match all.as_slice() {
        [one] => Yaml::Text(one.clone()),
        _ => Yaml::texts(all.iter().map(String::as_str)),
    }
}

/// `claims` holds the earlier statements, `status` the last, as the ledger has them: so they weigh
/// against each other in the record as they do there.
fn claim(claim: &Claim, wording: Wording, words: &Vocabulary) -> Vec<(&'static str, Yaml)> {
    let word = |status: ClaimStatus| match status {
        ClaimStatus::Open => "open",
        ClaimStatus::Partial => "partial",
        ClaimStatus::Done => "done",
        ClaimStatus::Unknown => "",
    };
    let as_written: Vec<&str> = claim
        .mentions
        .iter()
        .map(|mention| match read::gap::claimed(&mention.raw, words) {
            Some((status, _)) if status == mention.value => mention.raw.as_str(),
            // It is read there by its place or by a legend.
            _ => word(mention.value),
        })
        .collect();
    let (claims, status) = match (wording, as_written.split_last()) {
        (Wording::AsWritten, Some((last, before))) => (before, *last),
        _ => (&[][..], word(claim.status)),
    };
    let said = claims.iter().chain([&status]).find_map(|said| read::gap::claimed(said, words)?.1);
    let percent = claim.percent.as_ref().map(|percent| percent.value);
    let percent = percent.filter(|percent| said != Some(*percent));
    vec![
        ("claims", Yaml::texts(claims.iter().copied())),
        ("status", Yaml::Text(status.to_owned())),
        ("percent", percent.map_or(Yaml::NOTHING, |percent| Yaml::Number(percent.into()))),
    ]
}

/// Numbers count within a ledger; a record names the others by id.
fn depends_on(records: &Records, finding: &GapFinding) -> Yaml {
    let name = |(written, found): &(String, Option<_>)| {
        found.map_or_else(|| written.clone(), |ix| records.get(ix).id.clone())
    };
    Yaml::List(finding.depends_on.iter().map(name).map(Yaml::Text).collect())
}

fn evidence(context: Context<'_>, finding: &GapFinding, from: &RelPath, to: &RelPath) -> Yaml {
    let value = |(evidence, cited): &(Evidence, Cited)| {
        let mut citation = evidence.citation.clone();
        let there = citation::resolve(context.corpus, context.files, to, &citation);
        // A path that was relative to the ledger leads elsewhere from the record.
        if there != *cited
            && let Some(path) = &cited.path
        {
            citation.target = path.to_string();
        }
        cite(&citation)
    };
    debug_assert_ne!(from, to, "a ledger is no record");
    Yaml::List(finding.evidence.iter().map(value).collect())
}

/// A citation in words when they are read as the same citation, else as a table.
fn cite(citation: &Citation) -> Yaml {
    let Citation { target, lines, section } = citation;
    let words = match (lines, section) {
        (Some((first, last)), None) if first == last => format!("{target} (line {first})"),
        (Some((first, last)), None) => format!("{target} (lines {first}-{last})"),
        (None, Some(section)) => format!("{target} section {section}"),
        _ => target.clone(),
    };
    let read = read::citation::find(&words);
    if read.len() == 1 && read[0].citation == *citation {
        return Yaml::Text(words);
    }
    let mut entries = vec![("file", Yaml::Text(target.clone()))];
    entries.extend(
        lines.map(|(first, last)| {
            ("lines", Yaml::List(vec![Yaml::Number(first), Yaml::Number(last)]))
        }),
    );
    entries.extend(section.as_ref().map(|section| ("section", Yaml::Text(section.clone()))));
    Yaml::Map(entries)
}

/// Targets in their order; those of one group, of which one is enough, in one `any`.
fn targets(
    context: Context<'_>,
    gap: &Gap,
    finding: &GapFinding,
    from: &RelPath,
    to: &RelPath,
) -> Yaml {
    let mut groups: Vec<(u32, Vec<Yaml>)> = Vec::new();
    for target in &gap.targets {
        let found = finding.targets.iter().find(|found| found.name == target.name);
        let value = target_of(target, name_from(context, target, found, (from, to)));
        match groups.iter_mut().find(|(group, _)| *group == target.group) {
            Some((_, values)) => values.push(value),
            None => groups.push((target.group, vec![value])),
        }
    }
    let values = groups.into_iter().map(|(_, mut values)| match values.len() {
        1 => values.remove(0),
        _ => Yaml::Map(vec![("any", Yaml::List(values))]),
    });
    Yaml::List(values.collect())
}

/// The path alone where that says it all.
fn target_of(target: &Target, name: String) -> Yaml {
    if target.intent == Intent::Create && target.part.is_none() {
        return Yaml::Text(name);
    }
    let mut entries = vec![("path", Yaml::Text(name))];
    if target.intent != Intent::Create {
        entries.push(("intent", Yaml::Text(target.intent.name().to_owned())));
    }
    entries.extend(target.part.as_ref().map(|part| match part {
        TargetPart::Section(section) => ("section", Yaml::Text(section.clone())),
        TargetPart::Topic(topic) => ("topic", Yaml::Text(topic.clone())),
    }));
    Yaml::Map(entries)
}

/// The name of a target, as the path from the root where the words would lead elsewhere from the
/// record's folder.
fn name_from(
    context: Context<'_>,
    target: &Target,
    found: Option<&TargetFinding>,
    (from, to): (&RelPath, &RelPath),
) -> String {
    let same = context.files.find(from, &target.name) == context.files.find(to, &target.name);
    match found.map(|found| found.found.as_slice()) {
        Some([one]) if !same => context.records.get(*one).path.to_string(),
        _ => target.name.clone(),
    }
}

fn tasks(gap: &Gap) -> Yaml {
    let task = |task: &crate::model::gap::Task| {
        let sign = if task.state == TaskState::Done { 'x' } else { ' ' };
        Yaml::Text(format!("[{sign}] {}", task.text))
    };
    Yaml::List(gap.tasks.iter().map(task).collect())
}

fn waiver(gap: &Gap) -> Yaml {
    let Some(waiver) = &gap.waiver else { return Yaml::NOTHING };
    let said = [("reason", &waiver.reason), ("owner", &waiver.owner), ("until", &waiver.until)];
    let said = said.into_iter().filter_map(|(key, text)| Some((key, Yaml::Text(text.clone()?))));
    let said: Vec<_> = said.collect();
    // A waiver without a word is one all the same, and incomplete.
    if said.is_empty() { Yaml::True } else { Yaml::Map(said) }
}
