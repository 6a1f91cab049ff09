//! The watcher on real folders: whatever an editor or a tool does to a file wakes it.
//!
//! Each wait has a generous end, so that no test depends on how fast the machine is.

#![expect(clippy::disallowed_methods, reason = "the tests make and change files")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use lacuna::serve::watch::{Means, Started, Waited, Wake, Watcher};

/// The end of a wait for something that must happen.
const SOON: Duration = Duration::from_secs(5);
/// The end of a wait for something that must not happen.
const BRIEF: Duration = Duration::from_millis(200);

struct Project {
    folder: tempfile::TempDir,
    watcher: Watcher,
}

impl Project {
    fn with(files: &[&str], poll: Option<Duration>) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path().join("project");
        fs::create_dir(&root).expect("a folder");
        for file in files {
            let path = root.join(file);
            fs::create_dir_all(path.parent().expect("below the root")).expect("a folder");
            fs::write(path, "old").expect("a file");
        }
        let Started { watcher, means, fallback_reason } =
            Watcher::start(&root, Some(&root.join("site")), poll);
        assert_eq!(fallback_reason, None, "this system must be able to watch");
        assert_eq!(means, poll.map_or(Means::Events, |every| Means::Polling { every }));
        Self { folder, watcher }
    }

    fn new(files: &[&str]) -> Self {
        Self::with(files, None)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("project").join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("written");
    }

    fn rename(&self, from: &str, to: &str) {
        fs::rename(self.path(from), self.path(to)).expect("renamed");
    }

    fn remove(&self, name: &str) {
        fs::remove_file(self.path(name)).expect("removed");
    }

    /// The next wake, which must come.
    fn wake(&self, what: &str) -> Wake {
        match self.watcher.next_within(SOON) {
            Waited::Woken(wake) => wake,
            other => panic!("{what}: {other:?}"),
        }
    }

    /// Waits until `name` is told, by itself or with everything.
    fn told(&self, name: &str, what: &str) {
        let wake = self.wake(what);
        match &wake {
            Wake::Everything => {}
            Wake::Files(files) => assert!(files.contains(name), "{what}: {wake:?}"),
        }
    }

    fn told_everything(&self, what: &str) {
        assert_eq!(self.wake(what), Wake::Everything, "{what}");
    }

    /// Waits until nothing comes any more; what came.
    fn rest(&self) -> Vec<Wake> {
        let mut wakes = Vec::new();
        loop {
            match self.watcher.next_within(BRIEF) {
                Waited::Woken(wake) => wakes.push(wake),
                Waited::Nothing => return wakes,
                Waited::Stopped => panic!("nobody stopped it"),
            }
        }
    }
}

fn one(name: &str) -> Wake {
    Wake::Files(BTreeSet::from([lacuna::path::RelPath::new(name).expect("a good path")]))
}

/// How an editor saves `docs/a.md` in the project.
type Save = fn(&Project, &str);

const SAVES: &[(&str, Save)] = &[
    ("in place, as VS Code", |project, text| project.write("docs/a.md", text)),
    ("backup by renaming, as Vim", |project, text| {
        project.write("docs/4913", "");
        project.remove("docs/4913");
        project.rename("docs/a.md", "docs/a.md~");
        project.write("docs/a.md", text);
        project.remove("docs/a.md~");
    }),
    ("safe write, as JetBrains", |project, text| {
        project.write("docs/a.md___jb_tmp___", text);
        project.rename("docs/a.md", "docs/a.md___jb_old___");
        project.rename("docs/a.md___jb_tmp___", "docs/a.md");
        project.remove("docs/a.md___jb_old___");
    }),
    ("another file and a rename, as sed -i", |project, text| {
        project.write("docs/sedXa1B2c", text);
        project.rename("docs/sedXa1B2c", "docs/a.md");
    }),
    ("a hidden file and a rename, as GNOME", |project, text| {
        project.write("docs/.goutputstream-XYZ", text);
        project.rename("docs/.goutputstream-XYZ", "docs/a.md");
    }),
    ("a file moved over it from another folder", |project, text| {
        project.write("other/new.md", text);
        project.rename("other/new.md", "docs/a.md");
    }),
    ("a temporary file and a rename", |project, text| {
        project.write("docs/a.md.tmp", text);
        project.rename("docs/a.md.tmp", "docs/a.md");
    }),
    ("removed and made anew", |project, text| {
        project.remove("docs/a.md");
        project.write("docs/a.md", text);
    }),
];

#[test]
fn every_kind_of_save_wakes_every_time() {
    // `LACUNA_SAVES=100` saves more often, and then wants to be told within a second.
    let wished: Option<u32> = std::env::var("LACUNA_SAVES").ok().and_then(|text| text.parse().ok());
    std::thread::scope(|scope| {
        for (what, save) in SAVES {
            scope.spawn(move || {
                let project = Project::new(&["docs/a.md", "other/b.md"]);
                let mut slowest = Duration::ZERO;
                for round in 0..wished.unwrap_or(20) {
                    save(&project, &format!("{what} {round}"));
                    let saved = Instant::now();
                    project.told("docs/a.md", &format!("{what}, round {round}"));
                    slowest = slowest.max(saved.elapsed());
                    // What is left of this save must not be taken for the next one.
                    project.rest();
                }
                println!("{what}: told after {} ms at the latest", slowest.as_millis());
                let limit = wished.map_or(SOON, |_| Duration::from_secs(1));
                assert!(slowest < limit, "{what}: {slowest:?}");
            });
        }
    });
}

#[test]
fn every_kind_of_save_wakes_a_watcher_that_polls() {
    let project = Project::with(&["docs/a.md", "other/b.md"], Some(Duration::from_millis(20)));
    for (what, save) in SAVES {
        for round in 0..3 {
            save(&project, &format!("{what} {round}"));
            project.told("docs/a.md", &format!("{what}, round {round}"));
            project.rest();
        }
    }
}

#[test]
fn a_save_names_its_file_alone() {
    let project = Project::new(&["docs/a.md", "b.md"]);
    project.write("docs/a.md", "new");
    assert_eq!(project.wake("a save"), one("docs/a.md"));
    project.write("c.md", "new");
    assert_eq!(project.wake("a new file"), one("c.md"));
    project.remove("b.md");
    assert_eq!(project.wake("a file removed"), one("b.md"));
    assert_eq!(project.rest(), []);
}

#[test]
fn what_no_one_publishes_wakes_nobody() {
    let project = Project::new(&[
        "a.md",
        ".git/HEAD",
        ".git/refs/x",
        "site/index.html",
        "node_modules/x/a.md",
        "Cargo.toml",
        "target/a.md",
        ".lacuna/x",
        ".gitignore",
    ]);
    for name in [
        "site/index.html",
        "site/new/x.html",
        ".git/index",
        ".git/refs/x",
        ".git/HEAD.lock",
        "node_modules/x/a.md",
        "node_modules/y/b.md",
        "target/a.md",
        "target/debug/b.md",
        ".lacuna/x",
        ".hidden/y.md",
        ".a.md.swp",
        "4913",
        ".#a.md",
        "#a.md#",
        "a.md~",
    ] {
        fs::create_dir_all(project.path(name).parent().expect("below")).expect("a folder");
        project.write(name, "new");
    }
    // Reading is no change.
    fs::read(project.path("a.md")).expect("readable");
    assert_eq!(project.rest(), []);
    project.write("a.md", "new");
    project.told("a.md", "it still sees the others");
}

#[test]
fn ignore_files_and_the_branch_mean_everything() {
    let project = Project::new(&["docs/a.md", ".git/HEAD", ".git/config"]);
    for name in [".gitignore", "docs/.ignore", ".git/config"] {
        project.write(name, "x\n");
        project.told_everything(name);
        project.rest();
    }
    project.write(".git/HEAD.lock", "ref: refs/heads/other\n");
    project.rename(".git/HEAD.lock", ".git/HEAD");
    project.told_everything("another branch");
}

#[test]
fn a_folder_that_an_ignore_file_no_longer_names_is_seen() {
    let project = Project::new(&["a.md", "drafts/b.md"]);
    project.write(".gitignore", "drafts/\n");
    project.told_everything("an ignore file");
    project.rest();
    project.write("drafts/b.md", "ignored");
    assert_eq!(project.rest(), []);
    project.remove(".gitignore");
    project.told_everything("no ignore file");
    project.rest();
    project.write("drafts/b.md", "new");
    project.told("drafts/b.md", "a save in it");
}

/// A file that is written right after its folder was made gives no event of its own.
#[test]
fn files_in_new_folders_are_never_missed() {
    for poll in [None, Some(Duration::from_millis(20))] {
        let project = Project::with(&["a.md"], poll);
        for round in 0..20 {
            let name = format!("n{round}/m/o/c.md");
            fs::create_dir_all(project.path(&name).parent().expect("below")).expect("folders");
            project.write(&name, "new");
            project.told_everything(&name);
            // Everything was told after the file was there, and the folder is watched from now.
            project.rest();
            project.write(&name, "newer");
            project.told(&name, "a save in the new folder");
            project.rest();
        }
    }
}

#[test]
fn folders_that_move_or_go_are_everything_and_the_new_name_is_watched() {
    for poll in [None, Some(Duration::from_millis(20))] {
        let project = Project::with(&["docs/in/a.md", "b.md"], poll);
        project.rename("docs", "texts");
        project.told_everything("a folder renamed");
        project.rest();
        project.write("texts/in/a.md", "new");
        assert_eq!(project.wake("a save in the renamed folder"), one("texts/in/a.md"));
        project.rest();
        // Another folder takes the old name while the first one is still somewhere.
        fs::create_dir_all(project.path("docs/in")).expect("folders");
        project.rename("texts", "kept");
        project.told_everything("a new folder of the old name");
        project.rest();
        project.write("docs/in/a.md", "newer");
        assert_eq!(project.wake("a save in the new folder"), one("docs/in/a.md"));
        project.rest();
        fs::remove_dir_all(project.path("docs")).expect("removed");
        project.told_everything("a folder removed");
        project.rest();
        let outside = project.folder.path().join("outside");
        fs::create_dir(&outside).expect("a folder");
        fs::write(outside.join("x.md"), "x").expect("a file");
        fs::rename(&outside, project.path("inside")).expect("moved in");
        project.told_everything("a folder moved in");
        project.rest();
        project.write("inside/x.md", "y");
        assert_eq!(project.wake("a save in the folder moved in"), one("inside/x.md"));
    }
}

#[test]
fn the_root_may_go_and_come_back() {
    for poll in [None, Some(Duration::from_millis(20))] {
        let project = Project::with(&["docs/a.md"], poll);
        let root = project.path("");
        fs::remove_dir_all(&root).expect("removed");
        project.told_everything("the root is gone");
        project.rest();
        fs::create_dir_all(root.join("docs")).expect("made");
        project.write("docs/a.md", "new");
        project.told_everything("the root is back");
        project.rest();
        project.write("docs/a.md", "newer");
        project.told("docs/a.md", "a save below the new root");
        project.rest();
        // The root goes with the folder above it: nothing that is watched is touched.
        let above = project.folder.path();
        fs::rename(&root, above.join("away")).expect("moved");
        project.told_everything("the root is moved");
        project.rest();
        fs::rename(above.join("away"), &root).expect("moved back");
        project.told_everything("the root is moved back");
        project.rest();
        project.write("docs/a.md", "newest");
        project.told("docs/a.md", "a save below the root that came back");
    }
}

#[test]
fn a_root_whose_parent_is_replaced_is_noticed() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path().join("up/project");
    fs::create_dir_all(&root).expect("folders");
    let Started { watcher, .. } = Watcher::start(&root, None, None);
    fs::rename(folder.path().join("up"), folder.path().join("aside")).expect("moved");
    fs::create_dir_all(&root).expect("folders");
    assert_eq!(watcher.next_within(SOON), Waited::Woken(Wake::Everything));
    fs::write(root.join("a.md"), "a").expect("written");
    assert_eq!(watcher.next_within(SOON), Waited::Woken(one("a.md")));
}

/// As the checkout of another branch.
#[test]
fn a_storm_wakes_seldom_and_last_after_its_end() {
    let project = Project::new(&["a.md"]);
    for folder in 0..20 {
        fs::create_dir_all(project.path(&format!("d{folder}"))).expect("a folder");
    }
    project.wake("folders");
    project.rest();
    let names: Vec<String> = (0..2000).map(|file| format!("d{}/f{file}.md", file % 20)).collect();
    for name in &names {
        project.write(name, "storm");
    }
    let mut told = BTreeSet::new();
    let mut everything = false;
    let first = project.wake("a storm");
    let rest = project.rest();
    assert!(rest.len() < 20, "{} wakes", rest.len());
    for wake in std::iter::once(first).chain(rest) {
        match wake {
            Wake::Everything => everything = true,
            Wake::Files(files) => told.extend(files.iter().map(|file| file.as_str().to_owned())),
        }
    }
    let missed = names.iter().filter(|name| !told.contains(*name)).count();
    assert!(everything || missed == 0, "{missed} files were not told");
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_not_followed_and_mean_everything() {
    let project = Project::new(&["a.md"]);
    let outside = project.folder.path().join("outside");
    fs::create_dir(&outside).expect("a folder");
    std::os::unix::fs::symlink(&outside, project.path("link")).expect("a link");
    project.told_everything("a link appeared");
    project.rest();
    fs::write(outside.join("x.md"), "x").expect("written");
    assert_eq!(project.rest(), []);
    project.remove("link");
    project.told_everything("the link is gone");
}

#[test]
fn it_can_be_stopped_from_another_thread() {
    let project = Project::new(&["a.md"]);
    let stopper = project.watcher.stopper();
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| project.watcher.next());
        stopper.stop();
        assert_eq!(waiting.join().expect("no panic"), None);
    });
    assert_eq!(project.watcher.next_within(SOON), Waited::Stopped);
}

#[test]
fn a_change_during_a_build_is_told_after_it() {
    let project = Project::new(&["a.md", "docs/b.md"]);
    project.write("a.md", "new");
    assert_eq!(project.wake("a save"), one("a.md"));
    // The caller builds now, and asks again later.
    project.write("docs/b.md", "new");
    fs::create_dir(project.path("docs/new")).expect("a folder");
    project.write("docs/new/c.md", "new");
    std::thread::sleep(BRIEF);
    project.told_everything("what happened meanwhile");
    assert!(Path::new(&project.path("docs/new/c.md")).exists());
}
