//! Reads a candidate's fields: from its name, its block, the columns of its row, and the parts it
//! stands in.

use super::{
    blank,
    candidate::{Candidate, Place},
    labels::{self, Reader, Value},
    page::Page,
    sections::{self, BOLD, Section, Sense},
    source::At,
    status,
    vocabulary::Meaning,
};
use crate::{
    model::{
        Fact,
        gap::{ClaimStatus, Definition, Field, Gap},
    },
    read::lines::plain,
};

const ROW: &str = "column of the row";

/// The gap that a candidate is.
pub fn read(page: &Page, candidate: &Candidate, reader: Reader) -> Gap {
    let name = &candidate.name;
    let mut gap = blank(name.title.clone(), candidate.lines);
    gap.defined_at = vec![candidate.line];
    gap.read_by = vec![Definition { line: candidate.line, rule: candidate.rule }];
    gap.id = name.id.clone();
    gap.number = name.number.clone();
    if gap.title.is_empty() {
        gap.title = gap.number.clone().unwrap_or_default();
    }
    beside(candidate, reader, &mut gap);
    match candidate.place {
        Place::Section(index) => {
            gap.anchor = page.sections[index].anchor.clone();
            let block = page.lines(candidate.line + 1, candidate.lines.1);
            labels::read(page, block, reader, &mut gap);
        }
        Place::Item(index) => item(page, index, candidate, reader, &mut gap),
        Place::Row(table, row) => cells(page, table, row, reader, &mut gap),
    }
    around(page, candidate, reader, &mut gap);
    gap
}

/// What stands beside a title: `✅ DONE`, `(HIGH)`, `20% complete`.
fn beside(candidate: &Candidate, reader: Reader, gap: &mut Gap) {
    let line = candidate.line;
    for text in &candidate.name.beside {
        if gap.priority.is_none()
            && let Some(priority) = status::priority_by(text, reader.legend, reader.words)
        {
            gap.priority = Some(Fact::new(priority, text.clone(), line, "beside the title"));
        }
        if status::beside_title(text, reader.words).is_some() {
            let _ =
                status::mention(&mut gap.claim, text, line, "mark beside the title", reader.words);
        }
    }
    if candidate.name.struck {
        gap.claim.mentions.push(Fact::new(ClaimStatus::Done, "✓", line, "struck title"));
    }
}

/// An item: its box, its own words, and the labels under it.
fn item(page: &Page, index: usize, candidate: &Candidate, reader: Reader, gap: &mut Gap) {
    let item = &page.items[index];
    let line = candidate.line;
    if let Some(sign) = item.check {
        let raw = format!("[{sign}]");
        let value = match sign {
            'x' | 'X' => ClaimStatus::Done,
            ' ' => ClaimStatus::Open,
            _ => ClaimStatus::Partial,
        };
        gap.claim.mentions.push(Fact::new(value, raw, line, "check box"));
    }
    let rest = &candidate.name.rest;
    if !rest.is_empty() {
        gap.fields.push(Field { label: String::new(), text: rest.clone(), line });
    }
    let block = page.lines(line + 1, candidate.lines.1);
    labels::read(page, block, reader, gap);
}

/// A row: each cell by what its column says.
fn cells(page: &Page, table: usize, row: usize, reader: Reader, gap: &mut Gap) {
    let columns = &page.columns[table];
    let row = &page.tables[table].rows[row];
    for (index, cell) in row.cells.iter().enumerate() {
        let Some((meaning, head)) = columns.all.get(index) else { break };
        if Some(index) == columns.title || Some(index) == columns.number {
            continue;
        }
        let at = At { start: row.line.start + cell.offset, line: row.line.number };
        let raw = plain(cell.text);
        if !raw.is_empty() {
            gap.fields.push(Field {
                label: head.clone(),
                text: cell.text.to_owned(),
                line: at.line,
            });
        }
        match meaning {
            _ if columns.compared == Some(index) => {
                let _ = status::mention(&mut gap.claim, &raw, at.line, ROW, reader.words);
            }
            Some(Meaning::Evidence) => super::source::cited(cell.text, at, gap),
            meaning => labels::understand(*meaning, Value { text: cell.text, at }, reader, gap),
        }
    }
}

/// What the parts around a gap give it: a priority, a category.
fn around(page: &Page, candidate: &Candidate, reader: Reader, gap: &mut Gap) {
    let parts = || page.around(candidate.section).filter(|section| section.level > 1);
    let weak = gap.priority.as_ref().is_none_or(|fact| fact.rule == labels::IMPACT);
    if gap.priority.is_none() && weak {
        let found = parts().filter(|section| graded(section)).find_map(|section| {
            Some((status::section_priority(&section.text, reader.words)?, section))
        });
        gap.priority = found.map(|(priority, section)| {
            Fact::new(priority, section.text.clone(), section.line, "part of a priority")
        });
    }
    if gap.category.is_none() {
        let group = parts().find(|section| section.level < BOLD && names_group(section, reader));
        gap.category = group.map(|section| {
            let text = super::name::bare(&section.text);
            Fact::new(text.clone(), text, section.line, "part it stands in")
        });
    }
}

/// Whether a part's heading may give its gaps a priority.
fn graded(section: &Section) -> bool {
    !matches!(section.sense, Sense::Other | Sense::Present | Sense::Legend)
        && matches!(section.meaning, None | Some(Meaning::Priority | Meaning::Severity))
}

/// Whether a part's heading tells its gaps from others: it says more than that they are gaps.
fn names_group(section: &Section, reader: Reader) -> bool {
    let sense = matches!(section.sense, Sense::Neutral | Sense::Gaps);
    sense && section.meaning.is_none() && sections::says_more(&section.text, reader.words)
}
