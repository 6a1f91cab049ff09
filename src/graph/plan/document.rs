//! Which documents the targets of gaps are parts of: sections of one document are that document,
//! and a bare file name is the same as the one path that ends in it.

use std::collections::BTreeMap;

use crate::{
    graph::{
        coverage::{GapFinding, TargetFinding, TargetState},
        record::{RecordIx, Records},
    },
    read,
};

/// A document of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Its path where it exists, else as the first gap writes it, without a section.
    pub name: String,
    /// The record of the file, when it exists.
    pub found: Option<RecordIx>,
    /// What there is to do.
    pub work: Work,
}

/// What there is to do with a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Work {
    /// It does not exist.
    Write,
    /// It exists without substance.
    Fill,
    /// It exists, and says nothing of some gaps, or lacks a section.
    Extend,
}

impl Work {
    /// The stable word; it reads as an order too.
    pub fn name(self) -> &'static str {
        match self {
            Self::Write => "write",
            Self::Fill => "fill",
            Self::Extend => "extend",
        }
    }
}

/// All documents of the plan, in the order of their names.
#[derive(Debug)]
pub struct Documents<'a> {
    /// The documents.
    pub all: Vec<Document>,
    records: &'a Records,
    found: BTreeMap<RecordIx, usize>,
    missing: BTreeMap<String, usize>,
}

/// Collects the documents that would fill these gaps.
pub fn collect<'a>(
    records: &'a Records,
    findings: impl IntoIterator<Item = &'a GapFinding>,
) -> Documents<'a> {
    let mut found: BTreeMap<RecordIx, Work> = BTreeMap::new();
    let mut missing: BTreeMap<String, String> = BTreeMap::new();
    let targets = findings.into_iter().flat_map(|finding| &finding.targets);
    for target in targets.filter(|target| is_writable(target)) {
        match target.found.first() {
            Some(ix) => {
                let work = match target.standing {
                    TargetState::Stub => Work::Fill,
                    _ => Work::Extend,
                };
                let own = found.entry(whole(records, *ix)).or_insert(work);
                *own = work.min(*own);
            }
            None => {
                let name = without_section(&target.name);
                missing.entry(key(&name)).or_insert(name);
            }
        }
    }
    number(records, found, missing)
}

/// Gives the documents their numbers, in the order of their names.
fn number(
    records: &Records,
    found: BTreeMap<RecordIx, Work>,
    missing: BTreeMap<String, String>,
) -> Documents<'_> {
    let alias = same_as_path(&missing);
    let mut all: Vec<(Document, Option<&String>)> = found
        .into_iter()
        .map(|(ix, work)| {
            let name = records.get(ix).path.to_string();
            (Document { name, found: Some(ix), work }, None)
        })
        .collect();
    let own = missing.iter().filter(|(key, _)| !alias.contains_key(*key));
    all.extend(own.map(|(key, name)| {
        (Document { name: name.clone(), found: None, work: Work::Write }, Some(key))
    }));
    all.sort_by(|(a, _), (b, _)| (&a.name, a.found).cmp(&(&b.name, b.found)));
    let numbered = || all.iter().enumerate();
    let mut by_key: BTreeMap<String, usize> =
        numbered().filter_map(|(n, (_, key))| Some(((*key)?.clone(), n))).collect();
    let aliases: Vec<(String, usize)> =
        alias.iter().filter_map(|(key, path)| Some((key.clone(), *by_key.get(path)?))).collect();
    by_key.extend(aliases);
    let found = numbered().filter_map(|(n, (document, _))| Some((document.found?, n))).collect();
    let all = all.into_iter().map(|(document, _)| document).collect();
    Documents { all, records, found, missing: by_key }
}

impl Documents<'_> {
    /// The document that a target is a part of; `None` when writing cannot mend it.
    pub fn of(&self, target: &TargetFinding) -> Option<usize> {
        if !is_writable(target) {
            return None;
        }
        match target.found.first() {
            Some(ix) => self.found.get(&whole(self.records, *ix)).copied(),
            None => self.missing.get(&key(&without_section(&target.name))).copied(),
        }
    }
}

/// Whether writing can mend the state of a target: of an ambiguous name nobody knows what to write,
/// and a file that is no document is not written but made. What is named twice counts as it stands.
fn is_writable(target: &TargetFinding) -> bool {
    use TargetState::{Missing, Named, Outdated, Stub};
    let is_document = target.path.is_none() || !target.found.is_empty();
    is_document && matches!(target.standing, Missing | Stub | Named | Outdated)
}

fn whole(records: &Records, ix: RecordIx) -> RecordIx {
    records.of_file(records.get(ix).file)
}

/// `docs/X.md#part` and `SDD section 5.1` without what follows the document.
fn without_section(name: &str) -> String {
    let bare = name.trim().trim_start_matches("[[").trim_end_matches("]]");
    match read::citation::parse_one(bare) {
        Some(citation) => citation.target,
        None => bare.to_owned(),
    }
}

/// A name as it is compared: without letter case, with `/` between the parts.
fn key(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches("./").to_lowercase()
}

/// Bare file names with the one path that ends in them.
fn same_as_path(missing: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let mut paths: BTreeMap<&str, Vec<&String>> = BTreeMap::new();
    for path in missing.keys() {
        if let Some((_, name)) = path.rsplit_once('/') {
            paths.entry(name).or_default().push(path);
        }
    }
    let bare = missing.keys().filter(|name| !name.contains('/'));
    bare.filter_map(|name| match paths.get(name.as_str())?.as_slice() {
        [one] => Some((name.clone(), (*one).clone())),
        _ => None,
    })
    .collect()
}
