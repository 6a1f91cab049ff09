//! The gaps of a ledger, counted once by group and by section, so that no statement counts again.

use std::collections::BTreeMap;

use crate::{
    model::{
        gap::{ClaimStatus, Gap},
        source::Heading,
        statement::Group,
    },
    read::claims::page::{bare, starts_with_words},
};

/// Counts of gaps.
#[derive(Debug, Default)]
pub struct Index {
    sections: Vec<Section>,
    /// Sections by name, emblems and numbers aside, sorted.
    names: Vec<(String, usize)>,
    groups: BTreeMap<Group, Tally>,
    categories: BTreeMap<String, usize>,
    rows: BTreeMap<u32, usize>,
    /// How many gaps have a section of their own.
    pub described: usize,
}

#[derive(Debug)]
struct Section {
    lines: (u32, u32),
    level: u8,
    parent: Option<usize>,
}

#[derive(Debug, Default)]
struct Tally {
    all: usize,
    by_section: BTreeMap<usize, usize>,
}

impl Index {
    /// Counts the gaps of a ledger with these headings.
    pub fn of(headings: &[Heading], gaps: &[Gap]) -> Self {
        let mut index = Self { sections: sections(headings), ..Self::default() };
        let named = headings.iter().enumerate();
        index.names = named.map(|(at, heading)| (bare(&heading.text), at)).collect();
        index.names.sort();
        index.described = gaps.iter().filter(|gap| gap.anchor.is_some()).count();
        for (at, gap) in gaps.iter().enumerate() {
            index.rows.extend(gap.defined_at.iter().map(|line| (*line, at)));
            if let Some(category) = &gap.category {
                *index.categories.entry(bare(&category.value)).or_default() += 1;
            }
            let inside = index.sections_of(gap);
            for group in groups_of(gap) {
                let tally = index.groups.entry(group).or_default();
                tally.all += 1;
                for section in &inside {
                    *tally.by_section.entry(*section).or_default() += 1;
                }
            }
        }
        index
    }

    /// How many gaps of a group there are.
    pub fn all(&self, group: &Group) -> usize {
        self.groups.get(group).map_or(0, |tally| tally.all)
    }

    /// How many gaps of a group stand in the sections that a line stands in, the innermost first,
    /// the whole document left out, and sections without any.
    pub fn around(&self, group: &Group, line: u32) -> Vec<usize> {
        let Some(tally) = self.groups.get(group) else { return Vec::new() };
        let enclosing = self.enclosing(line).filter(|at| self.sections[*at].level > 1);
        enclosing.filter_map(|at| tally.by_section.get(&at).copied()).collect()
    }

    /// How many gaps stand in the one section, not around `line`, that begins with a name, or are
    /// of the category with it.
    pub fn named(&self, name: &str, line: u32) -> Option<usize> {
        let wanted = bare(name);
        let from = self.names.partition_point(|(own, _)| *own < wanted);
        let like = self.names[from..].iter().take_while(|(own, _)| own.starts_with(&wanted));
        let mut fitting = like.filter(|(own, at)| {
            let (first, last) = self.sections[*at].lines;
            wanted.len() > 3 && starts_with_words(own, &wanted) && !(first..=last).contains(&line)
        });
        let count = match (fitting.next(), fitting.next()) {
            (Some((_, at)), None) => {
                self.groups.get(&Group::All).and_then(|all| all.by_section.get(at)).copied()
            }
            _ => self.categories.get(&wanted).copied(),
        };
        count.filter(|count| *count > 0)
    }

    /// The gap that a line defines.
    pub fn gap_at(&self, line: u32) -> Option<usize> {
        self.rows.get(&line).copied()
    }

    fn sections_of(&self, gap: &Gap) -> Vec<usize> {
        let mut inside: Vec<usize> =
            gap.defined_at.iter().flat_map(|line| self.enclosing(*line)).collect();
        inside.sort_unstable();
        inside.dedup();
        inside
    }

    fn enclosing(&self, line: u32) -> impl Iterator<Item = usize> {
        let next = self.sections.partition_point(|section| section.lines.0 <= line);
        std::iter::successors(next.checked_sub(1), |at| self.sections[*at].parent)
    }
}

/// Each heading's section, with the one around it.
fn sections(headings: &[Heading]) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::with_capacity(headings.len());
    let mut open: Vec<usize> = Vec::new();
    for heading in headings {
        while let Some(last) = open.last().copied()
            && sections[last].level >= heading.level
        {
            sections[last].lines.1 = heading.line - 1;
            open.pop();
        }
        let parent = open.last().copied();
        open.push(sections.len());
        sections.push(Section { lines: (heading.line, u32::MAX), level: heading.level, parent });
    }
    sections
}

fn groups_of(gap: &Gap) -> Vec<Group> {
    let mut groups = vec![Group::All];
    groups.extend(gap.priority.as_ref().map(|own| Group::Priority(own.value)));
    if gap.claim.status != ClaimStatus::Done {
        groups.push(Group::Open);
    }
    match gap.claim.status {
        ClaimStatus::Done => groups.push(Group::Done),
        ClaimStatus::Partial => groups.push(Group::Partial),
        _ => {}
    }
    groups
}
