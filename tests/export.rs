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
        "diagnostic",
        "evidence",
        "export",
        "gap",
        "record",
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
