//! Which documents say that they fill which gap, and which say so of a gap that is not there.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::{
        Corpus,
        record::{RecordIx, RecordKind, Records},
    },
    Context, Role, Spot, TargetFinding, lookup, state, substance,
};
use crate::{
    model::{
        gap::Intent,
        source::{Cover, Declared},
    },
    path::RelPath,
};

/// A document that covers an id which no gap has: the state `orphaned`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Orphan {
    /// The document.
    pub document: RecordIx,
    /// Its path.
    pub path: RelPath,
    /// The declaration as it stands in the document.
    pub cover: Cover,
    /// The id that was perhaps meant.
    pub nearest: Option<String>,
}

/// Every orphan, in the order of file and place.
pub fn orphans(corpus: Corpus<'_>, records: &Records) -> Vec<Orphan> {
    let mut found = Vec::new();
    let mut ids: Option<BTreeSet<&str>> = None;
    for (file, outline) in corpus.outlines.iter().enumerate() {
        for cover in &outline.covers {
            if records.named(&cover.id).iter().any(|ix| records.get(*ix).kind == RecordKind::Gap) {
                continue;
            }
            let ids = ids.get_or_insert_with(|| {
                let gaps = records.iter().filter(|(_, record)| record.kind == RecordKind::Gap);
                gaps.map(|(_, record)| record.id.as_str()).collect()
            });
            found.push(Orphan {
                document: records.of_file(file),
                path: outline.path.clone(),
                cover: cover.clone(),
                nearest: nearest(&cover.id, ids),
            });
        }
    }
    found
}

/// The id most like a written one, when at most a third of its letters differ.
pub fn nearest(written: &str, ids: &BTreeSet<&str>) -> Option<String> {
    let written = written.to_lowercase();
    let most = (written.chars().count() / 3).max(1);
    ids.iter()
        .map(|id| (strsim::damerau_levenshtein(&written, &id.to_lowercase()), *id))
        .min()
        .filter(|(distance, _)| *distance <= most)
        .map(|(_, id)| id.to_owned())
}

/// One document's declaration that it fills a gap.
#[derive(Clone, Copy, Debug)]
pub(super) struct Declaration<'a> {
    /// The record of the document.
    pub(super) document: RecordIx,
    /// The declaration.
    pub(super) cover: &'a Cover,
}

impl Declaration<'_> {
    /// Where it stands in its document, whose path is given.
    pub(super) fn spot(self, path: RelPath) -> Spot {
        Spot { path, line: self.cover.line, span: self.cover.span }
    }
}

/// All declarations, by gap.
#[derive(Debug)]
pub(super) struct Declarations<'a>(BTreeMap<RecordIx, Vec<Declaration<'a>>>);

impl<'a> Declarations<'a> {
    /// Gathers what the outlines declare. A file cannot fill a gap that it states itself.
    pub(super) fn collect(corpus: Corpus<'a>, records: &Records) -> Self {
        let mut declared: BTreeMap<RecordIx, Vec<Declaration<'a>>> = BTreeMap::new();
        for (file, outline) in corpus.outlines.iter().enumerate() {
            for cover in &outline.covers {
                for gap in records.named(&cover.id) {
                    let is_gap = records.get(*gap).kind == RecordKind::Gap;
                    if is_gap && records.get(*gap).file != file {
                        let document = records.of_file(file);
                        declared.entry(*gap).or_default().push(Declaration { document, cover });
                    }
                }
            }
        }
        Self(declared)
    }

    /// The declarations on a gap, in the order of file and place.
    pub(super) fn of(&self, gap: RecordIx) -> &[Declaration<'a>] {
        self.0.get(&gap).map_or(&[], Vec::as_slice)
    }
}

/// `its front matter`, `the comment on line 12`: where a document declares itself.
pub(super) fn words(cover: &Cover) -> String {
    match cover.declared {
        Declared::FrontMatter => format!("its front matter (line {})", cover.line),
        Declared::Comment => format!("its comment on line {}", cover.line),
    }
}

impl Context<'_> {
    /// The documents that declare to fill a gap without being a target of it, each once with its
    /// best declaration.
    pub(super) fn offered(&self, gap: RecordIx, targets: &[TargetFinding]) -> Vec<TargetFinding> {
        let mut best: BTreeMap<RecordIx, TargetFinding> = BTreeMap::new();
        for declaration in self.declared.of(gap) {
            let document = declaration.document;
            let file = self.records.get(document).file;
            let is_target = |target: &TargetFinding| {
                target.found.iter().any(|found| self.records.get(*found).file == file)
            };
            if targets.iter().any(is_target) {
                continue;
            }
            let offered = self.offer(*declaration);
            match best.get(&document) {
                Some(known) if known.state <= offered.state => {}
                _ => drop(best.insert(document, offered)),
            }
        }
        best.into_values().collect()
    }

    fn offer(&self, declaration: Declaration<'_>) -> TargetFinding {
        let record = self.records.get(declaration.document);
        let (state, why) = self.state_of_declaration(declaration);
        let section = declaration.cover.section.clone();
        let outline = &self.corpus.outlines[record.file];
        let heading = section.as_deref().and_then(|section| lookup::heading(outline, section));
        TargetFinding {
            name: record.path.to_string(),
            intent: Intent::Created,
            section,
            role: Role::Offered,
            state,
            standing: state,
            why,
            found: vec![declaration.document],
            path: Some(record.path.clone()),
            anchor: heading.map(|at| outline.headings[at].anchor.clone()),
            named_at: None,
            declared_at: Some(declaration.spot(record.path.clone())),
        }
    }

    /// The state of a declaration taken alone: the substance of what it speaks of.
    pub(super) fn state_of_declaration(
        &self,
        declaration: Declaration<'_>,
    ) -> (super::TargetState, String) {
        use super::TargetState::{Covers, Missing, Stub};
        let outline = &self.corpus.outlines[self.records.get(declaration.document).file];
        let says = words(declaration.cover);
        let verdict = match &declaration.cover.section {
            None => substance::of_document(outline, self.corpus.substance),
            Some(section) => match lookup::heading(outline, section) {
                Some(at) => substance::of_section(outline, at, self.corpus.substance),
                None => {
                    let why =
                        format!("{says} names its section `{section}`, which it does not have");
                    return (Missing, why);
                }
            },
        };
        match verdict {
            substance::Verdict::Enough(size) => {
                let part = state::part_words(declaration.cover.section.as_deref());
                (Covers, format!("{says} says that {part} fills the gap ({size})"))
            }
            substance::Verdict::Stub(why) => {
                (Stub, format!("{why}, though {says} says it fills the gap"))
            }
        }
    }
}
