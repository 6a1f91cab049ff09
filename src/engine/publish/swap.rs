//! Putting the new tree in the place of the old one, and clearing what a crash left behind.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::{PublishError, PublishErrorKind, at};
use super::manifest::{MARKER, Manifest};
use super::tree::Tree;
use crate::world::regular;

/// The names beside a folder that a publication uses while it runs.
pub(super) struct Siblings {
    parent: PathBuf,
    prefix: OsString,
}

impl Siblings {
    pub(super) fn of(folder: &Path) -> Siblings {
        let mut prefix = OsString::from(".");
        prefix.push(folder.file_name().expect("a folder that may be published has a name"));
        prefix.push(".lacuna-");
        let parent = folder.parent().expect("the root is never published").to_owned();
        Siblings { parent, prefix }
    }

    pub(super) fn named(&self, rest: &str) -> PathBuf {
        let mut name = self.prefix.clone();
        name.push(rest);
        self.parent.join(name)
    }

    /// The trees that a publication left behind because it was interrupted: `old` ones first.
    pub(super) fn leftovers(&self) -> Result<Vec<PathBuf>, PublishError> {
        let prefix = self.prefix.as_encoded_bytes();
        let mut found = Vec::new();
        if !self.parent.exists() {
            return Ok(found);
        }
        for entry in fs::read_dir(&self.parent).map_err(at(&self.parent))? {
            let entry = entry.map_err(at(&self.parent))?;
            let name = entry.file_name();
            let rest = name.as_encoded_bytes().strip_prefix(prefix);
            let Some(rest) = rest else { continue };
            let kind = entry.file_type().map_err(at(&self.parent))?;
            if kind.is_dir() && (rest.starts_with(b"old-") || rest.starts_with(b"tmp-")) {
                found.push(entry.path());
            }
        }
        found.sort();
        Ok(found)
    }
}

/// Repairs what an interrupted publication left: the site is the old or the new one, and what
/// others put into it is back in it.
pub(super) fn recover(folder: &Path, siblings: &Siblings) -> Result<(), PublishError> {
    for leftover in siblings.leftovers()? {
        let Some(manifest) = Manifest::load(&leftover)? else {
            // Without a marker nothing else was written yet, or all was removed: else it is not ours.
            Manifest::discard_unfinished(&leftover)?;
            match fs::remove_dir(&leftover) {
                Err(error) if error.kind() != io::ErrorKind::DirectoryNotEmpty => {
                    return Err(at(&leftover)(error));
                }
                _ => continue,
            }
        };
        let is_old = leftover
            .as_os_str()
            .as_encoded_bytes()
            .starts_with(siblings.named("old-").as_os_str().as_encoded_bytes());
        if is_old && !folder.exists() {
            fs::rename(&leftover, folder).map_err(at(&leftover))?;
            continue;
        }
        settle(&leftover, folder, &manifest)?;
    }
    Ok(())
}

/// Puts `staging` in the place of `folder`; returns where the old tree is now.
///
/// Where the system can exchange two names in one step, there is a site at every moment.
pub(super) fn exchange(
    staging: &Path,
    folder: &Path,
    old: PathBuf,
) -> Result<PathBuf, PublishError> {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        use rustix::io::Errno;
        match renameat_with(CWD, staging, CWD, folder, RenameFlags::EXCHANGE) {
            Ok(()) => return Ok(staging.to_owned()),
            Err(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP) => {}
            Err(error) => return Err(immovable(folder)(error.into())),
        }
    }
    fs::rename(folder, &old).map_err(immovable(folder))?;
    if let Err(error) = fs::rename(staging, folder) {
        fs::rename(&old, folder).map_err(at(&old))?;
        return Err(immovable(folder)(error));
    }
    Ok(old)
}

/// Moves what is not ours from the tree `old` into `folder`, then removes `old`.
pub(super) fn settle(old: &Path, folder: &Path, manifest: &Manifest) -> Result<(), PublishError> {
    let tree = Tree::look(old, manifest, &BTreeSet::new())?;
    let mut moves = Vec::new();
    for foreign in tree.foreign {
        plan_move(old, folder, foreign.path, &mut moves)?;
    }
    for path in moves {
        let target = folder.join(&path);
        let parent = target.parent().expect("it is below the folder");
        fs::create_dir_all(parent).map_err(at(parent))?;
        fs::rename(old.join(&path), &target).map_err(at(&target))?;
    }
    discard(old)
}

/// Removes a tree of ours, its marker last: an interrupted removal is taken up again.
pub(super) fn discard(tree: &Path) -> Result<(), PublishError> {
    let marker = tree.join(MARKER);
    for entry in fs::read_dir(tree).map_err(at(tree))? {
        let entry = entry.map_err(at(tree))?;
        let path = entry.path();
        if path == marker {
            continue;
        }
        let is_folder = entry.file_type().map_err(at(&path))?.is_dir();
        let removed = if is_folder { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        removed.map_err(at(&path))?;
    }
    match fs::remove_file(&marker) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(at(&marker)(error)),
        _ => {}
    }
    fs::remove_dir(tree).map_err(at(tree))
}

fn plan_move(
    old: &Path,
    folder: &Path,
    path: PathBuf,
    moves: &mut Vec<PathBuf>,
) -> Result<(), PublishError> {
    let (from, to) = (old.join(&path), folder.join(&path));
    let there = match fs::symlink_metadata(&to) {
        Ok(there) => there,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            moves.push(path);
            return Ok(());
        }
        Err(error) => return Err(at(&to)(error)),
    };
    let here = fs::symlink_metadata(&from).map_err(at(&from))?;
    if here.is_dir() && there.is_dir() {
        for entry in fs::read_dir(&from).map_err(at(&from))? {
            let name = entry.map_err(at(&from))?.file_name();
            plan_move(old, folder, path.join(name), moves)?;
        }
        return Ok(());
    }
    let same = if here.is_symlink() && there.is_symlink() {
        fs::read_link(&from).map_err(at(&from))? == fs::read_link(&to).map_err(at(&to))?
    } else {
        here.is_file() && there.is_file() && same_content(&from, &to)?
    };
    if same {
        return Ok(());
    }
    let message = format!(
        "an interrupted publication kept another version of this in {}; keep the one you want \
         and remove that folder",
        old.display()
    );
    Err(PublishError::new(&to, PublishErrorKind::Conflict, message))
}

fn same_content(a: &Path, b: &Path) -> Result<bool, PublishError> {
    use crate::world::Hash;
    let hash = |path: &Path| regular::open(path).and_then(Hash::of_reader).map_err(at(path));
    Ok(hash(a)? == hash(b)?)
}

fn immovable(folder: &Path) -> impl FnOnce(io::Error) -> PublishError + '_ {
    move |error| match error.kind() {
        io::ErrorKind::ResourceBusy | io::ErrorKind::CrossesDevices => mount_point(folder),
        _ => PublishError::new(
            folder,
            PublishErrorKind::Io,
            format!("the new site could not be put in its place: {error}"),
        ),
    }
}

pub(super) fn mount_point(folder: &Path) -> PublishError {
    let message = "it is a mount point and cannot be replaced whole; choose a folder inside it";
    PublishError::new(folder, PublishErrorKind::NotAFolder, message)
}
