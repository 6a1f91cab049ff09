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
    /// Who links to the first record, then to the second, and so on; of each in order, and once.
    from: Vec<RecordIx>,
    /// Where those of each record begin in `from`, and at last where they end.
    first: Vec<usize>,
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
        Self::sorted(records.iter().len(), &pairs)
    }

    /// Sorts pairs of a link's end and its beginning. The ends are few and known, so that they are
    /// counted and not compared.
    fn sorted(records: usize, pairs: &[(RecordIx, RecordIx)]) -> Self {
        let mut ends = vec![0; records + 1];
        pairs.iter().for_each(|(to, _)| ends[to.0 + 1] += 1);
        for n in 0..records {
            ends[n + 1] += ends[n];
        }
        let mut next = ends.clone();
        let mut all = vec![RecordIx(0); pairs.len()];
        for (to, from) in pairs {
            all[next[to.0]] = *from;
            next[to.0] += 1;
        }
        let mut sorted = Self { from: Vec::with_capacity(all.len()), first: vec![0] };
        for n in 0..records {
            let of_record = &mut all[ends[n]..ends[n + 1]];
            of_record.sort_unstable();
            let once = of_record.chunk_by(RecordIx::eq).map(|same| same[0]);
            sorted.from.extend(once);
            sorted.first.push(sorted.from.len());
        }
        sorted
    }

    /// The records that link to one, in order.
    pub fn to(&self, ix: RecordIx) -> impl Iterator<Item = RecordIx> + '_ {
        self.from[self.first[ix.0]..self.first[ix.0 + 1]].iter().copied()
    }
}
