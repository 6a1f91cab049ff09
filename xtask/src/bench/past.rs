//! `cargo xtask bench history` and `cargo xtask bench diff`: a repository of many commits, made by a
//! script, and what its history and a comparison of two revisions cost.
//!
//! Each commit changes a few documents of many, as people do. Printed are the medians of wall time,
//! CPU time and peak memory: of the history cold and warm, of a comparison beside a check of the
//! same files, which is one build without rendering.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{bench_home, measure, median, options, release_binary, remove};
use crate::{Failure, failed};

/// A gap for so many documents.
const DOCUMENTS_A_GAP: u32 = 10;
/// So many documents change in a commit.
const CHANGES: u32 = 3;

/// What to time.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// `lacuna history`.
    History,
    /// `lacuna diff`.
    Diff,
}

/// How to time it.
pub struct Plan {
    what: What,
    documents: u32,
    commits: u32,
    rounds: u32,
    binary: Option<PathBuf>,
}

impl Plan {
    /// Reads what follows `bench history` or `bench diff` on the command line.
    pub fn parse(what: What, words: &[&str]) -> Result<Self, Failure> {
        let mut plan = Self { what, documents: 1_000, commits: 500, rounds: 3, binary: None };
        options::each(words, |option, value| {
            match option {
                "--documents" => plan.documents = options::number(option, value)?,
                "--commits" => plan.commits = options::number(option, value)?,
                "--rounds" => plan.rounds = options::number(option, value)?,
                "--binary" => plan.binary = Some(options::program(option, value)?),
                _ => return Err(Failure::Usage(format!("this benchmark takes no `{option}`"))),
            }
            Ok(())
        })?;
        Ok(plan)
    }
}

/// Makes the repository where needed, and prints the figures.
pub fn run(root: &Path, plan: &Plan) -> Result<(), Failure> {
    let program = match &plan.binary {
        Some(binary) => binary.clone(),
        None => release_binary(root)?,
    };
    let name = format!("history-{}-{}", plan.documents, plan.commits);
    let folder = bench_home()?.join(name);
    if !folder.join("done").is_file() {
        remove(&folder)?;
        make(&folder.join("project"), plan)?;
        std::fs::write(folder.join("done"), "").map_err(failed("cannot note that it is made"))?;
    }
    let project = folder.join("project");
    println!("{} documents, {} commits", plan.documents, plan.commits);
    println!("{:24} {:>8} {:>8} {:>9}", "run", "wall s", "CPU s", "peak MiB");
    let all = plan.commits.to_string();
    let half = format!("main~{}..main", plan.commits / 2);
    let cold = ["history", "--max", &all];
    match plan.what {
        What::History => {
            time(&program, &project, plan.rounds, ("cold, every commit", Kept::Nothing), &cold)?;
            time(&program, &project, plan.rounds, ("warm, every commit", Kept::All), &cold)?;
            let few = ["history", "--max", "50"];
            time(&program, &project, plan.rounds, ("cold, 50 commits", Kept::Nothing), &few)
        }
        What::Diff => {
            time(&program, &project, plan.rounds, ("check", Kept::All), &["check"])?;
            let last = ["diff", "main~1..main"];
            time(&program, &project, plan.rounds, ("diff, one commit", Kept::All), &last)?;
            time(
                &program,
                &project,
                plan.rounds,
                ("diff, half of all", Kept::All),
                &["diff", &half],
            )?;
            time(
                &program,
                &project,
                plan.rounds,
                ("diff, working tree", Kept::All),
                &["diff", "main~1"],
            )
        }
    }
}

/// What earlier runs may have left.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kept {
    Nothing,
    All,
}

fn time(
    program: &Path,
    project: &Path,
    rounds: u32,
    (name, kept): (&str, Kept),
    words: &[&str],
) -> Result<(), Failure> {
    let mut command: Vec<OsString> = vec![program.into()];
    command.extend(words.iter().map(OsString::from));
    command.extend([project.into(), "-q".into()]);
    let mut runs = Vec::new();
    for _ in 0..rounds {
        if kept == Kept::Nothing {
            remove(&project.join(".lacuna"))?;
        }
        runs.push(measure::run_any(&command, &[0, 1]).map_err(failed("lacuna"))?);
    }
    println!(
        "{name:24} {:8.2} {:8.2} {:9.0}",
        median(runs.iter().map(|run| run.wall)),
        median(runs.iter().map(measure::Run::cpu)),
        median(runs.iter().map(|run| run.peak_mib))
    );
    Ok(())
}

/// Writes all commits by `git fast-import`, which needs no files on the disk.
fn make(project: &Path, plan: &Plan) -> Result<(), Failure> {
    std::fs::create_dir_all(project).map_err(failed("cannot make the repository"))?;
    let git = |words: &[&str]| {
        let mut git = Command::new("git");
        git.args(words).current_dir(project).env("GIT_CONFIG_GLOBAL", "/dev/null");
        git
    };
    let check = |mut git: Command| match git.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Failure::Chore(format!("git: {status}"))),
        Err(error) => Err(Failure::Chore(format!("cannot start git: {error}"))),
    };
    check(git(&["init", "-q", "-b", "main", "."]))?;
    let mut import = git(&["fast-import", "--quiet"])
        .stdin(Stdio::piped())
        .spawn()
        .map_err(failed("cannot start git"))?;
    let script = script(plan);
    if let Some(mut stdin) = import.stdin.take() {
        stdin.write_all(script.as_bytes()).map_err(failed("cannot write to git"))?;
    }
    let done = import.wait().map_err(failed("git"))?;
    if !done.success() {
        return Err(Failure::Chore(format!("git: {done}")));
    }
    check(git(&["reset", "-q", "--hard", "main"]))
}

/// The commits in the language of `git fast-import`.
fn script(plan: &Plan) -> String {
    let mut out = String::new();
    // A String takes every write.
    for commit in 0..plan.commits {
        let day = 1_700_000_000 + u64::from(commit) * 86_400;
        let message = format!("Commit {commit}");
        let _ = write!(
            out,
            "commit refs/heads/main\ncommitter Writer <writer@example.org> {day} +0000\ndata {}\n{message}\n",
            message.len()
        );
        let mut file = |path: String, text: String| {
            let _ = write!(out, "M 100644 inline {path}\ndata {}\n{text}\n", text.len());
        };
        if commit == 0 {
            for n in 0..plan.documents {
                file(format!("docs/d-{n}.md"), document(n, 0, plan));
            }
            for gap in 0..plan.documents / DOCUMENTS_A_GAP {
                file(
                    format!("gaps/g-{gap}.md"),
                    format!(
                        "---\nid: G-{gap}\ntitle: Gap {gap}\npriority: P{}\ntargets: [docs/d-{}.md]\n---\nNobody knows.\n",
                        gap % 4,
                        gap * DOCUMENTS_A_GAP
                    ),
                );
            }
            continue;
        }
        for change in 0..CHANGES {
            let n = (commit * 7919 + change * 104_729) % plan.documents;
            file(format!("docs/d-{n}.md"), document(n, commit, plan));
        }
    }
    out.push_str("done\n");
    out
}

/// A document; from its first change on it names the gap that it fills.
fn document(n: u32, commit: u32, plan: &Plan) -> String {
    let mut text = format!("# Document {n}\n\n");
    if commit > 0 && n.is_multiple_of(DOCUMENTS_A_GAP) {
        let _ = writeln!(text, "This answers [[G-{}]].\n", n / DOCUMENTS_A_GAP);
    }
    for section in 0..6 {
        let other = (n * 31 + section) % plan.documents;
        let _ = writeln!(
            text,
            "## Section {section}\n\nState {commit}. The keeper writes down what the sea does, hour \
             after hour, and what follows from it for the boats: see [the other](d-{other}.md).\n"
        );
    }
    text
}
