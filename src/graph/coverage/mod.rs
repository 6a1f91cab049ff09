//! Coverage, derived: for every gap and target, what the files bear out. One file a concern:
//!
//! 1. [`lookup`] finds what a target's name leads to: a document, a section, a symbol, a file.
//! 2. [`declared`] gathers which documents say that they fill which gap.
//! 3. [`substance`] tells a text from a stub.
//! 4. [`state`] gives each link from a gap to a target its one state, and the reason.
//! 5. [`waiver`] says whether a waiver holds.
//! 6. [`roll`] makes the coverage of the gap of all that.
//! 7. [`super::drift`] compares it with the claim.
//!
//! [`outdated`] takes in afterwards what the lock file knows of changed evidence.

mod declared;
mod lookup;
pub mod outdated;
pub mod proof;
mod roll;
mod state;
mod substance;
mod waiver;

use std::collections::BTreeMap;

use serde::Serialize;

use self::{declared::Declarations, lookup::Names};
pub use self::{
    declared::{Orphan, nearest, orphans},
    lookup::heading,
    waiver::{WaivedBy, WaiverFinding, WaiverState, gaps_named},
};
use super::{
    Corpus,
    citation::{self, Cited},
    drift::{self, Drift},
    files::Files,
    link::{self, Dest, Form, Links, ResolvedLink},
    record::{Part, Record, RecordIx, RecordKind, Records},
};
use crate::{
    model::{
        gap::{Evidence, Gap, Intent, Target, TargetPart, Waiver},
        policy::RecordWaiver,
    },
    path::RelPath,
    text::Span,
};

/// What the files bear out about one gap.
#[derive(Clone, Debug)]
pub struct GapFinding {
    /// The derived coverage.
    pub coverage: Coverage,
    /// The rule that gives it, in one sentence without a full stop.
    pub why: String,
    /// Each target with its state.
    pub targets: Vec<TargetFinding>,
    /// Each citation with what it leads to.
    pub evidence: Vec<(Evidence, Cited)>,
    /// Gaps to fill first, as written and as found.
    pub depends_on: Vec<(String, Option<RecordIx>)>,
    /// Every waiver of the gap, the one that counts first.
    pub waivers: Vec<WaiverFinding>,
    /// Whether claim and finding disagree.
    pub drift: Drift,
}

/// How far a gap is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Coverage {
    /// Every target covers it, or one of each group of alternatives.
    Covered,
    /// Some target does, or exists without saying so, or is a stub, or rests on changed evidence.
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
    /// As written; the path of a document that only declares itself.
    pub name: String,
    /// What the text says of it.
    pub intent: Intent,
    /// The section asked for, as written, when the name does not hold it.
    pub section: Option<String>,
    /// Whether the gap needs it.
    pub role: Role,
    /// Its state.
    pub state: TargetState,
    /// The state of what it leads to, which the coverage counts. It is `state` but for a
    /// duplicate, which stands where its twin stands.
    pub standing: TargetState,
    /// Why, in one sentence without a full stop.
    pub why: String,
    /// The record found; several when the name is ambiguous.
    pub found: Vec<RecordIx>,
    /// The file or folder found, also when it is no record.
    pub path: Option<RelPath>,
    /// The section found.
    pub anchor: Option<String>,
    /// Where the target is named, if it is named by the gap.
    pub named_at: Option<(u32, Span)>,
    /// Where a document declares that it fills the gap.
    pub declared_at: Option<Spot>,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The file.
    pub path: RelPath,
    /// The line, from 1.
    pub line: u32,
    /// The characters.
    pub span: Span,
}

/// Whether a gap needs a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The gap names it. Targets of one group are alternatives; each group is needed.
    Needed {
        /// The number of the group.
        group: u32,
    },
    /// Only the document says so. Where the gap names no target, any one such document is enough;
    /// where it names some, one more can begin the work and never hinder it.
    Offered,
}

impl Role {
    /// The group of a target that the gap names.
    pub fn group(self) -> Option<u32> {
        match self {
            Self::Needed { group } => Some(group),
            Self::Offered => None,
        }
    }
}

/// The state of one link from a gap to a target. Exactly one holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TargetState {
    /// It exists, has substance, and names the gap, declares `covers`, or is named by the gap as
    /// what was made for it.
    Covers,
    /// It exists, but says nothing of the gap; or it names the gap and lacks the section asked for.
    Named,
    /// It exists without substance.
    Stub,
    /// It would cover the gap, but evidence of the gap has changed since the link was accepted.
    Outdated,
    /// No file has this name, or the file lacks the section and does not name the gap.
    Missing,
    /// Several files fit the name.
    Ambiguous,
    /// It leads where an earlier target of the same gap leads; or it is a document that declares
    /// to fill a gap whose one named target covers it already. It changes no coverage.
    Duplicate,
    /// A document covers an id that no gap has. Never the state of a gap's target: see [`Orphan`].
    Orphaned,
}

impl TargetState {
    /// The stable word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Covers => "covers",
            Self::Named => "named",
            Self::Stub => "stub",
            Self::Outdated => "outdated",
            Self::Missing => "missing",
            Self::Ambiguous => "ambiguous",
            Self::Duplicate => "duplicate",
            Self::Orphaned => "orphaned",
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
    links: &Links,
) -> BTreeMap<RecordIx, GapFinding> {
    // Most repositories state no gap, and the look-ups are made of every document.
    if records.iter().all(|(_, record)| record.kind != RecordKind::Gap) {
        return BTreeMap::new();
    }
    let context = Context {
        corpus,
        records,
        files,
        names: Names::new(corpus),
        naming: naming(links, records),
        declared: Declarations::collect(corpus, records),
        waived: waiver::of_configuration(corpus, records),
    };
    records
        .iter()
        .filter_map(|(ix, record)| Some((ix, record, gap_of(corpus, record)?)))
        .map(|(ix, record, gap)| (ix, context.finding(ix, record, gap)))
        .collect()
}

/// Which files name which gaps by a link, and on which line first.
fn naming(links: &Links, records: &Records) -> BTreeMap<RecordIx, BTreeMap<usize, u32>> {
    let mut naming: BTreeMap<RecordIx, BTreeMap<usize, u32>> = BTreeMap::new();
    for link in links.iter() {
        if let Dest::Record(to, _) = &link.to
            && records.get(*to).kind == RecordKind::Gap
        {
            let line = naming
                .entry(*to)
                .or_default()
                .entry(records.get(link.from).file)
                .or_insert(link.line);
            *line = link.line.min(*line);
        }
    }
    naming
}

/// Everything that the state of a link may depend on.
struct Context<'a> {
    corpus: Corpus<'a>,
    records: &'a Records,
    files: &'a Files,
    names: Names,
    naming: BTreeMap<RecordIx, BTreeMap<usize, u32>>,
    declared: Declarations<'a>,
    waived: BTreeMap<RecordIx, Vec<WaiverFinding>>,
}

impl Context<'_> {
    fn finding(&self, ix: RecordIx, record: &Record, gap: &Gap) -> GapFinding {
        let (mut targets, keys): (Vec<TargetFinding>, Vec<String>) =
            gap.targets.iter().map(|target| self.target(ix, record, target)).unzip();
        let offered = self.offered(ix, &targets);
        targets.extend(offered);
        roll::mark_duplicates(&mut targets, &keys);
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
        let accepted = |own: &&Waiver| {
            let accepted = self.corpus.accepted_waivers;
            accepted.is_none_or(|all| all.contains(&RecordWaiver::of(&record.id, own)))
        };
        let own = gap.waiver.as_ref().filter(accepted);
        let own = own.map(|own| waiver::of_record(own, record, self.corpus.today));
        let of_configuration = self.waived.get(&ix).into_iter().flatten().cloned();
        let mut waivers: Vec<WaiverFinding> = own.into_iter().chain(of_configuration).collect();
        waivers.sort_by_key(|waiver| waiver.state != WaiverState::Holds);
        let (coverage, why) = roll::coverage(&targets, waivers.first());
        let drift = drift::drift(&gap.claim, coverage);
        GapFinding { coverage, why, targets, evidence, depends_on, waivers, drift }
    }

    /// A target with its state, and the key of the place it leads to.
    fn target(&self, ix: RecordIx, record: &Record, target: &Target) -> (TargetFinding, String) {
        let place = self.locate(record, target);
        let link = state::Link { gap: ix, record, intent: target.intent };
        let (state, why) = self.judge(link, &place);
        let section = match &target.part {
            Some(TargetPart::Section(section)) => Some(section.clone()),
            _ => None,
        };
        let key = place.key(target);
        let path = place.path(self.records);
        let declared = self.declared.of(ix).iter().find(|declaration| {
            path.as_ref() == Some(&self.records.get(declaration.document).path)
        });
        let finding = TargetFinding {
            name: target.name.clone(),
            intent: target.intent,
            section,
            role: Role::Needed { group: target.group },
            state,
            standing: state,
            why,
            anchor: place.anchor(),
            declared_at: declared.zip(path.clone()).map(|(own, path)| own.spot(path)),
            path,
            found: place.into_records(),
            named_at: Some((target.line, target.span)),
        };
        (finding, key)
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
