//! Gaps from CSV: the columns that the export writes, in any order, as many as there are.

use std::collections::BTreeMap;

use super::{Refusal, draft::Draft};
use crate::{engine::tables::gaps, text::csv};

/// The drafts of a table, and a sentence on each column that no record holds.
///
/// # Errors
/// The text is no table, or has no column `id`.
pub fn drafts(text: &str, name: &str) -> Result<(Vec<Draft>, Vec<String>), Refusal> {
    let table = csv::read(text).map_err(|message| Refusal {
        message: format!("{name} cannot be read: {message}"),
        help: "separate cells by commas, and put cells with commas, quotes or line ends between \
               quotes"
            .into(),
    })?;
    if !table.columns.iter().any(|column| column == "id") {
        return Err(Refusal {
            message: format!("{name} has no column `id` in its first row"),
            help: "name the columns as `lacuna export --format csv --table gaps` does".into(),
        });
    }
    let known = |column: &String| {
        let known = gaps::COLUMNS.iter().find(|known| *known == column).copied();
        known.filter(|known| !gaps::DERIVED.contains(known))
    };
    let columns: Vec<Option<&'static str>> = table.columns.iter().map(known).collect();
    let unknown = table
        .columns
        .iter()
        .filter(|column| !column.is_empty() && !gaps::COLUMNS.contains(&column.as_str()));
    let notes = unknown.map(|column| format!("records have nothing like the column `{column}`"));
    let draft = |(line, cells): (u64, Vec<String>)| {
        let said = columns.iter().zip(cells).filter_map(|(column, cell)| Some(((*column)?, cell)));
        let columns: BTreeMap<&'static str, String> = said.collect();
        Draft {
            columns,
            place: format!("{name}, line {line}"),
            source: name.to_owned(),
            ..Draft::default()
        }
    };
    Ok((table.rows.into_iter().map(draft).collect(), notes.collect()))
}
