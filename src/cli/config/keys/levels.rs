//! `[diagnostics]` and `[[diagnostics.folder]]`: how much findings weigh.

use std::{collections::BTreeMap, ops::Range};

use toml::de::DeValue;

use super::{Problems, Value, check_source};
use crate::{
    diag::codes,
    model::{
        config::Level,
        levels::{FolderLevels, Levels},
    },
    path::RelPath,
};

const LEVELS: &[(&str, Level)] = &[
    ("error", Level::Error),
    ("warning", Level::Warning),
    ("info", Level::Info),
    ("off", Level::Off),
];

impl Problems {
    /// Reads `[diagnostics]`.
    pub(super) fn levels(&mut self, value: &Value<'_>) -> Levels {
        let mut levels = Levels::default();
        let DeValue::Table(table) = value.get_ref() else {
            self.mistyped("diagnostics", "a table of levels by code", value);
            return levels;
        };
        for (key, value) in table {
            let name: &str = key.get_ref();
            match name {
                "folder" => levels.folder = self.folders(value),
                _ => self.level(name, key.span(), value, &mut levels.codes),
            }
        }
        levels
    }

    fn folders(&mut self, value: &Value<'_>) -> Vec<FolderLevels> {
        let DeValue::Array(values) = value.get_ref() else {
            self.mistyped("folder", "a list of tables, written `[[diagnostics.folder]]`", value);
            return Vec::new();
        };
        values.iter().filter_map(|value| self.folder(value)).collect()
    }

    fn folder(&mut self, value: &Value<'_>) -> Option<FolderLevels> {
        let DeValue::Table(table) = value.get_ref() else {
            self.mistyped("folder", "a list of tables, written `[[diagnostics.folder]]`", value);
            return None;
        };
        let (mut path, mut codes) = (None, BTreeMap::new());
        for (key, value) in table {
            let name: &str = key.get_ref();
            match name {
                "path" => path = Some(self.checked(name, value, check_source)),
                _ => self.level(name, key.span(), value, &mut codes),
            }
        }
        if path.is_none() {
            self.add(value.span(), "`path` is missing from this folder", None);
        }
        // The root is no folder below it: its levels are those of the project.
        Some(FolderLevels { path: RelPath::new(&path??)?, codes })
    }

    fn level(
        &mut self,
        code: &str,
        key: Range<usize>,
        value: &Value<'_>,
        codes: &mut BTreeMap<String, Level>,
    ) {
        if codes::find(code).is_none() {
            let known: Vec<_> = codes::ALL.iter().map(|code| code.name).collect();
            self.unknown("code", code, key.clone(), &known);
        }
        if code == codes::GATE_FAILED.name {
            let help = "`lacuna check --informational` reports the gate and does not fail";
            let message = "the gate has no level: a rule is met or not";
            self.add(key, message, Some(help.to_owned()));
        }
        let Some(name) = self.text(code, value) else { return };
        match LEVELS.iter().find(|(known, _)| *known == name) {
            Some((_, level)) => drop(codes.insert(code.to_owned(), *level)),
            None => {
                let known: Vec<_> = LEVELS.iter().map(|(known, _)| *known).collect();
                self.unknown("level", &name, value.span(), &known);
            }
        }
    }
}
