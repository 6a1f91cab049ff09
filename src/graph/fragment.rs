//! What fragments of addresses mean: `#install` in `setup.md#install`.

use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

use crate::model::source::Outline;

/// The places of all files by every name, each gathered when a fragment of its file is first asked for.
#[derive(Debug)]
pub struct Fragments<'a> {
    outlines: &'a [Arc<Outline>],
    of_files: Vec<OnceLock<Names<'a>>>,
}

/// The places of a file by every name; the first in the file has it.
#[derive(Debug, Default)]
struct Names<'a> {
    ids: BTreeMap<&'a str, &'a str>,
    headings_in_any_case: BTreeMap<String, &'a str>,
    ids_in_any_case: BTreeMap<String, &'a str>,
    headings: BTreeMap<&'a str, &'a str>,
    /// Headings by their letters and digits alone.
    headings_by_letters: BTreeMap<String, &'a str>,
    /// Headings by the number that they begin with: `5.1`.
    headings_by_number: BTreeMap<String, &'a str>,
    headings_by_words: BTreeMap<String, &'a str>,
}

impl<'a> Fragments<'a> {
    /// The places of all files.
    pub fn new(outlines: &'a [Arc<Outline>]) -> Self {
        let of_files = outlines.iter().map(|_| OnceLock::new()).collect();
        Self { outlines, of_files }
    }

    /// The place in a file that a fragment means: as it is, in another letter case, or as another
    /// program would have written the anchor of a heading, with fewer hyphens or without accents.
    pub fn place(&self, file: usize, fragment: &str) -> Option<&'a str> {
        let names = self.names(file);
        let lower = fragment.to_ascii_lowercase();
        let found = names.ids.get(fragment);
        let found = found.or_else(|| names.headings_in_any_case.get(&lower));
        let found = found.or_else(|| names.ids_in_any_case.get(&lower));
        let found = found.or_else(|| {
            let letters = letters(fragment);
            names.headings_by_letters.get(&letters).filter(|_| !letters.is_empty())
        });
        found.copied()
    }

    /// The section of a file that is named by its anchor, its number (`5.1`) or its words.
    pub fn section(&self, file: usize, section: &str) -> Option<&'a str> {
        self.names(file).section(section)
    }

    fn names(&self, file: usize) -> &Names<'a> {
        self.of_files[file].get_or_init(|| Names::of(&self.outlines[file]))
    }
}

impl<'a> Names<'a> {
    fn section(&self, section: &str) -> Option<&'a str> {
        let section = section.trim().trim_start_matches(['#', '§']).trim();
        let wanted = section.to_lowercase();
        let found = self.headings.get(section);
        let found = found.or_else(|| self.headings_in_any_case.get(&wanted.to_ascii_lowercase()));
        let found = found.or_else(|| self.headings_by_number.get(&wanted));
        found.or_else(|| self.headings_by_words.get(&wanted)).copied()
    }

    fn of(outline: &'a Outline) -> Self {
        let mut names = Self::default();
        for id in &outline.places {
            names.ids.entry(id).or_insert(id);
            names.ids_in_any_case.entry(id.to_ascii_lowercase()).or_insert(id);
        }
        for heading in &outline.headings {
            let anchor = heading.anchor.as_str();
            names.headings_in_any_case.entry(anchor.to_ascii_lowercase()).or_insert(anchor);
            names.headings_by_letters.entry(letters(anchor)).or_insert(anchor);
            names.headings.entry(anchor).or_insert(anchor);
            let text = heading.text.to_lowercase();
            let first = text.split_whitespace().next().unwrap_or_default();
            let number = first.trim_end_matches(['.', ':', ')']).to_owned();
            names.headings_by_number.entry(number).or_insert(anchor);
            names.headings_by_words.entry(text).or_insert(anchor);
        }
        names
    }
}

/// The section of one file, looked up once: the same rule as that of many.
pub fn section<'a>(outline: &'a Outline, section: &str) -> Option<&'a str> {
    Names::of(outline).section(section)
}

fn letters(text: &str) -> String {
    let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("-").to_lowercase()
}
