//! Floor 3, beside the graph: does the cited place say it, and what has nobody used?
//!
//! ```text
//! research --index--> Index     words by window, a pure function of the texts
//! gaps     --query--> Query     the words that tell one gap from those beside it
//!          --score--> Scores    BM25 of every window for one gap
//!          --judge--> Support   verdict and better places, one a citation
//! ```
//!
//! Unlike the graph, this stage reads bodies: its results change with the prose, and the graph does
//! not. It is deterministic and needs no model. The cost grows with the research, and with the gaps.

pub mod demand;
mod extent;
mod gaps;
mod index;
mod judge;
pub mod language;
mod place;
mod query;
mod score;
mod shelf;
pub mod used;
pub mod verdict;
mod words;

use std::{collections::BTreeMap, sync::OnceLock};

use crate::{
    graph::{Corpus, Graph, record::RecordIx},
    model::source::Body,
    path::RelPath,
};
use used::Used;
use verdict::{Measures, Verdict};

/// What the texts bear out about the citations of the corpus.
#[derive(Debug, Default, PartialEq)]
pub struct Evidence {
    /// For every gap, one entry a citation, in the order of the finding's evidence.
    pub support: BTreeMap<RecordIx, Vec<Support>>,
    /// For every research text, by the index of its outline, which of its lines are cited.
    pub used: BTreeMap<usize, Used>,
}

/// [`Evidence`] that is worked out when it is first asked for: it takes the longest to judge.
#[derive(Debug, Default)]
pub struct Kept(OnceLock<Evidence>);

impl Kept {
    /// What the texts bear out. The arguments are the same each time.
    pub fn of(&self, corpus: Corpus<'_>, bodies: &[Body], graph: &Graph) -> &Evidence {
        self.0.get_or_init(|| Evidence::of(corpus, bodies, graph))
    }
}

/// Whether one citation speaks of its gap.
#[derive(Clone, Debug, PartialEq)]
pub struct Support {
    /// The verdict.
    pub verdict: Verdict,
    /// What it rests on.
    pub measures: Measures,
    /// Words of the title that the cited lines have, as the title writes them.
    pub found: Vec<String>,
    /// Words of the title that they lack.
    pub absent: Vec<String>,
    /// At most three places that say more, or say it in fewer lines; the best first.
    pub places: Vec<BetterPlace>,
}

/// A place to cite instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BetterPlace {
    /// The file.
    pub path: RelPath,
    /// First and last line, from 1.
    pub lines: (u32, u32),
    /// The first words of the lines.
    pub words: String,
    /// Where it lies, seen from the citation.
    pub side: Side,
}

/// Where a proposed place lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Within the cited lines, which are many: the citation could be narrower.
    Within,
    /// Outside of them.
    Elsewhere,
}

impl Side {
    /// The stable word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Within => "within",
            Self::Elsewhere => "elsewhere",
        }
    }
}

impl Evidence {
    /// Judges every citation of every gap, and counts the lines that anybody cites.
    pub fn of(corpus: Corpus<'_>, bodies: &[Body], graph: &Graph) -> Self {
        Self { support: judge::all(corpus, bodies, graph), used: used::all(corpus, bodies, graph) }
    }

    /// What was found about the citations of a gap, in the order of its evidence.
    pub fn of_gap(&self, gap: RecordIx) -> &[Support] {
        self.support.get(&gap).map_or(&[], Vec::as_slice)
    }
}

impl Support {
    /// Why the verdict is what it is, in one sentence without a full stop.
    pub fn why(&self) -> String {
        self.verdict.why(self.measures)
    }
}
