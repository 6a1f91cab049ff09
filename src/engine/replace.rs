//! Replaces one file whole or not at all: written beside it, flushed to the disk, renamed over it.
//! Only commands whose name says that they write a source or the lock use it.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "`cite` writes the lock and the ranges of citations, and this is how"
)]

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

/// Writes `bytes` to `path`. Whoever reads the file sees the old bytes or the new ones, also after
/// a crash; the permissions of the old file are kept.
///
/// # Errors
/// When the system refuses; then the file is as it was.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let temporary = beside(path)?;
    let written = write(&temporary, path, bytes).and_then(|()| fs::rename(&temporary, path));
    if let Err(error) = written {
        // The first error is the one to tell; a file left behind is hidden and never read.
        let _ = fs::remove_file(&temporary);
        return Err(error);
    }
    flush_folder(path)
}

/// A hidden name in the same folder, which no walk of a project lists.
fn beside(path: &Path) -> io::Result<PathBuf> {
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_string_lossy();
    Ok(path.with_file_name(format!(".{name}.{}.new", std::process::id())))
}

fn write(temporary: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    // A process of the same number was stopped here before.
    match fs::remove_file(temporary) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(temporary)?;
    file.write_all(bytes)?;
    match fs::symlink_metadata(path) {
        Ok(old) if old.is_file() => file.set_permissions(old.permissions())?,
        Ok(_) => return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no regular file")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    file.sync_all()
}

/// Makes the new name last; only systems that know how to flush a folder need it.
fn flush_folder(path: &Path) -> io::Result<()> {
    if cfg!(unix) {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.lock");
        replace(&path, b"one").expect("a new file");
        fs::write(beside(&path).expect("a name"), b"half").expect("left by a stopped process");
        replace(&path, b"two").expect("an old file");
        assert_eq!(fs::read(&path).expect("it is there"), b"two");
        assert_eq!(fs::read_dir(folder.path()).expect("it is there").count(), 1);
    }

    #[test]
    fn what_cannot_be_replaced_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.lock");
        fs::create_dir_all(path.join("x")).expect("a folder in its place");
        assert!(replace(&path, b"two").is_err());
        assert!(path.join("x").is_dir());
        assert_eq!(fs::read_dir(folder.path()).expect("it is there").count(), 1);
    }
}
