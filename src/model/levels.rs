//! The levels of `lacuna.toml`, applied to findings.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::config::Level;
use crate::{diag::Diagnostic, path::RelPath};

/// Levels of diagnostics by code, for the whole project and for folders of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Levels {
    /// Folders with levels of their own.
    pub folder: Vec<FolderLevels>,
    /// The levels where no folder has another.
    #[serde(flatten)]
    pub codes: BTreeMap<String, Level>,
}

/// The levels of a folder and of all below it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FolderLevels {
    /// The folder, or one file: `docs/old`.
    pub path: RelPath,
    /// Its levels; for other codes the folders above it count.
    #[serde(flatten)]
    pub codes: BTreeMap<String, Level>,
}

impl Levels {
    /// The level of a code for a file: of the folders that hold the file and name the code the
    /// innermost counts, then the project; of two of the same path the last.
    pub fn of(&self, code: &str, file: &RelPath) -> Option<Level> {
        let named = self.folder.iter().filter(|folder| folder.holds(file));
        let named = named.filter_map(|folder| {
            folder.codes.get(code).map(|level| (folder.path.as_str().len(), *level))
        });
        let innermost = named.max_by_key(|(depth, _)| *depth);
        innermost.map(|(_, level)| level).or_else(|| self.codes.get(code).copied())
    }
}

impl FolderLevels {
    fn holds(&self, file: &RelPath) -> bool {
        let below = file.as_str().strip_prefix(self.path.as_str());
        below.is_some_and(|below| below.is_empty() || below.starts_with('/'))
    }
}

/// Gives each finding the level its code has in `levels`, and drops those that are off.
///
/// Codes that `levels` does not name keep their severity; the order stays.
pub fn apply_levels(diagnostics: Vec<Diagnostic>, levels: &Levels) -> Vec<Diagnostic> {
    let apply = |mut diagnostic: Diagnostic| match levels.of(diagnostic.code.name, &diagnostic.path)
    {
        Some(level) => level.severity().map(|severity| {
            diagnostic.severity = severity;
            diagnostic
        }),
        None => Some(diagnostic),
    };
    diagnostics.into_iter().filter_map(apply).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Severity, codes};

    #[test]
    fn raises_lowers_and_drops() {
        let path = RelPath::new("a.md").expect("a plain path");
        let found =
            [&codes::BROKEN_LINK, &codes::EMPTY_FILE, &codes::BROKEN_ANCHOR, &codes::MATH_FAILED]
                .map(|code| Diagnostic::new(code, &path, "x"));
        let codes = BTreeMap::from([
            ("broken-link".to_owned(), Level::Info),
            ("empty-file".to_owned(), Level::Error),
            ("broken-anchor".to_owned(), Level::Off),
        ]);
        let levels = Levels { codes, folder: Vec::new() };
        let kept: Vec<_> = apply_levels(found.to_vec(), &levels)
            .iter()
            .map(|diagnostic| (diagnostic.code.name, diagnostic.severity))
            .collect();
        let expected = [
            ("broken-link", Severity::Info),
            ("empty-file", Severity::Error),
            ("math-failed", Severity::Warning),
        ];
        assert_eq!(kept, expected);
    }

    #[test]
    fn the_innermost_folder_that_names_a_code_counts() {
        let path = |text: &str| RelPath::new(text).expect("a plain path");
        let folder = |at: &str, code: &str, level| FolderLevels {
            path: path(at),
            codes: BTreeMap::from([(code.to_owned(), level)]),
        };
        let levels = Levels {
            folder: vec![
                folder("docs/old/kept", "broken-link", Level::Error),
                folder("docs/old", "broken-link", Level::Off),
                folder("docs", "empty-file", Level::Warning),
            ],
            codes: BTreeMap::from([("broken-link".to_owned(), Level::Warning)]),
        };
        for (code, file, expected) in [
            ("broken-link", "docs/old/a.md", Some(Level::Off)),
            ("broken-link", "docs/old/kept/a.md", Some(Level::Error)),
            ("broken-link", "docs/older.md", Some(Level::Warning)),
            ("empty-file", "docs/old/kept/a.md", Some(Level::Warning)),
            ("empty-file", "a.md", None),
        ] {
            assert_eq!(levels.of(code, &path(file)), expected, "{code} in {file}");
        }
    }
}
