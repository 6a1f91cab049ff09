//! `cargo xtask fuzz`: each target of `fuzz/` for some time, one after the other or some beside each
//! other, from seeds that the project itself has.
//!
//! The targets are built once, by `cargo fuzz` with the stable compiler: no sanitizer, for there is no
//! unsafe code here, and overflow of numbers and assertions of the libraries are looked at. What a run
//! finds stays in `fuzz/corpus`, so that the next one goes on from there.

mod literals;
mod seeds;

use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::thread;

use crate::bench::options;
use crate::{Failure, failed};

/// Longest input, in bytes: enough for all that a format has, and short enough for many tries.
const LONGEST: usize = 8192;

/// An input that takes longer is a finding, in seconds.
const SLOW: u32 = 20;

/// A target that takes more memory is a finding, in MiB.
const MEMORY: u32 = 2048;

/// What to run.
pub struct Plan {
    /// The targets by name; all when none is named.
    targets: Vec<String>,
    /// How long each runs, in seconds.
    seconds: u32,
    /// How many run at once.
    beside: u32,
}

impl Plan {
    /// Reads what follows `fuzz` on the command line: options, and names of targets.
    pub fn parse(words: &[&str]) -> Result<Self, Failure> {
        let named = words.iter().take_while(|word| !word.starts_with("--")).count();
        let targets = words[..named].iter().map(ToString::to_string).collect();
        let mut plan = Self { targets, seconds: 60, beside: 1 };
        options::each(&words[named..], |option, value| {
            match option {
                "--seconds" => plan.seconds = options::number(option, value)?,
                "--beside" => plan.beside = options::number(option, value)?,
                _ => return Err(Failure::Usage(format!("`fuzz` takes no `{option}`"))),
            }
            Ok(())
        })?;
        Ok(plan)
    }
}

/// What one target did.
struct Outcome {
    target: String,
    /// How often it was called; none when the run says nothing.
    executions: Option<u64>,
    per_second: Option<u64>,
    /// Inputs that reach something of their own.
    inputs: usize,
    /// Inputs that it failed on.
    findings: Vec<PathBuf>,
    /// Whether the program ended as it does when nothing was found.
    is_sound: bool,
}

/// Builds the targets, gathers their seeds, runs them and prints what came of each.
///
/// Fails when a target found something.
pub fn run(root: &Path, plan: &Plan) -> Result<(), Failure> {
    let home = root.join("fuzz");
    let all = targets(&home)?;
    if let Some(odd) = plan.targets.iter().find(|name| !all.contains(name)) {
        return Err(Failure::Usage(format!("there is no target `{odd}`: {}", all.join(", "))));
    }
    let chosen = if plan.targets.is_empty() { all } else { plan.targets.clone() };
    build(root, &home)?;
    for target in &chosen {
        seeds::gather(root, target, LONGEST).map_err(failed("cannot write the seeds"))?;
    }

    let waiting = Mutex::new(chosen.iter());
    let outcomes = Mutex::new(Vec::new());
    println!("{:14} {:>12} {:>9} {:>7}  findings", "target", "executions", "a second", "inputs");
    thread::scope(|scope| {
        for _ in 0..plan.beside {
            scope.spawn(|| {
                while let Some(target) = waiting.lock().ok().and_then(|mut left| left.next()) {
                    let outcome = one(&home, target, plan.seconds);
                    if let Ok(outcome) = &outcome {
                        print(outcome);
                    }
                    if let Ok(mut outcomes) = outcomes.lock() {
                        outcomes.push(outcome);
                    }
                }
            });
        }
    });
    let outcomes = outcomes.into_inner().unwrap_or_default();
    let outcomes = outcomes.into_iter().collect::<Result<Vec<_>, _>>()?;
    let broken: Vec<&Outcome> = outcomes.iter().filter(|outcome| !outcome.is_sound).collect();
    for outcome in &broken {
        for input in &outcome.findings {
            eprintln!("{}: {}", outcome.target, input.display());
        }
        eprintln!("{}: see {}", outcome.target, log(&home, &outcome.target).display());
    }
    if broken.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = broken.iter().map(|outcome| outcome.target.as_str()).collect();
    Err(Failure::Chore(format!("found something: {}", names.join(", "))))
}

/// The targets: one a file.
fn targets(home: &Path) -> Result<Vec<String>, Failure> {
    let entries = fs::read_dir(home.join("targets")).map_err(failed("cannot see the targets"))?;
    let name = |entry: std::io::Result<fs::DirEntry>| {
        let path = entry.ok()?.path();
        path.extension().filter(|extension| *extension == "rs")?;
        Some(path.file_stem()?.to_string_lossy().into_owned())
    };
    let mut names: Vec<String> = entries.filter_map(name).collect();
    names.sort();
    Ok(names)
}

fn build(root: &Path, home: &Path) -> Result<(), Failure> {
    let options = [
        "fuzz",
        "build",
        // The rest needs a compiler of the night, and looks for faults of unsafe code.
        "--sanitizer=none",
        // What is tried is what is published.
        "--no-cfg-fuzzing",
        // One unit, as it is otherwise, takes many times as long.
        "--codegen-units=8",
        "--target-dir",
    ];
    let mut command = Command::new(crate::test::cargo_path());
    // Cargo tells this chore about its own package, and some libraries are built anew when that
    // changes.
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(is_of_a_package) {
            command.env_remove(name);
        }
    }
    let built = command
        .args(options)
        .arg(home.join("target"))
        .current_dir(root)
        .stdin(Stdio::null())
        .status()
        .map_err(failed("cannot start cargo"))?;
    if built.success() {
        return Ok(());
    }
    Err(Failure::Chore(
        "the targets cannot be built; if `cargo fuzz` is missing, `cargo install cargo-fuzz`"
            .to_owned(),
    ))
}

/// Whether a variable of the environment says what package runs.
fn is_of_a_package(name: &str) -> bool {
    let named = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_", "CARGO_PRIMARY_"];
    named.iter().any(|start| name.starts_with(start))
}

/// The program of a target.
fn program(home: &Path, target: &str) -> Result<PathBuf, Failure> {
    let platforms = fs::read_dir(home.join("target")).map_err(failed("cannot see the programs"))?;
    let name = format!("{target}{}", std::env::consts::EXE_SUFFIX);
    let place = |entry: std::io::Result<fs::DirEntry>| {
        let program = entry.ok()?.path().join("release").join(&name);
        program.is_file().then_some(program)
    };
    let program = platforms.filter_map(place).next();
    program.ok_or_else(|| Failure::Chore(format!("the program of `{target}` was not built")))
}

fn artifacts(home: &Path, target: &str) -> PathBuf {
    home.join("artifacts").join(target)
}

fn log(home: &Path, target: &str) -> PathBuf {
    artifacts(home, target).join("log")
}

fn one(home: &Path, target: &str, seconds: u32) -> Result<Outcome, Failure> {
    let corpus = home.join("corpus").join(target);
    let artifacts = artifacts(home, target);
    fs::create_dir_all(&artifacts).map_err(failed("cannot make a folder for findings"))?;
    let before = found(&artifacts);
    let log = log(home, target);
    let said = File::create(&log).map_err(failed("cannot write what a target says"))?;
    // Its options are read as written, with the value behind the sign.
    let mut place = OsString::from("-artifact_prefix=");
    place.push(artifacts.join(""));
    let status = Command::new(program(home, target)?)
        .arg(&corpus)
        .arg(place)
        .arg(format!("-dict={}", home.join("words.dict").display()))
        .args([
            format!("-max_total_time={seconds}"),
            format!("-max_len={LONGEST}"),
            format!("-timeout={SLOW}"),
            format!("-rss_limit_mb={MEMORY}"),
            "-print_final_stats=1".to_owned(),
            "-verbosity=1".to_owned(),
        ])
        .env("RAYON_NUM_THREADS", "1")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(said)
        .status()
        .map_err(failed("cannot start a target"))?;
    let said = fs::read(&log).map_err(failed("cannot read what a target said"))?;
    let said = String::from_utf8_lossy(&said);
    let figure = |name: &str| {
        let line = said.lines().rev().find_map(|line| line.strip_prefix(name))?;
        line.trim().parse().ok()
    };
    let findings = found(&artifacts).into_iter().filter(|path| !before.contains(path)).collect();
    Ok(Outcome {
        target: target.to_owned(),
        executions: figure("stat::number_of_executed_units:"),
        per_second: figure("stat::average_exec_per_sec:"),
        inputs: fs::read_dir(&corpus).map_or(0, Iterator::count),
        findings,
        is_sound: status.success(),
    })
}

/// The inputs that were found so far.
fn found(artifacts: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(artifacts) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.file_name().is_some_and(|name| name != "log"));
    paths.sort();
    paths
}

fn print(outcome: &Outcome) {
    let figure = |figure: Option<u64>| figure.map_or_else(|| "?".to_owned(), |n| n.to_string());
    let findings = match (outcome.is_sound, outcome.findings.len()) {
        (true, _) => "none".to_owned(),
        (false, count) => count.max(1).to_string(),
    };
    println!(
        "{:14} {:>12} {:>9} {:>7}  {findings}",
        outcome.target,
        figure(outcome.executions),
        figure(outcome.per_second),
        outcome.inputs
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_before_options() {
        let plan = |words: &[&str]| Plan::parse(words).ok();
        let some = plan(&["page", "lock", "--seconds", "5"]).expect("a plan");
        assert_eq!(
            (some.targets, some.seconds, some.beside),
            (vec!["page".into(), "lock".into()], 5, 1)
        );
        assert!(plan(&["--beside=2"]).is_some_and(|plan| plan.beside == 2));
        assert!(plan(&["--second", "5"]).is_none() && plan(&["--seconds", "0"]).is_none());
    }

    #[test]
    fn every_target_is_built_and_has_seeds() {
        let root = crate::repository();
        let manifest = fs::read_to_string(root.join("fuzz/Cargo.toml")).expect("a manifest");
        let targets = targets(&root.join("fuzz")).ok().expect("targets");
        assert!(targets.len() >= 10, "{targets:?}");
        for target in &targets {
            assert!(manifest.contains(&format!("path = \"targets/{target}.rs\"")), "{target}");
            assert!(seeds::of(&root, target).len() >= 2, "{target} has no seeds");
        }
        assert_eq!(manifest.matches("[[bin]]").count(), targets.len());
    }
}
