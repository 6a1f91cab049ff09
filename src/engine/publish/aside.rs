//! Files of a site that wait on the disk until they are published, so that memory follows the size of
//! what a site is made from, and not the size of the site.

use std::{
    fmt,
    fs::File,
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, OnceLock, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use super::{error::PublishError, guard::Protected};
use crate::{engine::output::Item, world::Hash};

/// So many bytes of a site wait in memory: those of some twenty thousand pages.
const IN_MEMORY: u64 = 128 << 20;

/// Where the files of a site are between their making and their publication.
#[derive(Clone, Debug)]
pub struct Aside(Place);

#[derive(Clone, Debug)]
enum Place {
    Memory,
    Disk(Arc<Disk>),
    Nowhere,
}

#[derive(Debug)]
struct Disk {
    /// A folder of the file system that the site will lie on.
    folder: PathBuf,
    /// Bytes that waited in memory, or were meant to.
    in_memory: AtomicU64,
    most_in_memory: u64,
    /// Made when memory has no more room; none when the folder takes no file.
    file: OnceLock<Option<Arc<Waiting>>>,
}

/// A file without a name: it is gone when the process is, however that ends.
struct Waiting(Mutex<End>);

struct End {
    file: File,
    at: u64,
}

/// The bytes of one file of a site, on the disk.
#[derive(Clone)]
pub struct Slice {
    from: Arc<Waiting>,
    at: u64,
    /// The number of bytes.
    pub length: u64,
    /// Their hash.
    pub hash: Hash,
}

impl Aside {
    /// All files wait in memory.
    pub fn memory() -> Self {
        Self(Place::Memory)
    }

    /// Files beyond the first 128 MiB wait on the disk on which the site will lie.
    ///
    /// # Errors
    /// When no site may be in the folder.
    pub fn beside(site: &Path, protected: &Protected) -> Result<Self, PublishError> {
        let site = protected.check(site)?;
        Ok(Self::below(&site, IN_MEMORY))
    }

    /// No file waits at all: the site is made to be looked at, and will not be published.
    pub fn nowhere() -> Self {
        Self(Place::Nowhere)
    }

    pub(super) fn below(site: &Path, most_in_memory: u64) -> Self {
        let folder = site.ancestors().skip(1).find(|folder| folder.is_dir());
        let Some(folder) = folder.map(Path::to_owned) else { return Self::memory() };
        let (in_memory, file) = (AtomicU64::new(0), OnceLock::new());
        Self(Place::Disk(Arc::new(Disk { folder, in_memory, most_in_memory, file })))
    }

    /// Takes the bytes of a file. Those that the disk does not take stay in memory.
    pub fn keep(&self, bytes: Vec<u8>) -> Item {
        match &self.0 {
            Place::Memory => Item::Bytes(bytes),
            Place::Nowhere => Item::Unkept,
            Place::Disk(disk) => match disk.put(&bytes) {
                Some(slice) => Item::Aside(slice),
                None => Item::Bytes(bytes),
            },
        }
    }
}

impl Default for Aside {
    fn default() -> Self {
        Self::memory()
    }
}

impl Disk {
    fn put(&self, bytes: &[u8]) -> Option<Slice> {
        let length = bytes.len() as u64;
        let before = self.in_memory.fetch_add(length, Ordering::Relaxed);
        if before.saturating_add(length) <= self.most_in_memory {
            return None;
        }
        let make = || tempfile::tempfile_in(&self.folder).ok();
        let waiting = |file| Arc::new(Waiting(Mutex::new(End { file, at: 0 })));
        let from = self.file.get_or_init(|| make().map(waiting)).clone()?;
        let at = from.append(bytes).ok()?;
        Some(Slice { from, at, length, hash: Hash::of(bytes) })
    }
}

impl Waiting {
    /// Adds bytes; where they begin. What a full disk took of them is written over by the next.
    fn append(&self, bytes: &[u8]) -> io::Result<u64> {
        let mut end = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = end.at;
        end.file.seek(SeekFrom::Start(at))?;
        end.file.write_all(bytes)?;
        end.at += bytes.len() as u64;
        Ok(at)
    }
}

impl Slice {
    /// The bytes.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn bytes(&self) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; usize::try_from(self.length).map_err(io::Error::other)?];
        let mut end = self.from.0.lock().unwrap_or_else(PoisonError::into_inner);
        end.file.seek(SeekFrom::Start(self.at))?;
        end.file.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}

impl fmt::Debug for Waiting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Waiting")
    }
}

impl fmt::Debug for Slice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Slice").field("length", &self.length).field("hash", &self.hash).finish()
    }
}

impl PartialEq for Slice {
    fn eq(&self, other: &Self) -> bool {
        (self.length, self.hash) == (other.length, other.hash)
    }
}

impl Eq for Slice {}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(item: &Item) -> Vec<u8> {
        match item {
            Item::Bytes(bytes) => bytes.clone(),
            Item::Aside(slice) => slice.bytes().expect("a disk that can be read"),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_memory_has_no_room_for_waits_on_the_disk() {
        let folder = tempfile::tempdir().expect("a folder");
        let aside = Aside::below(&folder.path().join("not/there/site"), 6);
        let texts: [&[u8]; 5] = [b"four", b"seventh", b"", b"abc", b"last"];
        let items: Vec<Item> = texts.iter().map(|text| aside.keep(text.to_vec())).collect();
        let is_aside: Vec<bool> = items.iter().map(|i| matches!(i, Item::Aside(_))).collect();
        assert_eq!(is_aside, [false, true, true, true, true]);
        for (text, item) in texts.iter().zip(&items).rev() {
            assert_eq!(bytes(item), *text);
        }
        let left = folder.path().read_dir().expect("a folder").count();
        assert_eq!(left, 0, "the file has no name");
    }

    #[test]
    fn a_folder_that_takes_no_file_leaves_all_in_memory() {
        let folder = tempfile::tempdir().expect("a folder");
        let below = folder.path().join("gone");
        std::fs::create_dir(&below).expect("a folder");
        let aside = Aside::below(&below.join("site"), 0);
        std::fs::remove_dir(&below).expect("an empty folder");
        assert_eq!(aside.keep(b"text".to_vec()), Item::Bytes(b"text".to_vec()));
    }
}
