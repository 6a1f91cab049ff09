//! `lacuna cite` as scripts see it: what it prints, what it writes, and what it never touches.

#![expect(clippy::disallowed_methods, reason = "these tests write projects and run the program")]

use std::{
    fs,
    path::Path,
    process::{Command, Output, Stdio},
    time::Duration,
};

use tempfile::TempDir;

const LEDGER: &str = "docs/GAP-ANALYSIS.md";
const CHUNK: &str = "docs/research/chunk-001.txt";

/// A project with a ledger of these bytes and research of so many lines.
fn project(ledger: &[u8], lines: usize) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder for the project");
    fs::create_dir_all(folder.path().join("docs/research")).expect("it can be made");
    fs::write(folder.path().join(LEDGER), ledger).expect("it can be written");
    write_chunk(folder.path(), &research(lines));
    folder
}

fn research(lines: usize) -> Vec<String> {
    (1..=lines).map(|n| format!("Note {n} of {}: the pump ran dry", n * n % 101)).collect()
}

fn write_chunk(root: &Path, lines: &[String]) {
    fs::write(root.join(CHUNK), lines.join("\n") + "\n").expect("it can be written");
}

fn ledger(citations: &[&str]) -> String {
    let gaps = citations.iter().enumerate().map(|(n, citation)| {
        format!("### {}. Gap\n**Priority**: P1\n**Evidence**: {citation}\n", n + 1)
    });
    format!("# Gap analysis\n\n{}", gaps.collect::<Vec<_>>().join("\n"))
}

fn cite(root: &Path, arguments: &[&str]) -> Output {
    command(root, arguments).output().expect("the program starts")
}

fn command(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lacuna"));
    command.arg("cite").args(arguments).current_dir(root).env("NO_COLOR", "1");
    command
}

fn assert_code(run: &Output, code: i32) {
    let both = format!("{}{}", stdout(run), stderr(run));
    assert_eq!(run.status.code(), Some(code), "{both}");
}

fn stdout(run: &Output) -> String {
    String::from_utf8_lossy(&run.stdout).into_owned()
}

fn stderr(run: &Output) -> String {
    String::from_utf8_lossy(&run.stderr).into_owned()
}

#[test]
fn the_way_from_no_lock_to_a_fixed_citation() {
    let project = project(ledger(&["`Chunk-001` (lines 10-12)"]).as_bytes(), 40);
    let root = project.path();

    let run = cite(root, &[]);
    assert_code(&run, 0);
    assert!(stderr(&run).contains("There is no lacuna.lock yet"), "{}", stderr(&run));
    assert_code(&cite(root, &["--check", "--strict"]), 1);

    assert_code(&cite(root, &["--accept", "--dry-run"]), 0);
    assert!(!root.join("lacuna.lock").exists());
    assert_code(&cite(root, &["--accept"]), 0);
    let run = cite(root, &["--check", "--strict"]);
    assert_code(&run, 0);
    assert_eq!(stdout(&run), "");

    let mut lines = research(40);
    lines.insert(0, "A new line".into());
    write_chunk(root, &lines);
    let run = cite(root, &["--check"]);
    assert_code(&run, 1);
    assert_eq!(
        stdout(&run),
        format!(
            "{LEDGER}:5: Chunk-001 10-12: moved\n  \
             the text now stands at {CHUNK}, lines 11 to 13: write 11-13\n"
        )
    );

    let before = fs::read(root.join(LEDGER)).expect("it is there");
    let dry = cite(root, &["--fix", "--dry-run"]);
    assert_code(&dry, 1);
    assert_eq!(fs::read(root.join(LEDGER)).expect("it is there"), before);
    let run = cite(root, &["--fix"]);
    assert_code(&run, 0);
    assert_eq!(stdout(&run), stdout(&dry));
    assert_eq!(
        stdout(&run),
        format!(
            "{LEDGER}:5\n- **Evidence**: `Chunk-001` (lines 10-12)\n\
             + **Evidence**: `Chunk-001` (lines 11-13)\n"
        )
    );
    assert_code(&cite(root, &["--check", "--strict"]), 0);
}

#[test]
fn an_edit_is_shown_and_stays_until_it_is_accepted() {
    let project = project(ledger(&["Chunk-001:10-12", "Chunk-001:20"]).as_bytes(), 40);
    let root = project.path();
    assert_code(&cite(root, &["--accept"]), 0);
    let mut lines = research(40);
    lines[10] = "Note 11 of 20: the pump ran wet".into();
    lines[19].push_str(" twice");
    write_chunk(root, &lines);

    let run = cite(root, &["--check"]);
    assert_code(&run, 1);
    let said = stdout(&run);
    assert!(said.contains("-        Note 11 of 20: the pump ran dry"), "{said}");
    assert!(said.contains("+    11  Note 11 of 20: the pump ran wet"), "{said}");
    let lock = fs::read(root.join("lacuna.lock")).expect("it is there");
    assert_code(&cite(root, &["--fix"]), 1);
    assert_eq!(fs::read(root.join("lacuna.lock")).expect("it is there"), lock);

    // One gap after the other.
    assert_code(&cite(root, &["--accept", "--only", "ga-1"]), 0);
    let run = cite(root, &["--check"]);
    assert_code(&run, 1);
    assert!(!stdout(&run).contains("10-12") && stdout(&run).contains("20: edited"));
    assert_code(&cite(root, &["--check", "--only", "GA-1"]), 0);
    assert_code(&cite(root, &["--accept", "--only", LEDGER]), 0);
    assert_code(&cite(root, &["--check"]), 0);
    let run = cite(root, &["--accept", "--only", "GA-9"]);
    assert_code(&run, 2);
    assert!(stderr(&run).contains("`GA-9`"), "{}", stderr(&run));
}

#[test]
fn check_and_explain_speak_of_the_lock_too() {
    let project = project(ledger(&["Chunk-001:10-12"]).as_bytes(), 40);
    let root = project.path();
    assert_code(&cite(root, &["--accept"]), 0);
    write_chunk(root, &research(40)[5..]);
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lacuna"));
        command.args(arguments).current_dir(root).output().expect("the program starts")
    };
    assert!(stdout(&run(&["check"])).contains("warning[citation-moved]"));
    fs::write(root.join("lacuna.lock"), "version = 1\n<<<<<<< ours\n").expect("it is written");
    let found = run(&["check"]);
    assert_code(&found, 1);
    assert!(stdout(&found).contains("error[lock-invalid]"), "{}", stdout(&found));
    assert!(stdout(&found).contains("--> lacuna.lock:2:1"), "{}", stdout(&found));
    // Nothing but an explicit wish replaces it.
    assert_code(&cite(root, &["--check"]), 1);
    assert_code(&cite(root, &["--fix"]), 1);
    assert!(fs::read_to_string(root.join("lacuna.lock")).is_ok_and(|text| text.contains("<<<")));
    assert_code(&cite(root, &["--accept"]), 0);
    assert_code(&cite(root, &["--check"]), 0);
}

/// Bytes that are no UTF-8, a byte-order mark, both line ends: all is kept but the digits.
#[test]
fn a_fix_changes_the_digits_and_no_other_byte() {
    let text = "\u{feff}# Gap analysis\r\n\r\n### 1. Gap 12\r\n**Evidence**: Chunk-001.txt (lines \
                10–12), Chunk-001 line 20\nEnd of 10-12  ";
    let mut bytes = text.as_bytes().to_vec();
    bytes.extend(b"\xff\xe9\r\n");
    let project = project(&bytes, 40);
    let root = project.path();
    assert_code(&cite(root, &["--accept"]), 0);
    let mut lines = research(40);
    lines.splice(0..0, (0..90).map(|n| format!("Above {n}")));
    write_chunk(root, &lines);
    assert_code(&cite(root, &["--fix"]), 0);
    let mut wanted = text
        .replace("(lines 10–12)", "(lines 100–102)")
        .replace("line 20", "line 110")
        .into_bytes();
    wanted.extend(b"\xff\xe9\r\n");
    let found = fs::read(root.join(LEDGER)).expect("it is there");
    assert_eq!(String::from_utf8_lossy(&found), String::from_utf8_lossy(&wanted));
    assert_eq!(found, wanted);
    assert_code(&cite(root, &["--check", "--strict"]), 0);
}

/// However the research shifts, `--fix` makes the check clean and changes nothing but digits.
#[test]
fn after_a_fix_the_check_is_clean() {
    let citations =
        ["Chunk-001.txt (lines 10-14)", "`Chunk-001` lines 20, 25", "Chunk-001#L30-L31"];
    let original = ledger(&citations);
    let without_digits = |text: &str| text.replace(|c: char| c.is_ascii_digit(), "");
    let mut seed = 3_usize;
    for round in 0..12 {
        let project = project(original.as_bytes(), 40);
        let root = project.path();
        assert_code(&cite(root, &["--accept"]), 0);
        let mut lines: Vec<String> = research(40);
        for _ in 0..4 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
            // Between the cited passages only.
            let text = ["Note 8 ", "Note 16 ", "Note 22 ", "Note 28 "][(seed >> 33) % 4];
            let at = lines.iter().position(|line| line.starts_with(text)).expect("it is there");
            lines.splice(at..at, (0..(seed >> 40) % 5).map(|n| format!("Round {round}, {n}")));
        }
        write_chunk(root, &lines);
        cite(root, &["--fix"]);
        assert_code(&cite(root, &["--check", "--strict"]), 0);
        let fixed = fs::read_to_string(root.join(LEDGER)).expect("it is there");
        assert_eq!(without_digits(&fixed), without_digits(&original));
    }
}

/// Whenever the program is stopped, the lock is the old one or the new one, never a part.
#[test]
fn a_stopped_program_leaves_a_whole_lock() {
    let citations: Vec<String> =
        (1..1_500).map(|n| format!("Chunk-001 (lines {n}-{})", n + 20)).collect();
    let citations: Vec<&str> = citations.iter().map(String::as_str).collect();
    let project = project(ledger(&citations).as_bytes(), 2_000);
    let root = project.path();
    assert_code(&cite(root, &["--accept", "-q"]), 0);
    let old = fs::read(root.join("lacuna.lock")).expect("it is there");
    let mut lines = research(2_000);
    lines.iter_mut().for_each(|line| line.push_str(" again"));
    write_chunk(root, &lines);
    let mut whole = 0;
    for step in 1..=8 {
        fs::write(root.join("lacuna.lock"), &old).expect("it can be written");
        let mut child = command(root, &["--accept", "-q"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        std::thread::sleep(Duration::from_millis(step * 110));
        let _ = child.kill();
        child.wait().expect("it ends");
        let text = fs::read_to_string(root.join("lacuna.lock")).expect("there is always a lock");
        assert!(lacuna::read::lock::read(&text).is_ok(), "a part of a lock was left");
        whole += 1;
    }
    assert_eq!(whole, 8);
    // What a stopped program left beside it is never read and does not stand in the way.
    assert_code(&cite(root, &["--accept", "-q"]), 0);
    assert_code(&cite(root, &["--check", "-q"]), 0);
}
