//! The words of a gap: what a place must speak of to be evidence for it.
//!
//! A gap speaks in its own block: title, labels and description. What every gap of a ledger says
//! ("Status", "Recommendation", "not documented") tells nothing of one of them, so a word weighs
//! the less the more gaps beside it have it, as it weighs the less the more research has it.

use std::collections::{BTreeMap, BTreeSet};

use super::{index::Index, language::Language, words::Terms};

/// The title names the subject; what stands below it may stray.
const TITLE_WEIGHT: f32 = 2.0;
/// A word in more than one block of eight tells no place from another, ...
const COMMON_SHARE: usize = 8;
/// ... and is not asked for once it stands in more than so many: there it would cost the most and
/// tell the least. Research of less than about two megabytes is asked for every word.
const COMMON: usize = 512;
/// The weightiest words are asked for; a gap of many pages has no more subject than one of a few.
const MOST_TERMS: usize = 64;

/// The words of one gap, before they are weighed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GapWords {
    /// The terms of the title, and each as it is written there.
    title: BTreeMap<Box<str>, Box<str>>,
    /// The terms of title and block.
    all: BTreeSet<Box<str>>,
}

/// How many gaps stand beside each other, and how many have each term.
#[derive(Clone, Debug, Default)]
pub struct Siblings<'w> {
    gaps: usize,
    with: BTreeMap<&'w str, usize>,
}

/// The words of a gap with their weights, the weightiest first.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// The language of the gap, when it can be told.
    pub language: Option<Language>,
    /// What is asked for.
    pub terms: Vec<Term>,
}

/// A word that is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// The word without its ending.
    pub term: Box<str>,
    /// What it tells, more for a word that is rare and of the title.
    pub weight: f32,
    /// As the title writes it, for a word of the title.
    pub title: Option<Box<str>>,
}

impl GapWords {
    /// The words of a title and of the pieces of a block.
    pub fn of<'t>(terms: &mut Terms, title: &str, block: impl Iterator<Item = &'t str>) -> Self {
        let mut words = Self { title: BTreeMap::new(), all: BTreeSet::new() };
        terms.of(title, &mut |term, word| {
            words.title.entry(term.into()).or_insert_with(|| word.into());
            words.all.insert(term.into());
        });
        for piece in block {
            terms.of(piece, &mut |term, _| {
                if !words.all.contains(term) {
                    words.all.insert(term.into());
                }
            });
        }
        words
    }
}

impl<'w> Siblings<'w> {
    /// Counts the gaps of one ledger, or all records that stand alone.
    pub fn count(gaps: impl Iterator<Item = &'w GapWords>) -> Self {
        let mut siblings = Self::default();
        for gap in gaps {
            siblings.gaps += 1;
            for term in &gap.all {
                *siblings.with.entry(term).or_default() += 1;
            }
        }
        siblings
    }

    /// From near 0 for a word that every gap has to 1 for one that only this gap has.
    fn rarity(&self, term: &str) -> f32 {
        let all = self.gaps as f32;
        let rare = |with: f32| (1.0 + (all - with + 0.5) / (with + 0.5)).ln();
        let with = self.with.get(term).map_or(1.0, |with| *with as f32);
        rare(with) / rare(1.0)
    }
}

impl Query {
    /// Weighs the words of a gap.
    pub fn weigh(
        words: &GapWords,
        language: Option<Language>,
        siblings: &Siblings<'_>,
        index: &Index,
    ) -> Self {
        let weigh = |term: &str| {
            let title = words.title.get(term).cloned();
            let subject = if title.is_some() { TITLE_WEIGHT } else { 1.0 };
            let weight = subject * siblings.rarity(term) * index.rarity(term);
            Term { term: term.into(), weight, title }
        };
        let tells =
            |term: &&str| index.postings(term).len() <= COMMON.max(index.blocks() / COMMON_SHARE);
        let mut terms: Vec<Term> =
            words.all.iter().map(|term| &**term).filter(tells).map(weigh).collect();
        terms.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.term.cmp(&b.term)));
        terms.truncate(MOST_TERMS);
        Self { language, terms }
    }

    /// The share of the title's weight that `has` finds, from 0 to 1; 1 for a title without words.
    pub fn title_share(&self, has: impl Fn(&str) -> bool) -> f32 {
        let title = || self.terms.iter().filter(|term| term.title.is_some());
        let all = title().map(|term| term.weight).fold(0.0, |sum, weight| sum + weight);
        let found = title().filter(|t| has(&t.term)).fold(0.0, |sum, t| sum + t.weight);
        if all > 0.0 { found / all } else { 1.0 }
    }
}
