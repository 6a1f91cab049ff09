//! Schemas, compared: what was added, and what breaks those who use them, by the rules and in the
//! categories of Buf (buf.build, "Breaking change rules and categories").

mod enums;
mod fields;
mod files;
pub mod rules;
mod services;
mod types;

use std::collections::{BTreeMap, BTreeSet};

use self::rules::Breach;
pub use self::rules::{Category, Rule};
use super::standing::Place;
use crate::model::schema::{EnumValue, Field, Streaming};

/// What all schemas of a project declare.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Schemas {
    /// The files by path.
    pub files: BTreeMap<String, FileStanding>,
    /// The messages, enums and services by full name; the first declaration of a name counts.
    pub symbols: BTreeMap<String, SymbolStanding>,
}

/// A schema file.
#[derive(Clone, Debug, PartialEq)]
pub struct FileStanding {
    /// Where it is.
    pub place: Place,
    /// Its package.
    pub package: String,
    /// `proto2`, `proto3` or an edition.
    pub syntax: String,
    /// Its options, name and value as written.
    pub options: BTreeMap<String, String>,
    /// Whether it could be parsed: one that could not declares nothing, which is no removal.
    pub is_read: bool,
}

/// A message, an enum or a service.
#[derive(Clone, Debug, PartialEq)]
pub struct SymbolStanding {
    /// Where it is declared.
    pub place: Place,
    /// The package of its file.
    pub package: String,
    /// The symbol it is declared in.
    pub outer: Option<String>,
    /// What it holds.
    pub shape: ShapeStanding,
}

/// What a symbol holds, with every type by its full name.
#[derive(Clone, Debug, PartialEq)]
pub enum ShapeStanding {
    /// A message.
    Message {
        /// The fields by number.
        fields: BTreeMap<i32, FieldStanding>,
        /// The oneofs.
        oneofs: BTreeSet<String>,
        /// Reserved numbers and names.
        reserved: Reserved,
    },
    /// An enum.
    Enum {
        /// The values in the order of the file.
        values: Vec<EnumValue>,
        /// Reserved numbers and names.
        reserved: Reserved,
    },
    /// A service.
    Service {
        /// The methods by name.
        methods: BTreeMap<String, MethodStanding>,
    },
    /// A field that extends a message.
    Extension,
}

/// A field of a message.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldStanding {
    /// As it was read; its type is as written.
    pub field: Field,
    /// Its type by full name: `int32`, `pkg.Message`, `map<string, pkg.Message>`.
    pub ty: String,
    /// Its label, as the syntax of the file has it: `required`, `repeated`, `optional` or
    /// `implicit`.
    pub label: &'static str,
}

/// A method of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MethodStanding {
    /// The request by full name.
    pub input: String,
    /// The response by full name.
    pub output: String,
    /// Which side is a stream.
    pub streaming: Streaming,
    /// The option `idempotency_level`.
    pub idempotency: Option<String>,
    /// Its line.
    pub line: u32,
}

/// Numbers and names that may not be used again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reserved {
    /// Ranges of numbers, both ends included.
    pub numbers: Vec<(i64, i64)>,
    /// Names.
    pub names: BTreeSet<String>,
}

impl Reserved {
    /// Reads what the file has: `2`, `9 to 11`, `100 to max`, `"foo"`.
    pub fn read(written: &[String]) -> Self {
        let mut reserved = Self::default();
        for item in written {
            let item = item.trim();
            let number = |text: &str| match text.trim() {
                "max" => Some(i64::from(i32::MAX)),
                text => text.parse().ok(),
            };
            let range = match item.split_once(" to ") {
                Some((start, end)) => number(start).zip(number(end)),
                None => number(item).map(|one| (one, one)),
            };
            match range {
                Some(range) => reserved.numbers.push(range),
                None => {
                    reserved.names.insert(item.trim_matches(['"', '\'']).to_owned());
                }
            }
        }
        reserved
    }

    fn has_number(&self, number: i32) -> bool {
        self.numbers.iter().any(|(a, b)| (*a..=*b).contains(&i64::from(number)))
    }

    fn has_name(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    /// What the other has no longer.
    fn lost(&self, now: &Self) -> Vec<String> {
        let covered =
            |(a, b): &&(i64, i64)| now.numbers.iter().any(|(from, to)| from <= a && b <= to);
        let ranges = self.numbers.iter().filter(|range| !covered(range));
        let ranges =
            ranges.map(|(a, b)| if a == b { a.to_string() } else { format!("{a} to {b}") });
        ranges.chain(self.names.difference(&now.names).map(|name| format!("\"{name}\""))).collect()
    }
}

/// One difference of the schemas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaChange {
    /// What it is about: `pkg.Message.field`, a file.
    pub subject: String,
    /// What is otherwise, in one clause without a full stop.
    pub what: String,
    /// Where it is now; where it was, when it is gone.
    pub place: Place,
    /// The rules of Buf it breaks, the one that names it first; none for an addition.
    pub rules: Vec<&'static Rule>,
}

impl SchemaChange {
    /// Whether it breaks any rule.
    pub fn is_breaking(&self) -> bool {
        !self.rules.is_empty()
    }

    /// The categories in which it breaks a rule, the strictest first.
    pub fn categories(&self) -> Vec<Category> {
        let broken = |category: &Category| self.rules.iter().any(|rule| rule.is_in(*category));
        Category::ALL.into_iter().filter(broken).collect()
    }
}

/// Compares the schemas: the breaking changes first, then by file and line.
pub fn compare(before: &Schemas, after: &Schemas) -> Vec<SchemaChange> {
    let mut breach = Breach::default();
    files::compare(before, after, &mut breach);
    for (name, old) in &before.symbols {
        // What a file declared that cannot be read now is not known to be gone.
        let unread = |path: &str| after.files.get(path).is_some_and(|file| !file.is_read);
        match after.symbols.get(name) {
            Some(now) => symbol(name, old, now, &mut breach),
            None if unread(old.place.path.as_str()) => {}
            None => files::removed(name, old, (before, after), &mut breach),
        }
    }
    files::added(before, after, &mut breach);
    let mut changes = breach.changes;
    changes.sort_by(|a, b| {
        let key = |change: &SchemaChange| {
            (!change.is_breaking(), change.place.clone(), change.subject.clone())
        };
        key(a).cmp(&key(b)).then_with(|| a.what.cmp(&b.what))
    });
    changes
}

fn symbol(name: &str, old: &SymbolStanding, now: &SymbolStanding, breach: &mut Breach) {
    match (&old.shape, &now.shape) {
        (
            ShapeStanding::Message { fields, oneofs, reserved },
            ShapeStanding::Message { fields: now_fields, oneofs: now_oneofs, reserved: kept },
        ) => {
            fields::compare((name, now), (fields, now_fields), kept, breach);
            for oneof in oneofs.difference(now_oneofs) {
                breach.add(
                    &[&rules::ONEOF_NO_DELETE],
                    &now.place,
                    format!("{name}.{oneof}"),
                    "the oneof was removed",
                );
            }
            lost(name, now, &reserved.lost(kept), &rules::RESERVED_MESSAGE_NO_DELETE, breach);
        }
        (
            ShapeStanding::Enum { values, reserved },
            ShapeStanding::Enum { values: now_values, reserved: kept },
        ) => {
            enums::compare((name, now), (values, now_values), kept, breach);
            lost(name, now, &reserved.lost(kept), &rules::RESERVED_ENUM_NO_DELETE, breach);
        }
        (ShapeStanding::Service { methods }, ShapeStanding::Service { methods: now_methods }) => {
            services::compare((name, now), (methods, now_methods), breach);
        }
        (ShapeStanding::Extension, ShapeStanding::Extension) => {}
        (old_shape, now_shape) => {
            let rule = files::no_delete(old_shape);
            let what =
                format!("the {} became a {}", files::word(old_shape), files::word(now_shape));
            breach.add(&rule, &now.place, name, what);
        }
    }
    if old.place.path != now.place.path {
        let what = format!(
            "the {} moved from {} to {}",
            files::word(&old.shape),
            old.place.path,
            now.place.path
        );
        breach.add(&files::no_delete(&old.shape)[..1], &now.place, name, what);
    }
}

fn lost(
    name: &str,
    now: &SymbolStanding,
    lost: &[String],
    rule: &'static Rule,
    breach: &mut Breach,
) {
    for item in lost {
        breach.add(&[rule], &now.place, name, format!("{item} is no longer reserved"));
    }
}

/// The place of a line in the file of a symbol.
fn at(symbol: &SymbolStanding, line: u32) -> Place {
    Place { line, ..symbol.place.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reserved_ranges_and_names_are_read() {
        let reserved =
            Reserved::read(&["2".into(), "9 to 11".into(), "100 to max".into(), "\"a\"".into()]);
        assert!(reserved.has_number(10) && reserved.has_number(2000) && !reserved.has_number(12));
        assert!(reserved.has_name("a"));
        let now = Reserved::read(&["1 to 20".into(), "\"b\"".into()]);
        assert_eq!(reserved.lost(&now), ["100 to 2147483647", "\"a\""]);
    }
}
