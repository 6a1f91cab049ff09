//! A view in a document, answered.

use super::{Layers, Link};
use crate::model::view::{Kind, Shape};

/// A view as it stands in a text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EmbeddedView {
    /// The first byte of its block in the file.
    pub start: usize,
    /// What it shows.
    pub content: ViewContent,
}

/// What a view shows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ViewContent {
    /// It cannot be answered: why, each with line and column where they are known.
    Wrong(Vec<ViewProblem>),
    /// It is answered.
    Answer(ViewAnswer),
}

/// Why a view cannot be answered.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ViewProblem {
    /// Line and column in the file, from 1.
    pub place: (u32, u32),
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ViewAnswer {
    /// What was asked for.
    pub kind: Kind,
    /// How it is shown.
    pub shape: Shape,
    /// How many records there are.
    pub total: usize,
    /// How many of them are shown.
    pub shown: usize,
    /// The page that has all of the kind.
    pub all: Link,
    /// The records or figures.
    pub data: ViewData,
}

/// The records or figures of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ViewData {
    /// Records by column.
    Rows {
        /// The fields.
        columns: Vec<&'static str>,
        /// The records.
        rows: Vec<ViewRow>,
    },
    /// How many records have each value of a field.
    Counts {
        /// The field.
        field: &'static str,
        /// The values, the most frequent first.
        counts: Vec<ViewCount>,
    },
    /// How many records have each pair of values.
    Matrix {
        /// The fields of the rows and of the columns.
        fields: (&'static str, &'static str),
        /// The values of the columns.
        columns: Vec<String>,
        /// The values of the rows with their numbers.
        rows: Vec<(String, Vec<usize>)>,
    },
    /// What leads to what.
    Graph(Layers),
}

/// A record in a view.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ViewRow {
    /// The address of its page.
    pub href: String,
    /// One for each column, in words.
    pub cells: Vec<String>,
}

/// A value with how many records have it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ViewCount {
    /// The value, in words.
    pub value: String,
    /// How many.
    pub count: usize,
}
