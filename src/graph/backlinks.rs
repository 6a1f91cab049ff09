//! Who links to a record.

use std::collections::BTreeMap;

use super::{
    coverage::{GapFinding, TargetState},
    decisions::Relations,
    link::Links,
    record::{RecordIx, Records},
};

/// Who links to each record, itself left out.
#[derive(Debug, Default)]
pub struct Backlinks {
    /// The link's end and its beginning, sorted, each pair once.
    pairs: Vec<(RecordIx, RecordIx)>,
}

impl Backlinks {
    /// Gathers links, targets of gaps, dependencies of gaps and relations of decisions.
    pub fn of(
        records: &Records,
        links: &Links,
        gaps: &BTreeMap<RecordIx, GapFinding>,
        decisions: &Relations,
    ) -> Self {
        let mut pairs = Vec::new();
        let mut add = |from: RecordIx, to: RecordIx| {
            if from != to {
                pairs.push((to, from));
            }
        };
        for link in links.iter() {
            if let Some(to) = link.to.record(records) {
                add(link.from, to);
            }
        }
        for (gap, finding) in gaps {
            for target in &finding.targets {
                if let Some(to) = target.found.first() {
                    add(*gap, *to);
                    if matches!(target.state, TargetState::Covers | TargetState::Outdated) {
                        add(*to, *gap);
                    }
                }
            }
            for (_, to) in &finding.depends_on {
                if let Some(to) = to {
                    add(*gap, *to);
                }
            }
        }
        for relation in &decisions.all {
            if let Some(to) = relation.to {
                add(relation.from, to);
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        Self { pairs }
    }

    /// The records that link to one, in order.
    pub fn to(&self, ix: RecordIx) -> impl Iterator<Item = RecordIx> + '_ {
        let start = self.pairs.partition_point(|(to, _)| *to < ix);
        self.pairs[start..].iter().take_while(move |(to, _)| *to == ix).map(|(_, from)| *from)
    }
}
