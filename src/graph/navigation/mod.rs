//! Navigation: sections of documents, their order, and one way to read through all of them.
//!
//! Sections are folders, in the order of [`order`]; below the folder of a table of contents they
//! are what that table says. A page's sidebar is made of its own section and never of all.

mod order;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Corpus,
    files::INDEXES,
    record::{Part, RecordIx, RecordKind, Records},
};
use crate::model::contents::Contents;

/// Every section, and the place of every document in them.
#[derive(Debug, Default)]
pub struct Navigation {
    /// The sections; the first is that of the whole project, and a section stands after its parent.
    pub sections: Vec<Section>,
    /// The section of each record, by its place.
    section_of: Vec<Option<usize>>,
    order: Vec<RecordIx>,
    /// The place of each record in `order`.
    position: Vec<Option<usize>>,
    labels: BTreeMap<RecordIx, String>,
    by_folder: BTreeMap<String, usize>,
}

/// Documents that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its name for people; empty for the whole project.
    pub title: String,
    /// The folder it stands for or in; empty for the root.
    pub folder: String,
    /// The document that introduces it.
    pub index: Option<RecordIx>,
    /// The section around it.
    pub parent: Option<usize>,
    /// What it holds, in order, without its index.
    pub items: Vec<Item>,
    /// How many documents it and the sections below it hold.
    pub pages: usize,
}

/// A member of a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// A document.
    Page(RecordIx),
    /// A section below, by its index.
    Section(usize),
}

impl Navigation {
    /// Puts every document in its section.
    pub fn of(corpus: Corpus<'_>, records: &Records) -> Self {
        let mut builder = Builder::new(corpus, records);
        let count = records.iter().len();
        builder.done.section_of = vec![None; count];
        builder.folder("", None);
        let mut navigation = builder.done;
        navigation.count();
        let mut order = Vec::new();
        navigation.read_through(0, &mut order);
        navigation.position = vec![None; count];
        for (n, ix) in order.iter().enumerate() {
            navigation.position[ix.0] = Some(n);
        }
        navigation.order = order;
        navigation
    }

    /// The section that a document stands in; for the index of a section that section.
    pub fn section_of(&self, ix: RecordIx) -> Option<usize> {
        self.section_of.get(ix.0).copied().flatten()
    }

    /// The section of a folder.
    pub fn of_folder(&self, folder: &str) -> Option<usize> {
        self.by_folder.get(folder).copied()
    }

    /// The documents before and after one, in reading order.
    pub fn around(&self, ix: RecordIx) -> (Option<RecordIx>, Option<RecordIx>) {
        let Some(at) = self.position.get(ix.0).copied().flatten() else { return (None, None) };
        let before = at.checked_sub(1).and_then(|n| self.order.get(n));
        (before.copied(), self.order.get(at + 1).copied())
    }

    /// The short name that a table of contents or the front matter gives a document.
    pub fn label(&self, ix: RecordIx) -> Option<&str> {
        self.labels.get(&ix).map(String::as_str)
    }

    /// The sections around a section, outermost first, without that of the whole project.
    pub fn above(&self, section: usize) -> Vec<usize> {
        let next = |n: &usize| self.sections[*n].parent.filter(|parent| *parent != 0);
        let mut found: Vec<usize> = std::iter::successors(next(&section), next).collect();
        found.reverse();
        found
    }

    /// All documents in reading order.
    pub fn order(&self) -> &[RecordIx] {
        &self.order
    }

    /// Counts the documents of every section; a section stands after its parent.
    fn count(&mut self) {
        for n in (0..self.sections.len()).rev() {
            let section = &mut self.sections[n];
            let own = section.items.iter().filter(|item| matches!(item, Item::Page(_))).count();
            section.pages += own + usize::from(section.index.is_some());
            let (pages, parent) = (section.pages, section.parent);
            if let Some(parent) = parent {
                self.sections[parent].pages += pages;
            }
        }
    }

    fn read_through(&self, section: usize, order: &mut Vec<RecordIx>) {
        // Sections may be as deep as paths are long: no recursion.
        let mut open = vec![Item::Section(section)];
        while let Some(item) = open.pop() {
            match item {
                // A decision or a schema may be listed, and is read through in its own log.
                Item::Page(ix) if self.section_of(ix).is_some() => order.push(ix),
                Item::Page(_) => {}
                Item::Section(n) => {
                    let section = &self.sections[n];
                    order.extend(section.index.filter(|ix| self.section_of(*ix).is_some()));
                    open.extend(section.items.iter().rev().copied());
                }
            }
        }
    }
}

/// The documents of one folder, and the folders below it.
#[derive(Debug, Default)]
struct Held<'a> {
    pages: Vec<RecordIx>,
    folders: BTreeSet<&'a str>,
}

struct Builder<'a> {
    corpus: Corpus<'a>,
    records: &'a Records,
    folders: BTreeMap<&'a str, Held<'a>>,
    tables: BTreeMap<&'a str, &'a Contents>,
    done: Navigation,
}

impl<'a> Builder<'a> {
    fn new(corpus: Corpus<'a>, records: &'a Records) -> Self {
        let whole = records.iter().filter(|(_, r)| r.part == Part::Whole && is_document(r.kind));
        let whole = whole.map(|(ix, record)| (record.path.parent(), ix)).collect::<Vec<_>>();
        let mut folders: BTreeMap<&str, Held<'_>> = BTreeMap::new();
        for run in whole.chunk_by(|(folder, _), (other, _)| folder == other) {
            let folder = run[0].0;
            let held = folders.entry(folder).or_default();
            held.pages.extend(run.iter().map(|(_, ix)| *ix));
            // The first documents of a folder have said where the folder is.
            if held.pages.len() > run.len() {
                continue;
            }
            let mut above = "";
            for below in records.get(run[0].1).path.ancestors() {
                folders.entry(above).or_default().folders.insert(below);
                above = below;
            }
        }
        let mut tables = BTreeMap::new();
        for contents in corpus.contents {
            tables.entry(contents.root.as_str()).or_insert(contents);
        }
        Self { corpus, records, folders, tables, done: Navigation::default() }
    }

    /// Adds the section of a folder with all below it, and gives its index.
    fn folder(&mut self, folder: &'a str, parent: Option<usize>) -> usize {
        let mut folder = folder;
        let named = folder;
        // A folder that holds one folder and nothing else is not worth a step.
        while parent.is_some() && !self.tables.contains_key(folder) {
            match self.folders.get(folder) {
                Some(held) if held.pages.is_empty() && held.folders.len() == 1 => {
                    let only = held.folders.first().copied().unwrap_or(folder);
                    self.done.by_folder.insert(folder.to_owned(), self.done.sections.len());
                    folder = only;
                }
                _ => break,
            }
        }
        let n = self.add(String::new(), folder, parent);
        self.done.by_folder.insert(folder.to_owned(), n);
        let held = self.folders.remove(folder).unwrap_or_default();
        let index = self.index(&held.pages);
        self.done.sections[n].index = index;
        self.place(index, n);
        self.done.sections[n].title = self.title(folder, named, index);
        if let Some(contents) = self.tables.get(folder).copied() {
            self.folders.insert(folder, held);
            self.table(contents, n);
            return n;
        }
        for ix in held.pages.iter().copied().filter(|ix| Some(*ix) != index) {
            self.place(Some(ix), n);
            self.name_in_front(ix);
        }
        let below: Vec<usize> =
            held.folders.into_iter().map(|below| self.folder(below, Some(n))).collect();
        let pages = held.pages.iter().copied().filter(|ix| Some(*ix) != index);
        let pages = pages.map(|ix| (self.key(ix), Item::Page(ix)));
        let below = below.into_iter().map(|n| (self.key_of_section(n), Item::Section(n)));
        let mut items: Vec<(order::Key<'_>, Item)> = pages.chain(below).collect();
        items.sort();
        self.done.sections[n].items = items.into_iter().map(|(_, item)| item).collect();
        n
    }

    fn add(&mut self, title: String, folder: &str, parent: Option<usize>) -> usize {
        let section = Section {
            title,
            folder: folder.to_owned(),
            index: None,
            parent,
            items: Vec::new(),
            pages: 0,
        };
        self.done.sections.push(section);
        self.done.sections.len() - 1
    }

    /// Remembers the section of a document; the first one that names it has it.
    fn place(&mut self, ix: Option<RecordIx>, section: usize) {
        if let Some(ix) = ix.filter(|ix| is_document(self.records.get(*ix).kind)) {
            self.done.section_of[ix.0].get_or_insert(section);
        }
    }

    fn index(&self, pages: &[RecordIx]) -> Option<RecordIx> {
        let rank = |ix: &RecordIx| {
            let name = self.records.get(*ix).path.name();
            INDEXES.iter().position(|index| *index == name)
        };
        let ranked = pages.iter().filter_map(|ix| Some((rank(ix)?, *ix)));
        ranked.min_by_key(|(rank, _)| *rank).map(|(_, ix)| ix)
    }
}

impl PartialOrd for Item {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Item {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let key = |item: &Self| match item {
            Self::Page(ix) => (0, ix.0),
            Self::Section(n) => (1, *n),
        };
        key(self).cmp(&key(other))
    }
}

/// Whether records of this kind are read through as documents; others have a log of their own.
fn is_document(kind: RecordKind) -> bool {
    matches!(kind, RecordKind::Document | RecordKind::Ledger | RecordKind::Diagram)
}
