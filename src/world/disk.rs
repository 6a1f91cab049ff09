//! The world on the disk: one walk of a folder, and reads that never leave it.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use ignore::overrides::{Override, OverrideBuilder};
use ignore::{DirEntry, Walk, WalkBuilder};

use super::{
    EXHAUSTED, Entry, Ground, Listing, RelPath, World, WorldError, WorldErrorKind, regular,
};

/// The files below a folder, without what git ignores, hidden files and folders of tools.
///
/// The `.gitignore` and `.ignore` files at or below the root count, in a repository or not;
/// those above it, and the settings of the user, do not: the result depends on the root alone.
#[derive(Debug)]
pub struct Disk {
    root: PathBuf,
    excludes: Override,
    patterns: Vec<String>,
}

impl Disk {
    /// The world below `root`, without what matches one of `patterns` (as a line of
    /// `.gitignore`: `/site/` is the folder `site` of the root).
    ///
    /// # Errors
    /// When `root` is not a folder that can be reached, or a pattern cannot be understood.
    pub fn new(root: &Path, patterns: &[String]) -> Result<Disk, WorldError> {
        let shown = root.display().to_string();
        let root = root.canonicalize().map_err(|error| io_problem(&shown, &error))?;
        if !root.is_dir() {
            return Err(WorldError::new(shown, WorldErrorKind::NotAFile, "it is not a folder"));
        }
        let mut builder = OverrideBuilder::new(&root);
        for pattern in patterns {
            // Overrides name what is kept; the mark turns one into what is left out.
            builder
                .add(&format!("!{pattern}"))
                .map_err(|error| pattern_problem(pattern, &error))?;
        }
        let excludes = builder.build().map_err(|error| pattern_problem("excludes", &error))?;
        Ok(Disk { root, excludes, patterns: patterns.to_vec() })
    }

    /// The root, absolute and without symbolic links.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where a file is on the disk.
    pub fn locate(&self, path: &RelPath) -> PathBuf {
        self.root.join(path.as_str())
    }

    /// The walk of the root that everything else is made of.
    pub(super) fn walk(&self) -> Walk {
        WalkBuilder::new(&self.root)
            .hidden(true)
            .parents(false)
            .git_global(false)
            .git_exclude(false)
            .require_git(false)
            .follow_links(false)
            .overrides(self.excludes.clone())
            .filter_entry(|entry| {
                let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
                entry.depth() == 0 || !is_folder || !belongs_to_a_tool(entry.path())
            })
            .build()
    }

    fn entry(&self, found: &DirEntry) -> Result<Option<Entry>, WorldError> {
        let below = found.path().strip_prefix(&self.root).unwrap_or(found.path());
        let shown = below.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
        let Some(kind) = found.file_type().filter(|kind| !kind.is_dir()) else { return Ok(None) };
        if kind.is_symlink() {
            let message = "it is a symbolic link, which is not followed";
            return Err(WorldError::new(shown, WorldErrorKind::Symlink, message));
        }
        if !kind.is_file() {
            let message = "it is neither a file nor a folder";
            return Err(WorldError::new(shown, WorldErrorKind::NotAFile, message));
        }
        let Some(path) = below.to_str().and_then(|_| RelPath::new(&shown)) else {
            let message = "its name is not UTF-8 or holds a backslash; rename the file";
            return Err(WorldError::new(shown, WorldErrorKind::Name, message));
        };
        match found.metadata() {
            Ok(metadata) => Ok(Some(Entry { path, size: metadata.len() })),
            Err(error) => Err(self.walk_problem(&error)),
        }
    }

    fn walk_problem(&self, error: &ignore::Error) -> WorldError {
        let kind = if error.is_io() { WorldErrorKind::Io } else { WorldErrorKind::Pattern };
        let path = culprit(error).unwrap_or(&self.root);
        let below = path.strip_prefix(&self.root).unwrap_or(path).to_string_lossy();
        let below = if below.is_empty() { ".".into() } else { below };
        let told = error.to_string();
        // The walk wraps what the system said, and keeps only its words.
        let codes = ["(os error 12)", "(os error 23)", "(os error 24)"];
        let exhausted = cfg!(unix) && codes.iter().any(|code| told.contains(code));
        let message = if exhausted { EXHAUSTED.to_owned() } else { told };
        WorldError::new(below.replace(std::path::MAIN_SEPARATOR, "/"), kind, message)
    }

    /// Refuses a path that passes through a symbolic link: it may lead out of the root.
    fn check_folders(&self, path: &RelPath) -> Result<(), WorldError> {
        for folder in path.ancestors() {
            let metadata = fs::symlink_metadata(self.root.join(folder))
                .map_err(|error| io_problem(path.as_str(), &error))?;
            if metadata.is_symlink() {
                let message = format!("`{folder}` is a symbolic link, which is not followed");
                return Err(WorldError::new(path.as_str(), WorldErrorKind::Symlink, message));
            }
        }
        Ok(())
    }
}

impl World for Disk {
    fn ground(&self) -> Option<Ground<'_>> {
        Some(Ground { root: &self.root, excludes: &self.patterns })
    }

    fn list(&self) -> Listing {
        let mut listing = Listing::default();
        for found in self.walk() {
            match found {
                Ok(found) => {
                    listing.problems.extend(found.error().map(|error| self.walk_problem(error)));
                    match self.entry(&found) {
                        Ok(entry) => listing.entries.extend(entry),
                        Err(problem) => listing.problems.push(problem),
                    }
                }
                Err(error) => listing.problems.push(self.walk_problem(&error)),
            }
        }
        listing.entries.sort_by(|a, b| a.path.cmp(&b.path));
        listing.problems.sort();
        listing
    }

    fn read_within(&self, path: &RelPath, limit: u64) -> Result<Vec<u8>, WorldError> {
        self.check_folders(path)?;
        let problem = |error| io_problem(path.as_str(), &error);
        let file = regular::open(&self.locate(path)).map_err(problem)?;
        let mut bytes = Vec::new();
        // One byte more than the limit tells a file that grew from one that just fits.
        file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(problem)?;
        if bytes.len() as u64 > limit {
            return Err(WorldError::too_large(path, limit));
        }
        Ok(bytes)
    }
}

/// The file that says of a folder that it is a published site.
pub const SITE_MARKER: &str = ".lacuna-site";

/// The file that says of a folder that published versions of a site lie in it.
pub const VERSIONS_MARKER: &str = ".lacuna-versions";

/// Whether this is a folder that a tool fills and no one writes: never content. A published site is
/// one, wherever it lies: its twins would be read as documents.
pub fn belongs_to_a_tool(path: &Path) -> bool {
    let Some(name) = path.file_name() else { return false };
    if [".git", ".lacuna", "node_modules"].iter().any(|tool| name == OsStr::new(tool)) {
        return true;
    }
    let is_build = name == OsStr::new("target") && path.with_file_name("Cargo.toml").is_file();
    is_build || [SITE_MARKER, VERSIONS_MARKER].iter().any(|marker| path.join(marker).is_file())
}

fn culprit(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            culprit(err)
        }
        ignore::Error::Partial(errors) => errors.iter().find_map(culprit),
        ignore::Error::Loop { child, .. } => Some(child),
        _ => None,
    }
}

fn io_problem(path: &str, error: &io::Error) -> WorldError {
    let kind = match error.kind() {
        io::ErrorKind::NotFound => WorldErrorKind::Missing,
        io::ErrorKind::InvalidInput => WorldErrorKind::NotAFile,
        _ => WorldErrorKind::Io,
    };
    let message = if is_exhausted(error) { EXHAUSTED.to_owned() } else { error.to_string() };
    WorldError::new(path, kind, message)
}

/// Whether the fault is the process's and not the file's.
#[cfg(unix)]
fn is_exhausted(error: &io::Error) -> bool {
    use rustix::io::Errno;
    let code = Errno::from_io_error(error);
    code.is_some_and(|code| [Errno::MFILE, Errno::NFILE, Errno::NOMEM].contains(&code))
}

#[cfg(not(unix))]
fn is_exhausted(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::OutOfMemory
}

fn pattern_problem(pattern: &str, error: &ignore::Error) -> WorldError {
    WorldError::new(pattern, WorldErrorKind::Pattern, error.to_string())
}

#[cfg(test)]
#[path = "disk_tests.rs"]
mod tests;
