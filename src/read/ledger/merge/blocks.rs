//! The blocks of the gaps, to ask whether a line lies in one.

use crate::model::gap::Gap;

/// The blocks of the gaps, to ask whether a line lies in one.
pub(super) struct Blocks(Vec<(u32, u32)>);

impl Blocks {
    pub(super) fn of(gaps: &[Gap]) -> Self {
        let mut blocks: Vec<(u32, u32)> = gaps.iter().map(|gap| gap.lines).collect();
        blocks.sort_unstable();
        Self(blocks)
    }

    pub(super) fn hold(&self, line: u32) -> bool {
        let before = self.0.partition_point(|(first, _)| *first <= line);
        // Blocks of gaps do not overlap but for their mentions: the last few suffice.
        self.0[..before].iter().rev().take(4).any(|(_, last)| *last >= line)
    }
}
