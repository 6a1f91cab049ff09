//! Packages: what they hold, what they need of each other, and how much of them is documented.

use std::collections::BTreeMap;

use super::{
    super::{
        Corpus,
        record::{RecordIx, Records},
    },
    Symbols, imports, symbol_of, well_known,
};
use crate::model::schema::{Schema, Symbol};

/// A package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Package {
    /// Its files by their index.
    pub files: Vec<usize>,
    /// Its symbols, each name once, in the order of file and line.
    pub symbols: Vec<RecordIx>,
    /// How much of it has a comment.
    pub documented: Share,
    /// The packages that its files import, and by how many statements.
    pub depends_on: BTreeMap<String, usize>,
    /// The packages whose files import it, and by how many statements.
    pub needed_by: BTreeMap<String, usize>,
}

/// A part of a whole: declarations with a comment, of all.
///
/// Counted are messages, enums, services, extensions, fields, values and methods, each once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Those with a comment.
    pub with: usize,
    /// All of them.
    pub all: usize,
}

impl Share {
    /// In percent, rounded down; 0 only for none. `None` when nothing is counted.
    pub fn percent(self) -> Option<u8> {
        let percent = (self.with * 100).checked_div(self.all)?;
        let percent = if percent == 0 && self.with > 0 { 1 } else { percent };
        u8::try_from(percent).ok()
    }

    /// Of two wholes together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self { with: self.with + other.with, all: self.all + other.all }
    }

    /// How much of a symbol and its members has a comment.
    pub fn of(symbol: &Symbol) -> Self {
        let members = symbol.member_comments();
        let with = members.iter().filter(|comment| !comment.is_empty()).count();
        let own = usize::from(!symbol.comment.is_empty());
        Self { with: with + own, all: members.len() + 1 }
    }
}

/// Collects the packages of all schema files.
pub(super) fn collect(
    corpus: Corpus<'_>,
    records: &Records,
    symbols: &Symbols,
) -> BTreeMap<String, Package> {
    let mut packages: BTreeMap<String, Package> = BTreeMap::new();
    for (file, schema) in imports::schemas(corpus) {
        let package = packages.entry(schema.package.clone()).or_default();
        package.files.push(file);
        for ix in records.parts_of(file) {
            let Some((_, symbol)) = symbol_of(corpus, records, *ix) else { continue };
            if symbols.by_name.get(&symbol.name) == Some(ix) {
                package.symbols.push(*ix);
                package.documented = package.documented.plus(Share::of(symbol));
            }
        }
        for needed in needed(corpus, file, schema, symbols) {
            *package.depends_on.entry(needed).or_default() += 1;
        }
    }
    let needs: Vec<(String, String, usize)> = packages
        .iter()
        .flat_map(|(name, package)| {
            package.depends_on.iter().map(|(on, count)| (on.clone(), name.clone(), *count))
        })
        .collect();
    for (on, by, count) in needs {
        if let Some(package) = packages.get_mut(&on) {
            package.needed_by.insert(by, count);
        }
    }
    packages
}

/// The other packages that the imports of a file lead to.
fn needed(corpus: Corpus<'_>, file: usize, schema: &Schema, symbols: &Symbols) -> Vec<String> {
    let found = symbols.imports.of_file.get(&file).map_or(&[][..], Vec::as_slice);
    let package_of = |(import, to): (&crate::model::schema::Import, &Option<usize>)| match to {
        Some(to) => match &corpus.outlines[*to].facts {
            crate::model::source::Facts::Schema(other) => Some(other.package.clone()),
            _ => None,
        },
        None => well_known::is_file(&import.path).then(|| well_known::PACKAGE.to_owned()),
    };
    let needed = schema.imports.iter().zip(found).filter_map(package_of);
    needed.filter(|name| *name != schema.package).collect()
}
