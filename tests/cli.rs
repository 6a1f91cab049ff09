//! The command line as scripts see it: exit codes, what goes to which stream, and where options may
//! stand.
//!
//! | code | meaning |
//! |---|---|
//! | 0 | done, and nothing found that the command is asked to judge |
//! | 1 | done, and there are findings of level error |
//! | 2 | not done: the command line or the folders make no sense |

#![expect(
    clippy::disallowed_methods,
    reason = "these tests write repositories and run the program"
)]

use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

#[test]
fn a_clean_build_is_0_and_says_nothing_on_stdout() {
    let (repository, out) = (clean(), TempDir::new().expect("a folder for the output"));
    let site = out.path().join("site");
    let run = lacuna(repository.path(), &["build", ".", "-o", &text(&site)]);
    assert_code(&run, 0);
    assert_eq!(stdout(&run), "", "a build's messages belong on stderr");
    assert!(site.join("index.html").is_file(), "{}", stderr(&run));
}

#[test]
fn a_quiet_clean_build_says_nothing_at_all() {
    let (repository, out) = (clean(), TempDir::new().expect("a folder for the output"));
    let site = text(&out.path().join("site"));
    let run = lacuna(repository.path(), &["build", ".", "-o", &site, "-q"]);
    assert_code(&run, 0);
    assert_eq!((stdout(&run), stderr(&run)), (String::new(), String::new()));
}

#[test]
fn check_is_0_without_errors_and_1_with_one() {
    assert_code(&lacuna(clean().path(), &["check", "."]), 0);

    let broken = broken();
    let run = lacuna(broken.path(), &["check", "."]);
    assert_code(&run, 1);
    let said = format!("{}{}", stdout(&run), stderr(&run));
    assert!(said.contains("broken-link"), "{said}");
    assert!(said.contains("docs/guide.md"), "{said}");
}

#[test]
fn every_command_has_a_manual_page() {
    let folder = TempDir::new().expect("a folder");
    let man = folder.path().join("man1");
    let run = lacuna(folder.path(), &["man", "--to", &text(&man)]);
    assert_code(&run, 0);
    assert_eq!(stdout(&run), "");
    let help = stdout(&lacuna(folder.path(), &["--help"]));
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let commands = commands.take_while(|line| !line.is_empty());
    let names = commands.filter_map(|line| line.split_whitespace().next());
    let names: Vec<&str> = names.filter(|name| *name != "help").collect();
    assert!(names.contains(&"build") && names.contains(&"man"), "{help}");
    for name in names.iter().chain(&["new-gap"]) {
        let page = std::fs::read_to_string(man.join(format!("lacuna-{name}.1"))).expect(name);
        assert!(page.contains(".SH SYNOPSIS") && page.contains("fBlacuna"), "{page}");
    }
    let page = stdout(&lacuna(folder.path(), &["man"]));
    assert_eq!(std::fs::read_to_string(man.join("lacuna.1")).ok(), Some(page.clone()));
    assert!(page.contains("lacuna\\-build(1)") && page.contains("Exit codes:"), "{page}");
}

#[test]
fn the_manual_needs_a_folder_it_can_make() {
    let folder = TempDir::new().expect("a folder");
    std::fs::write(folder.path().join("file"), "x").expect("a file");
    let run = lacuna(folder.path(), &["man", "--to", "file"]);
    assert_code(&run, 2);
    assert!(stderr(&run).contains("file"), "{}", stderr(&run));
}

#[test]
fn nonsense_on_the_command_line_is_2() {
    let repository = clean();
    for arguments in [
        &["build", "--no-such-flag"][..],
        &["no-such-verb"],
        &["build", "no-such-folder", "-o", "site"],
        &["check", "no-such-folder"],
    ] {
        let run = lacuna(repository.path(), arguments);
        assert_code(&run, 2);
        assert_eq!(stdout(&run), "", "{arguments:?}");
        assert!(!stderr(&run).is_empty(), "{arguments:?} was refused without a word");
    }
}

#[test]
fn a_folder_that_is_not_ours_is_refused_and_left_as_it_was() {
    let (repository, out) = (clean(), TempDir::new().expect("a folder for the output"));
    let precious = out.path().join("precious.txt");
    std::fs::write(&precious, "kept\n").expect("the folder is writable");
    let run = lacuna(repository.path(), &["build", ".", "-o", &text(out.path())]);
    assert_code(&run, 2);
    assert_eq!(std::fs::read_to_string(&precious).expect("the file is still there"), "kept\n");
    assert_eq!(std::fs::read_dir(out.path()).expect("the folder is still there").count(), 1);
}

#[test]
fn the_output_may_not_be_the_repository_itself() {
    let repository = clean();
    let run = lacuna(repository.path(), &["build", ".", "-o", "."]);
    assert_code(&run, 2);
    assert!(repository.path().join("docs/guide.md").is_file());
}

#[test]
fn options_stand_before_or_after_the_verb() {
    let (repository, out) = (clean(), TempDir::new().expect("a folder for the output"));
    let site = text(&out.path().join("site"));
    for arguments in [
        ["build", ".", "-o", &site, "-q"],
        ["-q", "build", "-o", &site, "."],
        ["build", "-q", "-o", &site, "."],
    ] {
        let run = lacuna(repository.path(), &arguments);
        assert_code(&run, 0);
        assert_eq!(stderr(&run), "", "{arguments:?}");
    }
}

#[test]
fn no_color_is_honoured() {
    let broken = broken();
    for arguments in
        [&["check", "."][..], &["explain", "docs/guide.md"], &["check", "--no-such-flag"]]
    {
        let run = command(broken.path(), arguments)
            .env("NO_COLOR", "1")
            .env("CLICOLOR_FORCE", "1")
            .output()
            .expect("the program starts");
        let escape = |bytes: &[u8]| bytes.contains(&0x1b);
        assert!(!escape(&run.stdout) && !escape(&run.stderr), "colour in {arguments:?}");
    }
}

#[test]
fn explain_names_the_kind_of_a_file_and_why() {
    let repository = clean();
    for (file, kind) in
        [("docs/adr/0001-keep-one-ledger.md", "decision"), ("docs/guide.md", "document")]
    {
        let run = lacuna(repository.path(), &["explain", file]);
        assert_code(&run, 0);
        let said = stdout(&run).to_lowercase();
        assert!(said.contains(kind), "{file}: no `{kind}` in\n{said}");
        assert!(said.contains("because"), "{file}: no reason in\n{said}");
    }
}

#[test]
fn explain_of_nothing_known_is_2() {
    assert_code(&lacuna(clean().path(), &["explain", "NO-SUCH-THING-77"]), 2);
}

#[test]
fn an_export_is_one_json_value_on_stdout() {
    for repository in [clean(), broken()] {
        let run = lacuna(repository.path(), &["export", "--format", "json"]);
        let value: serde_json::Value =
            serde_json::from_slice(&run.stdout).expect("stdout holds JSON and nothing else");
        for key in ["gaps", "records", "links", "diagnostics"] {
            assert!(value.get(key).is_some_and(|list| list.is_array()), "no list `{key}`");
        }
        let again = lacuna(repository.path(), &["export", "--format", "json"]);
        assert!(run.stdout == again.stdout, "two exports of one tree differ");
    }
}

#[test]
fn help_and_version_are_data() {
    let repository = clean();
    for argument in ["--help", "--version"] {
        let run = lacuna(repository.path(), &[argument]);
        assert_code(&run, 0);
        assert!(stdout(&run).contains("lacuna"));
        assert_eq!(stderr(&run), "");
    }
}

/// A repository in which nothing is wrong.
fn clean() -> TempDir {
    repository(&[
        ("README.md", "# Ferry times\n\nStart with the [guide](docs/guide.md#boarding).\n"),
        (
            "docs/guide.md",
            "# Guide\n\n## Boarding\n\nGates close five minutes before the bell, as \
             [decided](adr/0001-keep-one-ledger.md).\n",
        ),
        (
            "docs/adr/0001-keep-one-ledger.md",
            "# 1. Keep one ledger\n\nDate: 2024-03-02\n\n## Status\n\nAccepted\n\n## Context\n\nTwo \
             clerks kept two books, and the books disagreed.\n\n## Decision\n\nThere is one book, and \
             both clerks write in it.\n\n## Consequences\n\nA clerk waits while the other writes.\n",
        ),
    ])
}

/// The same, with a link that leads nowhere.
fn broken() -> TempDir {
    let repository = clean();
    put(repository.path(), "docs/guide.md", "# Guide\n\nSee the [fares](fares.md).\n");
    put(
        repository.path(),
        "README.md",
        "# Ferry times\n\nStart with the [guide](docs/guide.md).\n",
    );
    repository
}

fn repository(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("a folder for the repository");
    for (path, text) in files {
        put(folder.path(), path, text);
    }
    folder
}

fn put(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    std::fs::create_dir_all(path.parent().expect("a file stands in a folder"))
        .expect("the folder is writable");
    std::fs::write(path, text).expect("the folder is writable");
}

fn lacuna(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().expect("the program starts")
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lacuna"));
    command.args(arguments).current_dir(folder);
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "GITHUB_ACTIONS", "CI"] {
        command.env_remove(name);
    }
    command
}

fn assert_code(run: &Output, code: i32) {
    assert_eq!(run.status.code(), Some(code), "stdout:\n{}\nstderr:\n{}", stdout(run), stderr(run));
}

fn stdout(run: &Output) -> String {
    String::from_utf8_lossy(&run.stdout).into_owned()
}

fn stderr(run: &Output) -> String {
    String::from_utf8_lossy(&run.stderr).into_owned()
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
