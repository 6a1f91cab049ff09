//! What other programs exchange with Lacuna: tables as CSV and JSON, `needs.json`, JUnit; and gaps that
//! go out and come back the same.
//!
//! `cargo xtask test` puts sphinx-needs into `.checkers/python`. Where it is not, the test that asks it
//! says so and passes.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests write repositories and run the program"
)]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::{Value, json};
use tempfile::TempDir;

/// A record that says all that a record can say.
const FULL: &str = "\
---
id: GAP-1.2
number: 7
title: '=cmd|calc, \"spare\" lamp'
priority: [Critical, P2]
claims: [60 %]
status: partially documented
percent: 65
category: light
phase: Phase 1
impact: 'all ships, at night: \"dark\"'
effort: [3 days, '+1 week']
depends_on: [GAP-2, the oil]
evidence:
  - research/oil.md (lines 3-4)
  - { file: research/oil.md, section: Two words }
targets:
  - docs/lamp.md
  - any: [docs/spare.md, docs/oil.md]
  - { path: docs/lamp.md, intent: expand, topic: wicks }
tasks:
  - '[x] fill'
  - '-1 wick'
tags: [light, sea]
waived:
  reason: later
  owner: Ann
  until: 2031-01-31
---

# Spare lamp

The quay is dark. See [[GAP-2]] and [the lamp](../docs/lamp.md).

- one
- two
";

const FILES: &[(&str, &str)] = &[
    ("gaps/gap-12-cmdcalc-spare-lamp.md", FULL),
    ("lacuna.toml", "title = 'Quay'\n"),
    (
        "gaps/gap-2-no-oil.md",
        "---\nid: GAP-2\ntitle: No oil\nstatus: open\ntargets: docs/oil.md\n---\n\nDry.\n",
    ),
    (
        "gaps/gap-3-full.md",
        "---\nid: GAP-3\ntitle: Full\nstatus: done\ntargets: docs/lamp.md\n---\n",
    ),
    (
        "docs/lamp.md",
        "---\ntitle: Lamp\ncovers: [GAP-3]\n---\n\nA lamp burns oil all night, and gives light to the quay \
         and to ships that come late and look for it. Its wick is of cotton, and it must be filled by \
         day, for by night nobody sees where the oil goes. Whoever fills it writes down how much, so \
         that the next one knows what the winter needs.\n",
    ),
    (
        "docs/adr/0001-oil.md",
        "# 1. Burn oil\n\nDate: 2026-01-02\n\n## Status\n\nAccepted\n\n## Context\n\nFor [[GAP-2]].\n",
    ),
    ("research/oil.md", "# Oil\n\nOil burns.\nAll night.\n\n## Two words\n\nMore.\n"),
];

fn project(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("below a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    folder
}

fn lacuna(project: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_lacuna"))
        .current_dir(project)
        .env("SOURCE_DATE_EPOCH", "1800000000")
        .args(arguments)
        .output()
        .expect("the program runs")
}

fn said(run: &Output, code: i32) -> String {
    let (out, err) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert_eq!(run.status.code(), Some(code), "{out}{err}");
    out.into_owned()
}

fn export(project: &Path, format: &[&str]) -> String {
    let all: Vec<&str> = ["export", "--format"].into_iter().chain(format.iter().copied()).collect();
    said(&lacuna(project, &all), 0)
}

/// The same project without its gaps.
fn without_gaps() -> TempDir {
    let others: Vec<_> =
        FILES.iter().copied().filter(|(path, _)| !path.starts_with("gaps/")).collect();
    project(&others)
}

/// What the gaps of a project say, without what is worked out from where they stand.
fn gaps(project: &Path) -> Value {
    let mut all: Value = serde_json::from_str(&export(project, &["json"])).expect("JSON");
    let mut gaps = all["gaps"].take();
    let without = |gap: &mut Value, keys: &[&str]| {
        keys.iter().for_each(|key| drop(gap.as_object_mut().expect("an object").remove(*key)));
    };
    for gap in gaps.as_array_mut().expect("a list") {
        without(gap, &["read_by", "defined_at"]);
        for list in ["targets", "evidence", "tasks", "waivers", "priorities"] {
            for one in gap[list].as_array_mut().expect("a list") {
                without(one, &["line", "support", "why"]);
            }
        }
    }
    gaps
}

#[test]
fn gaps_come_back_from_csv_as_they_went_out() {
    let from = project(FILES);
    let csv = export(from.path(), &["csv"]);
    let to = without_gaps();
    fs::write(to.path().join("gaps.csv"), &csv).expect("a file");
    let run = lacuna(to.path(), &["import", "gaps.csv", "--to", "gaps"]);
    assert_eq!(said(&run, 0).lines().count(), 3, "{run:?}");
    assert_eq!(export(to.path(), &["csv"]), csv);
    assert_eq!(gaps(to.path()), gaps(from.path()));
    let again = lacuna(to.path(), &["import", "gaps.csv", "--to", "gaps"]);
    assert_eq!(said(&again, 0), "", "what is there already is not written again");
}

#[test]
fn gaps_come_back_from_needs_json_with_their_text() {
    let from = project(FILES);
    let needs = export(from.path(), &["needs"]);
    let to = without_gaps();
    fs::write(to.path().join("needs.json"), &needs).expect("a file");
    let run = lacuna(to.path(), &["import", "needs.json", "--to", "gaps"]);
    assert_eq!(said(&run, 0).lines().count(), 3, "{run:?}");
    let err = String::from_utf8_lossy(&run.stderr);
    assert!(err.contains("1 need of type `decision` were left out"), "{err}");
    assert_eq!(export(to.path(), &["needs"]), needs);
    assert_eq!(gaps(to.path()), gaps(from.path()));
    let record = to.path().join("gaps/gap-12-cmdcalc-spare-lamp.md");
    let text = fs::read_to_string(record).expect("the record is there");
    assert!(text.contains("id: \"GAP-1.2\"") || text.contains("id: GAP-1.2"), "{text}");
    assert!(text.ends_with("\n- one\n- two\n"), "{text}");
}

#[test]
fn a_table_is_rfc_4180_without_formulas() {
    let project = project(FILES);
    let csv = export(project.path(), &["csv", "--table", "gaps"]);
    assert!(csv.starts_with("id,title,priority,coverage,drift,claim,status,"), "{csv}");
    assert!(csv.ends_with("\r\n"));
    assert!(csv.contains("\r\nGAP-1.2,\"'=cmd|calc, \"\"spare\"\" lamp\",P0,waived,"), "{csv}");
    assert!(
        csv.contains("\"3 days\n+1 week\"") && csv.contains("\"[x] fill\n[ ] -1 wick\""),
        "{csv}"
    );
    let json = export(project.path(), &["json", "--table", "gaps"]);
    let json: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json[0]["title"], "=cmd|calc, \"spare\" lamp", "JSON has no guard");
    assert_eq!(json[0]["effort"], json!(["3 days", "+1 week"]));
    assert_eq!(json[1]["coverage"], "uncovered");
    assert_eq!(json[2]["percent"], Value::Null);
    for table in [
        "gaps",
        "targets",
        "decisions",
        "documents",
        "research",
        "citations",
        "packages",
        "symbols",
        "records",
        "links",
        "orphans",
        "plan",
        "entries",
        "statements",
        "diagnostics",
    ] {
        let csv = export(project.path(), &["csv", "--table", table]);
        let json = export(project.path(), &["json", "--table", table]);
        let rows: Vec<Value> = serde_json::from_str(&json).expect("JSON");
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let names = reader.headers().expect("a row of names").clone();
        let lines: Vec<_> = reader.records().map(|row| row.expect("a row")).collect();
        assert_eq!(lines.len(), rows.len(), "{table}");
        for row in &rows {
            assert!(row.as_object().expect("an object").keys().eq(names.iter()), "{table}");
        }
    }
    let misuse = lacuna(project.path(), &["export", "--format", "needs", "--table", "gaps"]);
    said(&misuse, 2);
}

#[test]
fn gaps_are_test_cases() {
    let project = project(FILES);
    let xml = export(project.path(), &["junit"]);
    let doc = quick_xml::Reader::from_str(&xml).read_event();
    assert!(doc.is_ok(), "{xml}");
    assert!(
        xml.contains("<testsuites name=\"lacuna gaps\" tests=\"3\" failures=\"1\" errors=\"0\">")
    );
    assert!(xml.contains(
        "<testsuite name=\"gaps\" tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"1\">"
    ));
    let name = "name=\"GAP-1.2: =cmd|calc, &quot;spare&quot; lamp\"";
    assert!(xml.contains(name), "{xml}");
    assert!(xml.contains("<skipped message=\"later\"/>"), "{xml}");
    assert!(
        xml.contains("<failure type=\"uncovered\" message=\"its target does not exist\">"),
        "{xml}"
    );
}

/// A file of sphinx-needs 9, shortened.
const FOREIGN: &str = r##"{
  "project": "Boat", "current_version": "2", "versions": { "1": { "needs": {} }, "2": {
    "creator": { "program": "sphinx_needs", "version": "9.1.0" },
    "needs_amount": 3, "needs_defaults_removed": true,
    "needs_schema": { "properties": {
      "status": { "default": null, "field_type": "core" },
      "safety": { "default": "", "field_type": "extra" },
      "satisfies": { "default": [], "field_type": "links" },
      "satisfies_back": { "default": [], "field_type": "backlinks" } } },
    "needs": {
      "REQ_1": { "id": "REQ_1", "type": "req", "title": "Float: always", "status": "in progress",
        "content": "It must *float*.", "tags": ["hull"], "satisfies": ["REQ_2.part", "GAP-2", "GONE"],
        "safety": "ASIL-B", "lineno": 4, "sections": ["Hull"] },
      "REQ_2": { "id": "REQ_2", "type": "req", "title": "Steer", "status": "sunk",
        "description": "Old text.", "doctype": ".md", "satisfies_back": ["REQ_1"] },
      "SPEC_1": { "id": "SPEC_1", "type": "spec", "title": "Keel" } } } } }"##;

#[test]
fn needs_of_others_become_records_and_what_is_lost_is_said() {
    let project = project(FILES);
    fs::write(project.path().join("needs.json"), FOREIGN).expect("a file");
    let run = lacuna(project.path(), &["import", "needs.json", "--type", "req", "--to", "gaps"]);
    assert_eq!(said(&run, 1).lines().count(), 2, "something was lost: {run:?}");
    let err = String::from_utf8_lossy(&run.stderr);
    for line in [
        "note: 1 need of type `spec` were left out",
        "note: 1 need has a `safety`, which no record holds",
        "warning: REQ_1: it links to `GONE`, which is not here",
        "warning: REQ_1: its text is reStructuredText and was kept as it is",
        "warning: REQ_2: the status `sunk` is none that is known",
        "Wrote 2 records of needs.json",
    ] {
        assert!(err.lines().any(|own| own == line), "{line}: {err}");
    }
    let text =
        fs::read_to_string(project.path().join("gaps/req-1-float-always.md")).expect("there");
    for part in [
        "id: REQ_1\ntitle: \"Float: always\"\nstatus: in progress\ntags:\n  - hull\n",
        "\n# Float: always\n\nIt must *float*.\n\n## Links\n\n- satisfies: [[REQ_2]]\n",
        "- satisfies: [[GAP-2]]\n",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let all = lacuna(project.path(), &["import", "needs.json", "--dry-run", "--to", "gaps"]);
    assert!(said(&all, 1).contains("SPEC_1: Keel"), "without gaps every need is one: {all:?}");
}

#[test]
fn what_cannot_be_imported_is_refused_with_a_reason() {
    let project = project(FILES);
    let bad_id = "id,title\nA-1,one\n,two\n";
    let twice = "id,title\nA-1,one\na-1,two\n";
    let taken = "id,title\nGAP-2,other\n";
    for (name, text, reason) in [
        ("a.csv", "title\nx\n", "has no column `id`"),
        ("b.csv", "id,title\nA-1\n", "the row on line 2 has 1 cells"),
        ("c.csv", bad_id, "c.csv, line 3 has no id"),
        ("d.csv", twice, "which another gap has too"),
        ("e.csv", taken, "has the id GAP-2 already"),
        ("f.json", "[]", "the top is no object"),
        ("g.json", "{\"format_version\": 2}", "only 1 is known"),
        ("h.json", "{\"versions\": {}, \"current_version\": \"x\"}", "it has no version `x`"),
        ("none.csv", "", "cannot read none.csv"),
    ] {
        if name != "none.csv" {
            fs::write(project.path().join(name), text).expect("a file");
        }
        let run = lacuna(project.path(), &["import", name]);
        said(&run, 2);
        let err = String::from_utf8_lossy(&run.stderr);
        assert!(err.contains(reason), "{name}: {err}");
    }
    let said_by = |csv: &str| {
        fs::write(project.path().join("x.csv"), csv).expect("a file");
        let run = lacuna(project.path(), &["import", "x.csv", "--dry-run", "--to", "gaps"]);
        said(&run, 1);
        String::from_utf8_lossy(&run.stderr).into_owned()
    };
    let err = said_by("id,title,priority,targets\nA-1,one,soon,\"{ path: a.md, colour: red }\"\n");
    assert!(err.contains("the priority `soon` is none that is known"), "{err}");
    assert!(err.contains("`{ path: a.md, colour: red }` of `targets` is no value"), "{err}");
}

#[test]
fn a_hostile_table_writes_records_and_nothing_else() {
    let project = without_gaps();
    let csv = "id,title,status,targets,colour\n\
               \"../../x\",\"a\n---\nid: B\",\"open\n---\n<script>\",\"{ path: a }\n]: evil\",red\n";
    fs::write(project.path().join("x.csv"), csv).expect("a file");
    let run = lacuna(project.path(), &["import", "x.csv", "--to", "gaps"]);
    assert!(said(&run, 0).starts_with("gaps/"), "{run:?}");
    let err = String::from_utf8_lossy(&run.stderr);
    assert!(err.contains("note: records have nothing like the column `colour`"), "{err}");
    let gaps = gaps(project.path());
    assert_eq!(gaps.as_array().map(Vec::len), Some(1));
    assert_eq!((&gaps[0]["id"], &gaps[0]["title"]), (&json!("../../x"), &json!("a --- id: B")));
}

/// The Python of `.checkers`, or what to say where it is not.
fn python() -> Option<PathBuf> {
    let python = Path::new(env!("CARGO_MANIFEST_DIR")).join(".checkers/python/bin/python");
    if !python.is_file() {
        eprintln!("skipped: there is no sphinx-needs; `cargo xtask test` fetches it");
        return None;
    }
    Some(python)
}

const IMPORT: &str = include_str!("interchange/import_needs.py");

#[test]
fn sphinx_needs_imports_every_need_without_a_warning() {
    let Some(python) = python() else { return };
    let project = project(FILES);
    let sphinx = TempDir::new().expect("a folder");
    fs::write(sphinx.path().join("needs.json"), export(project.path(), &["needs"]))
        .expect("a file");
    let whole = sphinx.path().join("export.json");
    fs::write(&whole, export(project.path(), &["json"])).expect("a file");
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/schemas/lacuna/v1/export.schema.json");
    let run = Command::new(python)
        .args(["-c", IMPORT])
        .arg(sphinx.path())
        .args([Path::new(schema), &whole])
        .output()
        .expect("Python starts");
    assert_eq!(said(&run, 0).trim(), "6");
}
