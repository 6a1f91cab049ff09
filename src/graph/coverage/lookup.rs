//! What the name of a target leads to: a document or one of its sections, a symbol of a schema, a
//! file that is no record, a folder, or nothing.

use std::{collections::BTreeMap, sync::LazyLock};

use regex::Regex;

use super::{
    super::{
        Corpus,
        files::{Entry, Lookup},
        record::{Part, Record, RecordIx, RecordKind, Records},
    },
    Context,
};
use crate::{
    graph::citation::section_anchor,
    model::{
        gap::{Target, TargetPart},
        source::{Kind, Outline},
    },
    path::RelPath,
    read::{citation, lines},
};

/// `SDD section 5.1`, `Design Guide, chapter "Limits"`, `X.md § 4`: a document and its section.
static IN_WORDS: LazyLock<Regex> = LazyLock::new(|| {
    lines::regex(
        r#"(?i)^(.+?)[\s,(`]+(?:(?:sub)?section|chapter|sect\.|sec\.)\s+["`]?(.+?)["`)]*$"#,
    )
});
static BY_SIGN: LazyLock<Regex> = LazyLock::new(|| lines::regex(r"^(.+?)[\s,(`]*§+\s*(.+?)\)?$"));

/// What a name leads to.
#[derive(Clone, Debug)]
pub(super) enum Place {
    /// Nothing has this name.
    Nowhere,
    /// Several records or files have it.
    Several(Vec<RecordIx>, usize),
    /// A document, a schema or any other record, with the part asked for.
    Record(RecordIx, Sought),
    /// A file that is no record, so that nothing it says is known.
    File(RelPath),
    /// A folder that holds files.
    Folder(RelPath),
}

/// The part of a document that is asked for.
#[derive(Clone, Debug)]
pub(super) enum Sought {
    /// All of it.
    Whole,
    /// The section under this heading, by its index, and its anchor.
    Section(usize, String),
    /// A section that it does not have, as written.
    Lost(String),
}

impl Place {
    /// The records found.
    pub(super) fn into_records(self) -> Vec<RecordIx> {
        match self {
            Self::Record(ix, _) => vec![ix],
            Self::Several(records, _) => records,
            _ => Vec::new(),
        }
    }

    /// The anchor of the section found.
    pub(super) fn anchor(&self) -> Option<String> {
        match self {
            Self::Record(_, Sought::Section(_, anchor)) => Some(anchor.clone()),
            _ => None,
        }
    }

    /// What two targets have in common that lead to the same place.
    pub(super) fn key(&self, target: &Target) -> String {
        let part = match (&target.part, self) {
            // A topic without a section of its own is the document.
            (Some(TargetPart::Section(section)), Self::Nowhere | Self::Several(..)) => section,
            _ => "",
        };
        match self {
            Self::Nowhere | Self::Several(..) => {
                format!("name {}#{}", target.name.to_lowercase(), part.to_lowercase())
            }
            Self::Record(ix, Sought::Whole) => format!("record {}", ix.0),
            Self::Record(ix, Sought::Section(_, anchor)) => format!("record {}#{anchor}", ix.0),
            Self::Record(ix, Sought::Lost(section)) => {
                format!("lost {}#{}", ix.0, section.to_lowercase())
            }
            Self::File(path) | Self::Folder(path) => format!("file {path}"),
        }
    }

    /// The one file or folder found.
    pub(super) fn path(&self, records: &Records) -> Option<RelPath> {
        match self {
            Self::Record(ix, _) => Some(records.get(*ix).path.clone()),
            Self::File(path) | Self::Folder(path) => Some(path.clone()),
            Self::Nowhere | Self::Several(..) => None,
        }
    }
}

/// Documents by their titles and by the initials of their titles.
#[derive(Debug)]
pub(super) struct Names {
    by_title: BTreeMap<String, Vec<usize>>,
    by_initials: BTreeMap<String, Vec<usize>>,
}

impl Names {
    /// Indexes the documents of the corpus; gaps, chunks and schemas are named in other ways.
    pub(super) fn new(corpus: Corpus<'_>) -> Self {
        let mut names = Self { by_title: BTreeMap::new(), by_initials: BTreeMap::new() };
        for (file, outline) in corpus.outlines.iter().enumerate() {
            let kind = outline.classified.kind;
            if !matches!(kind, Kind::Document | Kind::Decision | Kind::Ledger | Kind::Diagram) {
                continue;
            }
            names.by_title.entry(normal(&outline.title)).or_default().push(file);
            let initials: String = outline
                .title
                .split(|letter: char| !letter.is_alphanumeric())
                .filter_map(|word| word.chars().next())
                .flat_map(char::to_uppercase)
                .collect();
            if initials.chars().count() >= 2 {
                names.by_initials.entry(initials).or_default().push(file);
            }
        }
        names
    }
}

/// The heading of a section named by its anchor, its number or its title, with or without the
/// number before it.
pub fn heading(outline: &Outline, section: &str) -> Option<usize> {
    if let Some(anchor) = section_anchor(outline, section) {
        return outline.headings.iter().position(|heading| heading.anchor == anchor);
    }
    let wanted = bare_title(section);
    if wanted.is_empty() {
        return None;
    }
    outline.headings.iter().position(|heading| bare_title(&heading.text) == wanted)
}

/// A title without "Section", its number and its marks, letter case aside: `Section 5.1: Ports`,
/// `5.1 Ports` and `ports` are one.
fn bare_title(title: &str) -> String {
    let text = normal(title);
    let words = text.split(' ').skip_while(|word| {
        matches!(*word, "section" | "chapter") || word.chars().all(|c| c.is_ascii_digit())
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Lower case, one space between words, no marks.
fn normal(text: &str) -> String {
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|w| !w.is_empty());
    words.collect::<Vec<_>>().join(" ").to_lowercase()
}

impl Context<'_> {
    /// What a target means that stands in `record`.
    ///
    /// The name is looked up as an id, a path or file name, a folder, a title and the initials of
    /// a title, in this order; then with its end taken for a section (`X.md#limits`,
    /// `SDD section 5.1`), and last without the lines of a citation (`src/a.rs:12`).
    pub(super) fn locate(&self, record: &Record, target: &Target) -> Place {
        let name = target.name.trim().trim_matches('`');
        let name = name.strip_prefix("[[").and_then(|n| n.strip_suffix("]]")).unwrap_or(name);
        let (place, within) = match self.place(record, name) {
            Place::Nowhere => match self.split(record, name) {
                Some((place, section)) => (place, Some(section)),
                None => (self.cited(record, name), None),
            },
            place => (place, None),
        };
        let Place::Record(ix, _) = place else { return place };
        let outline = &self.corpus.outlines[self.records.get(ix).file];
        let section = match (&target.part, &within) {
            (_, Some(section)) | (Some(TargetPart::Section(section)), None) => section,
            (Some(TargetPart::Topic(topic)), None) => {
                // A topic may have a section of its own; without one the document is meant.
                return match heading(outline, topic) {
                    Some(at) => Place::Record(ix, sought(outline, at)),
                    None => place,
                };
            }
            (None, None) => return place,
        };
        if self.records.get(ix).kind == RecordKind::Symbol
            || outline.headings.is_empty() && is_lines(section)
        {
            return place;
        }
        match heading(outline, section) {
            Some(at) => Place::Record(ix, sought(outline, at)),
            None if is_lines(section) => place,
            None => Place::Record(ix, Sought::Lost(section.clone())),
        }
    }

    /// The place of a name that holds no section.
    fn place(&self, record: &Record, name: &str) -> Place {
        for name in [name.to_owned(), format!("proto:{name}")] {
            match self.records.named(&name) {
                [] => {}
                [ix] => return self.record(*ix),
                several => return Place::Several(several.to_vec(), several.len()),
            }
        }
        match self.files.find(&record.path, name) {
            Lookup::Found(path, entry) => return self.entry(path, entry),
            Lookup::Ambiguous(paths) => {
                let records = paths.iter().filter_map(|path| match self.files.at(path)? {
                    Entry::Record(file) => Some(self.records.of_file(file)),
                    Entry::Asset => None,
                });
                return Place::Several(records.collect(), paths.len());
            }
            Lookup::Missing => {}
        }
        let folders = [record.path.join(name), RelPath::new(name)];
        let mut folders = folders.into_iter().flatten().filter(|_| !name.is_empty());
        if let Some(folder) = folders.find(|folder| self.files.is_folder(folder.as_str())) {
            return Place::Folder(folder);
        }
        let titled = self.names.by_title.get(&normal(name));
        match titled.or_else(|| self.names.by_initials.get(name)).map(Vec::as_slice) {
            None | Some([]) => Place::Nowhere,
            Some([file]) => self.record(self.records.of_file(*file)),
            Some(several) => {
                let records: Vec<_> = several.iter().map(|f| self.records.of_file(*f)).collect();
                Place::Several(records, several.len())
            }
        }
    }

    /// A name that ends in a section, cut in two, when the first part leads somewhere.
    fn split(&self, record: &Record, name: &str) -> Option<(Place, String)> {
        let by_fragment = name.split_once('#');
        let in_words = [&*IN_WORDS, &*BY_SIGN].into_iter().find_map(|expression| {
            let found = expression.captures(name)?;
            Some((found.get(1)?.as_str(), found.get(2)?.as_str()))
        });
        let (base, section) = by_fragment.or(in_words)?;
        let base = base.trim().trim_matches('`');
        let place = match self.place(record, base) {
            Place::Nowhere => match self.files.beginning_with(base) {
                [] => return None,
                [(_, file)] => self.record(self.records.of_file(*file)),
                several => {
                    let records = several.iter().map(|(_, file)| self.records.of_file(*file));
                    Place::Several(records.collect(), several.len())
                }
            },
            place => place,
        };
        Some((place, section.trim().to_owned()))
    }

    /// A name that is spelt like a citation: `src/a.rs:12-40`.
    fn cited(&self, record: &Record, name: &str) -> Place {
        match citation::parse_one(name) {
            Some(citation) if citation.target != name => self.place(record, &citation.target),
            _ => Place::Nowhere,
        }
    }

    fn entry(&self, path: RelPath, entry: Entry) -> Place {
        match entry {
            Entry::Record(file) => self.record(self.records.of_file(file)),
            Entry::Asset => Place::File(path),
        }
    }

    /// A record; one that is a part of a document is a section of it.
    fn record(&self, ix: RecordIx) -> Place {
        let record = self.records.get(ix);
        let outline = &self.corpus.outlines[record.file];
        let at = record.anchor.as_ref().filter(|_| record.part != Part::Whole).and_then(|anchor| {
            outline.headings.iter().position(|heading| heading.anchor == *anchor)
        });
        match at {
            Some(at) => Place::Record(ix, sought(outline, at)),
            None => Place::Record(ix, Sought::Whole),
        }
    }
}

fn sought(outline: &Outline, heading: usize) -> Sought {
    Sought::Section(heading, outline.headings[heading].anchor.clone())
}

/// Whether a fragment names lines (`L10-L20`) and no section.
fn is_lines(fragment: &str) -> bool {
    fragment.strip_prefix('L').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}
