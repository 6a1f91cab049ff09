//! The stages before pages, each a plain function, with what it gave for the same arguments before.
//!
//! A clean build is one with empty memos: there is no other way through.

use std::sync::Arc;

use rayon::prelude::*;

use super::{
    Options, Reading, anchoring, checkout, contents,
    memo::Memo,
    sources::{self, Outcome},
};
use crate::{
    graph::{
        self, Beginnings, Corpus, Graph,
        address::Places,
        files::Files,
        link::{self, Lookups as LinkLookups, ResolvedLink},
        navigation::Navigation,
        record::Records,
    },
    model::{config::Config, source::Outline},
    page::{lookups::Lookups, route::Routes},
    path::RelPath,
    read::classify::Rules,
    world::{File, Hash, Snapshot},
};

/// What every stage gave before.
#[derive(Debug, Default)]
pub struct Stages {
    sources: Memo<Outcome>,
    files: Memo<Files>,
    places: Memo<Places>,
    links: Memo<Vec<ResolvedLink>>,
    navigation: Memo<Navigation>,
    routes: Memo<Routes>,
}

/// The hashes of an outline: what other stages ask of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Digest {
    /// Everything.
    pub whole: Hash,
    /// What others can call it and its parts by: an edit to prose, which moves lines, leaves it.
    pub names: Hash,
}

impl Digest {
    /// Hashes an outline.
    pub fn of(outline: &Outline) -> Self {
        let headings = outline.headings.iter().map(|h| (h.level, &h.text, &h.anchor));
        let names = (
            (&outline.path, outline.classified.kind, &outline.title, &outline.front),
            headings.collect::<Vec<_>>(),
            (&outline.places, &outline.facts),
        );
        Self { whole: Hash::of_value(outline), names: Hash::of_value(&names) }
    }
}

/// Hashes of the whole corpus.
struct Digests {
    /// The set of files: every path and whether it is a record.
    files: Hash,
    /// With the names of every outline.
    names: Hash,
    /// With everything of every outline.
    whole: Hash,
}

impl Digests {
    fn of(corpus: Corpus<'_>, digests: &[Digest]) -> Self {
        let paths: Vec<&RelPath> = corpus.outlines.iter().map(|outline| &outline.path).collect();
        let files = Hash::of_value(&(paths, corpus.assets));
        let around = Hash::of_value(&(files, corpus.repository, corpus.contents, corpus.folders));
        let names: Vec<&Hash> = digests.iter().map(|digest| &digest.names).collect();
        let whole: Vec<&Hash> = digests.iter().map(|digest| &digest.whole).collect();
        Self {
            files,
            names: Hash::of_value(&(around, names)),
            whole: Hash::of_value(&(around, whole)),
        }
    }
}

impl Stages {
    /// Reads every file of a snapshot, in parallel.
    pub fn read(&self, snapshot: &Snapshot, config: &Config) -> Reading {
        let rules = Rules::new(config);
        let settings = Hash::of_value(config);
        let files: Vec<&File> = sources::files(snapshot, config).collect();
        let read = files.par_iter().map(|file| {
            let key = Hash::of_value(&(settings, &file.path, file.size, file.hash, file.fault()));
            self.sources.get(key, || sources::one(&rules, file))
        });
        let read: Vec<Arc<Outcome>> = read.collect();
        let mut reading = sources::gather(snapshot, config, &read);
        reading.repository = checkout::repository(&snapshot.checkout, config);
        (reading.contents, reading.folders) = contents::read(snapshot, config);
        reading.lock = anchoring::lock(snapshot);
        reading.diagnostics.extend(reading.lock.fault.as_deref().cloned());
        reading.anchors = anchoring::anchors(&reading);
        reading
    }

    /// Joins the corpus.
    pub fn relate(&self, reading: &Reading, options: Options<'_>) -> Graph {
        let corpus = reading.corpus(options);
        let digests = Digests::of(corpus, &reading.digests);
        let records = Records::collect(corpus.outlines);
        let files = self.files.get(digests.files, || Files::new(corpus.outlines, corpus.assets));
        let places = self.places.get(digests.names, || Places::new(corpus.outlines));
        let lookups = LinkLookups { corpus, records: &records, files: &files, places: &places };
        let links = (0..corpus.outlines.len()).into_par_iter().map(|file| {
            let lines = corpus.outlines[file].references.iter().any(link::counts_lines);
            let others = if lines { digests.whole } else { digests.names };
            let key = Hash::of_value(&(file, reading.digests[file].whole, others));
            self.links.get(key, || link::resolve(&lookups, file))
        });
        let links = links.collect();
        let navigation = self.navigation.get(digests.names, || Navigation::of(corpus, &records));
        graph::join(corpus, Beginnings { records, files, links, navigation })
    }

    /// Looks through the graph for what pages ask of all of it.
    pub fn lookups(&self, reading: &Reading, graph: &Graph, options: Options<'_>) -> Lookups {
        let corpus = reading.corpus(options);
        let digests = Digests::of(corpus, &reading.digests);
        let routes = self.routes.get(digests.names, || Routes::assign(corpus, graph));
        Lookups::of(corpus, graph, routes)
    }

    /// How often any stage was run.
    pub fn runs(&self) -> u64 {
        self.sources.runs()
            + self.files.runs()
            + self.places.runs()
            + self.links.runs()
            + self.navigation.runs()
            + self.routes.runs()
    }

    /// Ends a round: what was not asked for lately is forgotten.
    pub fn end_round(&self) {
        self.sources.end_round();
        self.files.end_round();
        self.places.end_round();
        self.links.end_round();
        self.navigation.end_round();
        self.routes.end_round();
    }
}
