//! Systems that refuse, and the watch of a whole tree at once.

#![expect(clippy::disallowed_methods, reason = "the tests make and change files")]

use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use notify::{Config, ErrorKind, EventHandler, RecursiveMode, WatcherKind};

use super::*;

/// Generous: nothing is measured here.
const LONG: Duration = Duration::from_secs(20);

/// A system that allows so many folders, and tells nothing.
#[derive(Debug)]
struct Limited {
    left: Arc<AtomicUsize>,
}

impl notify::Watcher for Limited {
    fn new<F: EventHandler>(_: F, _: Config) -> notify::Result<Self> {
        unreachable!("the tests build it themselves")
    }

    fn watch(&mut self, path: &Path, _: RecursiveMode) -> notify::Result<()> {
        let take = |left: usize| left.checked_sub(1);
        match self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, take) {
            Ok(_) => Ok(()),
            Err(_) => Err(notify::Error::new(ErrorKind::MaxFilesWatch).add_path(path.into())),
        }
    }

    fn unwatch(&mut self, _: &Path) -> notify::Result<()> {
        Ok(())
    }

    fn kind() -> WatcherKind {
        WatcherKind::NullWatcher
    }
}

fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir_all(folder.path().join("docs")).expect("a folder");
    fs::write(folder.path().join("docs/a.md"), "a").expect("a file");
    folder
}

fn limited(folder: &tempfile::TempDir, left: &Arc<AtomicUsize>) -> Started {
    let left = Arc::clone(left);
    let open: Open = Box::new(move |_| Ok(Box::new(Limited { left: Arc::clone(&left) })));
    Watcher::open(Ground::new(folder.path(), None), None, Cover::EachFolder, open)
}

fn files(paths: &[&str]) -> Wake {
    Wake::Files(paths.iter().filter_map(|path| RelPath::new(path)).collect())
}

#[test]
fn a_limit_at_the_start_is_told_and_polling_takes_over() {
    let folder = project();
    let started = limited(&folder, &Arc::new(AtomicUsize::new(1)));
    assert_eq!(started.means, Means::Polling { every: FALLBACK });
    let reason = started.fallback_reason.expect("a reason");
    assert!(reason.contains("fs.inotify.max_user_watches"), "{reason}");
    fs::write(folder.path().join("docs/a.md"), "other").expect("written");
    assert_eq!(started.watcher.next_within(LONG), Waited::Woken(files(&["docs/a.md"])));
}

#[test]
fn a_limit_that_is_met_later_is_no_silence() {
    let folder = project();
    let left = Arc::new(AtomicUsize::new(2));
    let Started { watcher, means, fallback_reason } = limited(&folder, &left);
    assert_eq!((means, fallback_reason), (Means::Events, None));
    // The root is put in the place of another: the watches must be made anew, and none is left.
    let aside = tempfile::tempdir().expect("a temporary folder");
    fs::rename(folder.path(), aside.path().join("old")).expect("moved");
    fs::create_dir_all(folder.path()).expect("made");
    assert_eq!(watcher.next_within(LONG), Waited::Woken(Wake::Everything));
    assert!(matches!(watcher.means(), Means::Polling { .. }));
    assert!(watcher.fallback_reason().is_some());
    fs::write(folder.path().join("b.md"), "b").expect("written");
    assert_eq!(watcher.next_within(LONG), Waited::Woken(files(&["b.md"])));
}

#[test]
fn a_system_that_refuses_altogether_is_polled() {
    let folder = project();
    for (number, wanted) in [(24, "max_user_instances"), (38, "refuses to watch")] {
        let open: Open =
            Box::new(move |_| Err(notify::Error::io(io::Error::from_raw_os_error(number))));
        let ground = Ground::new(folder.path(), None);
        let started = Watcher::open(ground, None, Cover::NATIVE, open);
        let reason = started.fallback_reason.expect("a reason");
        assert!(!cfg!(unix) || reason.contains(wanted), "{reason}");
        assert_eq!(started.means, Means::Polling { every: FALLBACK });
    }
}

#[test]
fn a_lost_event_and_an_error_mean_everything() {
    let folder = project();
    for event in [
        Ok(notify::Event::new(notify::EventKind::Other).set_flag(notify::event::Flag::Rescan)),
        Err(notify::Error::generic("read failed")),
    ] {
        let Started { watcher, .. } = limited(&folder, &Arc::new(AtomicUsize::new(100)));
        watcher.signals.send(Signal::Event(event)).expect("it listens");
        assert_eq!(watcher.next_within(LONG), Waited::Woken(Wake::Everything));
        assert_eq!(watcher.means(), Means::Events);
    }
}

/// As the systems do it that spread one watch over a tree.
#[test]
fn one_watch_of_the_root_sees_saves_new_folders_and_no_tools() {
    let folder = project();
    let path = |name: &str| -> PathBuf { folder.path().join(name) };
    fs::create_dir_all(path("node_modules/x")).expect("a folder");
    fs::write(path(".gitignore"), "dist/\n").expect("a file");
    fs::create_dir_all(path("dist")).expect("a folder");
    let ground = Ground::new(folder.path(), None);
    let started = Watcher::open(ground, None, Cover::Root, Box::new(armed::open_native));
    assert_eq!(started.fallback_reason, None);
    let watcher = started.watcher;
    fs::write(path("node_modules/x/a.md"), "x").expect("written");
    fs::write(path("dist/a.md"), "x").expect("written");
    fs::write(path("docs/a.md"), "b").expect("written");
    assert_eq!(watcher.next_within(LONG), Waited::Woken(files(&["docs/a.md"])));
    fs::create_dir_all(path("n/m")).expect("folders");
    fs::write(path("n/m/a.md"), "x").expect("written");
    assert_eq!(watcher.next_within(LONG), Waited::Woken(Wake::Everything));
}
