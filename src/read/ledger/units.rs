//! Decides which candidates are the gaps: the unit the document counts or titles, and what only
//! mentions it.

use super::candidate::{Candidate, Place, Role, Strength};

/// The gaps, and the candidates that are none by themselves but may speak of one.
#[derive(Debug, Default)]
pub struct Decision {
    /// The units, in order.
    pub units: Vec<Candidate>,
    /// Everything else that was found.
    pub mentions: Vec<Candidate>,
}

/// Decides.
pub fn decide(mut all: Vec<Candidate>) -> Decision {
    let mut decision = Decision::default();
    promote(&mut all);
    let defines = all.iter().any(|candidate| candidate.role == Role::Defines);
    let level = level(&all);
    let rows = rows_are_units(&all);
    let mut open = Vec::new();
    for candidate in all {
        let restates =
            candidate.role == Role::Mentions && (defines || candidate.strength < Strength::Titled);
        let aside = !rows && is_status_row(&candidate);
        if restates || aside || candidate.strength < level {
            decision.mentions.push(candidate);
        } else {
            open.push(candidate);
        }
    }
    nest(open, &mut decision);
    decision
}

/// Rows of statuses in parts that do not speak of gaps are the gaps of a comparison, and an
/// inventory where the document names its gaps otherwise: the greater number tells.
fn rows_are_units(all: &[Candidate]) -> bool {
    let defining = || all.iter().filter(|candidate| candidate.role != Role::Mentions);
    let named = defining()
        .filter(|candidate| candidate.strength >= Strength::Titled || candidate.listed)
        .count();
    defining().filter(|candidate| is_status_row(candidate)).count() > named
}

fn is_status_row(candidate: &Candidate) -> bool {
    let row = matches!(candidate.place, Place::Row(..));
    row && candidate.strength == Strength::Marked && !candidate.listed
}

/// Ids of gaps that stand in plans and summaries alone are defined there.
fn promote(all: &mut [Candidate]) {
    let named = |candidate: &&mut Candidate| candidate.strength == Strength::Named;
    let defined = all.iter().any(|c| c.strength == Strength::Named && c.role != Role::Mentions);
    if !defined && all.iter().filter(|c| c.strength == Strength::Named).count() >= 3 {
        all.iter_mut().filter(named).for_each(|candidate| candidate.role = Role::Defines);
    }
}

/// The least strength of a unit: where gaps have ids, what has none is a part or a mention.
fn level(all: &[Candidate]) -> Strength {
    let defining = || all.iter().filter(|candidate| candidate.role != Role::Mentions);
    let count =
        |strength: Strength| defining().filter(|candidate| candidate.strength == strength).count();
    let (named, counted) = (count(Strength::Named), count(Strength::Counted));
    let titled = counted + count(Strength::Titled);
    if named >= 2 && named * 3 >= titled || named == 1 && counted == 0 {
        Strength::Named
    } else {
        Strength::Plain
    }
}

/// Of two candidates one inside the other, keeps the group's members or the unit's whole.
fn nest(open: Vec<Candidate>, decision: &mut Decision) {
    let holders = holders(&open);
    let mut keep = vec![true; open.len()];
    // From the innermost outwards: each holder is judged once all it holds are.
    for (outer, inner) in holders.iter().enumerate().rev() {
        let members: Vec<usize> = inner.iter().copied().filter(|index| keep[*index]).collect();
        if is_group(&open, outer, &members) {
            keep[outer] = false;
        } else {
            members.iter().for_each(|index| keep[*index] = false);
        }
    }
    for (candidate, keep) in open.into_iter().zip(keep) {
        let list = if keep { &mut decision.units } else { &mut decision.mentions };
        list.push(candidate);
    }
}

/// For each candidate those inside its block, nearest holder first.
fn holders(open: &[Candidate]) -> Vec<Vec<usize>> {
    let mut inside: Vec<Vec<usize>> = vec![Vec::new(); open.len()];
    let mut stack: Vec<usize> = Vec::new();
    for (index, candidate) in open.iter().enumerate() {
        while stack.last().is_some_and(|last| !open[*last].holds(candidate.line)) {
            stack.pop();
        }
        for holder in &stack {
            inside[*holder].push(index);
        }
        if candidate.lines.1 > candidate.lines.0 {
            stack.push(index);
        }
    }
    inside
}

/// Whether a candidate is only the heading of those inside it.
fn is_group(open: &[Candidate], outer: usize, members: &[usize]) -> bool {
    let own = &open[outer];
    let of = |strength: Strength| {
        members.iter().filter(|index| open[**index].strength >= strength).count()
    };
    let headings = members.iter().filter(|index| {
        matches!(open[**index].place, Place::Section(_))
            && open[**index].strength >= Strength::Counted
    });
    match own.strength {
        Strength::Named => !own.of_gap && of(Strength::Named) >= 2,
        Strength::Counted => {
            of(Strength::Named) >= 1
                || headings.count() >= 1
                || own.name.collective && of(Strength::Marked) >= 2
                || own.name.holds_list && of(Strength::Titled) >= 2
        }
        _ => of(own.strength.max(Strength::Titled)) >= 1 || of(Strength::Marked) >= 2,
    }
}
