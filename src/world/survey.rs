//! What a watcher needs to know of the disk: which folders are walked, and how each file looks
//! from outside. No result of a build depends on it: it only says when to look again.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::Disk;

/// The names of the files that say what the walk leaves out.
pub const IGNORE_FILES: [&str; 2] = [".gitignore", ".ignore"];

/// How much of each file a [`Survey`] takes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Only which folders there are.
    Folders,
    /// Also the mark of each file: one question to the system a file.
    Marks,
}

/// The tree below a root as the walk of a [`Disk`] meets it. All paths are absolute.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Survey {
    /// The folders that are walked, the root among them; empty when the root is missing.
    pub folders: BTreeSet<PathBuf>,
    /// What is neither a folder nor a regular file, or could not be looked at.
    pub odd: BTreeSet<PathBuf>,
    /// The mark of each file, and of what decides which files there are: the ignore files of the
    /// folders and what a [`super::Checkout`] reads. Empty for [`Detail::Folders`].
    pub marks: BTreeMap<PathBuf, Mark>,
}

/// How a file looks from outside; files with unequal marks may hold something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    size: u64,
    modified: Option<SystemTime>,
    /// When the entry last changed, and its number: tells a file that was replaced by one of the
    /// same size and time.
    #[cfg(unix)]
    entry: (i64, i64, u64),
}

impl Mark {
    fn of(metadata: &Metadata) -> Self {
        #[cfg(unix)]
        use std::os::unix::fs::MetadataExt as _;
        Self {
            size: metadata.len(),
            modified: metadata.modified().ok(),
            #[cfg(unix)]
            entry: (metadata.ctime(), metadata.ctime_nsec(), metadata.ino()),
        }
    }
}

impl Disk {
    /// Walks the root as [`super::World::list`] does. A root that is gone gives an empty survey.
    pub fn survey(&self, detail: Detail) -> Survey {
        let mut survey = Survey::default();
        if !self.root().is_dir() {
            return survey;
        }
        for found in self.walk() {
            // A folder that cannot be read has its place in the listing of the world.
            let Ok(found) = found else { continue };
            let path = found.path().to_owned();
            match found.file_type() {
                Some(kind) if kind.is_dir() => {
                    survey.folders.insert(path);
                }
                Some(kind) if kind.is_file() => match (detail, found.metadata()) {
                    (Detail::Folders, _) => {}
                    (Detail::Marks, Ok(metadata)) => {
                        survey.marks.insert(path, Mark::of(&metadata));
                    }
                    (Detail::Marks, Err(_)) => {
                        survey.odd.insert(path);
                    }
                },
                _ => {
                    survey.odd.insert(path);
                }
            }
        }
        if detail == Detail::Marks {
            let names = |folder: &PathBuf| IGNORE_FILES.map(|name| folder.join(name));
            let rules: Vec<PathBuf> = survey.folders.iter().flat_map(names).collect();
            rules.into_iter().for_each(|path| survey.mark(path));
            [".git/HEAD", ".git/config"]
                .iter()
                .for_each(|path| survey.mark(self.root().join(path)));
        }
        survey
    }
}

impl Survey {
    fn mark(&mut self, path: PathBuf) {
        if let Some(mark) = mark(&path) {
            self.marks.insert(path, mark);
        }
    }
}

fn mark(path: &Path) -> Option<Mark> {
    fs::symlink_metadata(path).ok().map(|metadata| Mark::of(&metadata))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn below(root: &Path, paths: &BTreeSet<PathBuf>) -> Vec<String> {
        let name = |path: &PathBuf| path.strip_prefix(root).expect("below").display().to_string();
        paths.iter().map(name).collect()
    }

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let root = tempfile::tempdir().expect("a temporary folder");
        for (path, text) in files {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().expect("below the root")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        root
    }

    #[test]
    fn sees_the_folders_that_the_world_walks() {
        let root = folder(&[
            ("a/b/c.md", ""),
            (".gitignore", "dist/\n"),
            ("dist/x.md", ""),
            (".hidden/x.md", ""),
            ("node_modules/x/y.md", ""),
            (".git/HEAD", ""),
        ]);
        let disk = Disk::new(root.path(), &[]).expect("a folder");
        let survey = disk.survey(Detail::Folders);
        assert_eq!(below(disk.root(), &survey.folders), ["", "a", "a/b"]);
        assert!(survey.marks.is_empty());
        let marks = disk.survey(Detail::Marks).marks.into_keys().collect();
        assert_eq!(below(disk.root(), &marks), [".git/HEAD", ".gitignore", "a/b/c.md"]);
    }

    #[test]
    fn a_root_that_is_gone_is_empty() {
        let root = folder(&[("a/b.md", "")]);
        let disk = Disk::new(&root.path().join("a"), &[]).expect("a folder");
        fs::remove_dir_all(disk.root()).expect("it is there");
        assert_eq!(disk.survey(Detail::Marks), Survey::default());
    }

    #[cfg(unix)]
    #[test]
    fn a_replaced_file_of_the_same_size_and_time_has_another_mark() {
        let root = folder(&[("a.md", "one"), ("b.md", "two")]);
        let disk = Disk::new(root.path(), &[]).expect("a folder");
        let path = disk.root().join("a.md");
        let time = fs::metadata(&path).and_then(|data| data.modified()).expect("a time");
        let file = fs::File::options().write(true).open(disk.root().join("b.md")).expect("open");
        file.set_modified(time).expect("set");
        let before = disk.survey(Detail::Marks);
        fs::rename(disk.root().join("b.md"), &path).expect("replaced");
        let after = disk.survey(Detail::Marks);
        assert_eq!(before.marks[&path].modified, after.marks[&path].modified);
        assert_ne!(before.marks[&path], after.marks[&path]);
    }
}
