//! Sections as a table of contents gives them.

use std::ops::Bound;

use super::{Builder, Item};
use crate::{
    graph::record::{Part, RecordIx},
    model::contents::Contents,
};

/// The name of the section that holds what a table of contents leaves out.
const REST: &str = "Not in the contents";

impl<'a> Builder<'a> {
    /// Fills the section `n` of the table's folder.
    pub(super) fn table(&mut self, contents: &'a Contents, n: usize) {
        let pages = self.pages_below(&contents.root);
        let mut open: Vec<(usize, usize)> = vec![(n, 0)];
        for (at, entry) in contents.entries.iter().enumerate() {
            let page = entry.to.as_ref().and_then(|path| self.whole(path.as_str()));
            while open.len() > 1 && open.last().is_some_and(|(_, depth)| *depth > entry.depth) {
                open.pop();
            }
            let parent = open.last().map_or(n, |(section, _)| *section);
            if let (Some(ix), Some(title)) = (page, &entry.title) {
                self.done.labels.entry(ix).or_insert_with(|| title.clone());
            }
            let holds = contents.entries.get(at + 1).is_some_and(|next| next.depth > entry.depth);
            // The front page of the book is the index of the whole section.
            if page.is_some() && page == self.done.sections[n].index && !holds {
                continue;
            }
            if holds {
                let title = entry
                    .title
                    .clone()
                    .or_else(|| page.map(|ix| self.records.get(ix).title.clone()));
                let section = self.add(title.unwrap_or_default(), &contents.root, Some(parent));
                self.done.sections[section].index = page;
                self.place(page, section);
                self.done.sections[parent].items.push(Item::Section(section));
                open.push((section, entry.depth + 1));
            } else if let Some(ix) = page {
                self.place(page, parent);
                self.done.sections[parent].items.push(Item::Page(ix));
            }
        }
        self.rest(contents, n, pages);
    }

    /// What the table leaves out, so that nothing is without a place.
    fn rest(&mut self, contents: &Contents, n: usize, pages: Vec<RecordIx>) {
        let left: Vec<RecordIx> =
            pages.into_iter().filter(|ix| self.done.section_of(*ix).is_none()).collect();
        if left.is_empty() {
            return;
        }
        let section = self.add(REST.to_owned(), &contents.root, Some(n));
        for ix in &left {
            self.place(Some(*ix), section);
        }
        self.done.sections[section].items = left.into_iter().map(Item::Page).collect();
        self.done.sections[n].items.push(Item::Section(section));
    }

    /// The documents of a folder and of all folders below it, which then are no sections.
    fn pages_below(&mut self, root: &str) -> Vec<RecordIx> {
        let below = if root.is_empty() { String::new() } else { format!("{root}/") };
        let inside: Vec<&str> = self
            .folders
            .range::<str, _>((Bound::Included(root), Bound::Unbounded))
            .map(|(folder, _)| *folder)
            .take_while(|folder| folder.starts_with(root))
            .filter(|folder| *folder == root || folder.starts_with(&below))
            .collect();
        let mut pages: Vec<RecordIx> = Vec::new();
        for folder in inside {
            pages.extend(self.folders.remove(folder).unwrap_or_default().pages);
        }
        pages.sort();
        pages
    }

    /// The record of a whole file.
    fn whole(&self, path: &str) -> Option<RecordIx> {
        let found = self.corpus.outlines.binary_search_by(|o| o.path.as_str().cmp(path)).ok()?;
        let ix = self.records.of_file(found);
        let record = self.records.get(ix);
        (record.part == Part::Whole).then_some(ix)
    }
}
