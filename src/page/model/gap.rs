//! What the pages of gaps show.

use serde::Serialize;

use super::{
    BadgeRow, ContradictionRow, GapGroup, GapPast, HeatMap, Link, Pager, RelationRow, Sought,
    SupportView, Tally,
};
use crate::graph::targets::Targets;
use crate::model::{
    gap::{ClaimStatus, Field, Task},
    reference::Citation,
};

/// All gaps.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct GapIndex {
    /// Coverage of all.
    pub coverage: Tally,
    /// What they name to fill them.
    pub targets: Targets,
    /// By priority, each with the way to its list.
    pub priorities: Vec<Tally>,
    /// By what the files show, by what the texts say, each with the way to its list.
    pub states: Vec<Tally>,
    /// Ledgers, categories and phases by priority.
    pub maps: Vec<HeatMap>,
    /// The covered share in percent where each gap counts by the weight of its priority.
    pub weighted: Option<u8>,
    /// The first gaps, the most urgent first, by priority.
    pub groups: Vec<GapGroup>,
    /// The ways to the others.
    pub pager: Option<Pager>,
    /// Tells one state of the data that the script reads from another.
    pub version: String,
    /// What was looked for, when there is none.
    pub sought: Option<Sought>,
}

/// A gap in a list.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct GapRow {
    /// The id that links to it.
    pub id: String,
    /// As the ledger counts, may be empty.
    pub number: String,
    /// Title and address.
    #[serde(flatten)]
    pub link: Link,
    /// `P0`, or empty.
    pub priority: &'static str,
    /// `covered`, `partial`, `uncovered`, `waived`.
    pub coverage: &'static str,
    /// `open`, `partial`, `done`, `unknown`.
    pub claim: ClaimStatus,
    /// `overclaimed`, `underclaimed`, `agrees`, `unknown`.
    pub drift: &'static str,
    /// The ledger's title.
    pub ledger: String,
    /// What fills it, or would: name and state, for example in a list of a few.
    pub targets: Vec<(String, &'static str)>,
}

/// One gap.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct GapView {
    /// What the list says of it.
    pub row: GapRow,
    /// The ledger or record it was read from, with the line.
    pub origin: Link,
    /// The claim in words, with the lines it was read from.
    pub claims: Vec<(String, u32)>,
    /// What its ledger says of it in two ways.
    pub contradictions: Vec<ContradictionRow>,
    /// Why the coverage is what it is, one sentence.
    pub why: String,
    /// The rule that gives it, in general.
    pub rule: &'static str,
    /// Cited research with its lines.
    pub evidence: Vec<EvidenceView>,
    /// What would fill it, by group.
    pub targets: Vec<TargetGroup>,
    /// What it would cost not to.
    pub impact: String,
    /// Effort as written.
    pub effort: Vec<String>,
    /// Category, may be empty.
    pub category: String,
    /// Gaps to fill first.
    pub depends_on: Vec<RelationRow>,
    /// Gaps that wait for this one.
    pub holds_up: Vec<RelationRow>,
    /// What is left to do before it is closed, in order.
    pub closing: Vec<CloseStep>,
    /// When it was opened and filled, when the site shows the history.
    pub past: Option<GapPast>,
    /// Its badge.
    pub badge: BadgeRow,
    /// Steps.
    pub tasks: Vec<Task>,
    /// Every labelled text.
    pub fields: Vec<Field>,
    /// The waiver in words.
    pub waiver: Option<String>,
}

/// Something to do before a gap is closed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct CloseStep {
    /// What to do, a sentence; code stands between back-ticks.
    pub text: String,
    /// Where, when it can be seen.
    pub place: Option<Link>,
    /// Any one of these is enough instead; empty when `text` is the whole step.
    pub choices: Vec<CloseStep>,
}

/// A citation with the lines it names.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct EvidenceView {
    /// As written.
    pub citation: Citation,
    /// A sentence: how it was found, or why it was not.
    pub verdict: String,
    /// `exact`, `by-source`, `whole`, `past-end`, `missing`, `ambiguous`.
    pub state: &'static str,
    /// What became of the lines since they were accepted.
    pub anchor: Option<super::AnchorView>,
    /// The address of the lines.
    pub href: Option<String>,
    /// Whether the lines speak of the gap; none where the citation leads nowhere.
    pub support: Option<SupportView>,
    /// The first cited lines, or of a whole file those that say most: number and text.
    pub quote: Vec<(u32, String)>,
    /// How many cited lines are not quoted.
    pub more: u32,
}

/// Targets that stand or fall together.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct TargetGroup {
    /// What the group asks for, when its targets alone do not say it.
    pub label: Option<String>,
    /// The targets.
    pub targets: Vec<TargetView>,
}

/// A target with its state.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct TargetView {
    /// As written.
    pub name: String,
    /// The section asked for, when the name does not hold it.
    pub section: Option<String>,
    /// The file and line that names it, or declares itself.
    pub place: String,
    /// `covers`, `named`, `stub`, `outdated`, `missing`, `ambiguous`, `duplicate`.
    pub state: &'static str,
    /// A sentence: why.
    pub why: String,
    /// The document found.
    pub found: Option<Link>,
}
