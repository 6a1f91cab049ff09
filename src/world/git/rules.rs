//! Which paths of a tree take part: the rules of the walk of a folder, applied to names alone.
//!
//! [`super::super::Disk`] walks a folder with the crate `ignore`; the same crate reads the ignore
//! files here. A tracked file that an ignore file names is left out in both worlds.

use std::{
    collections::{BTreeSet, HashMap},
    path::Path,
};

use ignore::{
    Match,
    gitignore::{Gitignore, GitignoreBuilder},
    overrides::{Override, OverrideBuilder},
};

use crate::world::{
    WorldError, WorldErrorKind,
    disk::{SITE_MARKER, VERSIONS_MARKER},
    survey::IGNORE_FILES,
};

/// The ignore files of a tree and the patterns of the settings.
pub(super) struct Rules {
    excludes: Override,
    /// The rules of `.ignore` and of `.gitignore`, by folder.
    own: HashMap<String, Gitignore>,
    git: HashMap<String, Gitignore>,
    /// Folders whose `target` belongs to Cargo.
    crates: BTreeSet<String>,
    /// Folders that are published sites.
    sites: BTreeSet<String>,
    /// Whether a folder is left out, as far as it is known.
    folders: HashMap<String, bool>,
}

impl Rules {
    /// No rules but the patterns of the settings.
    ///
    /// # Errors
    /// When a pattern cannot be understood.
    pub(super) fn new(excludes: &[String]) -> Result<Self, WorldError> {
        let mut builder = OverrideBuilder::new("");
        let problem = |pattern: &str, error: &ignore::Error| {
            WorldError::new(pattern, WorldErrorKind::Pattern, error.to_string())
        };
        for pattern in excludes {
            builder.add(&format!("!{pattern}")).map_err(|error| problem(pattern, &error))?;
        }
        let excludes = builder.build().map_err(|error| problem("excludes", &error))?;
        Ok(Self {
            excludes,
            own: HashMap::new(),
            git: HashMap::new(),
            crates: BTreeSet::new(),
            sites: BTreeSet::new(),
            folders: HashMap::new(),
        })
    }

    /// Whether a file at this path makes rules of its own.
    pub(super) fn is_rule(path: &str) -> bool {
        IGNORE_FILES.contains(&name(path))
    }

    /// Takes in an ignore file.
    pub(super) fn add(&mut self, path: &str, text: &str) {
        let folder = parent(path);
        let mut builder = GitignoreBuilder::new(folder);
        for line in text.lines() {
            // A line that cannot be understood counts as none, as in the walk of a folder.
            let _ = builder.add_line(None, line);
        }
        let Ok(rules) = builder.build() else { return };
        let which = if name(path) == ".ignore" { &mut self.own } else { &mut self.git };
        which.insert(folder.to_owned(), rules);
    }

    /// Notes a file that says what its folder is.
    pub(super) fn note(&mut self, path: &str) {
        let folders = match name(path) {
            "Cargo.toml" => &mut self.crates,
            SITE_MARKER | VERSIONS_MARKER => &mut self.sites,
            _ => return,
        };
        folders.insert(parent(path).to_owned());
    }

    /// Whether a file takes part.
    pub(super) fn keeps(&mut self, path: &str) -> bool {
        !self.leaves_folder(parent(path)) && !self.leaves(path, Is::File)
    }

    fn leaves_folder(&mut self, folder: &str) -> bool {
        if folder.is_empty() {
            return false;
        }
        if let Some(known) = self.folders.get(folder) {
            return *known;
        }
        let leaves = self.leaves_folder(parent(folder)) || self.leaves(folder, Is::Folder);
        self.folders.insert(folder.to_owned(), leaves);
        leaves
    }

    fn leaves(&self, path: &str, is: Is) -> bool {
        let is_folder = is == Is::Folder;
        let name = name(path);
        if is_folder && [".git", ".lacuna", "node_modules"].contains(&name) {
            return true;
        }
        let is_build = name == "target" && self.crates.contains(parent(path));
        if is_folder && (is_build || self.sites.contains(path)) {
            return true;
        }
        match self.excludes.matched(Path::new(path), is_folder) {
            Match::Ignore(_) => return true,
            Match::Whitelist(_) => return false,
            Match::None => {}
        }
        let said = |rules: &HashMap<String, Gitignore>| {
            let mut folder = Some(parent(path));
            while let Some(current) = folder {
                if let Some(rules) = rules.get(current) {
                    let found = rules.matched(Path::new(path), is_folder);
                    if !found.is_none() {
                        return Some(found.is_ignore());
                    }
                }
                folder = (!current.is_empty()).then(|| parent(current));
            }
            None
        };
        said(&self.own).or_else(|| said(&self.git)).unwrap_or_else(|| name.starts_with('.'))
    }
}

/// What a path leads to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Is {
    File,
    Folder,
}

fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::{Disk, World};

    /// The walk of a folder and the rules on names keep the same files.
    #[test]
    fn keep_what_the_walk_of_a_folder_keeps() {
        let files = [
            (".gitignore", "*.log\n/dist/\nkept/*.md\n!kept/b.md\n!.shown.md\n"),
            (".hidden/a.md", ""),
            (".hidden.md", ""),
            (".shown.md", ""),
            ("a.log", ""),
            ("dist/a.md", ""),
            ("sub/dist/a.md", ""),
            ("kept/a.md", ""),
            ("kept/b.md", ""),
            ("sub/.gitignore", "c.md\n!e.log\n/deep\n"),
            ("sub/.ignore", "!c.md\nd.md\n"),
            ("sub/c.md", ""),
            ("sub/d.md", ""),
            ("sub/e.log", ""),
            ("sub/deep/x.md", ""),
            ("sub/other/deep/x.md", ""),
            ("node_modules/a/b.md", ""),
            ("crate/Cargo.toml", ""),
            ("crate/target/a.md", ""),
            ("target/a.md", ""),
            ("site/index.md", ""),
            ("docs/site/index.md", ""),
            ("public/.lacuna-site", ""),
            ("public/docs/x.md", ""),
        ];
        let excludes = ["/site/".to_owned(), "**/x.md".to_owned()];
        let root = tempfile::tempdir().expect("a temporary folder");
        for (path, text) in files {
            let path = root.path().join(path);
            std::fs::create_dir_all(path.parent().expect("below")).expect("a folder");
            std::fs::write(path, text).expect("a file");
        }
        let disk = Disk::new(root.path(), &excludes).expect("a folder").list();
        let walked: Vec<String> = disk.entries.iter().map(|e| e.path.to_string()).collect();

        let mut rules = Rules::new(&excludes).expect("good patterns");
        for (path, text) in files {
            rules.note(path);
            if Rules::is_rule(path) {
                rules.add(path, text);
            }
        }
        let mut kept: Vec<String> =
            files.iter().map(|(path, _)| (*path).to_owned()).filter(|p| rules.keeps(p)).collect();
        kept.sort();
        assert_eq!(kept, walked);
    }
}
