//! Schema symbols: type names looked up across files, who uses what, and what packages hold.

pub mod imports;
pub mod packages;
pub mod well_known;

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Corpus,
    record::{Part, RecordIx, RecordKind, Records},
};
use crate::model::{
    schema::{Schema, Shape, Symbol},
    source::Facts,
};
use imports::Imports;
use packages::Package;

/// All declared symbols.
#[derive(Debug, Default)]
pub struct Symbols {
    by_name: BTreeMap<String, RecordIx>,
    /// Names declared more than once, with the later declarations.
    pub duplicates: Vec<(String, RecordIx, RecordIx)>,
    /// Symbols that use a symbol as a type, or an extension as an option, without itself.
    pub used_by: BTreeMap<RecordIx, BTreeSet<RecordIx>>,
    /// Extensions of a message.
    pub extended_by: BTreeMap<RecordIx, BTreeSet<RecordIx>>,
    /// Who uses a well-known type that no file declares.
    pub well_known: BTreeMap<&'static str, BTreeSet<RecordIx>>,
    /// What the imports of every file lead to.
    pub imports: Imports,
    /// All packages by name.
    pub packages: BTreeMap<String, Package>,
}

impl Symbols {
    /// The symbol a type name means inside `scope`, from the innermost scope outwards
    /// (protobuf language specification, "Name Resolution").
    pub fn resolve(&self, scope: &str, name: &str) -> Option<RecordIx> {
        if let Some(absolute) = name.strip_prefix('.') {
            return self.by_name.get(absolute).copied();
        }
        let mut scope = Some(scope);
        let mut full = String::new();
        while let Some(current) = scope {
            full.clear();
            if !current.is_empty() {
                full.push_str(current);
                full.push('.');
            }
            full.push_str(name);
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
    match &symbol.shape {
        Shape::Message { fields, .. } => fields.iter().filter_map(|f| f.ty.named()).collect(),
        Shape::Enum { .. } => Vec::new(),
        Shape::Service { methods } => {
            methods.iter().flat_map(|m| [m.input.as_str(), m.output.as_str()]).collect()
        }
        Shape::Extension { extendee, field } => {
            field.ty.named().into_iter().chain([extendee.as_str()]).collect()
        }
    }
}

/// The extension that an option's name begins with: `(google.api.http).get` is set by
/// `google.api.http`.
pub fn option_extension(name: &str) -> Option<&str> {
    Some(name.strip_prefix('(')?.split_once(')')?.0)
}

/// Indexes all symbols and looks up who uses them.
pub fn relate(corpus: Corpus<'_>, records: &Records) -> Symbols {
    let mut symbols = Symbols::default();
    let declared =
        || records.iter().filter_map(|(ix, _)| Some((ix, symbol_of(corpus, records, ix)?.1)));
    for (ix, symbol) in declared() {
        if let Some(first) = symbols.by_name.get(&symbol.name) {
            symbols.duplicates.push((symbol.name.clone(), *first, ix));
        } else {
            symbols.by_name.insert(symbol.name.clone(), ix);
        }
    }
    for (ix, symbol) in declared() {
        symbols.note_uses(ix, symbol);
    }
    symbols.imports = Imports::resolve(corpus);
    symbols.packages = packages::collect(corpus, records, &symbols);
    symbols
}

impl Symbols {
    fn note_uses(&mut self, ix: RecordIx, symbol: &Symbol) {
        let mut used: Vec<&str> = used_types(symbol);
        used.extend(
            symbol.all_options().into_iter().filter_map(|(name, _)| option_extension(name)),
        );
        for name in used {
            match self.resolve(&symbol.name, name) {
                Some(used) if used != ix => {
                    self.used_by.entry(used).or_default().insert(ix);
                }
                Some(_) => {}
                None => {
                    if let Some(known) = well_known::find(name) {
                        self.well_known.entry(known.name).or_default().insert(ix);
                    }
                }
            }
        }
        if let Shape::Extension { extendee, .. } = &symbol.shape
            && let Some(extended) = self.resolve(&symbol.name, extendee)
        {
            self.extended_by.entry(extended).or_default().insert(ix);
        }
    }
}
