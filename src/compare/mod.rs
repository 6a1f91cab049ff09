//! Floor 4, beside the checks: two standings of one project compared, and what got worse.
//!
//! ```text
//! Reading, Graph --standing--> Standing   what a comparison looks at, and nothing else
//! Standing, Standing --compare--> Changes  what is new, gone or otherwise
//! Changes --worse--> Vec<Worse>            what makes a change a step back
//! ```
//!
//! [`compare`] is a plain function of two values: it knows no git, no clock and no file.

pub mod decisions;
pub mod figures;
pub mod findings;
pub mod gaps;
pub mod schema;
pub mod standing;
mod worse;

pub use self::{
    decisions::DecisionChange,
    findings::Finding,
    gaps::{GapChange, GapChanges},
    schema::SchemaChange,
    standing::{Figures, Place, Standing},
    worse::Worse,
};
use crate::graph::metrics::Tally;

/// What two standings of a project differ in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// The figures before.
    pub before: Figures,
    /// The figures afterwards.
    pub after: Figures,
    /// Gaps that were opened, closed, weakened and so on.
    pub gaps: GapChanges,
    /// Decisions that came, went, were superseded or have another status.
    pub decisions: Vec<DecisionChange>,
    /// Gaps whose claim says more than the files show, and did not before.
    pub overclaimed: Vec<GapChange>,
    /// The gaps that both sides have: before, and now.
    pub kept: (Tally, Tally),
    /// Differences of the schemas, the breaking ones first.
    pub schemas: Vec<SchemaChange>,
    /// Citations that led where they say and do so no longer.
    pub citations: Vec<Finding>,
    /// Diagnostics that were not there before, without those about citations.
    pub found: Vec<Finding>,
    /// How many diagnostics are gone.
    pub mended: usize,
}

/// Compares a project as it was with what it is.
pub fn compare(before: &Standing, after: &Standing) -> Changes {
    let findings = findings::compare(before, after);
    let gaps::Compared { changes: gaps, overclaimed, kept } =
        gaps::compare(&before.gaps, &after.gaps);
    Changes {
        before: before.figures.clone(),
        after: after.figures.clone(),
        gaps,
        overclaimed,
        kept,
        decisions: decisions::compare(&before.decisions, &after.decisions),
        schemas: schema::compare(&before.schemas, &after.schemas),
        citations: findings.citations,
        found: findings.others,
        mended: findings.mended,
    }
}

impl Changes {
    /// What got worse, in the order of the report; nothing when the change is no step back.
    pub fn worse(&self) -> Vec<Worse> {
        worse::of(self)
    }

    /// What got worse of what the gate asks for: all but the schemas, whose users judge for
    /// themselves what breaks them.
    pub fn regressions(&self) -> Vec<Worse> {
        self.worse().into_iter().filter(|worse| !matches!(worse, Worse::Breaking(_))).collect()
    }

    /// The gaps with less behind them: open again, weakened, or taken away while they were open.
    pub fn weaker(&self) -> impl Iterator<Item = &GapChange> {
        let opened = self.gaps.opened.iter().filter(|gap| gap.before.is_some());
        let removed = self.gaps.removed.iter().filter(|gap| gap.was_open());
        opened.chain(&self.gaps.weakened).chain(removed)
    }

    /// Whether there is no difference to report.
    pub fn is_empty(&self) -> bool {
        self.before == self.after
            && self.gaps == GapChanges::default()
            && self.decisions.is_empty()
            && self.overclaimed.is_empty()
            && self.schemas.is_empty()
            && self.citations.is_empty()
            && self.found.is_empty()
            && self.mended == 0
    }
}
