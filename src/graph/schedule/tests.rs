//! Small plans: what starts when, what is critical, what waits for itself.

use std::sync::Arc;

use super::*;
use crate::{
    model::{
        ledger::in_days,
        source::{Classified, Facts, Kind},
    },
    path::RelPath,
    read,
};

fn ledger(text: &str) -> Ledger {
    let path = RelPath::new("gap-analysis.md").expect("a good path");
    let classified = Classified { kind: Kind::Ledger, why: String::new() };
    match read::read(
        &path,
        classified,
        &Arc::from(text),
        &read::ledger::vocabulary::Vocabulary::default(),
    )
    .outline
    .facts
    {
        Facts::Ledger(ledger) => *ledger,
        other => panic!("no ledger: {other:?}"),
    }
}

/// One line a step: title, start and end in days, `!` when critical.
fn plan(rows: &[(&str, &str, &str)]) -> (Vec<String>, Schedule) {
    let mut text =
        "# Gaps\n\n## Effort\n\n| Item | Effort | Depends on |\n|---|---|---|\n".to_owned();
    for (title, effort, after) in rows {
        text.push_str(&format!("| {title} | {effort} | {after} |\n"));
    }
    let schedule = Schedule::of(&ledger(&text)).expect("a plan");
    let show = |step: &Step| match step.place {
        Place::At { start, end, slack } => {
            let sign = if slack == Slack::Critical { "!" } else { "" };
            format!("{} {}-{}{sign}", step.title, in_days(start), in_days(end))
        }
        Place::Never => format!("{} never", step.title),
    };
    (schedule.steps.iter().map(show).collect(), schedule)
}

#[test]
fn the_longest_chain_is_critical() {
    let (rows, schedule) = plan(&[
        ("Rope", "2-3 days", "None"),
        ("Knot", "1 day", "Rope"),
        ("Hook", "2 days", "-"),
        ("Swing", "1 week", "Knot, Hook"),
    ]);
    assert_eq!(rows, ["Rope 0-3!", "Knot 3-4!", "Hook 0-2", "Swing 4-9!"]);
    assert_eq!(schedule.length.days(), (8.0, 9.0));
    assert_eq!(schedule.total.days(), (10.0, 11.0));
    assert_eq!(schedule.critical(), [0, 1, 3]);
}

#[test]
fn a_circle_is_named_and_hides_nothing_else() {
    let (rows, schedule) = plan(&[
        ("Egg", "1 day", "Hen"),
        ("Hen", "1 day", "Egg"),
        ("Nest", "1 day", ""),
        ("Chick", "1 day", "Egg"),
        ("Self", "1 day", "Self"),
    ]);
    assert_eq!(rows, ["Egg never", "Hen never", "Nest 0-1!", "Chick never", "Self never"]);
    assert_eq!(schedule.circle, [0, 1]);
}

#[test]
fn unreadable_effort_takes_no_time_and_unknown_names_stay() {
    let (rows, schedule) = plan(&[("Rope", "XL", ""), ("Knot", "3 days", "Rope; Weather")]);
    assert_eq!(rows, ["Rope 0-0!", "Knot 0-3!"]);
    assert_eq!(schedule.steps[0].effort, None);
    let found: Vec<Before> = schedule.steps[1].after.iter().map(|(_, before)| *before).collect();
    assert_eq!(found, [Before::Step(0), Before::Unknown]);
}

#[test]
fn names_are_found_inside_titles_when_there_is_one() {
    let (_, schedule) =
        plan(&[("Rope layer and splices", "1 day", ""), ("Knot", "1 day", "Rope layer")]);
    assert_eq!(schedule.steps[1].after[0].1, Before::Step(0));
}

#[test]
fn phases_of_quarters_begin_with_the_first() {
    let text = "# Gaps\n\n## Plan\n\n### Phase 1: Rope (Q2 2031)\n\n- a\n\n### Phase 2: Knot (Q3 2031)\n\n- b\n";
    let plans = phases::plans(&ledger(text));
    let [plan] = plans.as_slice() else { panic!("one plan: {plans:?}") };
    let bars: Vec<_> = plan.bars.values().map(|b| (in_days(b.start), in_days(b.end))).collect();
    assert_eq!(bars, [(0.0, 60.0), (60.0, 120.0)]);
}
