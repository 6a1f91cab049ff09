//! What an earlier build left for this one.

use std::collections::BTreeMap;

use super::{
    compress::Twins,
    output::{Item, OutputSet},
};
use crate::{path::RelPath, search, world::Hash};

/// The whole site of an earlier build, as it lies where it was published.
#[derive(Clone, Debug)]
pub struct Whole {
    /// All its files.
    pub output: OutputSet,
    /// How many of them are pages.
    pub pages: usize,
    /// The files of each page by the key of all it was made from.
    pub made: BTreeMap<Hash, Vec<RelPath>>,
    /// Its compressed files.
    pub compressed: Twins,
}

/// The pages of an earlier build that lie where they were published.
pub trait Earlier: Sync {
    /// The files that the page with this key was made to, each as it lies there; none when any of
    /// them is gone or changed.
    fn files(&self, key: Hash) -> Option<Vec<(RelPath, Item)>>;

    /// What the search index has of the file with this key.
    fn digests(&self, key: Hash) -> Option<Vec<search::Digest>>;

    /// A compressed file that was made from bytes with this hash, as it lies there; none when it is
    /// gone or changed.
    fn compressed(&self, route: &RelPath, from: Hash) -> Option<Item>;

    /// The bytes of a file that [`Earlier::files`] gave.
    fn bytes(&self, route: &RelPath) -> Option<Vec<u8>>;

    /// The site that was made from everything with this key; none when any file of it is gone or
    /// changed.
    fn whole(&self, key: Hash) -> Option<Whole>;
}

/// No earlier build: every page is made.
#[derive(Clone, Copy, Debug)]
pub struct Nothing;

impl Earlier for Nothing {
    fn files(&self, _: Hash) -> Option<Vec<(RelPath, Item)>> {
        None
    }

    fn digests(&self, _: Hash) -> Option<Vec<search::Digest>> {
        None
    }

    fn compressed(&self, _: &RelPath, _: Hash) -> Option<Item> {
        None
    }

    fn bytes(&self, _: &RelPath) -> Option<Vec<u8>> {
        None
    }

    fn whole(&self, _: Hash) -> Option<Whole> {
        None
    }
}
