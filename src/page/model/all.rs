//! The list of all records.

use serde::Serialize;

use super::{NavLink, Pager};

/// All records, or those of one letter.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct AllView {
    /// How many there are on all pages.
    pub total: usize,
    /// The pages by first letter, with numbers of records; empty where one page holds all.
    pub letters: Vec<NavLink>,
    /// The records of this page.
    pub records: Vec<RecordRow>,
    /// The ways to the other pages of a letter.
    pub pager: Option<Pager>,
}

/// A record in the list.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct RecordRow {
    /// `gap`, `decision`, …
    pub label: &'static str,
    /// Its id, when it has one that neither title nor path tells.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its address.
    pub href: String,
}
