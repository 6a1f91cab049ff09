//! Schema symbols: type names looked up across files, and who uses what.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Corpus,
    record::{Part, RecordIx, RecordKind, Records},
};
use crate::{
    model::{
        schema::{Schema, Shape, Symbol, Type},
        source::Facts,
    },
    path::RelPath,
    text::Span,
};

/// All declared symbols.
#[derive(Debug, Default)]
pub struct Symbols {
    by_name: BTreeMap<String, RecordIx>,
    /// Names declared more than once, with the later declarations.
    pub duplicates: Vec<(String, RecordIx, RecordIx)>,
    /// Symbols that use a symbol, without itself.
    pub used_by: BTreeMap<RecordIx, BTreeSet<RecordIx>>,
    /// Imports that are no file here: the importing file, the path as written, its place.
    pub missing_imports: Vec<(RelPath, String, Span)>,
}

impl Symbols {
    /// The symbol a type name means inside `scope`, from the innermost scope outwards
    /// (protobuf language specification, "Name Resolution").
    pub fn resolve(&self, scope: &str, name: &str) -> Option<RecordIx> {
        if let Some(absolute) = name.strip_prefix('.') {
            return self.by_name.get(absolute).copied();
        }
        let mut scope = Some(scope);
        while let Some(current) = scope {
            let full =
                if current.is_empty() { name.to_owned() } else { format!("{current}.{name}") };
            if let Some(ix) = self.by_name.get(&full) {
                return Some(*ix);
            }
            scope = match current.rsplit_once('.') {
                Some((outer, _)) => Some(outer),
                None if current.is_empty() => None,
                None => Some(""),
            };
        }
        None
    }
}

/// The schema and symbol that a record was made of.
pub fn symbol_of<'a>(
    corpus: Corpus<'a>,
    records: &Records,
    ix: RecordIx,
) -> Option<(&'a Schema, &'a Symbol)> {
    let record = records.get(ix);
    match (record.kind, record.part, &corpus.outlines[record.file].facts) {
        (RecordKind::Symbol, Part::Symbol(n), Facts::Schema(schema)) => {
            Some((schema, schema.symbols.get(n)?))
        }
        _ => None,
    }
}

/// The type names that a symbol uses, as written.
pub fn used_types(symbol: &Symbol) -> Vec<&str> {
    fn named(ty: &Type) -> Option<&str> {
        match ty {
            Type::Scalar { .. } => None,
            Type::Named { name } => Some(name),
            Type::Map { value, .. } => named(value),
        }
    }
    match &symbol.shape {
        Shape::Message { fields, .. } => fields.iter().filter_map(|f| named(&f.ty)).collect(),
        Shape::Enum { .. } => Vec::new(),
        Shape::Service { methods } => {
            methods.iter().flat_map(|m| [m.input.as_str(), m.output.as_str()]).collect()
        }
    }
}

/// Indexes all symbols and looks up who uses them.
pub fn relate(corpus: Corpus<'_>, records: &Records) -> Symbols {
    let mut symbols = Symbols::default();
    for (ix, record) in records.iter() {
        let Some((_, symbol)) = symbol_of(corpus, records, ix) else { continue };
        debug_assert_eq!(record.title, symbol.name);
        if let Some(first) = symbols.by_name.get(&symbol.name) {
            symbols.duplicates.push((symbol.name.clone(), *first, ix));
        } else {
            symbols.by_name.insert(symbol.name.clone(), ix);
        }
    }
    for (ix, _) in records.iter() {
        let Some((_, symbol)) = symbol_of(corpus, records, ix) else { continue };
        for name in used_types(symbol) {
            if let Some(used) = symbols.resolve(&symbol.name, name).filter(|used| *used != ix) {
                symbols.used_by.entry(used).or_default().insert(ix);
            }
        }
    }
    symbols.missing_imports = missing_imports(corpus);
    symbols
}

/// Imports are written from a source root that is not known: any file whose path ends with the
/// import is taken for it. Google's well-known types need no file.
fn missing_imports(corpus: Corpus<'_>) -> Vec<(RelPath, String, Span)> {
    let mut endings = BTreeSet::new();
    for outline in corpus.outlines {
        let path = outline.path.as_str();
        endings.insert(path);
        endings.extend(path.match_indices('/').map(|(at, _)| &path[at + 1..]));
    }
    let mut missing = Vec::new();
    for outline in corpus.outlines {
        let Facts::Schema(schema) = &outline.facts else { continue };
        for import in &schema.imports {
            let known = import.path.starts_with("google/protobuf/");
            if !known && !endings.contains(import.path.as_str()) {
                missing.push((outline.path.clone(), import.path.clone(), import.span));
            }
        }
    }
    missing
}
