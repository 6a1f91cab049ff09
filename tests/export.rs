//! The export says what its schema says: every key is a field, and every field is a key.

#[path = "schema/json.rs"]
mod json;
mod schema;

use std::{collections::BTreeSet, process::Command};

use json::Definitions;
use schema::Schema;
use serde_json::Value;

#[test]
fn the_export_of_this_repository_fits_its_schema() {
    #[expect(clippy::disallowed_methods, reason = "a test runs the program")]
    let run = Command::new(env!("CARGO_BIN_EXE_lacuna"))
        .args(["export", "--format", "json", env!("CARGO_MANIFEST_DIR")])
        .output()
        .expect("the program starts");
    let export: Value = serde_json::from_slice(&run.stdout).expect("the export is JSON");
    assert!(export["gaps"].as_array().is_some_and(|gaps| gaps.len() > 5), "there are gaps");
    let faults = Schema::read().faults("Export", &export);
    assert!(faults.is_empty(), "{faults:#?}");
}

/// A ledger with every kind of record, so that every message of `ledger.proto` is written.
const LEDGER: &str = "\
# Gap analysis: ropes

### GAP-1: Knots (P1)

**Status:** open

- [ ] tie one

## Effort

| Item | Effort | Depends on |
|---|---|---|
| Splice | 2-3 days | GAP-1 |
| Rig | 1 week | Splice, Weather |

## Plan

### Phase 1: Rope (weeks 1-2)

- buy

### Phase 2: Sail (week 3+)

- sew

## Risks

| ID | Risk | Likelihood | Mitigation | Weather |
|---|---|---|---|---|
| RISK-1 | Rot | high | dry it | wet |

## Services

| Service | Status | Port |
|---|---|---|
| Winch | ✅ Ready, 90% | 80 |
";

#[test]
fn the_export_of_a_ledger_fits_its_schema() {
    let folder = tempfile::tempdir().expect("a folder");
    #[expect(clippy::disallowed_methods, reason = "a test writes its own project")]
    std::fs::write(folder.path().join("gap-analysis.md"), LEDGER).expect("a file");
    #[expect(clippy::disallowed_methods, reason = "a test runs the program")]
    let run = Command::new(env!("CARGO_BIN_EXE_lacuna"))
        .args(["export", "--format", "json"])
        .arg(folder.path())
        .output()
        .expect("the program starts");
    let export: Value = serde_json::from_slice(&run.stdout).expect("the export is JSON");
    let ledger = &export["ledgers"][0];
    let kinds: BTreeSet<&str> = ledger["entries"]
        .as_array()
        .expect("there are entries")
        .iter()
        .filter_map(|entry| entry["kind"].as_str())
        .collect();
    assert_eq!(kinds.into_iter().collect::<Vec<_>>().join(" "), "effort phase risk service task");
    assert_eq!(ledger["schedule"]["critical_path"], serde_json::json!(["Splice", "Rig"]));
    assert_eq!(ledger["plans"][0]["phases"][1]["end_day"], Value::Null);
    let risk = export["records"].as_array().expect("records").iter().find(|r| r["id"] == "RISK-1");
    assert_eq!(risk.expect("a risk is a record")["kind"], "risk");
    let faults = Schema::read().faults("Export", &export);
    assert!(faults.is_empty(), "{faults:#?}");
}

/// `LACUNA_BLESS=1` writes it anew.
#[test]
fn the_json_schema_is_made_of_the_messages() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/schemas/lacuna/v1/export.schema.json");
    let made =
        serde_json::to_string_pretty(&Definitions::read().of("Export")).expect("JSON") + "\n";
    #[expect(clippy::disallowed_methods, reason = "the schema is a file of the repository")]
    if std::env::var_os("LACUNA_BLESS").is_some() {
        std::fs::write(file, &made).expect("the folder is writable");
    } else {
        let kept = std::fs::read_to_string(file).expect("the schema is there");
        assert_eq!(kept, made, "LACUNA_BLESS=1 writes the schema anew");
        #[expect(clippy::disallowed_methods, reason = "a test runs the program")]
        let run = Command::new(env!("CARGO_BIN_EXE_lacuna"))
            .args(["export", "--format", "json-schema"])
            .output()
            .expect("the program starts");
        assert_eq!(String::from_utf8_lossy(&run.stdout), kept);
    }
}
