//! Why a site was not published, and what to do about it.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// A refusal or a failure. The folder of the site is as it was before, unless said otherwise.
#[derive(Debug)]
pub struct PublishError {
    /// The folder or file at fault.
    pub path: PathBuf,
    /// What sort of failure it is.
    pub kind: PublishErrorKind,
    /// What is wrong and what to do, without the path.
    pub message: String,
}

/// The sort of a [`PublishError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PublishErrorKind {
    /// The folder is one that must not be replaced: the root, the home, sources, a repository.
    Protected,
    /// The folder holds files and no marker of a site made by Lacuna.
    Foreign,
    /// The folder is a symbolic link, a file or a mount point.
    NotAFolder,
    /// A file of the site would replace a file that Lacuna did not make.
    Conflict,
    /// The marker cannot be understood.
    Marker,
    /// Another process is publishing to this folder.
    Busy,
    /// The operating system refused.
    Io,
}

impl PublishError {
    pub(super) fn new(path: &Path, kind: PublishErrorKind, message: impl Into<String>) -> Self {
        PublishError { path: path.to_owned(), kind, message: message.into() }
    }
}

/// Turns an error of the system into one that names the path: `.map_err(at(path))`.
pub(super) fn at(path: &Path) -> impl FnOnce(io::Error) -> PublishError + '_ {
    |error| PublishError::new(path, PublishErrorKind::Io, error.to_string())
}

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.message)
    }
}

impl std::error::Error for PublishError {}
