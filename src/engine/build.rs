//! The whole site: every page planned and rendered, and the files beside them.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::{
    Options, Reading, badges, board,
    compress::{self, Twins},
    earlier::{Earlier, Whole},
    edition, feed, hosting, llms,
    output::{Item, OutputSet, RouteError},
    publish::Aside,
    redirects, shown, site,
    stages::{Digests, Stages, of_graph},
    tables, versions,
};
use crate::{
    diag::{self, Diagnostic, codes},
    graph::Graph,
    model::levels::apply_levels,
    page::{
        self, Job, diagnostics,
        model::{Home, Page, View},
        route,
        site::{FileText, Site},
    },
    path::RelPath,
    render::{self, svg, theme::Theme},
    search,
    world::{Hash, World},
};

/// What a site is made of.
#[derive(Clone, Copy)]
pub struct Making<'a> {
    /// The stages, with what they gave before.
    pub stages: &'a Stages,
    /// The corpus, read.
    pub reading: &'a Reading,
    /// The corpus, joined.
    pub graph: &'a Graph,
    /// Templates and assets.
    pub theme: &'a Theme,
    /// Where images are.
    pub world: &'a dyn World,
    /// What is particular to this run.
    pub options: Options<'a>,
    /// Where the files are until they are published.
    pub aside: &'a Aside,
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
    /// The files of each page by the key of all it was made from, for a later build. A page whose
    /// template failed is not among them.
    pub made: BTreeMap<Hash, Vec<RelPath>>,
    /// The compressed files.
    pub compressed: Twins,
    /// What the search index has of each file, by the key of all it was made from, for a later
    /// build; none when the index was taken over.
    pub digests: Option<(Vec<Hash>, Digests)>,
    /// The key of all that the site was made from, for a later build; none when making it found
    /// what is wrong with a template or an address.
    pub whole: Option<Hash>,
}

/// A page as files.
struct Made {
    key: Hash,
    files: Vec<(RelPath, Item)>,
    fault: Option<Diagnostic>,
}

/// Plans and renders the whole site. Pages that `earlier` has are not rendered, and nothing is when
/// it has all of them.
pub fn build(making: Making<'_>, earlier: &dyn Earlier) -> Build {
    let Making { stages, reading, graph, theme, world, options, aside } = making;
    let time = &stages.timings;
    let lookups = time.time("look up", || stages.lookups(reading, graph, options));
    let shown = &shown::renewed(&lookups.to_show, world, &mut BTreeMap::new());
    let site = Site { shown, ..site(reading, graph, &lookups, options) };
    let mut found = time.time("check", || stages.diagnose(reading, graph, options));
    found.extend(site.route.collisions());
    let key = key_of_all(&making, shown, &site, &found);
    if let Some(kept) = time.time("kept", || earlier.whole(key)) {
        let Whole { output, pages, made, compressed } = kept;
        let (diagnostics, whole) = (told(found, options), Some(key));
        return Build { output, pages, diagnostics, made, compressed, digests: None, whole };
    }

    let known = found.len();
    let jobs = page::jobs(&site);
    let make = |page: Page| make(theme, &page, earlier, aside);
    let made: Vec<Made> = time.time("pages", || {
        jobs.par_iter()
            // These two show what making the others has found.
            .filter(|job| !matches!(job, Job::Home | Job::Diagnostics(_)))
            .map(|job| make(page::model(&site, job)))
            .collect()
    });
    let (keys, digests) = time.time("digests", || stages.digests(reading, earlier));
    let index = time.time("search", || {
        let mut files = search::files(&site, &digests);
        files.extend(search::preview::files(&site, &digests));
        files
    });
    let mut build = Build {
        output: OutputSet::waiting(aside.clone()),
        pages: 0,
        diagnostics: Vec::new(),
        made: BTreeMap::new(),
        compressed: Twins::new(),
        digests: Some((keys, digests)),
        whole: None,
    };
    let mut pages = vec![site.route.home()];
    pages.extend(made.iter().filter_map(|page| page.files.first()).map(|(route, _)| route.clone()));
    made.into_iter().for_each(|page| build.add_page(page, &mut found));
    time.time("files", || {
        for (route, bytes) in &theme.assets {
            add(&mut build.output, &mut found, route, bytes.clone());
        }
        for (route, bytes) in index {
            add(&mut build.output, &mut found, &route, bytes);
        }
        add_assets(&site, world, &mut build.output, &mut found);
        let words = stages.rules(options.config);
        let tables = tables::Context { site: &site, reading, words: words.words() };
        tables::add(tables, &mut build.output, &mut found);
        beside(&site, theme, &mut build.output, &mut found);
    });

    let mut is_sound = found.len() == known;
    let mut found = told(found, options);
    let last = last_pages(&site, &found);
    pages.extend(last.iter().skip(1).map(|page| page.route.clone()));
    let mut faults = Vec::new();
    add_site_map(&site, &pages, &mut build.output, &mut faults);
    versions::add_version(&site, &pages, &mut build.output, &mut faults);
    tables::add_diagnostics((&site, reading), &found, &mut build.output, &mut faults);
    let last: Vec<Made> = last.into_par_iter().map(make).collect();
    last.into_iter().for_each(|page| build.add_page(page, &mut faults));
    is_sound &= faults.is_empty();
    found.extend(apply_levels(faults, &options.config.diagnostics));
    diag::sort(&mut found);
    // Last, for every file has its twins.
    if !options.config.compress.is_empty() {
        build.compressed = time.time("compress", || {
            compress::add(&mut build.output, &options.config.compress, earlier)
        });
    }
    build.diagnostics = found;
    build.whole = is_sound.then_some(key);
    build
}

/// What is told of what was found.
fn told(found: Vec<Diagnostic>, options: Options<'_>) -> Vec<Diagnostic> {
    let mut found = apply_levels(found, &options.config.diagnostics);
    diag::sort(&mut found);
    found
}

/// The key of everything that a site is made from.
fn key_of_all(
    making: &Making<'_>,
    shown: &BTreeMap<RelPath, FileText>,
    site: &Site<'_>,
    found: &[Diagnostic],
) -> Hash {
    let Making { reading, theme, world, options, .. } = making;
    let images: Vec<&RelPath> = site.used_assets().into_iter().collect();
    let image = |path: &&RelPath| (world.read(path).ok()).map(|bytes| Hash::of(&bytes));
    let images: Vec<Option<Hash>> = images.par_iter().map(image).collect();
    Hash::of_value(&(
        (theme.hash(), options.folder_name, of_graph(reading, *options)),
        (&reading.digests, &reading.lock.lock, images, shown, found),
        &reading.history,
    ))
}

impl Build {
    fn add_page(&mut self, page: Made, found: &mut Vec<Diagnostic>) {
        self.pages += 1;
        if page.fault.is_none() {
            let routes = page.files.iter().map(|(route, _)| route.clone()).collect();
            self.made.insert(page.key, routes);
        }
        found.extend(page.fault);
        for (at, (route, item)) in page.files.into_iter().enumerate() {
            // Two pages may show one drawing.
            let is_own = at == 0 || route.has_extension(&["md"]);
            if is_own || self.output.get(route.as_str()).is_none() {
                add_item(&mut self.output, found, route.as_str(), item);
            }
        }
    }
}

/// Makes the files of a page, or finds them.
fn make(theme: &Theme, page: &Page, earlier: &dyn Earlier, aside: &Aside) -> Made {
    let key = edition::key(theme, page);
    if let Some(files) = earlier.files(key) {
        return Made { key, files, fault: None };
    }
    let rendered = render::page(theme, page);
    let mut files = vec![(page.route.clone(), aside.keep(rendered.html.into_bytes()))];
    let twin = rendered.twin.map(String::into_bytes);
    files.extend(twin.map(|bytes| (route::twin(&page.route), aside.keep(bytes))));
    let others = rendered.files.into_iter();
    files.extend(
        others.filter_map(|(route, bytes)| Some((RelPath::new(&route)?, aside.keep(bytes)))),
    );
    Made { key, files, fault: rendered.fault }
}

/// The pages that show what making the others has found: the front page, then the diagnostics.
fn last_pages(site: &Site<'_>, found: &[Diagnostic]) -> Vec<Page> {
    let diagnostics = diagnostics::pages(site, found).into_iter();
    let diagnostics = diagnostics.map(|page| page::finished(site, page));
    std::iter::once(front_page(site, found)).chain(diagnostics).collect()
}

/// The front page, with the numbers of what was found.
pub fn front_page(site: &Site<'_>, found: &[Diagnostic]) -> Page {
    let mut home = page::model(site, &Job::Home);
    if let View::Home(Home { problems, .. }) = &mut home.view {
        *problems = diagnostics::problems(found);
    }
    page::finished(site, home)
}

/// Adds a file; two for one address is a finding, not a failure.
pub(super) fn add(
    output: &mut OutputSet,
    found: &mut Vec<Diagnostic>,
    route: &str,
    bytes: Vec<u8>,
) {
    let item = output.keep(bytes);
    add_item(output, found, route, item);
}

/// Adds a file that was kept already, as [`add`].
pub(super) fn add_item(
    output: &mut OutputSet,
    found: &mut Vec<Diagnostic>,
    route: &str,
    item: Item,
) {
    let Err(error) = output.insert_item(route, item) else { return };
    let Some(path) = RelPath::new(route) else { return };
    found.push(match error {
        RouteError::Collision { .. } => {
            let message = format!("two files of the site want the address {route}");
            Diagnostic::new(&codes::DUPLICATE_ROUTE, &path, message)
                .help("rename one of the sources")
        }
        RouteError::Refused(_) => {
            let message = "the address is too long for a file, or not to be used by a site";
            Diagnostic::new(&codes::LIMIT_REACHED, &path, message).help("rename the source")
        }
    });
}

/// Adds what is made beside the pages: badges, the data of the board, what is there for programs
/// and hosts, and pages that only lead on.
pub fn beside(site: &Site<'_>, theme: &Theme, output: &mut OutputSet, found: &mut Vec<Diagnostic>) {
    feed::add(site, output, found);
    llms::add(site, output, found);
    hosting::add(site, theme, output, found);
    badges::add(site, output, found);
    board::add(site, output, found);
    redirects::add(site, output, found);
}

fn add_assets(
    site: &Site<'_>,
    world: &dyn World,
    output: &mut OutputSet,
    found: &mut Vec<Diagnostic>,
) {
    for path in site.used_assets() {
        match asset(world, path) {
            Ok(bytes) => add(output, found, path.as_str(), bytes),
            Err(fault) => found.push(fault),
        }
    }
}

/// The bytes of an image as they are published.
///
/// # Errors
/// The file cannot be read, or is a drawing that is not well-formed.
pub fn asset(world: &dyn World, path: &RelPath) -> Result<Vec<u8>, Diagnostic> {
    let bytes = world
        .read(path)
        .map_err(|error| Diagnostic::new(&codes::READ_ERROR, path, error.message))?;
    if !path.has_extension(&["svg"]) {
        return Ok(bytes);
    }
    // A drawing can be opened on its own, and then its scripts would run.
    let clean = svg::clean(&String::from_utf8_lossy(&bytes)).map_err(|error| {
        let message = format!("the drawing is not well-formed: {error}");
        Diagnostic::new(&codes::READ_ERROR, path, message).help("export it again as plain SVG")
    })?;
    Ok(clean.into_bytes())
}

/// The site map of these pages; its addresses must be absolute (sitemaps.org), so it needs the base
/// address.
pub(super) fn add_site_map(
    site: &Site<'_>,
    pages: &[RelPath],
    output: &mut OutputSet,
    found: &mut Vec<Diagnostic>,
) {
    if site.base_url.is_none() {
        return;
    }
    let pages = pages.iter().filter(|page| **page != site.route.not_found());
    let urls: BTreeSet<String> =
        pages.filter_map(|page| page::frame::canonical(site, page)).collect();
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for url in &urls {
        xml.push_str(&format!("<url><loc>{}</loc></url>\n", render::html::escape(url)));
    }
    xml.push_str("</urlset>\n");
    add(output, found, "sitemap.xml", render::inert::xml(xml).into_bytes());
}

#[cfg(test)]
mod tests;
