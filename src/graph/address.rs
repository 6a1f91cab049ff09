//! Finds the document that an address means on the site that the authors had in mind: without
//! extension, without numbers for order, by slug, from the root of that site.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::{
    model::source::{FrontMatter, Outline, Value},
    path::RelPath,
    read::markdown::is_markdown,
    text::natural::without_number,
};

/// Documents by the place they have on a built site.
#[derive(Debug)]
pub struct Places {
    by_place: BTreeMap<String, usize>,
    /// Places by their last part, to find the one document that ends as an address does.
    by_end: BTreeMap<String, Vec<(String, usize)>>,
}

/// Documents by title, gathered when one is first asked for.
#[derive(Debug)]
pub struct Titles<'a> {
    outlines: &'a [Arc<Outline>],
    /// Files by title, none where several share it.
    by_title: OnceLock<BTreeMap<String, Option<usize>>>,
}

impl<'a> Titles<'a> {
    /// The titles of all Markdown files.
    pub fn new(outlines: &'a [Arc<Outline>]) -> Self {
        Self { outlines, by_title: OnceLock::new() }
    }

    /// The only document with this title, letter case aside.
    pub fn titled(&self, title: &str) -> Option<usize> {
        let by_title = self.by_title.get_or_init(|| {
            let mut by_title = BTreeMap::new();
            let files = self.outlines.iter().enumerate().filter(|(_, o)| is_markdown(&o.path));
            for (file, outline) in files {
                let title = outline.title.trim().to_lowercase();
                by_title.entry(title).and_modify(|one| *one = None).or_insert(Some(file));
            }
            by_title
        });
        by_title.get(&title.trim().to_lowercase()).copied().flatten()
    }
}

impl Places {
    /// Gathers the places of all Markdown files. The first of two that share one has it.
    pub fn new(outlines: &[Arc<Outline>]) -> Self {
        let mut places = Self { by_place: BTreeMap::new(), by_end: BTreeMap::new() };
        for (file, outline) in outlines.iter().enumerate().filter(|(_, o)| is_markdown(&o.path)) {
            places.add(place(outline.path.as_str()), file);
        }
        // Places that are stated come after those of files, which must not be hidden by them.
        for (file, outline) in outlines.iter().enumerate().filter(|(_, o)| is_markdown(&o.path)) {
            for stated in stated(&outline.front) {
                places.add_stated(&outline.path, &stated, file);
            }
        }
        places
    }

    /// The document that `href`, without query and fragment, means in the file `from`.
    pub fn find(&self, from: &RelPath, href: &str) -> Option<usize> {
        if let Some(wanted) = href.strip_prefix('/') {
            let wanted = place(wanted);
            // The root of the site is one of the folders above, the nearest first.
            return roots(from)
                .find_map(|root| self.at(&joined(root, &wanted)))
                .or_else(|| self.ending(&wanted));
        }
        // A page `a/b` may be published as `a/b/`, and its links written as seen from there.
        let published = RelPath::new(&format!("{}/{}/x", from.parent(), from.stem()));
        let direct = [Some(from.clone()), published].into_iter().flatten();
        let mut at = direct.filter_map(|page| page.join(href)).map(|path| place(path.as_str()));
        at.find_map(|wanted| self.at(&wanted)).or_else(|| {
            // Docusaurus looks for a path with folders from the root of the documents, too.
            let from_root = !href.starts_with('.') && href.trim_end_matches('/').contains('/');
            let wanted = place(href);
            let mut roots = roots(from).filter(|_| from_root);
            roots.find_map(|root| self.at(&joined(root, &wanted)))
        })
    }

    fn at(&self, place: &str) -> Option<usize> {
        self.by_place.get(place).copied()
    }

    /// The only document whose place ends in these two or more parts.
    fn ending(&self, wanted: &str) -> Option<usize> {
        let (_, last) = wanted.rsplit_once('/')?;
        let tail = format!("/{wanted}");
        let mut fitting = self.by_end.get(last)?.iter().filter(|(place, _)| place.ends_with(&tail));
        match (fitting.next(), fitting.next()) {
            (Some((_, file)), None) => Some(*file),
            _ => None,
        }
    }

    fn add(&mut self, place: String, file: usize) {
        let end = place.rsplit('/').next().unwrap_or_default().to_owned();
        self.by_end.entry(end).or_default().push((place.clone(), file));
        self.by_place.entry(place).or_insert(file);
    }

    /// A slug is seen from the folder of its file, an address from a root that is one of the
    /// folders above.
    fn add_stated(&mut self, path: &RelPath, stated: &str, file: usize) {
        let wanted = place(stated);
        if wanted.is_empty() {
            return;
        }
        if !stated.starts_with('/') {
            let place = joined(&place(&format!("{}/index", path.parent())), &wanted);
            self.by_place.entry(place).or_insert(file);
            return;
        }
        for root in roots(path) {
            self.by_place.entry(joined(root, &wanted)).or_insert(file);
        }
    }
}

/// The addresses that front matter states: Hugo's `url` and `slug`, Docusaurus' `slug` and `id`,
/// Jekyll's `permalink` and `redirect_from`, and aliases that are addresses.
fn stated(front: &FrontMatter) -> Vec<String> {
    let mut found = Vec::new();
    for key in ["slug", "url", "permalink"] {
        if let Some(Value::Text(text)) = front.extra.get(key) {
            found.push(text.trim().to_owned());
        }
    }
    found.extend(front.id.clone());
    found.extend(aliases(front).map(str::to_owned));
    found.retain(|text| !text.contains("://") && !text.contains([':', '#', '?']));
    found
}

/// Addresses at which a document was published before.
pub fn aliases(front: &FrontMatter) -> impl Iterator<Item = &str> {
    let from = match front.extra.get("redirect_from") {
        Some(Value::List(items)) => items.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    let texts = from.iter().filter_map(|value| match value {
        Value::Text(text) => Some(text.as_str()),
        _ => None,
    });
    let is_address = |alias: &&str| alias.contains('/') || alias.ends_with(".html");
    front.aliases.iter().map(String::as_str).filter(is_address).chain(texts)
}

/// The folders above a file, the nearest first, and the root of the project last.
fn roots(path: &RelPath) -> impl Iterator<Item = &str> {
    let mut above: Vec<&str> = path.ancestors().collect();
    above.reverse();
    above.push("");
    above.into_iter()
}

fn joined(folder: &str, below: &str) -> String {
    match (place_of_folder(folder), below) {
        (folder, below) if folder.is_empty() => below.to_owned(),
        (folder, "") => folder,
        (folder, below) => format!("{folder}/{below}"),
    }
}

fn place_of_folder(folder: &str) -> String {
    parts(folder).collect::<Vec<_>>().join("/")
}

/// The place of a path or an address: lower case, no extension, no number for order before a
/// name, and a folder for its index.
fn place(path: &str) -> String {
    let path = path.trim_end_matches('/');
    let bare = [".md", ".mdx", ".markdown", ".html"]
        .iter()
        .find_map(|extension| path.strip_suffix(extension))
        .unwrap_or(path);
    let mut found: Vec<String> = parts(bare).collect();
    if found.last().is_some_and(|last| matches!(last.as_str(), "index" | "_index" | "readme")) {
        found.pop();
    }
    found.join("/")
}

fn parts(path: &str) -> impl Iterator<Item = String> {
    path.split('/')
        .filter(|part| !part.is_empty() && *part != ".")
        .map(|part| without_number(part).to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_has_no_extension_and_no_index() {
        for (path, wanted) in [
            ("docs/01-Use/README.md", "docs/use"),
            ("docs/use/", "docs/use"),
            ("docs/a.html", "docs/a"),
            ("_index.md", ""),
        ] {
            assert_eq!(place(path), wanted);
        }
    }
}
