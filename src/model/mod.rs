//! The values every stage speaks of: records, their facts, the configuration, and page models.

pub mod config;
pub mod contents;
pub mod day;
pub mod decision;
pub mod external;
pub mod gap;
pub mod gate;
pub mod history;
pub mod ledger;
pub mod levels;
pub mod limits;
pub mod lock;
pub mod policy;
pub mod reference;
pub mod repository;
pub mod schema;
pub mod source;
pub mod statement;
pub mod substance;
pub mod treatment;
pub mod version;
pub mod view;
pub mod vocabulary;
pub mod weights;

use serde::Serialize;

/// A fact as it was read: the value we understand, the words as written, the place, and the rule
/// that read it. The proof of every figure on the site is made of these.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Fact<T> {
    /// The normalised value.
    pub value: T,
    /// The words as they stand in the file.
    pub raw: String,
    /// The line they stand on, from 1.
    pub line: u32,
    /// The rule that read them, in a few words ("label bullet", "summary table").
    pub rule: &'static str,
}

impl<T> Fact<T> {
    /// A fact read from `line` by `rule`.
    pub fn new(value: T, raw: impl Into<String>, line: u32, rule: &'static str) -> Self {
        Self { value, raw: raw.into(), line, rule }
    }
}
