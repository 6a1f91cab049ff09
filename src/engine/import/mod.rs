//! `lacuna import`: the native records that say what a ledger says, one file a gap; or what a CSV or
//! a `needs.json` says.
//!
//! The plan is pure. Each record is read back before it is proposed, so that what the native
//! format cannot say is known before anything is written.

pub(super) mod body;
pub mod draft;
pub mod needs;
pub(super) mod record;
pub mod table;
pub(super) mod yaml;

use std::{collections::BTreeSet, sync::Arc};

use super::{Options, Reading, sources};
use crate::{
    graph::{
        Graph,
        coverage::{self, GapFinding},
        files::Files,
        record::{Part, RecordIx},
    },
    model::{
        gap::Gap,
        source::{Facts, Kind},
    },
    path::RelPath,
    read::{
        self,
        classify::{Rules, classify},
        slug::slug,
    },
};
use body::Narrative;
use record::{Context, Wording};

/// Where native records are kept when a project has none.
pub const FOLDER: &str = "content/gaps";
/// The most bytes of a title in a file name.
const LONGEST_SLUG: usize = 48;

/// One file to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Where.
    pub path: RelPath,
    /// What.
    pub text: String,
    /// The id of the gap.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What the record does not say as the ledger does, in the words of the export.
    pub differs: Vec<&'static str>,
    /// What else was lost on the way, a sentence each.
    pub notes: Vec<String>,
}

/// Why a ledger cannot be imported, in one sentence and a hint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// The folder in which the project keeps its native records: the one with the most of them.
pub fn folder(reading: &Reading, options: Options<'_>) -> String {
    let mut folders: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for outline in reading.outlines.iter().filter(|o| matches!(o.facts, Facts::Gap(_))) {
        *folders.entry(outline.path.parent()).or_default() += 1;
    }
    let most = folders.iter().max_by_key(|(name, count)| (**count, std::cmp::Reverse(**name)));
    if let Some((folder, _)) = most {
        return (*folder).to_owned();
    }
    let read = |folder: &str| {
        RelPath::new(&format!("{folder}/a.md"))
            .is_some_and(|path| sources::is_source(&path, options.config))
    };
    // A project that reads only some folders keeps its records in the first of them.
    let first = options.config.sources.iter().map(|source| source.trim_end_matches('/'));
    let mut own = first.filter(|source| read(source)).map(|source| format!("{source}/gaps"));
    if read(FOLDER) { FOLDER.to_owned() } else { own.next().unwrap_or_else(|| FOLDER.to_owned()) }
}

/// Plans the records of a ledger.
///
/// # Errors
/// When the file is no ledger, holds no gap, or the folder is not one of gap records.
pub fn plan(
    reading: &Reading,
    graph: &Graph,
    options: Options<'_>,
    ledger: &RelPath,
    folder: &str,
) -> Result<Vec<Planned>, Refusal> {
    let file = ledger_at(reading, ledger)?;
    let corpus = reading.corpus(options);
    let files = Files::new(corpus.outlines, corpus.assets);
    let outline = &reading.outlines[file];
    let narrative = Narrative::new(outline, &reading.bodies[file], outline.facts.gaps());
    let rules = Rules::new(options.config);
    let context = Context { corpus, records: &graph.records, files: &files, words: rules.words() };
    let mut taken = BTreeSet::new();
    let mut planned = Vec::new();
    for (ix, gap, finding) in gaps_of(reading, graph, options, file) {
        let record = graph.records.get(ix);
        let path = path_of(&record.id, &record.title, folder, &mut taken)?;
        let from = (record, gap, finding);
        let written = |wording| {
            let entries = record::entries(context, from, &path, wording);
            format!("{}{}", yaml::front_matter(&entries), narrative.body(gap, &path))
        };
        let mut text = written(Wording::AsWritten);
        let mut back = read_back(&rules, options, &path, &text)?;
        if back.as_ref().is_none_or(|back| back.claim.status != gap.claim.status) {
            text = written(Wording::Plain);
            back = read_back(&rules, options, &path, &text)?;
        }
        let differs = differences(gap, back.as_ref());
        let (id, title) = (record.id.clone(), gap.title.clone());
        planned.push(Planned { path, text, id, title, differs, notes: Vec::new() });
    }
    Ok(planned)
}

/// Records that exist already with the id of a planned one, at another place.
pub fn elsewhere(graph: &Graph, planned: &Planned) -> Option<RelPath> {
    let held = graph.records.named(&planned.id).iter().map(|ix| graph.records.get(*ix));
    let mut own = held.filter(|record| record.part == Part::Whole);
    own.find(|record| record.path != planned.path).map(|record| record.path.clone())
}

/// A gap analysis that states a gap with the id of a planned one.
pub fn in_ledger(graph: &Graph, planned: &Planned) -> Option<RelPath> {
    let held = graph.records.named(&planned.id).iter().map(|ix| graph.records.get(*ix));
    let mut stated = held.filter(|record| matches!(record.part, Part::Gap(_)));
    stated.next().map(|record| record.path.clone())
}

fn ledger_at(reading: &Reading, path: &RelPath) -> Result<usize, Refusal> {
    let Some(file) = reading.outlines.iter().position(|outline| outline.path == *path) else {
        return Err(Refusal {
            message: format!("{path} is no record of this project"),
            help: "name a gap analysis that the project reads; `exclude` and `sources` of \
                   lacuna.toml say which files those are"
                .into(),
        });
    };
    let outline = &reading.outlines[file];
    let Facts::Ledger(ledger) = &outline.facts else {
        return Err(Refusal {
            message: format!(
                "{path} is a {}, because {}",
                outline.classified.kind.label(),
                outline.classified.why
            ),
            help: "only a gap analysis can be imported; a `[[collection]]` of kind \"ledger\" in \
                   lacuna.toml makes it one"
                .into(),
        });
    };
    if ledger.gaps.is_empty() {
        return Err(Refusal {
            message: format!("no gap was found in {path}"),
            help: format!("`lacuna explain {path}` says what was looked for"),
        });
    }
    Ok(file)
}

fn gaps_of<'a>(
    reading: &'a Reading,
    graph: &'a Graph,
    options: Options<'a>,
    file: usize,
) -> impl Iterator<Item = (RecordIx, &'a Gap, &'a GapFinding)> {
    let corpus = reading.corpus(options);
    graph.records.parts_of(file).iter().filter_map(move |ix| {
        let gap = coverage::gap_of(corpus, graph.records.get(*ix))?;
        Some((*ix, gap, graph.gaps.get(ix)?))
    })
}

/// `content/gaps/cga-3-rate-limits.md`, each name once, letter case aside.
fn path_of(
    id: &str,
    title: &str,
    folder: &str,
    taken: &mut BTreeSet<String>,
) -> Result<RelPath, Refusal> {
    let id = short(&slug(id), LONGEST_SLUG);
    let title = short(&slug(title), LONGEST_SLUG);
    let base =
        [id, title].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    let base = if base.is_empty() { "gap".to_owned() } else { base };
    let mut name = base.clone();
    let mut count = 1;
    while !taken.insert(name.clone()) {
        count += 1;
        name = format!("{base}-{count}");
    }
    RelPath::new(&format!("{folder}/{name}.md")).ok_or_else(|| Refusal {
        message: format!("`{folder}` is no folder below the root of the project"),
        help: "name a folder of the project by its path from the root".into(),
    })
}

/// A slug of at most `most` bytes, cut between words, with one hyphen at a time.
fn short(slug: &str, most: usize) -> String {
    let mut out = String::new();
    for word in slug.split(['-', '_']).filter(|word| !word.is_empty()) {
        if !out.is_empty() && out.len() + 1 + word.len() > most {
            break;
        }
        if !out.is_empty() {
            out.push('-');
        }
        out.push_str(word);
    }
    let mut end = out.len().min(most);
    while !out.is_char_boundary(end) {
        end -= 1;
    }
    out.truncate(end);
    out
}

/// The gap of a record as the project will read it.
fn read_back(
    rules: &Rules,
    options: Options<'_>,
    path: &RelPath,
    text: &str,
) -> Result<Option<Gap>, Refusal> {
    let folder = path.parent();
    let classified = classify(rules, path, text).filter(|found| found.kind == Kind::Gap);
    let Some(classified) = classified.filter(|_| sources::is_source(path, options.config)) else {
        return Err(Refusal {
            message: format!("the project would not read records in `{folder}` as gaps"),
            help: format!(
                "choose a folder called `gaps`, or add `[[collection]]` with kind = \"gap\" and \
                 path = \"{folder}/**\" to lacuna.toml"
            ),
        });
    };
    let source = read::read(path, classified, &Arc::from(text), rules.words());
    Ok(source.outline.facts.gaps().first().cloned())
}

/// What two readings of a gap do not have in common, in the words of the export.
fn differences(gap: &Gap, back: Option<&Gap>) -> Vec<&'static str> {
    let Some(back) = back else { return vec!["everything"] };
    let said = |fact: &Option<crate::model::Fact<String>>| fact.as_ref().map(|f| f.value.clone());
    let efforts = |gap: &Gap| gap.effort.iter().map(|e| e.value.clone()).collect::<Vec<_>>();
    let tasks = |gap: &Gap| gap.tasks.iter().map(|t| (t.text.clone(), t.state)).collect::<Vec<_>>();
    let waiver = |gap: &Gap| {
        gap.waiver.as_ref().map(|w| (w.reason.clone(), w.owner.clone(), w.until.clone()))
    };
    let claim = |gap: &Gap| (gap.claim.status, gap.claim.percent.as_ref().map(|p| p.value));
    let priority = |gap: &Gap| gap.priority.as_ref().map(|priority| priority.value);
    let lines = |gap: &Gap| gap.evidence.iter().map(|e| e.citation.lines).collect::<Vec<_>>();
    let targets =
        |gap: &Gap| gap.targets.iter().map(|t| (t.intent, t.part.clone())).collect::<Vec<_>>();
    let checks = [
        ("title", gap.title == back.title),
        ("priority", priority(gap) == priority(back)),
        ("claim", claim(gap) == claim(back)),
        ("impact", said(&gap.impact) == said(&back.impact)),
        ("category", said(&gap.category) == said(&back.category)),
        ("phase", said(&gap.phase) == said(&back.phase)),
        ("effort", efforts(gap) == efforts(back)),
        ("evidence", lines(gap) == lines(back)),
        ("targets", targets(gap) == targets(back)),
        ("depends_on", gap.depends_on.len() == back.depends_on.len()),
        ("tasks", tasks(gap) == tasks(back)),
        ("waiver", waiver(gap) == waiver(back)),
    ];
    checks.into_iter().filter(|(_, same)| !same).map(|(name, _)| name).collect()
}
