//! Schemas that do not fit together.

use super::Subject;
use crate::{
    diag::{Diagnostic, codes},
    graph::symbols,
};

/// Reports imports that are not here or go in a circle, and symbols declared twice.
pub fn check(subject: Subject<'_>) -> Vec<Diagnostic> {
    let known = &subject.graph.symbols;
    let records = &subject.graph.records;
    let imports = known.imports.missing.iter().map(|(path, import, span)| {
        let message = format!("the imported file `{import}` is not in this project");
        Diagnostic::new(&codes::PROTO_IMPORT_MISSING, path, message)
            .at(*span)
            .help("its types are shown without links")
    });
    let path = |file: &usize| &subject.corpus.outlines[*file].path;
    let circles = known.imports.cycles.iter().filter_map(|cycle| {
        let first = cycle.files.first()?;
        let way: Vec<String> =
            cycle.files.iter().chain([first]).map(|file| format!("`{}`", path(file))).collect();
        let message = format!("files import each other in a circle: {}", way.join(" → "));
        let diagnostic = Diagnostic::new(&codes::PROTO_IMPORT_CYCLE, path(first), message);
        Some(
            diagnostic.at(cycle.span).help("move what they share into a file that imports neither"),
        )
    });
    let twice = known.duplicates.iter().map(|(name, first, second_ix)| {
        let (first, second) = (records.get(*first), records.get(*second_ix));
        let message = format!("`{name}` is already declared in {}:{}", first.path, first.lines.0);
        let diagnostic = Diagnostic::new(&codes::PROTO_SYMBOL_DUPLICATE, &second.path, message)
            .help("the first declaration has the page");
        match symbols::symbol_of(subject.corpus, records, *second_ix) {
            Some((_, symbol)) => diagnostic.at(symbol.span),
            None => diagnostic,
        }
    });
    imports.chain(circles).chain(twice).collect()
}
