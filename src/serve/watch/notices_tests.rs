//! What the system tells, and what it amounts to.

#![expect(clippy::disallowed_methods, reason = "the tests make folders")]

use notify::Event;
use notify::event::{DataChange, Flag, MetadataKind, RenameMode};

use super::*;
use crate::world::survey::Detail;

struct Case {
    folder: tempfile::TempDir,
    ground: Ground,
    known: Survey,
}

impl Case {
    /// A tree with `a.md`, `docs/b.md` and an empty folder `old~`.
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for name in ["docs", "old~"] {
            std::fs::create_dir_all(folder.path().join(name)).expect("a folder");
        }
        for name in ["a.md", "docs/b.md"] {
            std::fs::write(folder.path().join(name), "").expect("a file");
        }
        let ground = Ground::new(folder.path(), None);
        let known = ground.survey(Detail::Folders);
        Self { folder, ground, known }
    }

    /// What these events amount to, in words.
    fn told(&self, events: &[(EventKind, &str)]) -> String {
        let mut notices = Notices::default();
        for (kind, path) in events {
            let event = Event::new(*kind).add_path(self.ground.root.join(path));
            notices.event(&event, &self.ground, &self.known);
        }
        if !notices.count() {
            return "nothing".into();
        }
        notices.look(&self.ground);
        if notices.tree == Tree::Doubtful {
            return "doubt".into();
        }
        match notices.take(&self.ground) {
            None => "nothing".into(),
            Some(Wake::Everything) => "everything".into(),
            Some(Wake::Files(files)) => {
                files.iter().map(RelPath::as_str).collect::<Vec<_>>().join(" ")
            }
        }
    }
}

const DATA: EventKind = EventKind::Modify(ModifyKind::Data(DataChange::Any));
const MODE: EventKind = EventKind::Modify(ModifyKind::Metadata(MetadataKind::Any));
const FROM: EventKind = EventKind::Modify(ModifyKind::Name(RenameMode::From));
const TO: EventKind = EventKind::Modify(ModifyKind::Name(RenameMode::To));
const MADE: EventKind = EventKind::Create(CreateKind::File);
const GONE: EventKind = EventKind::Remove(RemoveKind::File);

#[test]
fn tells_files_by_name_and_folders_by_everything() {
    let case = Case::new();
    let folder_made = EventKind::Create(CreateKind::Folder);
    let folder_gone = EventKind::Remove(RemoveKind::Folder);
    for (events, wanted) in [
        (&[(DATA, "a.md")][..], "a.md"),
        (&[(DATA, "docs/b.md"), (DATA, "a.md")], "a.md docs/b.md"),
        (&[(GONE, "docs/gone.md")], "docs/gone.md"),
        (&[(FROM, "docs/gone.md"), (TO, "docs/b.md")], "docs/b.md docs/gone.md"),
        (&[(MODE, "a.md")], "a.md"),
        (&[(folder_made, "docs/new")], "everything"),
        (&[(folder_gone, "docs")], "everything"),
        (&[(FROM, "docs")], "everything"),
        (&[(TO, "docs")], "everything"),
        (&[(MODE, "docs")], "everything"),
        (&[(DATA, "docs")], "nothing"),
        (&[(MODE, "")], "nothing"),
        (&[(GONE, "")], "everything"),
        (&[(folder_made, ".git")], "everything"),
        (&[(DATA, ".git")], "nothing"),
        (&[(TO, ".git/HEAD")], "everything"),
        (&[(TO, ".git/index")], "nothing"),
        (&[(DATA, ".git/logs/HEAD")], "everything"),
        (&[(DATA, "docs/.gitignore")], "everything"),
        (&[(MADE, "new/c.md")], "doubt"),
        (&[(folder_made, ".cache"), (folder_made, "node_modules")], "nothing"),
        (&[(DATA, "a.md"), (folder_made, "docs/new")], "everything"),
    ] {
        assert_eq!(case.told(events), wanted, "{events:?}");
    }
}

#[test]
fn litter_is_named_with_others_and_never_alone() {
    let case = Case::new();
    for (events, wanted) in [
        (&[(MADE, "docs/4913"), (GONE, "docs/4913"), (DATA, "docs/.b.md.swp")][..], "nothing"),
        (&[(FROM, "a.md"), (TO, "a.md~"), (MADE, "a.md"), (GONE, "a.md~")], "a.md a.md~"),
        (&[(MADE, "a.md.tmp"), (FROM, "a.md.tmp"), (TO, "a.md")], "a.md a.md.tmp"),
        // Folders with such names are folders.
        (&[(FROM, "old~")], "everything"),
        (&[(EventKind::Create(CreateKind::Any), "old~")], "everything"),
    ] {
        assert_eq!(case.told(events), wanted, "{events:?}");
    }
}

#[test]
fn litter_waits_for_the_next_wake() {
    let case = Case::new();
    let mut notices = Notices::default();
    let path = |name: &str| case.ground.root.join(name);
    notices.path(&path("a.md~"), GONE, &case.ground, &case.known);
    assert_eq!(notices.take(&case.ground), None);
    notices.path(&path("a.md"), DATA, &case.ground, &case.known);
    let Some(Wake::Files(files)) = notices.take(&case.ground) else { panic!("files") };
    assert_eq!(files.iter().map(RelPath::as_str).collect::<Vec<_>>(), ["a.md", "a.md~"]);
    assert_eq!(notices.take(&case.ground), None);
}

#[test]
fn lost_events_mean_everything() {
    let case = Case::new();
    let mut notices = Notices::default();
    let lost = Event::new(EventKind::Other).set_flag(Flag::Rescan);
    notices.event(&lost, &case.ground, &case.known);
    assert_eq!(notices.take(&case.ground), Some(Wake::Everything));
}

#[cfg(unix)]
#[test]
fn what_is_no_regular_file_means_everything() {
    use std::os::unix::{ffi::OsStrExt as _, fs::symlink};
    let case = Case::new();
    symlink("a.md", case.folder.path().join("link.md")).expect("a link");
    assert_eq!(case.told(&[(MADE, "link.md")]), "everything");
    assert_eq!(case.told(&[(MADE, "docs\\b.md")]), "everything");
    let name = std::ffi::OsStr::from_bytes(b"bad\xff.md");
    let mut notices = Notices::default();
    notices.path(&case.ground.root.join(name), MADE, &case.ground, &case.known);
    assert_eq!(notices.take(&case.ground), Some(Wake::Everything));
    // A link that was there before the watch, and is gone.
    let known = case.ground.survey(Detail::Folders);
    std::fs::remove_file(case.folder.path().join("link.md")).expect("removed");
    let mut notices = Notices::default();
    notices.path(&case.ground.root.join("link.md"), GONE, &case.ground, &known);
    assert_eq!(notices.take(&case.ground), Some(Wake::Everything));
}
