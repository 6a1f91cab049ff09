//! `lacuna init --ci`: the workflows are YAML, run commands that exist, and may do little.

#![expect(clippy::disallowed_methods, reason = "these tests look at what was written")]

mod scripted;

use std::{collections::BTreeMap, path::Path};

use clap::Parser;
use lacuna::cli::args::{Cli, Command};
use scripted::{Repository, lacuna, stderr};
use serde_json::Value;

const VERSION: &str = concat!("v", env!("CARGO_PKG_VERSION"));

fn init(root: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let run = lacuna(root, &[&["init"], arguments].concat());
    (run.status.code(), stderr(&run))
}

fn yaml(path: &Path) -> (String, Value) {
    let text = std::fs::read_to_string(path).expect("it was written");
    let value = serde_saphyr::from_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    (text, value)
}

/// Every text of a value, with the names on the way to it.
fn texts(value: &Value, way: &str, found: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) => found.push((way.to_owned(), text.clone())),
        Value::Array(list) => list.iter().for_each(|value| texts(value, way, found)),
        Value::Object(map) => {
            map.iter().for_each(|(key, value)| texts(value, &format!("{way}/{key}"), found));
        }
        _ => {}
    }
}

/// The commands of this program in a workflow, read by the parser of its arguments.
fn commands(value: &Value) -> Vec<Command> {
    let mut all = Vec::new();
    texts(value, "", &mut all);
    let lines = all.iter().flat_map(|(_, text)| text.lines()).map(str::trim);
    let lines = lines.filter(|line| line.starts_with("lacuna "));
    lines
        .map(|line| {
            let line = line.split(" > ").next().unwrap_or(line);
            let words = line.split_whitespace().map(|word| word.trim_matches('"'));
            Cli::try_parse_from(words).unwrap_or_else(|error| panic!("{line}: {error}")).command
        })
        .collect()
}

#[test]
fn the_workflow_of_github_is_sound() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let (code, said) = init(folder.path(), &["--ci", "github", "--from", "acme/lacuna"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(folder.path().join("lacuna.toml").is_file() && !said.contains("OWNER"), "{said}");
    let (text, workflow) = yaml(&folder.path().join(".github/workflows/lacuna.yml"));

    assert_eq!(workflow["permissions"], serde_json::json!({ "contents": "read" }));
    let jobs = workflow["jobs"].as_object().expect("jobs");
    for (name, job) in jobs {
        let allowed: BTreeMap<&str, &str> = match name.as_str() {
            "deploy" => BTreeMap::from([("id-token", "write"), ("pages", "write")]),
            _ => BTreeMap::new(),
        };
        let own = job["permissions"].as_object().into_iter().flatten();
        let own: BTreeMap<&str, &str> =
            own.map(|(key, value)| (key.as_str(), value.as_str().expect("a word"))).collect();
        assert_eq!(own, allowed, "{name}");
    }
    // What is published was built by a job that may not publish, after the check.
    assert_eq!(
        (&jobs["deploy"]["needs"], &jobs["site"]["needs"]),
        (&"site".into(), &"check".into())
    );
    assert_eq!(jobs["deploy"]["steps"].as_array().map(Vec::len), Some(1));
    assert!(!text.contains("secrets") && !text.contains("pull_request_target"), "{text}");

    // Every action has a version, and ours takes the inputs that it is given.
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (_, action) = yaml(&root.join("action.yml"));
    let steps = jobs.values().flat_map(|job| job["steps"].as_array().expect("steps"));
    let mut ours = 0;
    for step in steps {
        assert!(step["run"].is_null(), "no expression is near a script: {step}");
        let uses = step["uses"].as_str().expect("an action");
        let (name, version) = uses.split_once('@').expect("a version");
        assert!(version.starts_with('v') && version[1..].starts_with(|c: char| c.is_ascii_digit()));
        if name == "acme/lacuna" {
            ours += 1;
            assert_eq!(version, VERSION);
            for input in step["with"].as_object().expect("inputs").keys() {
                assert!(!action["inputs"][input].is_null(), "{input}");
            }
        }
        if name == "actions/checkout" {
            assert_eq!(step["with"]["persist-credentials"], false);
        }
    }
    assert_eq!(ours, 2);
}

#[test]
fn the_workflow_of_gitlab_runs_commands_that_exist() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let (code, said) = init(folder.path(), &["--ci", "gitlab"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("Replace OWNER"), "{said}");
    let (text, workflow) = yaml(&folder.path().join(".gitlab-ci.yml"));
    let commands = commands(&workflow);
    let based =
        |command: &&Command| matches!(command, Command::Check(check) if check.base.is_some());
    assert_eq!((commands.len(), commands.iter().filter(based).count()), (3, 1), "{commands:?}");
    assert!(text.contains(&format!("--tag {VERSION}")) && text.contains("OWNER/lacuna"), "{text}");
    let image = workflow[".lacuna"]["image"].as_str().expect("an image");
    assert!(image.contains(':') && !image.ends_with(":latest"), "{image}");
    // What `pages` publishes was built by `site`.
    assert_eq!(workflow["pages"]["needs"], serde_json::json!(["check", "site"]));
    assert!(!text.to_lowercase().contains("token") && !text.contains("secret"), "{text}");
}

#[test]
fn nothing_is_overwritten_and_the_workflow_stands_at_the_root() {
    let Some(repository) = Repository::new() else { return };
    let below = "notes \"of\" $(id)";
    repository.write(&format!("{below}/a.md"), "# A\n");
    let project = repository.root().join(below);
    let (code, said) = init(&project, &["--ci", "github"]);
    assert_eq!(code, Some(0), "{said}");
    let path = repository.root().join(".github/workflows/lacuna.yml");
    let (text, workflow) = yaml(&path);
    assert_eq!(workflow["jobs"]["check"]["steps"][1]["with"]["directory"], below, "{text}");
    assert!(!project.join(".github").exists() && project.join("lacuna.toml").is_file());

    std::fs::write(&path, "mine\n").expect("a file");
    let (code, said) = init(&project, &["--ci", "github"]);
    assert_eq!(code, Some(0));
    assert_eq!(said.matches("exists and was left as it is").count(), 2, "{said}");
    assert_eq!(std::fs::read_to_string(&path).expect("a file"), "mine\n");

    for arguments in [["--ci", "jenkins"], ["--from", "a/b"]] {
        assert_eq!(init(&project, &arguments).0, Some(2));
    }
    assert_eq!(init(&project, &["--ci", "github", "--from", "a/b\n  x: y"]).0, Some(2));
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let other = tempfile::TempDir::new().expect("a folder");
    std::os::unix::fs::symlink(other.path(), folder.path().join(".github")).expect("a link");
    let (code, said) = init(folder.path(), &["--ci", "github"]);
    assert_eq!(code, Some(2), "{said}");
    assert_eq!(std::fs::read_dir(other.path()).expect("a folder").count(), 0);
}
