//! Whether people find the page they want: queries over three sites, answered by the site's own script
//! in a browser, from a folder, under the policy of the site's pages.

#![expect(clippy::disallowed_methods, reason = "this test reads repositories and writes an index")]

use std::path::Path;

use browser::{Browser, Tab, json};
use lacuna::{
    model::config::Config,
    world::{Disk, World},
};
use serde::Deserialize;
use tempfile::TempDir;

#[path = "search/made.rs"]
mod made;

/// The least that the mean of one over the place of the wanted page may be.
const LEAST: f64 = 0.85;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'";

#[derive(Deserialize)]
struct Table {
    site: Vec<Site>,
}

#[derive(Deserialize)]
struct Site {
    name: String,
    root: String,
    queries: Vec<Query>,
}

#[derive(Deserialize)]
struct Query {
    q: String,
    want: Vec<String>,
}

#[test]
fn people_find_the_page_they_want() {
    let Some(browser) = Browser::find() else { return eprintln!("skipped: no Chromium") };
    let table: Table = toml::from_str(include_str!("search/queries.toml")).expect("a table");
    let count: usize = table.site.iter().map(|site| site.queries.len()).sum();
    assert_eq!(count, 60, "the table has 60 queries");
    let (mut sum, mut asked) = (0.0, 0.0);
    for site in &table.site {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(&site.root);
        if !root.exists() {
            println!("{}: not here", site.name);
            continue;
        }
        let folder = written(&root);
        let tab = browser.tab();
        tab.goto(&format!("file://{}", folder.path().join("page.html").display()));
        let mut own = 0.0;
        for query in &site.queries {
            own += judged(&tab, query);
        }
        assert_eq!(tab.complaints(), Vec::<String>::new(), "the policy permits all of it");
        let number = site.queries.len() as f64;
        println!("{}: {:.3} of {number} queries", site.name, own / number);
        sum += own;
        asked += number;
    }
    assert!(sum / asked >= LEAST, "{:.3}, at least {LEAST} should be", sum / asked);
}

/// The index of a repository in a folder, with a page that has the scripts.
fn written(root: &Path) -> TempDir {
    let config: Config = match std::fs::read_to_string(root.join("lacuna.toml")) {
        Ok(text) => toml::from_str(&text).expect("the configuration of the repository"),
        Err(_) => Config::default(),
    };
    let disk = Disk::new(root, &["site".to_owned(), "target".to_owned()]).expect("a folder");
    let world: &dyn World = &disk;
    let folder = TempDir::new().expect("a folder");
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder");
        std::fs::write(path, bytes).expect("the folder is writable");
    };
    for (route, bytes) in made::index_of(world, &config) {
        write(&route, &bytes);
    }
    write("assets/lacuna.js", include_bytes!("../themes/default/assets/lacuna.js"));
    write("assets/engine.js", include_bytes!("../themes/default/assets/search-engine.js"));
    write("assets/search.js", include_bytes!("../themes/default/assets/search.js"));
    let page = format!(
        "<!doctype html><meta charset=utf-8><meta http-equiv=Content-Security-Policy content=\"{POLICY}\">\
         <script src=assets/lacuna.js></script><script src=assets/engine.js></script>\
         <script src=assets/search.js></script>"
    );
    write("page.html", page.as_bytes());
    folder
}

/// One over the place of the wanted page; nothing when it is not among the first ten.
fn judged(tab: &Tab, query: &Query) -> f64 {
    let script = format!(
        "LacunaPalette.engine().search({}, {{to: 10}}).then(answer => answer.hits.map(hit => hit.href))",
        json!(query.q)
    );
    let found = tab.eval(&script);
    let found: Vec<&str> =
        found.as_array().into_iter().flatten().filter_map(|href| href.as_str()).collect();
    let page = |href: &str| href.split('#').next().unwrap_or_default().to_owned();
    let place = found.iter().position(|href| query.want.contains(&page(href)));
    if place != Some(0) {
        println!("`{}`: wanted {:?} at {place:?}, found {found:?}", query.q, query.want);
    }
    place.map_or(0.0, |place| 1.0 / (place as f64 + 1.0))
}
