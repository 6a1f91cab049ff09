//! What was noticed since the last wake, and what it amounts to.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use notify::event::{CreateKind, EventKind, ModifyKind, RemoveKind};

use super::Wake;
use super::ground::{Ground, Meaning};
use crate::path::RelPath;
use crate::world::Survey;

/// What happened and was not told yet.
#[derive(Debug, Default)]
pub(super) struct Notices {
    /// Paths of content that may have changed.
    paths: BTreeSet<PathBuf>,
    /// Paths that are told together with the next wake, and wake nobody themselves.
    litter: BTreeSet<PathBuf>,
    /// How many signs there were that count.
    signs: usize,
    /// Whether the tree itself may be another one.
    pub(super) tree: Tree,
}

/// The most signs that one save, or one folder that is made, gives.
const SIGNS_OF_A_SAVE: usize = 16;

/// How far the tree that is watched is known to be the one on the disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tree {
    /// Nothing speaks against it.
    #[default]
    Known,
    /// Something happened in a folder that is not known: it is new, or one that is left out.
    Doubtful,
    /// It changed and is watched anew: everything is to be told.
    Renewed,
    /// It changed: it must be watched anew.
    Changed,
}

impl Notices {
    /// Whether there is something to look at.
    pub(super) fn count(&self) -> bool {
        self.tree != Tree::Known || !self.paths.is_empty()
    }

    /// Whether this looks like one person's one save, and nothing more is to be expected.
    pub(super) fn is_a_save(&self) -> bool {
        self.signs <= SIGNS_OF_A_SAVE
    }

    /// The tree is another one: folders came or went, or events were lost.
    pub(super) fn changed(&mut self) {
        self.signs += 1;
        self.tree = Tree::Changed;
    }

    /// Takes in what the system tells.
    pub(super) fn event(&mut self, event: &notify::Event, ground: &Ground, known: &Survey) {
        if event.need_rescan() {
            self.changed();
        }
        for path in &event.paths {
            self.path(path, event.kind, ground, known);
        }
    }

    /// Takes in that something of `kind` happened at `path`.
    pub(super) fn path(&mut self, path: &Path, kind: EventKind, ground: &Ground, known: &Survey) {
        let is_of_folder = matches!(
            kind,
            EventKind::Create(CreateKind::Folder) | EventKind::Remove(RemoveKind::Folder)
        );
        let comes_or_goes = matches!(
            kind,
            EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_))
        );
        let was_folder = known.folders.contains(path);
        match ground.meaning(path) {
            Meaning::Nothing => {}
            Meaning::Rule => self.changed(),
            Meaning::Pillar if comes_or_goes => self.changed(),
            Meaning::Pillar => {}
            Meaning::Litter | Meaning::Content if is_of_folder => self.changed(),
            // Some systems call a folder modified when something in it is: that is told apart.
            Meaning::Litter | Meaning::Content if was_folder => {
                if comes_or_goes || matches!(kind, EventKind::Modify(ModifyKind::Metadata(_))) {
                    self.changed();
                }
            }
            Meaning::Litter if path.is_dir() => self.changed(),
            Meaning::Litter => {
                self.litter.insert(path.to_owned());
            }
            Meaning::Content if known.odd.contains(path) => self.changed(),
            Meaning::Content
                if path.parent().is_none_or(|folder| !known.folders.contains(folder)) =>
            {
                self.tree = self.tree.max(Tree::Doubtful);
            }
            Meaning::Content => {
                self.signs += 1;
                self.paths.insert(path.to_owned());
            }
        }
    }

    /// Looks at what the paths are now; one that is no regular file changes the tree.
    pub(super) fn look(&mut self, ground: &Ground) {
        let is_plain = |path: &PathBuf| {
            let is_file = fs::symlink_metadata(path).map_or(true, |metadata| metadata.is_file());
            is_file && ground.relative(path).is_some()
        };
        if self.tree < Tree::Renewed && !self.paths.iter().all(is_plain) {
            self.changed();
        }
    }

    /// What there is to tell, which is then forgotten.
    pub(super) fn take(&mut self, ground: &Ground) -> Option<Wake> {
        let Notices { paths, litter, tree, .. } = std::mem::take(self);
        match tree {
            Tree::Renewed | Tree::Changed => Some(Wake::Everything),
            Tree::Known | Tree::Doubtful if paths.is_empty() => {
                self.litter = litter;
                None
            }
            Tree::Known | Tree::Doubtful => {
                let named = |path: &PathBuf| ground.relative(path);
                let files: Option<BTreeSet<RelPath>> = paths.iter().map(named).collect();
                // A name that the stages cannot say is a problem only a listing can tell of.
                let Some(mut files) = files else { return Some(Wake::Everything) };
                files.extend(litter.iter().filter_map(named));
                Some(Wake::Files(files))
            }
        }
    }
}

#[cfg(test)]
#[path = "notices_tests.rs"]
mod tests;
