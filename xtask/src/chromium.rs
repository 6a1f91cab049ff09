//! Chromium, which drives the tests in a browser: Debian's, where it is missing and may be installed.

use std::process::{Command, Stdio};

/// The names under which it is found, those of the crate `browser`.
const NAMES: [&str; 5] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/// Sees to it that there is one; where it cannot be had, that is told and its tests are skipped.
pub fn install() {
    if std::env::var_os("CHROMIUM").is_some() || NAMES.iter().any(|name| answers(name)) {
        return;
    }
    let install = ["install", "--yes", "--no-install-recommends", "chromium"];
    eprintln!("--- Chromium is missing: apt-get {}", install.join(" "));
    if !(apt(&["update"]) && apt(&install)) {
        eprintln!("--- it could not be installed; the tests in a browser are skipped");
    }
}

fn apt(arguments: &[&str]) -> bool {
    Command::new("apt-get")
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

fn answers(program: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}
