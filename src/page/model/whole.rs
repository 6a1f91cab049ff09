//! What the page of the whole graph shows: a plain list, and what its script draws.

use serde::Serialize;

use super::{Link, Pager};

/// One page of what every gap rests on and is filled by.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct WholeView {
    /// How many records of each kind are joined to another: word and count.
    pub counts: Vec<(&'static str, usize)>,
    /// How many links there are between them.
    pub links: usize,
    /// What tells one state of the data from another; empty where there is nothing to draw, and on
    /// pages but the first.
    pub version: String,
    /// The gaps of this page, the most urgent first.
    pub rows: Vec<WholeRow>,
    /// The ways to the other pages.
    pub pager: Option<Pager>,
    /// The page of what nothing links to.
    pub orphans: String,
}

/// A gap with what it is joined to.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct WholeRow {
    /// The id that links to it.
    pub id: String,
    /// Title and address.
    #[serde(flatten)]
    pub link: Link,
    /// `P0`, or empty.
    pub priority: &'static str,
    /// `covered`, `partial`, `uncovered`, `waived`.
    pub coverage: &'static str,
    /// Research it rests on.
    pub research: Vec<Link>,
    /// Decisions that name it, or fill it.
    pub decisions: Vec<Link>,
    /// Schemas that fill it.
    pub schemas: Vec<Link>,
    /// Documents that fill it, or would: those without an address do not exist.
    pub documents: Vec<Link>,
}
