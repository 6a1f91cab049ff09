//! The one door through which files go out: the finished site replaces the old one whole, or
//! nothing changes.
//!
//! A folder is ours when it holds our marker, a manifest of the files we wrote there. Whatever
//! else lies in it survives. The new tree is built beside the folder, sharing what is unchanged,
//! and then put in its place; an interrupted publication is repaired by the next one. A crash of
//! the process leaves the old site or the new one; nothing is promised for a loss of power.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the publisher is the one door through which files go out"
)]

use std::fs;
use std::path::Path;

mod aside;
mod error;
mod guard;
mod lock;
mod manifest;
mod stage;
mod standing;
mod swap;
mod tree;
mod versions;

pub use aside::{Aside, Slice};
pub use error::{PublishError, PublishErrorKind};
pub use guard::Protected;
pub use manifest::{MARKER, VERSIONS_MARKER, files_of_marker};
pub use standing::Standing;
pub use versions::{Root, holds_versions};

use rayon::prelude::*;

use super::output::OutputSet;
use crate::world::{Hash, RelPath, regular};
use error::at;
use lock::Lock;
use manifest::Manifest;
use stage::{Current, Prepared};
use swap::Siblings;
use tree::Tree;

/// What a publication changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// Files that are new or differ from those of before.
    pub written: usize,
    /// Files of before that are not part of the site any more.
    pub removed: usize,
    /// Files that are as they were.
    pub unchanged: usize,
    /// The length in bytes of the files in `written`.
    pub bytes: u64,
}

/// Makes `folder` hold the output, and keeps in it what Lacuna did not make.
///
/// A file counts as unchanged when the manifest has its hash and the file on the disk its length
/// and its bytes. Nothing at all is written when every file is unchanged and none is to be removed.
///
/// # Errors
/// When the folder is protected, foreign, a link or a mount point, when a file of the site would
/// replace one that is not ours, when another process publishes there, or when the system
/// refuses. The site is then the one of before; [`PublishError`] says what to do.
pub fn publish(
    output: &OutputSet,
    folder: &Path,
    protected: &Protected,
) -> Result<Published, PublishError> {
    let folder = &protected.check(folder)?;
    let siblings = Siblings::of(folder);
    let prepared = Prepared::new(output)?;
    if siblings.leftovers()?.is_empty()
        && let Some((manifest, tree)) = survey(folder, &prepared)?
        && let Some(same) = unchanged(&prepared, &manifest, &tree)
        && folder.join(MARKER).exists()
    {
        return Ok(same);
    }

    let parent = folder.parent().expect("the root is never published");
    fs::create_dir_all(parent).map_err(at(parent))?;
    let _lock = Lock::take(siblings.named("lock"))?;
    swap::recover(folder, &siblings)?;
    let pid = std::process::id();
    let staging = siblings.named(&format!("tmp-{pid}"));
    let Some((manifest, tree)) = survey(folder, &prepared)? else {
        build_or_discard(&staging, &prepared, None)?;
        fs::rename(&staging, folder).map_err(at(folder))?;
        return Ok(difference(&prepared, &Manifest::new([].into()), &Tree::default()));
    };
    refuse_mount_point(folder, parent)?;
    let current = Current { folder, manifest: &manifest, tree: &tree };
    build_or_discard(&staging, &prepared, Some(&current))?;
    let old = siblings.named(&format!("old-{pid}"));
    match swap::exchange(&staging, folder, old) {
        Ok(old) => swap::settle(&old, folder, &manifest)?,
        Err(error) => {
            swap::discard(&staging)?;
            return Err(error);
        }
    }
    Ok(difference(&prepared, &manifest, &tree))
}

/// Removes exactly the files of the manifest, the folders that are then empty and the marker;
/// returns the number of files. A folder that does not exist is clean.
///
/// # Errors
/// When the folder is protected or not ours, when another process publishes there, or when the
/// system refuses; then some files may be gone, and cleaning again takes up the rest.
pub fn clean(folder: &Path, protected: &Protected) -> Result<usize, PublishError> {
    let folder = &protected.check(folder)?;
    let siblings = Siblings::of(folder);
    if !folder.exists() && siblings.leftovers()?.is_empty() {
        return Ok(0);
    }
    let _lock = Lock::take(siblings.named("lock"))?;
    swap::recover(folder, &siblings)?;
    let manifest = match Manifest::load(folder)? {
        Some(manifest) => manifest,
        None if is_empty(folder)? => return Ok(0),
        None => return Err(foreign(folder)),
    };
    let tree = Tree::look(folder, &manifest, &Default::default())?;
    for route in tree.files.keys().chain(&tree.links) {
        let path = folder.join(route.as_str());
        fs::remove_file(&path).map_err(at(&path))?;
    }
    // Deepest first: in the order of their names a folder comes before what is in it.
    for below in tree.folders.iter().rev() {
        let path = folder.join(below);
        if is_empty(&path)? {
            fs::remove_dir(&path).map_err(at(&path))?;
        }
    }
    let marker = folder.join(MARKER);
    fs::remove_file(&marker).map_err(at(&marker))?;
    if is_empty(folder)? {
        fs::remove_dir(folder).map_err(at(folder))?;
    }
    Ok(tree.files.len() + tree.links.len())
}

/// The files of a site that lie in a folder otherwise than `output` has them, or not at all, or
/// that `output` does not have.
///
/// # Errors
/// When the folder is no site of ours, or cannot be read.
pub fn compare(output: &OutputSet, folder: &Path) -> Result<Vec<RelPath>, PublishError> {
    let manifest = Manifest::load(folder)?.ok_or_else(|| foreign(folder))?;
    let prepared = Prepared::new(output)?;
    let differs = prepared
        .files
        .par_iter()
        .filter(|file| !holds(&folder.join(file.route.as_str()), file.hash))
        .map(|file| file.route.clone());
    let mut found: Vec<RelPath> = differs.collect();
    let more = manifest.files.keys().filter(|route| output.get(route.as_str()).is_none());
    found.extend(more.cloned());
    found.sort();
    Ok(found)
}

/// The folder as it is, if it exists, is ours or empty, and has no file in the way.
fn survey(folder: &Path, new: &Prepared) -> Result<Option<(Manifest, Tree)>, PublishError> {
    if !folder.exists() {
        return Ok(None);
    }
    let manifest = match Manifest::load(folder)? {
        Some(manifest) => manifest,
        None if is_empty(folder)? => Manifest::new([].into()),
        None => return Err(foreign(folder)),
    };
    let folders = new.manifest.folders();
    let mut tree = Tree::look(folder, &manifest, &folders)?;
    let changed = new.files.par_iter().filter(|file| file.is_changed(folder, &manifest, &tree));
    tree.changed = changed.map(|file| file.route.clone()).collect();
    for found in &tree.foreign {
        // In the way: at the place of a file, at the place of a folder, or below a file.
        let taken = found
            .path
            .ancestors()
            .filter_map(Path::to_str)
            .any(|path| new.manifest.files.contains_key(path));
        if taken || found.path.to_str().is_some_and(|path| folders.contains(path)) {
            let message = "the site has a file at this place, and this was not made by Lacuna; \
                           move it away, or rename the source of the page";
            let path = folder.join(&found.path);
            return Err(PublishError::new(&path, PublishErrorKind::Conflict, message));
        }
    }
    Ok(Some((manifest, tree)))
}

/// Whether the bytes of a file have this hash.
fn holds(path: &Path, hash: Hash) -> bool {
    regular::open(path).and_then(Hash::of_reader).is_ok_and(|(found, _)| found == hash)
}

fn foreign(folder: &Path) -> PublishError {
    let message = if versions::holds_versions(folder) {
        "it holds versions of a site; name the version to build with `--version-label`, choose \
         another folder, or remove all versions with `lacuna clean`"
            .into()
    } else if folder.join(".git").exists() {
        "it is a repository and not a site made by Lacuna; choose another folder".into()
    } else {
        format!(
            "it holds files and no `{MARKER}`, so that it is not a site made by Lacuna; choose \
             an empty folder or another one"
        )
    };
    PublishError::new(folder, PublishErrorKind::Foreign, message)
}

fn is_empty(folder: &Path) -> Result<bool, PublishError> {
    Ok(fs::read_dir(folder).map_err(at(folder))?.next().is_none())
}

fn difference(prepared: &Prepared, manifest: &Manifest, tree: &Tree) -> Published {
    let mut published = Published::default();
    for file in &prepared.files {
        if file.is_in(manifest, tree) {
            published.unchanged += 1;
        } else {
            published.written += 1;
            published.bytes += file.length;
        }
    }
    let new = &prepared.manifest.files;
    let gone = |route: &&_| !new.contains_key::<crate::world::RelPath>(route);
    published.removed = tree.files.keys().chain(&tree.links).filter(gone).count();
    published
}

/// The result of a publication that has nothing to do.
fn unchanged(prepared: &Prepared, manifest: &Manifest, tree: &Tree) -> Option<Published> {
    let published = difference(prepared, manifest, tree);
    let same = published.written == 0 && prepared.manifest == *manifest;
    same.then_some(published)
}

fn build_or_discard(
    staging: &Path,
    prepared: &Prepared,
    current: Option<&Current>,
) -> Result<(), PublishError> {
    // Apart from the rest, for a folder that is there already is not ours to discard.
    fs::create_dir(staging).map_err(at(staging))?;
    stage::build(staging, prepared, current).inspect_err(|_| {
        // The first error is the one to tell; what cannot be removed now is a leftover that
        // the next publication clears.
        drop(swap::discard(staging));
    })
}

#[cfg(unix)]
fn refuse_mount_point(folder: &Path, parent: &Path) -> Result<(), PublishError> {
    use std::os::unix::fs::MetadataExt;
    let device = |path: &Path| fs::metadata(path).map(|found| found.dev()).map_err(at(path));
    if device(folder)? == device(parent)? { Ok(()) } else { Err(swap::mount_point(folder)) }
}

#[cfg(not(unix))]
fn refuse_mount_point(_folder: &Path, _parent: &Path) -> Result<(), PublishError> {
    Ok(())
}

#[cfg(test)]
mod tests;
