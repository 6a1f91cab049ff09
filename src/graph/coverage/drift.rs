//! Drift: what the text claims of a gap against what the files show.

use super::Coverage;
use crate::model::gap::ClaimStatus;

/// Claim against finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drift {
    /// They agree, or nothing is claimed.
    None,
    /// Said to be done, and it is not.
    Overclaimed,
    /// Said to be open, and it is done.
    Underclaimed,
}

impl Drift {
    /// The stable word, empty when there is none.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Overclaimed => "overclaimed",
            Self::Underclaimed => "underclaimed",
        }
    }
}

/// How far a claim and a finding disagree.
pub fn of(claim: ClaimStatus, coverage: Coverage) -> Drift {
    match (claim, coverage) {
        (ClaimStatus::Done, Coverage::Partial | Coverage::Uncovered) => Drift::Overclaimed,
        (ClaimStatus::Open | ClaimStatus::Partial, Coverage::Covered) => Drift::Underclaimed,
        _ => Drift::None,
    }
}
