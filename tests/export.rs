//! The export says what its schema says: every key is a field, and every field is a key.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

/// The messages of the schema with their fields: name and, for a message, its type.
fn schema() -> BTreeMap<String, BTreeMap<String, String>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/schemas/lacuna/v1");
    let mut messages: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for name in [
        "anchor",
        "citation",
        "coverage",
        "decision",
        "diagnostic",
        "evidence",
        "export",
        "gap",
        "ledger",
        "record",
        "schema",
        "statement",
    ] {
        let path = format!("{folder}/{name}.proto");
        #[expect(clippy::disallowed_methods, reason = "a test reads the schema")]
        let text = std::fs::read_to_string(&path).expect("the schema is there");
        let file = protox_parse::parse(name, &text).expect("the schema parses");
        for message in file.message_type {
            let fields = message.field.iter().map(|field| {
                let ty = field.type_name().rsplit('.').next().unwrap_or_default().to_owned();
                (field.name().to_owned(), ty)
            });
            messages.insert(message.name().to_owned(), fields.collect());
        }
    }
    messages
}

fn compare(
    schema: &BTreeMap<String, BTreeMap<String, String>>,
    message: &str,
    value: &Value,
    faults: &mut BTreeSet<String>,
) {
    match value {
        Value::Array(items) => {
            items.iter().for_each(|item| compare(schema, message, item, faults));
        }
        Value::Object(keys) => {
            let Some(fields) = schema.get(message) else {
                faults.insert(format!("{message} is no message"));
                return;
            };
            for (key, value) in keys {
                match fields.get(key) {
                    None => {
                        faults.insert(format!("{message}.{key} is not in the schema"));
                    }
                    Some(ty) => compare(schema, ty, value, faults),
                }
            }
            for field in fields.keys().filter(|field| !keys.contains_key(*field)) {
                faults.insert(format!("{message}.{field} is not in the export"));
            }
        }
        _ => {}
    }
}

#[test]
fn the_export_of_this_repository_fits_its_schema() {
    #[expect(clippy::disallowed_methods, reason = "a test runs the program")]
    let run = Command::new(env!("CARGO_BIN_EXE_lacuna"))
        .args(["export", "--format", "json", env!("CARGO_MANIFEST_DIR")])
        .output()
        .expect("the program starts");
    let export: Value = serde_json::from_slice(&run.stdout).expect("the export is JSON");
    assert!(export["gaps"].as_array().is_some_and(|gaps| gaps.len() > 5), "there are gaps");
    let mut faults = BTreeSet::new();
    compare(&schema(), "Export", &export, &mut faults);
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
    let mut faults = BTreeSet::new();
    compare(&schema(), "Export", &export, &mut faults);
    assert!(faults.is_empty(), "{faults:#?}");
}
