//! `lacuna status` and `lacuna next` as people and scripts see them, and the promise that every
//! figure is the same wherever it is shown.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests write repositories, run the program and read its output"
)]

mod schema;

use std::{
    collections::BTreeMap,
    path::Path,
    process::{Command, Output},
};

use schema::Schema;
use serde_json::Value;
use tempfile::TempDir;

/// One gap analysis over four documents: one written, one a stub, one that says nothing of its
/// gap, two that do not exist; and claims that do not hold.
fn harbour() -> TempDir {
    let prose = "The keeper walks the quay at dusk and lights the lamps one after the other. ";
    let long = prose.repeat(6);
    repository(&[
        (
            "docs/GAP-ANALYSIS.md",
            "# Harbour gap analysis\n\n\
             ## Critical gaps\n\n\
             ### 1. Lamp oil\n\n\
             - **Status**: ✅ DONE\n- **Priority**: P0\n- **Effort**: 3 days\n\
             - **Evidence**: tides.txt (lines 2-3)\n- **Recommendation**: Create docs/lamp-oil.md\n\n\
             ### 2. Tide tables\n\n\
             - **Status**: ❌ MISSING\n- **Priority**: P1\n- **Depends on**: 1\n\
             - **Evidence**: tides.txt (lines 2-3)\n- **Recommendation**: Create docs/tides.md\n\n\
             ### 3. Fog horn\n\n\
             - **Status**: ❌ MISSING\n- **Priority**: P1\n- **Recommendation**: Create docs/horn.md\n\n\
             ### 4. Ropes\n\n\
             - **Priority**: P2\n- **Recommendation**: Create docs/ropes.md, Create docs/tides.md\n\n\
             ### 5. Gulls @everyone | more\n\n\
             - **Status**: ✅ DONE\n- **Priority**: P3\n- **Recommendation**: Expand docs/gulls.md\n\n\
             ### 6. Paint\n\n\
             - **Priority**: P4\n",
        ),
        ("docs/horn.md", &format!("# Fog horn\n\nThis answers GA-3. {long}\n")),
        ("docs/ropes.md", "# Ropes\n\nTo be written.\n"),
        ("docs/gulls.md", &format!("# Gulls\n\n{long}\n")),
        ("research/tides.txt", "Tides\nThe water rises twice a day.\nOil floats on it.\n"),
    ])
}

#[test]
fn status_reads_as_a_person_would_say_it() {
    let run = lacuna(harbour().path(), &["status"]);
    assert_eq!(run.status.code(), Some(0));
    let expected = "\
Ledger                                   covered partial uncovered waived  share
Harbour gap analysis                           1       2         3      0   17 %

Priority                                 covered partial uncovered waived  share
P0                                             0       0         1      0    0 %
P1                                             1       0         1      0   50 %
P2                                             0       1         0      0    0 %
P3                                             0       1         0      0    0 %
P4                                             0       0         1      0    0 %

covered    P1  GA-3  Fog horn  underclaimed
               docs/horn.md: it names GA-3 (93 words)
partial    P2  GA-4  Ropes
               docs/tides.md does not exist; 1 more is open
partial    P3  GA-5  Gulls @everyone | more  overclaimed
               docs/gulls.md: it exists (90 words), but does not name the gap
uncovered  P4  GA-6  Paint
               no document is named that would fill it
uncovered  P1  GA-2  Tide tables
               docs/tides.md does not exist
uncovered  P0  GA-1  Lamp oil  overclaimed
               docs/lamp-oil.md does not exist

Claims: 2 overclaimed, 1 underclaimed, 1 agree, nothing is claimed of 2
1 of 6 gaps covered (17 %, by weight 20 %), 2 partial, 3 uncovered
";
    assert_eq!(stdout(&run), expected);
    assert_eq!(stderr(&run), "");
}

#[test]
fn status_is_plain_and_narrow_unless_it_is_asked_for_colour() {
    let harbour = harbour();
    for arguments in [&["status"][..], &["next"], &["status", "-v"]] {
        let said = stdout(&lacuna(harbour.path(), arguments));
        assert!(!said.contains('\u{1b}'), "{arguments:?}");
        let widest = said.lines().map(|line| line.chars().count()).max();
        assert!(widest.is_some_and(|widest| widest <= 80), "{arguments:?}: {widest:?}\n{said}");
        let mut coloured = arguments.to_vec();
        coloured.extend(["--color", "always"]);
        let coloured = stdout(&lacuna(harbour.path(), &coloured));
        assert!(coloured.contains("\u{1b}["), "{arguments:?}");
    }
    let no_color = command(harbour.path(), &["status"])
        .env("NO_COLOR", "1")
        .env("CLICOLOR_FORCE", "1")
        .output()
        .expect("the program starts");
    assert!(!stdout(&no_color).contains('\u{1b}'));
    let quiet = stdout(&lacuna(harbour.path(), &["status", "-q"]));
    assert_eq!(quiet.lines().count(), 1, "{quiet}");
}

#[test]
fn a_comment_for_a_pull_request_notifies_nobody() {
    let said = stdout(&lacuna(harbour().path(), &["status", "--format", "markdown"]));
    assert!(said.starts_with("### "), "{said}");
    for line in [
        "| P1 | 1 | 0 | 1 | 0 | 50 % |",
        "| GA-1 Lamp oil | P0 | ✅ DONE (line 7) | uncovered: docs/lamp-oil.md does not exist |",
        "<details><summary>5 open gaps</summary>",
    ] {
        assert!(said.lines().any(|own| own == line), "no `{line}` in\n{said}");
    }
    assert!(said.contains("Gulls @<!---->everyone \\| more"), "{said}");
}

#[test]
fn next_names_the_document_that_fills_the_most() {
    let run = lacuna(harbour().path(), &["next"]);
    assert_eq!(run.status.code(), Some(0));
    let expected = "\u{20}1. write docs/lamp-oil.md (weight 8, then 33 %)
    fills  P0 GA-1 Lamp oil (3 days)
     from  research/tides.txt:2-3 for GA-1
             “The water rises twice a day.”

 2. write docs/tides.md (weight 5, then 50 %)
    fills  P1 GA-2 Tide tables (after GA-1)
    helps  P2 GA-4 Ropes
     from  research/tides.txt:2-3 for GA-2
             “The water rises twice a day.”

 3. extend docs/gulls.md (weight 1, then 67 %)
    fills  P3 GA-5 Gulls @everyone | more

 4. fill the stub docs/ropes.md (weight 1, then 83 %)
    fills  P2 GA-4 Ropes

1 open gap names no document; `lacuna status` says which
";
    assert_eq!(stdout(&run), expected);

    let first = stdout(&lacuna(harbour().path(), &["next", "--max", "1"]));
    assert!(first.contains("… and 3 more documents: `lacuna next --max 4`"), "{first}");
    let tasks = stdout(&lacuna(harbour().path(), &["next", "--format", "markdown"]));
    let line = "- [ ] write **docs/lamp-oil.md**: weight 8, then 33 % covered";
    assert!(tasks.lines().any(|own| own == line), "{tasks}");
}

#[test]
fn the_weights_are_the_project_s_own() {
    let harbour = harbour();
    put(harbour.path(), "lacuna.toml", "[weights]\nP3 = 100\n");
    let said = stdout(&lacuna(harbour.path(), &["next", "--max", "1"]));
    assert!(said.starts_with(" 1. extend docs/gulls.md (weight 100,"), "{said}");
    let status = json(harbour.path(), &["status", "--format", "json"]);
    assert_eq!(status["drift"][0]["id"], "GA-5", "the board has the same weights");
}

#[test]
fn no_gap_is_never_silent() {
    for (files, expected) in [
        (&[("a.md", "# Letter\n\nDear reader.\n")][..], "no file was taken for a gap analysis"),
        (&[("gap-analysis.md", "# Gap analysis\n\nAll is well.\n")], "gap-analysis.md is a gap"),
    ] {
        let repository = repository(files);
        let said = stdout(&lacuna(repository.path(), &["status"]));
        for words in ["Looked for:", "[[collection]]", expected] {
            assert!(said.contains(words), "no `{words}` in\n{said}");
        }
        assert!(said.ends_with("\n0 gaps found\n"), "{said}");
        let comment = stdout(&lacuna(repository.path(), &["status", "--format", "markdown"]));
        assert!(comment.contains("Looked for:"), "{comment}");
        let value = json(repository.path(), &["status", "--format", "json"]);
        assert_eq!(value["sought"]["files"], 1);
        assert_eq!(value["coverage"]["overall"]["percent"], Value::Null, "0 of 0 is no share");
        let next = stdout(&lacuna(repository.path(), &["next"]));
        assert!(next.contains("`lacuna status` says what was looked for"), "{next}");
        let site = site(repository.path());
        assert!(site["gaps/index.html"].contains("Looked for:"));
    }
}

#[test]
fn figures_are_grouped_by_the_words_of_the_text() {
    let gap = |id: &str, more: &str| {
        format!("---\nid: {id}\ntitle: Thing {id}\n{more}---\n\nWords about the thing.\n")
    };
    let repository = repository(&[
        ("gaps/a.md", &gap("LAC-1", "category: Security\npriority: P0\n")),
        ("gaps/b.md", &gap("LAC-2", "category: security\n")),
        ("gaps/c.md", &gap("LAC-3", "waived:\n  reason: Too small\n  owner: Ada\n")),
    ]);
    let status = json(repository.path(), &["status", "--format", "json"]);
    let labels = |name: &str| -> Vec<String> {
        let groups = status["coverage"][name].as_array().expect("groups");
        let of = |g: &Value| format!("{} {} {}", g["label"], g["total"], g["percent"]);
        groups.iter().map(of).collect()
    };
    assert_eq!(labels("by_category"), ["\"Security\" 2 0", "\"No category\" 1 null"]);
    assert_eq!(labels("by_kind"), ["\"Gap records\" 3 0"]);
    assert_eq!(labels("by_phase"), [""; 0], "no gap has a phase");
    assert_eq!(status["coverage"]["weighted"]["counted"], 9, "the waived weigh nothing");
    let verbose = stdout(&lacuna(repository.path(), &["status", "-v"]));
    assert!(verbose.contains("\nCategory  "), "{verbose}");
    assert!(verbose.starts_with("Ledger"), "{verbose}");
    assert!(
        verbose.contains("waived     --  LAC-3  Thing LAC-3\n               waived: Too small")
    );
}

#[test]
fn every_figure_is_the_same_wherever_it_is_shown() {
    let harbour = harbour();
    let status = json(harbour.path(), &["status", "--format", "json"]);
    let export = json(harbour.path(), &["export"]);
    let plan = json(harbour.path(), &["next", "--format", "json"]);
    let site = site(harbour.path());
    assert_eq!(status["coverage"], export["coverage"]);
    assert_eq!(plan["coverage"], export["coverage"]["overall"]);

    let overall = &export["coverage"]["overall"];
    let count = |name: &str| overall[name].as_u64().unwrap_or_else(|| panic!("{name}"));
    let (covered, counted) = (count("covered"), count("total") - count("waived"));
    let badge: Value = serde_json::from_str(&site["badges/coverage.json"]).expect("a badge");
    assert_eq!(badge["message"], format!("{covered} of {counted}"));
    for page in ["index.html", "gaps/index.html", "plan.html"] {
        let text = &site[page];
        assert!(text.contains(&format!("{covered} of {counted} gaps covered")), "{page}");
        assert!(text.contains(&format!("<strong>{}<span>%", count("percent"))), "{page}");
    }
    for group in export["coverage"]["by_priority"].as_array().expect("groups") {
        let label = group["label"].as_str().expect("a label").to_lowercase();
        let badge = &site[&format!("badges/coverage-{label}.json")];
        let badge: Value = serde_json::from_str(badge).expect("a badge");
        assert_eq!(badge["message"], format!("{} of {}", group["covered"], group["total"]));
    }
    let drift = &export["coverage"]["drift"];
    for state in ["overclaimed", "underclaimed", "agrees", "unknown"] {
        let said = export["gaps"].as_array().expect("gaps").iter().filter(|g| g["drift"] == state);
        assert_eq!(drift[state].as_u64(), Some(said.count() as u64), "{state}");
        let page = site["drift.html"].split(&format!("class=\"n-{state}")).nth(1);
        let page = page.expect("the board counts every state");
        assert!(page.contains(&format!("<b>{}</b>", drift[state])), "{state}");
    }
}

#[test]
fn the_first_table_is_that_of_claims_that_do_not_hold() {
    let site = site(harbour().path());
    for page in ["index.html", "drift.html"] {
        let (_, table) = site[page].split_once("<table").expect("the page has a table");
        assert!(table.starts_with(" class=\"board"), "{page}");
        let table = table.split("</table>").next().unwrap_or_default();
        let worst = table.find("GA-1").expect("the worst is on the board");
        assert!(table.find("GA-5").is_some_and(|next| worst < next), "{page}");
        assert!(!table.contains("GA-2"), "{page}: what agrees is not on the board");
    }
    let board = &site["drift.html"];
    assert!(board.contains("GAP-ANALYSIS.md.lines.html#L7\">line 7</a>"), "{board}");
    assert!(site["docs/GAP-ANALYSIS.md.lines.html"].contains("id=\"L7\""));
    assert!(board.contains("GA-2"), "what agrees is listed below");
}

#[test]
fn one_document_answers_to_many_names() {
    let gap = |number: u32, asks: &str| {
        format!(
            "### {number}. Thing {number}\n\n- **Priority**: P1\n- **Recommendation**: {asks}\n\n"
        )
    };
    let asks = [
        "Create docs/anchors.md",
        "Create docs/buoys.md or docs/anchors.md",
        "Add section to anchors.md#chains",
        "Create [[docs/anchors.md]]",
        "Create docs/anchors.md, Expand docs/anchors.md#moorings",
        "Create notes.md",
    ];
    let gaps: String = (1..).zip(asks).map(|(number, ask)| gap(number, ask)).collect();
    let ledger = format!("# Gap analysis\n\n{gaps}");
    // Two files fit the last name, so nobody knows which to write.
    let repository = repository(&[
        ("GAP-ANALYSIS.md", &ledger),
        ("a/notes.md", "# Notes\n"),
        ("b/notes.md", "# Notes\n"),
    ]);
    let plan = json(repository.path(), &["next", "--format", "json"]);
    let steps = plan["steps"].as_array().expect("steps");
    let documents: Vec<&Value> = steps.iter().map(|step| &step["document"]).collect();
    assert_eq!(documents, ["docs/anchors.md"], "{plan:#}");
    assert_eq!(steps[0]["fills"].as_array().map(Vec::len), Some(5), "{plan:#}");
    assert_eq!(steps[0]["gain"], 20.0);
}

#[test]
fn dependencies_in_a_circle_do_not_hang() {
    let mut ledger = "# Gap analysis\n\n".to_owned();
    for n in 1..=300 {
        let before = if n == 1 { 300 } else { n - 1 };
        ledger.push_str(&format!(
            "### {n}. Thing {n}\n\n- **Priority**: P1\n- **Depends on**: {before}\n- **Recommendation**: Create \
             docs/t{n}.md\n\n"
        ));
    }
    let repository = repository(&[("GAP-ANALYSIS.md", &ledger)]);
    let value = json(repository.path(), &["next", "--max", "1000", "--format", "json"]);
    assert_eq!(value["steps"].as_array().map(Vec::len), Some(300));
}

#[test]
fn reports_fit_their_schema() {
    let harbour = harbour();
    let schema = Schema::read();
    let status = json(harbour.path(), &["status", "--format", "json"]);
    let plan = json(harbour.path(), &["next", "--format", "json"]);
    let empty = repository(&[("gap-analysis.md", "# Gap analysis\n\nAll is well.\n")]);
    let sought = json(empty.path(), &["status", "--format", "json"]);
    let mut faults = schema.faults("Status", &status);
    faults.extend(schema.faults("Plan", &plan));
    faults.extend(schema.faults("Sought", &sought["sought"]));
    assert!(faults.is_empty(), "{faults:#?}");
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    let run = lacuna(folder, arguments);
    serde_json::from_slice(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}", stderr(&run)))
}

/// The text files of the site by route.
fn site(repository: &Path) -> BTreeMap<String, String> {
    let out = TempDir::new().expect("a folder for the site");
    let folder = out.path().join("site");
    let target = folder.to_string_lossy().into_owned();
    let run = lacuna(repository, &["build", ".", "-q", "-o", &target]);
    assert!(matches!(run.status.code(), Some(0 | 1)), "{}", stderr(&run));
    let mut files = BTreeMap::new();
    collect(&folder, "", &mut files);
    files
}

fn collect(folder: &Path, below: &str, files: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).expect("the site is readable") {
        let entry = entry.expect("the site is readable");
        let name = format!("{below}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{name}/"), files);
        } else if let Ok(text) = std::fs::read_to_string(entry.path()) {
            files.insert(name, text);
        }
    }
}

fn repository(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("a folder for the repository");
    files.iter().for_each(|(path, text)| put(folder.path(), path, text));
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

fn stdout(run: &Output) -> String {
    String::from_utf8_lossy(&run.stdout).into_owned()
}

fn stderr(run: &Output) -> String {
    String::from_utf8_lossy(&run.stderr).into_owned()
}
