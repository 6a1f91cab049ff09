//! What the plan shows: which document to write next, for what, and from what.

use serde::Serialize;

use super::{Link, Pager, Tally};

/// The work list.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct PlanView {
    /// The figures now.
    pub coverage: Tally,
    /// How many documents are to be written.
    pub documents: usize,
    /// Those that are shown, the one that fills the most first.
    pub steps: Vec<PlanStep>,
    /// Open gaps that name no document, those that are shown.
    pub without_target: Vec<PlanGap>,
    /// How many of them there are.
    pub without: usize,
    /// The ways to the other pages.
    pub pager: Option<Pager>,
    /// The number of this page, from 1.
    pub page: usize,
    /// What a gap counts: `P0` and its weight.
    pub weights: Vec<(&'static str, u32)>,
}

/// One document to write.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct PlanStep {
    /// Its place in the plan, from 1.
    pub number: usize,
    /// Its path where it exists, else its name as written.
    pub document: String,
    /// Its page, where it exists.
    pub href: Option<String>,
    /// `write`, `fill`, `extend`.
    pub work: &'static str,
    /// The weight gained.
    pub gain: Figure,
    /// Gaps that are filled from then on, the most urgent first; those that are shown.
    pub fills: Vec<PlanGap>,
    /// Gaps that it brings nearer; those that are shown.
    pub helps: Vec<PlanGap>,
    /// How many it fills.
    pub all_fills: usize,
    /// How many it brings nearer.
    pub all_helps: usize,
    /// Whether some of its gaps are on the page before.
    pub goes_on: bool,
    /// All figures once it is written.
    pub after: Tally,
    /// The research that the gaps which are shown cite, each place once.
    pub evidence: Vec<PlanEvidence>,
}

/// A gap of the plan.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct PlanGap {
    /// The id that links to it.
    pub id: String,
    /// Title and address.
    #[serde(flatten)]
    pub link: Link,
    /// `P0`, or empty.
    pub priority: &'static str,
    /// Effort as written, each mention.
    pub effort: Vec<String>,
    /// Ids of open gaps that come before it.
    pub waits_for: Vec<String>,
}

/// A place of research to write from.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct PlanEvidence {
    /// The file; the words of the citation when there is none.
    pub path: String,
    /// First and last line.
    pub lines: Option<(u32, u32)>,
    /// The section, as cited.
    pub section: Option<String>,
    /// How the place was found, or why not.
    pub state: &'static str,
    /// The first words there, may be empty.
    pub words: String,
    /// Its address.
    pub href: Option<String>,
    /// Ids of the gaps that cite it.
    pub gaps: Vec<String>,
}

/// A figure with a fraction. Two are alike when their bits are, so that a page has a hash.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Figure(pub f64);

impl std::hash::Hash for Figure {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.to_bits().hash(state);
    }
}
