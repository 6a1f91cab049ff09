//! Gaps as rows: tables of gaps, tables with a column of what is missing, and tables of statuses
//! or comparisons, where a row is a gap when its mark is not that of something done.

use super::{named, of_others, role_of};
use crate::{
    model::gap::ClaimStatus,
    read::{
        grid::Row,
        ledger::{
            candidate::{Candidate, Place, Role, Strength},
            columns::Columns,
            lexicon::Words,
            name::{self, Name},
            page::Page,
            sections::Sense,
            status,
        },
    },
};

/// The rows that may be gaps.
pub fn find(page: &Page) -> Vec<Candidate> {
    let mut found = Vec::new();
    for index in 0..page.tables.len() {
        let table = Table::of(page, index);
        if let Some(kind) = table.kind() {
            let rows = page.tables[index].rows.iter().enumerate();
            found.extend(rows.filter_map(|(row, line)| table.candidate(row, line, kind)));
        }
    }
    found
}

/// What a table lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Gaps, each with a number or an id.
    Numbered,
    /// Gaps, by the part the table stands in.
    Listed,
    /// Things, with a column of what each lacks.
    Lacks,
    /// Things, with their statuses.
    Statuses,
    /// Things, each compared between products.
    Compared,
}

/// A table in its place.
struct Table<'a> {
    page: &'a Page<'a>,
    index: usize,
    columns: &'a Columns,
    section: Option<usize>,
    sense: Sense,
}

impl<'a> Table<'a> {
    fn of(page: &'a Page, index: usize) -> Self {
        let section = page.section_of(page.tables[index].head.line.number);
        let columns = &page.columns[index];
        Self { page, index, columns, section, sense: page.sense_of_parts(section) }
    }

    /// What the table lists; nothing when it plans, counts, scores or explains.
    fn kind(&self) -> Option<Kind> {
        let columns = self.columns;
        if matches!(self.sense, Sense::Legend | Sense::Present) || columns.title.is_none() {
            return None;
        }
        let graded = columns.is_graded();
        let gaps = self.sense.lists_gaps() || columns.says_gap;
        if columns.ids_of_gaps || columns.number.is_some() && graded && gaps && !columns.plans {
            return Some(Kind::Numbered);
        }
        if columns.plans || columns.is_figures {
            return None;
        }
        if columns.lacks.is_some() {
            return Some(Kind::Lacks);
        }
        let own = self.page.around(self.section).next().is_some_and(|own| own.sense.lists_gaps());
        if own && !columns.has_statuses() && columns.compared.is_none() {
            return Some(Kind::Listed);
        }
        if columns.has_statuses() {
            return Some(Kind::Statuses);
        }
        if columns.compared.is_some() {
            return Some(Kind::Compared);
        }
        self.sense.lists_gaps().then_some(Kind::Listed)
    }

    fn candidate(&self, row: usize, line: &Row, kind: Kind) -> Option<Candidate> {
        let name = self.name(line)?;
        let claim = self.claim(line);
        let words = self.page.words;
        let by_name = named(&name, words);
        let foreign = name.id.as_deref().is_some_and(|id| of_others(id, words));
        let counted = name.id.is_some() && !foreign;
        let (strength, rule) = match kind {
            Kind::Numbered if name.number.is_none() => return None,
            Kind::Numbered if by_name || counted => (Strength::Named, "row with an id"),
            Kind::Numbered => (Strength::Counted, "numbered row of a table of gaps"),
            _ if by_name || counted && self.sense.lists_gaps() => {
                (Strength::Named, "row with the id of a gap")
            }
            Kind::Listed if claim == Some(ClaimStatus::Done) => return None,
            Kind::Listed => (Strength::Titled, "row of a table in a part about gaps"),
            Kind::Lacks if !self.lacks(line) => return None,
            Kind::Lacks => (Strength::Titled, "row that says what is missing"),
            Kind::Statuses | Kind::Compared => match claim {
                Some(ClaimStatus::Open | ClaimStatus::Partial) => {
                    (Strength::Marked, "row whose mark is not done")
                }
                _ => return None,
            },
        };
        let role = match role_of(self.page, self.section, &name) {
            Role::Mentions if self.sense != Sense::Other && strength >= Strength::Counted => {
                Role::Summarises
            }
            role => role,
        };
        Some(Candidate {
            place: Place::Row(self.index, row),
            of_gap: by_name,
            listed: self.sense.lists_gaps(),
            name,
            strength,
            role,
            line: line.line.number,
            lines: (line.line.number, line.line.number),
            section: self.section,
            rule,
        })
    }

    /// The name of a row: its title cell, with the number of its number cell.
    fn name(&self, row: &Row) -> Option<Name> {
        let words = self.page.words;
        let cell = row.cells.get(self.columns.title?)?.text;
        let counted = self.columns.number.is_some();
        let mut name =
            if counted { name::of_title(cell, words) } else { name::of_item(cell, words) };
        if !name.titled && !counted && (name.rest.is_empty() || cell.chars().count() <= 60) {
            name = name::of_heading(cell, words);
        }
        if name.id.is_none() {
            name.number = None;
        }
        if let Some(cell) = self.columns.number.and_then(|column| row.cells.get(column)) {
            let short = || {
                let text = crate::read::lines::plain(cell.text);
                (self.columns.ids_of_gaps && (1..=24).contains(&text.chars().count()))
                    .then_some(text)
            };
            let number = Columns::number_of(cell.text).or_else(short)?;
            name.id = Some(number.clone()).filter(|number| number.contains(char::is_alphabetic));
            name.number = Some(number);
            name.series = None;
        }
        let tokens = Words::of(&name.title);
        let total = words.parts.whole(&tokens).is_some()
            || matches!(tokens.list(), [only] if TOTALS.contains(&only.as_str()));
        (!name.title.is_empty() && !total && !words.is_nothing(&name.title)).then_some(name)
    }

    /// What the marks and statuses of a row claim.
    fn claim(&self, row: &Row) -> Option<ClaimStatus> {
        let words = self.page.words;
        let text = |column: usize| row.cells.get(column).map(|cell| cell.text);
        if let Some(column) = self.columns.status {
            return text(column).and_then(|text| status::beside(text, words));
        }
        if let Some(column) = self.columns.compared {
            return text(column).and_then(|text| status::beside(text, words));
        }
        text(self.columns.title?).and_then(|text| status::sign(text, words))
    }

    /// Whether the column of what is missing says anything.
    fn lacks(&self, row: &Row) -> bool {
        let words = self.page.words;
        let Some(cell) = self.columns.lacks.and_then(|column| row.cells.get(column)) else {
            return false;
        };
        let done = status::sign(cell.text, words) == Some(ClaimStatus::Done)
            || self.claim(row) == Some(ClaimStatus::Done);
        !done && !words.is_nothing(cell.text)
    }
}

/// Titles of rows that add up the others.
const TOTALS: &[&str] = &[
    "total",
    "totals",
    "sum",
    "average",
    "overall",
    "gesamt",
    "summe",
    "totale",
    "totaal",
    "итого",
    "всего",
    "median",
    "mean",
    "media",
    "promedio",
    "moyenne",
];
