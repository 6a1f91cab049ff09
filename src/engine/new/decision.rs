//! A new decision in the dialect of the log.

use std::collections::BTreeMap;

use super::{
    Edit, Known, Plan, Refusal, default_folder,
    naming::{Lead, Naming},
    skeleton::{self, Model, Wish},
    spelling::Case,
    supersede, titled,
};
use crate::{
    graph::{
        decisions::decision_of,
        record::{Part, Record, RecordIx, RecordKind},
    },
    model::{
        decision::{Decision, Status},
        source::{Body, Outline},
    },
    path::RelPath,
    read::lines,
};

/// Where the decisions of a project without any are kept.
const FOLDERS: &[&str] = &["docs/decisions", "content/adr"];

/// Plans a new decision, and the new status of those it supersedes.
///
/// # Errors
/// When the title is no line of text, or no decision is meant by one of `supersedes`.
pub fn decision(known: Known<'_>, title: &str, supersedes: &[String]) -> Result<Plan, Refusal> {
    let title = titled(title)?;
    let old = supersedes
        .iter()
        .map(|name| supersede::find(&known, name))
        .collect::<Result<Vec<RecordIx>, Refusal>>()?;
    match Log::of(&known, old.first().copied()) {
        Some(log) => log.plan(&known, title, &old),
        None => first(&known, title),
    }
}

/// The first decision of a project, with the sections of MADR 4.
fn first(known: &Known<'_>, title: &str) -> Result<Plan, Refusal> {
    let folder = default_folder(known, FOLDERS, "decisions");
    let name = Naming::usual().name(1, known.today(), title);
    let today = known.today();
    let text = format!(
        "---\nstatus: proposed\ndate: {today}\n---\n\n# {title}\n\n## Context and Problem Statement\n\n\
         ## Considered Options\n\n## Decision Outcome\n\n### Consequences\n"
    );
    Ok(Plan {
        create: Some((path(&folder, &name)?, text)),
        id: "ADR-0001".into(),
        ..Plan::default()
    })
}

/// The decisions of one folder, or of one file of several.
pub struct Log<'a> {
    known: Known<'a>,
    records: Vec<(&'a Record, &'a Decision)>,
    /// The one that new ones are written like.
    model: (&'a Record, &'a Decision),
    outline: &'a Outline,
    text: &'a str,
    start: usize,
}

impl<'a> Log<'a> {
    /// The log that holds a decision, else the one with the most decisions.
    pub fn of(known: &Known<'a>, holds: Option<RecordIx>) -> Option<Self> {
        let corpus = known.reading.corpus(known.options);
        let mut logs: BTreeMap<&str, Vec<(RecordIx, &Record, &Decision)>> = BTreeMap::new();
        let all = known.graph.records.iter().filter(|(_, r)| r.kind == RecordKind::Decision);
        for (ix, record) in all {
            let Some(decision) = decision_of(corpus, record) else { continue };
            let log = match record.part {
                Part::Whole => record.path.parent(),
                _ => record.path.as_str(),
            };
            logs.entry(log).or_default().push((ix, record, decision));
        }
        let held = |held: &&Vec<(RecordIx, _, _)>| held.iter().any(|one| Some(one.0) == holds);
        let log =
            logs.values().find(held).or_else(|| logs.values().rev().max_by_key(|log| log.len()))?;
        let records: Vec<_> =
            log.iter().map(|(_, record, decision)| (*record, *decision)).collect();
        let model = model(&records)?;
        let outline = &known.reading.outlines[model.0.file];
        let Body::Markdown { text, start } = &known.reading.bodies[model.0.file] else {
            return None;
        };
        Some(Self { known: *known, records, model, outline, text, start: *start })
    }

    fn plan(&self, known: &Known<'_>, title: &str, old: &[RecordIx]) -> Result<Plan, Refusal> {
        let number = self.records.iter().filter_map(|(_, d)| d.number).max().unwrap_or(0) + 1;
        let naming = Naming::of(&self.model.0.path);
        let name = naming.name(number, known.today(), title);
        let whole = self.model.0.part == Part::Whole;
        let at = match whole {
            true => path(self.model.0.path.parent(), &name)?,
            false => self.model.0.path.clone(),
        };
        let refs: Vec<String> = old
            .iter()
            .map(|ix| supersede::reference(known, self, known.graph.records.get(*ix), &at))
            .collect();
        let ids: Vec<&str> =
            old.iter().map(|ix| known.graph.records.get(*ix).id.as_str()).collect();
        let verb = if self.says("superc") { "Supercedes" } else { "Supersedes" };
        let relation = (!refs.is_empty()).then(|| format!("{verb} {}", refs.join(" and ")));
        let supersedes = (!ids.is_empty()).then(|| ids.join(", "));
        let status = self.status();
        let wish = Wish {
            number,
            title,
            status: &status,
            today: known.today(),
            relation: relation.as_deref(),
            supersedes: supersedes.as_deref(),
        };
        let text = self.text_like(wish);
        let id = self.id(&naming, number, &name);
        let mut plan = Plan { id, ..Plan::default() };
        let heading = text.lines().find(|line| line.starts_with('#')).unwrap_or_default();
        let heading = heading.trim_start_matches('#').trim().to_owned();
        if whole {
            plan.create = Some((at.clone(), text));
        } else {
            let last = self.records.iter().map(|(record, _)| record.lines.1).max().unwrap_or(1);
            let text = format!("\n{text}");
            plan.edits.push(Edit::Insert { path: at.clone(), after: last, text });
        }
        for ix in old {
            let new = supersede::New { id: &plan.id, path: &at, heading: &heading };
            match supersede::edit(known, self, known.graph.records.get(*ix), new) {
                Ok(edit) => plan.edits.push(edit),
                Err(note) => plan.notes.push(note),
            }
        }
        Ok(plan)
    }

    fn text_like(&self, wish: Wish<'_>) -> String {
        let (record, decision) = self.model;
        let (first, last) = record.lines;
        let all = lines::scan(self.text, self.start);
        let inside = |number: u32| (first..=last).contains(&number);
        let lines: Vec<_> = all.into_iter().filter(|line| inside(line.number)).collect();
        let headings: Vec<_> =
            self.outline.headings.iter().filter(|h| inside(h.line)).cloned().collect();
        let front = match record.part {
            Part::Whole => self.text.get(..self.start).unwrap_or_default(),
            _ => "",
        };
        let sections = self.sections();
        let model = Model {
            decision,
            lines: &lines,
            front,
            headings: &headings,
            sections: (&sections, self.records.len()),
            constant: &self.constant(),
        };
        skeleton::text(model, wish)
    }

    /// How many records have each section, by its heading in lower case.
    fn sections(&self) -> BTreeMap<String, usize> {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for (record, _) in &self.records {
            let headings = &self.known.reading.outlines[record.file].headings;
            let (first, last) = record.lines;
            let mut own: Vec<String> = headings
                .iter()
                .filter(|heading| (first..=last).contains(&heading.line))
                .map(|heading| heading.text.to_lowercase())
                .collect();
            own.sort();
            own.dedup();
            for heading in own {
                *counts.entry(heading).or_default() += 1;
            }
        }
        counts
    }

    /// Lines of front matter that all records with front matter have, of two at least.
    fn constant(&self) -> Vec<String> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let mut files = 0;
        for (record, _) in &self.records {
            let Body::Markdown { text, start } = &self.known.reading.bodies[record.file] else {
                continue;
            };
            let front = text.get(..*start).unwrap_or_default();
            files += usize::from(!front.is_empty());
            for line in front.lines() {
                *counts.entry(line).or_default() += 1;
            }
        }
        let all = counts.into_iter().filter(|(_, count)| files >= 2 && *count == files);
        all.map(|(line, _)| line.to_owned()).collect()
    }

    /// The word for a new decision. The tools of the log that knows only accepted ones write them
    /// so; any other begins as a proposal.
    fn status(&self) -> String {
        let raws = self.records.iter().filter_map(|(_, decision)| decision.status.as_ref());
        let mut words: BTreeMap<&str, usize> = BTreeMap::new();
        for status in raws.filter(|status| status.value == Status::Proposed) {
            let single = status.raw.trim_end_matches('.');
            if !single.contains(char::is_whitespace) {
                *words.entry(single).or_default() += 1;
            }
        }
        let most = words.iter().max_by_key(|(word, count)| (**count, std::cmp::Reverse(**word)));
        if let Some((word, _)) = most {
            return (*word).to_owned();
        }
        let by_tool = self.model.1.status.as_ref().is_some_and(|s| s.rule == "status section")
            && self.model.1.date.as_ref().is_some_and(|date| date.rule == "date label");
        self.case().write(if by_tool { "accepted" } else { "proposed" })
    }

    /// How the log writes its statuses.
    pub fn case(&self) -> Case {
        let raws = self.records.iter().filter_map(|(_, decision)| decision.status.as_ref());
        let mut counts: [(usize, Case); 3] = [(0, Case::First), (0, Case::Lower), (0, Case::Upper)];
        for status in raws {
            let case = Case::of(&status.raw);
            if let Some(count) = counts.iter_mut().find(|(_, own)| *own == case) {
                count.0 += 1;
            }
        }
        let most = counts.iter().rev().max_by_key(|(count, _)| *count);
        most.map_or(Case::First, |(_, case)| *case)
    }

    /// Whether a status of the log has these letters, letter case aside.
    pub fn says(&self, letters: &str) -> bool {
        let mut raws = self.records.iter().filter_map(|(_, decision)| decision.status.as_ref());
        raws.any(|status| status.raw.to_lowercase().contains(letters))
    }

    /// Statuses that name a successor, as written.
    pub fn superseded(&self) -> impl Iterator<Item = &str> {
        let raws = self.records.iter().filter_map(|(_, decision)| decision.status.as_ref());
        let by = raws.filter(|status| status.value == Status::Superseded);
        by.map(|status| status.raw.as_str()).filter(|raw| raw.contains(char::is_whitespace))
    }

    /// Whether the log marks its statuses in titles.
    pub fn marks_titles(&self) -> bool {
        let mut rules = self.records.iter().filter_map(|(_, decision)| decision.status.as_ref());
        rules.any(|status| status.rule == "mark in the title")
    }

    fn id(&self, naming: &Naming, number: u32, name: &str) -> String {
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let own = self.model.0.id.as_str();
        let digits = own.rfind(|letter: char| !letter.is_ascii_digit()).map_or(0, |at| at + 1);
        let width = own.len() - digits;
        match naming.lead {
            Lead::Number { .. } if width > 0 => format!("{}{number:0width$}", &own[..digits]),
            _ if self.model.0.part != Part::Whole && width > 0 => {
                format!("{}{number:0width$}", &own[..digits])
            }
            _ => stem.to_owned(),
        }
    }
}

/// The newest record in the manner of most, without those that are over: their status is no model.
fn model<'a>(records: &[(&'a Record, &'a Decision)]) -> Option<(&'a Record, &'a Decision)> {
    let manner = |(record, decision): &(&Record, &Decision)| {
        let prefix = match Naming::of(&record.path).lead {
            Lead::Number { prefix, .. } => prefix,
            Lead::Day(_) => "day".to_owned(),
            Lead::Nothing => "none".to_owned(),
        };
        (prefix, decision.status.as_ref().map(|status| status.rule))
    };
    let living = |one: &&(&Record, &Decision)| {
        one.1.status.as_ref().is_none_or(|status| {
            !matches!(status.value, Status::Superseded | Status::Deprecated)
                && status.rule != "mark in the title"
        })
    };
    let pool: Vec<_> = records.iter().filter(living).copied().collect();
    let pool = if pool.is_empty() { records.to_vec() } else { pool };
    let mut counts = BTreeMap::new();
    for one in &pool {
        *counts.entry(manner(one)).or_insert(0_usize) += 1;
    }
    let most = counts.iter().max_by_key(|(_, count)| **count).map(|(manner, _)| manner.clone())?;
    let fitting = pool.into_iter().filter(|one| manner(one) == most);
    fitting.max_by(|one, other| {
        let age =
            |(record, decision): &(&'a Record, &'a Decision)| (decision.number, record.lines.0);
        age(one).cmp(&age(other)).then_with(|| one.0.path.cmp(&other.0.path))
    })
}

fn path(folder: &str, name: &str) -> Result<RelPath, Refusal> {
    let full = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    RelPath::new(&full).ok_or_else(|| {
        Refusal::new(format!("`{full}` is no file below the root"), "choose another title")
    })
}
