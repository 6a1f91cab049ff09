//! The schema of what the program writes as JSON, and what a value has beyond or short of it.

#![expect(clippy::disallowed_methods, reason = "the schema is a folder of the repository")]

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// Where the schema is.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/schemas/lacuna/v1");

/// The messages of `schemas/lacuna/v1` with their fields: name and, for a message, its type.
pub struct Schema(BTreeMap<String, BTreeMap<String, String>>);

impl Schema {
    /// Reads every file of the schema.
    pub fn read() -> Self {
        let mut messages = BTreeMap::new();
        for entry in std::fs::read_dir(FOLDER).expect("the schema is there") {
            let path = entry.expect("the folder is readable").path();
            if path.extension().is_none_or(|ending| ending != "proto") {
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("the schema is text");
            let file =
                protox_parse::parse(&path.to_string_lossy(), &text).expect("the schema parses");
            for message in file.message_type {
                let fields = message.field.iter().map(|field| {
                    let ty = field.type_name().rsplit('.').next().unwrap_or_default().to_owned();
                    (field.name().to_owned(), ty)
                });
                messages.insert(message.name().to_owned(), fields.collect());
            }
        }
        Self(messages)
    }

    /// Keys of a value that the message lacks, and fields of the message that the value lacks.
    pub fn faults(&self, message: &str, value: &Value) -> BTreeSet<String> {
        let mut faults = BTreeSet::new();
        self.compare(message, value, &mut faults);
        faults
    }

    fn compare(&self, message: &str, value: &Value, faults: &mut BTreeSet<String>) {
        match value {
            Value::Array(items) => {
                items.iter().for_each(|item| self.compare(message, item, faults));
            }
            Value::Object(keys) => {
                let Some(fields) = self.0.get(message) else {
                    faults.insert(format!("{message} is no message"));
                    return;
                };
                for (key, value) in keys {
                    match fields.get(key) {
                        Some(ty) => self.compare(ty, value, faults),
                        None => {
                            faults.insert(format!("{message}.{key} is not in the schema"));
                        }
                    }
                }
                for field in fields.keys().filter(|field| !keys.contains_key(*field)) {
                    faults.insert(format!("{message}.{field} is not written"));
                }
            }
            _ => {}
        }
    }
}
