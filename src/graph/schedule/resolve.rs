//! Finds the steps and gaps that dependencies name: by id or number, by title, and last by a
//! title that has the name in it, when there is only one.

use std::collections::BTreeMap;

use super::{Before, Step, StepOf};
use crate::{model::ledger::Ledger, read::records::words::normal};

/// With more steps than this, names are only looked up whole, so that the time stays linear.
const LOOSE: usize = 400;

/// Looks up every name that a step waits for.
pub fn resolve(steps: &mut [Step], ledger: &Ledger) {
    let names = Names::new(steps, ledger);
    for step in steps.iter_mut() {
        for (name, before) in &mut step.after {
            *before = names.find(&name.value);
        }
        // One name twice is one dependency.
        let mut seen = Vec::new();
        step.after.retain(|(_, before)| {
            let new = *before == Before::Unknown || !seen.contains(before);
            seen.push(*before);
            new
        });
    }
}

struct Names {
    whole: BTreeMap<String, Before>,
    titles: Vec<(String, Before)>,
}

impl Names {
    fn new(steps: &[Step], ledger: &Ledger) -> Self {
        let mut whole = BTreeMap::new();
        let mut titles = Vec::new();
        let mut add = |name: &str, before: Before| {
            let name = normal(name.trim_start_matches('#'));
            if !name.is_empty() {
                whole.entry(name).or_insert(before);
            }
        };
        for (n, step) in steps.iter().enumerate() {
            let before = Before::Step(n);
            add(&step.title, before);
            titles.push((words(&step.title), before));
            let gap = match step.of {
                StepOf::Entry(entry) => {
                    let entry = &ledger.entries[entry];
                    entry.id.iter().for_each(|id| add(id, before));
                    entry.gap
                }
                StepOf::Gap(gap) => Some(gap),
            };
            // A row about a gap answers to the names of the gap.
            if let Some(gap) = gap.and_then(|gap| ledger.gaps.get(gap)) {
                gap.id.iter().chain(&gap.number).for_each(|name| add(name, before));
                add(&gap.title, before);
            }
        }
        for (n, gap) in ledger.gaps.iter().enumerate() {
            let before = Before::Gap(n);
            gap.id.iter().chain(&gap.number).for_each(|name| add(name, before));
            add(&gap.title, before);
        }
        titles.truncate(if titles.len() > LOOSE { 0 } else { LOOSE });
        Self { whole, titles }
    }

    fn find(&self, name: &str) -> Before {
        if let Some(before) = self.whole.get(&normal(name.trim_start_matches('#'))) {
            return *before;
        }
        let name = words(name);
        let mut fits = self.titles.iter().filter(|(title, _)| {
            title.len() > 2 && (title.contains(&name) || name.contains(title.as_str()))
        });
        match (fits.next(), fits.next()) {
            (Some((_, before)), None) if name.len() > 4 => *before,
            _ => Before::Unknown,
        }
    }
}

/// Words with a space before and after each, so that only whole words are found.
fn words(text: &str) -> String {
    let text = normal(text);
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    format!(" {} ", words.join(" "))
}
