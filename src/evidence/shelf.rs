//! The texts that evidence is looked for in: all research, and whatever else a gap cites.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::index::{FileWords, Index};
use crate::{
    graph::{Corpus, Graph},
    model::source::{Body, Facts, Kind, Outline},
    text::LineIndex,
};

/// The texts and their index.
#[derive(Debug)]
pub struct Shelf<'a> {
    /// The texts, in the order of path.
    pub texts: Vec<Text<'a>>,
    /// The words of all of them.
    pub index: Index,
    /// Their languages, beside them.
    pub languages: Vec<Option<super::language::Language>>,
}

/// A text by its lines.
#[derive(Debug)]
pub struct Text<'a> {
    /// The outline of its file.
    pub outline: usize,
    /// The decoded file.
    pub text: &'a str,
    lines: LineIndex,
}

impl<'a> Shelf<'a> {
    /// Reads the texts and indexes them, in parallel.
    pub fn fill(corpus: Corpus<'a>, bodies: &'a [Body], graph: &Graph) -> Self {
        let chosen = choose(corpus, graph);
        let read: Vec<(Text<'a>, FileWords)> = chosen
            .into_par_iter()
            .map(|outline| {
                let text: &str = bodies[outline].text();
                let words =
                    FileWords::of(text, first_line(&corpus.outlines[outline], &bodies[outline]));
                (Text { outline, text, lines: LineIndex::new(text) }, words)
            })
            .collect();
        let (texts, words): (Vec<_>, Vec<_>) = read.into_iter().unzip();
        let languages = words.iter().map(|words| words.language).collect();
        Self { texts, index: Index::join(words), languages }
    }

    /// The place of a file on the shelf.
    pub fn find(&self, outline: usize) -> Option<usize> {
        self.texts.binary_search_by_key(&outline, |text| text.outline).ok()
    }
}

impl<'a> Text<'a> {
    /// The lines from `start` to `end`, counted from 1, without the last line end.
    pub fn lines(&self, (start, end): (u32, u32)) -> &'a str {
        let first = self.lines.span(start, self.text).start;
        let last = self.lines.span(end, self.text).end;
        self.text.get(first..last.max(first)).unwrap_or_default()
    }
}

/// The first line that is no metadata.
pub fn first_line(outline: &Outline, body: &Body) -> u32 {
    match (&outline.facts, body) {
        (Facts::Chunk(chunk), _) if chunk.body_line > 1 => chunk.body_line,
        (_, Body::Markdown { text, start }) => {
            let front = text.get(..*start).unwrap_or_default();
            front.bytes().filter(|byte| *byte == b'\n').count() as u32 + 1
        }
        _ => 1,
    }
}

/// Research, without the lists of chunks and the originals that chunks were cut from, whose text
/// would be found twice; and every file that a gap cites.
fn choose(corpus: Corpus<'_>, graph: &Graph) -> BTreeSet<usize> {
    let originals: BTreeSet<&str> = corpus
        .outlines
        .iter()
        .filter_map(|outline| match &outline.facts {
            Facts::Chunk(chunk) => chunk.original.as_deref(),
            _ => None,
        })
        .map(|original| original.rsplit(['/', '\\']).next().unwrap_or(original))
        .collect();
    let mut chosen: BTreeSet<usize> = (0..corpus.outlines.len())
        .filter(|file| {
            let outline = &corpus.outlines[*file];
            outline.classified.kind == Kind::Research
                && !matches!(outline.facts, Facts::ChunkIndex(_))
                && !originals.contains(outline.path.name())
        })
        .collect();
    let cited = graph.gaps.values().flat_map(|finding| &finding.evidence);
    let paths = cited.filter_map(|(_, cited)| cited.path.as_ref());
    chosen.extend(paths.filter_map(|path| outline_at(corpus, path)));
    chosen
}

/// The outline of a path.
pub fn outline_at(corpus: Corpus<'_>, path: &crate::path::RelPath) -> Option<usize> {
    corpus.outlines.binary_search_by(|outline| outline.path.cmp(path)).ok()
}
