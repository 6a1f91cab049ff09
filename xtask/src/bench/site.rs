//! A built site as a folder: what its files hold, and when each was written.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The bytes of every file by its path below the folder.
pub type Site = BTreeMap<PathBuf, Vec<u8>>;

/// When each file was written, by its path below the folder.
pub type Stamps = BTreeMap<PathBuf, SystemTime>;

/// The list of files that a build keeps in its folder: new whenever one of them is.
pub const MARKER: &str = ".lacuna-site";

/// All files below a folder.
pub fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                folders.push(entry.path());
            } else {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Reads a site.
pub fn read(folder: &Path) -> io::Result<Site> {
    let below = |path: &Path| path.strip_prefix(folder).unwrap_or(path).to_owned();
    files(folder)?.iter().map(|path| Ok((below(path), fs::read(path)?))).collect()
}

/// Notes when the files of a site were written, its marker left out.
pub fn stamps(folder: &Path) -> io::Result<Stamps> {
    let mut stamps = Stamps::new();
    for path in files(folder)? {
        let below = path.strip_prefix(folder).unwrap_or(&path).to_owned();
        if below != Path::new(MARKER) {
            stamps.insert(below, fs::metadata(&path)?.modified()?);
        }
    }
    Ok(stamps)
}

/// The files that were written anew, that came or that went.
pub fn touched(before: &Stamps, after: &Stamps) -> Vec<PathBuf> {
    let differs = |path: &&PathBuf| before.get(*path) != after.get(*path);
    let gone = before.keys().filter(|path| !after.contains_key(*path));
    after.keys().filter(differs).chain(gone).cloned().collect()
}

/// Copies a folder of files.
pub fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for path in files(from)? {
        let place = to.join(path.strip_prefix(from).unwrap_or(&path));
        if let Some(parent) = place.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::copy(&path, &place)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_written_anew_is_told_from_one_that_stayed() {
        let at = |seconds| SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(seconds);
        let before: Stamps = [("a".into(), at(1)), ("b".into(), at(1)), ("c".into(), at(1))].into();
        let after: Stamps = [("a".into(), at(1)), ("b".into(), at(2)), ("d".into(), at(1))].into();
        assert_eq!(touched(&before, &before), [] as [PathBuf; 0]);
        assert_eq!(touched(&before, &after), ["b", "d", "c"].map(PathBuf::from));
    }
}
