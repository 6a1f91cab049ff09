//! Finds the file that a text means: by address, by path from the root, by name, by number.

use std::sync::Arc;
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Bound,
};

use crate::{model::source::Outline, path::RelPath};

/// Files by every way a text may name them.
#[derive(Debug, Default)]
pub struct Files {
    by_path: BTreeMap<RelPath, Entry>,
    by_key: BTreeMap<String, Vec<RelPath>>,
    /// Records by the first word of their file names.
    by_first_word: BTreeMap<String, Vec<(RelPath, usize)>>,
}

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A record, by the index of its outline.
    Record(usize),
    /// A file that is only copied.
    Asset,
}

/// The files that stand for their folder, the first that is there.
pub const INDEXES: [&str; 10] = [
    "README.md",
    "readme.md",
    "Readme.md",
    "index.md",
    "INDEX.md",
    "_index.md",
    "index.mdx",
    "README.mdx",
    "index.markdown",
    "README.markdown",
];

/// The answer to a look-up by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// One file.
    Found(RelPath, Entry),
    /// Several, equally near.
    Ambiguous(Vec<RelPath>),
    /// None.
    Missing,
}

impl Files {
    /// Indexes all files of the corpus.
    pub fn new(outlines: &[Arc<Outline>], assets: &BTreeSet<RelPath>) -> Self {
        let mut by_path: BTreeMap<_, _> =
            assets.iter().map(|path| (path.clone(), Entry::Asset)).collect();
        by_path
            .extend(outlines.iter().enumerate().map(|(n, o)| (o.path.clone(), Entry::Record(n))));
        let mut by_key: BTreeMap<String, Vec<RelPath>> = BTreeMap::new();
        for path in by_path.keys() {
            let (name, stem) = (key(path.name()), key(path.stem()));
            if name != stem {
                by_key.entry(stem).or_default().push(path.clone());
            }
            by_key.entry(name).or_default().push(path.clone());
        }
        let mut by_first_word: BTreeMap<String, Vec<(RelPath, usize)>> = BTreeMap::new();
        for (path, entry) in &by_path {
            let first = path.stem().split(|c: char| !c.is_alphanumeric()).next();
            if let (Entry::Record(file), Some(first)) = (entry, first) {
                by_first_word.entry(key(first)).or_default().push((path.clone(), *file));
            }
        }
        Self { by_path, by_key, by_first_word }
    }

    /// What stands at exactly this path.
    pub fn at(&self, path: &RelPath) -> Option<Entry> {
        self.by_path.get(path).copied()
    }

    /// Whether any file lies below this folder.
    pub fn is_folder(&self, folder: &str) -> bool {
        let below = format!("{folder}/");
        let from = (Bound::Included(below.as_str()), Bound::Unbounded);
        let first = self.by_path.range::<str, _>(from).next();
        first.is_some_and(|(path, _)| path.as_str().starts_with(&below))
    }

    /// The index page of a folder: README or index.
    pub fn folder_index(&self, folder: &RelPath) -> Option<(RelPath, Entry)> {
        INDEXES.iter().find_map(|name| {
            let path = RelPath::new(&format!("{folder}/{name}"))?;
            self.at(&path).map(|entry| (path, entry))
        })
    }

    /// The file that an address of a built site means: seen from the page's own folder `a/b/`, from
    /// a folder above that is the root of the site, from its folder of files, or the only one that
    /// ends in two parts as the address does.
    pub fn of_site(&self, from: &RelPath, href: &str) -> Option<(RelPath, Entry)> {
        let exact = |path: RelPath| self.at(&path).map(|entry| (path, entry));
        let Some(wanted) = href.strip_prefix('/') else {
            let page = RelPath::new(&format!("{}/{}/x", from.parent(), from.stem()))?;
            return page.join(href).and_then(exact);
        };
        let mut roots: Vec<&str> = from.ancestors().collect();
        roots.reverse();
        roots.push("");
        let below = |root: &str| {
            ["", "static/", "public/", "docs/", "assets/"].into_iter().find_map(|folder| {
                RelPath::new(format!("{root}/{folder}{wanted}").trim_start_matches('/'))
                    .and_then(exact)
            })
        };
        roots.into_iter().find_map(below).or_else(|| {
            let name = wanted.rsplit('/').next().unwrap_or(wanted);
            match self.find(from, wanted) {
                Lookup::Found(path, entry) if wanted.contains('/') && path.name() == name => {
                    Some((path, entry))
                }
                _ => None,
            }
        })
    }

    /// The file that `name`, standing in `from`, means: a path from its folder, a path from the
    /// root, the end of a path, a file name, or a name without extension (`Chunk-12` is
    /// `chunk-012.txt`). Among several the nearest wins; two equally near are ambiguous.
    pub fn find(&self, from: &RelPath, name: &str) -> Lookup {
        let name = name.trim().trim_start_matches("./");
        for path in [from.join(name), RelPath::new(name)].into_iter().flatten() {
            if let Some(entry) = self.at(&path) {
                return Lookup::Found(path, entry);
            }
        }
        let last = name.rsplit('/').next().unwrap_or(name);
        let wanted = key(last);
        let Some(candidates) = self.by_key.get(&wanted).filter(|_| !wanted.is_empty()) else {
            return Lookup::Missing;
        };
        let folder = name.len() - last.len();
        let suffix = name[..folder].trim_end_matches('/').to_lowercase();
        let mut fitting: Vec<&RelPath> = candidates
            .iter()
            .filter(|path| {
                let parent = path.parent().to_lowercase();
                suffix.is_empty() || parent == suffix || parent.ends_with(&format!("/{suffix}"))
            })
            .collect();
        let near = |path: &RelPath| {
            let shared = path.folders().zip(from.folders()).take_while(|(a, b)| a == b).count();
            let depth = path.folders().count();
            (std::cmp::Reverse(shared), depth)
        };
        fitting.sort_by_key(|path| (near(path), *path));
        match fitting.as_slice() {
            [] => Lookup::Missing,
            [first, second, ..] if near(first) == near(second) => {
                let ties = fitting.iter().filter(|path| near(path) == near(first));
                Lookup::Ambiguous(ties.map(|path| (*path).clone()).collect())
            }
            [first, ..] => self
                .at(first)
                .map_or(Lookup::Missing, |entry| Lookup::Found((*first).clone(), entry)),
        }
    }

    /// Documents whose name begins with a word: `SDD` finds `SDD-SOFTWARE-DESIGN.md`.
    pub fn beginning_with(&self, word: &str) -> &[(RelPath, usize)] {
        self.by_first_word.get(&key(word)).map_or(&[], Vec::as_slice)
    }
}

/// A name without letter case, separators and leading zeros: `Chunk 012` and `chunk-12` are one.
/// The dot before an extension is kept, so that `a.md` and `a.txt` are two.
fn key(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut previous_digit = false;
    for c in name.chars() {
        if c == '0' && !previous_digit {
            // A leading zero of a number; a lone zero is restored below.
            continue;
        }
        if c.is_alphanumeric() || c == '.' {
            out.extend(c.to_lowercase());
        }
        previous_digit = c.is_ascii_digit();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(paths: &[&str]) -> Files {
        let assets = paths.iter().filter_map(|p| RelPath::new(p)).collect();
        Files::new(&[], &assets)
    }

    fn find(files: &Files, from: &str, name: &str) -> String {
        match files.find(&RelPath::new(from).expect("a path"), name) {
            Lookup::Found(path, _) => path.to_string(),
            Lookup::Ambiguous(paths) => format!("{} files", paths.len()),
            Lookup::Missing => "missing".into(),
        }
    }

    #[test]
    fn a_name_means_the_nearest_file() {
        let files = files(&["docs/X.md", "other/X.md", "docs/r/chunk-012.txt", "a/T.md", "b/T.md"]);
        assert_eq!(find(&files, "docs/a.md", "X.md"), "docs/X.md");
        assert_eq!(find(&files, "docs/a.md", "docs/X.md"), "docs/X.md");
        assert_eq!(find(&files, "docs/a.md", "other/x.md"), "other/X.md");
        assert_eq!(find(&files, "docs/a.md", "Chunk 12"), "docs/r/chunk-012.txt");
        assert_eq!(find(&files, "docs/a.md", "Chunk-012.txt"), "docs/r/chunk-012.txt");
        assert_eq!(find(&files, "docs/a.md", "T.md"), "2 files");
        assert_eq!(find(&files, "docs/a.md", "Y.md"), "missing");
    }
}
