//! Bad input gives a diagnostic with its place and every other page: one broken file never hides
//! the others.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests write repositories and run the program"
)]

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
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
    let export = export(project);
    let found = export["diagnostics"].as_array().expect("a list").iter().map(|d| {
        let text = |key: &str| d[key].as_str().unwrap_or_default().to_owned();
        (text("code"), text("path"), d["line"].as_u64())
    });
    (run.0, found.collect())
}

fn export(project: &Path) -> Value {
    let export = Command::new(env!("CARGO_BIN_EXE_lacuna"))
        .arg("export")
        .arg(project)
        .output()
        .expect("the program starts");
    serde_json::from_slice(&export.stdout).expect("the export is JSON")
}

/// The export of a project with one ledger, and what it says is wrong with it: code, line.
fn ledger(text: &str) -> (Value, Vec<(String, Option<u64>)>) {
    let project = project(&[("docs/GAP-ANALYSIS.md", text.as_bytes())]);
    let (_, found) = outcome(project.path());
    let of_ledger = found.into_iter().filter(|(_, path, _)| path == "docs/GAP-ANALYSIS.md");
    (export(project.path()), of_ledger.map(|(code, _, line)| (code, line)).collect())
}

/// A gap under a heading, with the two labels that all of them have.
fn gap(name: &str, more: &str) -> String {
    format!("## {name}\n\n- **Status**: open\n- **Priority**: P1\n{more}\n")
}

/// One field of every gap.
fn each(export: &Value, field: &str) -> Vec<Value> {
    export["gaps"].as_array().expect("a list").iter().map(|gap| gap[field].clone()).collect()
}

/// Whether a diagnostic is among those found; the line as it is counted by people.
#[track_caller]
fn assert_has(found: &[(String, Option<u64>)], code: &str, line: Option<u64>) {
    assert!(found.iter().any(|(c, l)| c == code && *l == line), "no {code} {line:?} in {found:?}");
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
fn decisions_that_change_one_that_nobody_wrote() {
    let text = b"# 1. One\n\n## Status\n\nAccepted\n\nAmends ADR-7\n\nSupersedes ADR-8\n\n\
                 ## Decision\n\nYes.\n";
    let found = [
        ("decision-unknown", "adr/0001-one.md", None),
        ("supersedes-unknown", "adr/0001-one.md", Some(7)),
        ("supersedes-unknown", "adr/0001-one.md", Some(9)),
    ];
    check(&[("adr/0001-one.md", text)], 0, &found);
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

#[test]
fn a_ledger_with_a_table_of_ten_thousand_rows() {
    let mut text = String::from("# Gap analysis\n\n| # | Gap | Priority |\n|---|---|---|\n");
    for row in 1..=10_000 {
        // One row in seven lacks its end, one in eleven has a cell too many.
        let end = if row % 7 == 0 { "" } else { " |" };
        let more = if row % 11 == 0 { " | more" } else { "" };
        text.push_str(&format!("| {row} | Gap {row} of a long list | P{}{more}{end}\n", row % 5));
    }
    let project = project(&[("docs/GAP-ANALYSIS.md", text.as_bytes())]);
    let export = export(project.path());
    let numbers = each(&export, "number");
    assert_eq!(numbers.len(), 10_000);
    assert_eq!((&numbers[0], &numbers[9_999]), (&json!("1"), &json!("10000")));
    assert!(each(&export, "priority").iter().all(|priority| !priority.is_null()));
}

#[test]
fn a_ledger_with_lists_a_hundred_deep() {
    let mut text = format!("# Gap analysis\n\n{}", gap("GAP-001: Ropes", ""));
    for depth in 0..100 {
        text.push_str(&format!("{}- [ ] Step {depth}\n", "  ".repeat(depth)));
    }
    text.push_str(&format!("\n{}", gap("GAP-002: Knots", "")));
    let (export, _) = ledger(&text);
    assert_eq!(each(&export, "title"), [json!("Ropes"), json!("Knots")]);
    let tasks = export["gaps"][0]["tasks"].as_array().expect("a list");
    assert_eq!(tasks.len(), 100, "every step is kept, however deep");
    assert_eq!(tasks[99]["text"], "Step 99");
}

#[test]
fn a_ledger_with_a_fence_that_is_never_closed() {
    let (open, swallowed) = (gap("GAP-001: Ropes", ""), gap("GAP-002: Knots", ""));
    let (export, found) = ledger(&format!("# Gap analysis\n\n{open}```\n{swallowed}"));
    assert_eq!(each(&export, "title"), [json!("Ropes")], "what stands in a fence is no gap");
    assert_has(&found, "fence-unclosed", Some(8));
}

#[test]
fn a_ledger_that_gives_a_number_twice() {
    let gaps = ["GAP-001: Ropes", "GAP-001: Knots", "GAP-002: Hooks"].map(|name| gap(name, ""));
    let (export, _) = ledger(&format!("# Gap analysis\n\n{}", gaps.concat()));
    assert_eq!(each(&export, "title"), [json!("Ropes"), json!("Knots"), json!("Hooks")]);
    assert_eq!(each(&export, "id"), [json!("GAP-001"), json!("GAP-001-2"), json!("GAP-002")]);
    let all = export["diagnostics"].as_array().expect("a list");
    let found = all.iter().find(|d| d["code"] == "ledger-contradiction").expect("it is there");
    assert_eq!(found["message"], "GAP-001 is the number of `Ropes` and of `Knots`");
    assert_eq!(found["help"], "line 3: `Ropes`, line 8: `Knots`");
}

#[test]
fn gaps_that_wait_for_each_other() {
    let needs = [
        ("GAP-001: A", "GAP-002"),
        ("GAP-002: B", "GAP-003"),
        ("GAP-003: C", "GAP-001"),
        ("GAP-004: D", "GAP-004"),
        ("GAP-005: E", "GAP-001, GAP-004"),
    ];
    let gaps = needs.map(|(name, needs)| gap(name, &format!("- **Depends on**: {needs}\n")));
    let (export, found) = ledger(&format!("# Gap analysis\n\n{}", gaps.concat()));
    assert_eq!(each(&export, "id").len(), 5);
    assert_has(&found, "dependency-cycle", Some(3));
    let all = export["diagnostics"].as_array().expect("a list");
    let circles = all.iter().filter(|d| d["code"] == "dependency-cycle");
    let messages: Vec<&str> = circles.map(|d| d["message"].as_str().expect("text")).collect();
    assert_eq!(
        messages,
        [
            "3 gaps depend on each other in a circle: GAP-001 → GAP-002 → GAP-003 → GAP-001",
            "GAP-004 depends on itself"
        ],
        "one for each circle"
    );
}

#[test]
fn a_ledger_that_cites_itself() {
    let own = "- **Evidence**: GAP-ANALYSIS.md (lines 1-3)\n\
               - **Recommendation**: Expand GAP-ANALYSIS.md with knots\n";
    let (export, found) = ledger(&format!("# Gap analysis\n\n{}", gap("GAP-001: Ropes", own)));
    let gap = &export["gaps"][0];
    assert_eq!(gap["evidence"][0]["resolved"]["path"], "docs/GAP-ANALYSIS.md");
    assert_eq!(gap["coverage"], "uncovered", "a ledger does not fill its own gaps");
    assert_has(&found, "gap-cites-itself", Some(7));
}

#[test]
fn waivers_that_do_not_hold() {
    let gap = |id: &str, waived: &str| {
        format!(
            "---\nid: {id}\ntitle: Gap {id}\npriority: P1\ntargets: [docs/t.md]\n{waived}---\n\nText.\n"
        )
    };
    let files = [
        ("gaps/a.md", gap("W-1", "waived:\n  reason: later\n  owner: Ann\n  until: 2020-01-31\n")),
        ("gaps/b.md", gap("W-2", "waived:\n  reason: later\n")),
        ("gaps/c.md", gap("W-3", "waived:\n  owner: Ann\n")),
        ("gaps/d.md", gap("W-4", "waived: true\n")),
        ("gaps/e.md", gap("W-5", "waived:\n  reason: later\n  owner: Ann\n  until: soon\n")),
    ];
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(path, text)| (*path, text.as_bytes())).collect();
    let found = [
        ("waiver-expired", "gaps/a.md", Some(6)),
        ("waiver-incomplete", "gaps/b.md", Some(6)),
        ("waiver-incomplete", "gaps/c.md", Some(6)),
        ("waiver-incomplete", "gaps/d.md", Some(6)),
        ("waiver-incomplete", "gaps/e.md", Some(6)),
    ];
    check(&files, 0, &found);
    let project = project(&files);
    let states = each(&export(project.path()), "coverage");
    assert!(states.iter().all(|state| state == "uncovered"), "{states:?}");
}

#[test]
fn text_that_went_through_a_wrong_encoding() {
    let gap = gap("GAP-001: Ropes â€” old âœ…", "");
    let (export, found) = ledger(&format!("# Gap analysis\n\n{gap}"));
    let title = each(&export, "title")[0].as_str().expect("text").to_owned();
    assert!(title.starts_with("Ropes — old"), "{title}");
    assert_has(&found, "text-repaired", Some(3));
}
