//! How much a gap counts, by its priority.

use serde::{Deserialize, Serialize};

use super::gap::Priority;

/// The most that a weight may be: large enough for any order, small enough to add up safely.
pub const HEAVIEST: u32 = 1000;

/// The keys of `[weights]`, the most urgent first, as [`Weights::set`] takes them.
pub const KEYS: [&str; 6] = ["P0", "P1", "P2", "P3", "P4", "none"];

/// How much a gap counts by its priority: in the plan, on the drift board, in weighted coverage.
///
/// Each step of urgency counts twice the next; a gap nobody ranked counts as the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "the words are those of the priorities")]
pub struct Weights {
    #[serde(rename = "P0")]
    pub p0: u32,
    #[serde(rename = "P1")]
    pub p1: u32,
    #[serde(rename = "P2")]
    pub p2: u32,
    #[serde(rename = "P3")]
    pub p3: u32,
    #[serde(rename = "P4")]
    pub p4: u32,
    /// Gaps without a priority.
    pub none: u32,
}

impl Default for Weights {
    fn default() -> Self {
        Self { p0: 8, p1: 4, p2: 2, p3: 1, p4: 1, none: 1 }
    }
}

impl Weights {
    /// The weight of a gap with this priority.
    pub fn of(self, priority: Option<Priority>) -> u32 {
        match priority {
            Some(Priority::P0) => self.p0,
            Some(Priority::P1) => self.p1,
            Some(Priority::P2) => self.p2,
            Some(Priority::P3) => self.p3,
            Some(Priority::P4) => self.p4,
            None => self.none,
        }
    }

    /// Sets the weight under a key of [`KEYS`]; other keys are left alone.
    pub fn set(&mut self, key: &str, weight: u32) {
        match key {
            "P0" => self.p0 = weight,
            "P1" => self.p1 = weight,
            "P2" => self.p2 = weight,
            "P3" => self.p3 = weight,
            "P4" => self.p4 = weight,
            "none" => self.none = weight,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_sets_one_weight() {
        let mut weights = Weights::default();
        KEYS.iter().zip(10..).for_each(|(key, weight)| weights.set(key, weight));
        let of: Vec<u32> = Priority::ALL.map(Some).iter().map(|p| weights.of(*p)).collect();
        assert_eq!((of, weights.of(None)), (vec![10, 11, 12, 13, 14], 15));
    }
}
