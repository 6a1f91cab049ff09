//! Every combination of a few targets, and what may never happen.

use super::*;
use crate::model::gap::Intent;

const STATES: [TargetState; 6] = [
    TargetState::Covers,
    TargetState::Named,
    TargetState::Stub,
    TargetState::Outdated,
    TargetState::Missing,
    TargetState::Ambiguous,
];

fn target(role: Role, state: TargetState) -> TargetFinding {
    TargetFinding {
        name: "X.md".into(),
        intent: Intent::Create,
        section: None,
        role,
        state,
        standing: state,
        why: String::new(),
        found: Vec::new(),
        path: None,
        anchor: None,
        named_at: Some((1, crate::text::Span::default())),
        declared_at: None,
    }
}

fn needed(group: u32, state: TargetState) -> TargetFinding {
    target(Role::Needed { group }, state)
}

fn of(targets: &[TargetFinding]) -> Coverage {
    coverage(targets, None).0
}

/// The more the better; `Waived` takes no part.
fn rank(coverage: Coverage) -> u8 {
    match coverage {
        Coverage::Uncovered => 0,
        Coverage::Partial => 1,
        Coverage::Covered => 2,
        Coverage::Waived => unreachable!("no waiver is given"),
    }
}

#[test]
fn one_target_gives_what_its_state_says() {
    use TargetState::*;
    for (state, wanted) in [
        (Covers, Coverage::Covered),
        (Named, Coverage::Partial),
        (Stub, Coverage::Partial),
        (Outdated, Coverage::Partial),
        (Missing, Coverage::Uncovered),
        (Ambiguous, Coverage::Uncovered),
    ] {
        assert_eq!(of(&[needed(0, state)]), wanted, "{state:?}");
    }
    assert_eq!(of(&[]), Coverage::Uncovered, "0 of 0 is not everything");
}

#[test]
fn all_and_any_of_two_in_every_combination() {
    for a in STATES {
        for b in STATES {
            let covers = [a, b].iter().filter(|s| **s == TargetState::Covers).count();
            let begun = [a, b].iter().any(|s| {
                matches!(s, TargetState::Named | TargetState::Stub | TargetState::Outdated)
            });
            let less = if covers > 0 || begun { Coverage::Partial } else { Coverage::Uncovered };
            let all = if covers == 2 { Coverage::Covered } else { less };
            assert_eq!(of(&[needed(0, a), needed(1, b)]), all, "all of {a:?}, {b:?}");
            let any = if covers > 0 { Coverage::Covered } else { less };
            assert_eq!(of(&[needed(0, a), needed(0, b)]), any, "any of {a:?}, {b:?}");
        }
    }
}

#[test]
fn an_offered_document_completes_only_a_gap_without_targets() {
    for state in STATES {
        let offered = target(Role::Offered, state);
        let alone = of(std::slice::from_ref(&offered));
        assert_eq!(alone == Coverage::Covered, state == TargetState::Covers, "{state:?}");
        for named in STATES {
            let before = of(&[needed(0, named)]);
            let after = of(&[needed(0, named), offered.clone()]);
            assert!(rank(after) >= rank(before), "{named:?} and {state:?} offered");
            assert_eq!(after == Coverage::Covered, before == Coverage::Covered);
        }
    }
    let (covers, stub) = (TargetState::Covers, TargetState::Stub);
    let two = [target(Role::Offered, stub), target(Role::Offered, covers)];
    assert_eq!(of(&two), Coverage::Covered, "a second document that is a stub takes nothing away");
}

#[test]
fn a_better_state_never_lowers_the_coverage_and_order_does_not_matter() {
    // The states from worst to best, as far as coverage goes.
    let better =
        |a: TargetState, b: TargetState| rank(of(&[needed(0, a)])) <= rank(of(&[needed(0, b)]));
    for groups in [[0, 0, 0], [0, 0, 1], [0, 1, 1], [0, 1, 2]] {
        for a in STATES {
            for b in STATES {
                for c in STATES {
                    let three = [(groups[0], a), (groups[1], b), (groups[2], c)];
                    let now = three.map(|(group, state)| needed(group, state));
                    let before = of(&now);
                    let turned = [now[2].clone(), now[0].clone(), now[1].clone()];
                    assert_eq!(of(&turned), before);
                    for d in STATES.into_iter().filter(|d| better(c, *d)) {
                        let mut then = now.clone();
                        then[2] = needed(groups[2], d);
                        assert!(rank(of(&then)) >= rank(before), "{three:?} and then {d:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn twins_share_the_best_state() {
    let mut targets = [
        needed(0, TargetState::Named),
        needed(1, TargetState::Covers),
        needed(2, TargetState::Stub),
    ];
    mark_duplicates(&mut targets, &["a".into(), "a".into(), "b".into()]);
    let states = targets.each_ref().map(|t| (t.state, t.standing));
    use TargetState::{Covers, Duplicate, Stub};
    assert_eq!(states, [(Covers, Covers), (Duplicate, Covers), (Stub, Stub)]);
    assert_eq!(coverage(&targets, None), (Coverage::Partial, "1 of 2 targets is covered".into()));
}
