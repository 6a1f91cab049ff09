//! What a path means to a watcher, by its name alone: content, a rule, litter, or nothing.

use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

use crate::path::RelPath;
use crate::world::disk::belongs_to_a_tool;
use crate::world::survey::{Detail, IGNORE_FILES};
use crate::world::{Disk, Survey};

/// The tree that is watched.
#[derive(Debug)]
pub(super) struct Ground {
    /// Absolute, without symbolic links where it could be resolved.
    pub(super) root: PathBuf,
    output: Option<PathBuf>,
}

/// What a change of a path means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The world never lists it.
    Nothing,
    /// An editor or a tool is in the middle of something: not worth a look of its own.
    Litter,
    /// The root itself, or its `.git`: only its coming and going counts.
    Pillar,
    /// It decides which files there are, or where they come from.
    Rule,
    /// The world may list it.
    Content,
}

impl Ground {
    pub(super) fn new(root: &Path, output: Option<&Path>) -> Self {
        Self { root: resolved(root), output: output.map(resolved) }
    }

    /// The tree as the world walks it; empty while the root is missing.
    pub(super) fn survey(&self, detail: Detail) -> Survey {
        let output = self.output.as_deref().and_then(|path| self.relative(path));
        // The marks of a pattern in a name would be read as a pattern; such a folder is walked
        // in vain, for what happens in it is dropped by its name.
        let plain = output.filter(|path| !path.as_str().contains(['*', '?', '[', '{', '!', '#']));
        let excludes: Vec<String> = plain.iter().map(|path| format!("/{path}/")).collect();
        Disk::new(&self.root, &excludes).map_or_else(
            |_| Survey::default(),
            |disk| {
                let mut survey = disk.survey(detail);
                survey.folders.retain(|path| !self.is_output(path));
                survey.odd.retain(|path| !self.is_output(path));
                survey.marks.retain(|path, _| !self.is_output(path));
                survey
            },
        )
    }

    /// The path below the root; `None` when the stages cannot name it.
    pub(super) fn relative(&self, path: &Path) -> Option<RelPath> {
        let below = path.strip_prefix(&self.root).ok()?.to_str()?;
        match std::path::MAIN_SEPARATOR {
            '/' => RelPath::new(below),
            separator => RelPath::new(&below.replace(separator, "/")),
        }
    }

    pub(super) fn meaning(&self, path: &Path) -> Meaning {
        let Ok(below) = path.strip_prefix(&self.root) else { return Meaning::Nothing };
        if self.is_output(path) {
            return Meaning::Nothing;
        }
        let names: Vec<&OsStr> = below.components().map(Component::as_os_str).collect();
        let Some((name, folders)) = names.split_last() else { return Meaning::Pillar };
        if names == [".git"] {
            return Meaning::Pillar;
        }
        // A commit is told by the log of `HEAD`: the site may show the history.
        let decides: [&[&str]; 3] =
            [&[".git", "HEAD"], &[".git", "config"], &[".git", "logs", "HEAD"]];
        if decides.iter().any(|path| names == *path) {
            return Meaning::Rule;
        }
        if folders.iter().any(|folder| is_hidden(folder)) {
            return Meaning::Nothing;
        }
        // `Cargo.toml` decides whether the folder `target` beside it is content.
        let is_rule = IGNORE_FILES.iter().any(|rule| name == rule) || *name == "Cargo.toml";
        let mut above = path.ancestors().take(names.len());
        match () {
            () if above.any(belongs_to_a_tool) => Meaning::Nothing,
            () if is_rule => Meaning::Rule,
            () if is_hidden(name) => Meaning::Nothing,
            () if is_litter(&name.to_string_lossy()) => Meaning::Litter,
            () => Meaning::Content,
        }
    }

    fn is_output(&self, path: &Path) -> bool {
        self.output.as_ref().is_some_and(|output| path.starts_with(output))
    }
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// The names that editors give to what is not yet, or no more, the document: the probe of Vim,
/// backups, locks of Emacs, the two steps of a safe write of JetBrains, halves of downloads.
/// Those that begin with a dot are hidden anyway.
fn is_litter(name: &str) -> bool {
    name == "4913"
        || name.ends_with('~')
        || name.starts_with('#') && name.ends_with('#')
        || name.ends_with("___jb_tmp___")
        || name.ends_with("___jb_old___")
        || [".swp", ".swx", ".tmp"].iter().any(|end| name.ends_with(end))
}

/// Absolute and without symbolic links, also for a folder that is still to be made.
fn resolved(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let known = absolute.canonicalize().ok();
    known
        .or_else(|| Some(absolute.parent()?.canonicalize().ok()?.join(absolute.file_name()?)))
        .unwrap_or(absolute)
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the tests make folders")]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_what_a_change_means() {
        use Meaning::{Content, Litter, Nothing, Pillar, Rule};
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(folder.path().join("Cargo.toml"), "").expect("a file");
        let ground = Ground::new(folder.path(), Some(&folder.path().join("site")));
        for (path, wanted) in [
            ("", Pillar),
            ("a.md", Content),
            ("docs/a.md", Content),
            ("docs/target/a.md", Content),
            ("target/a.md", Nothing),
            ("target", Nothing),
            ("site/index.html", Nothing),
            ("site", Nothing),
            ("sites/a.md", Content),
            ("docs/site/a.md", Content),
            (".git", Pillar),
            (".git/HEAD", Rule),
            (".git/config", Rule),
            (".git/index", Nothing),
            (".git/logs/HEAD", Rule),
            (".git/logs/refs/heads/main", Nothing),
            (".git/refs/HEAD", Nothing),
            ("docs/.git/HEAD", Nothing),
            (".gitignore", Rule),
            ("docs/.ignore", Rule),
            (".hidden/.gitignore", Nothing),
            ("node_modules/.gitignore", Nothing),
            ("Cargo.toml", Rule),
            (".lacuna/cache", Nothing),
            ("a/node_modules/b/c.md", Nothing),
            ("docs/4913", Litter),
            ("docs/.a.md.swp", Nothing),
            ("docs/a.md~", Litter),
            ("docs/.#a.md", Nothing),
            ("docs/#a.md#", Litter),
            ("docs/a.md___jb_tmp___", Litter),
            ("docs/a.md.tmp", Litter),
            ("docs/.goutputstream-X1", Nothing),
            ("docs/#1.md", Content),
        ] {
            assert_eq!(ground.meaning(&ground.root.join(path)), wanted, "{path}");
        }
        assert_eq!(ground.meaning(Path::new("/elsewhere/a.md")), Nothing);
    }

    #[test]
    fn an_output_with_the_name_of_a_pattern_is_left_out_too() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::create_dir_all(folder.path().join("[x]/in")).expect("folders");
        std::fs::create_dir_all(folder.path().join("x/in")).expect("folders");
        let ground = Ground::new(folder.path(), Some(&folder.path().join("[x]")));
        let survey = ground.survey(Detail::Folders);
        let found: Vec<_> =
            survey.folders.iter().filter_map(|path| ground.relative(path)).collect();
        assert_eq!(found.iter().map(RelPath::as_str).collect::<Vec<_>>(), ["x", "x/in"]);
    }
}
