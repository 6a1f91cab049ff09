//! Figures a ledger states about itself: recognised here with their words and place, compared
//! with what can be counted in `graph::claims`. One file a shape; the words are data in [`words`].

pub mod amount;
mod breakdown;
mod count;
mod mention;
pub mod page;
mod percent;
mod prose;
mod size;
mod sum;
mod table;
mod total;
pub mod words;

use crate::{
    model::{
        source::{Body, Facts, Source},
        statement::Statement,
    },
    read::ledger::lexicon::normal,
    text::LineIndex,
};
use page::Page;
use prose::{Place, Prose};

/// Reads the figures of a ledger whose gaps were read.
pub fn read(source: &mut Source) {
    let Body::Markdown { text, start } = &source.body else { return };
    let prose = Prose::read(text, *start);
    let headings = &source.outline.headings;
    let mut names: Vec<(String, u32)> =
        headings.iter().map(|heading| (page::bare(&heading.text), heading.line)).collect();
    names.sort();
    let page = Page {
        text,
        prose: &prose,
        headings,
        names,
        index: LineIndex::new(text),
        title: normal(&source.outline.title)
            .split(|letter: char| !letter.is_alphanumeric())
            .map(str::to_owned)
            .collect(),
        priorities: source
            .outline
            .facts
            .gaps()
            .iter()
            .filter_map(|gap| gap.priority.as_ref())
            .flat_map(|priority| amount::words_of(&priority.raw))
            .map(|word| word.text)
            .collect(),
        blocks: page::apart(source.outline.facts.gaps().iter().map(|gap| gap.lines).collect()),
    };
    let found = statements(&page);
    let said = mention::priorities(&page, source.outline.facts.gaps());
    if let Facts::Ledger(ledger) = &mut source.outline.facts {
        ledger.statements = found;
        ledger.tables = page.tables().values().map(|table| table.lines()).collect();
        for (gap, priorities) in ledger.gaps.iter_mut().zip(said) {
            gap.priorities = priorities;
        }
    }
}

/// Everything that the text states, in its order.
fn statements(page: &Page<'_>) -> Vec<Statement> {
    let segments = &page.prose.segments;
    let mut counted: Vec<Vec<Statement>> =
        segments.iter().map(|segment| count::read(page, segment)).collect();
    let mut found = breakdown::read(page, &mut counted);
    found.extend(counted.into_iter().flatten());
    let tables = page.tables();
    for (at, segment) in segments.iter().enumerate() {
        // A heading names its section; sizes and sums are said below it.
        if !matches!(segment.place, Place::Heading(_)) {
            found.extend(sum::read(page, segment));
        }
        found.extend(size::read(page, segment));
        found.extend(percent::read(page, at, &tables));
    }
    found.extend(table::read(page));
    found.extend(total::read(page));
    found.sort_by(|a, b| (a.span, a.rule).cmp(&(b.span, b.rule)));
    found.dedup();
    found
}

#[cfg(test)]
mod tests;
