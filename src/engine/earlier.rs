//! What an earlier build left for this one.

use std::collections::BTreeMap;

use super::output::{Item, OutputSet};
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
}

/// The pages of an earlier build that lie where they were published.
pub trait Earlier: Sync {
    /// The files that the page with this key was made to, each as it lies there; none when any of
    /// them is gone or changed.
    fn files(&self, key: Hash) -> Option<Vec<(RelPath, Item)>>;

    /// What the search index has of the file with this key.
    fn digests(&self, key: Hash) -> Option<Vec<search::Digest>>;

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

    fn whole(&self, _: Hash) -> Option<Whole> {
        None
    }
}
