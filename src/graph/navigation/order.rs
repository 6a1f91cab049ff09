//! The order of documents and folders where no table of contents gives one: the place they state,
//! or a number at the start of their names; then by title. And the names that lists use.

use std::{borrow::Cow, cmp::Ordering};

use super::Builder;
use crate::{
    graph::record::RecordIx,
    model::source::Order,
    text::natural::{natural, number, without_number},
};

/// What documents and folders are sorted by: those with a place first, by place; then by title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key<'a> {
    unplaced: bool,
    /// In thousandths, for places may have fractions.
    place: i64,
    title: Cow<'a, str>,
    path: &'a str,
}

impl Ord for Key<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.unplaced, self.place, &self.title)
            .cmp(&(other.unplaced, other.place, &other.title))
            .then_with(|| natural(self.path).cmp(&natural(other.path)))
    }
}

impl PartialOrd for Key<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<'a> Builder<'a> {
    pub(super) fn key(&self, ix: RecordIx) -> Key<'_> {
        let (record, order) = (self.records.get(ix), self.order(ix));
        // A table of contents may have named it before.
        let label = self.done.label(ix).filter(|label| order.label.as_deref() != Some(*label));
        let title = label.map_or(order.name.as_str().into(), |label| natural(label).into());
        key(order.place, title, record.path.as_str())
    }

    pub(super) fn key_of_section(&self, n: usize) -> Key<'_> {
        let section = &self.done.sections[n];
        let stated = self.corpus.folders.get(&section.folder).and_then(|facts| facts.position);
        let place = stated
            .map(|position| position.saturating_mul(1000))
            .or_else(|| section.index.and_then(|ix| self.order(ix).place))
            .or_else(|| number(last(&section.folder)));
        key(place, natural(&section.title).into(), &section.folder)
    }

    /// Keeps the short name that a document gives itself.
    pub(super) fn name_in_front(&mut self, ix: RecordIx) {
        if let Some(label) = &self.order(ix).label {
            self.done.labels.insert(ix, label.clone());
        }
    }

    fn order(&self, ix: RecordIx) -> &'a Order {
        &self.corpus.outlines[self.records.get(ix).file].order
    }

    /// The name of a folder: as it states, as its index says, or made of its own.
    ///
    /// `named` is the folder that gives its name: the outermost of those that hold nothing else.
    pub(super) fn title(&self, folder: &str, named: &str, index: Option<RecordIx>) -> String {
        let stated = self.corpus.folders.get(folder).and_then(|facts| facts.label.clone());
        stated.unwrap_or_else(|| {
            let record = index.map(|ix| self.records.get(ix));
            let of_index = record.and_then(|record| {
                let label = &self.corpus.outlines[record.file].order.label;
                // A README speaks to whoever opens the folder, and often greets; an index names it.
                let names = record.path.stem().to_lowercase().ends_with("index");
                label.as_deref().or_else(|| names.then_some(record.title.as_str()))
            });
            of_index.map_or_else(|| of_folder(named), str::to_owned)
        })
    }
}

fn key<'a>(place: Option<i64>, title: Cow<'a, str>, path: &'a str) -> Key<'a> {
    Key { unplaced: place.is_none(), place: place.unwrap_or_default(), title, path }
}

fn last(folder: &str) -> &str {
    folder.rsplit('/').next().unwrap_or(folder)
}

/// `Getting started` of `docs/01-getting_started`.
fn of_folder(folder: &str) -> String {
    let name = without_number(last(folder)).replace(['-', '_'], " ");
    let mut letters = name.trim().chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_named_without_its_number() {
        assert_eq!(of_folder("docs/01-getting_started"), "Getting started");
    }
}
