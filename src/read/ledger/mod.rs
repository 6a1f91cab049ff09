//! Gap analyses as people write them, read as they stand.
//!
//! ```text
//! text -> page        lines, parts, items, tables                        page, sections, items
//!      -> candidates  what may be a gap, and why                         shape/*
//!      -> units       which of them are, and at which level              units
//!      -> gaps        the fields of each, with everything said elsewhere fields, labels, merge
//! ```
//!
//! A shape proposes and never decides: it says how sure it is, and [`units`] weighs what was
//! proposed against the whole document. All words that rules look for are data in
//! `vocabulary.toml`. Every fact names its line and the rule that read it.

mod candidate;
mod choice;
mod columns;
mod fields;
mod items;
pub mod labels;
pub mod legend;
pub mod lexicon;
mod merge;
mod name;
mod page;
mod part;
pub mod recognise;
mod sections;
mod shape;
mod source;
pub mod status;
mod survey;
mod target;
mod units;
pub mod vocabulary;

use crate::{
    diag::{Diagnostic, codes},
    model::{
        gap::{Claim, Gap},
        ledger::Ledger,
        source::{Body, Facts, Source},
    },
};
use labels::Reader;
use legend::Legend;
use page::Page;
use vocabulary::Vocabulary;

/// Reads the gaps of a file that was read as Markdown.
pub fn read(source: &mut Source, words: &Vocabulary) {
    let Body::Markdown { text, start } = &source.body else { return };
    let headings = &source.outline.headings;
    let mut page = Page::of(text, *start, headings, words);
    // A document may explain signs of its own: they are read as the general ones are.
    let own_words;
    let new = legend::new_signs(&page);
    if !new.is_empty() {
        own_words = words.clone().and_signs(new);
        page = Page::of(text, *start, headings, &own_words);
    }
    let words = page.words;
    let legend = Legend::of(&page);
    let decision = units::decide(shape::all(&page));
    let reader = Reader { words, legend: &legend };
    let mut gaps = merge::merge(&page, &decision.units, &decision.mentions, reader);
    gaps.iter_mut().for_each(|gap| status::settle(&mut gap.claim, words));
    if gaps.is_empty() {
        let path = &source.outline.path;
        let message =
            format!("no gap was found in this gap analysis: {}", survey::looked_at(&page));
        let help = survey::nearest(&page, &decision.mentions);
        source.diagnostics.push(Diagnostic::new(&codes::LEDGER_EMPTY, path, message).help(help));
    }
    source.outline.facts = Facts::Ledger(Box::new(Ledger { gaps, ..Ledger::default() }));
}

/// A gap of which only title and place are known.
pub(crate) fn blank(title: String, lines: (u32, u32)) -> Gap {
    Gap {
        id: None,
        number: None,
        title,
        defined_at: vec![lines.0],
        read_by: Vec::new(),
        lines,
        anchor: None,
        priority: None,
        priorities: Vec::new(),
        claim: Claim::default(),
        impact: None,
        category: None,
        phase: None,
        effort: Vec::new(),
        evidence: Vec::new(),
        targets: Vec::new(),
        depends_on: Vec::new(),
        tasks: Vec::new(),
        waiver: None,
        fields: Vec::new(),
    }
}

#[cfg(test)]
mod tests;
