//! All the files of a project at one moment: texts read and decoded, other files named only.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::decode::{Decoding, decode, is_text};
use super::{Entry, Hash, RelPath, World, WorldError, WorldErrorKind};

/// The files of a [`World`], read once.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    /// The files by path.
    pub files: BTreeMap<RelPath, File>,
    /// What could not be listed, sorted. A file that was listed and could not be read is in
    /// `files`, as [`Content::Unreadable`] or [`Content::TooLarge`].
    pub problems: Vec<WorldError>,
    /// What a checkout says of its origin.
    pub checkout: Checkout,
}

/// The two files of a git checkout that are read, where the root of the project has them. Nothing
/// else below `.git` is looked at, and what is no text counts as absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checkout {
    /// `.git/config`.
    pub config: Option<Arc<str>>,
    /// `.git/HEAD`.
    pub head: Option<Arc<str>>,
}

/// The longest file of a [`Checkout`] in bytes: 256 KiB.
const CHECKOUT_BYTES: u64 = 256 << 10;

impl Checkout {
    /// What a world says of its origin.
    pub fn take(world: &dyn World) -> Self {
        let text = |path: &str| {
            let bytes = world.read_within(&RelPath::new(path)?, CHECKOUT_BYTES).ok()?;
            decode(&bytes).map(|(text, _)| text)
        };
        Self { config: text(".git/config"), head: text(".git/HEAD") }
    }
}

/// One file of a [`Snapshot`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Where the file is.
    pub path: RelPath,
    /// Its length in bytes.
    pub size: u64,
    /// The hash of its bytes as they are on the disk; `None` when they were not read.
    pub hash: Option<Hash>,
    /// What it holds.
    pub content: Content,
    /// The hash of all of this.
    key: Hash,
}

/// What is known of the content of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Text, by the extension of the file.
    Text {
        /// The text, without a byte-order mark and with U+FFFD for what was not UTF-8.
        text: Arc<str>,
        /// How it was decoded.
        decoding: Decoding,
    },
    /// A file with the extension of a text that holds a NUL byte.
    Bytes(Arc<[u8]>),
    /// A file of another kind, not read: [`World::read`] gives its bytes.
    Asset,
    /// A text longer than [`Limits::text_bytes`], not read.
    TooLarge,
    /// A text that could not be read, and why.
    Unreadable(String),
}

/// How much a snapshot may take in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The longest text in bytes.
    pub text_bytes: u64,
    /// The largest number of files.
    pub files: usize,
}

impl Default for Limits {
    /// 16 MiB a text, 200,000 files.
    fn default() -> Limits {
        Limits { text_bytes: 16 << 20, files: 200_000 }
    }
}

impl Snapshot {
    /// Lists the world and reads its texts, in parallel.
    pub fn take(world: &dyn World, limits: &Limits) -> Snapshot {
        Self::take_with(world, limits, &|_| None)
    }

    fn take_with(
        world: &dyn World,
        limits: &Limits,
        before: &(dyn Fn(&Entry) -> Option<File> + Sync),
    ) -> Snapshot {
        let mut listing = world.list();
        if listing.entries.len() > limits.files {
            let message = format!(
                "{} files were found and the limit is {}; exclude folders that are no content",
                listing.entries.len(),
                limits.files
            );
            listing.problems.push(WorldError::new(".", WorldErrorKind::TooMany, message));
            listing.problems.sort();
            listing.entries.truncate(limits.files);
        }
        let files: Vec<(RelPath, File)> = listing
            .entries
            .into_par_iter()
            .map(|entry| {
                let path = entry.path.clone();
                (path, before(&entry).unwrap_or_else(|| File::take(world, entry, limits)))
            })
            .collect();
        Snapshot {
            files: files.into_iter().collect(),
            problems: listing.problems,
            checkout: Checkout::take(world),
        }
    }

    /// Reads these files again, and finds new ones and those that are gone. A file that is not named
    /// and has the length that it had is taken to be as it was.
    pub fn renew(&mut self, world: &dyn World, limits: &Limits, files: &BTreeSet<RelPath>) {
        // As long as only texts that are there change, the set of files stays what it is.
        let known = |path: &&RelPath| is_text(path) && self.files.contains_key(*path);
        let read = |path: &RelPath| {
            let file = File::take(world, Entry { path: path.clone(), size: 0 }, limits);
            file.hash.is_some().then(|| (path.clone(), file))
        };
        let all: Option<Vec<_>> =
            files.iter().map(|path| Some(path).filter(known).and_then(read)).collect();
        if let Some(read) = all {
            self.files.extend(read);
            return;
        }
        let before = std::mem::take(&mut self.files);
        let as_it_was = |entry: &Entry| {
            let file = before.get(&entry.path)?;
            (file.size == entry.size && !files.contains(&entry.path)).then(|| file.clone())
        };
        *self = Self::take_with(world, limits, &as_it_was);
    }

    /// The text of a file, if it exists and is text.
    pub fn text(&self, path: &RelPath) -> Option<&Arc<str>> {
        match &self.files.get(path)?.content {
            Content::Text { text, .. } => Some(text),
            _ => None,
        }
    }
}

impl File {
    /// Tells one file from another: the hash of everything that is known of it.
    pub fn key(&self) -> Hash {
        self.key
    }

    fn new(path: RelPath, size: u64, hash: Option<Hash>, content: Content) -> Self {
        let fault = match &content {
            Content::Text { .. } => None,
            Content::Bytes(_) => Some("bytes"),
            Content::Asset => Some("asset"),
            Content::TooLarge => Some("too large"),
            Content::Unreadable(why) => Some(why.as_str()),
        };
        let key = Hash::of_value(&(&path, size, hash, fault));
        Self { path, size, hash, content, key }
    }

    fn take(world: &dyn World, entry: Entry, limits: &Limits) -> File {
        let Entry { path, size } = entry;
        if !is_text(&path) {
            return Self::new(path, size, None, Content::Asset);
        }
        match world.read_within(&path, limits.text_bytes) {
            Ok(bytes) => {
                let content = match decode(&bytes) {
                    Some((text, decoding)) => Content::Text { text, decoding },
                    None => Content::Bytes(bytes.as_slice().into()),
                };
                Self::new(path, bytes.len() as u64, Some(Hash::of(&bytes)), content)
            }
            Err(error) => {
                let content = match error.kind {
                    WorldErrorKind::TooLarge => Content::TooLarge,
                    _ => Content::Unreadable(error.message),
                };
                Self::new(path, size, None, content)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::Memory;

    fn content(snapshot: &Snapshot, path: &str) -> Content {
        snapshot.files.get(path).expect("the file was listed").content.clone()
    }

    #[test]
    fn reads_texts_and_names_the_rest() {
        let world = Memory::new([
            ("a.md", &b"\xef\xbb\xbfhello"[..]),
            ("b.md", b"x\0y"),
            ("c.md", b"12345678901"),
            ("d.png", b"12345678901"),
            ("e.MD", b"a\xffb"),
        ]);
        let snapshot = Snapshot::take(&world, &Limits { text_bytes: 10, files: 9 });
        assert_eq!(
            content(&snapshot, "a.md"),
            Content::Text { text: "hello".into(), decoding: Decoding::Bom }
        );
        assert_eq!(content(&snapshot, "b.md"), Content::Bytes((*b"x\0y").into()));
        assert_eq!(content(&snapshot, "c.md"), Content::TooLarge);
        assert_eq!(content(&snapshot, "d.png"), Content::Asset);
        assert_eq!(
            content(&snapshot, "e.MD"),
            Content::Text { text: "a\u{fffd}b".into(), decoding: Decoding::Lossy { first_bad: 1 } }
        );
        assert!(snapshot.problems.is_empty());
    }

    #[test]
    fn says_when_there_are_too_many_files() {
        let world = Memory::new([("a.md", "a"), ("b.md", "b")]);
        let snapshot = Snapshot::take(&world, &Limits { files: 1, ..Limits::default() });
        assert_eq!(snapshot.files.len(), 1);
        assert_eq!(snapshot.problems[0].kind, WorldErrorKind::TooMany);
    }
}
