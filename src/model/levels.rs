//! The levels of `lacuna.toml`, applied to findings.

use std::collections::BTreeMap;

use super::config::Level;
use crate::diag::Diagnostic;

/// Gives each finding the level its code has in `levels`, and drops those that are off.
///
/// Codes that `levels` does not name keep their severity; the order stays.
pub fn apply_levels(
    diagnostics: Vec<Diagnostic>,
    levels: &BTreeMap<String, Level>,
) -> Vec<Diagnostic> {
    let apply = |mut diagnostic: Diagnostic| match levels.get(diagnostic.code.name) {
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
    use crate::{
        diag::{Severity, codes},
        path::RelPath,
    };

    #[test]
    fn raises_lowers_and_drops() {
        let path = RelPath::new("a.md").expect("a plain path");
        let found =
            [&codes::BROKEN_LINK, &codes::EMPTY_FILE, &codes::BROKEN_ANCHOR, &codes::MATH_FAILED]
                .map(|code| Diagnostic::new(code, &path, "x"));
        let levels = BTreeMap::from([
            ("broken-link".to_owned(), Level::Info),
            ("empty-file".to_owned(), Level::Error),
            ("broken-anchor".to_owned(), Level::Off),
        ]);
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
}
