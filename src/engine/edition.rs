//! The site of one moment, file by file: nothing is rendered that nobody asks for.

use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

use super::{
    Options, Reading,
    build::{add_site_map, asset, beside, front_page},
    earlier::Nothing,
    output::{Item, OutputSet},
    shown, site,
    stages::Stages,
    tables,
};
use crate::{
    diag::{self, Diagnostic},
    graph::Graph,
    model::{config::Config, levels::apply_levels},
    page::{
        self, Job, diagnostics,
        lookups::Lookups,
        model::Page,
        route::page_of_twin,
        site::{FileText, Site},
    },
    path::RelPath,
    render::{Rendered, theme::Theme},
    search,
    world::{Hash, Snapshot, World},
};

/// What every edition of a project is made with.
#[derive(Clone)]
pub struct Press {
    /// The stages, with what they gave before.
    pub stages: Arc<Stages>,
    /// Where images and linked files are.
    pub world: Arc<dyn World + Send + Sync>,
    /// The configuration.
    pub config: Arc<Config>,
    /// Templates and assets.
    pub theme: Arc<Theme>,
    /// The name of the root folder.
    pub folder_name: Arc<str>,
    /// The day against which waivers expire, `YYYY-MM-DD`.
    pub today: Arc<str>,
}

/// The site of one moment.
pub struct Edition {
    press: Press,
    reading: Reading,
    graph: Arc<Graph>,
    lookups: Arc<Lookups>,
    shown: BTreeMap<RelPath, FileText>,
    beside: OnceLock<OutputSet>,
    search: OnceLock<BTreeMap<String, Vec<u8>>>,
    previews: OnceLock<BTreeMap<String, Vec<u8>>>,
    found: OnceLock<Vec<Diagnostic>>,
}

/// A file of the site.
#[derive(Clone, Debug)]
pub struct Served {
    /// Its bytes.
    pub bytes: Arc<[u8]>,
    /// Why its template failed, when it did: the bytes then say so.
    pub fault: Option<Diagnostic>,
}

impl Press {
    fn options(&self) -> Options<'_> {
        Options { config: &self.config, folder_name: &self.folder_name, today: Some(&self.today) }
    }

    /// Reads and joins the files of a snapshot. `shown` are files that were read to be shown before
    /// and have not changed since.
    pub fn edition(&self, snapshot: &Snapshot, mut shown: BTreeMap<RelPath, FileText>) -> Edition {
        let (stages, options) = (&self.stages, self.options());
        let mut reading = stages.read(snapshot, &self.config);
        stages.look_back(&mut reading, &*self.world, &self.config);
        let graph = stages.relate(&reading, options);
        let lookups = stages.lookups(&reading, &graph, options);
        let shown = shown::renewed(&lookups.to_show, &*self.world, &mut shown);
        let (beside, found) = (OnceLock::new(), OnceLock::new());
        let (search, previews) = (OnceLock::new(), OnceLock::new());
        let press = self.clone();
        Edition { press, reading, graph, lookups, shown, beside, search, previews, found }
    }
}

impl Edition {
    /// What was read.
    pub fn reading(&self) -> &Reading {
        &self.reading
    }

    /// What it was made with.
    pub fn press(&self) -> &Press {
        &self.press
    }

    /// Files that are no records and are shown, as they were read.
    pub fn shown(&self) -> &BTreeMap<RelPath, FileText> {
        &self.shown
    }

    /// Everything that pages are made from.
    pub fn site(&self) -> Site<'_> {
        let site = site(&self.reading, &self.graph, &self.lookups, self.press.options());
        Site { shown: &self.shown, ..site }
    }

    /// Everything that is wrong with the content, sorted, with the levels of the configuration.
    /// Worked out when it is first asked for.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        self.found.get_or_init(|| {
            let press = &self.press;
            let mut found = press.stages.diagnose(&self.reading, &self.graph, press.options());
            found.extend(self.lookups.routes.collisions());
            let mut found = apply_levels(found, &press.config.diagnostics);
            diag::sort(&mut found);
            found
        })
    }

    /// The file at a route; none when the site has no such file.
    pub fn file(&self, route: &RelPath) -> Option<Served> {
        let site = self.site();
        if let Some(job) = self.job_at(&site, route) {
            return Some(self.page(&self.model(&site, &job)));
        }
        if let Some(twin) = self.twin(&site, route) {
            return Some(twin);
        }
        if let Some(bytes) = self.press.theme.assets.get(route.as_str()) {
            return Some(bytes.as_slice().into());
        }
        if route.parent() == search::FOLDER {
            let digests = || self.press.stages.digests(&self.reading, &Nothing).1;
            let index = self.search.get_or_init(|| search::files(&site, &digests()));
            return Some(index.get(route.as_str())?.as_slice().into());
        }
        if route.parent() == search::preview::FOLDER {
            let digests = || self.press.stages.digests(&self.reading, &Nothing).1;
            let cards = self.previews.get_or_init(|| search::preview::files(&site, &digests()));
            return Some(cards.get(route.as_str())?.as_slice().into());
        }
        if let Some(bytes) = self.table(&site, route) {
            return Some(bytes.as_slice().into());
        }
        if let Some(bytes) = self.press.stages.drawing(route) {
            return Some(Served { bytes, fault: None });
        }
        if site.used_assets().contains(route) {
            let bytes = asset(&*self.press.world, route).ok()?;
            return Some(bytes.as_slice().into());
        }
        let beside = self.beside.get_or_init(|| {
            let mut output = OutputSet::default();
            beside(&site, &self.press.theme, &mut output, &mut Vec::new());
            output
        });
        if let Some(served) = served(beside, route) {
            return Some(served);
        }
        // It looks at every page, so it is made when somebody asks for it, and never kept.
        if route.as_str() != "sitemap.xml" {
            return None;
        }
        let pages = page::jobs(&site).into_iter().map(|job| page::model(&site, &job).route);
        let more = 2..=diagnostics::count(self.diagnostics());
        let pages: Vec<RelPath> = pages.chain(more.map(|n| site.route.diagnostics(n))).collect();
        let mut output = OutputSet::default();
        add_site_map(&site, &pages, &mut output, &mut Vec::new());
        served(&output, route)
    }

    /// The page for an address that does not exist, which may be anywhere: its links begin at the
    /// root of the server.
    pub fn not_found(&self) -> Served {
        let mut page = page::model(&self.site(), &Job::NotFound);
        page::frame::from_root(&mut page.frame);
        self.page(&page)
    }

    /// The page at a route. How many pages of diagnostics there are, only what was found tells.
    fn job_at(&self, site: &Site<'_>, route: &RelPath) -> Option<Job> {
        let there = |job: &Job| match job {
            Job::Diagnostics(n) => *n <= diagnostics::count(self.diagnostics()),
            _ => true,
        };
        page::job_at(site, route).filter(there)
    }

    fn model(&self, site: &Site<'_>, job: &Job) -> Page {
        match job {
            Job::Home => Some(front_page(site, self.diagnostics())),
            Job::Diagnostics(n) => {
                let page = diagnostics::page(site, self.diagnostics(), *n);
                Some(page::finished(site, page))
            }
            _ => None,
        }
        .unwrap_or_else(|| page::model(site, job))
    }

    /// A table of the site as a file: made when somebody asks for it, and never kept.
    fn table(&self, site: &Site<'_>, route: &RelPath) -> Option<Vec<u8>> {
        let rules = self.press.stages.rules(&self.press.config);
        let from = tables::Context { site, reading: &self.reading, words: rules.words() };
        tables::file(from, route, || self.diagnostics())
    }

    /// The twin in Markdown of a page.
    fn twin(&self, site: &Site<'_>, route: &RelPath) -> Option<Served> {
        let job = self.job_at(site, &page_of_twin(route)?)?;
        let page = self.model(site, &job);
        let rendered = self.press.stages.page(&self.press.theme, &page);
        let bytes = rendered.twin.as_ref()?.as_bytes().into();
        Some(Served { bytes, fault: rendered.fault.clone() })
    }

    fn page(&self, page: &Page) -> Served {
        let rendered: Arc<Rendered> = self.press.stages.page(&self.press.theme, page);
        Served { bytes: rendered.html.as_bytes().into(), fault: rendered.fault.clone() }
    }
}

/// A file of an output that was made in memory.
fn served(output: &OutputSet, route: &RelPath) -> Option<Served> {
    match output.get(route.as_str())? {
        Item::Bytes(bytes) => Some(bytes.as_slice().into()),
        Item::Aside(slice) => slice.bytes().ok().map(|bytes| bytes.as_slice().into()),
        Item::Kept(..) | Item::Unkept => None,
    }
}

impl From<&[u8]> for Served {
    fn from(bytes: &[u8]) -> Self {
        Self { bytes: bytes.into(), fault: None }
    }
}

/// The key of a page: of everything its bytes are made from.
pub(super) fn key(theme: &Theme, page: &Page) -> Hash {
    Hash::of_value(&(theme.hash(), page))
}
