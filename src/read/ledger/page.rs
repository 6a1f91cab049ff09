//! The document as the shapes see it: lines, the parts they stand in, list items, tables.

use super::{
    columns::{self, Columns},
    items::{self, Item},
    lexicon::Words,
    sections::{self, Section, Sense},
    vocabulary::Vocabulary,
};
use crate::{
    model::source::Heading,
    read::{
        grid::{self, Table},
        lines::{self, Line},
    },
};

/// A gap analysis, cut into its blocks.
pub struct Page<'a> {
    /// The words it is read with.
    pub words: &'a Vocabulary,
    /// All lines after the front matter.
    pub lines: Vec<Line<'a>>,
    /// Headings, lines of bold text alone, summaries of folded parts.
    pub sections: Vec<Section>,
    /// Whether there is exactly one heading of the first level.
    pub one_title: bool,
    /// Items of lists.
    pub items: Vec<Item<'a>>,
    /// Tables.
    pub tables: Vec<Table<'a>>,
    /// What the columns of each table say.
    pub columns: Vec<Columns>,
}

impl<'a> Page<'a> {
    /// Cuts the text that begins at byte `start`.
    pub fn of(text: &'a str, start: usize, headings: &[Heading], words: &'a Vocabulary) -> Self {
        let lines = lines::scan(text, start);
        let sections = sections::read(&lines, headings, words);
        let one_title = sections.iter().filter(|section| section.level == 1).count() == 1;
        let items = items::read(&lines);
        let tables = grid::tables(&lines);
        let mut columns: Vec<Columns> =
            tables.iter().map(|table| Columns::of(table, words)).collect();
        let title = sections.first().map_or("", |section| section.text.as_str());
        columns::choose_ours(&mut columns, title);
        Self { words, lines, sections, one_title, items, tables, columns }
    }

    /// The lines from `first` to `last`.
    pub fn lines(&self, first: u32, last: u32) -> &[Line<'a>] {
        let from = self.lines.partition_point(|line| line.number < first);
        let to = self.lines.partition_point(|line| line.number <= last);
        self.lines.get(from..to.max(from)).unwrap_or_default()
    }

    /// The part a line stands in, the innermost: not the one it opens.
    pub fn section_of(&self, line: u32) -> Option<usize> {
        let before = self.sections.partition_point(|section| section.line < line);
        let mut at = before.checked_sub(1);
        while let Some(index) = at {
            let section = &self.sections[index];
            if section.end >= line {
                return Some(index);
            }
            at = section.parent;
        }
        None
    }

    /// A part and the parts around it, the innermost first.
    pub fn around(&self, section: Option<usize>) -> impl Iterator<Item = &Section> {
        let mut at = section;
        std::iter::from_fn(move || {
            let section = &self.sections[at?];
            at = section.parent;
            Some(section)
        })
    }

    /// What the parts around a place list: the innermost that says it.
    pub fn sense(&self, section: Option<usize>) -> Sense {
        let said = self.around(section).map(|section| section.sense);
        said.into_iter().find(|sense| *sense != Sense::Neutral).unwrap_or(Sense::Neutral)
    }

    /// The same, without what the title of the whole says; the title's own words count.
    pub fn sense_of_parts(&self, section: Option<usize>) -> Sense {
        let title = section.filter(|index| self.sections[*index].level == 1);
        let parts = self.around(section).filter(|section| section.level > 1);
        let found = parts.map(|section| section.sense).find(|sense| *sense != Sense::Neutral);
        found.unwrap_or_else(|| title.map_or(Sense::Neutral, |index| self.sections[index].sense))
    }

    /// Whether a place stands in a part of a gap or of a group, such as its current state, within
    /// the part that lists gaps.
    pub fn is_attribute(&self, section: Option<usize>) -> bool {
        let inner = self.around(section).take_while(|section| !section.sense.lists_gaps());
        inner.filter(|section| section.level > 1).any(|own| own.repeated || own.meaning.is_some())
    }

    /// Whether a part around a place tells of risks or questions.
    pub fn is_of_risks(&self, section: Option<usize>) -> bool {
        self.around(section)
            .filter(|section| section.level > 1)
            .any(|section| self.words.risk.any(&Words::of(&section.text)))
    }

    /// Whether only the title of the whole says that gaps are listed.
    pub fn only_by_title(&self, section: Option<usize>) -> bool {
        let said = self.around(section).find(|section| section.sense != Sense::Neutral);
        said.is_some_and(|section| section.level == 1 && section.sense.lists_gaps())
    }

    /// Whether any part around a place only sums up.
    pub fn restates(&self, section: Option<usize>) -> bool {
        self.around(section).any(|section| section.sense == Sense::Summary)
    }
}
