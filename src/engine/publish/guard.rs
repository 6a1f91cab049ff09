//! Which folders a site may never replace.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::error::{PublishError, PublishErrorKind, at};

/// Folders that are not the publisher's to touch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Protected {
    /// The root of the sources: a site may lie in it, and may not be it or hold it.
    pub root: PathBuf,
    /// Folders of content: a site may not be one, hold one or, unless it is the root, lie in one.
    pub content: Vec<PathBuf>,
    /// The home of the user, if there is one: a site may not be it or hold it.
    pub home: Option<PathBuf>,
}

impl Protected {
    /// Protects these sources, and the home of the user who runs this process.
    pub fn new(root: impl Into<PathBuf>, content: Vec<PathBuf>) -> Protected {
        Protected { root: root.into(), content, home: std::env::home_dir() }
    }

    /// The folder in its absolute form, if a site may be there.
    pub(super) fn check(&self, folder: &Path) -> Result<PathBuf, PublishError> {
        // Rebuilt from its parts, for a trailing slash would make the system follow a link.
        let asked: PathBuf = folder.components().collect();
        let refuse = |what: &str| {
            let message = format!("{what}; choose another folder for the site");
            Err(PublishError::new(folder, PublishErrorKind::Protected, message))
        };
        match fs::symlink_metadata(&asked) {
            Ok(metadata) if metadata.is_symlink() => return not_a_folder(folder, "symbolic link"),
            Ok(metadata) if !metadata.is_dir() => return not_a_folder(folder, "file"),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(at(folder)(error)),
        }
        let site = resolve(&asked).map_err(at(folder))?;
        if site.parent().is_none() {
            return refuse("it is the root of the file system");
        }
        if let Some(home) = &self.home
            && resolve(home).map_err(at(home))?.starts_with(&site)
        {
            return refuse("it is the home folder or holds it");
        }
        let root = resolve(&self.root).map_err(at(&self.root))?;
        if root.starts_with(&site) {
            return refuse("it is the root of the sources or holds it");
        }
        for content in &self.content {
            let content = resolve(content).map_err(at(content))?;
            if content.starts_with(&site) {
                return refuse("it is a folder of content or holds one");
            }
            if content != root && site.starts_with(&content) {
                return refuse("it lies in a folder of content");
            }
        }
        Ok(site)
    }
}

fn not_a_folder(folder: &Path, what: &str) -> Result<PathBuf, PublishError> {
    let message = format!("it is a {what} and must be a folder; remove it or choose another");
    Err(PublishError::new(folder, PublishErrorKind::NotAFolder, message))
}

/// The absolute form of a path without symbolic links, of which the end may not exist yet.
fn resolve(path: &Path) -> io::Result<PathBuf> {
    let absolute = std::path::absolute(path)?;
    let mut missing = Vec::new();
    let mut there = absolute.as_path();
    loop {
        match there.canonicalize() {
            Ok(found) => return Ok(missing.iter().rev().fold(found, |path, part| path.join(part))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        match (there.components().next_back(), there.parent()) {
            (Some(Component::Normal(part)), Some(parent)) => {
                missing.push(part.to_owned());
                there = parent;
            }
            _ => {
                let message = "`..` of a folder that does not exist";
                return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
            }
        }
    }
}
