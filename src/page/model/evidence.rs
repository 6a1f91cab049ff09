//! What pages show of evidence: whether a citation holds, and what nobody has used.

use serde::Serialize;

/// Whether the cited lines speak of the gap.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct SupportView {
    /// `supported`, `weak`, `unsupported`, `unjudged`.
    pub verdict: &'static str,
    /// Why, a sentence without a full stop.
    pub why: String,
    /// Words of the title that the lines have.
    pub found: Vec<String>,
    /// Words of the title that they lack.
    pub absent: Vec<String>,
    /// Places outside of the cited lines that say far more.
    pub better: Vec<PlaceView>,
    /// Where in the cited lines it is said, when these are many.
    pub within: Vec<PlaceView>,
}

/// Lines that speak of the gap.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct PlaceView {
    /// The title of the text.
    pub title: String,
    /// First line.
    pub start: u32,
    /// Last line.
    pub end: u32,
    /// The address of the lines.
    pub href: String,
    /// The first words.
    pub words: String,
}

/// How far a research text is used.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct UsageView {
    /// Lines that say something.
    pub lines: u32,
    /// Those of them that are cited.
    pub cited: u32,
    /// The share in percent; none of no lines.
    pub percent: Option<u32>,
    /// How many chunks were cut from it.
    pub cut_into: u32,
    /// How many records cite the file without lines, or all its lines at once.
    pub whole: u32,
    /// The address of the text by its lines, empty on its own page.
    pub page: String,
    /// The width of the strip: the lines of the file, or columns of several lines.
    pub length: u32,
    /// Neighbouring lines cited equally often.
    pub strip: Vec<StripView>,
    /// The same for a list: one outline for each heat.
    pub bands: Vec<BandView>,
    /// Uncited lines, the longest stretches first, for the text beside the strip.
    pub gaps: Vec<(u32, u32)>,
    /// How many sentences demand something that nobody cites.
    pub demanded: usize,
    /// The first of them.
    pub demands: Vec<DemandView>,
}

/// All parts of the strip of a list that are cited equally often.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct BandView {
    /// 0 for none to 3 for three and more.
    pub heat: u32,
    /// The outline, as SVG has it.
    pub path: String,
}

/// A part of the heat strip.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct StripView {
    /// First line.
    pub start: u32,
    /// Last line.
    pub end: u32,
    /// Where it begins in the strip, from 0.
    pub at: u32,
    /// Its lines.
    pub count: u32,
    /// How many records cite it.
    pub citations: u32,
    /// 0 for none to 3 for three and more.
    pub heat: u32,
    /// The address of its lines.
    pub href: String,
}

/// A sentence that demands something and that nobody cites.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct DemandView {
    /// Its first line.
    pub line: u32,
    /// The address of the line.
    pub href: String,
    /// The words before the one that demands.
    pub before: String,
    /// The word.
    pub word: String,
    /// The words after it.
    pub after: String,
}
