//! Coverage, derived: for every gap and target, what the files bear out.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    Corpus,
    citation::{self, Cited, CitedState},
    drift::{self, Drift},
    files::{Entry, Files, Lookup},
    link::{self, Dest, Form, ResolvedLink},
    record::{Part, Record, RecordIx, RecordKind, Records},
};
use crate::{
    model::{
        gap::{Evidence, Gap, Intent, Target, Waiver},
        source::{Facts, Outline},
    },
    read,
    text::Span,
};

/// Fewer words than this, headings aside, are a stub: about one paragraph.
pub const SUBSTANCE_WORDS: u32 = 50;

/// What the files bear out about one gap.
#[derive(Clone, Debug)]
pub struct GapFinding {
    /// The derived coverage.
    pub coverage: Coverage,
    /// Each target with its state.
    pub targets: Vec<TargetFinding>,
    /// Each citation with what it leads to.
    pub evidence: Vec<(Evidence, Cited)>,
    /// Gaps to fill first, as written and as found.
    pub depends_on: Vec<(String, Option<RecordIx>)>,
    /// Whether claim and finding disagree.
    pub drift: Drift,
}

/// How far a gap is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Coverage {
    /// Every target covers it.
    Covered,
    /// Some target does, or exists without saying so.
    Partial,
    /// Nobody has filled it.
    Uncovered,
    /// Nobody has to: a reason, an owner, and a day that has not passed.
    Waived,
}

impl Coverage {
    /// The stable word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Covered => "covered",
            Self::Partial => "partial",
            Self::Uncovered => "uncovered",
            Self::Waived => "waived",
        }
    }
}

/// A target with its state.
#[derive(Clone, Debug)]
pub struct TargetFinding {
    /// As written.
    pub name: String,
    /// What the text says of it.
    pub intent: Intent,
    /// Its state.
    pub state: TargetState,
    /// Why, in one sentence without a full stop.
    pub why: String,
    /// The record found; several when the name is ambiguous.
    pub found: Vec<RecordIx>,
    /// The section found.
    pub anchor: Option<String>,
    /// Where the target is named, if it is named by the gap.
    pub named_at: Option<(u32, Span)>,
}

/// The state of one link from a gap to a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetState {
    /// Exists, has substance, and names the gap or is named as its created document.
    Covers,
    /// Exists, but says nothing of the gap.
    Named,
    /// Exists without substance.
    Stub,
    /// Does not exist.
    Missing,
    /// Several files fit the name.
    Ambiguous,
}

impl TargetState {
    /// The stable word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Covers => "covers",
            Self::Named => "named",
            Self::Stub => "stub",
            Self::Missing => "missing",
            Self::Ambiguous => "ambiguous",
        }
    }
}

/// The gap that a record was made of.
pub fn gap_of<'a>(corpus: Corpus<'a>, record: &Record) -> Option<&'a Gap> {
    let gaps = corpus.outlines[record.file].facts.gaps();
    match (record.kind, record.part) {
        (RecordKind::Gap, Part::Gap(n)) => gaps.get(n),
        (RecordKind::Gap, Part::Whole) => gaps.first(),
        _ => None,
    }
}

/// The citations that gaps give as evidence, as links.
pub fn evidence_links(corpus: Corpus<'_>, records: &Records, files: &Files) -> Vec<ResolvedLink> {
    let mut links = Vec::new();
    for (ix, record) in records.iter() {
        let Some(gap) = gap_of(corpus, record) else { continue };
        for evidence in &gap.evidence {
            let cited = citation::resolve(corpus, files, &record.path, &evidence.citation);
            links.push(ResolvedLink {
                from: ix,
                path: record.path.clone(),
                span: evidence.span,
                line: evidence.line,
                raw: evidence.citation.target.clone(),
                form: Form::Evidence,
                to: link::cited_dest(records, files, cited),
            });
        }
    }
    links
}

/// Derives the finding on every gap.
pub fn derive(
    corpus: Corpus<'_>,
    records: &Records,
    files: &Files,
    links: &[ResolvedLink],
) -> BTreeMap<RecordIx, GapFinding> {
    let context = Context { corpus, records, files, naming: naming(links, records) };
    let declared = declared(corpus, records);
    records
        .iter()
        .filter_map(|(ix, record)| Some((ix, record, gap_of(corpus, record)?)))
        .map(|(ix, record, gap)| {
            let none = Vec::new();
            let covering = declared.get(&ix).unwrap_or(&none);
            (ix, context.finding(ix, record, gap, covering))
        })
        .collect()
}

/// Which records name which gaps by a link.
fn naming(links: &[ResolvedLink], records: &Records) -> BTreeMap<RecordIx, Vec<usize>> {
    let mut naming: BTreeMap<RecordIx, Vec<usize>> = BTreeMap::new();
    for link in links {
        if let Dest::Record(to, _) = &link.to
            && records.get(*to).kind == RecordKind::Gap
        {
            naming.entry(*to).or_default().push(records.get(link.from).file);
        }
    }
    naming
}

/// Which records declare in front matter that they cover which gap.
fn declared(corpus: Corpus<'_>, records: &Records) -> BTreeMap<RecordIx, Vec<RecordIx>> {
    let mut declared: BTreeMap<RecordIx, Vec<RecordIx>> = BTreeMap::new();
    for (file, outline) in corpus.outlines.iter().enumerate() {
        for id in &outline.front.covers {
            for gap in records.named(id) {
                declared.entry(*gap).or_default().push(records.of_file(file));
            }
        }
    }
    declared
}

struct Context<'a> {
    corpus: Corpus<'a>,
    records: &'a Records,
    files: &'a Files,
    naming: BTreeMap<RecordIx, Vec<usize>>,
}

impl Context<'_> {
    fn finding(
        &self,
        ix: RecordIx,
        record: &Record,
        gap: &Gap,
        covering: &[RecordIx],
    ) -> GapFinding {
        let mut targets: Vec<_> =
            gap.targets.iter().map(|target| self.target(ix, record, target, covering)).collect();
        for extra in covering {
            if targets.iter().any(|t| t.found.contains(extra)) {
                continue;
            }
            let path = &self.records.get(*extra).path;
            let (state, why) = self.state_of_declared(*extra);
            targets.push(TargetFinding {
                name: path.to_string(),
                intent: Intent::Created,
                state,
                why,
                found: vec![*extra],
                anchor: None,
                named_at: None,
            });
        }
        let evidence = gap
            .evidence
            .iter()
            .map(|e| {
                (e.clone(), citation::resolve(self.corpus, self.files, &record.path, &e.citation))
            })
            .collect();
        let depends_on = gap
            .depends_on
            .iter()
            .map(|name| (name.value.clone(), self.gap_named(record, &name.value)))
            .collect();
        let coverage = coverage(&targets, gap.waiver.as_ref(), self.corpus.today);
        let drift = drift::drift(&gap.claim, coverage);
        GapFinding { coverage, targets, evidence, depends_on, drift }
    }

    fn target(
        &self,
        gap: RecordIx,
        record: &Record,
        target: &Target,
        covering: &[RecordIx],
    ) -> TargetFinding {
        let (found, anchor, lost) = self.locate(record, &target.name);
        let (state, why) = match (found.as_slice(), lost) {
            ([], Some(why)) => (TargetState::Missing, why),
            ([], None) => (TargetState::Missing, "no file has this name".to_owned()),
            ([one], None) => self.state(gap, *one, target, covering),
            ([_], Some(why)) => (TargetState::Named, why),
            (several, _) => {
                (TargetState::Ambiguous, format!("{} files have this name", several.len()))
            }
        };
        TargetFinding {
            name: target.name.clone(),
            intent: target.intent,
            state,
            why,
            found,
            anchor,
            named_at: Some((target.line, target.span)),
        }
    }

    /// The records a target's name means, the section, and why a section was not found.
    fn locate(
        &self,
        record: &Record,
        name: &str,
    ) -> (Vec<RecordIx>, Option<String>, Option<String>) {
        let bare = name.trim().trim_start_matches("[[").trim_end_matches("]]");
        if let named @ [_, ..] = self.records.named(bare) {
            return (named.to_vec(), None, None);
        }
        match self.files.find(&record.path, bare) {
            Lookup::Found(_, Entry::Record(file)) => {
                return (vec![self.records.of_file(file)], None, None);
            }
            Lookup::Ambiguous(paths) => {
                let records = paths.iter().filter_map(|path| match self.files.at(path)? {
                    Entry::Record(file) => Some(self.records.of_file(file)),
                    Entry::Asset => None,
                });
                return (records.collect(), None, None);
            }
            Lookup::Found(_, Entry::Asset) | Lookup::Missing => {}
        }
        let Some(citation) = read::citation::parse_one(bare) else { return (vec![], None, None) };
        let cited = citation::resolve(self.corpus, self.files, &record.path, &citation);
        let found = cited.path.as_ref().and_then(|path| match self.files.at(path)? {
            Entry::Record(file) => Some(self.records.of_file(file)),
            Entry::Asset => None,
        });
        let lost = (cited.state == CitedState::SectionMissing)
            .then(|| "the document exists, the section does not".to_owned());
        (found.into_iter().collect(), cited.anchor, lost)
    }

    fn state(
        &self,
        gap: RecordIx,
        found: RecordIx,
        target: &Target,
        covering: &[RecordIx],
    ) -> (TargetState, String) {
        let outline = &self.corpus.outlines[self.records.get(found).file];
        if covering.contains(&found) {
            return self.state_of_declared(found);
        }
        if !has_substance(outline) {
            return (TargetState::Stub, stub(outline));
        }
        if target.intent == Intent::Created {
            return (TargetState::Covers, "the gap names it as the document made for it".into());
        }
        let file = self.records.get(found).file;
        if self.naming.get(&gap).is_some_and(|files| files.contains(&file)) {
            return (TargetState::Covers, "it links to the gap".into());
        }
        let id = self.records.get(gap).id.to_uppercase();
        if outline.mentions.binary_search(&id).is_ok() {
            return (TargetState::Covers, format!("it names {id}"));
        }
        (TargetState::Named, "it exists, but does not name the gap".into())
    }

    fn state_of_declared(&self, found: RecordIx) -> (TargetState, String) {
        let outline = &self.corpus.outlines[self.records.get(found).file];
        if has_substance(outline) {
            (TargetState::Covers, "its front matter says that it covers the gap".into())
        } else {
            (TargetState::Stub, stub(outline))
        }
    }

    /// The gap that a dependency names: by id, or by number in the same ledger.
    fn gap_named(&self, record: &Record, name: &str) -> Option<RecordIx> {
        if let [ix] = self.records.named(name) {
            return Some(*ix);
        }
        let number = name.trim().trim_start_matches(['#', ' ']).to_lowercase();
        let number = number.strip_prefix("gap").map_or(number.as_str(), str::trim);
        self.records.parts_of(record.file).iter().copied().find(|ix| {
            gap_of(self.corpus, self.records.get(*ix))
                .and_then(|gap| gap.number.as_deref())
                .is_some_and(|own| own.eq_ignore_ascii_case(number))
        })
    }
}

fn stub(outline: &Outline) -> String {
    let words = outline.words;
    format!("it has {words} {} of text", if words == 1 { "word" } else { "words" })
}

fn has_substance(outline: &Outline) -> bool {
    match &outline.facts {
        Facts::Schema(schema) => !schema.symbols.is_empty(),
        _ => outline.words >= SUBSTANCE_WORDS,
    }
}

fn coverage(targets: &[TargetFinding], waiver: Option<&Waiver>, today: Option<&str>) -> Coverage {
    if waiver.is_some_and(|waiver| is_valid(waiver, today)) {
        return Coverage::Waived;
    }
    let covers = targets.iter().filter(|t| t.state == TargetState::Covers).count();
    let begun = targets.iter().any(|t| matches!(t.state, TargetState::Named | TargetState::Stub));
    match covers {
        n if n > 0 && n == targets.len() => Coverage::Covered,
        0 if !begun => Coverage::Uncovered,
        _ => Coverage::Partial,
    }
}

/// A waiver holds with a reason and an owner, until its day has passed.
pub fn is_valid(waiver: &Waiver, today: Option<&str>) -> bool {
    let said = |text: &Option<String>| text.as_ref().is_some_and(|t| !t.trim().is_empty());
    let expired = match (&waiver.until, today) {
        (Some(until), Some(today)) => until.as_str() < today,
        _ => false,
    };
    said(&waiver.reason) && said(&waiver.owner) && !expired
}
