//! The stages before pages, each a plain function, with what it gave for the same arguments before.
//!
//! A clean build is one with empty memos: there is no other way through.

use std::sync::Arc;

use rayon::prelude::*;

use super::{
    Options, Reading, anchoring,
    bounded::bounded,
    checkout, contents,
    earlier::Earlier,
    edition,
    history::Past,
    memo::Memo,
    sources::{self, Batch, Outcome},
    timings::Timings,
};
use crate::{
    check::{self, Subject},
    diag::{Diagnostic, codes},
    graph::{
        self, Beginnings, Graph,
        address::{Places, Titles},
        files::Files,
        fragment::Fragments,
        link::{self, Lookups as LinkLookups, Reach, ResolvedLink},
        navigation::Navigation,
        record::{self, Gathered, Records},
    },
    model::{
        config::{Config, FILE_NAME},
        gate::Gate,
        source::{Body, Outline},
    },
    page::{lookups::Lookups, model::Page, route::Routes},
    path::RelPath,
    read::classify::Rules,
    render::{self, Rendered, theme::Theme},
    search,
    world::{File, Hash, Snapshot, World},
};

/// What every stage gave before. Stages that look at each file are remembered for each file and for
/// batches of files, so that a save looks up those beside it and few of the rest.
#[derive(Debug, Default)]
pub struct Stages {
    rules: Memo<Rules>,
    sources: Memo<Outcome>,
    batches: Memo<Batch>,
    gathered: Memo<Gathered>,
    records: Memo<Records>,
    files: Memo<Files>,
    places: Memo<Places>,
    links: Memo<Vec<ResolvedLink>>,
    links_of_batches: Memo<Vec<Arc<Vec<ResolvedLink>>>>,
    navigation: Memo<Navigation>,
    graphs: Memo<Graph>,
    routes: Memo<Routes>,
    lookups: Memo<Lookups>,
    inspected: Memo<Vec<Diagnostic>>,
    inspected_batches: Memo<Vec<Arc<Vec<Diagnostic>>>>,
    digests: Memo<Vec<search::Digest>>,
    pages: Memo<Rendered>,
    /// Drawings by the hash of their route, which is made of what they show.
    drawings: Memo<Arc<[u8]>>,
    /// What version control told of the commit that is checked out.
    pub past: Past,
    /// How long the stages took.
    pub timings: Timings,
}

/// What the search index has of each file.
pub type Digests = Vec<Arc<Vec<search::Digest>>>;

/// The hashes of an outline, or of several: what other stages ask of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Digest {
    /// Everything.
    pub whole: Hash,
    /// That it is there.
    pub path: Hash,
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
            path: Hash::of(outline.path.as_str().as_bytes()),
            ids,
            names: Hash::of_value(&names),
            text: Hash::of(body.text().as_bytes()),
            reach: outline.references.iter().map(link::reach).max(),
        }
    }

    /// The hashes of several.
    pub fn all(of: &[Self]) -> Self {
        Self {
            whole: Hash::of_all(of.iter().map(|one| one.whole)),
            path: Hash::of_all(of.iter().map(|one| one.path)),
            ids: Hash::of_all(of.iter().map(|one| one.ids)),
            names: Hash::of_all(of.iter().map(|one| one.names)),
            text: Hash::of_all(of.iter().map(|one| one.text)),
            reach: of.iter().filter_map(|one| one.reach).max(),
        }
    }
}

impl Default for Digest {
    fn default() -> Self {
        Self::all(&[])
    }
}

/// Hashes of the whole corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Whole {
    /// The set of files.
    paths: Hash,
    /// The set of files, and the ids of every outline.
    ids: Hash,
    /// The set of files, and the names of every outline.
    names: Hash,
    /// Everything that was read, but for texts.
    outlines: Hash,
}

impl Whole {
    fn of(reading: &Reading) -> Self {
        let all: Vec<Digest> = reading.batches.iter().map(|batch| batch.digest).collect();
        let all = Digest::all(&all);
        let around = Hash::of_value(&(
            (&reading.assets, &reading.repository),
            (&reading.contents, &reading.folders),
        ));
        Self {
            paths: Hash::of_value(&(all.path, &reading.assets)),
            ids: Hash::of_all([around, all.ids]),
            names: Hash::of_all([around, all.names]),
            outlines: Hash::of_all([around, all.whole]),
        }
    }
}

impl Default for Whole {
    fn default() -> Self {
        let nothing = Hash::of(&[]);
        Self { paths: nothing, ids: nothing, names: nothing, outlines: nothing }
    }
}

impl Stages {
    /// Stages that are measured.
    pub fn timed(timings: Timings) -> Self {
        Self { timings, ..Self::default() }
    }

    /// What decides about kinds, and the words of gap analyses.
    pub fn rules(&self, config: &Config) -> Arc<Rules> {
        let unjudged = unjudged(config);
        self.rules.get(Hash::of_value(&unjudged), || Rules::new(&unjudged))
    }

    /// Reads every file of a snapshot, in parallel.
    pub fn read(&self, snapshot: &Snapshot, config: &Config) -> Reading {
        let unjudged = unjudged(config);
        let settings = Hash::of_value(&unjudged);
        let rules = self.rules.get(settings, || Rules::new(&unjudged));
        let found = sources::find(snapshot, config);
        let one = |file: &File| {
            let key = Hash::of_value(&(settings, file.key()));
            self.sources.get(key, || sources::one(&rules, &config.limits, file))
        };
        let batch = |files: &Vec<&File>| {
            let keys = files.iter().map(|file| file.key());
            let key = Hash::of_all([settings].into_iter().chain(keys));
            let read = || files.par_iter().map(|file| one(file)).collect();
            self.batches.get(key, || Batch::of(files, read(), config))
        };
        let (batches, (contents, folders)) = rayon::join(
            || found.batches.par_iter().map(batch).collect(),
            || contents::read(snapshot, config),
        );
        let mut reading = sources::gather(snapshot, batches, &found.others);
        reading.repository = checkout::repository(&snapshot.checkout, config);
        (reading.contents, reading.folders) = (contents, folders);
        reading.lock = anchoring::lock(snapshot);
        reading.diagnostics.extend(reading.lock.fault.as_deref().cloned());
        reading.whole = Whole::of(&reading);
        let whole = reading.whole;
        let (records, files) = rayon::join(
            || self.records.get(whole.outlines, || self.records(&reading)),
            || self.files.get(whole.paths, || Files::new(&reading.outlines, &reading.assets)),
        );
        (reading.records, reading.files) = (records, files);
        reading.anchors = anchoring::anchors(&reading);
        reading
    }

    /// The records of every file.
    fn records(&self, reading: &Reading) -> Records {
        let ledgers = reading.batches().flat_map(|(first, batch)| batch.ledgers(first));
        let prefixes = record::prefixes(ledgers.map(|file| (file, &*reading.outlines[file])));
        let of = |(first, batch): &(usize, &Batch)| {
            let (first, files) = (*first, *first..first + batch.len());
            let own: Vec<_> = prefixes.range(files.clone()).collect();
            let key = Hash::of_value(&(first, batch.digest.whole, own));
            self.gathered.get(key, || Gathered::of(first, &reading.outlines[files], &prefixes))
        };
        let batches: Vec<_> = reading.batches().collect();
        Records::join(&batches.par_iter().map(of).collect::<Vec<_>>())
    }

    /// Puts in what version control tells, when the configuration asks for it.
    pub fn look_back(&self, reading: &mut Reading, world: &dyn World, config: &Config) {
        match self.past.of(world, config) {
            Ok(history) => reading.history = history,
            Err(error) => {
                let Some(path) = RelPath::new(FILE_NAME) else { return };
                let message = format!("the history cannot be read: {}", error.message);
                let mut found = Diagnostic::new(&codes::READ_ERROR, &path, message);
                found.help = error.help;
                reading.diagnostics.push(found);
            }
        }
    }

    /// Joins the corpus.
    pub fn relate(&self, reading: &Reading, options: Options<'_>) -> Arc<Graph> {
        let make = || {
            let corpus = reading.corpus(options);
            let (records, files) = (reading.records.clone(), reading.files.clone());
            let (links, navigation) = rayon::join(
                || self.links(reading, options),
                || self.navigation.get(reading.whole.names, || Navigation::of(corpus, &records)),
            );
            graph::join(corpus, Beginnings { records, files, links, navigation })
        };
        self.graphs.get(of_graph(reading, options), make)
    }

    /// The links of every file, in the order of the outlines.
    fn links(&self, reading: &Reading, options: Options<'_>) -> Vec<Arc<Vec<ResolvedLink>>> {
        let (corpus, whole) = (reading.corpus(options), &reading.whole);
        let places = self.places.get(whole.ids, || Places::new(corpus.outlines));
        let titles = &Titles::new(corpus.outlines);
        let fragments = &Fragments::new(corpus.outlines);
        let (records, files, places) = (&*reading.records, &*reading.files, &*places);
        let lookups = LinkLookups { corpus, records, files, places, titles, fragments };
        let others = |digest: &Digest| match digest.reach {
            None | Some(Reach::Paths) => whole.ids,
            Some(Reach::Names) => whole.names,
            Some(Reach::Lines) => whole.outlines,
        };
        let one = |file: usize| {
            let own = &reading.digests[file];
            let key = Hash::of_value(&(file, own.whole, others(own)));
            self.links.get(key, || link::resolve(&lookups, file))
        };
        let batch = |(first, batch): &(usize, &Batch)| {
            let key = Hash::of_value(&(first, batch.digest.whole, others(&batch.digest)));
            let links = || (*first..first + batch.len()).into_par_iter().map(one).collect();
            self.links_of_batches.get(key, links)
        };
        let batches: Vec<_> = reading.batches().collect();
        let batches: Vec<_> = batches.par_iter().map(batch).collect();
        batches.iter().flat_map(|batch| batch.iter().cloned()).collect()
    }

    /// Looks through the graph for what pages ask of all of it.
    pub fn lookups(&self, reading: &Reading, graph: &Graph, options: Options<'_>) -> Arc<Lookups> {
        let make = || {
            let corpus = reading.corpus(options);
            // Sections have pages of their own, which are called after them.
            let sections = graph.navigation.sections.iter();
            let sections = sections.map(|s| (&s.title, &s.folder, s.index)).collect::<Vec<_>>();
            let key = Hash::of_value(&(reading.whole.ids, sections));
            let routes = self.routes.get(key, || Routes::assign(corpus, graph));
            Lookups::of(corpus, graph, routes)
        };
        self.lookups.get(of_graph(reading, options), make)
    }

    /// Everything that is wrong with the corpus. No page is rendered for it.
    pub fn diagnose(
        &self,
        reading: &Reading,
        graph: &Graph,
        options: Options<'_>,
    ) -> Vec<Diagnostic> {
        let treatment = options.config.treatment();
        let treated = Hash::of_value(&treatment);
        let one = |file: usize| {
            let digest = &reading.digests[file];
            let key = Hash::of_all([treated, digest.whole, digest.text]);
            let (outline, body) = (&reading.outlines[file], &reading.bodies[file]);
            let inspect = || render::inspect(outline, body, &treatment);
            self.inspected.get(key, inspect)
        };
        let batch = |(first, batch): &(usize, &Batch)| {
            let key = Hash::of_all([treated, batch.digest.whole, batch.digest.text]);
            let inspected = || (*first..first + batch.len()).into_par_iter().map(one).collect();
            self.inspected_batches.get(key, inspected)
        };
        let batches: Vec<_> = reading.batches().collect();
        let inspected: Vec<_> = batches.par_iter().map(batch).collect();
        let evidence = reading.evidence(graph);
        let subject = Subject { corpus: reading.corpus(options), graph, evidence };
        let mut found = reading.diagnostics.clone();
        found.extend(
            inspected.iter().flat_map(|batch| batch.iter()).flat_map(|file| file.iter().cloned()),
        );
        found.extend(check::check(subject));
        bounded(found)
    }

    /// What the search index has of each file, beside the outlines, each with its key. What
    /// `earlier` has is not made.
    pub fn digests(&self, reading: &Reading, earlier: &dyn Earlier) -> (Vec<Hash>, Digests) {
        let files = (0..reading.outlines.len()).into_par_iter().map(|file| {
            let digest = reading.digests[file];
            let (outline, body) = (&reading.outlines[file], &reading.bodies[file]);
            // Which parts are records is decided among all files: an id may be taken.
            let parts = reading.records.parts_of(file).iter();
            let parts: Vec<_> = parts.map(|ix| reading.records.get(*ix).lines).collect();
            let key = Hash::of_value(&(digest.whole, digest.text, parts));
            let make = || search::read(outline, body, &reading.records, file);
            (key, self.digests.get(key, || earlier.digests(key).unwrap_or_else(make)))
        });
        files.unzip()
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

    /// How often any stage was run, putting batches together not counted.
    pub fn runs(&self) -> u64 {
        self.rules.runs()
            + self.sources.runs()
            + self.records.runs()
            + self.files.runs()
            + self.places.runs()
            + self.links.runs()
            + self.navigation.runs()
            + self.graphs.runs()
            + self.routes.runs()
            + self.lookups.runs()
            + self.inspected.runs()
            + self.digests.runs()
            + self.pages.runs()
    }

    /// Ends a round: what was not asked for lately is forgotten.
    pub fn end_round(&self) {
        self.rules.end_round();
        // What is held by others goes after them.
        self.lookups.end_round();
        self.graphs.end_round();
        self.records.end_round();
        self.gathered.end_round();
        self.batches.end_round();
        self.sources.end_round();
        self.files.end_round();
        self.places.end_round();
        self.links_of_batches.end_round();
        self.links.end_round();
        self.navigation.end_round();
        self.routes.end_round();
        self.inspected_batches.end_round();
        self.inspected.end_round();
        self.digests.end_round();
        self.pages.end_round();
        self.drawings.end_round();
    }
}

/// The configuration without what a change is judged by, which has no say in how a file is read.
fn unjudged(config: &Config) -> Config {
    Config { gate: Gate::default(), accepted_waivers: None, ..config.clone() }
}

/// The key of all that is joined: everything that was read but for texts, and what an option says of
/// it.
pub(super) fn of_graph(reading: &Reading, options: Options<'_>) -> Hash {
    Hash::of_value(&(
        (options.config, options.today, reading.whole.outlines),
        (&reading.empty, &reading.drafts, &reading.anchors),
    ))
}
