//! Versions of a site beside each other: each is a folder of its own, published as every site is, and
//! the files above them are made anew from the versions that lie there.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use super::{
    Published,
    error::{PublishError, PublishErrorKind, at},
    guard::Protected,
    holds, is_empty,
    lock::Lock,
    manifest::{MARKER, Manifest, VERSIONS_MARKER},
    swap::Siblings,
};
use crate::{
    engine::{
        output::OutputSet,
        versions::{
            CARD, Card,
            root::{self, Found},
        },
    },
    model::version::Label,
    world::{Hash, RelPath, regular},
};

/// A file that is not written to its end yet.
const UNFINISHED: &str = ".lacuna-versions-unfinished";

/// The folder in which versions of a site lie.
#[derive(Debug)]
pub struct Root<'a> {
    folder: PathBuf,
    protected: &'a Protected,
}

/// Whether versions of a site lie in a folder.
pub fn holds_versions(folder: &Path) -> bool {
    folder.join(VERSIONS_MARKER).is_file()
}

impl<'a> Root<'a> {
    /// The folder, if versions of a site may lie there.
    ///
    /// # Errors
    /// When the folder is protected, a link or a file.
    pub fn new(folder: &Path, protected: &'a Protected) -> Result<Self, PublishError> {
        Ok(Self { folder: protected.check(folder)?, protected })
    }

    /// Publishes a version, and then the files above it. Other versions are left as they are, and so
    /// is whatever Lacuna did not make.
    ///
    /// # Errors
    /// As [`super::publish`]; and when the folder holds a site without versions, a version or a file
    /// whose name differs by letter case alone, or a file of others at the place of the list of
    /// versions.
    pub fn publish(&self, label: &Label, output: &OutputSet) -> Result<Published, PublishError> {
        self.refuse_other_use(label)?;
        self.foreign_in_the_way(&self.manifest()?)?;
        let published = super::publish(output, &self.folder.join(label.as_str()), self.protected)?;
        self.renew()?;
        Ok(published)
    }

    /// Removes one version, or all of them when `label` is none, and what that leaves of the files
    /// above them; returns the number of files that were removed below versions.
    ///
    /// # Errors
    /// As [`super::clean`].
    pub fn clean(&self, label: Option<&Label>) -> Result<usize, PublishError> {
        if !self.folder.exists() {
            return Ok(0);
        }
        let labels = match label {
            Some(label) => vec![label.clone()],
            None => self.found()?.into_iter().map(|found| found.label).collect(),
        };
        let mut removed = 0;
        for label in labels {
            removed += super::clean(&self.folder.join(label.as_str()), self.protected)?;
        }
        self.renew()?;
        Ok(removed)
    }

    fn refuse_other_use(&self, label: &Label) -> Result<(), PublishError> {
        if !self.folder.exists() {
            return Ok(());
        }
        let conflict = |path: &Path, message: String| {
            Err(PublishError::new(path, PublishErrorKind::Conflict, message))
        };
        if self.folder.join(MARKER).exists() {
            let message = "it holds a site without versions; remove that with `lacuna clean`, or \
                           choose another folder for the versions";
            return conflict(&self.folder, message.to_owned());
        }
        let folded = |name: &str| RelPath::new(name).map(|name| name.folded());
        let own = folded(label.as_str());
        for entry in fs::read_dir(&self.folder).map_err(at(&self.folder))? {
            let entry = entry.map_err(at(&self.folder))?;
            let name = entry.file_name();
            let Some(name) = name.to_str().filter(|name| *name != label.as_str()) else { continue };
            if folded(name) == own {
                let message = format!(
                    "on many systems this and a folder `{label}` are one; write the label as it is \
                     written here, or choose another"
                );
                return conflict(&entry.path(), message);
            }
        }
        Ok(())
    }

    /// The files at the root that are ours.
    fn manifest(&self) -> Result<Manifest, PublishError> {
        let place = self.folder.join(VERSIONS_MARKER);
        let known = Manifest::read(&place)?.unwrap_or_else(|| Manifest::new(BTreeMap::new()));
        // A folder may be a link, and what lies behind it is not ours.
        if known.folders().is_empty() {
            return Ok(known);
        }
        let message = "the marker claims files below folders; remove it, and build a version again";
        Err(PublishError::new(&place, PublishErrorKind::Marker, message))
    }

    /// Refuses a file of others at the place of one that the list of versions needs.
    fn foreign_in_the_way(&self, known: &Manifest) -> Result<(), PublishError> {
        match root::NEEDED.iter().find(|name| self.is_foreign(name, known)) {
            None => Ok(()),
            Some(name) => {
                let message = "the list of versions lies at this place, and this was not made by \
                               Lacuna; move it away";
                let path = self.folder.join(name);
                Err(PublishError::new(&path, PublishErrorKind::Conflict, message))
            }
        }
    }

    fn is_foreign(&self, name: &str, known: &Manifest) -> bool {
        !known.files.contains_key(name) && fs::symlink_metadata(self.folder.join(name)).is_ok()
    }

    /// Makes the files of the root anew from the versions that lie there. One process does so at a
    /// time, and each file is the one of before or the new one at every moment.
    fn renew(&self) -> Result<(), PublishError> {
        let _lock = Lock::wait(Siblings::of(&self.folder).named("lock"))?;
        let known = self.manifest()?;
        let mut files = root::files(self.found()?);
        if !files.is_empty() {
            self.foreign_in_the_way(&known)?;
        }
        // Whoever has such a file keeps it.
        files.retain(|route, _| !self.is_foreign(route.as_str(), &known));
        let hash = |(route, bytes): (&RelPath, &Vec<u8>)| (route.clone(), Hash::of(bytes));
        let new = Manifest::new(files.iter().map(hash).collect());
        let mut both = new.clone();
        both.files.extend(known.files.iter().map(|(route, hash)| (route.clone(), *hash)));
        if both != known {
            // First, so that what a crash leaves behind is known to be ours.
            self.replace(VERSIONS_MARKER, &both.to_bytes())?;
        }
        for (route, bytes) in &files {
            if !holds(&self.folder.join(route.as_str()), new.files[route]) {
                self.replace(route.as_str(), bytes)?;
            }
        }
        let gone = known.files.keys().filter(|route| !files.contains_key(*route));
        gone.map(RelPath::as_str).try_for_each(|route| self.remove(route))?;
        if files.is_empty() {
            self.remove(VERSIONS_MARKER)?;
            if is_empty(&self.folder)? {
                fs::remove_dir(&self.folder).map_err(at(&self.folder))?;
            }
        } else if new != known {
            self.replace(VERSIONS_MARKER, &new.to_bytes())?;
        }
        Ok(())
    }

    /// The versions that lie there: folders with our marker, of which one file says that they are
    /// versions.
    fn found(&self) -> Result<Vec<Found>, PublishError> {
        let mut found = Vec::new();
        for entry in fs::read_dir(&self.folder).map_err(at(&self.folder))? {
            let entry = entry.map_err(at(&self.folder))?;
            let name = entry.file_name();
            let Some(label) = name.to_str().and_then(|name| Label::new(name).ok()) else {
                continue;
            };
            let folder = entry.path();
            if !entry.file_type().map_err(at(&folder))?.is_dir() {
                continue;
            }
            let Some(manifest) = Manifest::load(&folder)? else { continue };
            if !manifest.files.contains_key(CARD) {
                continue;
            }
            let card = read(&folder.join(CARD))?;
            let card: Card = serde_json::from_slice(&card).map_err(|error| {
                let message = format!("it cannot be read: {error}; build this version again");
                PublishError::new(&folder.join(CARD), PublishErrorKind::Marker, message)
            })?;
            let headers = match manifest.files.contains_key("_headers") {
                true => {
                    Some(String::from_utf8_lossy(&read(&folder.join("_headers"))?).into_owned())
                }
                false => None,
            };
            let has_map = manifest.files.contains_key("sitemap.xml");
            found.push(Found { label, card, headers, has_map });
        }
        Ok(found)
    }

    fn replace(&self, name: &str, bytes: &[u8]) -> Result<(), PublishError> {
        let (unfinished, place) = (self.folder.join(UNFINISHED), self.folder.join(name));
        self.remove(UNFINISHED)?;
        File::create_new(&unfinished)
            .and_then(|mut file| file.write_all(bytes))
            .and_then(|()| fs::rename(&unfinished, &place))
            .map_err(at(&place))
    }

    fn remove(&self, name: &str) -> Result<(), PublishError> {
        let place = self.folder.join(name);
        match fs::remove_file(&place) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(at(&place)(error)),
            _ => Ok(()),
        }
    }
}

fn read(path: &Path) -> Result<Vec<u8>, PublishError> {
    let mut bytes = Vec::new();
    let file = regular::open(path).map_err(at(path))?;
    file.take(1 << 20).read_to_end(&mut bytes).map_err(at(path))?;
    Ok(bytes)
}
