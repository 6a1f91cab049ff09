//! Citations anchored by content: whether the cited lines still hold the text they were accepted
//! with, and where that text stands now.
//!
//! This is a stage of its own, between reading and relating. It is the only one at this floor that
//! looks at texts, and what it yields is small: a finding for each citation of lines. An edit to
//! prose that nobody cites leaves that equal, and with it the graph.
//!
//! ```text
//! outlines --[standing]--> citations of lines   + lock --[claim]--> what each was accepted with
//! texts    --[ground]----> hashes of lines      --[search, near, diff]--> findings
//! ```
//!
//! The cost is that of hashing the texts once, and only when there is a lock.

mod claim;
mod diff;
mod ground;
mod near;
mod search;
mod standing;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::{
    Corpus,
    citation::{self, Cited, CitedState},
    files::Files,
    record::Records,
};
use crate::{
    model::{
        lock::{Accepted, Counted, Key, Lock, Passage, Print},
        reference::Citation,
        source::Body,
        source::Outline,
    },
    path::RelPath,
    text::Span,
};
pub use diff::{DiffLine, Side, counts};
use ground::{Ground, Place};

/// Most places named of a text that stands in several.
const MOST_PLACES: usize = 20;

/// The finding on every citation of lines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Anchors {
    /// Whether there is a lock to compare with.
    pub lock: LockState,
    /// The citations, in the order of their keys.
    pub all: Vec<Anchored>,
    /// What the lock still has and no file cites any more.
    pub unused: Vec<Key>,
    by_key: BTreeMap<Key, usize>,
    by_cited: BTreeMap<(RelPath, (u32, u32)), Vec<usize>>,
}

/// Whether there is a lock to compare with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum LockState {
    /// There is none: every citation is new.
    #[default]
    Absent,
    /// It was read.
    Read,
    /// It cannot be used and is treated as absent; it may only be replaced on demand.
    Invalid,
}

/// A citation of lines with its finding.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Anchored {
    /// What names it.
    pub key: Key,
    /// Where it stands in its file, each place: line and characters.
    pub places: Vec<(u32, Span)>,
    /// What it leads to now.
    pub cited: Cited,
    /// What it was accepted with.
    pub accepted: Option<Accepted>,
    /// What became of the text.
    pub finding: Finding,
}

/// What became of a cited text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Finding {
    /// The lock does not know the citation. `--accept` makes it exact.
    New,
    /// The cited lines hold the text.
    Exact,
    /// The same text stands elsewhere, in one certain place. `--fix` makes it exact.
    Moved(Proposal),
    /// A text much like it stands there, in the cited lines or near. A person has to judge.
    Edited(Edit),
    /// The same text stands in several places, none of them cited.
    Ambiguous(Vec<Proposal>),
    /// Nothing like it is left.
    Lost,
    /// Nothing like it is left, nor the file.
    FileMissing,
}

/// A place where a text stands now.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Proposal {
    /// The file.
    pub path: RelPath,
    /// The lines, counted in that file.
    pub lines: (u32, u32),
    /// The numbers to write in the citation; none when its name would have to change too.
    pub write: Option<(u32, u32)>,
}

/// An edited text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Edit {
    /// Where it stands now.
    pub now: Proposal,
    /// Whether that is where the citation points.
    pub place: EditPlace,
    /// What was removed and added, with the lines around.
    pub diff: Vec<DiffLine>,
}

/// Where an edited text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EditPlace {
    /// In the cited lines.
    Cited,
    /// In other lines: the range needs a new look too.
    Elsewhere,
}

impl Finding {
    /// The stable word for pages and exports.
    pub fn name(&self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Exact => "exact",
            Self::Moved(_) => "moved",
            Self::Edited(_) => "edited",
            Self::Ambiguous(_) => "ambiguous",
            Self::Lost => "lost",
            Self::FileMissing => "file_missing",
        }
    }

    /// Whether `cite --check` fails for it.
    pub fn is_fault(&self) -> bool {
        !matches!(self, Self::New | Self::Exact)
    }

    /// Whether the text that was accepted is no longer there to be read.
    pub fn is_outdated(&self) -> bool {
        matches!(self, Self::Edited(_) | Self::Lost | Self::FileMissing)
    }

    /// Where the text may stand now, the best first.
    pub fn proposals(&self) -> &[Proposal] {
        match self {
            Self::Moved(proposal) => std::slice::from_ref(proposal),
            Self::Edited(Edit { now, place: EditPlace::Elsewhere, .. }) => {
                std::slice::from_ref(now)
            }
            Self::Ambiguous(several) => several,
            _ => &[],
        }
    }
}

impl Anchored {
    /// One sentence without a full stop: what became of the text.
    pub fn reason(&self) -> String {
        let began = || {
            let words = self.accepted.as_ref().map_or("", |accepted| accepted.words.as_str());
            if words.is_empty() {
                String::new()
            } else {
                format!("; it began \u{201c}{words}\u{201d}")
            }
        };
        match &self.finding {
            Finding::New => "the lock does not have it yet".into(),
            Finding::Exact => "the cited lines hold the accepted text".into(),
            Finding::Moved(to) => match to.write {
                Some(lines) => format!("the text now stands at {to}: write {}", range(lines)),
                None => format!("the text now stands at {to}: cite it there"),
            },
            Finding::Edited(Edit { now, place, diff }) => {
                let (removed, added) = counts(diff);
                let changed = format!("{} removed, {} added", lines(removed), lines(added));
                match place {
                    EditPlace::Cited => format!("the cited text was edited: {changed}"),
                    EditPlace::Elsewhere => {
                        format!("the text was edited and now stands at {now}: {changed}")
                    }
                }
            }
            Finding::Ambiguous(several) => {
                let places: Vec<String> = several.iter().take(5).map(ToString::to_string).collect();
                let more = if several.len() < MOST_PLACES { "" } else { " or more" };
                let count = several.len();
                format!("the text stands in {count}{more} places: {}", places.join("; "))
            }
            Finding::Lost => format!("no text like the accepted one is left{}", began()),
            Finding::FileMissing => format!("the cited file is gone{}", began()),
        }
    }
}

impl std::fmt::Display for Proposal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.lines {
            (first, last) if first == last => write!(f, "{}, line {first}", self.path),
            (first, last) => write!(f, "{}, lines {first} to {last}", self.path),
        }
    }
}

/// A range as people write it in a citation.
pub fn range((first, last): (u32, u32)) -> String {
    if first == last { first.to_string() } else { format!("{first}-{last}") }
}

fn lines(count: usize) -> String {
    format!("{count} {}", if count == 1 { "line" } else { "lines" })
}

impl Anchors {
    /// The finding on the citation with this key.
    pub fn of(&self, key: &Key) -> Option<&Anchored> {
        self.by_key.get(key).map(|at| &self.all[*at])
    }

    /// The finding on a citation that stands in the record `owner` of a file.
    pub fn at(&self, file: &RelPath, owner: &str, citation: &Citation) -> Option<&Anchored> {
        let (file, owner, target) = (file.clone(), owner.to_owned(), citation.target.clone());
        self.of(&Key { file, owner, target, lines: citation.lines? })
    }

    /// The citations that lead to exactly these lines of a file.
    pub fn citing(&self, path: &RelPath, lines: (u32, u32)) -> impl Iterator<Item = &Anchored> {
        self.by_cited.get(&(path.clone(), lines)).into_iter().flatten().map(|at| &self.all[*at])
    }

    /// The evidence of a gap that was edited or lost since it was accepted: what the gap's
    /// documents were written from is no longer what the research says.
    pub fn outdated(&self, file: &RelPath, gap: &str) -> impl Iterator<Item = &Anchored> {
        let from =
            Key { file: file.clone(), owner: gap.to_owned(), target: String::new(), lines: (0, 0) };
        self.by_key
            .range(from.clone()..)
            .take_while(move |(key, _)| key.file == from.file && key.owner == from.owner)
            .map(|(_, at)| &self.all[*at])
            .filter(|anchored| anchored.finding.is_outdated())
    }
}

/// What the comparison looks at.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The corpus, with no findings yet.
    pub corpus: Corpus<'a>,
    /// The texts, beside the outlines.
    pub bodies: &'a [Body],
    /// The files with references that count lines, by the index of their outline.
    pub citing: &'a [usize],
    /// The records of the corpus.
    pub records: &'a Records,
    /// Its files by every name.
    pub files: &'a Files,
}

/// Compares every citation of lines with the lock.
pub fn compare(subject: Subject<'_>, lock: &Lock, state: LockState) -> Anchors {
    let corpus = subject.corpus;
    let standing = standing::collect(subject);
    let ground = Ground::new(corpus.outlines, subject.bodies);
    let print_now = |one: &standing::Standing| {
        ground.lines(ground.file(one.cited.path.as_ref()?)?).passage(one.cited.lines?)
    };
    let (claims, unused) = claim::claim(&standing, lock, corpus.outlines, print_now);
    let now = prints_now(&standing, &claims, &ground);
    let all: Vec<Anchored> = standing
        .into_par_iter()
        .zip(claims)
        .filter_map(|(citation, accepted)| {
            let finding = match (&accepted, citation.cited.lines) {
                (None, None) => return None,
                (None, Some(_)) => Finding::New,
                (Some(accepted), lines) => {
                    let passage = lock.passages.get(&accepted.print)?;
                    let place = citation.cited.path.clone().zip(lines);
                    let held = place.and_then(|place| now.get(&place)).copied();
                    match held == Some(accepted.print) {
                        true => Finding::Exact,
                        false => Judge { corpus, ground: &ground, accepted, passage }
                            .judge(&citation.key, &citation.cited),
                    }
                }
            };
            let standing::Standing { key, places, cited } = citation;
            Some(Anchored { key, places, cited, accepted: accepted.cloned(), finding })
        })
        .collect();
    let by_key = all.iter().enumerate().map(|(at, one)| (one.key.clone(), at)).collect();
    let mut by_cited: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (at, one) in all.iter().enumerate() {
        if let Some(place) = one.cited.path.clone().zip(one.cited.lines) {
            by_cited.entry(place).or_default().push(at);
        }
    }
    Anchors { lock: state, all, unused, by_key, by_cited }
}

/// The fingerprints of the lines that accepted citations lead to now, each range once.
fn prints_now(
    standing: &[standing::Standing],
    claims: &[Option<&Accepted>],
    ground: &Ground<'_>,
) -> BTreeMap<(RelPath, (u32, u32)), Print> {
    let claimed = standing.iter().zip(claims).filter(|(_, accepted)| accepted.is_some());
    let places: BTreeSet<(RelPath, (u32, u32))> =
        claimed.filter_map(|(one, _)| one.cited.path.clone().zip(one.cited.lines)).collect();
    places
        .into_par_iter()
        .filter_map(|(path, lines)| {
            let print = ground.lines(ground.file(&path)?).passage(lines)?;
            Some(((path, lines), print))
        })
        .collect()
}

/// Finds out what became of one text that the cited lines no longer hold.
struct Judge<'a> {
    corpus: Corpus<'a>,
    ground: &'a Ground<'a>,
    accepted: &'a Accepted,
    passage: &'a Passage,
}

impl Judge<'_> {
    fn judge(&self, key: &Key, cited: &Cited) -> Finding {
        let home = cited.path.as_ref().unwrap_or(&self.accepted.path);
        let home = self.ground.file(home);
        let citing = self.ground.file(&key.file).filter(|citing| Some(*citing) != home);
        let found = search::find(self.ground, self.accepted, self.passage, home, citing);
        let propose = |place: &Place| self.propose(*place, cited);
        match found.as_slice() {
            [one] => return Finding::Moved(propose(one)),
            [_, _, ..] => {
                return Finding::Ambiguous(found.iter().take(MOST_PLACES).map(propose).collect());
            }
            [] => {}
        }
        let Some(home) = home else { return Finding::FileMissing };
        let Self { ground, accepted, passage, .. } = *self;
        let search = near::Search { ground, file: home, accepted, passage };
        match search.find(cited.lines) {
            Some(lines) => {
                let now = self.propose(Place { file: home, lines }, cited);
                let place = match cited.lines == Some(lines) {
                    true => EditPlace::Cited,
                    false => EditPlace::Elsewhere,
                };
                let diff = diff::diff(self.ground, home, self.passage, lines);
                Finding::Edited(Edit { now, place, diff })
            }
            None if cited.path.is_none() => Finding::FileMissing,
            None => Finding::Lost,
        }
    }

    /// What to write for a place: in the numbering it was accepted with, else in the other one,
    /// and only if that leads there.
    fn propose(&self, Place { file, lines }: Place, cited: &Cited) -> Proposal {
        let path = self.ground.path(file).clone();
        let write = (cited.path.as_ref() == Some(&path))
            .then(|| match self.outline(&path) {
                Some(outline) => numbers(outline, lines, self.accepted.counted),
                None => Some(lines),
            })
            .flatten();
        Proposal { path, lines, write }
    }

    fn outline(&self, path: &RelPath) -> Option<&Outline> {
        let at = self.corpus.outlines.binary_search_by(|outline| outline.path.cmp(path)).ok()?;
        Some(&self.corpus.outlines[at])
    }
}

/// The numbers that lead to lines of a file, in one numbering or the other.
fn numbers(outline: &Outline, lines: (u32, u32), counted: Counted) -> Option<(u32, u32)> {
    let own = (lines, CitedState::Exact);
    let original = citation::in_original(outline, lines).map(|lines| (lines, CitedState::BySource));
    let (first, second) = match counted {
        Counted::File => (Some(own), original),
        Counted::Original => (original, Some(own)),
    };
    let leads = |((first, last), state): &((u32, u32), CitedState)| {
        citation::count_lines(outline, *first, *last) == (*state, Some(lines))
    };
    [first, second].into_iter().flatten().find(leads).map(|(numbers, _)| numbers)
}
