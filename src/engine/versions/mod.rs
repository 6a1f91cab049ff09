//! Several versions of a site beside each other: what each of them publishes of itself, and what lies
//! at the root above them.
//!
//! ```text
//! versions.json, .js     the list, for programs and for pages
//! versions.html          the list, for readers without script
//! index.html             leads to the version that most readers want
//! v2/version.json        what the root has to know of it
//!    assets/pages/*.js   its pages, for the switcher of other versions
//! ```
//!
//! The files below a version and `versions.js` are read by pages of other versions, which other
//! releases of this program made: their form stays.

pub mod root;

use serde::{Deserialize, Serialize};

use super::{build::add, output::OutputSet};
use crate::{diag::Diagnostic, page::site::Site, path::RelPath, text::script, world::Hash};

/// What a version says of itself, in its folder.
pub const CARD: &str = "version.json";

/// The folder of the list of pages.
const PAGES: &str = "assets/pages";

/// So many pages are in one file of the list, in the mean.
const SHELF: usize = 256;

/// The form of the files that other releases read.
const FORMAT: u32 = 1;

/// What a version says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// The form of this file.
    pub format: u32,
    /// The title of the site.
    pub title: String,
    /// The address below which all versions are published, when it is known.
    pub base_url: Option<String>,
}

/// Adds what a version publishes of itself; nothing when the site is no version among others.
/// `pages` are all its pages.
pub fn add_version(
    site: &Site<'_>,
    pages: &[RelPath],
    output: &mut OutputSet,
    found: &mut Vec<Diagnostic>,
) {
    let Some(version) = site.version else { return };
    let base_url = version.base_url.clone();
    let card = Card { format: FORMAT, title: site.title.to_owned(), base_url };
    add(output, found, CARD, pretty(&card));
    let pages = pages.iter().filter(|page| **page != site.route.not_found());
    for (name, bytes) in shelves(pages) {
        add(output, found, &format!("{PAGES}/{name}.js"), bytes);
    }
}

/// The list of pages as scripts: `index` has the hashes of the others, so that no old one is taken
/// for a new one.
fn shelves<'a>(pages: impl Iterator<Item = &'a RelPath>) -> Vec<(String, Vec<u8>)> {
    let mut pages: Vec<&RelPath> = pages.collect();
    pages.sort();
    let count = (pages.len() / SHELF).next_power_of_two();
    let mut shelves: Vec<Vec<&RelPath>> = vec![Vec::new(); count];
    for page in pages {
        shelves[script::shelf(page.as_str(), count)].push(page);
    }
    let mut files = Vec::new();
    let mut hashes = Vec::new();
    for (n, shelf) in shelves.iter().enumerate() {
        let name = format!("p-{n}");
        let bytes = call("lacunaPages", &name, shelf);
        hashes.push(Hash::of(&bytes).to_string()[..8].to_owned());
        files.push((name, bytes));
    }
    files.push(("index".to_owned(), call("lacunaPages", "index", &hashes)));
    files
}

fn call(function: &str, name: &str, data: &impl Serialize) -> Vec<u8> {
    let data = serde_json::to_string(data).expect("lists of text are JSON");
    script::call(function, &format!("\"{name}\",{data}")).into_bytes()
}

fn pretty(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).expect("texts and numbers are JSON");
    bytes.push(b'\n');
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_lie_where_their_address_says() {
        let pages: Vec<RelPath> =
            (0..1_000).filter_map(|n| RelPath::new(&format!("docs/page-{n}.html"))).collect();
        let files = shelves(pages.iter());
        assert_eq!(files.len(), 4 + 1);
        for page in &pages {
            let (_, bytes) = &files[script::shelf(page.as_str(), 4)];
            let text = String::from_utf8_lossy(bytes);
            assert!(text.contains(&format!("\"{page}\"")), "{page}");
        }
        let (name, index) = &files[4];
        assert_eq!(name, "index");
        assert!(index.starts_with(b"lacunaPages(\"index\",[\""));
        assert_eq!(shelves(pages[..1].iter()).len(), 2);
    }
}
