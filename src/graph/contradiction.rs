//! Where a ledger says two things of one: two priorities, two states, two efforts of a gap, one
//! title or number twice, parts that do not add up to the total beside them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::claims::Finding;
use crate::{
    model::{
        gap::{ClaimStatus, Gap, Priority, TaskState},
        ledger::Ledger,
        statement::{Amount, Figure, Group, Reach, Statement, Subject},
    },
    read::claims::{
        amount::words_of,
        page::{bare, effort},
        words::Sense,
    },
};

/// Two or more mentions that cannot all be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// What they disagree about.
    pub kind: Kind,
    /// The gap, by its place in the ledger; none when it is about the ledger as a whole.
    pub gap: Option<usize>,
    /// How sure it is.
    pub surety: Surety,
    /// The disagreement in one sentence without a full stop.
    pub message: String,
    /// Each mention, in the order of the file.
    pub sides: Vec<Side>,
}

/// One of the mentions.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Side {
    /// Line, from 1.
    pub line: u32,
    /// What was understood.
    pub value: String,
    /// The words as written.
    pub raw: String,
}

/// What mentions disagree about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// One gap, two priorities.
    Priority,
    /// One gap, two states.
    Status,
    /// One gap, two efforts or sizes in one unit.
    Effort,
    /// One title, two numbers.
    Title,
    /// One number, two titles.
    Number,
    /// Gaps that only a table lists, where the others are described too.
    Undescribed,
    /// Two figures for one total.
    Total,
}

impl Kind {
    /// The stable word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Priority => "priority",
            Self::Status => "status",
            Self::Effort => "effort",
            Self::Title => "title",
            Self::Number => "number",
            Self::Undescribed => "undescribed",
            Self::Total => "total",
        }
    }
}

/// How sure a contradiction is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Surety {
    /// The words leave no doubt.
    Plain,
    /// One of the readings was inferred from free words: listed, and no diagnostic.
    Inferred,
}

/// Everything in a ledger that contradicts itself, by kind and place.
pub fn find(ledger: &Ledger, findings: &[Finding]) -> Vec<Contradiction> {
    let mut found = Vec::new();
    for (index, gap) in ledger.gaps.iter().enumerate() {
        let of_gap = [priorities(gap), states(gap), marks(gap), steps(gap)];
        found.extend(
            of_gap
                .into_iter()
                .flatten()
                .chain(efforts(gap))
                .map(|one| Contradiction { gap: Some(index), ..one }),
        );
    }
    found.extend(shared(&ledger.gaps));
    found.extend(undescribed(ledger));
    found.extend(totals(&ledger.statements, findings));
    found.sort_by(|a, b| {
        (a.surety, &a.sides, a.kind, &a.message).cmp(&(b.surety, &b.sides, b.kind, &b.message))
    });
    found
}

fn one(kind: Kind, surety: Surety, message: String, mut sides: Vec<Side>) -> Contradiction {
    sides.sort();
    sides.dedup();
    Contradiction { kind, gap: None, surety, message, sides }
}

fn priorities(gap: &Gap) -> Option<Contradiction> {
    let mut values: Vec<Priority> = gap.priorities.iter().map(|fact| fact.value).collect();
    values.sort();
    values.dedup();
    let sides = gap.priorities.iter().map(|fact| side(fact.line, fact.value.name(), &fact.raw));
    (values.len() > 1).then(|| {
        let names: Vec<&str> = values.iter().map(|value| value.name()).collect();
        let message = format!("has the priorities {}", names.join(" and "));
        one(Kind::Priority, Surety::Plain, message, sides.collect())
    })
}

fn states(gap: &Gap) -> Option<Contradiction> {
    let known = gap.claim.mentions.iter().filter(|fact| fact.value != ClaimStatus::Unknown);
    let mut values: Vec<ClaimStatus> = known.clone().map(|fact| fact.value).collect();
    values.sort();
    values.dedup();
    // Done beside anything else is plain when both are said in so many words; open beside partial
    // is often one thought in two wordings.
    let mut plain = known.clone().filter(|fact| is_explicit(&fact.raw)).map(|fact| fact.value);
    let done = plain.clone().any(|value| value == ClaimStatus::Done);
    let other = plain.any(|value| value != ClaimStatus::Done);
    let surety = if done && other { Surety::Plain } else { Surety::Inferred };
    (values.len() > 1).then(|| {
        let names: Vec<&str> = values.iter().map(|value| state(*value)).collect();
        let message = format!("is said to be {}", names.join(" and "));
        let sides = known.map(|fact| side(fact.line, state(fact.value), &fact.raw));
        one(Kind::Status, surety, message, sides.collect())
    })
}

/// Whether words state a status and do not describe one: a few words, or a word that closes the
/// question in front.
fn is_explicit(raw: &str) -> bool {
    let words = words_of(raw);
    let first = words.first();
    words.len() <= 4 || first.is_some_and(|word| word.is(Sense::Done) || word.is(Sense::Open))
}

/// A mark for done beside a percentage that is not all.
fn marks(gap: &Gap) -> Option<Contradiction> {
    let percent = gap.claim.percent.as_ref().filter(|percent| percent.value < 100)?;
    let done = |raw: &str| ["✅", "☑", "✔"].iter().any(|mark| raw.contains(mark));
    let mark = gap.claim.mentions.iter().find(|fact| done(&fact.raw))?;
    let message = format!("is marked done and said to be {}% done", percent.value);
    let sides = vec![
        side(mark.line, "done", &mark.raw),
        side(percent.line, &format!("{}%", percent.value), &percent.raw),
    ];
    Some(one(Kind::Status, Surety::Plain, message, sides))
}

/// A gap that is done, with steps that are not.
fn steps(gap: &Gap) -> Option<Contradiction> {
    let said = gap.claim.mentions.iter().find(|fact| fact.value == ClaimStatus::Done)?;
    let open: Vec<_> = gap.tasks.iter().filter(|task| task.state == TaskState::Open).collect();
    let boxed = gap.tasks.iter().any(|task| task.state == TaskState::Done);
    (gap.claim.status == ClaimStatus::Done && boxed && !open.is_empty()).then(|| {
        let count = open.len();
        let steps = if count == 1 { "a step" } else { "steps" };
        let message = format!("is said to be done, with {steps} still open");
        let mut sides = vec![side(said.line, "done", &said.raw)];
        sides.extend(open.iter().map(|task| side(task.line, "open step", &task.text)));
        one(Kind::Status, Surety::Plain, message, sides)
    })
}

/// Efforts by place: a row, or none for the gap's own block.
type Places = BTreeMap<Option<u32>, Vec<(Amount, Side)>>;

/// Efforts of one unit that are not the same. Two in one place may be of two steps.
fn efforts(gap: &Gap) -> Vec<Contradiction> {
    let place = |line: u32| (line < gap.lines.0 || line > gap.lines.1).then_some(line);
    let mut by_unit: BTreeMap<&str, Places> = BTreeMap::new();
    for fact in &gap.effort {
        let Some((amount, unit)) = effort(&fact.raw) else { continue };
        let said = (amount, side(fact.line, &format!("{amount} {unit}"), &fact.raw));
        by_unit.entry(unit).or_default().entry(place(fact.line)).or_default().push(said);
    }
    let mut found = Vec::new();
    for places in by_unit.into_values() {
        let single: Vec<(Amount, Side)> = places
            .into_values()
            .filter_map(|mut all| all.pop().filter(|_| all.is_empty()))
            .collect();
        let Some((first, _)) = single.first() else { continue };
        if single.iter().any(|(amount, _)| amount != first) {
            let values: Vec<&str> = single.iter().map(|(_, side)| side.value.as_str()).collect();
            let message = format!("is estimated at {}", values.join(" and at "));
            let sides = single.iter().map(|(_, side)| side.clone()).collect();
            found.push(one(Kind::Effort, Surety::Plain, message, sides));
        }
    }
    found
}

/// One title under several numbers, one number over several titles.
fn shared(gaps: &[Gap]) -> Vec<Contradiction> {
    let mut titles: BTreeMap<String, Vec<&Gap>> = BTreeMap::new();
    let mut numbers: BTreeMap<String, Vec<&Gap>> = BTreeMap::new();
    for gap in gaps {
        titles.entry(bare(&gap.title)).or_default().push(gap);
        if let Some(number) = &gap.number {
            numbers.entry(number.to_lowercase()).or_default().push(gap);
        }
    }
    let mut found = Vec::new();
    for (_, gaps) in titles.into_iter().filter(|(title, gaps)| !title.is_empty() && gaps.len() > 1)
    {
        let mut told: Vec<&str> = gaps.iter().filter_map(|gap| gap.number.as_deref()).collect();
        told.dedup();
        if told.len() == gaps.len() {
            let message = format!("`{}` is the title of {}", gaps[0].title, told.join(" and "));
            found.push(one(Kind::Title, Surety::Plain, message, definitions(&gaps)));
        }
    }
    for (number, gaps) in numbers.into_iter().filter(|(_, gaps)| gaps.len() > 1) {
        // Numbers that begin again in every section are meant to.
        let sections = gaps.iter().filter_map(|gap| gap.category.as_ref().map(|c| &c.value));
        let mut categories: Vec<&String> = sections.collect();
        categories.sort();
        categories.dedup();
        if bare(&gaps[0].title) != bare(&gaps[1].title) && categories.len() < 2 {
            let titles: Vec<String> = gaps.iter().map(|gap| format!("`{}`", gap.title)).collect();
            let number = gaps[0].number.as_deref().unwrap_or(&number);
            let message = format!("{number} is the number of {}", titles.join(" and of "));
            let surety = if counts_on(&gaps) { Surety::Plain } else { Surety::Inferred };
            found.push(one(Kind::Number, surety, message, definitions(&gaps)));
        }
    }
    // Where several begin again, a second list counts on its own; one alone is a slip.
    let slip = |one: &&Contradiction| one.kind == Kind::Number && one.surety == Surety::Inferred;
    if found.iter().filter(slip).count() > 1 {
        found.retain(|one| !slip(&one));
    }
    found
}

/// Whether gaps of one number are meant to have numbers of their own: they are called by it in
/// full (`GAP-003`), or follow each other without another gap between.
fn counts_on(gaps: &[&Gap]) -> bool {
    let named = gaps.iter().all(|gap| gap.id.is_some());
    // Blocks of one list follow each other line by line.
    let adjoin = gaps.windows(2).all(|pair| pair[1].lines.0 == pair[0].lines.1 + 1);
    named || adjoin
}

fn definitions(gaps: &[&Gap]) -> Vec<Side> {
    let number = |gap: &Gap| gap.number.clone().unwrap_or_default();
    gaps.iter()
        .map(|gap| {
            side(gap.defined_at.first().copied().unwrap_or(gap.lines.0), &number(gap), &gap.title)
        })
        .collect()
}

/// Rows of a summary table without a section of their own, where the others have one.
fn undescribed(ledger: &Ledger) -> Option<Contradiction> {
    let gaps = &ledger.gaps;
    let described: Vec<&Gap> = gaps.iter().filter(|gap| gap.anchor.is_some()).collect();
    let table_of = |line: u32| {
        let at = ledger.tables.partition_point(|(first, _)| *first <= line).checked_sub(1)?;
        (line <= ledger.tables[at].1).then_some(at)
    };
    // The summary table is the one that most of the described gaps have a row in.
    let mut rows: BTreeMap<usize, usize> = BTreeMap::new();
    for gap in &described {
        let own: BTreeSet<usize> =
            gap.defined_at.iter().filter_map(|line| table_of(*line)).collect();
        own.into_iter().for_each(|table| *rows.entry(table).or_default() += 1);
    }
    let (summary, joined) = rows.into_iter().max_by_key(|(_, joined)| *joined)?;
    let only: Vec<&Gap> = gaps
        .iter()
        .filter(|gap| gap.anchor.is_none() && !gap.defined_at.is_empty())
        .filter(|gap| gap.defined_at.iter().all(|line| table_of(*line) == Some(summary)))
        .collect();
    (joined >= 3 && joined * 2 >= described.len() && !only.is_empty()).then(|| {
        let message = format!(
            "{} of {} gaps stand only in the table; {} have a section of their own",
            only.len(),
            gaps.len(),
            described.len()
        );
        one(Kind::Undescribed, Surety::Plain, message, definitions(&only))
    })
}

/// Two statements of one total: counts of all gaps, and the parts of a division.
fn totals(statements: &[Statement], findings: &[Finding]) -> Vec<Contradiction> {
    let whole = |at: &usize| {
        let stated = &statements[*at];
        let total = matches!(
            &stated.subject,
            Subject::Gaps { group: Group::All, section: None } | Subject::Breakdown { .. }
        );
        total && stated.reach == Reach::Whole
    };
    let told: Vec<&Statement> =
        findings.iter().map(|f| f.statement).filter(whole).map(|at| &statements[at]).collect();
    let mut found = Vec::new();
    let Some(first) = told.first() else { return found };
    let disagrees = |other: &&&Statement| {
        let meets = first.amount.admits(other.amount.low, other.amount.high, Figure(0))
            || other.amount.admits(first.amount.low, first.amount.high, Figure(0));
        !meets
    };
    let others: Vec<&&Statement> = told[1..].iter().filter(disagrees).collect();
    if !others.is_empty() {
        let mut values: Vec<String> = vec![first.amount.to_string()];
        values.extend(others.iter().map(|one| one.amount.to_string()));
        values.dedup();
        let message = format!("the number of gaps is stated as {}", values.join(", and as "));
        let sides = std::iter::once(first)
            .chain(others)
            .map(|one| side(one.line, &one.amount.to_string(), &one.raw));
        found.push(one(Kind::Total, Surety::Plain, message, sides.collect()));
    }
    found
}

fn side(line: u32, value: &str, raw: &str) -> Side {
    Side { line, value: value.to_owned(), raw: raw.to_owned() }
}

fn state(status: ClaimStatus) -> &'static str {
    match status {
        ClaimStatus::Open => "open",
        ClaimStatus::Partial => "done in part",
        ClaimStatus::Done => "done",
        ClaimStatus::Unknown => "unknown",
    }
}
