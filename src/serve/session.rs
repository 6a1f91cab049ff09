//! What answers requests: the newest edition of the site, and the last good bytes of a page whose
//! template fails.

use std::{
    collections::HashMap,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
};

use super::{
    http::{Answer, Answers},
    live,
};
use crate::{diag::Diagnostic, engine::edition::Edition, path::RelPath};

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

/// The site as it stands, shared by all requests.
pub struct Session {
    reload: Reload,
    newest: Mutex<Option<Arc<Edition>>>,
    first: Condvar,
    good: Mutex<HashMap<RelPath, Arc<[u8]>>>,
    faults: Mutex<Vec<Diagnostic>>,
}

impl Session {
    /// A session without a site yet: requests wait for the first.
    pub fn new(reload: Reload) -> Self {
        Self {
            reload,
            newest: Mutex::new(None),
            first: Condvar::new(),
            good: Mutex::default(),
            faults: Mutex::default(),
        }
    }

    /// Shows an edition from now on.
    pub fn show(&self, edition: Arc<Edition>) {
        lock(&self.faults).clear();
        *lock(&self.newest) = Some(edition);
        self.first.notify_all();
    }

    /// The edition that is shown.
    pub fn shown(&self) -> Option<Arc<Edition>> {
        lock(&self.newest).clone()
    }

    /// Templates that failed on pages of this edition, as far as they were asked for.
    pub fn faults(&self) -> Vec<Diagnostic> {
        lock(&self.faults).clone()
    }

    fn edition(&self) -> Arc<Edition> {
        let mut newest = lock(&self.newest);
        loop {
            if let Some(edition) = &*newest {
                return edition.clone();
            }
            newest = self.first.wait(newest).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn file(&self, edition: &Edition, route: &RelPath) -> Option<Answer> {
        let served = edition.file(route)?;
        let mut bytes = served.bytes;
        let mut good = lock(&self.good);
        match served.fault {
            Some(fault) => {
                bytes = good.get(route).cloned().unwrap_or(bytes);
                let mut faults = lock(&self.faults);
                if !faults.contains(&fault) {
                    faults.push(fault);
                }
            }
            None if is_page(route) => {
                if good.len() >= REMEMBERED {
                    good.clear();
                }
                good.insert(route.clone(), bytes.clone());
            }
            None => {}
        }
        Some(self.answer_of(200, route, bytes))
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
        let edition = self.edition();
        let found = routes(path).find_map(|route| self.file(&edition, &route));
        found.unwrap_or_else(|| {
            let route = RelPath::new("404.html").expect("a path");
            self.answer_of(404, &route, edition.not_found().bytes)
        })
    }
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
    match route.extension().map(str::to_ascii_lowercase).as_deref() {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("json" | "webmanifest") => "application/json",
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
        Some("xml") => "application/xml",
        Some("txt" | "md") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Every value is put in whole, so that a panic elsewhere leaves nothing half done.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
