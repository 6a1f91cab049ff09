//! What pages show of a citation since it was accepted.

use serde::Serialize;

use super::PlaceView;

/// What became of cited lines since they were accepted.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct AnchorView {
    /// `new`, `exact`, `moved`, `edited`, `ambiguous`, `lost`, `file_missing`.
    pub state: &'static str,
    /// Why, a sentence without a full stop; empty for what is exact.
    pub why: String,
    /// Where the text may stand now.
    pub places: Vec<PlaceView>,
    /// What was changed, for an edited text.
    pub diff: Vec<DiffRow>,
    /// Lines of the difference that are not shown.
    pub more: usize,
}

/// One line of a difference.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct DiffRow {
    /// `same`, `removed`, `added`.
    pub side: &'static str,
    /// The line in the file now, 0 for a removed one.
    pub line: u32,
    /// Its text.
    pub text: String,
}
