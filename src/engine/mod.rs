//! Floor 6: the stages in order. Everything here is pure but for the snapshot it is given.
//!
//! ```text
//! Snapshot --read--> sources --relate--> graph --plan--> pages --render--> OutputSet
//! ```

pub mod accept;
pub mod anchoring;
mod badges;
mod board;
mod bounded;
pub mod build;
pub mod cache;
pub mod changes;
mod checkout;
pub mod compress;
mod contents;
pub mod create;
pub mod earlier;
pub mod edition;
pub mod export;
mod feed;
pub mod figures;
pub mod history;
mod hosting;
pub mod import;
mod ledgers;
mod llms;
pub mod memo;
pub mod new;
pub mod output;
pub mod publish;
mod redirects;
pub mod replace;
pub mod report;
pub mod rewrite;
mod shown;
pub mod sources;
pub mod stages;
pub mod standing;
pub mod tables;
pub mod timings;
pub mod versions;
pub mod waivers;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::{
    diag::Diagnostic,
    evidence::{self, Evidence},
    graph::{Corpus, Graph, anchor::Anchors, files::Files, record::Records},
    model::{
        config::{Config, FILE_NAME},
        contents::{Contents, FolderFacts},
        history::History,
        lock,
        repository::Repository,
        source::{Body, Outline},
    },
    page::{
        lookups::Lookups,
        site::{FileText, Site},
    },
    path::RelPath,
    world::Snapshot,
};
use anchoring::LockFile;
use sources::Batch;
use stages::{Digest, Stages};

/// The corpus, read: what every later stage starts from.
#[derive(Debug, Default)]
pub struct Reading {
    /// The outlines, sorted by path.
    pub outlines: Vec<Arc<Outline>>,
    /// Their hashes, beside them.
    pub digests: Vec<Digest>,
    /// The same outlines as they were read, some at a time.
    batches: Vec<Arc<Batch>>,
    /// The hashes of all of it.
    whole: stages::Whole,
    /// The bodies, beside the outlines.
    pub bodies: Vec<Body>,
    /// Their records.
    pub records: Arc<Records>,
    /// All files by every name.
    pub files: Arc<Files>,
    /// Files that are no records.
    pub assets: BTreeSet<RelPath>,
    /// The lock as it was found.
    pub lock: LockFile,
    /// What became of the cited lines since they were accepted.
    pub anchors: Anchors,
    /// Those of `assets` that hold no byte.
    pub empty: BTreeSet<RelPath>,
    /// Documents that say they are drafts and were left out.
    pub drafts: BTreeSet<RelPath>,
    /// Where the sources can be seen on the web.
    pub repository: Option<Repository>,
    /// The tables of contents that somebody wrote.
    pub contents: Vec<Contents>,
    /// What the files say of their folders.
    pub folders: BTreeMap<String, FolderFacts>,
    /// What version control tells; nothing unless the configuration asks for it.
    pub history: Arc<History>,
    /// The text of `lacuna.toml`, to show its lines.
    pub settings: Option<Arc<str>>,
    /// What the readers found.
    pub diagnostics: Vec<Diagnostic>,
    /// What the texts bear out about citations, worked out when it is first asked for.
    evidence: evidence::Kept,
}

/// What is particular to one run.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// The configuration.
    pub config: &'a Config,
    /// The name of the root folder, the title when the configuration has none.
    pub folder_name: &'a str,
    /// The day against which waivers expire, `YYYY-MM-DD`.
    pub today: Option<&'a str>,
}

impl Reading {
    /// Reads every file of a snapshot, in parallel.
    pub fn of(snapshot: &Snapshot, config: &Config) -> Self {
        Stages::default().read(snapshot, config)
    }

    /// The corpus, for the stages that look at all of it.
    pub fn corpus<'a>(&'a self, options: Options<'a>) -> Corpus<'a> {
        Corpus {
            outlines: &self.outlines,
            assets: &self.assets,
            empty: &self.empty,
            substance: &options.config.substance,
            waivers: &options.config.waiver,
            accepted_waivers: options.config.accepted_waivers.as_ref(),
            today: options.today,
            weights: options.config.weights,
            anchors: &self.anchors,
            repository: self.repository.as_ref(),
            drafts: &self.drafts,
            contents: &self.contents,
            folders: &self.folders,
        }
    }

    /// The outlines as they were read, some at a time: the index of the first, and all of them.
    fn batches(&self) -> impl Iterator<Item = (usize, &Batch)> {
        let next = |first: &mut usize, batch: &'_ Arc<Batch>| {
            let at = *first;
            *first += batch.len();
            Some(at)
        };
        self.batches.iter().scan(0, next).zip(self.batches.iter().map(|batch| &**batch))
    }

    /// Whether cited lines say what they are cited for. `graph` is the graph of this reading; the
    /// answer is worked out once.
    pub fn evidence(&self, graph: &Graph) -> &Evidence {
        // No setting and no day has a say in what the texts bear out.
        let config = Config::default();
        let corpus = self.corpus(Options { config: &config, folder_name: "", today: None });
        self.evidence.of(corpus, &self.bodies, graph)
    }

    /// The decoded text of a file.
    pub fn text(&self, path: &RelPath) -> Option<&Arc<str>> {
        if path.as_str() == FILE_NAME {
            return self.settings.as_ref();
        }
        match self.outlines.binary_search_by(|o| o.path.cmp(path)) {
            Ok(at) => Some(self.bodies[at].text()),
            Err(_) => self.lock.text.as_ref().filter(|_| path.as_str() == lock::FILE),
        }
    }
}

/// Everything that is wrong with the corpus. No page is rendered for it.
pub fn diagnose(reading: &Reading, graph: &Graph, options: Options<'_>) -> Vec<Diagnostic> {
    Stages::default().diagnose(reading, graph, options)
}

/// The files of a site that shows none that is no record.
static NOTHING_SHOWN: BTreeMap<RelPath, FileText> = BTreeMap::new();

/// Everything that pages, the export and reports are made from. `lookups` are those of the graph.
/// Files that are no records have no page until the site is told of them.
pub fn site<'a>(
    reading: &'a Reading,
    graph: &'a Graph,
    lookups: &'a Lookups,
    options: Options<'a>,
) -> Site<'a> {
    Site {
        title: options.config.title.as_deref().unwrap_or(options.folder_name),
        base_url: options.config.base_url.as_deref(),
        version: options.config.version.as_ref(),
        twins: options.config.twins,
        tables: options.config.tables,
        treatment: options.config.treatment(),
        corpus: reading.corpus(options),
        history: &reading.history,
        bodies: &reading.bodies,
        graph,
        route: &lookups.routes,
        lookups,
        shown: &NOTHING_SHOWN,
        evidence: &reading.evidence,
    }
}

/// What pages ask of the whole graph.
pub fn lookups(reading: &Reading, graph: &Graph, options: Options<'_>) -> Arc<Lookups> {
    Stages::default().lookups(reading, graph, options)
}

/// Joins the corpus.
pub fn relate(reading: &Reading, options: Options<'_>) -> Arc<Graph> {
    Stages::default().relate(reading, options)
}
