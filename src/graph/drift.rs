//! Drift: what a text claims of a gap against what the files bear out.

use serde::Serialize;

use super::coverage::Coverage;
use crate::model::gap::{Claim, ClaimStatus};

/// Claim against finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Drift {
    /// The text says more than the files show.
    Overclaimed,
    /// The files show more than the text says.
    Underclaimed,
    /// They say the same, or the gap is waived and nothing is asked of it.
    Agrees,
    /// The text claims nothing.
    Unknown,
}

impl Drift {
    /// All, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Overclaimed, Self::Underclaimed, Self::Agrees, Self::Unknown];

    /// The stable word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Overclaimed => "overclaimed",
            Self::Underclaimed => "underclaimed",
            Self::Agrees => "agrees",
            Self::Unknown => "unknown",
        }
    }

    /// Whether claim and finding are at odds.
    pub fn disagrees(self) -> bool {
        matches!(self, Self::Overclaimed | Self::Underclaimed)
    }
}

/// Compares a claim with the finding.
///
/// `open` means begun or not, so it agrees with `partial`: a document that exists to be widened is
/// no sign that the work has begun.
pub fn drift(claim: &Claim, coverage: Coverage) -> Drift {
    match (claimed(claim), coverage) {
        (ClaimStatus::Unknown, _) => Drift::Unknown,
        (ClaimStatus::Done, Coverage::Partial | Coverage::Uncovered)
        | (ClaimStatus::Partial, Coverage::Uncovered) => Drift::Overclaimed,
        (ClaimStatus::Open | ClaimStatus::Partial, Coverage::Covered) => Drift::Underclaimed,
        _ => Drift::Agrees,
    }
}

/// How far claim and finding lie apart, in points of 100; 0 unless they disagree.
///
/// Nothing counts 0, something 50 and everything 100; a stated percentage takes the place of the
/// 50 of a claim of something.
pub fn points(claim: &Claim, coverage: Coverage) -> u32 {
    if !drift(claim, coverage).disagrees() {
        return 0;
    }
    let stated = claim.percent.as_ref().map_or(50, |percent| u32::from(percent.value.min(100)));
    let said = match claimed(claim) {
        ClaimStatus::Done => 100,
        ClaimStatus::Partial => stated,
        ClaimStatus::Open | ClaimStatus::Unknown => 0,
    };
    let found: u32 = match coverage {
        Coverage::Covered => 100,
        Coverage::Partial => 50,
        Coverage::Uncovered | Coverage::Waived => 0,
    };
    found.abs_diff(said)
}

/// The claimed status; a percentage alone is a claim too.
pub fn claimed(claim: &Claim) -> ClaimStatus {
    match (claim.status, claim.percent.as_ref().map(|percent| percent.value)) {
        (ClaimStatus::Unknown, Some(0)) => ClaimStatus::Open,
        (ClaimStatus::Unknown, Some(100..)) => ClaimStatus::Done,
        (ClaimStatus::Unknown, Some(_)) => ClaimStatus::Partial,
        (status, _) => status,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Fact;

    #[test]
    fn claim_and_finding_are_compared() {
        use ClaimStatus::{Done, Open, Partial as Half, Unknown as Silent};
        use Coverage::{Covered, Partial, Uncovered, Waived};
        use Drift::{Agrees, Overclaimed, Underclaimed, Unknown};
        for (status, percent, coverage, expected, apart) in [
            (Done, None, Uncovered, Overclaimed, 100),
            (Done, None, Partial, Overclaimed, 50),
            (Done, None, Covered, Agrees, 0),
            (Done, None, Waived, Agrees, 0),
            (Half, None, Uncovered, Overclaimed, 50),
            (Half, Some(20), Uncovered, Overclaimed, 20),
            (Half, Some(80), Partial, Agrees, 0),
            (Half, None, Covered, Underclaimed, 50),
            (Open, None, Uncovered, Agrees, 0),
            (Open, None, Partial, Agrees, 0),
            (Open, None, Covered, Underclaimed, 100),
            (Silent, None, Covered, Unknown, 0),
            (Silent, Some(100), Partial, Overclaimed, 50),
            (Silent, Some(0), Covered, Underclaimed, 100),
            (Silent, Some(40), Uncovered, Overclaimed, 40),
        ] {
            let percent = percent.map(|value| Fact::new(value, "", 1, "test"));
            let claim = Claim { status, mentions: Vec::new(), percent };
            let found = (drift(&claim, coverage), points(&claim, coverage));
            assert_eq!(found, (expected, apart), "{status:?} {coverage:?}");
        }
    }
}
