//! What changed between an accepted text and the one that stands there now, line by line.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::ground::{File, Ground};
use crate::model::lock::{Extent, LinePrint, Passage};

/// Unchanged lines shown beside a change.
const AROUND: usize = 1;

/// One line of a difference.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DiffLine {
    /// In which text it stands.
    pub side: Side,
    /// Its number in the file now; none for a line that was removed.
    pub line: Option<u32>,
    /// Its words; of a removed line as much as the lock keeps.
    pub text: String,
}

/// In which text a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// In both.
    Both,
    /// In the accepted text only.
    Accepted,
    /// In the file only.
    Now,
}

impl Side {
    /// The stable word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Both => "same",
            Self::Accepted => "removed",
            Self::Now => "added",
        }
    }

    /// The sign of a unified diff.
    pub fn sign(self) -> char {
        match self {
            Self::Both => ' ',
            Self::Accepted => '-',
            Self::Now => '+',
        }
    }
}

/// How many lines were removed and added.
pub fn counts(diff: &[DiffLine]) -> (usize, usize) {
    let count = |side| diff.iter().filter(|line| line.side == side).count();
    (count(Side::Accepted), count(Side::Now))
}

/// The changed lines, each with the unchanged ones beside it.
pub(super) fn diff(
    ground: &Ground<'_>,
    file: File,
    passage: &Passage,
    (first, last): (u32, u32),
) -> Vec<DiffLine> {
    let old: Vec<LinePrint> = passage.0.iter().map(|line| line.print).collect();
    let hashes = ground.lines(file);
    let new: Vec<LinePrint> = (first..=last).filter_map(|line| hashes.line(line)).collect();
    let text: Vec<&str> = hashes.cut(ground.text(file), (first, last)).lines().collect();
    let now = |index: usize, side| DiffLine {
        side,
        line: Some(first + index as u32),
        text: text.get(index).map_or_else(String::new, |line| (*line).to_owned()),
    };
    let was = |index: usize| {
        let kept = &passage.0[index];
        let text = match (kept.extent, kept.text.as_str()) {
            (Extent::Whole, text) => text.to_owned(),
            (Extent::Cut, "") => format!("(line {} of the passage)", index + 1),
            (Extent::Cut, text) => format!("{text}…"),
        };
        DiffLine { side: Side::Accepted, line: None, text }
    };
    let mut out = Vec::new();
    let ops = capture_diff_slices(Algorithm::Myers, &old, &new);
    for (at, op) in ops.iter().enumerate() {
        let (_, before, after) = op.as_tag_tuple();
        match op {
            DiffOp::Equal { .. } => {
                let head = if at == 0 { 0 } else { AROUND.min(after.len()) };
                let tail = if at + 1 == ops.len() { 0 } else { AROUND.min(after.len() - head) };
                let (head, tail) = (after.start..after.start + head, after.end - tail..after.end);
                out.extend(head.chain(tail).map(|index| now(index, Side::Both)));
            }
            _ => {
                out.extend(before.map(was));
                out.extend(after.map(|index| now(index, Side::Now)));
            }
        }
    }
    out
}
