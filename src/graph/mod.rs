//! Floor 3: joins what the files state. The graph sees outlines, never bodies, so an edit to
//! prose leaves it equal.

pub mod address;
pub mod anchor;
pub mod backlinks;
pub mod citation;
pub mod claims;
pub mod contradiction;
pub mod coverage;
pub mod decisions;
pub mod drift;
pub mod files;
pub mod fragment;
pub mod gate;
pub mod link;
pub mod metrics;
pub mod navigation;
pub mod plan;
pub mod record;
pub mod schedule;
mod spans;
pub mod symbols;
pub mod targets;
pub mod verdict;
pub mod view;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::{
    graph::{
        address::{Places, Titles},
        backlinks::Backlinks,
        coverage::{GapFinding, Orphan, outdated},
        files::Files,
        fragment::Fragments,
        link::{Links, Lookups, ResolvedLink},
        metrics::Metrics,
        navigation::Navigation,
        plan::Plan,
        record::{Record, RecordIx, Records},
        schedule::Schedule,
    },
    model::{
        config::ConfigWaiver,
        contents::{Contents, FolderFacts},
        policy::RecordWaiver,
        repository::Repository,
        source::{Facts, Outline},
        substance::Substance,
        weights::Weights,
    },
    path::RelPath,
};

/// Everything the stages before know of the corpus.
#[derive(Clone, Copy, Debug)]
pub struct Corpus<'a> {
    /// The outlines, sorted by path.
    pub outlines: &'a [Arc<Outline>],
    /// Files that are no records: images and the like.
    pub assets: &'a BTreeSet<RelPath>,
    /// Those of `assets` that hold no byte.
    pub empty: &'a BTreeSet<RelPath>,
    /// What makes a document more than a stub.
    pub substance: &'a Substance,
    /// Waivers of the configuration.
    pub waivers: &'a [ConfigWaiver],
    /// The waivers of gap records that count; none means all.
    pub accepted_waivers: Option<&'a BTreeSet<RecordWaiver>>,
    /// The day against which waivers expire, `YYYY-MM-DD`; none means that they never do.
    pub today: Option<&'a str>,
    /// What became of the cited lines since they were accepted.
    pub anchors: &'a anchor::Anchors,
    /// How much a gap counts by its priority.
    pub weights: Weights,
    /// Where the sources can be seen on the web, when that is known.
    pub repository: Option<&'a Repository>,
    /// Documents that say they are drafts and were left out.
    pub drafts: &'a BTreeSet<RelPath>,
    /// Tables of contents that somebody wrote.
    pub contents: &'a [Contents],
    /// What folders say of themselves, by path.
    pub folders: &'a BTreeMap<String, FolderFacts>,
}

/// The corpus, joined.
#[derive(Debug)]
pub struct Graph {
    /// All records.
    pub records: Arc<Records>,
    /// Every link and citation with what it leads to, in the order of file and place.
    pub links: Links,
    /// The finding on every gap, in the order of the records.
    pub gaps: BTreeMap<RecordIx, GapFinding>,
    /// Documents that cover ids which no gap has.
    pub orphans: Vec<Orphan>,
    /// The figures about all gaps.
    pub metrics: Metrics,
    /// What to write next.
    pub plan: Plan,
    /// Relations between decisions.
    pub decisions: decisions::Relations,
    /// Who rests on decisions.
    pub rests: decisions::cited::Rests,
    /// Declared symbols and who uses them.
    pub symbols: symbols::Symbols,
    /// The plan of every ledger that gives working times, by the index of its outline.
    pub schedules: BTreeMap<usize, Schedule>,
    /// Sections of documents and their order.
    pub navigation: Arc<Navigation>,
    /// Who links to a record, without itself.
    pub backlinks: Backlinks,
    /// What each ledger states of itself, checked, by the index of its file.
    pub claims: BTreeMap<usize, claims::LedgerClaims>,
}

/// What the rest of the graph is made from.
#[derive(Debug)]
pub struct Beginnings {
    /// All records.
    pub records: Arc<Records>,
    /// Files by every name.
    pub files: Arc<Files>,
    /// The links of each file, in the order of the outlines, without the evidence of gaps.
    pub links: Vec<Arc<Vec<ResolvedLink>>>,
    /// Sections of documents and their order.
    pub navigation: Arc<Navigation>,
}

impl Beginnings {
    /// Makes all of them.
    pub fn of(corpus: Corpus<'_>) -> Self {
        let records = Arc::new(Records::collect(corpus.outlines));
        let files = Files::new(corpus.outlines, corpus.assets);
        let places = Places::new(corpus.outlines);
        let titles = Titles::new(corpus.outlines);
        let fragments = &Fragments::new(corpus.outlines);
        let (places, titles) = (&places, &titles);
        let lookups =
            Lookups { corpus, records: &records, files: &files, places, titles, fragments };
        let all = (0..corpus.outlines.len()).into_par_iter();
        let links = all.map(|file| Arc::new(link::resolve(&lookups, file))).collect();
        let navigation = Arc::new(Navigation::of(corpus, &records));
        Self { records, files: Arc::new(files), links, navigation }
    }
}

/// Joins the corpus.
pub fn relate(corpus: Corpus<'_>) -> Graph {
    join(corpus, Beginnings::of(corpus))
}

/// Joins the corpus from what was made of it before.
pub fn join(corpus: Corpus<'_>, beginnings: Beginnings) -> Graph {
    let Beginnings { records, files, links, navigation } = beginnings;
    let links = Links::new(links, coverage::evidence_links(corpus, &records, &files));
    let decisions = decisions::relate(corpus, &records, &files);
    let symbols = symbols::relate(corpus, &records);
    let mut gaps = coverage::derive(corpus, &records, &files, &links);
    let changed = outdated::changed(corpus, &records, &gaps);
    outdated::mark(&mut gaps, corpus, &records, &changed);
    let backlinks = Backlinks::of(&records, &links, &gaps, &decisions);
    let orphans = coverage::orphans(corpus, &records);
    let claims = claims::check(corpus, &records, &files, &gaps);
    let metrics = Metrics::of(corpus, &records, &gaps);
    let plan = plan::plan(corpus, &records, &gaps, metrics.overall);
    let schedules = schedules(corpus);
    let mut graph = Graph {
        navigation,
        records,
        links,
        gaps,
        orphans,
        metrics,
        plan,
        decisions,
        symbols,
        schedules,
        backlinks,
        claims,
        rests: decisions::cited::Rests::default(),
    };
    graph.rests = decisions::cited::Rests::of(corpus, &graph);
    graph
}

fn schedules(corpus: Corpus<'_>) -> BTreeMap<usize, Schedule> {
    let plan = |(file, outline): (usize, &Arc<Outline>)| match &outline.facts {
        Facts::Ledger(ledger) => Some((file, Schedule::of(ledger)?)),
        _ => None,
    };
    corpus.outlines.iter().enumerate().filter_map(plan).collect()
}

/// The record with this index in a list of outlines: the file and the part of it.
pub fn outline_of<'a>(corpus: Corpus<'a>, record: &Record) -> &'a Outline {
    &corpus.outlines[record.file]
}
