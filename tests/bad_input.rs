//! Bad input gives a diagnostic with its place and every other page: one broken file never hides
//! the others.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests write repositories and run the program"
)]

use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

/// A project of some files, with a sound page beside them.
fn project(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let sound = ("docs/sound.md", b"# Sound\n\nThis page has nothing wrong with it.\n".as_slice());
    for (path, bytes) in files.iter().copied().chain([sound]) {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder");
        std::fs::write(path, bytes).expect("the folder is writable");
    }
    folder
}

/// The exit code of a build, and what `export` says is wrong: code, path, line.
fn outcome(project: &Path) -> (i32, Vec<(String, String, Option<u64>)>) {
    let out = TempDir::new().expect("a folder for the site");
    let site = out.path().join("site");
    let run = Command::new(env!("CARGO_BIN_EXE_lacuna"))
        .arg("build")
        .arg(project)
        .arg("-o")
        .arg(&site)
        .arg("-q")
        .output()
        .expect("the program starts");
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(site.join("docs/sound.html").is_file(), "the sound page is lost:\n{said}");
    let run = (run.status.code().expect("an exit code"), said);
    let export = Command::new(env!("CARGO_BIN_EXE_lacuna"))
        .arg("export")
        .arg(project)
        .output()
        .expect("the program starts");
    let export: Value = serde_json::from_slice(&export.stdout).expect("the export is JSON");
    let found = export["diagnostics"].as_array().expect("a list").iter().map(|d| {
        let text = |key: &str| d[key].as_str().unwrap_or_default().to_owned();
        (text("code"), text("path"), d["line"].as_u64())
    });
    (run.0, found.collect())
}

/// Asserts that building the files exits with `exit` and reports exactly this.
#[track_caller]
fn check(files: &[(&str, &[u8])], exit: i32, expected: &[(&str, &str, Option<u64>)]) {
    let project = project(files);
    let (code, found) = outcome(project.path());
    let found: Vec<_> = found.iter().map(|(c, p, l)| (c.as_str(), p.as_str(), *l)).collect();
    assert_eq!(found, expected);
    assert_eq!(code, exit);
}

#[test]
fn bytes_that_are_not_utf8() {
    let found = [("invalid-utf8", "docs/a.md", Some(3))];
    check(&[("docs/a.md", b"# A\n\n\xff\xfe text\n")], 0, &found);
}

#[test]
fn a_byte_order_mark_and_carriage_returns_are_fine() {
    check(&[("docs/a.md", b"\xef\xbb\xbf# A\r\n\r\n[sound](sound.md#sound)\r\n")], 0, &[]);
}

#[test]
fn an_empty_file() {
    check(&[("docs/a.md", b"")], 0, &[("empty-file", "docs/a.md", None)]);
}

#[test]
fn a_file_of_two_hundred_megabytes() {
    let project = project(&[]);
    let huge = std::fs::File::create(project.path().join("docs/huge.md")).expect("writable");
    huge.set_len(200_000_000).expect("a sparse file");
    let (exit, found) = outcome(project.path());
    assert_eq!(found, [("file-too-large".to_owned(), "docs/huge.md".to_owned(), None)]);
    assert_eq!(exit, 0);
}

#[test]
fn front_matter_that_does_not_parse() {
    let found = [("front-matter-invalid", "docs/a.md", Some(3))];
    check(&[("docs/a.md", b"---\ntitle: [open\nid: x\n---\n# A\n\nText.\n")], 1, &found);
}

#[test]
fn two_records_with_one_id() {
    let one = b"---\nid: same\n---\n# One\n\nText.\n".as_slice();
    let found = [("duplicate-id", "docs/b.md", None)];
    check(&[("docs/a.md", one), ("docs/b.md", one)], 1, &found);
}

#[test]
fn two_files_for_one_address() {
    let files =
        [("docs/b.markdown", b"# B\n\nText.\n".as_slice()), ("docs/b.md", b"# B\n\nText.\n")];
    let project = project(&files);
    let run = Command::new(env!("CARGO_BIN_EXE_lacuna"))
        .arg("check")
        .arg(project.path())
        .output()
        .expect("the program starts");
    let said = String::from_utf8_lossy(&run.stdout);
    assert!(said.contains("duplicate-route") && said.contains("docs/b."), "{said}");
    assert_eq!(run.status.code(), Some(1));
}

#[test]
fn decisions_that_supersede_each_other() {
    let one = b"# 1. One\n\n## Status\n\nSuperseded by [2](0002-two.md)\n\n## Decision\n\nYes.\n";
    let two = b"# 2. Two\n\n## Status\n\nSuperseded by [1](0001-one.md)\n\n## Decision\n\nNo.\n";
    let files = [("adr/0001-one.md", one.as_slice()), ("adr/0002-two.md", two.as_slice())];
    check(&files, 0, &[("supersession-cycle", "adr/0001-one.md", None)]);
}

#[test]
fn links_that_lead_nowhere() {
    let found = [
        ("broken-link", "docs/a.md", Some(3)),
        ("unknown-id", "docs/a.md", Some(4)),
        ("broken-anchor", "docs/a.md", Some(5)),
    ];
    check(
        &[("docs/a.md", b"# A\n\n[x](nowhere.md)\n[[nothing]]\n[y](sound.md#nope)\n")],
        1,
        &found,
    );
}

#[test]
fn a_citation_past_the_end() {
    let gap = b"---\nid: G-1\ntitle: Gap\nstatus: open\npriority: P1\nevidence:\n  - \
                research/r.txt (lines 2-90)\ntargets: [docs/t.md]\n---\n\nText.\n";
    let files = [("gaps/g.md", gap.as_slice()), ("research/r.txt", b"one\ntwo\nthree\n")];
    check(&files, 0, &[("citation-past-end", "gaps/g.md", Some(7))]);
}

#[test]
fn a_schema_that_does_not_parse() {
    let schema = b"syntax = \"proto3\";\nmessage A { string = 1; }\n";
    check(&[("a.proto", schema)], 1, &[("proto-parse", "a.proto", Some(2))]);
}

#[test]
fn a_diagram_and_a_template_that_fail() {
    let files = [
        ("docs/a.md", b"# A\n\n```mermaid\nflowchrt TD\n```\n".as_slice()),
        ("themes/mine/home.html", b"{{ frame.nothing.at_all }}"),
        ("lacuna.toml", b"theme = \"mine\"\nsources = [\"docs\"]\n"),
    ];
    let project = project(&files);
    let run = Command::new(env!("CARGO_BIN_EXE_lacuna"))
        .arg("check")
        .arg(project.path())
        .output()
        .expect("the program starts");
    let said = String::from_utf8_lossy(&run.stdout);
    assert!(said.contains("warning[diagram-failed]"), "{said}");
    assert!(said.contains("docs/a.md:3:1"), "{said}");
    assert!(said.contains("error[template-error]") && said.contains("home.html:1"), "{said}");
    assert_eq!(run.status.code(), Some(1));
}
