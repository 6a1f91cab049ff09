//! The marker in a published folder: it says that the folder is ours and which files are.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::error::{PublishError, PublishErrorKind, at};
use crate::world::{Hash, RelPath, regular};

/// The name of the marker, at the root of the folder.
pub const MARKER: &str = crate::world::disk::SITE_MARKER;

const VERSION: u32 = 1;

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
        let path = folder.join(MARKER);
        let mut bytes = Vec::new();
        match regular::open(&path).and_then(|mut file| file.read_to_end(&mut bytes)) {
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(at(&path)(error)),
        }
        let unknown = |message: String| {
            let message = format!("{message}; remove the folder to publish to it again");
            PublishError::new(&path, PublishErrorKind::Marker, message)
        };
        let manifest: Manifest = serde_json::from_slice(&bytes)
            .map_err(|error| unknown(format!("the marker cannot be read: {error}")))?;
        if manifest.version != VERSION {
            return Err(unknown(format!("the marker has the version {}", manifest.version)));
        }
        if manifest.files.keys().any(|route| route.as_str().starts_with(".git/")) {
            return Err(unknown("the marker claims files of git".into()));
        }
        Ok(Some(manifest))
    }

    /// The marker as it is written.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).expect("routes and hashes are text");
        bytes.push(b'\n');
        bytes
    }

    /// The folders that hold the files.
    pub(super) fn folders(&self) -> BTreeSet<&str> {
        self.files.keys().flat_map(RelPath::ancestors).collect()
    }
}
