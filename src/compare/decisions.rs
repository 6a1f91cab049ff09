//! Decisions, compared.

use std::collections::BTreeMap;

use super::standing::{DecisionStanding, Place};

/// A decision that is otherwise than before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionChange {
    /// What became of it.
    pub step: DecisionStep,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where it stands; where it stood, when it is gone.
    pub place: Place,
    /// What is to be said of it, in one clause without a full stop.
    pub note: String,
}

/// What became of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DecisionStep {
    /// It is new.
    Added,
    /// Another replaced it, and none had before.
    Superseded,
    /// Its status is another.
    Status,
    /// It is no longer recorded.
    Removed,
}

impl DecisionStep {
    /// The stable word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Superseded => "superseded",
            Self::Status => "status",
            Self::Removed => "removed",
        }
    }

    /// Whether the decision is still recorded.
    pub fn is_present(self) -> bool {
        self != Self::Removed
    }
}

/// Compares the decisions by id, or by file where the id is another.
pub fn compare(
    before: &BTreeMap<String, DecisionStanding>,
    after: &BTreeMap<String, DecisionStanding>,
) -> Vec<DecisionChange> {
    let by_file = |all: &BTreeMap<String, DecisionStanding>, own: &DecisionStanding| {
        let mut here = all.values().filter(|other| other.place.path == own.place.path);
        // A file of several decisions tells none of them.
        here.next().filter(|_| here.next().is_none()).cloned()
    };
    let mut changes = Vec::new();
    for (key, now) in after {
        let old = before.get(key).cloned().or_else(|| by_file(before, now));
        let Some((step, note)) = step(old.as_ref(), now) else { continue };
        changes.push(change(step, note, now));
    }
    for (key, old) in before {
        if !after.contains_key(key) && by_file(after, old).is_none() {
            changes.push(change(DecisionStep::Removed, "it is no longer recorded".into(), old));
        }
    }
    changes.sort_by(|a, b| (a.step, &a.place).cmp(&(b.step, &b.place)));
    changes
}

fn step(old: Option<&DecisionStanding>, now: &DecisionStanding) -> Option<(DecisionStep, String)> {
    let status =
        |decision: &DecisionStanding| decision.status.map_or("no status", |status| status.name());
    let Some(old) = old else { return Some((DecisionStep::Added, status(now).to_owned())) };
    if let (None, Some(by)) = (&old.superseded, &now.superseded) {
        let by: Vec<&str> = by.iter().map(String::as_str).collect();
        let note = match by.is_empty() {
            true => "superseded".to_owned(),
            false => format!("superseded by {}", by.join(", ")),
        };
        return Some((DecisionStep::Superseded, note));
    }
    let note = format!("{} before, now {}", status(old), status(now));
    (old.status != now.status).then_some((DecisionStep::Status, note))
}

fn change(step: DecisionStep, note: String, decision: &DecisionStanding) -> DecisionChange {
    DecisionChange {
        step,
        id: decision.id.clone(),
        title: decision.title.clone(),
        place: decision.place.clone(),
        note,
    }
}
