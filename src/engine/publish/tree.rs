//! What is in a folder: the files of the manifest, and what others put there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::error::{PublishError, at};
use super::manifest::{MARKER, Manifest};
use crate::world::RelPath;

/// A folder as it is, against its manifest.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// The regular files of the manifest that are there, and their lengths in bytes.
    pub(super) files: BTreeMap<RelPath, u64>,
    /// Those of them that do not hold what was written, as far as that was looked at.
    pub(super) changed: BTreeSet<RelPath>,
    /// The folders that were looked into, as paths below the folder: none of them is a link, nor lies
    /// behind one.
    pub(super) folders: BTreeSet<PathBuf>,
    /// Symbolic links at the place of a file of the manifest.
    pub(super) links: Vec<RelPath>,
    /// What is not of the manifest, as paths below the folder. A folder in which no file of
    /// the manifest lies is one entry.
    pub(super) foreign: Vec<Foreign>,
}

#[derive(Debug)]
pub(super) struct Foreign {
    pub(super) path: PathBuf,
    pub(super) kind: fs::FileType,
}

impl Tree {
    /// Looks at `folder`, following no link. `shared` names folders that are looked into
    /// although no file of the manifest lies there.
    pub(super) fn look(
        folder: &Path,
        manifest: &Manifest,
        shared: &BTreeSet<&str>,
    ) -> Result<Tree, PublishError> {
        let ours = manifest.folders();
        let mut tree = Tree::default();
        let mut waiting = vec![PathBuf::new()];
        while let Some(below) = waiting.pop() {
            let here = folder.join(&below);
            for entry in fs::read_dir(&here).map_err(at(&here))? {
                let entry = entry.map_err(at(&here))?;
                let path = below.join(entry.file_name());
                let kind = entry.file_type().map_err(at(&here))?;
                let route = route(&path);
                let route_text = route.as_ref().map_or("", RelPath::as_str);
                if kind.is_dir() && (ours.contains(route_text) || shared.contains(route_text)) {
                    tree.folders.insert(path.clone());
                    waiting.push(path);
                    continue;
                }
                if route_text == MARKER && kind.is_file() {
                    continue;
                }
                match route.filter(|route| manifest.files.contains_key(route)) {
                    Some(route) if kind.is_file() => {
                        let length = entry.metadata().map_err(at(&here))?.len();
                        tree.files.insert(route, length);
                    }
                    Some(route) if kind.is_symlink() => tree.links.push(route),
                    _ => tree.foreign.push(Foreign { path, kind }),
                }
            }
        }
        tree.foreign.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(tree)
    }
}

fn route(path: &Path) -> Option<RelPath> {
    let text = path.to_str()?;
    if cfg!(windows) { RelPath::new(&text.replace('\\', "/")) } else { RelPath::new(text) }
}
