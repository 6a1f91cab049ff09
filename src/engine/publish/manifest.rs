//! The marker in a published folder: it says that the folder is ours and which files are.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::error::{PublishError, PublishErrorKind, at};
use crate::world::{Hash, RelPath, regular};

/// The name of the marker, at the root of the folder.
pub const MARKER: &str = crate::world::disk::SITE_MARKER;

/// The name of the marker of a folder that holds versions of a site: a manifest of the files at its
/// root.
pub const VERSIONS_MARKER: &str = crate::world::disk::VERSIONS_MARKER;

/// The name of a marker that is not written to its end yet.
const UNFINISHED: &str = ".lacuna-site-unfinished";

const VERSION: u32 = 1;

/// The files, by route, that the bytes of a marker claim: those that the next site may replace.
///
/// # Errors
/// What is wrong with the marker.
pub fn files_of_marker(bytes: &[u8]) -> Result<BTreeMap<RelPath, Hash>, String> {
    Manifest::parse(bytes).map(|manifest| manifest.files)
}

/// The files of a published site and their hashes; as JSON, sorted by route.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    version: u32,
    pub(super) files: BTreeMap<RelPath, Hash>,
}

impl Manifest {
    pub(super) fn new(files: BTreeMap<RelPath, Hash>) -> Manifest {
        Manifest { version: VERSION, files }
    }

    /// The manifest of a folder; `None` when the folder has no marker.
    pub(super) fn load(folder: &Path) -> Result<Option<Manifest>, PublishError> {
        Self::read(&folder.join(MARKER))
    }

    /// The manifest in a file; `None` when there is no such file.
    pub(super) fn read(path: &Path) -> Result<Option<Manifest>, PublishError> {
        let mut bytes = Vec::new();
        match regular::open(path).and_then(|mut file| file.read_to_end(&mut bytes)) {
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(at(path)(error)),
        }
        Self::parse(&bytes).map(Some).map_err(|message| {
            let message = format!("{message}; remove the folder to publish to it again");
            PublishError::new(path, PublishErrorKind::Marker, message)
        })
    }

    /// Reads the bytes of a marker; the error says what is wrong.
    fn parse(bytes: &[u8]) -> Result<Manifest, String> {
        let manifest: Manifest = serde_json::from_slice(bytes)
            .map_err(|error| format!("the marker cannot be read: {error}"))?;
        if manifest.version != VERSION {
            return Err(format!("the marker has the version {}", manifest.version));
        }
        if manifest.files.keys().any(|route| route.as_str().starts_with(".git/")) {
            return Err("the marker claims files of git".into());
        }
        Ok(manifest)
    }

    /// Writes the marker of a folder that has none: it is there whole or not at all.
    pub(super) fn store(&self, folder: &Path) -> Result<(), PublishError> {
        let unfinished = folder.join(UNFINISHED);
        File::create_new(&unfinished)
            .and_then(|mut file| file.write_all(&self.to_bytes()))
            .and_then(|()| fs::rename(&unfinished, folder.join(MARKER)))
            .map_err(at(&unfinished))
    }

    /// The marker as it is written.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).expect("routes and hashes are text");
        bytes.push(b'\n');
        bytes
    }

    /// Removes what a crash while the marker was written left in a folder.
    pub(super) fn discard_unfinished(folder: &Path) -> Result<(), PublishError> {
        let unfinished = folder.join(UNFINISHED);
        match fs::remove_file(&unfinished) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(at(&unfinished)(error)),
            _ => Ok(()),
        }
    }

    /// The folders that hold the files.
    pub(super) fn folders(&self) -> BTreeSet<&str> {
        self.files.keys().flat_map(RelPath::ancestors).collect()
    }
}
