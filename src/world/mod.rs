//! The one door through which files come in: what exists, and what it holds.
//!
//! [`World`] has a version on the disk and one in memory. A build asks it once, by
//! [`Snapshot::take`]; after that, no stage reads the file system.

#![cfg_attr(test, expect(clippy::disallowed_methods, reason = "its tests make folders"))]
#![expect(
    clippy::disallowed_types,
    reason = "the world is the one door through which files come in"
)]

use std::{fmt, path::Path};

pub mod decode;
pub mod disk;
pub mod git;
pub mod hash;
pub mod memory;

pub(crate) mod regular;
pub mod snapshot;
pub mod survey;

pub use crate::path::RelPath;
pub use decode::Decoding;
pub use disk::Disk;
pub use hash::Hash;
pub use memory::Memory;
pub use snapshot::{Checkout, Content, File, Limits, Snapshot};
pub use survey::Survey;

/// The most bytes [`World::read`] reads of one file: 256 MiB.
pub const READ_LIMIT: u64 = 256 << 20;

/// A set of files below one root.
pub trait World: Sync {
    /// Every file that takes part, sorted by path, and what stood in the way of finding them.
    fn list(&self) -> Listing;

    /// The bytes of a file of at most `limit` bytes.
    ///
    /// # Errors
    /// When the file is missing, longer than `limit`, not a regular file below the root that
    /// is reached without a symbolic link, or cannot be read.
    fn read_within(&self, path: &RelPath, limit: u64) -> Result<Vec<u8>, WorldError>;

    /// The folder that it is made of, for a world on the disk.
    fn ground(&self) -> Option<Ground<'_>> {
        None
    }

    /// The bytes of a file of at most [`READ_LIMIT`] bytes.
    ///
    /// # Errors
    /// As [`World::read_within`].
    fn read(&self, path: &RelPath) -> Result<Vec<u8>, WorldError> {
        self.read_within(path, READ_LIMIT)
    }
}

/// Where a world on the disk is.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    /// Its root.
    pub root: &'a Path,
    /// The patterns of what is left out of it.
    pub excludes: &'a [String],
}

/// The files of a [`World`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The files, sorted by path, each once.
    pub entries: Vec<Entry>,
    /// What was skipped and why, sorted by path.
    pub problems: Vec<WorldError>,
}

/// One file of a [`Listing`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where the file is.
    pub path: RelPath,
    /// Its length in bytes when it was listed.
    pub size: u64,
}

/// Something that could not be read, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WorldError {
    /// The path, relative to the root where that is possible; for people, not for opening.
    pub path: String,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What sort of problem it is.
    pub kind: WorldErrorKind,
}

/// The sort of a [`WorldError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WorldErrorKind {
    /// A symbolic link, which is never followed. A note: the rest of the build is unharmed.
    Symlink,
    /// A file name that is not UTF-8 or holds a backslash.
    Name,
    /// A socket, a pipe, a device or a folder where a file was expected.
    NotAFile,
    /// A file that does not exist.
    Missing,
    /// A file longer than the limit.
    TooLarge,
    /// More files than the limit; the last ones by path were left out.
    TooMany,
    /// A pattern, in the settings or in an ignore file, that cannot be understood.
    Pattern,
    /// Any other refusal of the operating system.
    Io,
}

/// What a [`WorldError`] says when the system has no room for another open file, or no memory. Then
/// what was read is a part of the project by chance, and no site may be made of it.
pub const EXHAUSTED: &str = "the system has no room for another open file, or no memory";

impl WorldError {
    pub(crate) fn new(
        path: impl Into<String>,
        kind: WorldErrorKind,
        message: impl Into<String>,
    ) -> WorldError {
        WorldError { path: path.into(), message: message.into(), kind }
    }

    pub(crate) fn too_large(path: &RelPath, limit: u64) -> WorldError {
        let message = format!("the file is longer than the limit of {limit} bytes");
        WorldError::new(path.as_str(), WorldErrorKind::TooLarge, message)
    }

    pub(crate) fn missing(path: &RelPath) -> WorldError {
        WorldError::new(path.as_str(), WorldErrorKind::Missing, "the file does not exist")
    }
}

impl fmt::Display for WorldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.message)
    }
}

impl std::error::Error for WorldError {}
