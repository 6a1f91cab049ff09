//! Rows of cells, and the two ways to write them.

use serde::{Serialize, Serializer, ser::SerializeMap};

use crate::{path::RelPath, text::csv};

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    /// The names of its columns.
    pub columns: &'static [&'static str],
    /// The rows, each with a cell for every column.
    pub rows: Vec<Vec<Cell>>,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Cell {
    /// Nothing: an empty cell, `null`.
    Nothing,
    /// Text.
    Text(String),
    /// A whole number.
    Number(u64),
    /// A number of days.
    Days(f64),
    /// `true` or `false`.
    Truth(bool),
    /// Several texts: one a line, a list.
    List(Vec<String>),
}

impl Rows {
    /// RFC 4180, without formulas; lists have one value a line.
    pub fn to_csv(&self) -> String {
        csv::write(self.columns, self.rows.iter().map(|row| row.iter().map(Cell::to_text)))
    }

    /// A list of objects, one a line, with keys in the order of the columns.
    pub fn to_json(&self) -> String {
        let mut text = String::from("[");
        for (n, cells) in self.rows.iter().enumerate() {
            let row = Row { columns: self.columns, cells };
            text.push_str(if n == 0 { "\n" } else { ",\n" });
            text.push_str(&serde_json::to_string(&row).expect("text and numbers are JSON"));
        }
        text.push_str(if self.rows.is_empty() { "]\n" } else { "\n]\n" });
        text
    }
}

impl Cell {
    /// The cell of a text that may be empty.
    pub fn filled(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Nothing } else { Self::Text(text) }
    }

    /// Several texts.
    pub fn list<T: ToString>(texts: impl IntoIterator<Item = T>) -> Self {
        Self::List(texts.into_iter().map(|text| text.to_string()).collect())
    }

    /// The cell as text, empty for nothing.
    pub fn to_text(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Days(days) => days.to_string(),
            Self::Truth(truth) => truth.to_string(),
            Self::List(texts) => texts.join("\n"),
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Cell {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<&RelPath> for Cell {
    fn from(path: &RelPath) -> Self {
        Self::Text(path.to_string())
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<u8> for Cell {
    fn from(number: u8) -> Self {
        Self::Number(number.into())
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Self {
        Self::Number(number as u64)
    }
}

impl From<bool> for Cell {
    fn from(truth: bool) -> Self {
        Self::Truth(truth)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Nothing, Into::into)
    }
}

struct Row<'a> {
    columns: &'static [&'static str],
    cells: &'a [Cell],
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.columns.len()))?;
        for (column, cell) in self.columns.iter().zip(self.cells) {
            map.serialize_entry(column, cell)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_say_the_same() {
        let rows = Rows {
            columns: &["id", "tasks", "line", "open", "note"],
            rows: vec![vec![
                "-1".into(),
                Cell::list(["a", "b, c"]),
                7_u32.into(),
                true.into(),
                Cell::filled(""),
            ]],
        };
        assert_eq!(rows.to_csv(), "id,tasks,line,open,note\r\n'-1,\"a\nb, c\",7,true,\r\n");
        let json = "[\n{\"id\":\"-1\",\"tasks\":[\"a\",\"b, c\"],\"line\":7,\"open\":true,\"note\":null}\n]\n";
        assert_eq!(rows.to_json(), json);
        assert_eq!(Rows { columns: &["id"], rows: vec![] }.to_json(), "[]\n");
    }
}
