//! From the states of the links to the coverage of the gap, with the rule that gives it.

use std::collections::BTreeMap;

use super::{Coverage, Role, TargetFinding, TargetState, WaiverFinding, WaiverState};

/// Marks targets that lead where an earlier one leads, by the keys of their places.
///
/// Twins share the best of their states, so neither the order of the targets nor the number of
/// mentions changes the coverage.
pub(super) fn mark_duplicates(targets: &mut [TargetFinding], keys: &[String]) {
    let mut sizes: BTreeMap<Option<u32>, usize> = BTreeMap::new();
    for target in targets.iter() {
        *sizes.entry(target.role.group()).or_default() += 1;
    }
    let is_alone = |role: Role| sizes.get(&role.group()) == Some(&1);
    let mut twins: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, key) in keys.iter().enumerate() {
        twins.entry(key).or_default().push(at);
    }
    for places in twins.values().filter(|places| places.len() > 1) {
        let best = places.iter().copied().min_by_key(|at| (targets[*at].state, *at));
        let (Some(best), [first, rest @ ..]) = (best, places.as_slice()) else { continue };
        let (state, why) = (targets[best].state, targets[best].why.clone());
        let line = targets[*first].named_at.map_or(0, |(line, _)| line);
        let role = targets[*first].role;
        let twin = format!("it is the same as `{}` on line {line}", targets[*first].name);
        for at in rest {
            let target = &mut targets[*at];
            (target.standing, target.state) = (state, TargetState::Duplicate);
            target.why.clone_from(&twin);
            // Twins without alternatives are one thing to do, and counted once.
            if is_alone(role) && is_alone(target.role) {
                target.role = role;
            }
        }
        let target = &mut targets[*first];
        (target.standing, target.state, target.why) = (state, state, why);
    }
    mark_needless(targets);
}

/// Marks documents that only declare themselves, where the gap's one target covers it already.
fn mark_needless(targets: &mut [TargetFinding]) {
    let named = |target: &&TargetFinding| {
        target.role != Role::Offered && target.state != TargetState::Duplicate
    };
    let mut all = targets.iter().filter(named);
    let only = all.next().filter(|_| all.next().is_none());
    let Some(name) = only.filter(|t| t.state == TargetState::Covers).map(|t| t.name.clone()) else {
        return;
    };
    for target in targets.iter_mut().filter(|target| target.role == Role::Offered) {
        target.state = TargetState::Duplicate;
        target.why = format!("the one target of the gap, `{name}`, covers it already");
    }
}

/// The coverage and the rule that gives it, a sentence without a full stop.
pub(super) fn coverage(
    targets: &[TargetFinding],
    waiver: Option<&WaiverFinding>,
) -> (Coverage, String) {
    if let Some(waiver) = waiver.filter(|waiver| waiver.state == WaiverState::Holds) {
        let owner = waiver.owner.as_deref().unwrap_or_default();
        return (Coverage::Waived, format!("a waiver of {owner} {}", waiver.verdict()));
    }
    let tally = Tally::of(targets);
    let (needed, covered) = (tally.groups.len(), tally.covered());
    if needed > 0 && covered == needed {
        return (Coverage::Covered, tally.covered_words());
    }
    if needed == 0 && tally.offered > 0 {
        return (
            Coverage::Covered,
            "a document declares that it fills it, and has substance".into(),
        );
    }
    if covered > 0 {
        return (
            Coverage::Partial,
            format!("{covered} of {needed} {} covered", tally.unit(covered)),
        );
    }
    if tally.offered > 0 {
        let why = "a document declares that it fills it, but no target that it names covers it";
        return (Coverage::Partial, why.to_owned());
    }
    match tally.begun {
        Some((state, name, why)) => {
            let words = match state {
                TargetState::Named => "is only named",
                TargetState::Stub => "is a stub",
                _ => "is outdated",
            };
            (Coverage::Partial, format!("no target covers it; `{name}` {words}: {why}"))
        }
        None if targets.is_empty() => {
            let why = "it names no target, and no document declares that it fills it";
            (Coverage::Uncovered, why.to_owned())
        }
        None if targets.len() == 1 => (Coverage::Uncovered, "its target does not exist".to_owned()),
        None => (Coverage::Uncovered, "none of its targets exists".to_owned()),
    }
}

/// What the states of a gap's targets add up to.
struct Tally<'a> {
    /// Each group with the number of its alternatives, and whether one of them covers the gap.
    groups: BTreeMap<u32, (usize, bool)>,
    /// Documents that declare themselves, with substance.
    offered: usize,
    /// The first target that begins the work without covering the gap.
    begun: Option<(TargetState, &'a str, &'a str)>,
}

impl<'a> Tally<'a> {
    fn of(targets: &'a [TargetFinding]) -> Self {
        let mut tally = Self { groups: BTreeMap::new(), offered: 0, begun: None };
        for target in targets {
            let covers = target.standing == TargetState::Covers;
            match target.role {
                Role::Needed { group } => {
                    let (count, covered) = tally.groups.entry(group).or_default();
                    *count += usize::from(target.state != TargetState::Duplicate);
                    *covered |= covers;
                }
                Role::Offered => tally.offered += usize::from(covers),
            }
            let begins = matches!(
                target.standing,
                TargetState::Named | TargetState::Stub | TargetState::Outdated
            );
            if begins
                && tally.begun.is_none_or(|(state, name, _)| {
                    (target.standing, target.name.as_str()) < (state, name)
                })
            {
                tally.begun = Some((target.standing, &target.name, &target.why));
            }
        }
        tally
    }

    fn covered(&self) -> usize {
        self.groups.values().filter(|(_, covered)| *covered).count()
    }

    fn has_choice(&self) -> bool {
        self.groups.values().any(|(count, _)| *count > 1)
    }

    fn covered_words(&self) -> String {
        match (self.groups.len(), self.has_choice()) {
            (1, false) => "its target covers it".to_owned(),
            (1, true) => "one of its alternatives covers it".to_owned(),
            (groups, false) => format!("each of its {groups} targets covers it"),
            (groups, true) => format!("each of its {groups} groups has a target that covers it"),
        }
    }

    /// What is counted: targets, or groups where there are alternatives.
    fn unit(&self, count: usize) -> &'static str {
        match (self.has_choice(), count) {
            (true, 1) => "groups is",
            (true, _) => "groups are",
            (false, 1) => "targets is",
            (false, _) => "targets are",
        }
    }
}

#[cfg(test)]
#[path = "roll_tests.rs"]
mod tests;
