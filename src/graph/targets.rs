//! How many different targets gaps name, and how many of those do not exist.

use std::collections::BTreeSet;

use serde::Serialize;

use super::coverage::{GapFinding, TargetState};

/// Targets, each counted once however many gaps name it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Targets {
    /// Different targets.
    pub named: usize,
    /// Those that do not exist.
    pub missing: usize,
}

/// Counts the targets of some gaps. A bare file name is the same target as a path that ends in it.
pub fn count<'a>(findings: impl IntoIterator<Item = &'a GapFinding>) -> Targets {
    let mut found: BTreeSet<(&str, Option<&str>)> = BTreeSet::new();
    let mut missing: BTreeSet<String> = BTreeSet::new();
    for target in findings.into_iter().flat_map(|finding| &finding.targets) {
        match (target.standing, &target.path) {
            (TargetState::Missing, path) => {
                let name = target.name.to_lowercase();
                // Two sections that are missing are two targets.
                let section = target.section.as_ref().filter(|_| path.is_some());
                missing.insert(section.map_or(name.clone(), |s| format!("{name}#{s}")));
            }
            (_, Some(path)) => {
                found.insert((path.as_str(), target.anchor.as_deref()));
            }
            // Several files have the name, so that it means none of them.
            (_, None) => {
                found.insert((&target.name, None));
            }
        }
    }
    let bare = |name: &&String| {
        let ending = format!("/{name}");
        !name.contains('/') && missing.iter().any(|other| other.ends_with(&ending))
    };
    let missing = missing.len() - missing.iter().filter(bare).count();
    Targets { named: found.len() + missing, missing }
}
