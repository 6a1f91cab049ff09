//! Watching by events of the system, one folder at a time.
//!
//! The folders are armed one by one where the system does it that way itself: its recursion would
//! take in the folders of tools, and misses files that are written right after their folder was
//! made. When the tree changes, everything is armed anew: a watch belongs to a folder and not to
//! its name, so after a rename the old one would tell wrong paths.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{ErrorKind, RecursiveMode};

use super::Signal;
use super::ground::Ground;
use crate::world::Survey;
use crate::world::survey::Detail;

/// Opens a watcher of the system that tells into the channel; another one in tests of refusals.
pub(super) type Open =
    Box<dyn Fn(Sender<Signal>) -> notify::Result<Box<dyn notify::Watcher + Send>> + Send>;

/// How the watches lie over the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cover {
    /// One watch a folder.
    EachFolder,
    /// One watch of the root, which the system spreads over what is below.
    Root,
}

impl Cover {
    /// What suits the system: inotify watches single folders anyway, the others whole trees.
    pub(super) const NATIVE: Cover = if cfg!(any(target_os = "linux", target_os = "android")) {
        Cover::EachFolder
    } else {
        Cover::Root
    };
}

/// The most rounds in which folders that appear meanwhile are caught up with.
const ROUNDS: usize = 32;

/// Watches that lie, as long as this lives.
pub(super) struct Armed {
    _watcher: Box<dyn notify::Watcher + Send>,
    /// The tree as it was when the last watch lay.
    pub(super) known: Survey,
    /// The root that is watched; another one may take its name.
    root: Option<Identity>,
}

impl Armed {
    /// Watches the tree. What happens after a folder was looked at is told; what happened
    /// before is seen by whoever looks after this returns.
    ///
    /// # Errors
    /// When the system refuses, for its limits or otherwise. Nothing is watched then.
    pub(super) fn new(
        ground: &Ground,
        cover: Cover,
        open: &Open,
        signals: &Sender<Signal>,
    ) -> notify::Result<Self> {
        let mut watcher = open(signals.clone())?;
        let root = Identity::of(&ground.root);
        let mut armed = BTreeSet::new();
        // First the watch and then the look: a folder made in between is found by the next round.
        for _ in 0..ROUNDS {
            let known = ground.survey(Detail::Folders);
            let mut wanted: Vec<PathBuf> = match cover {
                Cover::EachFolder => known.folders.iter().cloned().collect(),
                Cover::Root => known
                    .folders
                    .contains(&ground.root)
                    .then(|| ground.root.clone())
                    .into_iter()
                    .collect(),
            };
            let git = ground.root.join(".git");
            if cover == Cover::EachFolder && !known.folders.is_empty() && is_real_folder(&git) {
                let logs = git.join("logs");
                wanted.push(git);
                if is_real_folder(&logs) {
                    wanted.push(logs);
                }
            }
            wanted.retain(|folder| !armed.contains(folder));
            if wanted.is_empty() {
                return Ok(Self { _watcher: watcher, known, root });
            }
            let mode = match cover {
                Cover::EachFolder => RecursiveMode::NonRecursive,
                Cover::Root => RecursiveMode::Recursive,
            };
            for folder in wanted {
                match watcher.watch(&folder, mode) {
                    Ok(()) => {
                        armed.insert(folder);
                    }
                    // It is gone already, which the next round sees.
                    Err(error) if is(&error, io::ErrorKind::NotFound) => {}
                    // No one can read it; the folder above tells when that changes.
                    Err(error)
                        if is(&error, io::ErrorKind::PermissionDenied) && folder != ground.root =>
                    {
                        armed.insert(folder);
                    }
                    Err(error) => return Err(error),
                }
            }
        }
        Err(notify::Error::generic("the folders change faster than they can be watched"))
    }

    /// Whether the root is the folder that is watched, and not gone or another one of its name.
    pub(super) fn is_current(&self, ground: &Ground) -> bool {
        self.root == Identity::of(&ground.root)
    }
}

/// Opens the watcher of the system.
pub(super) fn open_native(
    signals: Sender<Signal>,
) -> notify::Result<Box<dyn notify::Watcher + Send>> {
    let tell = move |event: notify::Result<notify::Event>| {
        let counts = event.as_ref().map_or(true, |event| match event.kind {
            // That a file is read is told as well: the build would wake itself.
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
            EventKind::Access(_) => event.need_rescan(),
            _ => true,
        });
        if counts {
            // Nobody listens any more while the program ends.
            drop(signals.send(Signal::Event(event)));
        }
    };
    let config = notify::Config::default().with_follow_symlinks(false);
    let watcher: notify::RecommendedWatcher = notify::Watcher::new(tell, config)?;
    Ok(Box::new(watcher))
}

/// Why the system refuses, and what can be done, without a full stop.
pub(super) fn refusal(error: &notify::Error) -> String {
    let is_full = |error: &io::Error| matches!(error.raw_os_error(), Some(23 | 24));
    match &error.kind {
        ErrorKind::MaxFilesWatch => "the system cannot watch so many folders (on Linux, raise \
             `fs.inotify.max_user_watches`)"
            .into(),
        ErrorKind::Io(error) if cfg!(unix) && is_full(error) => {
            "too many programs watch files (on Linux, raise `fs.inotify.max_user_instances`)".into()
        }
        _ => format!("the system refuses to watch the folders: {error}"),
    }
}

fn is(error: &notify::Error, kind: io::ErrorKind) -> bool {
    match &error.kind {
        ErrorKind::PathNotFound => kind == io::ErrorKind::NotFound,
        ErrorKind::Io(error) => error.kind() == kind,
        _ => false,
    }
}

fn is_real_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir())
}

/// Tells a folder from another one that takes its name later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Identity(u64, u64);

impl Identity {
    /// `None` when there is no folder. Where folders have no number only that is told.
    fn of(path: &Path) -> Option<Self> {
        let metadata = fs::symlink_metadata(path).ok().filter(fs::Metadata::is_dir)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt as _;
            Some(Self(metadata.dev(), metadata.ino()))
        }
        #[cfg(not(unix))]
        {
            drop(metadata);
            Some(Self(0, 0))
        }
    }
}
