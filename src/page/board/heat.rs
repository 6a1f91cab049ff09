//! Heat maps: ledgers, categories or phases by priority, and how much of each is still open.

use super::{Facet, Value, count, key, list};
use crate::{
    graph::{metrics, record::RecordIx},
    page::{
        model::{HeatCell, HeatHead, HeatMap, HeatRow, Link},
        rows,
        site::Site,
    },
    path::RelPath,
};

/// So many rows stand on the board; the rest have pages of their own.
const ROWS: usize = 20;

/// The heat maps of the board.
pub fn maps(site: &Site<'_>, from: &RelPath) -> Vec<HeatMap> {
    let board = &site.lookups.board;
    // One ledger by itself tells no more than the priorities do, unless there is nothing else.
    let alone = board.values(Facet::Category).is_empty() && board.values(Facet::Phase).is_empty();
    let shown = |facet: &Facet| match board.values(*facet).len() {
        0 => false,
        1 => alone,
        _ => true,
    };
    let facets = [Facet::Ledger, Facet::Category, Facet::Phase].into_iter().filter(shown);
    facets
        .map(|facet| {
            let mut map = map(site, from, facet, 0..ROWS);
            let all = board.values(facet).len();
            if all > ROWS {
                let route = site.route.gap_list(facet.name(), 1);
                let title = format!("All {all}");
                map.all = Some(Link { title, href: site.href(from, &route) });
            }
            map
        })
        .collect()
}

/// Some rows of the map of a facet.
pub fn map(site: &Site<'_>, from: &RelPath, facet: Facet, rows: std::ops::Range<usize>) -> HeatMap {
    let board = &site.lookups.board;
    let priorities = board.values(Facet::Priority);
    let values = board.values(facet).iter().skip(rows.start).take(rows.len());
    HeatMap {
        facet: facet.name(),
        label: facet.label(),
        columns: priorities
            .iter()
            .map(|value| HeatHead {
                label: value.label.clone(),
                href: site.href(from, &site.route.gap_list(&key(Facet::Priority, value), 1)),
                facets: choice(Facet::Priority, value),
            })
            .collect(),
        rows: values.map(|value| row(site, from, facet, value)).collect(),
        all: None,
    }
}

fn row(site: &Site<'_>, from: &RelPath, facet: Facet, value: &Value) -> HeatRow {
    let board = &site.lookups.board;
    let list = site.href(from, &site.route.gap_list(&key(facet, value), 1));
    let cell = |(n, priority): (usize, &Value)| {
        let of = |ix: &RecordIx| board.at(*ix, Facet::Priority) == Some(n);
        let gaps: Vec<RecordIx> = value.gaps.iter().copied().filter(of).collect();
        let first = value.gaps.iter().position(of)?;
        let tally = count(site, &gaps);
        let open = tally.partial + tally.uncovered;
        let page = list::page_of(first);
        let route = site.route.gap_list(&key(facet, value), page);
        Some(HeatCell {
            open,
            total: tally.total(),
            level: level(tally),
            href: format!("{}#{}", site.href(from, &route), list::anchor(priority)),
            facets: format!("{}&{}", choice(facet, value), choice(Facet::Priority, priority)),
            tally: rows::shown(&priority.label, String::new(), tally),
        })
    };
    HeatRow {
        label: value.label.clone(),
        href: list.clone(),
        facets: choice(facet, value),
        tally: rows::shown(&value.label, list, count(site, &value.gaps)),
        cells: board.values(Facet::Priority).iter().enumerate().map(cell).collect(),
    }
}

/// `ledger=critical-gaps`, as the board keeps it in its address.
pub fn choice(facet: Facet, value: &Value) -> String {
    format!("{}={}", facet.name(), value.slug)
}

/// How much of what counts is still to be done: 0 for nothing, 4 for nearly all of it. What is
/// filled in part counts half.
fn level(tally: metrics::Tally) -> u8 {
    let missing = tally.uncovered * 2 + tally.partial;
    match metrics::share(missing as u64, tally.counted() as u64 * 2) {
        None | Some(0) => 0,
        Some(1..35) => 1,
        Some(35..65) => 2,
        Some(65..90) => 3,
        Some(_) => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heat_is_what_is_still_to_be_done() {
        let of = |covered, partial, uncovered| {
            level(metrics::Tally { covered, partial, uncovered, waived: 1 })
        };
        assert_eq!(
            [of(9, 0, 0), of(8, 0, 1), of(0, 9, 0), of(2, 0, 7), of(0, 0, 9)],
            [0, 1, 2, 3, 4]
        );
        assert_eq!(of(0, 0, 0), 0, "what is waived is not to be done");
    }
}
