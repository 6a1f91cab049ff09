//! Citations: which file, which lines, counted how.

use super::{
    Corpus,
    files::{Entry, Files, Lookup},
    fragment,
};
use crate::{
    model::{
        reference::Citation,
        source::{Facts, Outline},
    },
    path::RelPath,
    read::citation::chunk_number,
};

/// A citation, looked up.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Cited {
    /// How it was found, or why not.
    pub state: CitedState,
    /// The file.
    pub path: Option<RelPath>,
    /// The lines, counted in that file.
    pub lines: Option<(u32, u32)>,
    /// The anchor of the section.
    pub anchor: Option<String>,
}

/// How a citation was found, or why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CitedState {
    /// The lines, counted in the file.
    Exact,
    /// The lines, counted in the original that the chunk was cut from.
    BySource,
    /// The file, without lines.
    Whole,
    /// The section of the file.
    Section,
    /// The file has no such section.
    SectionMissing,
    /// The file ends before the lines.
    PastEnd,
    /// Several files fit.
    Ambiguous,
    /// No file fits.
    Missing,
}

impl CitedState {
    /// The stable word for pages and exports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::BySource => "by_source",
            Self::Whole => "whole",
            Self::Section => "section",
            Self::SectionMissing => "section_missing",
            Self::PastEnd => "past_end",
            Self::Ambiguous => "ambiguous",
            Self::Missing => "missing",
        }
    }

    /// Whether it leads where it says.
    pub fn holds(self) -> bool {
        matches!(self, Self::Exact | Self::BySource | Self::Whole | Self::Section)
    }
}

/// Looks a citation up that stands in `from`.
pub fn resolve(corpus: Corpus<'_>, files: &Files, from: &RelPath, citation: &Citation) -> Cited {
    let section = |file: usize, section: &str| section_anchor(&corpus.outlines[file], section);
    resolve_by(corpus, files, from, citation, section)
}

/// The same for many citations: `section` finds the anchor of a section in a file.
pub fn resolve_by(
    corpus: Corpus<'_>,
    files: &Files,
    from: &RelPath,
    citation: &Citation,
    section_in: impl Fn(usize, &str) -> Option<String>,
) -> Cited {
    let mut found = files.find(from, &citation.target);
    // "Bloco 21" in a ledger means the chunk that the files call `chunk-021.txt`.
    if found == Lookup::Missing
        && let Some(number) = chunk_number(&citation.target)
    {
        found = files.find(from, &format!("chunk {number}"));
    }
    let (path, entry) = match found {
        Lookup::Found(path, entry) => (path, entry),
        Lookup::Ambiguous(_) => return Cited::nowhere(CitedState::Ambiguous),
        Lookup::Missing => match (&citation.section, files.beginning_with(&citation.target)) {
            (Some(_), [(path, file)]) => (path.clone(), Entry::Record(*file)),
            (Some(_), [_, _, ..]) => return Cited::nowhere(CitedState::Ambiguous),
            _ => return Cited::nowhere(CitedState::Missing),
        },
    };
    let Entry::Record(file) = entry else {
        return Cited { state: CitedState::Whole, path: Some(path), lines: None, anchor: None };
    };
    let outline = &corpus.outlines[file];
    match (citation.lines, &citation.section) {
        (Some((start, end)), _) => {
            let (state, lines) = count_lines(outline, start, end);
            Cited { state, path: Some(path), lines, anchor: None }
        }
        (None, Some(section)) => {
            let anchor = section_in(file, section);
            let state =
                if anchor.is_some() { CitedState::Section } else { CitedState::SectionMissing };
            Cited { state, path: Some(path), lines: None, anchor }
        }
        (None, None) => {
            Cited { state: CitedState::Whole, path: Some(path), lines: None, anchor: None }
        }
    }
}

impl Cited {
    fn nowhere(state: CitedState) -> Self {
        Self { state, path: None, lines: None, anchor: None }
    }
}

/// The numbers that lines of a chunk have in the original it was cut from.
pub fn in_original(outline: &Outline, (start, end): (u32, u32)) -> Option<(u32, u32)> {
    let Facts::Chunk(chunk) = &outline.facts else { return None };
    let (first, last) = chunk.source_lines?;
    let there = |line: u32| line.checked_add(first)?.checked_sub(chunk.body_line);
    let (start, end) = (there(start)?, there(end)?);
    (first <= start && end <= last).then_some((start, end))
}

/// Counts lines in the file first; when it ends before them, in the original it was cut from.
pub fn count_lines(outline: &Outline, start: u32, end: u32) -> (CitedState, Option<(u32, u32)>) {
    if start >= 1 && start <= end && end <= outline.lines {
        return (CitedState::Exact, Some((start, end)));
    }
    if let Facts::Chunk(chunk) = &outline.facts
        && let Some((first, last)) = chunk.source_lines
        && first <= start
        && start <= end
        && end <= last
    {
        let here = |line: u32| (line - first + chunk.body_line).min(outline.lines);
        return (CitedState::BySource, Some((here(start), here(end))));
    }
    (CitedState::PastEnd, None)
}

/// The anchor of a section named by its anchor, its number (`5.1`) or its words.
pub fn section_anchor(outline: &Outline, section: &str) -> Option<String> {
    fragment::section(outline, section).map(str::to_owned)
}
