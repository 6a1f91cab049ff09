//! Counts of the gaps of a ledger, and what their figures come to together.

use super::{Counted, Subjects, arithmetic};
use crate::{
    model::{
        gap::{ClaimStatus, Gap},
        statement::{Amount, Bound, Figure, Group, Part, Reach, Statement},
    },
    read::claims::page::effort as read_effort,
};

/// An unweighted mean may be off by so many points from one that was weighted, or rounded.
const MEAN_SLACK: Figure = Figure(5_000);

/// How many gaps of a group there are.
pub fn count(
    subjects: Subjects<'_>,
    stated: &Statement,
    group: &Group,
    section: Option<(u32, u32)>,
) -> Counted {
    let Subjects { ledger, index, .. } = subjects;
    if ledger.gaps.is_empty() {
        return Counted::not_countable("no gap was read from this ledger");
    }
    // "12 security gaps" may mean all of them, or some.
    let counted_as = match group {
        Group::Qualified(_) => &Group::All,
        group => group,
    };
    let all = match counted_as {
        Group::Priority(_) if ledger.gaps.iter().all(|gap| gap.priority.is_none()) => {
            return Counted::not_countable("no gap of this ledger says its priority");
        }
        Group::Open | Group::Partial | Group::Done if none_says_a_status(&ledger.gaps) => {
            return Counted::not_countable("no gap of this ledger says its status");
        }
        Group::Named(name) => match index.named(name, stated.line) {
            Some(count) => count,
            None => {
                let why = format!("no section and no category of this ledger is named `{name}`");
                return Counted::not_countable(why);
            }
        },
        group => index.all(group),
    };
    let around = index.around(counted_as, stated.line);
    let what = what(group, all, ledger.gaps.len());
    if is_borne_out(stated, all) {
        return Counted::of(true, all, what);
    }
    if let Some(count) = around.iter().find(|count| is_borne_out(stated, **count)) {
        return Counted::of(true, count, format!("{} in this section", gaps_of(*count)));
    }
    if stated.reach == Reach::Unsaid || matches!(group, Group::Qualified(_)) {
        let why = format!("{what}, but these words may mean some of them");
        return Counted { counted: Some(all.to_string()), ..Counted::not_countable(why) };
    }
    // The figure of a heading is of its own section, when that holds gaps at all.
    match around.first().filter(|_| section.is_some()) {
        Some(count) => Counted::of(false, count, format!("{} in this section", gaps_of(*count))),
        None => Counted::of(false, all, what + &described(subjects, all)),
    }
}

fn is_borne_out(stated: &Statement, count: usize) -> bool {
    let counted = Figure::whole(count);
    stated.amount.admits(counted, counted, Figure(0))
}

fn none_says_a_status(gaps: &[Gap]) -> bool {
    gaps.iter().all(|gap| gap.claim.status == ClaimStatus::Unknown)
}

/// How many gaps have a section of their own, where a table lists more.
fn described(subjects: Subjects<'_>, counted: usize) -> String {
    let gaps = subjects.ledger.gaps.len();
    match subjects.index.described {
        0 => String::new(),
        all if all == gaps => String::new(),
        some => {
            let of = if counted == gaps { "of them" } else { "of all" };
            format!("; {some} {of} have a section of their own")
        }
    }
}

fn what(group: &Group, count: usize, all: usize) -> String {
    let of_all = format!("of the {}", gaps_of(all));
    let is = if count == 1 { "is" } else { "are" };
    match group {
        Group::All | Group::Qualified(_) => format!("the ledger holds {}", gaps_of(count)),
        Group::Priority(priority) => format!("{count} {of_all} {is} {}", priority.name()),
        Group::Open => format!("{count} {of_all} {is} not claimed done"),
        Group::Partial => format!("{count} {of_all} {is} claimed done in part"),
        Group::Done => format!("{count} {of_all} {is} claimed done"),
        Group::Named(name) => format!("{count} {of_all} {is} under `{name}`"),
    }
}

fn gaps_of(count: usize) -> String {
    if count == 1 { "1 gap".to_owned() } else { format!("{count} gaps") }
}

/// The parts of a division against all gaps.
pub fn breakdown(subjects: Subjects<'_>, stated: &Statement, parts: &[Part]) -> Counted {
    let all = subjects.ledger.gaps.len();
    if all == 0 {
        return Counted::not_countable("no gap was read from this ledger");
    }
    let holds = is_borne_out(stated, all);
    let sum = arithmetic::total(parts);
    let how = format!(
        "{} = {sum}, and the ledger holds {}",
        arithmetic::terms(parts, " + "),
        gaps_of(all)
    );
    if !holds && stated.reach == Reach::Unsaid {
        return Counted::not_countable(format!("{how}, but the parts need not be all"));
    }
    Counted::of(holds, all, how)
}

/// An overall percentage against the mean of its parts, or of the gaps.
pub fn progress(subjects: Subjects<'_>, stated: &Statement, parts: &[Part]) -> Counted {
    let gaps = &subjects.ledger.gaps;
    let of_gaps: Vec<Part> = gaps
        .iter()
        .filter_map(|gap| {
            let percent = gap.claim.percent.as_ref()?;
            let amount = Amount::exact(Figure::whole(usize::from(percent.value)));
            Some(Part { amount, unit: "", line: percent.line })
        })
        .collect();
    let beside = match gaps.len() {
        0 => String::new(),
        all => format!("; the files cover {} of {}", subjects.covered, gaps_of(all)),
    };
    let (parts, whose) = if parts.len() >= 3 {
        (parts, format!("{} rows of the table below", parts.len()))
    } else if of_gaps.len() >= 3 && of_gaps.len() * 5 >= gaps.len() * 4 {
        (of_gaps.as_slice(), format!("the {} gaps that state one", of_gaps.len()))
    } else {
        let why = format!("no percentages of its parts are stated{beside}");
        return Counted::not_countable(why);
    };
    let mean = arithmetic::mean_of(parts);
    let holds = stated.amount.admits(mean.low, mean.high, MEAN_SLACK);
    let how = format!("the mean of {whose} is {mean}%{beside}");
    Counted::of(holds, format!("{mean}%"), how)
}

/// A total effort against the efforts of all gaps.
pub fn effort(subjects: Subjects<'_>, stated: &Statement, unit: &str) -> Counted {
    let gaps = &subjects.ledger.gaps;
    let mut parts = Vec::new();
    for gap in gaps {
        let own = gap.effort.iter().find_map(|effort| {
            let (amount, own) = read_effort(&effort.raw)?;
            (own == unit).then_some(Part { amount, unit: own, line: effort.line })
        });
        parts.extend(own);
    }
    if parts.len() < 2 || parts.len() < gaps.len() {
        let why = format!("{} of {} state an effort in {unit}", parts.len(), gaps_of(gaps.len()));
        return Counted::not_countable(why);
    }
    let total = arithmetic::total(&parts);
    let loose = Amount { bound: Bound::About, ..total };
    let holds = stated.amount.admits(total.low, total.high, Figure(0))
        || stated.amount.bound != Bound::Exact
            && loose.admits(stated.amount.low, stated.amount.high, Figure(0));
    let how = format!("the efforts of all {} add up to {total} {unit}", gaps_of(gaps.len()));
    Counted::of(holds, total, how)
}
