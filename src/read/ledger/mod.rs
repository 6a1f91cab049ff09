//! Gap analyses: gaps in headings with labels, rows of a summary table, merged by number. One
//! file a shape; the words they look for are data in [`vocabulary`].

mod choice;
pub mod labels;
mod lookup;
mod merge;
mod part;
mod section;
pub mod status;
mod table;
mod target;
pub mod vocabulary;

use super::lines::{self, Line};
use crate::{
    diag::{Diagnostic, codes},
    model::{
        gap::{Claim, Gap},
        ledger::Ledger,
        source::{Body, Facts, Heading, Source},
    },
};

/// Reads the gaps of a file that was read as Markdown.
pub fn read(source: &mut Source) {
    let Body::Markdown { text, start } = &source.body else { return };
    let page = Page { lines: lines::scan(text, *start), headings: &source.outline.headings };
    let narrative = section::read(&page);
    let rows = table::read(&page, &narrative);
    let mut gaps = merge::merge(narrative, rows);
    merge::tasks(&page, &mut gaps);
    gaps.iter_mut().for_each(|gap| status::settle(&mut gap.claim));
    if gaps.is_empty() {
        let path = &source.outline.path;
        let message = "no gap was found in this gap analysis";
        let help = "give each gap a heading with a number, or a row in a table of gaps";
        source.diagnostics.push(Diagnostic::new(&codes::LEDGER_EMPTY, path, message).help(help));
    }
    source.outline.facts = Facts::Ledger(Box::new(Ledger { gaps, ..Ledger::default() }));
}

/// The file as the shapes see it.
struct Page<'a> {
    lines: Vec<Line<'a>>,
    headings: &'a [Heading],
}

impl<'a> Page<'a> {
    /// The lines from `first` to `last`.
    fn lines(&self, first: u32, last: u32) -> &[Line<'a>] {
        let from = self.lines.partition_point(|line| line.number < first);
        let to = self.lines.partition_point(|line| line.number <= last);
        self.lines.get(from..to.max(from)).unwrap_or_default()
    }

    /// The headings a line stands under, the nearest first.
    fn above(&self, line: u32) -> impl Iterator<Item = &'a Heading> {
        let mut level = u8::MAX;
        let before = self.headings.iter().rev().filter(move |heading| heading.line <= line);
        before.filter(move |heading| {
            let encloses = heading.level < level;
            if encloses {
                level = heading.level;
            }
            encloses
        })
    }
}

/// A gap of which only title and place are known.
fn blank(title: String, lines: (u32, u32)) -> Gap {
    Gap {
        id: None,
        number: None,
        title,
        defined_at: vec![lines.0],
        lines,
        anchor: None,
        priority: None,
        priorities: Vec::new(),
        claim: Claim::default(),
        impact: None,
        category: None,
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
