//! Every place that gives a gap a priority: its own block, its rows, its labels, and lists that
//! stand under a priority. Which of them wins is decided by the readers of gaps; here none is lost.

use std::collections::BTreeMap;

use super::{
    amount::{self, Word},
    page::{self, Page, Table},
    prose::Place,
    words::{Sense, priority},
};
use crate::model::{
    Fact,
    gap::{Gap, Priority},
};

/// The priorities of each gap, in the order of the file.
pub fn priorities(page: &Page<'_>, gaps: &[Gap]) -> Vec<Vec<Fact<Priority>>> {
    let mut said: Vec<Vec<Fact<Priority>>> =
        gaps.iter().map(|gap| gap.priority.iter().cloned().collect()).collect();
    labels(gaps, &mut said);
    rows(page, gaps, &mut said);
    lists(page, gaps, &mut said);
    for facts in &mut said {
        facts.sort_by_key(|fact| (fact.line, fact.value));
        facts.dedup_by_key(|fact| (fact.line, fact.value));
    }
    said
}

fn labels(gaps: &[Gap], said: &mut [Vec<Fact<Priority>>]) {
    for (gap, said) in gaps.iter().zip(said) {
        for field in gap.fields.iter().filter(|field| field.text.len() < 60) {
            let words = amount::words_of(&field.label);
            if words.len() <= 2
                && words.iter().any(|word| word.is(Sense::Priority))
                && let Some(value) = priority(&field.text)
            {
                said.push(Fact::new(value, field.text.as_str(), field.line, "priority label"));
            }
        }
    }
}

/// The priority column of the rows that define gaps.
fn rows(page: &Page<'_>, gaps: &[Gap], said: &mut [Vec<Fact<Priority>>]) {
    let mut of_line: BTreeMap<u32, usize> = BTreeMap::new();
    for (index, gap) in gaps.iter().enumerate() {
        of_line.extend(gap.defined_at.iter().map(|line| (*line, index)));
    }
    for table in page.tables().values() {
        let Some(column) = priority_column(page, table) else { continue };
        for row in table.rows() {
            let Some(cell) = table.cell(row, column) else { continue };
            let Some(gap) = of_line.get(&cell.line) else { continue };
            let words = page.words(cell).trim();
            if let Some(value) = priority(words) {
                said[*gap].push(Fact::new(value, words, cell.line, "priority column"));
            }
        }
    }
}

fn priority_column(page: &Page<'_>, table: &Table<'_>) -> Option<usize> {
    table.columns().into_iter().find(|column| {
        table.cell(0, *column).is_some_and(|head| {
            let words = amount::words_of(page.words(head));
            words.len() <= 2 && words.iter().any(|word| word.is(Sense::Priority))
        })
    })
}

/// Items that name a gap in a list under a heading or label that is a priority and nothing else.
fn lists(page: &Page<'_>, gaps: &[Gap], said: &mut [Vec<Fact<Priority>>]) {
    let names = Names::of(gaps);
    let mut lead: Option<(Priority, String)> = None;
    for segment in &page.prose.segments {
        if page.in_gap(segment.line) {
            lead = None;
            continue;
        }
        let words = page.words(segment);
        match segment.place {
            Place::Heading(_) | Place::Paragraph => {
                lead = only_priority(words).map(|value| (value, words.trim().to_owned()));
            }
            Place::Item(_) => {
                let Some((value, raw)) = &lead else { continue };
                if let Some(gap) = names.find(words) {
                    let fact = Fact::new(*value, raw.as_str(), segment.line, "list of a priority");
                    said[gap].push(fact);
                }
            }
            Place::Cell { .. } => {}
        }
    }
}

/// The priority that a text is, brackets and emblems aside, when it says nothing else.
fn only_priority(text: &str) -> Option<Priority> {
    let text = text.split(['(', '[', '—']).next().filter(|text| text.len() < 80)?;
    let words = amount::words_of(text);
    let telling = |word: &&Word| {
        !(word.is(Sense::Priority)
            || word.is(Sense::Open)
            || word.is(Sense::Gap)
            || word.is(Sense::Measure))
    };
    let rest: Vec<&Word> = words.iter().filter(telling).collect();
    let alone = !rest.is_empty()
        && rest.len() <= 2
        && rest.iter().all(|word| !word.text.contains('-') && priority(&word.text).is_some());
    alone.then(|| priority(text)).flatten()
}

/// The gaps by the words of their titles.
struct Names<'a> {
    gaps: &'a [Gap],
    titles: Vec<Vec<String>>,
    by_word: BTreeMap<String, Vec<usize>>,
}

impl<'a> Names<'a> {
    fn of(gaps: &'a [Gap]) -> Self {
        let titles: Vec<Vec<String>> = gaps.iter().map(|gap| title_words(&gap.title)).collect();
        let mut by_word: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, words) in titles.iter().enumerate() {
            for word in words {
                by_word.entry(word.clone()).or_default().push(index);
            }
            if let Some(id) = &gaps[index].id {
                by_word.entry(id.to_lowercase()).or_default().push(index);
            }
        }
        Self { gaps, titles, by_word }
    }

    /// The one gap that an item names by its id or by its title.
    fn find(&self, item: &str) -> Option<usize> {
        let lead = item.split([':', '(', '→', '—']).next().unwrap_or(item);
        let lead = lead.split(" - ").next().unwrap_or(lead);
        let words = title_words(lead);
        let id = |index: &usize| {
            let id = self.gaps[*index].id.as_ref().map(|id| id.to_lowercase());
            id.is_some_and(|id| words.contains(&id))
        };
        let mut candidates: Vec<usize> = words
            .iter()
            .filter_map(|word| self.by_word.get(word))
            .filter(|gaps| gaps.len() <= 50)
            .flatten()
            .copied()
            .collect();
        candidates.sort_unstable();
        candidates.dedup();
        let mut fitting = candidates.iter().filter(|gap| id(gap) || self.is_named(**gap, &words));
        let first = fitting.next()?;
        fitting.next().is_none().then_some(*first)
    }

    /// Whether one of the two is said with the words of the other.
    fn is_named(&self, gap: usize, words: &[String]) -> bool {
        let title = &self.titles[gap];
        let shared = title.iter().filter(|word| words.contains(word)).count();
        let least = title.len().min(words.len());
        shared == least && (shared >= 2 || title == words)
    }
}

fn title_words(title: &str) -> Vec<String> {
    let mut words: Vec<String> = amount::words_of(page::before_bracket(title))
        .into_iter()
        .map(|word| word.text)
        .filter(|word| word.chars().count() > 1)
        .collect();
    words.sort();
    words.dedup();
    words
}
