//! A ledger as the readers of figures see it: its prose, its headings, its tables.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use super::{
    amount::{self, Found, Word},
    prose::{Place, Prose, Segment},
    words::{self, Sense},
};
use crate::{
    model::{
        source::Heading,
        statement::{Amount, Reach, Statement, Subject},
    },
    read::ledger::lexicon::normal,
    text::LineIndex,
};

/// What every reader of figures is given.
#[derive(Debug)]
pub struct Page<'a> {
    /// The whole file.
    pub text: &'a str,
    /// Its prose.
    pub prose: &'a Prose,
    /// Its headings.
    pub headings: &'a [Heading],
    /// The names of its headings, emblems and numbers aside, sorted, with their lines.
    pub names: Vec<(String, u32)>,
    /// Where its lines begin.
    pub index: LineIndex,
    /// The words with which it gives its gaps a priority, lower case.
    pub priorities: BTreeSet<String>,
    /// The words of its title, which say nothing new of its gaps.
    pub title: Vec<String>,
    /// The lines of the gaps' own blocks, sorted and apart from each other: see [`apart`].
    pub blocks: Vec<(u32, u32)>,
}

impl<'a> Page<'a> {
    /// The words of a segment.
    pub fn words(&self, segment: &Segment) -> &'a str {
        self.prose.text(segment)
    }

    /// The heading a line stands under, the line of a heading itself included.
    pub fn heading(&self, line: u32) -> Option<&'a Heading> {
        let next = self.headings.partition_point(|heading| heading.line <= line);
        next.checked_sub(1).map(|at| &self.headings[at])
    }

    /// First and last line of the section that a heading opens.
    pub fn section(&self, line: u32) -> Option<(u32, u32)> {
        let at = self.headings.partition_point(|heading| heading.line < line);
        let own = self.headings.get(at).filter(|heading| heading.line == line)?;
        let next = self.headings[at + 1..].iter().find(|next| next.level <= own.level);
        Some((line, next.map_or(u32::MAX, |next| next.line - 1)))
    }

    /// Whether a heading other than the one above the line begins with these words, emblems and
    /// numbers aside.
    pub fn is_section(&self, name: &str, line: u32) -> bool {
        let wanted = bare(name);
        let from = self.names.partition_point(|(own, _)| *own < wanted);
        let own = self.heading(line).map(|heading| heading.line);
        let mut like = self.names[from..].iter().take_while(|(own, _)| own.starts_with(&wanted));
        wanted.len() > 3
            && like.any(|(name, at)| starts_with_words(name, &wanted) && Some(*at) != own)
    }

    /// Whether a line stands in the block of a gap.
    pub fn in_gap(&self, line: u32) -> bool {
        let next = self.blocks.partition_point(|(first, _)| *first <= line);
        next.checked_sub(1).is_some_and(|at| line <= self.blocks[at].1)
    }

    /// A statement of the words at `range` of a segment.
    pub fn statement(
        &self,
        segment: &Segment,
        range: Range<usize>,
        rule: &'static str,
        (subject, amount, reach): (Subject, Amount, Reach),
    ) -> Statement {
        let words = self.words(segment);
        let words = words.get(range.clone()).unwrap_or_default();
        let start = segment.range.start + range.start;
        Statement {
            subject,
            amount,
            raw: words.split_whitespace().collect::<Vec<_>>().join(" ").replace(" :", ":"),
            line: self.index.line(start),
            span: (start..start + range.len()).into(),
            reach,
            rule,
        }
    }

    /// The tables, each a map from row and column to a cell. Cells without prose are not there.
    pub fn tables(&self) -> BTreeMap<usize, Table<'a>> {
        let mut tables: BTreeMap<usize, Table<'a>> = BTreeMap::new();
        for segment in &self.prose.segments {
            if let Place::Cell { table, row, column } = segment.place {
                tables.entry(table).or_default().0.insert((row, column), segment);
            }
        }
        tables
    }
}

/// The cells of a table by row (0 is the head) and column.
#[derive(Debug, Default)]
pub struct Table<'a>(pub BTreeMap<(usize, usize), &'a Segment>);

impl<'a> Table<'a> {
    /// The cell, when there is prose in it.
    pub fn cell(&self, row: usize, column: usize) -> Option<&'a Segment> {
        self.0.get(&(row, column)).copied()
    }

    /// The rows that have cells, without the head.
    pub fn rows(&self) -> Vec<usize> {
        let mut rows: Vec<usize> =
            self.0.keys().map(|(row, _)| *row).filter(|row| *row > 0).collect();
        rows.dedup();
        rows
    }

    /// The columns of the head.
    pub fn columns(&self) -> Vec<usize> {
        self.0.keys().take_while(|(row, _)| *row == 0).map(|(_, column)| *column).collect()
    }

    /// The first and the last line.
    pub fn lines(&self) -> (u32, u32) {
        (self.line(), self.0.values().next_back().map_or(0, |cell| cell.line))
    }

    /// The first line.
    pub fn line(&self) -> u32 {
        self.0.values().next().map_or(0, |cell| cell.line)
    }
}

/// Blocks of lines, those that touch or lie in each other joined, in order.
pub fn apart(mut blocks: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    blocks.sort_unstable();
    blocks.dedup_by(|next, own| {
        let touches = next.0 <= own.1.saturating_add(1);
        if touches {
            own.1 = own.1.max(next.1);
        }
        touches
    });
    blocks
}

/// The label before a colon, and the byte at which its value begins.
pub fn label(words: &str) -> Option<(&str, usize)> {
    let (at, colon) = words.char_indices().take(80).find(|(_, sign)| matches!(sign, ':' | '：'))?;
    let label = words[..at].trim();
    (!label.is_empty() && label.chars().count() <= 60 && !label.contains(['.', '|', '\n']))
        .then_some((label, at + colon.len_utf8()))
}

/// The only figure of a cell that holds nothing else but signs and its unit.
pub fn only_figure(page: &Page<'_>, cell: &Segment) -> Option<(Found, Option<&'static str>)> {
    let [figure] = cell.figures.as_slice() else { return None };
    let (words, figure) = (page.words(cell), figure.clone());
    let rest = amount::words_of(&words[figure.range.end..]);
    let before = amount::words_of(&words[..figure.range.start]);
    let unit = unit_of(&rest);
    let about =
        |word: &Word| word.is(Sense::About) || word.is(Sense::AtLeast) || word.text == "than";
    let known = unit.map_or(0, |(_, count)| count);
    (before.iter().all(about) && rest.len() == known).then(|| (figure, unit.map(|(unit, _)| unit)))
}

/// The unit that a run of words begins with, and how many words it takes: `dev days` is days.
pub fn unit_of(words: &[Word]) -> Option<(&'static str, usize)> {
    let first = words.first()?;
    if let Some(unit) = words::unit(&first.text) {
        return Some((unit, 1));
    }
    let second = words.get(1).filter(|_| words::PERSON.contains(&first.text.as_str()))?;
    words::unit(&second.text).map(|unit| (unit, 2))
}

/// Whether some word of the text has a sense.
pub fn has(text: &str, sense: Sense) -> bool {
    amount::words_of(text).iter().any(|word| word.is(sense))
}

/// A name without emblems, numbers and signs before it, for comparing.
pub fn bare(name: &str) -> String {
    let name = normal(name);
    name.trim_start_matches(|letter: char| !letter.is_alphabetic()).trim().to_owned()
}

/// Whether `text` begins with `words`, whole words only.
pub fn starts_with_words(text: &str, words: &str) -> bool {
    text.strip_prefix(words)
        .is_some_and(|rest| !rest.chars().next().is_some_and(char::is_alphanumeric))
}

/// A title without what stands in brackets after it.
pub fn before_bracket(title: &str) -> &str {
    match title.find(['(', '（']) {
        Some(at) if at > 0 => &title[..at],
        _ => title,
    }
}

/// The one figure of an effort or a size as written, with its unit; none when there are several.
pub fn effort(words: &str) -> Option<(Amount, &'static str)> {
    let mut found = amount::find(words);
    let figure = found.pop().filter(|_| found.is_empty() && words.len() < 80)?;
    let rest = amount::words_of(&words[figure.range.end..]);
    let (unit, _) = unit_of(&rest)?;
    (!figure.percent).then_some((figure.amount, unit))
}
