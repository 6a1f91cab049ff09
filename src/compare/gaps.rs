//! Gaps, compared: which were opened, closed, weakened, helped on or taken away.

use std::collections::BTreeMap;

use super::{
    figures,
    standing::{GapStanding, Place, TargetStanding},
};
use crate::{
    graph::{
        coverage::{Coverage, TargetState},
        drift::Drift,
        metrics::Tally,
    },
    model::gap::Priority,
};

/// What became of the gaps; each gap is in one list at most, in the order of id.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GapChanges {
    /// New and not filled, or filled before and not at all now.
    pub opened: Vec<GapChange>,
    /// Filled or waived, and not so before.
    pub closed: Vec<GapChange>,
    /// Still there, with less behind it.
    pub weakened: Vec<GapChange>,
    /// Further on, and not yet filled.
    pub advanced: Vec<GapChange>,
    /// New, and filled or waived from the start.
    pub recorded: Vec<GapChange>,
    /// No longer recorded.
    pub removed: Vec<GapChange>,
}

/// A gap that is otherwise than before.
#[derive(Clone, Debug, PartialEq)]
pub struct GapChange {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its priority.
    pub priority: Option<Priority>,
    /// Where it is recorded; where it was, when it is gone.
    pub place: Place,
    /// The coverage before; none of a new gap.
    pub before: Option<Coverage>,
    /// The coverage now; none of a gap that is gone.
    pub after: Option<Coverage>,
    /// Why it is what it is now, in one clause without a full stop.
    pub reason: String,
    /// What the documents and the record lost, one clause each.
    pub losses: Vec<String>,
}

impl GapChange {
    /// Whether it was recorded before, and not filled.
    pub fn was_open(&self) -> bool {
        self.before.is_some_and(|before| !is_filled(before))
    }
}

/// What the comparison of gaps gives.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Compared {
    /// What became of them.
    pub changes: GapChanges,
    /// Those whose claim says more than the files show, and did not before.
    pub overclaimed: Vec<GapChange>,
    /// Those that both sides have: before, and now.
    pub kept: (Tally, Tally),
}

/// Compares the gaps by id; a gap with a new id and the title of one that is gone is the same gap.
pub fn compare(
    before: &BTreeMap<String, GapStanding>,
    after: &BTreeMap<String, GapStanding>,
) -> Compared {
    let renamed = renamed(before, after);
    let Compared { mut changes, mut overclaimed, mut kept } = Compared::default();
    for (key, now) in after {
        let old = before.get(key).or_else(|| before.get(*renamed.get(key.as_str())?));
        let was_overclaimed = old.is_some_and(|old| old.drift == Drift::Overclaimed);
        if now.drift == Drift::Overclaimed && !was_overclaimed {
            overclaimed.push(change(old, now));
        }
        if let Some(old) = old {
            kept.0.add(old.coverage);
            kept.1.add(now.coverage);
        }
        let list = match old {
            None if is_filled(now.coverage) => &mut changes.recorded,
            None => &mut changes.opened,
            Some(old) => match step(old, now) {
                Step::None => continue,
                Step::Opened => &mut changes.opened,
                Step::Closed => &mut changes.closed,
                Step::Weakened => &mut changes.weakened,
                Step::Advanced => &mut changes.advanced,
            },
        };
        list.push(change(old, now));
    }
    let known: Vec<&str> = renamed.values().copied().collect();
    for (key, old) in before {
        if !after.contains_key(key) && !known.contains(&key.as_str()) {
            changes.removed.push(gone(old));
        }
    }
    Compared { changes, overclaimed, kept }
}

/// The old key of each gap that has another id now.
fn renamed<'a>(
    before: &'a BTreeMap<String, GapStanding>,
    after: &'a BTreeMap<String, GapStanding>,
) -> BTreeMap<&'a str, &'a str> {
    let mut by_title: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (key, gap) in before.iter().filter(|(key, _)| !after.contains_key(*key)) {
        by_title.entry(gap.title.to_lowercase()).or_default().push(key);
    }
    let mut found = BTreeMap::new();
    for (key, gap) in after.iter().filter(|(key, _)| !before.contains_key(*key)) {
        let Some(old) = by_title.get_mut(&gap.title.to_lowercase()) else { continue };
        if !old.is_empty() {
            found.insert(key.as_str(), old.remove(0));
        }
    }
    found
}

/// Which way a gap went.
enum Step {
    None,
    Opened,
    Closed,
    Weakened,
    Advanced,
}

fn step(old: &GapStanding, now: &GapStanding) -> Step {
    let (was, is) = (old.coverage, now.coverage);
    if is_filled(is) && !is_filled(was) {
        Step::Closed
    } else if is_filled(was) && is == Coverage::Uncovered {
        Step::Opened
    } else if rank(is) < rank(was) {
        Step::Weakened
    } else if rank(is) > rank(was) {
        Step::Advanced
    } else if is != Coverage::Waived && !losses(old, now).is_empty() {
        Step::Weakened
    } else {
        Step::None
    }
}

/// Whether nobody has to do anything about it.
pub fn is_filled(coverage: Coverage) -> bool {
    matches!(coverage, Coverage::Covered | Coverage::Waived)
}

fn rank(coverage: Coverage) -> u8 {
    match coverage {
        Coverage::Uncovered => 0,
        Coverage::Partial => 1,
        Coverage::Covered | Coverage::Waived => 2,
    }
}

fn change(old: Option<&GapStanding>, now: &GapStanding) -> GapChange {
    GapChange {
        id: now.id.clone(),
        title: now.title.clone(),
        priority: now.priority,
        place: now.place.clone(),
        before: old.map(|old| old.coverage),
        after: Some(now.coverage),
        reason: now.reason.clone(),
        losses: old.map(|old| losses(old, now)).unwrap_or_default(),
    }
}

fn gone(old: &GapStanding) -> GapChange {
    GapChange {
        id: old.id.clone(),
        title: old.title.clone(),
        priority: old.priority,
        place: old.place.clone(),
        before: Some(old.coverage),
        after: None,
        reason: "it is no longer recorded".to_owned(),
        losses: Vec::new(),
    }
}

/// What a gap had behind it and has no longer.
fn losses(old: &GapStanding, now: &GapStanding) -> Vec<String> {
    let mut losses = Vec::new();
    for target in &old.targets {
        let same =
            |other: &&TargetStanding| other.name == target.name && other.section == target.section;
        match now.targets.iter().find(same) {
            Some(other) => of_target(target, other, &mut losses),
            None if target.state == TargetState::Covers && !moved(target, now) => {
                losses.push(format!("{} no longer counts for it", called(target)));
            }
            None => {}
        }
    }
    for evidence in old.evidence.difference(&now.evidence) {
        // A range that was corrected is another citation of the same file.
        let file = evidence.split(" (").next().unwrap_or(evidence);
        let is_cited = |own: &String| own.split(" (").next() == Some(file);
        if !now.evidence.iter().filter(|own| !old.evidence.contains(*own)).any(is_cited) {
            losses.push(format!("the evidence {evidence} is gone"));
        }
    }
    losses
}

/// Whether another target fills the gap in place of one that is no longer named.
fn moved(target: &TargetStanding, now: &GapStanding) -> bool {
    now.targets.iter().any(|own| own.state == TargetState::Covers && own.path == target.path)
}

fn of_target(old: &TargetStanding, now: &TargetStanding, losses: &mut Vec<String>) {
    let name = called(old);
    if old.has_section && !now.has_section {
        losses.push(format!("{name}: the section is gone"));
    }
    if worth(now.state) < worth(old.state) {
        losses.push(format!(
            "{name}: {} before, now {}: {}",
            old.state.name(),
            now.state.name(),
            now.why
        ));
        return;
    }
    if old.state != TargetState::Covers {
        return;
    }
    let cited: Vec<&String> = old.citations.difference(&now.citations).collect();
    if now.citations.len() < old.citations.len() && !cited.is_empty() {
        losses.push(format!("{name} no longer cites {}", list(cited.iter().map(|c| c.as_str()))));
    }
    let figures = figures::lost(&old.figures, &now.figures);
    if !figures.is_empty() {
        losses.push(format!("{name} no longer says {}", list(figures.iter().map(String::as_str))));
    }
}

fn called(target: &TargetStanding) -> String {
    match &target.section {
        Some(section) => format!("{} § {section}", target.name),
        None => target.name.clone(),
    }
}

/// How much a target does for its gap.
fn worth(state: TargetState) -> u8 {
    match state {
        TargetState::Missing | TargetState::Orphaned => 0,
        TargetState::Ambiguous | TargetState::Stub => 1,
        TargetState::Named => 2,
        TargetState::Outdated => 3,
        TargetState::Covers | TargetState::Duplicate => 4,
    }
}

/// At most three of them.
fn list<'a>(all: impl ExactSizeIterator<Item = &'a str>) -> String {
    const MOST: usize = 3;
    let more = all.len().saturating_sub(MOST);
    let first: Vec<&str> = all.take(MOST).collect();
    let first = first.join(", ");
    if more == 0 { first } else { format!("{first} and {more} more") }
}
