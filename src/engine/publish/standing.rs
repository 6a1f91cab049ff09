//! The site that lies in a folder, before the next one is made.

use std::{
    io::Read,
    path::{Path, PathBuf},
};

use super::{error::PublishError, holds, manifest::Manifest, tree::Tree};
use crate::{
    engine::output::Item,
    world::{Hash, RelPath, regular},
};

/// A published site and the folder it lies in.
#[derive(Debug)]
pub struct Standing {
    folder: PathBuf,
    manifest: Manifest,
    tree: Tree,
}

impl Standing {
    /// The site in a folder; none when no site of ours lies there.
    ///
    /// # Errors
    /// When the folder cannot be read, or its marker cannot be understood.
    pub fn look(folder: &Path) -> Result<Option<Self>, PublishError> {
        let Some(manifest) = Manifest::load(folder)? else { return Ok(None) };
        let tree = Tree::look(folder, &manifest, &Default::default())?;
        Ok(Some(Self { folder: folder.to_owned(), manifest, tree }))
    }

    /// Tells this site from any other: the hash of its list of files and their hashes.
    pub fn hash(&self) -> Hash {
        Hash::of(&self.manifest.to_bytes())
    }

    /// The files it should have, in order.
    pub fn routes(&self) -> impl Iterator<Item = &RelPath> {
        self.manifest.files.keys()
    }

    /// A file as it lies there; none when it is not there, or was changed by somebody else.
    pub fn item(&self, route: &RelPath) -> Option<Item> {
        let (hash, length) = (*self.manifest.files.get(route)?, *self.tree.files.get(route)?);
        holds(&self.folder.join(route.as_str()), hash).then_some(Item::Kept(hash, length))
    }

    /// The bytes of a file as it lies there; none when it is not there, or was changed by somebody
    /// else.
    pub fn bytes(&self, route: &RelPath) -> Option<Vec<u8>> {
        let hash = self.manifest.files.get(route)?;
        // Not what lies behind a link.
        self.tree.files.get(route)?;
        let mut bytes = Vec::new();
        let mut file = regular::open(&self.folder.join(route.as_str())).ok()?;
        file.read_to_end(&mut bytes).ok()?;
        (Hash::of(&bytes) == *hash).then_some(bytes)
    }
}
