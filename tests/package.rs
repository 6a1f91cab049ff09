//! What is published of the program: the oldest compiler it builds with, the files of its package,
//! and the workflow that builds a release.

#![expect(clippy::disallowed_methods, reason = "these tests ask cargo and read the workflow")]

use std::process::Command;

use serde_json::Value;

fn cargo(arguments: &[&str]) -> String {
    let run = Command::new(env!("CARGO"))
        .args(arguments)
        .args(["--offline", "--locked"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo starts");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).expect("cargo writes UTF-8")
}

/// `1.85` as numbers; a missing part is 0.
fn version(text: &str) -> [u32; 3] {
    let mut parts = text.split('.').map(|part| part.parse().expect("a number"));
    std::array::from_fn(|_| parts.next().unwrap_or(0))
}

#[test]
fn no_dependency_needs_a_newer_compiler_than_the_manifest_says() {
    let own = version(env!("CARGO_PKG_RUST_VERSION"));
    let host = cargo_host();
    let metadata =
        cargo(&["metadata", "--format-version", "1", "--filter-platform", host.as_str()]);
    let metadata: Value = serde_json::from_str(&metadata).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let needs = packages.iter().filter_map(|package| {
        let wanted = package["rust_version"].as_str()?;
        Some((package["name"].as_str()?, version(wanted)))
    });
    let newer: Vec<_> = needs.filter(|(_, wanted)| *wanted > own).collect();
    assert!(packages.len() > 50);
    assert_eq!(newer, [], "raise `rust-version`, or take older releases of these");
}

/// The platform that the compiler builds for; packages of others need not be there.
fn cargo_host() -> String {
    let told = Command::new(env!("CARGO")).arg("-vV").output().expect("cargo starts");
    let told = String::from_utf8(told.stdout).expect("cargo writes UTF-8");
    let host = told.lines().find_map(|line| line.strip_prefix("host: "));
    host.expect("cargo names its platform").to_owned()
}

#[test]
fn the_package_holds_the_program_and_its_licences_and_no_tests() {
    let list = cargo(&["package", "--list", "--allow-dirty"]);
    let files: Vec<&str> = list.lines().collect();
    for wanted in [
        "Cargo.lock",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "README.md",
        "build.rs",
        "src/main.rs",
        "themes/default/base.html",
    ] {
        assert!(files.contains(&wanted), "{wanted} is missing");
    }
    let unwanted =
        ["tests/", "content/", ".ci/", ".cargo/", ".github/", "fuzz/", "site/", "browser/"];
    let more = files.iter().find(|file| unwanted.iter().any(|folder| file.starts_with(folder)));
    assert_eq!(more, None);
}

#[test]
fn the_workflow_of_a_release_trusts_commits_only_and_writes_no_input_into_a_script() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/.github/workflows/release.yml");
    let workflow = std::fs::read_to_string(path).expect("it is part of the project");
    let uses = workflow.lines().filter_map(|line| line.trim().strip_prefix("- uses: "));
    let uses: Vec<&str> = uses.collect();
    assert!(uses.len() >= 4, "{uses:?}");
    for action in uses {
        let (_, commit) = action.split_once('@').expect("a version");
        let commit = commit.split(' ').next().unwrap_or_default();
        assert!(commit.len() == 40 && commit.bytes().all(|b| b.is_ascii_hexdigit()), "{action}");
    }
    assert!(workflow.contains("\npermissions: {}\n"), "nothing is allowed but what a job says");
    assert_eq!(workflow.matches(": write").count(), 3);
    // What is put in stands in a value of `env`, `with` or a key of the job, never in a script.
    let mut script: Option<usize> = None;
    for line in workflow.lines().filter(|line| !line.trim().is_empty()) {
        let indent = line.len() - line.trim_start().len();
        script = script.filter(|begin| indent > *begin);
        let runs = line.trim_start().trim_start_matches("- ").starts_with("run: ");
        assert!(!(line.contains("${{") && (runs || script.is_some())), "{line}");
        if runs && line.ends_with('|') {
            script = Some(indent);
        }
    }
}

/// An exception is looked at again when its day is long past.
#[test]
fn exceptions_for_dependencies_have_a_day_and_a_reason() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/deny.toml");
    let rules = std::fs::read_to_string(path).expect("it is part of the project");
    let rules: toml::Table = rules.parse().expect("TOML");
    assert_eq!(rules["advisories"]["unmaintained"].as_str(), Some("all"));
    let dated = regex::Regex::new(r"^20\d\d-[01]\d-[0-3]\d: .{20,}").expect("a pattern");
    for exception in rules["advisories"]["ignore"].as_array().expect("a list") {
        let reason = exception["reason"].as_str().expect("a reason");
        assert!(dated.is_match(reason), "{exception}");
    }
}

/// What runs before anything is built reads the source, and uses no crate that could do more.
#[test]
fn no_build_script_of_ours_reaches_the_network() {
    let metadata = cargo(&["metadata", "--format-version", "1", "--no-deps"]);
    let metadata: Value = serde_json::from_str(&metadata).expect("JSON");
    let mut scripts = Vec::new();
    for package in metadata["packages"].as_array().expect("packages") {
        let needs = package["dependencies"].as_array().expect("dependencies");
        let for_building: Vec<_> = needs.iter().filter(|need| need["kind"] == "build").collect();
        assert!(for_building.is_empty(), "{for_building:?}");
        let targets = package["targets"].as_array().expect("targets").iter();
        let script = targets.filter(|target| target["kind"][0] == "custom-build");
        scripts.extend(script.filter_map(|target| target["src_path"].as_str()));
    }
    assert_eq!(scripts.len(), 1, "{scripts:?}");
    let text = std::fs::read_to_string(scripts[0]).expect("it is there");
    for way in ["net", "process", "Command", "extern", "include!", "unsafe"] {
        assert!(!text.contains(way), "{way}");
    }
}
