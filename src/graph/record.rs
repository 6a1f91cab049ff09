//! Records: everything with an id that can be linked, and the names it answers to.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;

use super::spans::Spans;
use crate::{
    model::{
        gap::Gap,
        ledger::{Entry, EntryKind},
        source::{Facts, Kind, Outline},
    },
    path::RelPath,
};

/// The place of a record in [`Records`]; the order is that of file and line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct RecordIx(pub usize);

/// One record.
#[derive(Clone, Debug)]
pub struct Record {
    /// The id that links to it, unique unless diagnosed.
    pub id: String,
    /// What it is.
    pub kind: RecordKind,
    /// Its title.
    pub title: String,
    /// The file it stands in.
    pub path: RelPath,
    /// The index of the file's outline.
    pub file: usize,
    /// First and last line in the file.
    pub lines: (u32, u32),
    /// Its anchor in the page of the file, when it is a part of it.
    pub anchor: Option<String>,
    /// Which part of the file it is.
    pub part: Part,
}

/// What a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the words are those of the file kinds")]
pub enum RecordKind {
    Document,
    Decision,
    Research,
    Schema,
    Symbol,
    Ledger,
    Gap,
    Diagram,
    Entry(EntryKind),
}

impl RecordKind {
    /// The word for people, singular.
    pub fn label(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Decision => "decision",
            Self::Research => "research",
            Self::Schema => "schema",
            Self::Symbol => "symbol",
            Self::Ledger => "ledger",
            Self::Gap => "gap",
            Self::Diagram => "diagram",
            Self::Entry(kind) => kind.label(),
        }
    }
}

/// The part of a file that a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// The decision with this index, in a file of many.
    Decision(usize),
    /// The gap with this index, in a ledger.
    Gap(usize),
    /// The entry with this index, in a ledger.
    Entry(usize),
    /// The symbol with this index, in a schema.
    Symbol(usize),
}

/// All records and the names they answer to.
#[derive(Debug, Default)]
pub struct Records {
    all: Vec<Arc<Record>>,
    /// Every place in `all`, for lists of neighbours.
    places: Vec<RecordIx>,
    /// Where the records of each file begin in `all`, and at last where they end.
    first: Vec<usize>,
    spans: Vec<Spans>,
    by_name: BTreeMap<Arc<str>, Vec<RecordIx>>,
}

impl Records {
    /// Collects the records of every file.
    pub fn collect(outlines: &[Arc<Outline>]) -> Self {
        let ledgers =
            outlines.iter().enumerate().filter(|(_, o)| matches!(o.facts, Facts::Ledger(_)));
        let prefixes = prefixes(ledgers.map(|(file, outline)| (file, &**outline)));
        let some = |(n, outlines): (usize, &[Arc<Outline>])| {
            Arc::new(Gathered::of(n * AT_ONCE, outlines, &prefixes))
        };
        let parts: Vec<_> = outlines.par_chunks(AT_ONCE).enumerate().map(some).collect();
        Self::join(&parts)
    }

    /// Puts together the records of files that follow each other.
    pub fn join(parts: &[Arc<Gathered>]) -> Self {
        let count = parts.iter().map(|part| part.all.len()).sum();
        let mut records = Self { all: Vec::with_capacity(count), ..Self::default() };
        for part in parts {
            let before = records.all.len();
            records.first.extend(part.first.iter().map(|first| before + first));
            for (name, ix) in &part.names {
                let (ix, name) = (RecordIx(before + ix), Arc::clone(name));
                let holders = records.by_name.entry(name).or_default();
                if !holders.contains(&ix) {
                    holders.push(ix);
                }
            }
            records.all.extend_from_slice(&part.all);
        }
        records.first.push(count);
        records.places = (0..count).map(RecordIx).collect();
        let spans = |file: &[usize]| {
            let parts = (file[0] + 1..).map(RecordIx).zip(&records.all[file[0] + 1..file[1]]);
            Spans::new(parts.map(|(ix, record)| (ix, record.lines)))
        };
        records.spans = records.first.windows(2).map(spans).collect();
        records
    }

    /// The record.
    pub fn get(&self, ix: RecordIx) -> &Record {
        &self.all[ix.0]
    }

    /// All, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (RecordIx, &Record)> {
        self.all.iter().enumerate().map(|(i, record)| (RecordIx(i), &**record))
    }

    /// The record of a whole file.
    pub fn of_file(&self, file: usize) -> RecordIx {
        RecordIx(self.first[file])
    }

    /// The parts of a file, without the whole.
    pub fn parts_of(&self, file: usize) -> &[RecordIx] {
        &self.places[self.first[file] + 1..self.first[file + 1]]
    }

    /// The smallest record that holds a line of a file.
    pub fn at(&self, file: usize, line: u32) -> RecordIx {
        self.spans[file].smallest(line).unwrap_or_else(|| self.of_file(file))
    }

    /// Records that answer to a name, letter case aside.
    ///
    /// Symbols may differ by nothing but case (`Http` and `http`), and one may be declared twice:
    /// of them the one that is written like the name is meant, and the first, which has the page.
    pub fn named(&self, name: &str) -> &[RecordIx] {
        let name = name.trim();
        let all = self.by_name.get(name.to_lowercase().as_str()).map_or(&[][..], Vec::as_slice);
        if all.len() < 2 || all.iter().any(|ix| self.get(*ix).kind != RecordKind::Symbol) {
            return all;
        }
        let full = name.strip_prefix("proto:").unwrap_or(name);
        let own = |ix: &&RecordIx| self.get(**ix).title == full;
        let member = |ix: &&RecordIx| {
            full.strip_prefix(self.get(**ix).title.as_str())
                .is_some_and(|rest| rest.starts_with('.'))
        };
        let meant = all.iter().find(own).or_else(|| all.iter().find(member));
        meant.map_or(all, std::slice::from_ref)
    }

    /// Names with more than one record, in order.
    pub fn shared_names(&self) -> impl Iterator<Item = (&str, &[RecordIx])> {
        self.by_name
            .iter()
            .filter(|(_, records)| records.len() > 1)
            .map(|(name, records)| (&**name, records.as_slice()))
    }
}

/// So many files are looked at in one go.
const AT_ONCE: usize = 256;

/// The letters before the numbers of the gaps of each ledger, by file. All ledgers of a corpus are
/// looked at, in order: two that would have the same letters have a number after them.
pub fn prefixes<'a>(
    ledgers: impl Iterator<Item = (usize, &'a Outline)>,
) -> BTreeMap<usize, String> {
    let mut taken = BTreeMap::new();
    ledgers.map(|(file, outline)| (file, ledger_prefix(outline, &mut taken))).collect()
}

/// The records of files that follow each other.
#[derive(Debug, Default)]
pub struct Gathered {
    all: Vec<Arc<Record>>,
    /// Where the records of each file begin in `all`.
    first: Vec<usize>,
    /// Names in lower case, each with the place in `all` of the record that answers to it.
    names: Vec<(Arc<str>, usize)>,
}

impl Gathered {
    /// The records of some files, the first of which is `first` among all. `prefixes` are those of
    /// [`prefixes`].
    pub fn of(first: usize, files: &[Arc<Outline>], prefixes: &BTreeMap<usize, String>) -> Self {
        let mut gathered = Self::default();
        for (file, outline) in (first..).zip(files) {
            gathered.add(file, outline, prefixes.get(&file));
        }
        gathered
    }

    /// Adds the records of a file. `prefix` stands before the numbers of a ledger's gaps.
    fn add(&mut self, file: usize, outline: &Outline, prefix: Option<&String>) {
        self.first.push(self.all.len());
        self.add_file(file, outline);
        match (&outline.facts, prefix) {
            (Facts::Decisions(decisions), _) if !is_whole(decisions.len(), outline) => {
                self.add_decisions(file, outline);
            }
            (Facts::Ledger(ledger), Some(prefix)) => {
                let used = self.add_gaps(file, outline, &ledger.gaps, prefix);
                self.add_entries(file, outline, &ledger.entries, (prefix, used));
            }
            (Facts::Schema(_), _) => self.add_symbols(file, outline),
            _ => {}
        }
    }

    fn add_file(&mut self, file: usize, outline: &Outline) {
        let mut names: Vec<String> = outline.front.aliases.clone();
        names.extend(outline.front.id.clone());
        let mut title = outline.title.clone();
        let mut id = outline.front.id.clone();
        let mut kind = file_kind(outline.classified.kind);
        match &outline.facts {
            Facts::Decisions(decisions) if is_whole(decisions.len(), outline) => {
                let decision = &decisions[0];
                title.clone_from(&decision.title);
                names.push(decision.id.clone());
                id.get_or_insert_with(|| decision.id.clone());
            }
            Facts::Decisions(_) => kind = RecordKind::Document,
            Facts::Gap(gap) => {
                title.clone_from(&gap.title);
                names.extend(gap.id.clone());
                id = id.or_else(|| gap.id.clone());
            }
            _ => {}
        }
        let id = id.unwrap_or_else(|| outline.path.to_string());
        self.push(
            Record {
                id,
                kind,
                title,
                path: outline.path.clone(),
                file,
                lines: (1, outline.lines.max(1)),
                anchor: None,
                part: Part::Whole,
            },
            names,
        );
    }

    fn add_decisions(&mut self, file: usize, outline: &Outline) {
        let Facts::Decisions(decisions) = &outline.facts else { return };
        for (n, decision) in decisions.iter().enumerate() {
            let record = Record {
                id: decision.id.clone(),
                kind: RecordKind::Decision,
                title: decision.title.clone(),
                path: outline.path.clone(),
                file,
                lines: decision.lines,
                anchor: decision.anchor.clone(),
                part: Part::Decision(n),
            };
            self.push(record, vec![decision.id.clone()]);
        }
    }

    /// Adds the gaps of a ledger, and gives the ids they use.
    fn add_gaps(
        &mut self,
        file: usize,
        outline: &Outline,
        gaps: &[Gap],
        prefix: &str,
    ) -> BTreeMap<String, usize> {
        let mut used: BTreeMap<String, usize> = BTreeMap::new();
        for (n, gap) in gaps.iter().enumerate() {
            let base = gap.id.clone().unwrap_or_else(|| {
                let number = gap.number.clone().unwrap_or_else(|| format!("x{}", n + 1));
                format!("{prefix}-{}", number.trim_start_matches('#'))
            });
            let seen = used.entry(base.to_lowercase()).or_default();
            *seen += 1;
            let id = if *seen > 1 { format!("{base}-{seen}") } else { base };
            let record = Record {
                id: id.clone(),
                kind: RecordKind::Gap,
                title: gap.title.clone(),
                path: outline.path.clone(),
                file,
                lines: gap.lines,
                anchor: gap.anchor.clone(),
                part: Part::Gap(n),
            };
            self.push(record, vec![id]);
        }
        used
    }

    /// Adds the entries that have an id of their own; those without can only be seen on the page
    /// of their ledger. `Q3` is `CGA-Q3`, for every ledger counts its questions.
    fn add_entries(
        &mut self,
        file: usize,
        outline: &Outline,
        entries: &[Entry],
        (prefix, mut used): (&str, BTreeMap<String, usize>),
    ) {
        for (n, entry) in entries.iter().enumerate() {
            let Some(own) = entry.id.as_ref().filter(|id| id.contains(char::is_alphabetic)) else {
                continue;
            };
            let id = if own.contains('-') { own.clone() } else { format!("{prefix}-{own}") };
            if used.insert(id.to_lowercase(), 1).is_some() {
                continue;
            }
            let record = Record {
                id: id.clone(),
                kind: RecordKind::Entry(entry.kind),
                title: entry.title.value.clone(),
                path: outline.path.clone(),
                file,
                lines: entry.lines,
                anchor: Some(entry.anchor()),
                part: Part::Entry(n),
            };
            self.push(record, vec![id]);
        }
    }

    fn add_symbols(&mut self, file: usize, outline: &Outline) {
        let Facts::Schema(schema) = &outline.facts else { return };
        for (n, symbol) in schema.symbols.iter().enumerate() {
            let mut names = vec![symbol.name.clone(), format!("proto:{}", symbol.name)];
            names.extend(symbol.members().map(|m| format!("proto:{}.{m}", symbol.name)));
            let record = Record {
                id: format!("proto:{}", symbol.name),
                kind: RecordKind::Symbol,
                title: symbol.name.clone(),
                path: outline.path.clone(),
                file,
                lines: (symbol.line, symbol.line),
                anchor: None,
                part: Part::Symbol(n),
            };
            self.push(record, names);
        }
    }

    fn push(&mut self, record: Record, names: Vec<String>) {
        let ix = self.all.len();
        self.names.extend(names.into_iter().map(|name| (name.to_lowercase().into(), ix)));
        self.all.push(Arc::new(record));
    }
}

/// Whether a file is one decision rather than a collection of them.
pub fn is_whole(decisions: usize, outline: &Outline) -> bool {
    match &outline.facts {
        Facts::Decisions(all) => decisions == 1 && all[0].anchor.is_none(),
        _ => false,
    }
}

fn file_kind(kind: Kind) -> RecordKind {
    match kind {
        Kind::Document => RecordKind::Document,
        Kind::Decision => RecordKind::Decision,
        Kind::Research => RecordKind::Research,
        Kind::Schema => RecordKind::Schema,
        Kind::Ledger => RecordKind::Ledger,
        Kind::Gap => RecordKind::Gap,
        Kind::Diagram => RecordKind::Diagram,
    }
}

/// The letters before the number of a ledger's gaps: the initials of the file name
/// (`CRITICAL-GAPS-ANALYSIS.md` gives `CGA`), made unique in the order of path.
fn ledger_prefix(outline: &Outline, taken: &mut BTreeMap<String, usize>) -> String {
    let stem = outline.path.stem().to_uppercase();
    let words: Vec<&str> =
        stem.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let initials: String = words
        .iter()
        .filter_map(|word| word.chars().next())
        .filter(|letter| letter.is_alphabetic())
        .collect();
    let prefix = if initials.chars().count() >= 2 { initials } else { words.join("-") };
    let seen = taken.entry(prefix.clone()).or_default();
    *seen += 1;
    if *seen > 1 { format!("{prefix}{seen}") } else { prefix }
}
