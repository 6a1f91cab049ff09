//! The stages before pages, each a plain function, with what it gave for the same arguments before.
//!
//! A clean build is one with empty memos: there is no other way through.

use std::sync::Arc;

use rayon::prelude::*;

use super::{
    Options, Reading, anchoring, checkout, contents, edition,
    memo::Memo,
    sources::{self, Outcome},
    timings::Timings,
};
use crate::{
    check::{self, Subject},
    diag::Diagnostic,
    graph::{
        self, Beginnings, Graph,
        address::{Places, Titles},
        files::Files,
        link::{self, Lookups as LinkLookups, Reach, ResolvedLink},
        navigation::Navigation,
        record::Records,
    },
    model::{
        config::Config,
        source::{Body, Outline},
    },
    page::{lookups::Lookups, model::Page, route::Routes},
    path::RelPath,
    read::classify::Rules,
    render::{self, Rendered, theme::Theme},
    search,
    world::{File, Hash, Snapshot},
};

/// What every stage gave before.
#[derive(Debug, Default)]
pub struct Stages {
    rules: Memo<Rules>,
    sources: Memo<Outcome>,
    files: Memo<Files>,
    places: Memo<Places>,
    links: Memo<Vec<ResolvedLink>>,
    navigation: Memo<Navigation>,
    routes: Memo<Routes>,
    inspected: Memo<Vec<Diagnostic>>,
    digests: Memo<Vec<search::Digest>>,
    pages: Memo<Rendered>,
    /// Drawings by the hash of their route, which is made of what they show.
    drawings: Memo<Arc<[u8]>>,
    /// How long the stages took.
    pub timings: Timings,
}

/// The hashes of an outline: what other stages ask of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Digest {
    /// Everything.
    pub whole: Hash,
    /// That it is there, its ids, and what its kind states: an edit to a title leaves it.
    pub ids: Hash,
    /// What others can call it and its parts by: an edit to prose, which moves lines, leaves it.
    pub names: Hash,
    /// The text, and nothing of the outline.
    pub text: Hash,
    /// What of other files its references depend on; none when it has no references.
    pub reach: Option<Reach>,
}

impl Digest {
    /// Hashes what was read of one file.
    pub fn of(outline: &Outline, body: &Body) -> Self {
        let front = &outline.front;
        let ids = Hash::of_value(&(
            (&outline.path, outline.classified.kind, &outline.facts),
            (&front.id, &front.aliases, &front.extra),
        ));
        let headings = outline.headings.iter().map(|h| (h.level, &h.text, &h.anchor));
        let headings = headings.collect::<Vec<_>>();
        let names = (ids, &outline.title, front, headings, &outline.places);
        Self {
            whole: Hash::of_value(outline),
            ids,
            names: Hash::of_value(&names),
            text: Hash::of(body.text().as_bytes()),
            reach: outline.references.iter().map(link::reach).max(),
        }
    }
}

/// Hashes of the whole corpus.
struct Digests {
    /// The set of files, and the ids of every outline.
    ids: Hash,
    /// The set of files, and the names of every outline.
    names: Hash,
    /// The set of files, and everything of every outline.
    whole: Hash,
}

impl Digests {
    fn of(reading: &Reading) -> Self {
        let around = Hash::of_value(&(
            (reading.paths, &reading.repository),
            (&reading.contents, &reading.folders),
        ));
        let all = |of: fn(&Digest) -> &Hash| {
            let hashes: Vec<&Hash> = reading.digests.iter().map(of).collect();
            Hash::of_value(&(around, hashes))
        };
        Self {
            ids: all(|digest| &digest.ids),
            names: all(|digest| &digest.names),
            whole: all(|digest| &digest.whole),
        }
    }
}

impl Stages {
    /// Stages that are measured.
    pub fn timed(timings: Timings) -> Self {
        Self { timings, ..Self::default() }
    }

    /// Reads every file of a snapshot, in parallel.
    pub fn read(&self, snapshot: &Snapshot, config: &Config) -> Reading {
        let settings = Hash::of_value(config);
        let rules = self.rules.get(settings, || Rules::new(config));
        let files: Vec<&File> = sources::files(snapshot, config).collect();
        let read = files.par_iter().map(|file| {
            let key = Hash::of_value(&(settings, file.key()));
            self.sources.get(key, || sources::one(&rules, file))
        });
        let read: Vec<Arc<Outcome>> = read.collect();
        let mut reading = sources::gather(snapshot, config, &read);
        reading.repository = checkout::repository(&snapshot.checkout, config);
        (reading.contents, reading.folders) = contents::read(snapshot, config);
        reading.lock = anchoring::lock(snapshot);
        reading.diagnostics.extend(reading.lock.fault.as_deref().cloned());
        reading.records = Arc::new(Records::collect(&reading.outlines));
        let paths: Vec<&RelPath> = reading.outlines.iter().map(|outline| &outline.path).collect();
        let paths = Hash::of_value(&(paths, &reading.assets));
        reading.files = self.files.get(paths, || Files::new(&reading.outlines, &reading.assets));
        reading.paths = Some(paths);
        reading.anchors = anchoring::anchors(&reading);
        reading
    }

    /// Joins the corpus.
    pub fn relate(&self, reading: &Reading, options: Options<'_>) -> Graph {
        let corpus = reading.corpus(options);
        let digests = Digests::of(reading);
        let (records, files) = (reading.records.clone(), reading.files.clone());
        let places = self.places.get(digests.ids, || Places::new(corpus.outlines));
        let titles = &Titles::new(corpus.outlines);
        let (of_records, of_files, places) = (&*records, &*files, &*places);
        let lookups = LinkLookups { corpus, records: of_records, files: of_files, places, titles };
        let links = (0..corpus.outlines.len()).into_par_iter().map(|file| {
            let own = reading.digests[file];
            let others = match own.reach {
                None | Some(Reach::Paths) => digests.ids,
                Some(Reach::Names) => digests.names,
                Some(Reach::Lines) => digests.whole,
            };
            let key = Hash::of_value(&(file, own.whole, others));
            self.links.get(key, || link::resolve(&lookups, file))
        });
        let links = links.collect();
        let navigation = self.navigation.get(digests.names, || Navigation::of(corpus, &records));
        graph::join(corpus, Beginnings { records, files, links, navigation })
    }

    /// Looks through the graph for what pages ask of all of it.
    pub fn lookups(&self, reading: &Reading, graph: &Graph, options: Options<'_>) -> Lookups {
        let corpus = reading.corpus(options);
        let digests = Digests::of(reading);
        // Sections have pages of their own, which are called after them.
        let sections = graph.navigation.sections.iter();
        let sections = sections.map(|s| (&s.title, &s.folder, s.index)).collect::<Vec<_>>();
        let key = Hash::of_value(&(digests.ids, sections));
        let routes = self.routes.get(key, || Routes::assign(corpus, graph));
        Lookups::of(corpus, graph, routes)
    }

    /// Everything that is wrong with the corpus. No page is rendered for it.
    pub fn diagnose(
        &self,
        reading: &Reading,
        graph: &Graph,
        options: Options<'_>,
    ) -> Vec<Diagnostic> {
        let files = reading.outlines.par_iter().zip(&reading.bodies).zip(&reading.digests);
        let inspected = files.map(|((outline, body), digest)| {
            let key = Hash::of_value(&(digest.whole, digest.text));
            self.inspected.get(key, || render::inspect(outline, body))
        });
        let inspected: Vec<Arc<Vec<Diagnostic>>> = inspected.collect();
        let evidence = reading.evidence(graph);
        let subject = Subject { corpus: reading.corpus(options), graph, evidence };
        let mut found = reading.diagnostics.clone();
        found.extend(inspected.iter().flat_map(|file| file.iter().cloned()));
        found.extend(check::check(subject));
        found
    }

    /// What the search index has of each file, beside the outlines.
    pub fn digests(&self, reading: &Reading) -> Vec<Arc<Vec<search::Digest>>> {
        let files = (0..reading.outlines.len()).into_par_iter().map(|file| {
            let digest = reading.digests[file];
            let (outline, body) = (&reading.outlines[file], &reading.bodies[file]);
            // Which parts are records is decided among all files: an id may be taken.
            let parts = reading.records.parts_of(file).iter();
            let parts: Vec<_> = parts.map(|ix| reading.records.get(*ix).lines).collect();
            let key = Hash::of_value(&(digest.whole, digest.text, parts));
            self.digests.get(key, || search::read(outline, body, &reading.records, file))
        });
        files.collect()
    }

    /// A page, rendered. For sessions that ask for few pages many times: each is kept for a while.
    pub fn page(&self, theme: &Theme, page: &Page) -> Arc<Rendered> {
        let key = edition::key(theme, page);
        let rendered = self.pages.get(key, || render::page(theme, page));
        for (route, bytes) in &rendered.files {
            self.drawings.get(Hash::of_value(route), || bytes.as_slice().into());
        }
        rendered
    }

    /// A drawing of a page that was asked for lately.
    pub fn drawing(&self, route: &RelPath) -> Option<Arc<[u8]>> {
        self.drawings.kept(Hash::of_value(route.as_str())).map(|bytes| (*bytes).clone())
    }

    /// How often any stage was run.
    pub fn runs(&self) -> u64 {
        self.rules.runs()
            + self.sources.runs()
            + self.files.runs()
            + self.places.runs()
            + self.links.runs()
            + self.navigation.runs()
            + self.routes.runs()
            + self.inspected.runs()
            + self.digests.runs()
            + self.pages.runs()
    }

    /// Ends a round: what was not asked for lately is forgotten.
    pub fn end_round(&self) {
        self.rules.end_round();
        self.sources.end_round();
        self.files.end_round();
        self.places.end_round();
        self.links.end_round();
        self.navigation.end_round();
        self.routes.end_round();
        self.inspected.end_round();
        self.digests.end_round();
        self.pages.end_round();
        self.drawings.end_round();
    }
}
