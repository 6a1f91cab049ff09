//! How a project stands: what a comparison looks at, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use super::{findings::Finding, schema::Schemas};
use crate::{
    graph::{
        coverage::{Coverage, TargetState},
        drift::Drift,
        metrics::{Metrics, Tally, Weighted},
    },
    model::{decision::Status, gap::Priority},
    path::RelPath,
    world::Hash,
};

/// How a project stands at one moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Standing {
    /// The figures about all gaps.
    pub figures: Figures,
    /// The gaps by id; of two with one id the later also by its file.
    pub gaps: BTreeMap<String, GapStanding>,
    /// The decisions, by id likewise.
    pub decisions: BTreeMap<String, DecisionStanding>,
    /// What the schemas declare.
    pub schemas: Schemas,
    /// Everything that is wrong, sorted.
    pub findings: Vec<Finding>,
    /// The hash of each text, which tells a renamed file.
    pub texts: BTreeMap<RelPath, Hash>,
}

/// The figures that a comparison shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// All gaps.
    pub overall: Tally,
    /// By the weight of priorities.
    pub weighted: Weighted,
    /// By priority, the most urgent first.
    pub by_priority: Vec<(String, Tally)>,
    /// By ledger in the order of path, gap records last.
    pub by_ledger: Vec<(String, Tally)>,
}

impl Figures {
    /// Those of a graph.
    pub fn of(metrics: &Metrics) -> Self {
        let groups = |groups: &[crate::graph::metrics::Group]| {
            groups.iter().map(|group| (group.label.clone(), group.tally)).collect()
        };
        Self {
            overall: metrics.overall,
            weighted: metrics.weighted,
            by_priority: groups(&metrics.by_priority),
            by_ledger: groups(&metrics.by_ledger),
        }
    }
}

/// A place in the project.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file.
    pub path: RelPath,
    /// The line, from 1.
    pub line: u32,
    /// The page on the site, when there is one.
    pub url: Option<String>,
}

/// A gap with what is found of it.
#[derive(Clone, Debug, PartialEq)]
pub struct GapStanding {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where it is recorded.
    pub place: Place,
    /// Its priority.
    pub priority: Option<Priority>,
    /// The derived coverage.
    pub coverage: Coverage,
    /// How its claim and its coverage compare.
    pub drift: Drift,
    /// Why, in one clause.
    pub reason: String,
    /// What would fill it.
    pub targets: Vec<TargetStanding>,
    /// Its citations that lead where they say, as written.
    pub evidence: BTreeSet<String>,
}

/// What would fill a gap, as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetStanding {
    /// As written.
    pub name: String,
    /// The section that is asked for.
    pub section: Option<String>,
    /// Its state.
    pub state: TargetState,
    /// Why, in one sentence.
    pub why: String,
    /// The file that was found.
    pub path: Option<RelPath>,
    /// Whether the section that is asked for was found in it.
    pub has_section: bool,
    /// The figures that the document or section states: see [`super::figures`].
    pub figures: BTreeSet<String>,
    /// Its citations that lead where they say, as written.
    pub citations: BTreeSet<String>,
}

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionStanding {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub place: Place,
    /// Its status.
    pub status: Option<Status>,
    /// Whether another decision replaced it, and which, by id.
    pub superseded: Option<BTreeSet<String>>,
}

/// Puts a record in under its id, or under id and file when the id is taken.
pub fn insert<V>(map: &mut BTreeMap<String, V>, id: &str, place: &Place, value: V) {
    let mut key = id.to_lowercase();
    if map.contains_key(&key) {
        key = format!("{key} {}:{}", place.path, place.line);
    }
    map.insert(key, value);
}
