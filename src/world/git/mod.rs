//! Revisions of a git repository, read straight from its object store: no git program, no hook, no
//! checkout, no network. The one file that names gix.
//!
//! Nothing but the repository's own settings is read: the result depends on its objects alone.

use std::{
    fmt, io,
    path::{Path, PathBuf},
};

use gix::{
    ObjectId, ThreadSafeRepository,
    diff::tree::{Recorder, State, recorder::Change as Recorded},
    objs::{TreeRefIter, tree::EntryMode},
};

mod fault;
mod rules;
mod tree;

pub use fault::{GitError, GitFault};
pub use tree::{Taking, Tree};

use super::regular;

/// The most entries of one tree: a crafted tree can name itself a billion times.
const MOST_ENTRIES: usize = 1_000_000;

/// So many commits are looked at to find one that is damaged.
const MOST_SEARCHED: usize = 10_000;

/// So many references lead one to the other, as in git.
const MOST_SYMBOLIC: usize = 5;

/// Memory for objects that are asked for again, in bytes: 16 MiB.
const OBJECT_CACHE: usize = 16 << 20;

/// The longest content that is read from the store of Git LFS, in bytes: that of any text.
const LFS_BYTES: u64 = super::READ_LIMIT;

/// A git repository, opened for reading.
pub struct Repository {
    inner: gix::Repository,
    /// The folder of the project below the root of the repository, with a slash; empty at the root.
    prefix: String,
    work_dir: Option<PathBuf>,
    /// Where Git LFS keeps contents.
    lfs: PathBuf,
    is_shallow: bool,
    is_partial: bool,
}

/// The name of an object: what it holds, hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(ObjectId);

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl Id {
    /// The first letters, as people quote a commit.
    pub fn short(self) -> String {
        self.0.to_hex_with_len(9).to_string()
    }
}

/// A commit.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Commit {
    /// Its name.
    pub id: Id,
    /// When it was committed, in seconds since 1970-01-01 UTC.
    pub seconds: i64,
    /// The first line of its message.
    pub subject: String,
    tree: Id,
    first_parent: Option<Id>,
}

/// What an entry of a tree is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// A file.
    File,
    /// A symbolic link, which is never followed.
    Link,
    /// A commit of another repository.
    Submodule,
}

/// An entry of a tree that is no folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Leaf {
    /// What it is.
    pub kind: EntryKind,
    /// Its content, or the commit of a submodule.
    pub id: Id,
}

/// A path that one commit has otherwise than another; below the project, in the bytes of git.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The path.
    pub path: Vec<u8>,
    /// What it is afterwards; none when it is gone.
    pub after: Option<Leaf>,
}

/// The first parents of a commit, the newest first.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// The commits.
    pub commits: Vec<Commit>,
    /// Whether there would be more in a clone with the whole history.
    pub is_cut: bool,
}

impl fmt::Debug for Repository {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Repository").field("prefix", &self.prefix).finish_non_exhaustive()
    }
}

impl Repository {
    /// The repository that holds a folder, which may lie deep in it.
    ///
    /// # Errors
    /// When there is none, or it cannot be opened.
    pub fn of(root: &Path) -> Result<Self, GitError> {
        let options = gix::open::Options::isolated();
        let trust = gix::sec::trust::Mapping { full: options.clone(), reduced: options };
        let found = ThreadSafeRepository::discover_opts(root, Default::default(), trust);
        let mut inner = found.map_err(|error| fault::of_opening(root, &error))?.to_thread_local();
        inner.object_cache_size_if_unset(OBJECT_CACHE);
        let work_dir = inner.workdir().map(Path::to_owned);
        let resolved = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let prefix = match &work_dir {
            Some(top) => {
                below(&resolved(top), &resolved(root)).ok_or_else(|| fault::outside(root))?
            }
            None => String::new(),
        };
        let settings = inner.config_snapshot();
        let is_partial = settings.string("extensions.partialClone").is_some()
            || settings.boolean("remote.origin.promisor") == Some(true);
        let lfs = inner.common_dir().join("lfs").join("objects");
        let is_shallow = inner.is_shallow().unwrap_or(false);
        Ok(Self { inner, prefix, work_dir, lfs, is_shallow, is_partial })
    }

    /// The folder that is checked out, and the project below it with a slash at its end; an empty
    /// text for the folder itself.
    pub fn project(&self) -> (Option<&Path>, &str) {
        (self.work_dir.as_deref(), &self.prefix)
    }

    /// Whether files are checked out.
    pub fn has_work_tree(&self) -> bool {
        self.work_dir.is_some()
    }

    /// Whether the clone has only the last commits of the history.
    pub fn is_shallow(&self) -> bool {
        self.is_shallow
    }

    /// The commit that a revision names, as git reads it: `main`, `origin/main`, `v1.2`, `HEAD~3`.
    ///
    /// # Errors
    /// When nothing has this name, it is no commit, or what it names cannot be read.
    pub fn commit(&self, name: &str) -> Result<Commit, GitError> {
        let repository = &self.inner;
        let unknown = |why: String| fault::unknown(name, &why, self);
        let id = repository.rev_parse_single(name).map_err(|e| {
            // What is there and damaged cannot be fetched by its name.
            self.damage(name).unwrap_or_else(|| unknown(fault::words(&e)))
        })?;
        let object = id.object().map_err(|e| fault::unreadable(Id(id.detach()), &e, self))?;
        let commit = object.peel_to_commit().map_err(|e| unknown(fault::words(&e)))?;
        self.describe(&commit)
    }

    /// What cannot be read of the history of a name that there is, along first parents.
    fn damage(&self, name: &str) -> Option<GitError> {
        let tip = self.tip(name).filter(|_| !self.is_shallow)?;
        let object = self.inner.find_object(tip.0).map_err(|e| fault::unreadable(tip, &e, self));
        let mut next = match object {
            Ok(object) => object.peel_to_commit().ok().map(|commit| Id(commit.id)),
            Err(error) => return Some(error),
        };
        for _ in 0..MOST_SEARCHED {
            next = match self.find(next?) {
                Ok(commit) => commit.first_parent,
                Err(error) => return Some(error),
            };
        }
        None
    }

    /// What the reference at the beginning of a revision names: that of `main` in `main~3`.
    fn tip(&self, name: &str) -> Option<Id> {
        let name = name.split(['~', '^', ':', '@']).next().filter(|name| !name.is_empty());
        let mut reference = self.inner.try_find_reference(name.unwrap_or("HEAD")).ok()??;
        // A reference that leads to itself is none.
        for _ in 0..MOST_SYMBOLIC {
            match reference.follow() {
                Some(next) => reference = next.ok()?,
                None => break,
            }
        }
        reference.target().try_id().map(|id| Id(id.to_owned()))
    }

    /// The commit that is checked out; none before the first commit.
    ///
    /// # Errors
    /// When the commit cannot be read.
    pub fn head(&self) -> Result<Option<Commit>, GitError> {
        let Some(id) = self.head_id() else { return Ok(None) };
        self.find(id).map(Some)
    }

    /// The name of the commit that is checked out.
    pub fn head_id(&self) -> Option<Id> {
        self.inner.head_id().ok().map(|id| Id(id.detach()))
    }

    /// The last commit that both have in their history.
    ///
    /// # Errors
    /// When there is none, or the history cannot be read.
    pub fn merge_base(&self, one: &Commit, other: &Commit) -> Result<Commit, GitError> {
        match self.inner.merge_base(one.id.0, other.id.0) {
            Ok(Some(id)) => self.find(Id(id.detach())),
            Ok(None) => Err(fault::unrelated(one, other, self)),
            Err(error) => Err(fault::unreadable(one.id, &error, self)),
        }
    }

    /// Every entry below the project that is no folder, with its path below the project.
    ///
    /// # Errors
    /// When a tree cannot be read, or there are more than a million entries.
    pub fn list(&self, commit: &Commit) -> Result<Vec<(Vec<u8>, Leaf)>, GitError> {
        let Some(top) = self.top(commit)? else { return Ok(Vec::new()) };
        let repository = &self.inner;
        let mut found = Vec::new();
        let mut open = vec![(Vec::new(), top)];
        while let Some((folder, id)) = open.pop() {
            let tree = repository.find_tree(id.0).map_err(|e| fault::unreadable(id, &e, self))?;
            for entry in tree.iter() {
                let entry = entry.map_err(|e| fault::unreadable(id, &e, self))?.inner;
                let mut path: Vec<u8> = folder.clone();
                path.extend_from_slice(entry.filename);
                if found.len() + open.len() >= MOST_ENTRIES {
                    return Err(fault::too_many(commit, MOST_ENTRIES));
                }
                let id = Id(entry.oid.to_owned());
                match kind(entry.mode) {
                    Some(kind) => found.push((path, Leaf { kind, id })),
                    None => {
                        path.push(b'/');
                        open.push((path, id));
                    }
                }
            }
        }
        Ok(found)
    }

    /// The folders below the project that belong to other repositories.
    ///
    /// # Errors
    /// When a tree cannot be read.
    pub fn submodules(&self, commit: &Commit) -> Result<Vec<String>, GitError> {
        let modules = self.list(commit)?.into_iter();
        let modules = modules.filter(|(_, leaf)| leaf.kind == EntryKind::Submodule);
        Ok(modules.map(|(path, _)| String::from_utf8_lossy(&path).into_owned()).collect())
    }

    /// The paths below the project in which a commit differs from an older one; from nothing, when
    /// there is no older one. Folders that are equal are not looked into.
    ///
    /// # Errors
    /// When a tree cannot be read.
    pub fn changes(&self, older: Option<&Commit>, newer: &Commit) -> Result<Vec<Change>, GitError> {
        let before = older.map(|commit| self.top(commit)).transpose()?.flatten();
        let after = self.top(newer)?;
        if before == after {
            return Ok(Vec::new());
        }
        let repository = &self.inner;
        let read = |id: Option<Id>| match id {
            None => Ok(Vec::new()),
            Some(id) => {
                let tree = repository.find_tree(id.0);
                tree.map(|tree| tree.detach().data).map_err(|e| fault::unreadable(id, &e, self))
            }
        };
        let (old, new) = (read(before)?, read(after)?);
        let kind = repository.object_hash();
        let iter = |data| TreeRefIter::from_bytes(data, kind);
        let mut recorder = Recorder::default();
        let mut state = State::default();
        gix::diff::tree(iter(&old), iter(&new), &mut state, &repository.objects, &mut recorder)
            .map_err(|e| fault::unreadable(newer.tree, &e, self))?;
        Ok(recorder.records.into_iter().filter_map(change).collect())
    }

    /// The commit and its first parents, the newest first, at most `most`.
    ///
    /// # Errors
    /// When a commit cannot be read.
    pub fn first_parents(&self, from: &Commit, most: usize) -> Result<Line, GitError> {
        let mut line = Line::default();
        let mut next = Some(from.clone());
        while let Some(commit) = next.take().filter(|_| line.commits.len() < most) {
            if let Some(parent) = commit.first_parent {
                if self.ends_at(commit.id) {
                    line.is_cut = true;
                } else {
                    next = Some(self.find(parent)?);
                }
            }
            line.commits.push(commit);
        }
        Ok(line)
    }

    /// The first parent; none for the first commit and for the last that a shallow clone has.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn parent(&self, commit: &Commit) -> Result<Option<Commit>, GitError> {
        match commit.first_parent.filter(|_| !self.ends_at(commit.id)) {
            Some(parent) => self.find(parent).map(Some),
            None => Ok(None),
        }
    }

    /// The bytes of a file in a commit, at a path below the project; none when there is no such file.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn file(&self, commit: &Commit, path: &str) -> Result<Option<Vec<u8>>, GitError> {
        self.file_from_root(commit, &format!("{}{path}", self.prefix))
    }

    /// The path of a file or folder from the root of the repository; none for what lies elsewhere.
    /// It need not exist, and a link at its end is not followed.
    pub fn path_of(&self, path: &Path) -> Option<String> {
        let top = self.work_dir.as_ref()?.canonicalize().ok()?;
        let path = std::path::absolute(path).ok()?;
        let (parent, name) = (path.parent()?, path.file_name()?);
        let parent = parent.canonicalize().unwrap_or_else(|_| parent.to_owned());
        Some(below(&top, &parent)? + name.to_str()?)
    }

    /// The bytes of a file in a commit, at a path from the root of the repository; none when there
    /// is no such file.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn file_from_root(&self, commit: &Commit, path: &str) -> Result<Option<Vec<u8>>, GitError> {
        match self.entry(commit, path)? {
            Some((id, mode)) if kind(mode) == Some(EntryKind::File) => self.blob(id).map(Some),
            _ => Ok(None),
        }
    }

    /// The bytes of a blob. Where they only stand for a file that Git LFS keeps, those of that
    /// file, when it is in the clone.
    ///
    /// # Errors
    /// When the object is missing or damaged.
    pub fn blob(&self, id: Id) -> Result<Vec<u8>, GitError> {
        let found = self.inner.find_blob(id.0).map(|mut blob| blob.take_data());
        let bytes = found.map_err(|e| fault::unreadable(id, &e, self))?;
        let kept = lfs_oid(&bytes).and_then(|oid| self.lfs_content(&oid));
        Ok(kept.unwrap_or(bytes))
    }

    /// The length of a blob in bytes.
    ///
    /// # Errors
    /// When the object is missing or damaged.
    pub fn size(&self, id: Id) -> Result<u64, GitError> {
        let header = self.inner.find_header(id.0).map(|header| header.size());
        header.map_err(|e| fault::unreadable(id, &e, self))
    }

    /// Whether the clone has no parents of this commit.
    fn ends_at(&self, commit: Id) -> bool {
        let ends = self.inner.shallow_commits().ok().flatten();
        ends.is_some_and(|ends| ends.iter().any(|id| *id == commit.0))
    }

    fn find(&self, id: Id) -> Result<Commit, GitError> {
        let repository = &self.inner;
        let commit = repository.find_commit(id.0).map_err(|e| fault::unreadable(id, &e, self))?;
        self.describe(&commit)
    }

    fn describe(&self, commit: &gix::Commit<'_>) -> Result<Commit, GitError> {
        let id = Id(commit.id);
        let unreadable = |error| fault::unreadable(id, &error, self);
        let decoded = commit.decode().map_err(unreadable)?;
        let time = commit.time().map_err(unreadable)?;
        let subject = decoded.message.split(|byte| *byte == b'\n').next().unwrap_or_default();
        Ok(Commit {
            id,
            seconds: time.seconds,
            subject: String::from_utf8_lossy(subject).trim().to_owned(),
            tree: Id(decoded.tree()),
            first_parent: decoded.parents().next().map(Id),
        })
    }

    /// The tree of the project; none when the commit has no such folder.
    fn top(&self, commit: &Commit) -> Result<Option<Id>, GitError> {
        if self.prefix.is_empty() {
            return Ok(Some(commit.tree));
        }
        let found = self.entry(commit, self.prefix.trim_end_matches('/'))?;
        Ok(found.filter(|(_, mode)| mode.is_tree()).map(|(id, _)| id))
    }

    fn entry(&self, commit: &Commit, path: &str) -> Result<Option<(Id, EntryMode)>, GitError> {
        let repository = &self.inner;
        let unreadable = |error| fault::unreadable(commit.tree, &error, self);
        let tree = repository.find_tree(commit.tree.0).map_err(unreadable)?;
        let entry = tree.lookup_entry_by_path(path).map_err(unreadable)?;
        Ok(entry.map(|entry| (Id(entry.object_id()), entry.mode())))
    }

    fn lfs_content(&self, oid: &str) -> Option<Vec<u8>> {
        let path = self.lfs.join(&oid[..2]).join(&oid[2..4]).join(oid);
        let mut bytes = Vec::new();
        let file = regular::open(&path).ok()?;
        io::Read::read_to_end(&mut io::Read::take(file, LFS_BYTES), &mut bytes).ok()?;
        Some(bytes)
    }
}

/// The hash in a pointer of Git LFS (git-lfs specification, "The Pointer"), when the bytes are one.
fn lfs_oid(bytes: &[u8]) -> Option<String> {
    const VERSION: &str = "version https://git-lfs.github.com/spec/v1\n";
    // A pointer is shorter than 1024 bytes.
    let text = std::str::from_utf8(bytes.get(..bytes.len().min(1024))?).ok()?;
    let rest = text.strip_prefix(VERSION).filter(|_| bytes.len() < 1024)?;
    let oid = rest.lines().find_map(|line| line.strip_prefix("oid sha256:"))?.trim();
    let is_hash = oid.len() == 64 && oid.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hash.then(|| oid.to_owned())
}

fn change(recorded: Recorded) -> Option<Change> {
    let leaf = |mode, oid| kind(mode).map(|kind| Leaf { kind, id: Id(oid) });
    match recorded {
        Recorded::Addition { entry_mode, oid, path, .. } => {
            let after = Some(leaf(entry_mode, oid)?);
            Some(Change { path: path.into(), after })
        }
        Recorded::Deletion { entry_mode, oid, path, .. } => {
            leaf(entry_mode, oid)?;
            Some(Change { path: path.into(), after: None })
        }
        Recorded::Modification { entry_mode, oid, path, .. } => {
            let after = Some(leaf(entry_mode, oid)?);
            Some(Change { path: path.into(), after })
        }
    }
}

/// What an entry is; none for a folder.
fn kind(mode: EntryMode) -> Option<EntryKind> {
    if mode.is_tree() {
        None
    } else if mode.is_link() {
        Some(EntryKind::Link)
    } else if mode.is_commit() {
        Some(EntryKind::Submodule)
    } else {
        Some(EntryKind::File)
    }
}

/// The path from `top` down to `root`, with a slash at its end unless it is empty.
fn below(top: &Path, root: &Path) -> Option<String> {
    let path = root.strip_prefix(top).ok()?.to_str()?;
    let path = path.replace(std::path::MAIN_SEPARATOR, "/");
    Some(if path.is_empty() { path } else { path + "/" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_pointer_is_a_pointer() {
        let oid = "a".repeat(64);
        let text =
            format!("version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize 3\n");
        assert_eq!(lfs_oid(text.as_bytes()), Some(oid));
        assert_eq!(
            lfs_oid(b"version https://git-lfs.github.com/spec/v1\noid sha256:../..\n"),
            None
        );
        assert_eq!(lfs_oid((text + &"x".repeat(1024)).as_bytes()), None);
    }

    #[test]
    fn the_project_may_lie_deep() {
        let check = |root: &str| below(Path::new("/a"), Path::new(root));
        assert_eq!(check("/a").as_deref(), Some(""));
        assert_eq!(check("/a/b/c").as_deref(), Some("b/c/"));
        assert_eq!(check("/b"), None);
    }
}
