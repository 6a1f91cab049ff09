//! Finds the steps and gaps that dependencies name: by id or number, by title, and last by a
//! title that has the name in it, when there is only one.

use std::collections::{BTreeMap, BTreeSet};

use super::{Before, Step, StepOf};
use crate::{model::ledger::Ledger, read::records::words::normal};

/// With more steps than this, names are only looked up whole, so that the time stays linear.
const LOOSE: usize = 400;

/// Names of fewer letters, with the spaces around them, are too common to be looked for in others.
const SHORT: usize = 4;

/// Looks up every name that a step waits for.
pub fn resolve(steps: &mut [Step], ledger: &Ledger) {
    let names = Names::new(steps, ledger);
    for (n, step) in steps.iter_mut().enumerate() {
        for (name, before) in &mut step.after {
            *before = names.find(&name.value, n);
        }
        // One name twice is one dependency.
        let mut seen = BTreeSet::new();
        step.after.retain(|(_, before)| *before == Before::Unknown || seen.insert(*before));
    }
}

/// What names mean, the surest first.
#[derive(Default)]
struct Names {
    /// Titles and ids of steps.
    steps: BTreeMap<String, usize>,
    /// Names of gaps that a step is about.
    about: BTreeMap<String, usize>,
    /// Names of gaps.
    gaps: BTreeMap<String, usize>,
    /// Words of the titles of steps, when there are few.
    titles: Vec<(String, usize)>,
}

impl Names {
    fn new(steps: &[Step], ledger: &Ledger) -> Self {
        let mut names = Self::default();
        for (n, step) in steps.iter().enumerate() {
            add(&mut names.steps, &step.title, n);
            let gap = match step.of {
                StepOf::Entry(entry) => {
                    let entry = &ledger.entries[entry];
                    entry.id.iter().for_each(|id| add(&mut names.steps, id, n));
                    entry.gap
                }
                StepOf::Gap(gap) => Some(gap),
            };
            gap.iter().flat_map(|gap| names_of(ledger, *gap)).for_each(|name| {
                add(&mut names.about, name, n);
            });
        }
        for gap in 0..ledger.gaps.len() {
            names_of(ledger, gap).for_each(|name| add(&mut names.gaps, name, gap));
        }
        if steps.len() <= LOOSE {
            names.titles = steps.iter().enumerate().map(|(n, s)| (words(&s.title), n)).collect();
        }
        names
    }

    /// What the step `own` means by a name. A row about a gap does not wait for itself when it
    /// names its gap.
    fn find(&self, name: &str, own: usize) -> Before {
        let whole = normal(name.trim_start_matches('#'));
        if let Some(step) = self.steps.get(&whole) {
            return Before::Step(*step);
        }
        if let Some(step) = self.about.get(&whole).filter(|step| **step != own) {
            return Before::Step(*step);
        }
        if let Some(gap) = self.gaps.get(&whole) {
            return Before::Gap(*gap);
        }
        let name = words(name);
        let mut fits = self.titles.iter().filter(|(title, step)| {
            *step != own && (title.contains(&name) || name.contains(title.as_str()))
        });
        match (fits.next(), fits.next()) {
            (Some((title, step)), None) if name.len().min(title.len()) > SHORT => {
                Before::Step(*step)
            }
            _ => Before::Unknown,
        }
    }
}

fn add(names: &mut BTreeMap<String, usize>, name: &str, of: usize) {
    let name = normal(name.trim_start_matches('#'));
    if !name.is_empty() {
        names.entry(name).or_insert(of);
    }
}

fn names_of(ledger: &Ledger, gap: usize) -> impl Iterator<Item = &str> {
    let gap = ledger.gaps.get(gap);
    let all = gap.map(|gap| gap.id.iter().chain(&gap.number).chain([&gap.title]));
    all.into_iter().flatten().map(String::as_str)
}

/// Words with a space before and after each, so that only whole words are found.
fn words(text: &str) -> String {
    let text = normal(text);
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    format!(" {} ", words.join(" "))
}
