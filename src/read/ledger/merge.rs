//! One gap stated in several places is one record: the narrative, its rows, check lists, plans.

mod blocks;
mod book;
mod mention;
mod task;
mod title;

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use super::{
    candidate::{Candidate, Place, Strength},
    fields,
    labels::Reader,
    page::Page,
};
use crate::model::gap::Gap;
use book::{Book, Tie, digits, shape};
use title::{shared, significant};

/// The gaps of the units, each with all that is said of it elsewhere.
pub fn merge(page: &Page, units: &[Candidate], others: &[Candidate], reader: Reader) -> Vec<Gap> {
    let mut book = Book::default();
    let mut order: Vec<&Candidate> = units.iter().collect();
    // The surest and the fullest statement of a gap comes first; the rest is joined to it.
    order.sort_by_key(|unit| (Reverse(unit.strength), unit.role, shape(unit), unit.line));
    let tables = counted_tables(page, &order);
    for unit in order {
        let gap = fields::read(page, unit, reader);
        match book.same(page, unit, &gap, &tables) {
            Some(index) => {
                let mut more = gap;
                // An item tied by its words alone adds its place; the gap's own state stands.
                let weak =
                    unit.strength <= Strength::Titled && matches!(unit.place, Place::Item(_));
                if weak && !book.gaps[index].claim.mentions.is_empty() {
                    more.claim = Default::default();
                }
                book.join(index, more, Tie::Number);
            }
            None => book.add(unit, gap, page.words),
        }
    }
    let defined: BTreeSet<u32> = units.iter().map(|unit| unit.line).collect();
    mention::mentions(page, others, &defined, reader, &mut book);
    let mut gaps = book.gaps;
    task::tasks(page, &mut gaps, page.words);
    gaps.sort_by_key(|gap| gap.lines.0);
    gaps.iter_mut().for_each(finish);
    gaps
}

/// Which tables count their rows as the narrative counts its gaps: most rows share a word with the
/// gap of the same number.
fn counted_tables(page: &Page, units: &[&Candidate]) -> BTreeMap<usize, bool> {
    let mut numbered: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
    for unit in units.iter().filter(|unit| shape(unit) < 2) {
        let Some(number) = unit.name.number.as_deref().map(digits) else { continue };
        numbered.entry(number).or_default().push(significant(&unit.name.title, page.words));
    }
    let mut votes: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for unit in units {
        let Place::Row(table, _) = unit.place else { continue };
        let Some(found) =
            unit.name.number.as_deref().and_then(|number| numbered.get(&digits(number)))
        else {
            continue;
        };
        let title = significant(&unit.name.title, page.words);
        let vote = votes.entry(table).or_default();
        vote.1 += 1;
        vote.0 += usize::from(found.iter().any(|own| shared(own, &title) > 0));
    }
    votes.into_iter().map(|(table, (alike, all))| (table, alike * 2 >= all)).collect()
}

/// Puts the lines in order and drops what was read twice.
fn finish(gap: &mut Gap) {
    gap.defined_at.sort_unstable();
    gap.defined_at.dedup();
    gap.read_by.sort_by_key(|read| read.line);
    gap.read_by.dedup();
    let mut seen: Vec<String> = Vec::new();
    gap.effort.retain(|effort| {
        let new = !seen.contains(&effort.value);
        seen.push(effort.value.clone());
        new
    });
    // `service.py` beside `src/service.py` is the same file, named shortly.
    let names: Vec<String> = gap.targets.iter().map(|target| format!("/{}", target.name)).collect();
    gap.targets.retain(|target| {
        let short = format!("/{}", target.name);
        target.name.contains('/')
            || !names.iter().any(|name| name.len() > short.len() && name.ends_with(&short))
    });
    let mut seen: Vec<String> = Vec::new();
    gap.depends_on.retain(|on| {
        let new = !seen.contains(&on.value);
        seen.push(on.value.clone());
        new
    });
}
