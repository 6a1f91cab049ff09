//! Counts of the gaps of a ledger, and what their figures come to together.

use super::{Counted, Subjects, arithmetic};
use crate::{
    model::{
        gap::{ClaimStatus, Gap},
        source::Heading,
        statement::{Amount, Bound, Figure, Group, Part, Reach, Statement},
    },
    read::claims::page::{bare, effort as read_effort, starts_with_words},
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
    let gaps = &subjects.ledger.gaps;
    if gaps.is_empty() {
        return Counted::not_countable("no gap was read from this ledger");
    }
    let members: Vec<&Gap> = match group {
        Group::All | Group::Qualified(_) => gaps.iter().collect(),
        Group::Priority(priority) => {
            if gaps.iter().all(|gap| gap.priority.is_none()) {
                return Counted::not_countable("no gap of this ledger says its priority");
            }
            let of = |gap: &&Gap| gap.priority.as_ref().is_some_and(|own| own.value == *priority);
            gaps.iter().filter(of).collect()
        }
        Group::Open => match by_status(gaps, |status| status != ClaimStatus::Done) {
            Some(members) => members,
            None => return Counted::not_countable("no gap of this ledger says its status"),
        },
        Group::Partial => match by_status(gaps, |status| status == ClaimStatus::Partial) {
            Some(members) => members,
            None => return Counted::not_countable("no gap of this ledger says its status"),
        },
        Group::Done => match by_status(gaps, |status| status == ClaimStatus::Done) {
            Some(members) => members,
            None => return Counted::not_countable("no gap of this ledger says its status"),
        },
        Group::Named(name) => match in_named(subjects, name, stated.line) {
            Some(members) => members,
            None => {
                let why = format!("no section and no category of this ledger is named `{name}`");
                return Counted::not_countable(why);
            }
        },
    };
    weigh(subjects, stated, (group, section), &members)
}

fn weigh(
    subjects: Subjects<'_>,
    stated: &Statement,
    (group, section): (&Group, Option<(u32, u32)>),
    members: &[&Gap],
) -> Counted {
    let all = members.len();
    let holds = |count: usize| {
        let counted = Figure::whole(count);
        stated.amount.admits(counted, counted, Figure(0))
    };
    let what = what(group, all, subjects.ledger.gaps.len());
    let near = section.into_iter().chain(sections(subjects, stated.line));
    let inside: Vec<usize> = near
        .map(|lines| members.iter().filter(|gap| stands_in(gap, lines)).count())
        .filter(|count| *count > 0)
        .collect();
    if holds(all) {
        return Counted::of(true, all, what);
    }
    if let Some(count) = inside.iter().find(|count| holds(**count)) {
        return Counted::of(true, count, format!("{} in this section", gaps_of(*count)));
    }
    if stated.reach == Reach::Unsaid || matches!(group, Group::Qualified(_)) {
        let why = format!("{what}, but these words may mean some of them");
        return Counted { counted: Some(all.to_string()), ..Counted::not_countable(why) };
    }
    match inside.first().filter(|_| section.is_some()) {
        Some(count) => Counted::of(false, count, format!("{} in this section", gaps_of(*count))),
        None => Counted::of(false, all, what + &described(&subjects.ledger.gaps, all)),
    }
}

/// How many gaps have a section of their own, where a table lists more.
fn described(gaps: &[Gap], counted: usize) -> String {
    let described = gaps.iter().filter(|gap| gap.anchor.is_some()).count();
    match described {
        0 => String::new(),
        all if all == gaps.len() => String::new(),
        some => {
            let of = if counted == gaps.len() { "of them" } else { "of all" };
            format!("; {some} {of} have a section of their own")
        }
    }
}

fn by_status(gaps: &[Gap], is: impl Fn(ClaimStatus) -> bool) -> Option<Vec<&Gap>> {
    gaps.iter()
        .any(|gap| gap.claim.status != ClaimStatus::Unknown)
        .then(|| gaps.iter().filter(|gap| is(gap.claim.status)).collect())
}

/// The gaps of the one section that begins with a name, or of the category with it.
fn in_named<'a>(subjects: Subjects<'a>, name: &str, line: u32) -> Option<Vec<&'a Gap>> {
    let wanted = bare(name);
    let gaps = &subjects.ledger.gaps;
    let own = |heading: &&Heading| {
        let lines = lines_of(subjects, heading);
        wanted.len() > 3
            && starts_with_words(&bare(&heading.text), &wanted)
            && !(lines.0..=lines.1).contains(&line)
    };
    let mut fitting = subjects.outline.headings.iter().filter(own);
    if let Some(heading) = fitting.next().filter(|_| fitting.next().is_none()) {
        let lines = lines_of(subjects, heading);
        let members: Vec<&Gap> = gaps.iter().filter(|gap| stands_in(gap, lines)).collect();
        return (!members.is_empty()).then_some(members);
    }
    let of = |gap: &&Gap| gap.category.as_ref().is_some_and(|own| bare(&own.value) == wanted);
    let members: Vec<&Gap> = gaps.iter().filter(of).collect();
    (!members.is_empty()).then_some(members)
}

fn stands_in(gap: &Gap, lines: (u32, u32)) -> bool {
    gap.defined_at.iter().any(|line| (lines.0..=lines.1).contains(line))
}

fn lines_of(subjects: Subjects<'_>, heading: &Heading) -> (u32, u32) {
    let headings = &subjects.outline.headings;
    let at = headings.partition_point(|other| other.line <= heading.line);
    let next = headings[at..].iter().find(|next| next.level <= heading.level);
    (heading.line, next.map_or(u32::MAX, |next| next.line - 1))
}

/// The sections that a line stands in, the innermost first, the whole document left out.
fn sections(subjects: Subjects<'_>, line: u32) -> impl Iterator<Item = (u32, u32)> {
    let mut level = u8::MAX;
    let above = subjects.outline.headings.iter().rev().filter(move |heading| heading.line <= line);
    above
        .filter(move |heading| {
            let encloses = heading.level < level && heading.level > 1;
            if encloses {
                level = heading.level;
            }
            encloses
        })
        .map(move |heading| lines_of(subjects, heading))
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
    let counted = Figure::whole(all);
    let holds = stated.amount.admits(counted, counted, Figure(0));
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
