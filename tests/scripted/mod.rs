//! A git repository made by a script: files are written and committed one step after the other.

#![expect(
    clippy::disallowed_methods,
    reason = "the tests make repositories and run the program and git in them"
)]
#![allow(dead_code, reason = "each test uses a part of it")]

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

use tempfile::TempDir;

/// A repository in a folder that is removed in the end.
pub struct Repository {
    pub folder: TempDir,
    commits: std::cell::Cell<u64>,
}

impl Repository {
    /// An empty repository; none, with a printed reason, where there is no git.
    pub fn new() -> Option<Self> {
        if Command::new("git").arg("--version").output().is_err() {
            println!("skipped: there is no git to make a repository with");
            return None;
        }
        let folder = TempDir::new().expect("a folder");
        let repository = Self { folder, commits: std::cell::Cell::new(0) };
        repository.git(&["init", "-q", "-b", "main", "."]);
        Some(repository)
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        std::fs::create_dir_all(path.parent().expect("below the root")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }

    pub fn remove(&self, path: &str) {
        std::fs::remove_file(self.root().join(path)).expect("it was there");
    }

    pub fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.root().join(path)).expect("a text")
    }

    pub fn replace(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} has no {from:?}");
        self.write(path, &text.replace(from, to));
    }

    /// Commits everything, a day after the commit before.
    pub fn commit(&self, message: &str) -> String {
        self.git(&["add", "-A"]);
        let seconds = 1_700_000_000 + 86_400 * self.commits.get();
        self.commits.set(self.commits.get() + 1);
        let date = format!("{seconds} +0000");
        let mut git = self.command(self.root(), &["commit", "-q", "--allow-empty", "-m", message]);
        git.env("GIT_AUTHOR_DATE", &date).env("GIT_COMMITTER_DATE", &date);
        checked(git);
        self.git(&["rev-parse", "HEAD"])
    }

    pub fn git(&self, arguments: &[&str]) -> String {
        self.git_in(self.root(), arguments)
    }

    pub fn git_in(&self, folder: &Path, arguments: &[&str]) -> String {
        checked(self.command(folder, arguments))
    }

    fn command(&self, folder: &Path, arguments: &[&str]) -> Command {
        let mut git = Command::new("git");
        git.current_dir(folder).args(arguments);
        for (name, value) in [
            ("GIT_CONFIG_GLOBAL", "/dev/null"),
            ("GIT_CONFIG_NOSYSTEM", "1"),
            ("GIT_AUTHOR_NAME", "Writer"),
            ("GIT_AUTHOR_EMAIL", "writer@example.org"),
            ("GIT_COMMITTER_NAME", "Writer"),
            ("GIT_COMMITTER_EMAIL", "writer@example.org"),
        ] {
            git.env(name, value);
        }
        git
    }

    /// A clone of it below its own folder's parent.
    pub fn clone_into(&self, place: &Path, arguments: &[&str]) -> PathBuf {
        let from = format!("file://{}", self.root().display());
        let to = place.to_string_lossy().into_owned();
        let all: Vec<&str> = ["clone", "-q"]
            .into_iter()
            .chain(arguments.iter().copied())
            .chain([from.as_str(), to.as_str()])
            .collect();
        self.git(&all);
        place.to_owned()
    }
}

fn checked(mut command: Command) -> String {
    let run = command.output().expect("git runs");
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{command:?}: {said}");
    String::from_utf8_lossy(&run.stdout).trim().to_owned()
}

/// Runs the program in a folder, with a git that fails whenever it is run.
pub fn lacuna(root: &Path, arguments: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_lacuna"));
    program.current_dir(root).args(arguments).env("SOURCE_DATE_EPOCH", "1764547200");
    program.env("PATH", "/nowhere").env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    program.output().expect("the program runs")
}

pub fn stdout(run: &Output) -> String {
    String::from_utf8_lossy(&run.stdout).into_owned()
}

pub fn stderr(run: &Output) -> String {
    String::from_utf8_lossy(&run.stderr).into_owned()
}
