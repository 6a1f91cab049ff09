//! A ledger as the readers of its entries see it: lines, the headings they stand under, and the
//! gaps they belong to. Every look-up is logarithmic, so that reading stays linear.

use std::collections::BTreeMap;

use crate::{
    model::{Fact, gap::Gap, source::Heading},
    read::lines::{self, Line},
};

/// So many gaps are looked back at to find the one whose block holds a line; blocks do not nest
/// deeper than headings do.
const NESTED: usize = 8;

/// One ledger.
pub struct Page<'a> {
    /// Its lines, without the front matter.
    pub lines: Vec<Line<'a>>,
    /// Its headings, in order.
    pub headings: &'a [Heading],
    /// The heading each heading stands under.
    parents: Vec<Option<usize>>,
    /// The gap that a line defines.
    defined: BTreeMap<u32, usize>,
    /// Blocks of gaps: first line, then the last line and the gap.
    blocks: BTreeMap<u32, (u32, usize)>,
}

impl<'a> Page<'a> {
    /// Prepares the look-ups.
    pub fn new(text: &'a str, start: usize, headings: &'a [Heading], gaps: &[Gap]) -> Self {
        let lines_of = |(n, gap): (usize, &Gap)| {
            gap.defined_at.iter().map(move |line| (*line, n)).collect::<Vec<_>>()
        };
        let blocks = gaps.iter().enumerate().map(|(n, gap)| (gap.lines.0, (gap.lines.1, n)));
        Self {
            lines: lines::scan(text, start),
            headings,
            parents: parents(headings),
            defined: gaps.iter().enumerate().flat_map(lines_of).collect(),
            blocks: blocks.collect(),
        }
    }

    /// The lines from `first` to `last`.
    pub fn lines(&self, first: u32, last: u32) -> &[Line<'a>] {
        let from = self.lines.partition_point(|line| line.number < first);
        let to = self.lines.partition_point(|line| line.number <= last);
        self.lines.get(from..to.max(from)).unwrap_or_default()
    }

    /// The headings a line stands under, the nearest first; that of the line itself among them.
    pub fn above(&self, line: u32) -> impl Iterator<Item = &'a Heading> + '_ {
        let nearest = self.headings.partition_point(|heading| heading.line <= line).checked_sub(1);
        std::iter::successors(nearest, |n| self.parents.get(*n).copied().flatten())
            .filter_map(|n| self.headings.get(n))
    }

    /// The heading a line stands under as the section of an entry, the title of the file aside.
    pub fn section(&self, line: u32) -> Option<Fact<String>> {
        let heading = self.above(line).find(|heading| heading.line < line && heading.level > 1)?;
        Some(Fact::new(super::shown(&heading.text), &heading.text, heading.line, "heading above"))
    }

    /// The last line of the block of a heading, without the blank lines and rulers after it.
    pub fn end(&self, heading: usize) -> u32 {
        let own = &self.headings[heading];
        let later = self.headings.get(heading + 1..).unwrap_or_default();
        let next = later.iter().find(|next| next.level <= own.level);
        let last = next.map_or(u32::MAX, |next| next.line.saturating_sub(1));
        self.trimmed(own.line, last)
    }

    /// The last line that says something between two lines.
    pub fn trimmed(&self, first: u32, last: u32) -> u32 {
        let block = self.lines(first, last);
        let said = block.iter().rfind(|line| line.text.chars().any(char::is_alphanumeric));
        said.map_or(first, |line| line.number)
    }

    /// Whether a gap is defined on the line.
    pub fn defines_gap(&self, line: u32) -> bool {
        self.defined.contains_key(&line)
    }

    /// The gap that is defined on the line, or else the one whose block holds it.
    pub fn gap_at(&self, line: u32) -> Option<usize> {
        let own = self.defined.get(&line).copied();
        own.or_else(|| {
            let before = self.blocks.range(..=line).rev().take(NESTED);
            before.filter(|(_, (last, _))| line <= *last).map(|(_, (_, gap))| *gap).next()
        })
    }
}

fn parents(headings: &[Heading]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut parents = Vec::with_capacity(headings.len());
    for (n, heading) in headings.iter().enumerate() {
        while open.last().is_some_and(|above| headings[*above].level >= heading.level) {
            open.pop();
        }
        parents.push(open.last().copied());
        open.push(n);
    }
    parents
}
