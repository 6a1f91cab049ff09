//! The words of every gap, read once a file, with the gaps that stand beside each.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{
    language::{self, Language},
    query::{GapWords, Siblings},
    words::Terms,
};
use crate::{
    graph::{
        Corpus, Graph, coverage,
        record::{Part, RecordIx},
    },
    model::{gap::Gap, source::Body},
    text::{LineIndex, Span},
};

/// So much of a gap's block is read.
const MOST_BYTES: usize = 16 * 1024;

/// The gaps of one ledger, or all gaps with a file of their own.
#[derive(Debug)]
pub struct Ledger {
    /// The gaps with their words and the language of their file.
    pub gaps: Vec<(RecordIx, Option<Language>, GapWords)>,
}

impl Ledger {
    /// How often each word stands in gaps of this ledger.
    pub fn siblings(&self) -> Siblings<'_> {
        Siblings::count(self.gaps.iter().map(|(_, _, words)| words))
    }
}

/// Reads the words of all gaps that cite something.
pub fn read(corpus: Corpus<'_>, bodies: &[Body], graph: &Graph) -> Vec<Ledger> {
    let mut ledgers: BTreeMap<usize, Vec<(RecordIx, &Gap)>> = BTreeMap::new();
    let mut alone: BTreeMap<usize, Vec<(RecordIx, &Gap)>> = BTreeMap::new();
    for ix in graph.gaps.keys() {
        let record = graph.records.get(*ix);
        let Some(gap) = coverage::gap_of(corpus, record) else { continue };
        let group = if record.part == Part::Whole { &mut alone } else { &mut ledgers };
        group.entry(record.file).or_default().push((*ix, gap));
    }
    let words =
        |(file, gaps): (&usize, &Vec<(RecordIx, &Gap)>)| of_file(bodies[*file].text(), gaps);
    let mut read: Vec<Ledger> =
        ledgers.par_iter().map(|file| Ledger { gaps: words(file) }).collect();
    let gaps: Vec<_> = alone.par_iter().flat_map_iter(words).collect();
    read.push(Ledger { gaps });
    read
}

fn of_file(text: &str, gaps: &[(RecordIx, &Gap)]) -> Vec<(RecordIx, Option<Language>, GapWords)> {
    let language = language::detect(text);
    let lines = LineIndex::new(text);
    let mut terms = Terms::new(language);
    let words = |(ix, gap): &(RecordIx, &Gap)| {
        let block = block(text, &lines, gap);
        (*ix, language, GapWords::of(&mut terms, &gap.title, block.into_iter()))
    };
    gaps.iter().map(words).collect()
}

/// The lines of a gap without its citations: the name of a chunk is not what the gap is about.
fn block<'t>(text: &'t str, lines: &LineIndex, gap: &Gap) -> Vec<&'t str> {
    let start = lines.span(gap.lines.0, text).start;
    let end = lines.span(gap.lines.1, text).end.min(start + MOST_BYTES);
    let mut cuts: Vec<Span> = gap.evidence.iter().map(|evidence| evidence.span).collect();
    cuts.sort_unstable();
    let mut pieces = Vec::new();
    let mut at = start;
    for cut in cuts.into_iter().filter(|cut| (start..end).contains(&cut.start)) {
        pieces.extend(text.get(at..cut.start));
        at = at.max(cut.end);
    }
    let mut end = end.max(at).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    pieces.extend(text.get(at..end));
    pieces
}
