//! The log over time, laid out at build: one column a month, a quarter or a year, whichever gives a
//! drawing that fits a page.

use std::collections::BTreeMap;

use crate::page::model::{DecisionRow, Timeline, TimelineCell};

/// So many columns fit a page.
const MOST_COLUMNS: u32 = 48;
/// The distance from column to column.
const COLUMN: usize = 14;
/// The most the drawing is high.
const HIGHEST: usize = 168;
/// More decisions than these are drawn together, those of one status in one column.
pub const SQUARES: usize = 150;
/// Fewer dated decisions make no drawing.
const FEWEST: usize = 3;

/// The timeline of these decisions; none when too few have a date, or all of one month.
pub fn timeline(rows: &[DecisionRow]) -> Option<Timeline> {
    let dated: Vec<(u32, &DecisionRow)> =
        rows.iter().filter_map(|row| Some((month(&row.date)?, row))).collect();
    let first = dated.iter().map(|(month, _)| *month).min()?;
    let last = dated.iter().map(|(month, _)| *month).max()?;
    // One month is no time to draw.
    if dated.len() < FEWEST || first == last {
        return None;
    }
    let fits = |months: &&(u32, &str)| last / months.0 - first / months.0 < MOST_COLUMNS;
    let (months, unit) =
        *[(1, "month"), (3, "quarter"), (12, "year")].iter().find(fits).unwrap_or(&(12, "year"));
    let mut columns: BTreeMap<u32, Vec<&DecisionRow>> = BTreeMap::new();
    for (month, row) in &dated {
        columns.entry(month / months - first / months).or_default().push(row);
    }
    let most = columns.values().map(Vec::len).max().unwrap_or(1);
    let step = (HIGHEST / most).clamp(3, COLUMN);
    let height = if dated.len() > SQUARES { HIGHEST } else { most * step };
    let mut cells = Vec::new();
    for (column, rows) in &mut columns {
        rows.sort_by(|one, other| (&one.date, &one.id).cmp(&(&other.date, &other.id)));
        if dated.len() > SQUARES {
            cells.extend(together(rows, *column as usize * COLUMN, (most, HIGHEST)));
            continue;
        }
        for (place, row) in rows.iter().enumerate() {
            cells.push(TimelineCell {
                x: *column as usize * COLUMN,
                y: height - (place + 1) * step,
                status: row.status,
                title: format!("{} {}: {}, {}", row.date, row.id, row.link.title, row.status),
                href: row.link.href.clone(),
                height: step - 1 - usize::from(step > 6),
            });
        }
    }
    Some(Timeline {
        width: ((last / months - first / months + 1) as usize * COLUMN).max(COLUMN * 12),
        height,
        edge: (COLUMN - 3, step - 1 - usize::from(step > 6)),
        cells,
        ends: (name(first, months), name(last, months)),
        unit,
        undated: rows.len() - dated.len(),
    })
}

/// The decisions of one column, one mark for each status, from below.
fn together(rows: &[&DecisionRow], x: usize, (most, highest): (usize, usize)) -> Vec<TimelineCell> {
    let mut by_status: BTreeMap<&'static str, usize> = BTreeMap::new();
    rows.iter().for_each(|row| *by_status.entry(row.status).or_default() += 1);
    let mut below = 0;
    let cell = |(status, count): (&'static str, usize)| {
        let top = (below + count) * highest / most;
        let height = (top - below * highest / most).max(1);
        below += count;
        let words = format!("{count} {status}");
        TimelineCell { x, y: highest - top, status, title: words, href: String::new(), height }
    };
    by_status.into_iter().map(cell).collect()
}

/// A date as months since the year 0.
fn month(date: &str) -> Option<u32> {
    let mut parts = date.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let whole = year.len() == 4 && month.len() == 2 && day.len() == 2 && parts.next().is_none();
    let (year, month): (u32, u32) = (year.parse().ok()?, month.parse().ok()?);
    (whole && (1..=12).contains(&month)).then_some(year * 12 + month - 1)
}

fn name(month: u32, months: u32) -> String {
    let (year, month) = (month / 12, month % 12);
    match months {
        12 => year.to_string(),
        3 => format!("{year}, quarter {}", month / 3 + 1),
        _ => format!("{year}-{:02}", month + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::model::Link;

    fn row(date: &str) -> DecisionRow {
        DecisionRow {
            id: "ADR-1".into(),
            number: Some(1),
            link: Link { title: "A".into(), href: "a.html".into() },
            status: "accepted",
            raw_status: String::new(),
            implementation: "",
            date: date.into(),
            path: String::new(),
        }
    }

    #[test]
    fn columns_are_as_long_as_the_log_needs() {
        let rows = |dates: &[&str]| dates.iter().map(|date| row(date)).collect::<Vec<_>>();
        assert_eq!(timeline(&rows(&["2020-01-02", "2020-01-03"])), None);
        let short = timeline(&rows(&["2020-01-02", "2020-01-03", "2020-12-01", "soon"]));
        let short = short.expect("three dates");
        assert_eq!((short.unit, short.undated, short.width), ("month", 1, 168));
        assert_eq!(short.cells.iter().map(|cell| cell.x).collect::<Vec<_>>(), [0, 0, 154]);
        let long = timeline(&rows(&["2010-01-02", "2020-01-03", "2020-12-01"])).expect("dates");
        assert_eq!((long.unit, long.ends.0.as_str()), ("quarter", "2010, quarter 1"));
    }
}
