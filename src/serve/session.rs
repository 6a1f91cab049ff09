//! What answers requests: the newest edition of the site, and the last good bytes of a page whose
//! template fails.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
};

use super::{
    http::{Answer, Answers},
    live,
};
use crate::{diag::Diagnostic, engine::edition::Edition, path::RelPath, render::html::escape};

/// So many pages are remembered for the case that their template fails.
const REMEMBERED: usize = 256;

/// Whether pages follow their sources in the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reload {
    /// They do.
    Live,
    /// They stay as they were loaded.
    Never,
}

/// What there is to show.
#[derive(Clone)]
enum Shown {
    Edition(Arc<Edition>),
    /// A page that says why there is no site yet.
    Excuse(Arc<[u8]>),
}

/// The site as it stands, shared by all requests.
pub struct Session {
    reload: Reload,
    shown: Mutex<Option<Shown>>,
    first: Condvar,
    good: Mutex<HashMap<RelPath, Arc<[u8]>>>,
    /// By the page on which the template failed.
    faults: Mutex<BTreeMap<RelPath, Diagnostic>>,
    found_fault: Box<dyn Fn() + Send + Sync>,
}

impl Session {
    /// A session without a site yet: requests wait for the first. `found_fault` is called when a
    /// page was asked for and its template failed, once for a page.
    pub fn new(reload: Reload, found_fault: impl Fn() + Send + Sync + 'static) -> Self {
        Self {
            reload,
            shown: Mutex::new(None),
            first: Condvar::new(),
            good: Mutex::default(),
            faults: Mutex::default(),
            found_fault: Box::new(found_fault),
        }
    }

    /// Shows an edition from now on.
    pub fn show(&self, edition: Arc<Edition>) {
        *lock(&self.shown) = Some(Shown::Edition(edition.clone()));
        self.first.notify_all();
        // Pages that failed are made again now, for nobody may ask for them.
        let failed: Vec<RelPath> = lock(&self.faults).keys().cloned().collect();
        for route in failed {
            let fault = edition.file(&route).and_then(|served| served.fault);
            let mut faults = lock(&self.faults);
            match fault {
                Some(fault) => drop(faults.insert(route, fault)),
                None => drop(faults.remove(&route)),
            }
        }
    }

    /// Shows why there is no site, until there is one. A site that is shown stays.
    pub fn excuse(&self, why: &str) {
        let mut shown = lock(&self.shown);
        if !matches!(*shown, Some(Shown::Edition(_))) {
            *shown = Some(Shown::Excuse(excuse(why).into_bytes().into()));
            self.first.notify_all();
        }
    }

    /// The edition that is shown.
    pub fn shown(&self) -> Option<Arc<Edition>> {
        match &*lock(&self.shown) {
            Some(Shown::Edition(edition)) => Some(edition.clone()),
            Some(Shown::Excuse(_)) | None => None,
        }
    }

    /// Templates that failed on pages of this edition, as far as they were asked for: each mistake
    /// once, with the first page that shows it.
    pub fn faults(&self) -> Vec<Diagnostic> {
        let faults = lock(&self.faults);
        let by_message: BTreeMap<&str, &Diagnostic> =
            faults.values().rev().map(|fault| (fault.message.as_str(), fault)).collect();
        by_message.into_values().cloned().collect()
    }

    /// What is shown, as soon as there is anything.
    fn anything(&self) -> Shown {
        let mut shown = lock(&self.shown);
        loop {
            if let Some(shown) = &*shown {
                return shown.clone();
            }
            shown = self.first.wait(shown).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn file(&self, edition: &Edition, route: &RelPath) -> Option<Answer> {
        let served = edition.file(route)?;
        let mut bytes = served.bytes;
        match served.fault {
            Some(fault) => {
                bytes = lock(&self.good).get(route).cloned().unwrap_or(bytes);
                self.keep_fault(route, fault);
            }
            None if is_page(route) => {
                let mut good = lock(&self.good);
                if good.len() >= REMEMBERED {
                    good.clear();
                }
                good.insert(route.clone(), bytes.clone());
            }
            None => {}
        }
        Some(self.answer_of(200, route, bytes))
    }

    fn keep_fault(&self, route: &RelPath, fault: Diagnostic) {
        let mut faults = lock(&self.faults);
        let is_new = faults.get(route) != Some(&fault);
        if is_new && (faults.contains_key(route) || faults.len() < REMEMBERED) {
            faults.insert(route.clone(), fault);
            drop(faults);
            (self.found_fault)();
        }
    }

    fn answer_of(&self, status: u16, route: &RelPath, bytes: Arc<[u8]>) -> Answer {
        let is_live = self.reload == Reload::Live && is_page(route);
        let body = if is_live { live::inject(&bytes).into() } else { bytes };
        Answer { status, content_type: content_type(route), body }
    }
}

impl Answers for Session {
    fn answer(&self, path: &str) -> Answer {
        let own = |content_type, text: &str| Answer {
            status: 200,
            content_type,
            body: text.as_bytes().into(),
        };
        match path {
            "/_lacuna/live.js" => return own("text/javascript; charset=utf-8", live::SCRIPT),
            "/_lacuna/live.css" => return own("text/css; charset=utf-8", live::STYLE),
            _ => {}
        }
        let edition = match self.anything() {
            Shown::Edition(edition) => edition,
            Shown::Excuse(page) => {
                let route = RelPath::new("index.html").expect("a path");
                return self.answer_of(503, &route, page);
            }
        };
        let found = routes(path).find_map(|route| self.file(&edition, &route));
        found.unwrap_or_else(|| {
            let route = RelPath::new("404.html").expect("a path");
            self.answer_of(404, &route, edition.not_found().bytes)
        })
    }
}

/// The page in the place of a site that cannot be made.
fn excuse(why: &str) -> String {
    let why = escape(why);
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"lacuna:waits\">\n\
         <title>There is no site yet</title>\n\
         <style>body {{ font-family: system-ui, sans-serif; margin: 3rem }}</style>\n</head>\n<body>\n<h1>There is no site yet</h1>\n\
         <p>It is shown as soon as this is mended:</p>\n<pre>{why}</pre>\n</body>\n</html>\n"
    )
}

/// The files that an address may mean, as hosts have it: itself, the index of a folder, and a page
/// without its extension.
fn routes(path: &str) -> impl Iterator<Item = RelPath> {
    let text = path.strip_prefix('/').unwrap_or(path);
    // An address has one spelling: what a path would drop is not there.
    let plain = !text.starts_with('/') && !text.contains("//");
    let names = match text {
        "" => vec!["index.html".to_owned()],
        folder if folder.ends_with('/') => vec![format!("{folder}index.html")],
        file => vec![file.to_owned(), format!("{file}.html")],
    };
    names.into_iter().filter(move |_| plain).filter_map(|name| RelPath::new(&name))
}

fn is_page(route: &RelPath) -> bool {
    route.has_extension(&["html"])
}

fn content_type(route: &RelPath) -> &'static str {
    // The rules of headers have no extension and are to be read.
    if route.as_str() == "_headers" {
        return "text/plain; charset=utf-8";
    }
    match route.extension().map(str::to_ascii_lowercase).as_deref() {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("gif") => "image/gif",
        Some("webp") => "image/webp",
        Some("avif") => "image/avif",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("pdf") => "application/pdf",
        Some("mp4") => "video/mp4",
        Some("webm") => "video/webm",
        Some("xml") if route.as_str() == "feed.xml" => "application/atom+xml; charset=utf-8",
        Some("xml") => "application/xml",
        Some("md") => "text/markdown; charset=utf-8",
        Some("csv") => "text/csv; charset=utf-8",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Every value is put in whole, so that a panic elsewhere leaves nothing half done.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_told_what_a_file_is() {
        for (route, expected) in [
            ("docs/pier.md", "text/markdown; charset=utf-8"),
            ("feed.xml", "application/atom+xml; charset=utf-8"),
            ("sitemap.xml", "application/xml"),
            ("llms.txt", "text/plain; charset=utf-8"),
            ("robots.txt", "text/plain; charset=utf-8"),
            ("site.webmanifest", "application/manifest+json"),
            ("_headers", "text/plain; charset=utf-8"),
            ("tables/gaps.csv", "text/csv; charset=utf-8"),
        ] {
            let route = RelPath::new(route).expect("a path");
            assert_eq!(content_type(&route), expected, "{route}");
        }
    }
}
