//! The order of documents: what it promises, on examples and on made-up plans.

use super::*;

fn need(weight: u32, groups: &[&[usize]]) -> Need {
    let groups = groups.iter().map(|group| group.to_vec()).collect();
    Need { weight, groups, ..Need::default() }
}

fn documents(picks: &[Pick]) -> Vec<usize> {
    picks.iter().map(|pick| pick.document).collect()
}

/// What the needs are worth when these documents are written, dependencies aside.
fn value(needs: &[Need], written: &[usize]) -> u64 {
    let of = |need: &Need| {
        let met = need.groups.iter().filter(|g| g.iter().any(|d| written.contains(d))).count();
        let parts = (need.groups.len() + need.beyond).max(1) as u64;
        met as u64 * (u64::from(need.weight) * UNIT / parts)
    };
    needs.iter().map(of).sum()
}

#[test]
fn the_document_that_fills_the_most_comes_first() {
    let needs = [need(1, &[&[0]]), need(1, &[&[0]]), need(8, &[&[1]]), need(2, &[&[0], &[1]])];
    let picks = order(&needs, 2);
    assert_eq!(documents(&picks), [1, 0]);
    assert_eq!((picks[0].gain, picks[0].filled.as_slice()), (9 * UNIT, &[2][..]));
    assert_eq!((picks[1].gain, picks[1].filled.as_slice()), (3 * UNIT, &[0, 1, 3][..]));
    assert_eq!(picks[0].helped, [2, 3]);
}

#[test]
fn one_of_any_is_enough() {
    let needs = [need(3, &[&[0, 1]]), need(1, &[&[1]])];
    let picks = order(&needs, 2);
    assert_eq!(documents(&picks), [1], "the first document is not needed any more");
    assert_eq!(picks[0].filled, [0, 1]);
}

#[test]
fn two_sections_of_one_document_are_one_document() {
    let picks = order(&[need(4, &[&[0], &[0]])], 1);
    assert_eq!(picks.len(), 1);
    assert_eq!((picks[0].gain, picks[0].helped.as_slice()), (4 * UNIT, &[0][..]));
}

#[test]
fn equals_come_in_the_order_of_their_numbers() {
    let needs = [need(1, &[&[2]]), need(1, &[&[0]]), need(1, &[&[1]])];
    assert_eq!(documents(&order(&needs, 3)), [0, 1, 2]);
}

#[test]
fn what_waits_comes_after_what_it_waits_for() {
    let mut needs = [need(9, &[&[0]]), need(1, &[&[1]]), need(5, &[&[2]])];
    needs[0].after = vec![1];
    assert_eq!(documents(&order(&needs, 3)), [2, 1, 0]);

    // Document 0 is written for need 2; need 0 counts when need 1 is met.
    let mut needs = [need(9, &[&[0]]), need(1, &[&[1]]), need(5, &[&[0]])];
    needs[0].after = vec![1];
    let picks = order(&needs, 2);
    assert_eq!(documents(&picks), [0, 1]);
    assert_eq!(picks[0].filled, [2]);
    assert_eq!((picks[1].gain, picks[1].filled.as_slice()), (10 * UNIT, &[1, 0][..]));
}

#[test]
fn what_nobody_can_write_is_passed_through() {
    // Need 1 names no document; need 2 lacks something beyond the plan.
    let mut needs = [need(1, &[&[0]]), need(1, &[]), need(2, &[&[1]]), need(1, &[&[2]])];
    needs[0].after = vec![1];
    needs[1].after = vec![3];
    needs[2].beyond = 1;
    let picks = order(&needs, 3);
    assert_eq!(documents(&picks), [1, 2, 0]);
    assert_eq!((picks[0].gain, picks[0].filled.len()), (UNIT, 0), "half of its weight");
    assert_eq!((picks[1].filled.as_slice(), picks[2].filled.as_slice()), (&[3][..], &[0][..]));
}

#[test]
fn circles_are_taken_together() {
    let mut needs = [need(1, &[&[0]]), need(2, &[&[1]]), need(3, &[&[2]])];
    needs[0].after = vec![1, 0];
    needs[1].after = vec![0];
    needs[2].after = vec![1];
    assert_eq!(documents(&order(&needs, 3)), [1, 2, 0]);
}

#[test]
fn weightless_needs_are_listed_last() {
    let needs = [need(0, &[&[0]]), need(1, &[&[1]])];
    assert_eq!(documents(&order(&needs, 2)), [1, 0]);
}

#[test]
fn made_up_plans_keep_the_promises() {
    for seed in 1..400 {
        let mut chance = Chance(seed);
        let documents = 1 + chance.below(9);
        let needs: Vec<Need> = (0..1 + chance.below(12))
            .map(|_| Need {
                weight: [8, 4, 2, 1, 0][chance.below(5)],
                groups: (0..chance.below(4))
                    .map(|_| {
                        let mut group: Vec<usize> =
                            (0..1 + chance.below(3)).map(|_| chance.below(documents)).collect();
                        group.sort_unstable();
                        group.dedup();
                        group
                    })
                    .collect(),
                beyond: chance.below(5) / 4,
                after: Vec::new(),
            })
            .collect();
        check_promises(&needs, documents, seed);
        check_order_of_input(&needs, documents, seed, &mut chance);
        check_dependencies(needs, documents, seed, &mut chance);
    }
}

/// After every step: at least 1 − 1/e of the listing order's value, and the best where no two
/// documents stand for each other; at the end everything that can be met is met.
fn check_promises(needs: &[Need], documents: usize, seed: u64) {
    let picks = order(needs, documents);
    let chosen = self::documents(&picks);
    let alone = needs.iter().all(|need| need.groups.iter().all(|group| group.len() == 1));
    let mut gained = 0;
    for (n, pick) in picks.iter().enumerate() {
        gained += pick.gain;
        assert_eq!(gained, value(needs, &chosen[..=n]), "{seed}: gains add up");
        let listed: Vec<usize> = (0..documents.min(n + 1)).collect();
        let other = value(needs, &listed);
        let least = if alone { other } else { other * 632 / 1000 };
        assert!(gained >= least, "{seed}: {gained} after {n} steps, listing order {other}");
    }
    let all: Vec<usize> = (0..documents).collect();
    assert_eq!(gained, value(needs, &all), "{seed}: nothing is left out");
}

/// The same needs in another order give the same documents.
fn check_order_of_input(needs: &[Need], documents: usize, seed: u64, chance: &mut Chance) {
    let mut shuffled = needs.to_vec();
    for n in (1..shuffled.len()).rev() {
        shuffled.swap(n, chance.below(n + 1));
    }
    let plain = |needs: &[Need]| -> Vec<(usize, u64)> {
        order(needs, documents).iter().map(|pick| (pick.document, pick.gain)).collect()
    };
    assert_eq!(plain(needs), plain(&shuffled), "{seed}");
}

/// With any dependencies, circles too: every need that can be filled is, once, and none before
/// one that it waits for and that does not wait for it.
fn check_dependencies(mut needs: Vec<Need>, documents: usize, seed: u64, chance: &mut Chance) {
    let count = needs.len();
    for need in &mut needs {
        need.after = (0..chance.below(3)).map(|_| chance.below(count)).collect();
    }
    let picks = order(&needs, documents);
    let filled: Vec<usize> = picks.iter().flat_map(|pick| pick.filled.clone()).collect();
    let at = |need: usize| filled.iter().position(|filled| *filled == need);
    let circle = cycles::components(&needs.iter().map(|n| n.after.clone()).collect::<Vec<_>>());
    for (n, need) in needs.iter().enumerate() {
        let fillable = need.beyond == 0 && !need.groups.is_empty();
        assert_eq!(
            filled.iter().filter(|f| **f == n).count(),
            usize::from(fillable),
            "{seed}: {n}"
        );
        for other in need.after.iter().filter(|other| circle[**other] != circle[n]) {
            assert!(!fillable || at(*other).is_none_or(|first| Some(first) < at(n)), "{seed}");
        }
    }
    let chosen = self::documents(&picks);
    let total: u64 = picks.iter().map(|pick| pick.gain).sum();
    assert_eq!(total, value(&needs, &chosen), "{seed}");
}

/// Numbers that look random and are the same in every run (Marsaglia's xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }
}
