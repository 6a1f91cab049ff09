//! Floor 6: the stages in order. Everything here is pure but for the snapshot it is given.
//!
//! ```text
//! Snapshot --read--> sources --relate--> graph --plan--> pages --render--> OutputSet
//! ```

pub mod accept;
pub mod anchoring;
mod badges;
mod checkout;
mod contents;
pub mod create;
pub mod export;
pub mod figures;
pub mod import;
mod ledgers;
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

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use rayon::prelude::*;

use crate::{
    check::{self, Subject},
    diag::{self, Diagnostic, codes},
    evidence::{self, Evidence},
    graph::{Corpus, Graph, anchor::Anchors},
    model::{
        config::{Config, FILE_NAME},
        contents::{Contents, FolderFacts},
        levels::apply_levels,
        lock,
        repository::Repository,
        source::{Body, Outline},
    },
    page::{
        self, Job, diagnostics,
        model::{Home, Page, View},
        lookups::Lookups,
        site::Site,
    },
    path::RelPath,
    render::{self, svg, theme::Theme},
    world::{Snapshot, World},
};
use anchoring::LockFile;
use output::OutputSet;
use stages::{Digest, Stages};

/// The corpus, read: what every later stage starts from.
#[derive(Debug, Default)]
pub struct Reading {
    /// The outlines, sorted by path.
    pub outlines: Vec<Arc<Outline>>,
    /// Their hashes, beside them.
    pub digests: Vec<Digest>,
    /// The bodies, beside the outlines.
    pub bodies: Vec<Body>,
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

/// A built site, not yet written.
#[derive(Debug)]
pub struct Build {
    /// All files of the site.
    pub output: OutputSet,
    /// How many of them are pages.
    pub pages: usize,
    /// Everything that is wrong with the content, sorted, with the levels of the configuration.
    pub diagnostics: Vec<Diagnostic>,
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
            today: options.today,
            weights: options.config.weights,
            anchors: &self.anchors,
            repository: self.repository.as_ref(),
            drafts: &self.drafts,
            contents: &self.contents,
            folders: &self.folders,
        }
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

/// Everything that is wrong with the corpus short of rendering it.
pub fn diagnose(reading: &Reading, graph: &Graph, options: Options<'_>) -> Vec<Diagnostic> {
    let evidence = reading.evidence(graph);
    let subject = Subject { corpus: reading.corpus(options), graph, evidence };
    let mut found = reading.diagnostics.clone();
    found.extend(check::check(subject));
    found
}

/// Everything that pages, the export and reports are made from. `lookups` are those of the graph.
pub fn site<'a>(
    reading: &'a Reading,
    graph: &'a Graph,
    lookups: &'a Lookups,
    options: Options<'a>,
) -> Site<'a> {
    Site {
        title: options.config.title.as_deref().unwrap_or(options.folder_name),
        base_url: options.config.base_url.as_deref(),
        corpus: reading.corpus(options),
        bodies: &reading.bodies,
        graph,
        route: &lookups.routes,
        lookups,
        evidence: &reading.evidence,
    }
}

/// What pages ask of the whole graph.
pub fn lookups(reading: &Reading, graph: &Graph, options: Options<'_>) -> Lookups {
    Stages::default().lookups(reading, graph, options)
}

/// Plans and renders the whole site.
pub fn build(
    reading: &Reading,
    graph: &Graph,
    theme: &Theme,
    world: &dyn World,
    options: Options<'_>,
) -> Build {
    let mut lookups = lookups(reading, graph, options);
    lookups.shown = shown::read(&site(reading, graph, &lookups, options), world);
    let site = site(reading, graph, &lookups, options);
    let mut found = diagnose(reading, graph, options);
    found.extend(site.route.collisions());

    let jobs = page::jobs(&site);
    let rendered: Vec<(RelPath, render::Rendered)> = jobs
        .par_iter()
        // These two show what rendering the others has found.
        .filter(|job| !matches!(job, Job::Home | Job::Diagnostics))
        .map(|job| {
            let page = page::model(&site, job);
            let rendered = render::page(theme, &page);
            (page.route, rendered)
        })
        .collect();
    let mut output = OutputSet::default();
    let mut pages = 0;
    for (route, rendered) in rendered {
        found.extend(rendered.diagnostics);
        add(&mut output, &mut found, route.as_str(), rendered.html.into_bytes());
        for (route, bytes) in rendered.files {
            if output.get(&route).is_none() {
                add(&mut output, &mut found, &route, bytes);
            }
        }
        pages += 1;
    }
    add_assets(&site, theme, world, &mut output, &mut found);
    badges::add(&site, &mut output, &mut found);
    badges::add_schemas(&site, &mut output, &mut found);
    add_site_map(&site, &jobs, &mut output, &mut found);
    redirects::add(&site, &mut output, &mut found);

    let mut found = apply_levels(found, &options.config.diagnostics);
    diag::sort(&mut found);
    for page in last_pages(&site, &found) {
        let rendered = render::page(theme, &page);
        found.extend(apply_levels(rendered.diagnostics, &options.config.diagnostics));
        add(&mut output, &mut found, page.route.as_str(), rendered.html.into_bytes());
        pages += 1;
    }
    diag::sort(&mut found);
    Build { output, pages, diagnostics: found }
}

fn last_pages(site: &Site<'_>, found: &[Diagnostic]) -> [Page; 2] {
    let mut home = page::model(site, &Job::Home);
    if let View::Home(Home { problems, .. }) = &mut home.view {
        *problems = diagnostics::problems(found);
    }
    [home, diagnostics::page(site, found)]
}

/// Adds a file; two for one address is a finding, not a failure.
fn add(output: &mut OutputSet, found: &mut Vec<Diagnostic>, route: &str, bytes: Vec<u8>) {
    if output.insert(route, bytes).is_err()
        && let Some(path) = RelPath::new(route)
    {
        let message = format!("two files of the site want the address {route}");
        found.push(
            Diagnostic::new(&codes::DUPLICATE_ROUTE, &path, message)
                .help("rename one of the sources"),
        );
    }
}

fn add_assets(
    site: &Site<'_>,
    theme: &Theme,
    world: &dyn World,
    output: &mut OutputSet,
    found: &mut Vec<Diagnostic>,
) {
    for (route, bytes) in &theme.assets {
        add(output, found, route, bytes.clone());
    }
    for path in site.used_assets() {
        let bytes = match world.read(path) {
            Ok(bytes) => bytes,
            Err(error) => {
                found.push(Diagnostic::new(&codes::READ_ERROR, path, error.message));
                continue;
            }
        };
        if !path.has_extension(&["svg"]) {
            add(output, found, path.as_str(), bytes);
            continue;
        }
        // A drawing can be opened on its own, and then its scripts would run.
        match svg::clean(&String::from_utf8_lossy(&bytes)) {
            Ok(clean) => add(output, found, path.as_str(), clean.into_bytes()),
            Err(error) => found.push(
                Diagnostic::new(
                    &codes::READ_ERROR,
                    path,
                    format!("the drawing is not well-formed: {error}"),
                )
                .help("export it again as plain SVG"),
            ),
        }
    }
}

/// The site map; its addresses must be absolute (sitemaps.org), so it needs the base address.
fn add_site_map(
    site: &Site<'_>,
    jobs: &[Job],
    output: &mut OutputSet,
    found: &mut Vec<Diagnostic>,
) {
    if site.base_url.is_none() {
        return;
    }
    let mut urls: BTreeMap<String, ()> = BTreeMap::new();
    for job in jobs.iter().filter(|job| !matches!(job, Job::NotFound)) {
        urls.extend(page::model(site, job).frame.canonical.map(|url| (url, ())));
    }
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for url in urls.keys() {
        xml.push_str(&format!("<url><loc>{}</loc></url>\n", render::html::escape(url)));
    }
    xml.push_str("</urlset>\n");
    add(output, found, "sitemap.xml", xml.into_bytes());
}

/// Joins the corpus.
pub fn relate(reading: &Reading, options: Options<'_>) -> Graph {
    Stages::default().relate(reading, options)
}
