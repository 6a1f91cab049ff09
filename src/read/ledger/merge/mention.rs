//! What else the document says of its gaps: check lists and plans that name their ids, lists and
//! tables that name their titles.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    blocks::Blocks,
    book::{Book, Tie, key},
    title::significant,
};
use crate::{
    model::gap::Gap,
    read::ledger::{
        candidate::{Candidate, Place, Role, Strength},
        fields,
        labels::Reader,
        name,
        page::Page,
        sections::Sense,
    },
};

/// Joins what else the document says of its gaps: check lists and plans that name their ids,
/// lists and tables that name their titles.
pub(super) fn mentions(
    page: &Page,
    others: &[Candidate],
    defined: &BTreeSet<u32>,
    reader: Reader,
    book: &mut Book,
) {
    let blocks = Blocks::of(&book.gaps);
    let named: BTreeMap<Place, &Candidate> =
        others.iter().map(|other| (other.place, other)).collect();
    for (index, item) in page.items.iter().enumerate() {
        if defined.contains(&item.line) || blocks.hold(item.line) {
            continue;
        }
        let found = named.get(&Place::Item(index));
        let name =
            found.map_or_else(|| name::of_item(&item.text, page.words), |other| other.name.clone());
        let section = page.section_of(item.line);
        mention(page, name, Place::Item(index), (item.line, item.end), section, reader, book);
    }
    for (table, rows) in page.tables.iter().enumerate() {
        let line = rows.head.line.number;
        if blocks.hold(line) {
            continue;
        }
        table_mentions(page, table, defined, reader, book);
    }
}

pub(super) fn mention(
    page: &Page,
    name: name::Name,
    place: Place,
    lines: (u32, u32),
    section: Option<usize>,
    reader: Reader,
    book: &mut Book,
) {
    let candidate = Candidate {
        place,
        name,
        strength: Strength::Plain,
        of_gap: false,
        listed: false,
        role: Role::Mentions,
        line: lines.0,
        lines,
        section,
        rule: "mention elsewhere",
    };
    let by_id = key(&candidate).and_then(|key| book.keys.get(&key)?.first().copied());
    if let Some(index) = by_id {
        let more = fields::read(page, &candidate, reader);
        return book.join(index, own_words(more), Tie::Number);
    }
    let sense = page.sense(section);
    let titled = candidate.name.titled || sense.lists_gaps() || !candidate.name.beside.is_empty();
    if candidate.name.id.is_some()
        || !titled
        || matches!(sense, Sense::Legend)
        || page.is_of_risks(section)
    {
        return;
    }
    let title = significant(&candidate.name.title, page.words);
    if title.len() > 8 {
        return;
    }
    if let Some(index) = book.by_title(&title) {
        let mut more = own_words(fields::read(page, &candidate, reader));
        // A title alone is too weak a tie for a state: a warning beside it may mean anything.
        more.claim = Default::default();
        if !sense.lists_gaps() {
            more.priority = None;
            more.targets.clear();
        }
        book.join(index, more, Tie::Title);
    }
}

/// A mention gives what it says itself, and nothing of the part it stands in.
pub(super) fn own_words(mut gap: Gap) -> Gap {
    let first = gap.lines.0;
    gap.priority = gap.priority.filter(|fact| fact.line >= first);
    gap.category = None;
    gap
}

/// The rows of a table that name ids or titles of gaps.
pub(super) fn table_mentions(
    page: &Page,
    table: usize,
    defined: &BTreeSet<u32>,
    reader: Reader,
    book: &mut Book,
) {
    let rows = &page.tables[table].rows;
    let columns = &page.columns[table];
    let section = page.section_of(page.tables[table].head.line.number);
    let mut by_title: Vec<(usize, usize)> = Vec::new();
    let mut unnamed: Vec<usize> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let line = row.line.number;
        if defined.contains(&line) {
            continue;
        }
        let place = Place::Row(table, at);
        let text: Vec<&str> = row.cells.iter().map(|cell| cell.text).collect();
        let ids = book.ids_in(&text.join(" | "));
        let read = |name: name::Name| {
            let candidate = Candidate {
                place,
                name,
                strength: Strength::Plain,
                of_gap: false,
                listed: false,
                role: Role::Mentions,
                line,
                lines: (line, line),
                section,
                rule: "row elsewhere",
            };
            own_words(fields::read(page, &candidate, reader))
        };
        if !ids.is_empty() {
            for index in ids {
                let mut more = read(name::Name::default());
                more.evidence.clear();
                book.join(index, more, Tie::Number);
            }
            continue;
        }
        let Some(cell) = columns.title.and_then(|column| row.cells.get(column)) else { continue };
        let title = significant(&name::of_heading(cell.text, page.words).title, page.words);
        match book.by_title(&title) {
            Some(index) => by_title.push((at, index)),
            None => unnamed.push(at),
        }
    }
    // A table half of whose rows are gaps speaks of the gaps; a chance likeness does not.
    let speaks =
        !page.is_of_risks(section) && !columns.is_figures && by_title.len() >= unnamed.len().max(2);
    // One nearly all of whose rows are gaps lists the gaps: what else it lists is one too.
    let lists = by_title.len() >= 5 && by_title.len() >= unnamed.len() * 5;
    if speaks && lists && !columns.plans && page.sense(section) != Sense::Other {
        for at in unnamed.iter().copied() {
            let unit = row_unit(page, table, at, section);
            let gap = fields::read(page, &unit, reader);
            book.add(&unit, gap, page.words);
        }
    }
    let by_block = unnamed.iter().filter_map(|at| Some((*at, book.in_block(page, table, *at)?)));
    let by_block: Vec<(usize, usize)> =
        if speaks && !lists { by_block.collect() } else { Vec::new() };
    for (at, index) in by_title.into_iter().chain(by_block).filter(|_| speaks) {
        let line = rows[at].line.number;
        let candidate = Candidate {
            place: Place::Row(table, at),
            name: name::Name::default(),
            strength: Strength::Plain,
            of_gap: false,
            listed: false,
            role: Role::Mentions,
            line,
            lines: (line, line),
            section,
            rule: "row with the title of the gap",
        };
        let more = own_words(fields::read(page, &candidate, reader));
        book.join(index, more, Tie::Title);
    }
}

/// A row of a table that lists the gaps, as one of them.
fn row_unit(page: &Page, table: usize, at: usize, section: Option<usize>) -> Candidate {
    let row = &page.tables[table].rows[at];
    let line = row.line.number;
    let cell = page.columns[table].title.and_then(|column| row.cells.get(column));
    Candidate {
        place: Place::Row(table, at),
        name: name::of_heading(cell.map_or("", |cell| cell.text), page.words),
        strength: Strength::Titled,
        of_gap: false,
        listed: true,
        role: Role::Summarises,
        line,
        lines: (line, line),
        section,
        rule: "row of a table that lists the gaps",
    }
}
