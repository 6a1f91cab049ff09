//! Floor 4, one rule a file: what is wrong with the corpus as a whole. Rules look at the graph and
//! know nothing of pages; what is wrong with one file alone is said by its reader.

mod anchors;
mod citations;
mod claims;
mod covers;
mod decisions;
mod dependencies;
mod effort;
mod gaps;
pub mod gate;
mod ids;
mod links;
pub mod policy;
mod schemas;
mod support;
mod views;
mod waivers;

use crate::{
    diag::Diagnostic,
    evidence::Evidence,
    graph::{Corpus, Graph},
};

/// What a rule may look at.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The outlines.
    pub corpus: Corpus<'a>,
    /// The corpus, joined.
    pub graph: &'a Graph,
    /// Whether cited lines say what they are cited for.
    pub evidence: &'a Evidence,
}

type Rule = fn(Subject<'_>) -> Vec<Diagnostic>;

const RULES: &[Rule] = &[
    ids::check,
    links::check,
    anchors::check,
    citations::check,
    claims::check,
    decisions::check,
    gaps::check,
    dependencies::check,
    effort::check,
    schemas::check,
    covers::check,
    waivers::check,
    support::check,
    views::check,
];

/// Everything that every rule finds, in no particular order.
pub fn check(subject: Subject<'_>) -> Vec<Diagnostic> {
    RULES.iter().flat_map(|rule| rule(subject)).collect()
}
