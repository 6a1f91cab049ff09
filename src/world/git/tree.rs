//! The world of one commit: the files of its tree, by the rules of the walk of a folder.
//!
//! It holds the texts in memory, so that nothing downstream knows where they came from. The changes
//! of a commit turn it into the world of another: what did not change is not read again.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    Change, Commit, EntryKind, GitError, GitFault, Leaf, Repository, lfs_oid, rules::Rules,
};
use crate::world::{
    Entry, Limits, Listing, RelPath, World, WorldError, WorldErrorKind, decode::is_text,
};

/// The files of one commit, as [`super::super::Disk`] would list them in a checkout.
#[derive(Debug)]
pub struct Tree {
    leaves: BTreeMap<Vec<u8>, Leaf>,
    excludes: Vec<String>,
    limits: Limits,
    files: BTreeMap<RelPath, Blob>,
    problems: Vec<WorldError>,
    submodules: Vec<String>,
}

/// What is taken of a commit.
#[derive(Clone, Copy, Debug)]
pub struct Taking<'a> {
    /// Patterns of what is left out, as [`super::super::Disk::new`] takes them.
    pub excludes: &'a [String],
    /// How much is taken in.
    pub limits: Limits,
}

/// The content of a file.
#[derive(Clone, Debug)]
struct Blob {
    leaf: Leaf,
    size: u64,
    /// None of a file that is no text, or a longer one than the limit.
    bytes: Option<Arc<[u8]>>,
}

impl Tree {
    /// The files of a commit. Texts are read up to the limit. A blob that `beside` has read by the
    /// same limits is shared with it.
    ///
    /// # Errors
    /// When an object cannot be read, or a pattern cannot be understood.
    pub fn new(
        repository: &Repository,
        commit: &Commit,
        taking: Taking<'_>,
        beside: Option<&Self>,
    ) -> Result<Self, GitError> {
        let mut tree = Self {
            leaves: repository.list(commit)?.into_iter().collect(),
            excludes: taking.excludes.to_vec(),
            limits: taking.limits,
            files: BTreeMap::new(),
            problems: Vec::new(),
            submodules: Vec::new(),
        };
        let beside = beside.filter(|tree| tree.limits == taking.limits);
        let known = beside.map(|tree| tree.files.clone()).unwrap_or_default();
        tree.sort_out(repository, known)?;
        Ok(tree)
    }

    /// Makes it the world of another commit. Gives the paths that are new, changed or gone.
    ///
    /// # Errors
    /// When an object cannot be read.
    pub fn advance(
        &mut self,
        repository: &Repository,
        changes: &[Change],
    ) -> Result<BTreeSet<RelPath>, GitError> {
        let before = std::mem::take(&mut self.files);
        for change in changes {
            match change.after {
                Some(leaf) => self.leaves.insert(change.path.clone(), leaf),
                None => self.leaves.remove(&change.path),
            };
        }
        self.sort_out(repository, before.clone())?;
        let same = |path: &RelPath| {
            let leaf = |files: &BTreeMap<RelPath, Blob>| files.get(path).map(|blob| blob.leaf);
            leaf(&before) == leaf(&self.files)
        };
        let of_rules = before.keys().chain(self.files.keys());
        Ok(of_rules.filter(|path| !same(path)).cloned().collect())
    }

    /// The folders that belong to other repositories, which are left out.
    pub fn submodules(&self) -> &[String] {
        &self.submodules
    }

    /// The texts of which the clone has only a pointer of Git LFS.
    pub fn pointers(&self) -> impl Iterator<Item = &RelPath> {
        let is_pointer = |blob: &Blob| blob.bytes.as_deref().and_then(lfs_oid).is_some();
        self.files.iter().filter(move |(_, blob)| is_pointer(blob)).map(|(path, _)| path)
    }

    /// Decides which entries take part, and reads the texts that are not known.
    fn sort_out(
        &mut self,
        repository: &Repository,
        mut known: BTreeMap<RelPath, Blob>,
    ) -> Result<(), GitError> {
        let mut rules = self.rules(repository)?;
        self.problems.clear();
        self.submodules.clear();
        for (path, leaf) in &self.leaves {
            let shown = String::from_utf8_lossy(path).into_owned();
            if !rules.keeps(&shown) {
                continue;
            }
            let problem = |kind, message: &str| WorldError::new(shown.as_str(), kind, message);
            match (leaf.kind, std::str::from_utf8(path).ok().and_then(RelPath::new)) {
                (EntryKind::Submodule, _) => self.submodules.push(shown),
                (EntryKind::Link, _) => self.problems.push(problem(
                    WorldErrorKind::Symlink,
                    "it is a symbolic link, which is not followed",
                )),
                (EntryKind::File, None) => self.problems.push(problem(
                    WorldErrorKind::Name,
                    "its name is not UTF-8 or holds a backslash; rename the file",
                )),
                (EntryKind::File, Some(path)) => {
                    let known = known.remove(&path).filter(|blob| blob.leaf == *leaf);
                    let blob = match known {
                        Some(blob) => blob,
                        None => self.read(repository, &path, *leaf)?,
                    };
                    self.files.insert(path, blob);
                }
            }
        }
        self.problems.sort();
        Ok(())
    }

    fn rules(&self, repository: &Repository) -> Result<Rules, GitError> {
        let mut rules = Rules::new(&self.excludes).map_err(|error| GitError {
            fault: GitFault::Unreadable,
            message: error.to_string(),
            help: None,
        })?;
        for (path, leaf) in &self.leaves {
            let Ok(path) = std::str::from_utf8(path) else { continue };
            rules.note(path);
            if Rules::is_rule(path) && leaf.kind == EntryKind::File {
                rules.add(path, &String::from_utf8_lossy(&repository.blob(leaf.id)?));
            }
        }
        Ok(rules)
    }

    fn read(&self, repository: &Repository, path: &RelPath, leaf: Leaf) -> Result<Blob, GitError> {
        let size = repository.size(leaf.id)?;
        if !is_text(path) || size > self.limits.text_bytes {
            return Ok(Blob { leaf, size, bytes: None });
        }
        let bytes = repository.blob(leaf.id)?;
        Ok(Blob { leaf, size: bytes.len() as u64, bytes: Some(bytes.into()) })
    }
}

impl World for Tree {
    fn list(&self) -> Listing {
        let entry = |(path, blob): (&RelPath, &Blob)| Entry { path: path.clone(), size: blob.size };
        Listing { entries: self.files.iter().map(entry).collect(), problems: self.problems.clone() }
    }

    fn read_within(&self, path: &RelPath, limit: u64) -> Result<Vec<u8>, WorldError> {
        let blob = self.files.get(path).ok_or_else(|| WorldError::missing(path))?;
        match &blob.bytes {
            Some(bytes) if bytes.len() as u64 <= limit => Ok(bytes.to_vec()),
            None if blob.size <= limit => {
                let message = "only the texts of a revision are read";
                Err(WorldError::new(path.as_str(), WorldErrorKind::Io, message))
            }
            _ => Err(WorldError::too_large(path, limit)),
        }
    }
}
