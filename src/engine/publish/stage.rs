//! Building the new tree beside the old one.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::error::{PublishError, PublishErrorKind, at};
use super::manifest::Manifest;
use super::tree::Tree;
use crate::engine::output::{Item, OutputSet};
use crate::world::{Hash, RelPath, regular};

/// The output with the hash and the length of every file.
pub(super) struct Prepared<'a> {
    pub(super) files: Vec<Ready<'a>>,
    pub(super) manifest: Manifest,
}

pub(super) struct Ready<'a> {
    pub(super) route: &'a RelPath,
    item: &'a Item,
    pub(super) hash: Hash,
    pub(super) length: u64,
}

impl<'a> Prepared<'a> {
    /// Hashes the output, in parallel; files to be copied are read once for it.
    pub(super) fn new(output: &'a OutputSet) -> Result<Prepared<'a>, PublishError> {
        let items: Vec<_> = output.iter().collect();
        let files = items
            .into_par_iter()
            .map(|(route, item)| {
                let (hash, length) = match item {
                    Item::Bytes(bytes) => (Hash::of(bytes), bytes.len() as u64),
                    Item::Kept(hash, length) => (*hash, *length),
                    Item::Aside(slice) => (slice.hash, slice.length),
                    Item::Unkept => return Err(unkept(route)),
                };
                Ok(Ready { route, item, hash, length })
            })
            .collect::<Result<Vec<_>, PublishError>>()?;
        let hashes = files.iter().map(|file| (file.route.clone(), file.hash)).collect();
        Ok(Prepared { files, manifest: Manifest::new(hashes) })
    }
}

impl Ready<'_> {
    /// Whether the file lies in the folder already, as it was written there.
    pub(super) fn is_in(&self, manifest: &Manifest, tree: &Tree) -> bool {
        self.seems_in(manifest, tree) && !tree.changed.contains(self.route)
    }

    /// The same, to judge by manifest and length alone.
    fn seems_in(&self, manifest: &Manifest, tree: &Tree) -> bool {
        manifest.files.get(self.route) == Some(&self.hash)
            && tree.files.get(self.route) == Some(&self.length)
    }

    /// Whether the file that lies there holds other bytes than its manifest and length tell.
    pub(super) fn is_changed(&self, folder: &Path, manifest: &Manifest, tree: &Tree) -> bool {
        // What is kept was looked at when it was decided to keep it.
        !matches!(self.item, Item::Kept(..))
            && self.seems_in(manifest, tree)
            && !super::holds(&folder.join(self.route.as_str()), self.hash)
    }

    fn write(&self, place: &Path) -> Result<(), PublishError> {
        let create = || OpenOptions::new().write(true).create_new(true).open(place);
        match self.item {
            Item::Bytes(bytes) => {
                create().and_then(|mut file| file.write_all(bytes)).map_err(at(place))
            }
            Item::Aside(slice) => {
                let written = |bytes: Vec<u8>| create()?.write_all(&bytes);
                slice.bytes().and_then(written).map_err(at(place))
            }
            Item::Unkept => Err(unkept(self.route)),
            Item::Kept(..) => {
                let message = "another program changed it while the site was built; build again";
                Err(PublishError::new(place, PublishErrorKind::Conflict, message))
            }
        }
    }
}

fn unkept(route: &RelPath) -> PublishError {
    let message = "the site was made to be looked at, and cannot be published";
    PublishError::new(Path::new(route.as_str()), PublishErrorKind::Conflict, message)
}

/// The tree that is there now, to be kept where it is unchanged.
pub(super) struct Current<'a> {
    pub(super) folder: &'a Path,
    pub(super) manifest: &'a Manifest,
    pub(super) tree: &'a Tree,
}

/// Builds the new tree in `staging`, an empty folder. What is unchanged, and the files that
/// are not ours, are linked from the current tree, or copied where the system has no links.
pub(super) fn build(
    staging: &Path,
    prepared: &Prepared,
    current: Option<&Current>,
) -> Result<(), PublishError> {
    // The marker comes first: whatever is left behind by a crash is known to be ours.
    prepared.manifest.store(staging)?;
    let survivors: Vec<&Path> = current
        .iter()
        .flat_map(|current| &current.tree.foreign)
        .filter(|foreign| foreign.kind.is_file())
        .map(|foreign| foreign.path.as_path())
        .collect();
    let mut folders: BTreeSet<PathBuf> =
        prepared.manifest.folders().into_iter().map(PathBuf::from).collect();
    folders.extend(survivors.iter().filter_map(|path| path.parent()).map(Path::to_owned));
    for folder in folders {
        let folder = staging.join(folder);
        fs::create_dir_all(&folder).map_err(at(&folder))?;
    }
    prepared.files.par_iter().try_for_each(|file| {
        let place = staging.join(file.route.as_str());
        match current {
            Some(current) if file.is_in(current.manifest, current.tree) => {
                link(&current.folder.join(file.route.as_str()), &place)
            }
            _ => file.write(&place),
        }
    })?;
    if let Some(current) = current {
        survivors
            .par_iter()
            .try_for_each(|path| link(&current.folder.join(path), &staging.join(path)))?;
        let mode = fs::metadata(current.folder).map_err(at(current.folder))?.permissions();
        fs::set_permissions(staging, mode).map_err(at(staging))?;
    }
    Ok(())
}

fn link(from: &Path, to: &Path) -> Result<(), PublishError> {
    if fs::hard_link(from, to).is_ok() {
        return Ok(());
    }
    // Whatever forbids links (the file system, the owner, the number of them), a copy serves.
    let mut source = regular::open(from).map_err(at(from))?;
    let mode = source.metadata().map_err(at(from))?.permissions();
    let mut target = File::create_new(to).map_err(at(to))?;
    io::copy(&mut source, &mut target).map_err(at(to))?;
    target.set_permissions(mode).map_err(at(to))
}
