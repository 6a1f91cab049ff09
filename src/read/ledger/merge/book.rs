//! The gaps so far: found by id, by number, by the words of their titles and by those of their blocks.

use std::collections::{BTreeMap, BTreeSet};

use super::title::{shared, significant, stems};
use crate::{
    model::gap::Gap,
    read::{
        ledger::{
            candidate::{Candidate, Place, Role, Strength},
            labels, name,
            page::Page,
            vocabulary::Vocabulary,
        },
        lines::LineKind,
    },
};

/// Narratives before items before rows.
pub(super) fn shape(unit: &Candidate) -> u8 {
    match unit.place {
        Place::Section(_) => 0,
        Place::Item(_) => 1,
        Place::Row(..) => 2,
    }
}

/// How two statements were found to be of one gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tie {
    /// By id or number: everything is joined.
    Number,
    /// By title: the place is joined, and what is stated in a table.
    Title,
}

/// The gaps so far, found by id and by words.
#[derive(Default)]
pub(super) struct Book {
    pub(super) gaps: Vec<Gap>,
    pub(super) keys: BTreeMap<String, Vec<usize>>,
    /// The significant words of each title.
    pub(super) titles: Vec<Vec<String>>,
    pub(super) by_word: BTreeMap<String, Vec<usize>>,
    pub(super) by_digits: BTreeMap<String, Vec<usize>>,
    pub(super) places: Vec<(Place, Option<usize>)>,
}

impl Book {
    pub(super) fn add(&mut self, unit: &Candidate, gap: Gap, words: &Vocabulary) {
        let index = self.gaps.len();
        if let Some(key) = key(unit) {
            self.keys.entry(key).or_default().push(index);
        }
        if let Some(number) = &gap.number {
            self.by_digits.entry(digits(number)).or_default().push(index);
        }
        let title = significant(&gap.title, words);
        for word in &title {
            self.by_word.entry(word.clone()).or_default().push(index);
        }
        self.titles.push(title);
        self.places.push((unit.place, unit.section));
        self.gaps.push(gap);
    }

    /// The gap that a unit states again.
    pub(super) fn same(
        &self,
        page: &Page,
        unit: &Candidate,
        gap: &Gap,
        tables: &BTreeMap<usize, bool>,
    ) -> Option<usize> {
        let title = significant(&gap.title, page.words);
        if let Some(key) = key(unit)
            && let Some(found) = self.keys.get(&key)
        {
            let alike = |index: &&usize| {
                unit.role != Role::Defines
                    || shape(unit) == 2
                    || title.is_empty()
                    || shared(&title, &self.titles[**index]) > 0
                    || self.titles[**index].is_empty()
            };
            let best = found
                .iter()
                .filter(alike)
                .max_by_key(|index| shared(&title, &self.titles[**index]));
            if best.is_some() {
                return best.copied();
            }
        }
        if let Place::Row(table, _) = unit.place
            && tables.get(&table) == Some(&true)
            && let Some(number) = gap.number.as_deref()
        {
            let counted = self.by_digits.get(&digits(number)).into_iter().flatten().copied();
            let same = counted.filter(|index| {
                let own = self.gaps[*index].number.as_deref();
                own.is_some_and(|own| counts_alike(own, number))
                    && !matches!(self.places[*index].0, Place::Row(own, _) if own == table)
            });
            return same.max_by_key(|index| shared(&title, &self.titles[*index]));
        }
        if unit.strength == Strength::Named {
            return None;
        }
        if unit.strength <= Strength::Marked
            && let Some(found) = self.by_block(page, &title)
        {
            return Some(found);
        }
        // Without a number: the same title in another shape, or in another list of the same part.
        let found = self.by_title(&title)?;
        let (place, section) = self.places[found];
        let other_shape = match (place, unit.place) {
            (Place::Row(a, _), Place::Row(b, _)) => a != b && unit.role == Role::Summarises,
            (Place::Section(_), Place::Section(_)) => false,
            (Place::Item(_), Place::Item(_)) => section != unit.section,
            _ => true,
        };
        (other_shape && title.len() >= 2).then_some(found)
    }

    /// The one gap whose title has all these words, or all of whose words these are.
    pub(super) fn by_title(&self, title: &[String]) -> Option<usize> {
        let rarest = title.iter().filter_map(|word| self.by_word.get(word));
        let mut near: Vec<usize> =
            rarest.filter(|all| all.len() <= 40).flatten().copied().collect();
        near.sort_unstable();
        near.dedup();
        let fits = |index: &usize| {
            let own = &self.titles[*index];
            let common = shared(title, own);
            let least = own.len().min(title.len());
            let alone = || {
                title
                    .iter()
                    .filter(|word| own.contains(word))
                    .all(|word| self.by_word[word].len() == 1)
            };
            common >= least
                && least > 0
                && (least >= 2 || own.len().max(title.len()) <= 2 && alone())
        };
        let fitting: Vec<usize> = near.into_iter().filter(fits).collect();
        let close = |index: &usize| {
            let own = &self.titles[*index];
            (shared(title, own) * 100) / (own.len() + title.len()).max(1)
        };
        let best = fitting.iter().max_by_key(|index| close(index)).copied()?;
        let rivals = fitting.iter().filter(|index| close(index) == close(&best)).count();
        (rivals == 1).then_some(best)
    }

    /// The one gap in whose title or block all these words stand, two of them in its title.
    pub(super) fn by_block(&self, page: &Page, title: &[String]) -> Option<usize> {
        let rarest = title.iter().filter_map(|word| self.by_word.get(word));
        let mut near: Vec<usize> =
            rarest.filter(|all| all.len() <= 40).flatten().copied().collect();
        near.sort_unstable();
        near.dedup();
        let says_all = |index: &usize| {
            let (first, last) = self.gaps[*index].lines;
            if shared(title, &self.titles[*index]) < 2 || first == last {
                return false;
            }
            let prose = page.lines(first, last).iter().filter(|line| line.kind == LineKind::Prose);
            let said: BTreeSet<String> = prose.flat_map(|line| stems(line.text)).collect();
            title.iter().all(|word| said.contains(word))
        };
        let mut fitting = near.into_iter().filter(says_all);
        fitting.next().filter(|_| fitting.next().is_none())
    }

    pub(super) fn join(&mut self, index: usize, more: Gap, tie: Tie) {
        let gap = &mut self.gaps[index];
        for line in &more.defined_at {
            if !gap.defined_at.contains(line) {
                gap.defined_at.push(*line);
            }
        }
        gap.read_by.extend(more.read_by);
        // The gap's own block wins, a row wins over the part the block stands in.
        let inherited = gap
            .priority
            .as_ref()
            .is_none_or(|own| own.line < gap.lines.0 || own.rule == labels::IMPACT);
        let states = more
            .priority
            .as_ref()
            .is_some_and(|own| more.defined_at.contains(&own.line) || own.line >= more.lines.0);
        if inherited && states {
            gap.priority = more.priority;
        }
        gap.claim.mentions.extend(more.claim.mentions);
        gap.claim.percent = gap.claim.percent.take().or(more.claim.percent);
        gap.impact = gap.impact.take().or(more.impact);
        gap.phase = gap.phase.take().or(more.phase);
        let own_category = gap.category.as_ref().is_some_and(|own| own.line >= gap.lines.0);
        if !own_category
            && let Some(category) = more.category.filter(|own| own.line >= more.lines.0)
        {
            gap.category = Some(category);
        }
        gap.effort.extend(more.effort);
        gap.fields.extend(more.fields);
        gap.depends_on.extend(more.depends_on);
        gap.add_targets(more.targets);
        if tie == Tie::Number {
            gap.tasks.extend(more.tasks);
            for evidence in more.evidence {
                if !gap.evidence.iter().any(|own| own.citation == evidence.citation) {
                    gap.evidence.push(evidence);
                }
            }
        }
    }
}

/// By what a unit is known: its id, or its number with the word that counts it.
pub(super) fn key(unit: &Candidate) -> Option<String> {
    let name = &unit.name;
    match (&name.id, &name.series, &name.number) {
        (Some(id), ..) => Some(id.to_uppercase()),
        (None, Some(series), Some(number)) => Some(format!("{} {number}", series.to_lowercase())),
        _ => None,
    }
}

/// `3`, `#3`, `GAP-003`: the digits of a number, without leading zeros.
pub(super) fn digits(number: &str) -> String {
    let start = number.trim_start_matches(|c: char| !c.is_ascii_digit());
    start.trim_start_matches('0').to_owned()
}

pub(super) fn counts_alike(own: &str, number: &str) -> bool {
    let plain = |text: &str| text.chars().all(|c| c.is_ascii_digit() || matches!(c, '#' | '.'));
    own == number || (plain(own) || plain(number)) && digits(own) == digits(number)
}

impl Book {
    /// The gap whose block speaks of a row's title most: at least twice as often as any other.
    pub(super) fn in_block(&self, page: &Page, table: usize, at: usize) -> Option<usize> {
        let cell = page.tables[table].rows[at].cells.get(page.columns[table].title?)?;
        let title = significant(&name::of_heading(cell.text, page.words).title, page.words);
        if title.is_empty() || self.gaps.len() > MOST_BLOCKS {
            return None;
        }
        let mut said: Vec<(usize, usize)> = Vec::new();
        for (index, gap) in
            self.gaps.iter().enumerate().filter(|(_, gap)| gap.lines.1 > gap.lines.0)
        {
            let prose = page.lines(gap.lines.0, gap.lines.1).iter();
            let words: Vec<String> = prose
                .filter(|line| line.kind == LineKind::Prose)
                .flat_map(|line| stems(line.text))
                .collect();
            let count = |word: &String| words.iter().filter(|own| *own == word).count();
            said.push((title.iter().map(count).min().unwrap_or_default(), index));
        }
        said.sort_unstable_by(|a, b| b.cmp(a));
        let (most, index) = *said.first().filter(|(count, _)| *count > 0)?;
        let next = said.get(1).map_or(0, |(count, _)| *count);
        (most >= next * 2).then_some(index)
    }
}

/// Beyond so many gaps no block is searched for a row's title.
const MOST_BLOCKS: usize = 100;

impl Book {
    /// The gaps whose ids a text has: `GAP-001, GAP-002`, `CO-01/02`.
    pub(super) fn ids_in(&self, text: &str) -> Vec<usize> {
        let mut found = Vec::new();
        let upper = text.to_uppercase();
        let words =
            upper.split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '.')));
        for word in words.filter(|word| word.contains(|c: char| c.is_ascii_digit())) {
            let mut parts = word.trim_matches(['.', '/', '-']).split('/');
            let Some(first) = parts.next() else { continue };
            let stem = first.trim_end_matches(|c: char| c.is_ascii_digit());
            let ids =
                std::iter::once(first.to_owned()).chain(parts.map(|part| format!("{stem}{part}")));
            for id in ids {
                let of = self.keys.get(&id).and_then(|all| all.first());
                found.extend(of.filter(|_| id.contains(char::is_alphabetic)).copied());
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}
