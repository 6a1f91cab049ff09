//! A project on the disk, and what the program makes of it.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Output},
};

use tempfile::TempDir;

/// The files of a site by their routes.
pub type Site = BTreeMap<String, Vec<u8>>;

/// A project in a folder of its own, with room beside it.
pub struct Project {
    folder: TempDir,
}

/// How a run of the program ended, and what it said.
pub struct Run {
    pub status: ExitStatus,
    pub out: String,
    pub err: String,
}

impl Project {
    pub fn new<P: AsRef<str>, B: AsRef<[u8]>>(files: impl IntoIterator<Item = (P, B)>) -> Self {
        let project = Self { folder: TempDir::new().expect("a folder") };
        std::fs::create_dir(project.root()).expect("a folder");
        for (path, bytes) in files {
            project.write(path.as_ref(), bytes);
        }
        project
    }

    pub fn root(&self) -> PathBuf {
        self.beside("project")
    }

    pub fn out(&self) -> PathBuf {
        self.beside("out")
    }

    /// A place beside the project, not of it.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        put(&self.root().join(path), bytes);
    }

    /// The program, with a verb and the project.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lacuna"));
        command.args(arguments).arg(self.root());
        command
    }

    /// A build into [`Project::out`], without anything kept from before.
    pub fn building(&self) -> Command {
        let mut command = self.command(&["build", "--no-cache", "-o"]);
        let root = self.root();
        // The folder of the site comes before that of the project.
        command = rebuilt(&command, &[self.out().as_path(), root.as_path()]);
        command
    }

    #[track_caller]
    pub fn build(&self) -> Run {
        run(&mut self.building())
    }

    /// The same program under a shell that first runs `before`, which sets limits.
    pub fn building_under(&self, before: &str) -> Command {
        let mut command = Command::new("sh");
        command.arg("-c").arg(format!("{before}; exec \"$0\" \"$@\""));
        let building = self.building();
        command.arg(building.get_program()).args(building.get_args());
        command
    }

    /// The site of a build that must end gracefully.
    #[track_caller]
    pub fn site(&self) -> Site {
        let run = self.build();
        run.assert_graceful();
        files(&self.out())
    }

    /// What `check` prints.
    #[track_caller]
    pub fn check(&self) -> Run {
        run(&mut self.command(&["check"]))
    }
}

/// The command with its last argument replaced.
fn rebuilt(command: &Command, last: &[&Path]) -> Command {
    let mut again = Command::new(command.get_program());
    let arguments: Vec<_> = command.get_args().collect();
    again.args(&arguments[..arguments.len() - 1]).args(last);
    again
}

#[track_caller]
pub fn run(command: &mut Command) -> Run {
    command.output().expect("the program starts").into()
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Self { status: output.status, out: text(output.stdout), err: text(output.stderr) }
    }
}

impl Run {
    /// A documented exit code, and no fault of the program.
    #[track_caller]
    pub fn assert_graceful(&self) {
        let code = self.status.code();
        let said = format!("{}{}", self.out, self.err);
        assert!(matches!(code, Some(0..=2)), "{:?}: {said}", self.status);
        assert!(!said.contains("panicked") && !said.contains("a fault of"), "{said}");
    }

    #[track_caller]
    pub fn assert_code(&self, code: i32) {
        self.assert_graceful();
        assert_eq!(self.status.code(), Some(code), "{}{}", self.out, self.err);
    }

    #[track_caller]
    pub fn assert_says(&self, words: &[&str]) {
        let said = format!("{}{}", self.out, self.err);
        for word in words {
            assert!(said.contains(word), "no `{word}` in:\n{said}");
        }
    }
}

/// Writes a file, with the folders above it.
pub fn put(path: &Path, bytes: impl AsRef<[u8]>) {
    std::fs::create_dir_all(path.parent().expect("below a folder")).expect("a folder");
    std::fs::write(path, bytes).expect("the folder is writable");
}

/// Everything below a folder that is no symbolic link, by path; none when there is no folder.
pub fn files(folder: &Path) -> Site {
    fn visit(root: &Path, here: &Path, all: &mut Site) {
        let Ok(entries) = std::fs::read_dir(here) else { return };
        for entry in entries {
            let path = entry.expect("an entry").path();
            if path.is_symlink() {
                continue;
            }
            if path.is_dir() {
                visit(root, &path, all);
            } else {
                let name = path.strip_prefix(root).expect("below").to_string_lossy().into_owned();
                all.insert(name, std::fs::read(&path).expect("a file"));
            }
        }
    }
    let mut all = Site::new();
    visit(folder, folder, &mut all);
    all
}

/// One page as text.
#[track_caller]
pub fn page<'s>(site: &'s Site, route: &str) -> &'s str {
    let routes = || site.keys().map(String::as_str).collect::<Vec<_>>().join(" ");
    let bytes = site.get(route).unwrap_or_else(|| panic!("no {route} among {}", routes()));
    std::str::from_utf8(bytes).expect("a page is UTF-8")
}

/// Asserts that none of the bytes of a site, and nothing said, holds a secret.
#[track_caller]
pub fn assert_nowhere(secret: &str, site: &Site, said: &Run) {
    for (route, bytes) in site {
        let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
        assert!(!found, "{route} holds `{secret}`");
    }
    assert!(!said.out.contains(secret) && !said.err.contains(secret), "{}{}", said.out, said.err);
}

/// What lies beside a site: nothing of a build may be left there.
pub fn names_in(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let name = |entry: std::io::Result<std::fs::DirEntry>| {
        entry.expect("an entry").file_name().to_string_lossy().into_owned()
    };
    let mut names: Vec<String> = entries.map(name).collect();
    names.sort();
    names
}
