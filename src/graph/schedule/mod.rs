//! The plan that the effort of a ledger gives: every row starts as early as what comes before it
//! allows, with as many people as rows, and the rows that decide the length are critical.
//!
//! The critical path method (Kelley and Walker, 1959), over working minutes.

pub mod phases;
mod resolve;

use std::collections::BTreeMap;

use crate::{
    model::{
        Fact,
        ledger::{Effort, EntryKind, Ledger},
    },
    read::records::amount,
};

/// So many steps of a circle are named.
const ROUND: usize = 8;

/// So many ends of critical paths are looked back from, to show the one of the most steps.
const PATHS: usize = 16;

/// The plan of one ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schedule {
    /// Rows in the order of the file.
    pub steps: Vec<Step>,
    /// From the first start to the last end, by the least and by the most that each row may take.
    pub length: Effort,
    /// The sum of all efforts, each title counted once.
    pub total: Effort,
    /// Steps that wait for each other, in a circle; empty when there is none.
    pub circle: Vec<usize>,
}

/// A row of effort.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it is a row of.
    pub of: StepOf,
    /// Its title.
    pub title: String,
    /// Its line.
    pub line: u32,
    /// Working time; nothing where the text gives none that can be read.
    pub effort: Option<Effort>,
    /// What comes before, as written, and what was found by that name.
    pub after: Vec<(Fact<String>, Before)>,
    /// When it is.
    pub place: Place,
}

/// What a step was made of, by its place in the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepOf {
    /// An entry of effort.
    Entry(usize),
    /// A gap with an effort, where the ledger has no table of effort.
    Gap(usize),
}

/// What a name in a list of dependencies means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Before {
    /// Another step.
    Step(usize),
    /// A gap without a step of its own: it is named, and takes no time in the plan.
    Gap(usize),
    /// Nothing by this name.
    Unknown,
}

/// When a step is, in working minutes from the first day, by the most it may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// It can be placed.
    At {
        /// Its start.
        start: u64,
        /// Its end; its start where its effort is unknown.
        end: u64,
        /// Whether a delay of it delays the whole.
        slack: Slack,
    },
    /// It waits for a circle.
    Never,
}

/// Whether a step may be late.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slack {
    /// A delay delays the whole.
    Critical,
    /// It may be late by so many minutes.
    Spare(u64),
}

impl Schedule {
    /// Plans the effort of a ledger: its rows of effort, or else its gaps with an effort. `None`
    /// when no working time can be read.
    pub fn of(ledger: &Ledger) -> Option<Self> {
        let mut steps = entries(ledger);
        if steps.is_empty() {
            steps = gaps(ledger);
        }
        steps.iter().find(|step| step.effort.is_some())?;
        resolve::resolve(&mut steps, ledger);
        let (order, circle) = order(&steps);
        let length = Effort {
            low: forward(&steps, &order, |effort| effort.low).into_values().max().unwrap_or(0),
            high: place(&mut steps, &order),
        };
        let total = total(&steps);
        Some(Self { steps, length, total, circle })
    }

    /// The steps that wait for each other, the first again at the end; of a long circle only the
    /// first few.
    pub fn round(&self) -> Vec<&Step> {
        let shown = self.circle.iter().take(ROUND).chain(self.circle.first());
        shown.map(|n| &self.steps[*n]).collect()
    }

    /// The critical steps, in the order of their start.
    pub fn critical(&self) -> Vec<usize> {
        let critical = self.steps.iter().enumerate().filter_map(|(n, step)| match step.place {
            Place::At { start, slack: Slack::Critical, .. } if step.effort.is_some() => {
                Some((start, n))
            }
            _ => None,
        });
        let mut critical: Vec<(u64, usize)> = critical.collect();
        critical.sort_unstable();
        critical.into_iter().map(|(_, n)| n).collect()
    }

    /// One critical path, from its first step to its last.
    pub fn chain(&self) -> Vec<usize> {
        let at = |n: usize| match self.steps[n].place {
            Place::At { start, end, slack: Slack::Critical } => Some((start, end)),
            _ => None,
        };
        let ends_last = |n: &usize| at(*n).is_some_and(|(_, end)| end == self.length.high);
        let timed = |n: &usize| self.steps[*n].effort.is_some();
        // Of several paths the one of the most steps, for it says the most.
        let mut best: Vec<usize> = Vec::new();
        for last in (0..self.steps.len()).filter(|n| timed(n) && ends_last(n)).take(PATHS) {
            let mut chain = vec![last];
            let mut here = last;
            while let Some((start, _)) = at(here) {
                let before = befores(&self.steps[here])
                    .find(|n| at(*n).is_some_and(|(_, end)| end == start));
                let Some(before) = before else { break };
                chain.push(before);
                here = before;
            }
            if chain.len() > best.len() {
                best = chain;
            }
        }
        best.reverse();
        best
    }
}

fn entries(ledger: &Ledger) -> Vec<Step> {
    let efforts = ledger.entries.iter().enumerate().filter(|(_, e)| e.kind == EntryKind::Effort);
    efforts
        .map(|(n, entry)| Step {
            of: StepOf::Entry(n),
            title: entry.title.value.clone(),
            line: entry.title.line,
            effort: entry.effort.as_ref().map(|fact| fact.value).filter(|effort| effort.high > 0),
            after: entry.depends_on.iter().map(|d| (d.clone(), Before::Unknown)).collect(),
            place: Place::Never,
        })
        .collect()
}

fn gaps(ledger: &Ledger) -> Vec<Step> {
    let read = |fact: &Fact<String>| amount::read(&fact.value, None);
    let efforts = ledger.gaps.iter().enumerate();
    efforts
        .filter_map(|(n, gap)| {
            Some(Step {
                of: StepOf::Gap(n),
                title: gap.title.clone(),
                line: gap.defined_at.first().copied().unwrap_or(gap.lines.0),
                effort: Some(gap.effort.iter().find_map(read)?),
                after: gap.depends_on.iter().map(|d| (d.clone(), Before::Unknown)).collect(),
                place: Place::Never,
            })
        })
        .collect()
}

/// The steps in an order in which everything comes after what it waits for, and a circle among
/// those for which there is no such order.
fn order(steps: &[Step]) -> (Vec<usize>, Vec<usize>) {
    let mut waits: Vec<usize> = steps.iter().map(|step| befores(step).count()).collect();
    let mut followers: Vec<Vec<usize>> = vec![Vec::new(); steps.len()];
    for (n, step) in steps.iter().enumerate() {
        befores(step).for_each(|before| followers[before].push(n));
    }
    let mut order: Vec<usize> = (0..steps.len()).filter(|n| waits[*n] == 0).collect();
    let mut next = 0;
    while let Some(n) = order.get(next).copied() {
        next += 1;
        for follower in &followers[n] {
            waits[*follower] -= 1;
            if waits[*follower] == 0 {
                order.push(*follower);
            }
        }
    }
    let circle = circle(steps, &waits);
    (order, circle)
}

/// Whoever still waits, waits for one who still waits: following that, one comes round.
fn circle(steps: &[Step], waits: &[usize]) -> Vec<usize> {
    let Some(first) = waits.iter().position(|waits| *waits > 0) else { return Vec::new() };
    let mut seen: Vec<Option<usize>> = vec![None; steps.len()];
    let mut path = Vec::new();
    let mut at = first;
    while seen[at].is_none() {
        seen[at] = Some(path.len());
        path.push(at);
        let Some(before) = befores(&steps[at]).find(|before| waits[*before] > 0) else { break };
        at = before;
    }
    path.split_off(seen[at].unwrap_or(0))
}

fn befores(step: &Step) -> impl Iterator<Item = usize> + '_ {
    step.after.iter().filter_map(|(_, before)| match before {
        Before::Step(n) => Some(*n),
        _ => None,
    })
}

/// When each step ends at the earliest.
fn forward(steps: &[Step], order: &[usize], takes: fn(Effort) -> u64) -> BTreeMap<usize, u64> {
    let mut ends: BTreeMap<usize, u64> = BTreeMap::new();
    for n in order {
        let start = befores(&steps[*n]).filter_map(|before| ends.get(&before)).max().copied();
        ends.insert(*n, start.unwrap_or(0) + steps[*n].effort.map_or(0, takes));
    }
    ends
}

/// Places every step as early as can be, and gives the length of the whole.
fn place(steps: &mut [Step], order: &[usize]) -> u64 {
    let ends = forward(steps, order, |effort| effort.high);
    let length = ends.values().max().copied().unwrap_or(0);
    let mut latest: Vec<u64> = vec![length; steps.len()];
    for n in order.iter().rev() {
        let starts = latest[*n] - steps[*n].effort.map_or(0, |effort| effort.high);
        for before in befores(&steps[*n]) {
            latest[before] = latest[before].min(starts);
        }
    }
    for (n, end) in ends {
        let start = end - steps[n].effort.map_or(0, |effort| effort.high);
        let slack = match latest[n] - end {
            0 => Slack::Critical,
            spare => Slack::Spare(spare),
        };
        steps[n].place = Place::At { start, end, slack };
    }
    length
}

fn total(steps: &[Step]) -> Effort {
    let mut once: BTreeMap<String, Effort> = BTreeMap::new();
    for step in steps {
        if let Some(effort) = step.effort {
            once.entry(step.title.to_lowercase()).or_insert(effort);
        }
    }
    let add = |sum: Effort, effort: Effort| Effort {
        low: sum.low.saturating_add(effort.low),
        high: sum.high.saturating_add(effort.high),
    };
    once.into_values().fold(Effort::default(), add)
}

#[cfg(test)]
mod tests;
