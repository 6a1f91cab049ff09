//! Schemas that do not fit together.

use super::Subject;
use crate::diag::{Diagnostic, codes};

/// Reports imports that are not here, and symbols declared twice.
pub fn check(subject: Subject<'_>) -> Vec<Diagnostic> {
    let symbols = &subject.graph.symbols;
    let records = &subject.graph.records;
    let imports = symbols.missing_imports.iter().map(|(path, import, span)| {
        let message = format!("the imported file `{import}` is not in this project");
        Diagnostic::new(&codes::PROTO_IMPORT_MISSING, path, message)
            .at(*span)
            .help("its types are shown without links")
    });
    let twice = symbols.duplicates.iter().map(|(name, first, second)| {
        let (first, second) = (records.get(*first), records.get(*second));
        let message = format!("`{name}` is already declared in {}:{}", first.path, first.lines.0);
        Diagnostic::new(&codes::PROTO_SYMBOL_DUPLICATE, &second.path, message)
            .help("the first declaration has the page")
    });
    imports.chain(twice).collect()
}
