//! The targets of a gap as its coverage counts them: groups, and documents that only declare
//! themselves. Terminal, page and export show the same.

use std::collections::BTreeMap;

use super::{Coverage, GapFinding, Role, TargetFinding, TargetState};

/// Targets that stand or fall together.
#[derive(Clone, Debug)]
pub struct Group<'a> {
    /// What they are to the gap.
    pub role: Role,
    /// The targets, in the order of the gap.
    pub targets: Vec<&'a TargetFinding>,
}

/// The targets of a gap by group, in order; what only declares itself comes last.
pub fn groups(finding: &GapFinding) -> Vec<Group<'_>> {
    let mut groups: BTreeMap<Role, Vec<&TargetFinding>> = BTreeMap::new();
    for target in &finding.targets {
        groups.entry(target.role).or_default().push(target);
    }
    groups.into_iter().map(|(role, targets)| Group { role, targets }).collect()
}

impl Group<'_> {
    /// What the group asks for, when its targets alone do not say it.
    pub fn label(&self) -> Option<String> {
        let is_other = |target: &&&TargetFinding| target.state != TargetState::Duplicate;
        let count = self.targets.iter().filter(is_other).count();
        match self.role {
            Role::Needed { .. } if count > 1 => Some(format!("any one of these {count} is enough")),
            Role::Needed { .. } => None,
            Role::Offered => Some("not named by the gap, but declared by the document".to_owned()),
        }
    }
}

impl Coverage {
    /// The rule that gives this coverage, in general.
    pub fn rule(self) -> &'static str {
        match self {
            Self::Covered => "every target covers the gap, or one of each group of alternatives",
            Self::Partial => "some targets cover the gap, or one is named, a stub or outdated",
            Self::Uncovered => "no target covers the gap, and none has been begun",
            Self::Waived => "a reason, an owner, and a last day that is not over",
        }
    }
}
