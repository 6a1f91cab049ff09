//! What `check` prints for other programs, what it sets aside, and what it fails on.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests write repositories and run the program"
)]

#[path = "findings/baseline.rs"]
mod baseline;
#[path = "findings/codes.rs"]
mod codes;
#[path = "findings/formats.rs"]
mod formats;
#[path = "findings/gate.rs"]
mod gate;
#[path = "findings/levels.rs"]
mod levels;
#[path = "findings/recipes.rs"]
mod recipes;

use std::{
    path::Path,
    process::{Command, Output},
};

use tempfile::TempDir;

fn project(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    for (path, text) in files {
        put(folder.path(), path, text);
    }
    folder
}

fn put(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    std::fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("writable");
    std::fs::write(path, text).expect("writable");
}

fn check(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lacuna"));
    command.arg("check").args(arguments).current_dir(folder);
    for name in ["CLICOLOR_FORCE", "GITHUB_ACTIONS", "CI"] {
        command.env_remove(name);
    }
    // 2026-06-01, so that waivers end when the tests say.
    command.env("SOURCE_DATE_EPOCH", "1780272000").env("NO_COLOR", "1");
    command.output().expect("the program starts")
}

fn code(run: &Output) -> Option<i32> {
    run.status.code()
}

fn stdout(run: &Output) -> String {
    String::from_utf8_lossy(&run.stdout).into_owned()
}

fn stderr(run: &Output) -> String {
    String::from_utf8_lossy(&run.stderr).into_owned()
}

fn json(run: &Output) -> serde_json::Value {
    serde_json::from_slice(&run.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}\n{}", stdout(run), stderr(run)))
}
