//! Finds the tables of contents of a snapshot, and what its folders say of themselves.

use std::collections::BTreeMap;

use super::sources::is_source;
use crate::{
    model::{
        config::Config,
        contents::{Contents, FolderFacts},
    },
    path::RelPath,
    read::contents,
    world::{Content, Snapshot},
};

/// The tables of contents in the order of path, and facts by folder.
pub fn read(
    snapshot: &Snapshot,
    config: &Config,
) -> (Vec<Contents>, BTreeMap<String, FolderFacts>) {
    let mut tables = Vec::new();
    let mut folders = BTreeMap::new();
    for (path, file) in &snapshot.files {
        let Content::Text { text, .. } = &file.content else { continue };
        match path.name() {
            // The settings of a site stand beside its documents, often outside the sources.
            "mkdocs.yml" | "mkdocs.yaml" => tables.extend(contents::mkdocs(path, text)),
            _ if !is_source(path, config) => {}
            "SUMMARY.md" => tables.extend(contents::summary(path, text)),
            _ => {
                let facts = facts(path, text);
                folders.extend(facts.map(|facts| (path.parent().to_owned(), facts)));
            }
        }
    }
    (tables, folders)
}

fn facts(path: &RelPath, text: &str) -> Option<FolderFacts> {
    if path.stem() == "_category_" { contents::category(path, text) } else { None }
}
