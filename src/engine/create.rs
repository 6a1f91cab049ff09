//! Creates files that do not exist yet, whole or not at all: written under a hidden name in the
//! same folder, flushed to the disk, then given their name. Nothing is ever replaced, and nothing
//! is written through a symbolic link.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "`import` writes new records, and this is how"
)]

use std::{
    fs::{self, OpenOptions},
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
};

use crate::{path::RelPath, world::regular};

/// What stands at a place where a file is to be created.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Nothing.
    Free,
    /// A file of the same bytes.
    Same,
    /// Anything else.
    Taken,
}

/// Looks at the place of a file below `root`.
///
/// # Errors
/// When the way to it leads through anything but folders, or the system refuses.
pub fn look(root: &Path, path: &RelPath, bytes: &[u8]) -> io::Result<Place> {
    if !way(root, path)? {
        return Ok(Place::Free);
    }
    let place = root.join(path.as_str());
    match fs::symlink_metadata(&place) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Place::Free),
        Err(error) => Err(error),
        Ok(found) if found.is_file() && found.len() == bytes.len() as u64 => {
            let mut held = Vec::new();
            io::Read::read_to_end(&mut regular::open(&place)?, &mut held)?;
            Ok(if held == bytes { Place::Same } else { Place::Taken })
        }
        Ok(_) => Ok(Place::Taken),
    }
}

/// Creates a file below `root`, with the folders on the way to it.
///
/// # Errors
/// `AlreadyExists` when something stands there, else the refusal of the system. Then nothing was
/// created but folders.
pub fn create(root: &Path, path: &RelPath, bytes: &[u8]) -> io::Result<()> {
    for folder in path.ancestors() {
        match fs::create_dir(root.join(folder)) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
            _ => {}
        }
    }
    way(root, path)?;
    let place = root.join(path.as_str());
    let hidden = beside(&place);
    let created = write(&hidden, bytes).and_then(|()| name(&hidden, &place));
    if hidden.exists() {
        let removed = fs::remove_file(&hidden);
        // The first error is the one to tell.
        return created.and(removed);
    }
    created
}

/// Whether the folder of a file exists; a link or a file on the way to it is an error.
fn way(root: &Path, path: &RelPath) -> io::Result<bool> {
    for folder in path.ancestors() {
        match fs::symlink_metadata(root.join(folder)) {
            Ok(found) if found.is_dir() => {}
            Ok(_) => {
                let message = format!("`{folder}` is not a folder, and links are not followed");
                return Err(io::Error::new(ErrorKind::InvalidInput, message));
            }
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(error),
        }
    }
    Ok(true)
}

/// A name that no walk of a project lists.
fn beside(place: &Path) -> PathBuf {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    place.with_file_name(format!(".{name}.{}.new", std::process::id()))
}

fn write(hidden: &Path, bytes: &[u8]) -> io::Result<()> {
    // A process of the same number was stopped here before.
    match fs::remove_file(hidden) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(hidden)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Gives the file its name, if that is free: a second name never replaces, as renaming does.
fn name(hidden: &Path, place: &Path) -> io::Result<()> {
    match fs::hard_link(hidden, place) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => {
            // A file system without second names.
            if fs::symlink_metadata(place).is_ok() {
                return Err(ErrorKind::AlreadyExists.into());
            }
            fs::rename(hidden, place)
        }
        linked => linked,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> RelPath {
        RelPath::new(text).expect("a good path")
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("it is there");
        let name = |entry: io::Result<fs::DirEntry>| entry.expect("readable").file_name();
        entries.map(|entry| name(entry).to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn a_file_is_created_once_and_never_replaced() {
        let root = tempfile::tempdir().expect("a folder");
        let at = path("a/b/c.md");
        assert_eq!(look(root.path(), &at, b"one").expect("readable"), Place::Free);
        create(root.path(), &at, b"one").expect("a new file");
        assert_eq!(look(root.path(), &at, b"one").expect("readable"), Place::Same);
        assert_eq!(look(root.path(), &at, b"two").expect("readable"), Place::Taken);
        let again = create(root.path(), &at, b"two").expect_err("it is there");
        assert_eq!(again.kind(), ErrorKind::AlreadyExists);
        assert_eq!(fs::read(root.path().join("a/b/c.md")).expect("it is there"), b"one");
        assert_eq!(names(&root.path().join("a/b")), ["c.md"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed() {
        let root = tempfile::tempdir().expect("a folder");
        let outside = tempfile::tempdir().expect("a folder");
        std::os::unix::fs::symlink(outside.path(), root.path().join("a")).expect("a link");
        assert!(create(root.path(), &path("a/c.md"), b"one").is_err());
        assert!(look(root.path(), &path("a/c.md"), b"one").is_err());
        assert!(names(outside.path()).is_empty());
        std::os::unix::fs::symlink("nowhere", root.path().join("d.md")).expect("a link");
        assert_eq!(look(root.path(), &path("d.md"), b"one").expect("readable"), Place::Taken);
        assert!(create(root.path(), &path("d.md"), b"one").is_err());
    }
}
