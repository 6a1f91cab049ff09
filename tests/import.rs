//! `lacuna import`: the records it writes export the same gaps as the ledger did.
//!
//! Each case exports a project, imports its ledger, removes the ledger and exports again. What a
//! gap says must be the same, but for where it says it: lines, pages and the ledger's name.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests write repositories and run the program"
)]

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;
use tempfile::TempDir;

const LEDGER: &str = "\
# Gap analysis

## 1. **Rate limits** ⚠️ (30% Complete)

See [the limits](notes/limits.txt) and [above](#gap-analysis).

- **Priority**: P1
- **Impact**: \"noisy\" neighbours: all tenants slow down
- **Category**: Operations
- **Effort**: 3 days
- **Status**: PARTIALLY DOCUMENTED
- **Evidence**: Chunk-001.txt (lines 2-3), notes/limits.txt
- **Recommendation**: Expand API.md with rate limits
- **Depends on**: Gap 2

### Steps

- [x] Measure
- [ ] Write `limits` down

## 2. Recovery ✅ DONE

- **Priority**: Critical
- **Evidence**: Chunk-001.txt
- **Recommendation**: Created docs/RECOVERY.md
- **Dependencies**: none

## 3. Übersicht: \"Größe\" & [Form] #1

- **Priority**: Low
- **Status**: open
- **Phase**: Phase 2
- **Recommendation**: Create docs/SIZE.md (2-3 pages)
- **Depends on**: 1, 2

## Summary

| # | Gap | Priority | Status |
|---|-----|----------|--------|
| 1 | Rate limits | P0 | ❌ TODO |
| 2 | Recovery | P0 | ✅ |
| 4 | Tracing of `jobs` | P2 | ❌ |
";

/// A project whose ledger lies in a folder of its own, beside files that its words lead to.
fn project() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    for (path, text) in [
        ("analysis/GAP-ANALYSIS.md", LEDGER),
        ("analysis/API.md", "# API\n\nWhat can be asked.\n"),
        ("analysis/notes/limits.txt", "one\ntwo\n"),
        ("other/API.md", "# Another API\n\nIt has the same name.\n"),
        ("research/chunk-001.txt", "a\nb\nc\nd\n"),
        ("docs/RECOVERY.md", "# Recovery\n\nRestore the last backup.\n"),
    ] {
        write(&folder.path().join(path), text);
    }
    folder
}

#[test]
fn the_records_export_the_gaps_of_the_ledger() {
    let project = project();
    round_trip(project.path(), "analysis/GAP-ANALYSIS.md");
}

#[test]
fn the_records_of_real_ledgers_export_their_gaps() {
    let shared = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared"));
    if !shared.is_dir() {
        return;
    }
    for seed in files_of(&shared.join("seeds")) {
        let project = TempDir::new().expect("a folder");
        let text = std::fs::read_to_string(&seed).expect("a seed is text");
        write(&project.path().join("GAP-ANALYSIS.md"), &text);
        assert!(!gaps(project.path()).is_empty(), "{}: no gap was read", seed.display());
        round_trip(project.path(), "GAP-ANALYSIS.md");
    }
    let project = TempDir::new().expect("a folder");
    copy(&shared.join("corpora/coditect"), project.path());
    round_trip(project.path(), "docs/CRITICAL-GAPS-ANALYSIS.md");
}

#[test]
fn a_record_reads_well() {
    let project = project();
    assert_code(&import(project.path(), &["analysis/GAP-ANALYSIS.md"]), 0);
    let path = project.path().join("content/gaps/ga-1-rate-limits.md");
    let text = std::fs::read_to_string(path).expect("a record of the first gap");
    for line in [
        "id: GA-1",
        "number: \"1\"",
        "title: Rate limits",
        "impact: \"\\\"noisy\\\" neighbours: all tenants slow down\"",
        "  - GA-2",
        "  - Chunk-001.txt (lines 2-3)",
        "  - notes/limits.txt",
        "  - { path: analysis/API.md, intent: expand, topic: rate limits }",
        "  - \"[x] Measure\"",
        "imported_from: \"analysis/GAP-ANALYSIS.md:3\"",
        "# Rate limits",
        "## Steps",
    ] {
        assert!(text.lines().any(|own| own == line), "no line `{line}` in\n{text}");
    }
    let moved = "See [the limits](../../analysis/notes/limits.txt) and \
                 [above](../../analysis/GAP-ANALYSIS.md#gap-analysis).";
    assert!(text.contains(moved), "{text}");
}

#[test]
fn a_dry_run_prints_the_plan_and_writes_nothing() {
    let project = project();
    let run = import(project.path(), &["analysis/GAP-ANALYSIS.md", "--dry-run"]);
    assert_code(&run, 0);
    let said = stdout(&run);
    assert!(said.starts_with("content/gaps/ga-1-rate-limits.md  GA-1: Rate limits\n"), "{said}");
    assert_eq!(said.lines().count(), 4, "{said}");
    assert!(!project.path().join("content").exists());
}

#[test]
fn nothing_is_ever_overwritten() {
    let project = project();
    let ledger = ["analysis/GAP-ANALYSIS.md"];
    assert_code(&import(project.path(), &ledger), 0);
    let again = import(project.path(), &ledger);
    assert_code(&again, 0);
    assert_eq!(stdout(&again), "", "what is there already is not written again");

    let record = project.path().join("content/gaps/ga-2-recovery.md");
    write(&record, "mine\n");
    std::fs::remove_file(project.path().join("content/gaps/ga-1-rate-limits.md")).expect("there");
    let refused = import(project.path(), &ledger);
    assert_code(&refused, 2);
    assert!(stderr(&refused).contains("content/gaps/ga-2-recovery.md exists and differs"));
    assert_eq!(std::fs::read_to_string(&record).expect("it is there"), "mine\n");
    let others = files_of(&project.path().join("content/gaps"));
    assert_eq!(others.len(), 3, "a refusal writes none of the others: {others:?}");
}

#[test]
fn the_folder_is_the_one_the_project_has_or_the_one_that_is_named() {
    let project = project();
    let own = "---\nid: OWN-1\ntitle: Mine\npriority: P1\n---\n\nWords.\n";
    write(&project.path().join("records/gaps/own-1.md"), own);
    let run = import(project.path(), &["analysis/GAP-ANALYSIS.md", "--dry-run"]);
    assert!(stdout(&run).starts_with("records/gaps/ga-1-"), "{}", stdout(&run));

    let named = ["analysis/GAP-ANALYSIS.md", "--to", "docs/gaps"];
    assert_code(&import(project.path(), &named), 0);
    assert!(project.path().join("docs/gaps/ga-1-rate-limits.md").is_file());

    for folder in ["plans", "../elsewhere", "/tmp"] {
        let run = import(project.path(), &["analysis/GAP-ANALYSIS.md", "--to", folder]);
        assert_code(&run, 2);
        assert!(!project.path().join("plans").exists(), "{}", stderr(&run));
    }
}

#[test]
fn what_is_no_ledger_is_refused_with_a_reason() {
    let project = project();
    for (file, reason) in [
        ("docs/RECOVERY.md", "is a document"),
        ("docs/NONE.md", "is no record"),
        ("../up.md", "is no file"),
    ] {
        let run = import(project.path(), &[file]);
        assert_code(&run, 2);
        assert!(stderr(&run).contains(reason), "{file}: {}", stderr(&run));
    }
}

/// Exports, imports, removes the ledger, exports again, and compares.
fn round_trip(project: &Path, ledger: &str) {
    let before = gaps(project);
    assert!(!before.is_empty(), "{ledger} has no gaps");
    assert_code(&import(project, &[ledger]), 0);
    std::fs::remove_file(project.join(ledger)).expect("the ledger was there");
    let after = gaps(project);
    let ids = |gaps: &BTreeMap<String, Value>| gaps.keys().cloned().collect::<Vec<_>>();
    assert_eq!(ids(&before), ids(&after), "{ledger}");
    for (id, gap) in &before {
        assert_eq!(
            serde_json::to_string_pretty(gap).expect("JSON"),
            serde_json::to_string_pretty(&after[id]).expect("JSON"),
            "{ledger} {id}"
        );
    }
}

/// The gaps of the export, without what says where they stand.
fn gaps(project: &Path) -> BTreeMap<String, Value> {
    let run = lacuna(project, &["export", "."]);
    assert_code(&run, 0);
    let export: Value = serde_json::from_slice(&run.stdout).expect("JSON");
    let all = export["gaps"].as_array().expect("a list");
    let ids: BTreeMap<String, String> = all
        .iter()
        .filter_map(|gap| Some((text(&gap["number"])?.to_lowercase(), text(&gap["id"])?)))
        .collect();
    let gaps = all.iter().cloned().map(|mut gap| {
        let id = text(&gap["id"]).expect("every gap has an id");
        let fields = gap.as_object_mut().expect("a gap is an object");
        // A record is a file of its own, and names gaps by id where a ledger counts them. The
        // sentence on its coverage has the names of its targets, which are paths from the root.
        for place in ["ledger", "url", "defined_at", "read_by", "why"] {
            fields.remove(place);
        }
        // A record without a number of its own counts by its id.
        if fields["number"] == fields["id"] {
            fields["number"] = Value::Null;
        }
        for name in fields["depends_on"].as_array_mut().expect("a list") {
            let words = text(name).expect("text").to_lowercase();
            let number = words.trim_start_matches("gap").trim_matches([' ', '#']);
            if let Some(id) = ids.get(number) {
                *name = Value::String(id.clone());
            }
        }
        without_lines(&mut gap);
        (id, gap)
    });
    gaps.collect()
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// Drops the lines in the ledger and the wording of paths; where a citation leads stays.
fn without_lines(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.remove("line");
            // Derived from all words around the gap, of which a record has fewer.
            fields.remove("support");
            fields.values_mut().for_each(without_lines);
            if fields.contains_key("resolved") && !fields["resolved"].is_null() {
                fields.remove("ref");
                fields.remove("path");
            }
        }
        Value::Array(values) => values.iter_mut().for_each(without_lines),
        _ => {}
    }
}

fn import(project: &Path, arguments: &[&str]) -> Output {
    let (ledger, rest) = arguments.split_first().expect("a ledger");
    let mut all = vec!["import", ledger, "."];
    all.extend(rest);
    lacuna(project, &all)
}

fn lacuna(project: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_lacuna"))
        .current_dir(project)
        .args(arguments)
        .output()
        .expect("the program runs")
}

fn assert_code(run: &Output, code: i32) {
    assert_eq!(run.status.code(), Some(code), "{}{}", stdout(run), stderr(run));
}

fn stdout(run: &Output) -> String {
    String::from_utf8_lossy(&run.stdout).into_owned()
}

fn stderr(run: &Output) -> String {
    String::from_utf8_lossy(&run.stderr).into_owned()
}

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().expect("below a folder")).expect("a folder");
    std::fs::write(path, text).expect("the folder is writable");
}

fn files_of(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    files
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).expect("a folder") {
        let path = entry.expect("readable").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::create_dir_all(to).expect("a folder");
            std::fs::copy(&path, &target).expect("a copy");
        }
    }
}
