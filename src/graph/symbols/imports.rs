//! Imports of schema files: the files they lead to, those that are missing, and circles of them.

use std::collections::BTreeMap;

use super::{super::Corpus, well_known};
use crate::{
    model::{schema::Schema, source::Facts},
    path::RelPath,
    text::Span,
};

/// What the imports of every file lead to.
#[derive(Debug, Default)]
pub struct Imports {
    /// For each schema file by its index: the file of each import, in the order of the imports.
    pub of_file: BTreeMap<usize, Vec<Option<usize>>>,
    /// Imports that are no file here: the importing file, the path as written, its place.
    pub missing: Vec<(RelPath, String, Span)>,
    /// Files that import themselves through each other, each circle once.
    pub cycles: Vec<Cycle>,
}

/// Files that import each other in a circle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cycle {
    /// The files in the order of the imports; the last imports the first.
    pub files: Vec<usize>,
    /// The import of the first file that leads into the circle.
    pub span: Span,
}

impl Imports {
    /// Imports are written from a source root that is not known: any file whose path ends with the
    /// import may be meant. Of several the one under the root that the importer is under is taken,
    /// the longest such root; else the one with the shortest path. Google's well-known types need
    /// no file.
    pub fn resolve(corpus: Corpus<'_>) -> Self {
        let mut endings: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (file, _) in schemas(corpus) {
            let path = corpus.outlines[file].path.as_str();
            endings.entry(path).or_default().push(file);
            for (at, _) in path.match_indices('/') {
                endings.entry(&path[at + 1..]).or_default().push(file);
            }
        }
        let mut imports = Self::default();
        for (file, schema) in schemas(corpus) {
            let mut found = Vec::with_capacity(schema.imports.len());
            for import in &schema.imports {
                let candidates = endings.get(import.path.as_str()).map_or(&[][..], Vec::as_slice);
                let here = nearest(corpus, file, candidates, &import.path);
                if here.is_none() && !well_known::is_file(&import.path) {
                    let path = corpus.outlines[file].path.clone();
                    imports.missing.push((path, import.path.clone(), import.span));
                }
                found.push(here);
            }
            imports.of_file.insert(file, found);
        }
        imports.cycles = cycles(corpus, &imports.of_file);
        imports
    }
}

/// The schema files by their index.
pub fn schemas(corpus: Corpus<'_>) -> impl Iterator<Item = (usize, &Schema)> {
    corpus.outlines.iter().enumerate().filter_map(|(file, outline)| match &outline.facts {
        Facts::Schema(schema) => Some((file, &**schema)),
        _ => None,
    })
}

fn nearest(corpus: Corpus<'_>, from: usize, candidates: &[usize], import: &str) -> Option<usize> {
    let importer = corpus.outlines[from].path.as_str();
    candidates.iter().copied().max_by_key(|file| {
        let path = corpus.outlines[*file].path.as_str();
        let root = &path[..path.len() - import.len()];
        let shared = importer.starts_with(root).then_some(root.len());
        // The first of equals is taken, so that the order of paths decides.
        (shared, std::cmp::Reverse(path.len()), std::cmp::Reverse(*file))
    })
}

/// One circle in each group of files that import each other, found by walking the imports depth
/// first without recursion: a chain of imports may be as long as the corpus.
fn cycles(corpus: Corpus<'_>, of_file: &BTreeMap<usize, Vec<Option<usize>>>) -> Vec<Cycle> {
    let mut done: BTreeMap<usize, Visit> = BTreeMap::new();
    let mut cycles = Vec::new();
    for start in of_file.keys() {
        if done.contains_key(start) {
            continue;
        }
        // Files on the way down, each with the number of the import that is looked at next.
        let mut way: Vec<(usize, usize)> = vec![(*start, 0)];
        done.insert(*start, Visit::OnTheWay);
        while let Some((file, next)) = way.last_mut() {
            let imports = of_file.get(file).map_or(&[][..], Vec::as_slice);
            let Some(import) = imports.get(*next) else {
                done.insert(*file, Visit::Done);
                way.pop();
                continue;
            };
            *next += 1;
            let Some(to) = *import else { continue };
            match done.get(&to) {
                None => {
                    done.insert(to, Visit::OnTheWay);
                    way.push((to, 0));
                }
                Some(Visit::OnTheWay) => {
                    let from = way.iter().position(|(file, _)| *file == to).unwrap_or_default();
                    cycles.push(circle(corpus, &way[from..]));
                }
                Some(Visit::Done) => {}
            }
        }
    }
    cycles
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Visit {
    OnTheWay,
    Done,
}

fn circle(corpus: Corpus<'_>, way: &[(usize, usize)]) -> Cycle {
    // The counter has moved past the import that was followed.
    let (first, next) = way[0];
    let span = match &corpus.outlines[first].facts {
        Facts::Schema(schema) => schema.imports.get(next - 1).map(|import| import.span),
        _ => None,
    };
    Cycle { files: way.iter().map(|(file, _)| *file).collect(), span: span.unwrap_or_default() }
}
