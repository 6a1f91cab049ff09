//! Floor 3: joins what the files state. The graph sees outlines, never bodies, so an edit to
//! prose leaves it equal.

pub mod anchor;
pub mod citation;
pub mod coverage;
pub mod decisions;
pub mod drift;
pub mod files;
pub mod link;
pub mod record;
pub mod symbols;
pub mod targets;

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    graph::{
        coverage::GapFinding,
        files::Files,
        link::ResolvedLink,
        record::{Record, RecordIx, Records},
    },
    model::source::Outline,
    path::RelPath,
};

/// Everything the stages before know of the corpus.
#[derive(Clone, Copy, Debug)]
pub struct Corpus<'a> {
    /// The outlines, sorted by path.
    pub outlines: &'a [Outline],
    /// Files that are no records: images and the like.
    pub assets: &'a BTreeSet<RelPath>,
    /// The day against which waivers expire, `YYYY-MM-DD`; none means that they never do.
    pub today: Option<&'a str>,
    /// What became of the cited lines since they were accepted.
    pub anchors: &'a anchor::Anchors,
}

/// The corpus, joined.
#[derive(Debug)]
pub struct Graph {
    /// All records.
    pub records: Records,
    /// Every link and citation with what it leads to, in the order of file and place.
    pub links: Vec<ResolvedLink>,
    /// The finding on every gap, in the order of the records.
    pub gaps: BTreeMap<RecordIx, GapFinding>,
    /// Relations between decisions.
    pub decisions: decisions::Relations,
    /// Declared symbols and who uses them.
    pub symbols: symbols::Symbols,
    /// Who links to a record, without itself.
    pub backlinks: BTreeMap<RecordIx, BTreeSet<RecordIx>>,
}

/// Joins the corpus.
pub fn relate(corpus: Corpus<'_>) -> Graph {
    let records = Records::collect(corpus.outlines);
    let files = Files::new(corpus.outlines, corpus.assets);
    let mut links = link::resolve(corpus, &records, &files);
    links.extend(coverage::evidence_links(corpus, &records, &files));
    let decisions = decisions::relate(corpus, &records, &files);
    let symbols = symbols::relate(corpus, &records);
    let gaps = coverage::derive(corpus, &records, &files, &links);
    let backlinks = backlinks(&records, &links, &gaps, &decisions);
    Graph { records, links, gaps, decisions, symbols, backlinks }
}

fn backlinks(
    records: &Records,
    links: &[ResolvedLink],
    gaps: &BTreeMap<RecordIx, GapFinding>,
    decisions: &decisions::Relations,
) -> BTreeMap<RecordIx, BTreeSet<RecordIx>> {
    let mut found: BTreeMap<RecordIx, BTreeSet<RecordIx>> = BTreeMap::new();
    let mut add = |from: RecordIx, to: RecordIx| {
        if from != to {
            found.entry(to).or_default().insert(from);
        }
    };
    for link in links {
        if let Some(to) = link.to.record(records) {
            add(link.from, to);
        }
    }
    for (gap, finding) in gaps {
        for target in &finding.targets {
            if let Some(to) = target.found.first() {
                add(*gap, *to);
                if target.state == coverage::TargetState::Covers {
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
    found
}

/// The record with this index in a list of outlines: the file and the part of it.
pub fn outline_of<'a>(corpus: Corpus<'a>, record: &Record) -> &'a Outline {
    &corpus.outlines[record.file]
}
