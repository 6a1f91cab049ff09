//! The order of documents and folders where no table of contents gives one: the place they state,
//! or a number at the start of their names; then by title. And the names that lists use.

use std::cmp::Ordering;

use super::Builder;
use crate::{
    graph::{address::without_number, record::RecordIx},
    model::source::{FrontMatter, Value},
};

/// What documents and folders are sorted by: those with a place first, by place; then by title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key<'a> {
    unplaced: bool,
    /// In thousandths, for places may have fractions.
    place: i64,
    title: String,
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

/// Numbers are compared as if they had so many digits.
const DIGITS: usize = 12;

/// Places in front matter: Hugo, Docusaurus, Jekyll's Just the Docs, and what others use.
const PLACES: &[&str] = &["weight", "sidebar_position", "nav_order", "order"];
/// Short names in front matter: Docusaurus, Hugo, VitePress.
const LABELS: &[&str] = &["sidebar_label", "linkTitle", "linktitle", "nav_title"];

impl<'a> Builder<'a> {
    pub(super) fn key(&self, ix: RecordIx) -> Key<'_> {
        let record = self.records.get(ix);
        let front = &self.corpus.outlines[record.file].front;
        let title = self.done.label(ix).unwrap_or(&record.title);
        key(place(front).or_else(|| number(record.path.stem())), title, record.path.as_str())
    }

    pub(super) fn key_of_section(&self, n: usize) -> Key<'_> {
        let section = &self.done.sections[n];
        let index = section.index.map(|ix| &self.corpus.outlines[self.records.get(ix).file].front);
        let stated = self.corpus.folders.get(&section.folder).and_then(|facts| facts.position);
        let place = stated
            .map(|position| position.saturating_mul(1000))
            .or_else(|| index.and_then(place))
            .or_else(|| number(last(&section.folder)));
        key(place, &section.title, &section.folder)
    }

    /// Keeps the short name that a document gives itself.
    pub(super) fn name_in_front(&mut self, ix: RecordIx) {
        let front = &self.corpus.outlines[self.records.get(ix).file].front;
        if let Some(label) = label(front) {
            self.done.labels.insert(ix, label.to_owned());
        }
    }

    /// The name of a folder: as it states, as its index says, or made of its own.
    ///
    /// `named` is the folder that gives its name: the outermost of those that hold nothing else.
    pub(super) fn title(&self, folder: &str, named: &str, index: Option<RecordIx>) -> String {
        let stated = self.corpus.folders.get(folder).and_then(|facts| facts.label.clone());
        stated.unwrap_or_else(|| {
            let record = index.map(|ix| self.records.get(ix));
            let of_index = record.and_then(|record| {
                let front = &self.corpus.outlines[record.file].front;
                // A README speaks to whoever opens the folder, and often greets; an index names it.
                let names = record.path.stem().to_lowercase().ends_with("index");
                label(front).or_else(|| names.then_some(record.title.as_str()))
            });
            of_index.map_or_else(|| of_folder(named), str::to_owned)
        })
    }
}

fn key<'a>(place: Option<i64>, title: &str, path: &'a str) -> Key<'a> {
    Key { unplaced: place.is_none(), place: place.unwrap_or_default(), title: natural(title), path }
}

fn place(front: &FrontMatter) -> Option<i64> {
    PLACES.iter().find_map(|name| {
        let place = match front.extra.get(*name)? {
            Value::Integer(place) => place.saturating_mul(1000),
            Value::Number(text) | Value::Text(text) => (text.parse::<f64>().ok()? * 1000.0) as i64,
            _ => return None,
        };
        // Hugo takes a weight of 0 for none.
        (*name != "weight" || place != 0).then_some(place)
    })
}

fn label(front: &FrontMatter) -> Option<&str> {
    LABELS.iter().find_map(|name| match front.extra.get(*name)? {
        Value::Text(label) if !label.trim().is_empty() => Some(label.trim()),
        _ => None,
    })
}

/// The number before a name, as a place.
fn number(name: &str) -> Option<i64> {
    let rest = without_number(name);
    let digits = name[..name.len() - rest.len()].trim_end_matches(|c: char| !c.is_ascii_digit());
    digits.parse::<i64>().ok().map(|number| number * 1000)
}

/// A text that sorts as people count: `Part 2` before `Part 10`.
fn natural(text: &str) -> String {
    let text = text.to_lowercase();
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text.as_str();
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, number) = rest.split_at(start);
        let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
        let (digits, after) = number.split_at(end);
        out.push_str(before);
        out.extend(std::iter::repeat_n('0', DIGITS.saturating_sub(end)));
        out.push_str(digits);
        rest = after;
    }
    out.push_str(rest);
    out.push(' ');
    out
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
    fn names_and_numbers_are_told_apart() {
        assert_eq!(of_folder("docs/01-getting_started"), "Getting started");
        assert_eq!((number("02-x"), number("x"), number("2024-01-02-x")), (Some(2000), None, None));
        assert!(natural("Part 2") < natural("part 10"));
    }
}
