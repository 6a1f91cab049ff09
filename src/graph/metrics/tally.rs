//! Counts of gaps by coverage, and honest percentages of them.

use crate::graph::coverage::Coverage;

/// How much of a group of gaps is covered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Gaps whose every target covers them.
    pub covered: usize,
    /// Gaps filled in part.
    pub partial: usize,
    /// Gaps nobody has filled.
    pub uncovered: usize,
    /// Gaps with a valid waiver.
    pub waived: usize,
}

impl Tally {
    /// Counts one more gap.
    pub fn add(&mut self, coverage: Coverage) {
        *self.count_of(coverage) += 1;
    }

    /// A gap that was counted before comes to another state.
    pub fn replace(&mut self, before: Coverage, now: Coverage) {
        *self.count_of(before) -= 1;
        *self.count_of(now) += 1;
    }

    fn count_of(&mut self, coverage: Coverage) -> &mut usize {
        match coverage {
            Coverage::Covered => &mut self.covered,
            Coverage::Partial => &mut self.partial,
            Coverage::Uncovered => &mut self.uncovered,
            Coverage::Waived => &mut self.waived,
        }
    }

    /// All gaps of the group.
    pub fn total(self) -> usize {
        self.counted() + self.waived
    }

    /// The gaps that a percentage is of: all but the waived.
    pub fn counted(self) -> usize {
        self.covered + self.partial + self.uncovered
    }

    /// The covered share of what is counted, in percent.
    pub fn percent(self) -> Option<u8> {
        share(self.covered as u64, self.counted() as u64)
    }
}

/// Coverage where each gap counts by the weight of its priority.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weighted {
    /// The weight of the covered gaps.
    pub covered: u64,
    /// The weight of all gaps but the waived.
    pub counted: u64,
}

impl Weighted {
    /// Counts one more gap.
    pub fn add(&mut self, coverage: Coverage, weight: u32) {
        let weight = u64::from(weight);
        self.counted += if coverage == Coverage::Waived { 0 } else { weight };
        self.covered += if coverage == Coverage::Covered { weight } else { 0 };
    }

    /// The covered share of the weight, in percent.
    pub fn percent(self) -> Option<u8> {
        share(self.covered, self.counted)
    }
}

/// A share in whole percent: `None` of nothing, 100 only for all, 0 only for none, else the
/// nearest from 1 to 99.
pub fn share(part: u64, whole: u64) -> Option<u8> {
    match (part, whole) {
        (_, 0) => None,
        (0, _) => Some(0),
        (part, whole) if part >= whole => Some(100),
        (part, whole) => {
            let (part, whole) = (u128::from(part), u128::from(whole));
            let nearest = (part * 200 + whole) / (whole * 2);
            Some(nearest.clamp(1, 99) as u8)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_never_flatters() {
        for (part, whole, expected) in [
            (0, 0, None),
            (0, 7, Some(0)),
            (7, 7, Some(100)),
            (1, 1000, Some(1)),
            (999, 1000, Some(99)),
            (2, 3, Some(67)),
            (1, 8, Some(13)),
            (u64::MAX - 1, u64::MAX, Some(99)),
        ] {
            assert_eq!(share(part, whole), expected, "{part} of {whole}");
        }
    }

    #[test]
    fn the_waived_are_counted_apart() {
        let mut tally = Tally::default();
        let mut weighted = Weighted::default();
        for (coverage, weight) in [
            (Coverage::Covered, 8),
            (Coverage::Partial, 4),
            (Coverage::Uncovered, 2),
            (Coverage::Waived, 100),
        ] {
            tally.add(coverage);
            weighted.add(coverage, weight);
        }
        assert_eq!((tally.total(), tally.counted(), tally.percent()), (4, 3, Some(33)));
        assert_eq!((weighted.counted, weighted.percent()), (14, Some(57)));
        assert_eq!(Tally { waived: 3, ..Tally::default() }.percent(), None);
    }
}
