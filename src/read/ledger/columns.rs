//! The columns of a table: what each says, by its head and by its cells.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use regex::Regex;

use super::{
    lexicon::Words,
    status,
    vocabulary::{Meaning, Vocabulary},
};
use crate::{
    model::gap::ClaimStatus,
    read::{
        grid::Table,
        lines::{plain, regex},
    },
};

/// A table's columns, by what they are used for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Columns {
    /// What each says, with its head as written.
    pub all: Vec<(Option<Meaning>, String)>,
    /// Titles.
    pub title: Option<usize>,
    /// Numbers or ids of the rows.
    pub number: Option<usize>,
    /// Statuses.
    pub status: Option<usize>,
    /// What each row lacks, beside a title.
    pub lacks: Option<usize>,
    /// The column of marks that is compared with the others: ours.
    pub compared: Option<usize>,
    /// All columns of marks, each with the share of marks that say done.
    pub marks: Vec<(usize, f64)>,
    /// Whether the ids are those of gaps.
    pub ids_of_gaps: bool,
    /// Whether a head says gap.
    pub says_gap: bool,
    /// Whether a head is one that only plans, risks and counts have.
    pub plans: bool,
    /// Whether all cells beside the first are figures.
    pub is_figures: bool,
}

static ID: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^\[?((?:\p{Lu}[\p{Lu}\p{N}]*[-_–])+\p{Lu}{0,3}\d+[a-z]?(?:\.\d+)*|\p{Lu}{1,4}\.?\d{1,4}[a-z]?(?:\.\d+)*)\]?(?:\s?\([^)]*\))?$",
    )
});
static COUNT: LazyLock<Regex> = LazyLock::new(|| regex(r"^#?\s?(\d{1,6}(?:\.\d+)*[a-z]?)\.?$"));
static FIGURE: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"^[~≈<>≥≤+€$£]?\s?[\d.,/%+–—\s-]+(?:\s?[%kKMx]|[A-F][+-]?)?$|^[A-F][+-]?$|^$")
});

/// At most this many rows tell what a column holds.
const SAMPLE: usize = 200;

impl Columns {
    /// Reads heads and cells.
    pub fn of(table: &Table, words: &Vocabulary) -> Self {
        let mut columns = Self::default();
        for cell in &table.head.cells {
            let head = plain(cell.text);
            let meaning = match head.as_str() {
                "№" | "Nº" | "N°" | "#" => Some(Meaning::Number),
                _ => words.column(&head),
            };
            columns.says_gap |= words.says_gap(&head);
            columns.all.push((meaning, head));
        }
        let cells = Cells { table };
        columns.number(&cells, words);
        columns.title(&cells, words);
        columns.rest(&cells, words);
        columns
    }

    /// What a cell counts its row by: `12`, `#12`, `GAP-003`; sums and remarks do not.
    pub fn number_of(cell: &str) -> Option<String> {
        let text = unlinked(cell);
        if let Some(found) = ID.captures(&text) {
            return Some(found[1].replace('–', "-"));
        }
        COUNT.captures(&text).map(|found| found[1].to_owned())
    }

    /// Whether rows are graded: by a priority, a severity or a status.
    pub fn is_graded(&self) -> bool {
        let graded = |meaning: &Option<Meaning>| {
            matches!(
                meaning,
                Some(
                    Meaning::Priority
                        | Meaning::Severity
                        | Meaning::Status
                        | Meaning::Category
                        | Meaning::Effort
                )
            )
        };
        self.all.iter().any(|(meaning, _)| graded(meaning))
    }

    /// Whether there is a column of statuses.
    pub fn has_statuses(&self) -> bool {
        self.status.is_some()
    }

    fn number(&mut self, cells: &Cells, words: &Vocabulary) {
        // A column headed as the ids of gaps may hold ids of several makes.
        let of_gaps = |column: usize| {
            self.all[column].0 == Some(Meaning::Number) && words.says_gap(&self.all[column].1)
        };
        let counts = |column: usize| {
            let least = if of_gaps(column) { 0.3 } else { 0.6 };
            cells.share(column, |text| Self::number_of(text).is_some()) >= least
        };
        let by_head = (0..self.all.len()).find(|column| {
            matches!(self.all[*column].0, Some(Meaning::Number | Meaning::Missing))
                && *column < 2
                && counts(*column)
        });
        let ids = |column: usize| cells.share(column, |text| ID.is_match(&unlinked(text))) >= 0.6;
        self.number = by_head.or_else(|| (0..self.all.len().min(1)).find(|column| ids(*column)));
        if let Some(column) = self.number {
            let named = cells.share(column, |text| {
                Self::number_of(text)
                    .is_some_and(|id| id.split(['-', '_']).any(|part| words.says_gap(part)))
            });
            let lettered = cells.share(column, |text| ID.is_match(&unlinked(text)));
            self.ids_of_gaps = named >= 0.5 || lettered >= 0.3 && of_gaps(column);
            self.all[column].0 = Some(Meaning::Number);
        }
    }

    fn title(&mut self, cells: &Cells, words: &Vocabulary) {
        let (all, number) = (&self.all, self.number);
        let open = |column: &usize| Some(*column) != number;
        let means = |wanted: Meaning| {
            (0..all.len()).filter(open).find(|column| all[*column].0 == Some(wanted))
        };
        let texts = |column: &usize| {
            cells.share(*column, |text| text.chars().any(char::is_alphabetic)) >= 0.5
        };
        let marks = |column: &usize| {
            cells.share(*column, |text| status::beside(text, words).is_some()) >= 0.6
        };

        let is_free = |column: &usize| {
            matches!(all[*column].0, None | Some(Meaning::Title | Meaning::Missing))
        };
        let first = (0..all.len())
            .filter(open)
            .find(|column| is_free(column) && texts(column) && !marks(column));
        let of_gap = means(Meaning::Missing).filter(|_| self.number.is_some());
        let title = means(Meaning::Title);
        let counted = [of_gap, title, first.filter(|_| number.is_some())];
        self.title = counted.into_iter().flatten().min();
        // A first column that says the same of several rows groups them; another names each.
        let names = |column: &usize| cells.distinct(*column) >= 0.9;
        let finer = (1..all.len()).filter(open).find(|column| {
            all[*column].0 == Some(Meaning::Title) && texts(column) && names(column)
        });
        let first = first.filter(|column| names(column) || finer.is_none()).or(finer).or(first);
        // Without a number the first column names the row.
        let named_first =
            first.filter(|column| *column == 0 && is_free(column) && self.number.is_none());
        // `| ID | Priority | Risk |`: whatever its head, a column of sentences names the rows.
        let sentences =
            |column: &usize| cells.share(*column, |text| text.chars().count() >= 20) >= 0.5;
        let told = (0..all.len()).filter(open).find(|column| texts(column) && sentences(column));
        self.title = named_first.or(self.title).or(first).or(told);
    }

    fn rest(&mut self, cells: &Cells, words: &Vocabulary) {
        let all = 0..self.all.len();
        let free: Vec<usize> =
            all.filter(|c| Some(*c) != self.title && Some(*c) != self.number).collect();
        let marks =
            |column: usize| cells.share(column, |text| status::beside(text, words).is_some());
        let by_head =
            |wanted: Meaning| free.iter().copied().find(|c| self.all[*c].0 == Some(wanted));
        let marked = |column: &usize| marks(*column) >= 0.5;
        self.status = by_head(Meaning::Status)
            .filter(marked)
            .or_else(|| by_head(Meaning::Percent).filter(marked));
        self.lacks = by_head(Meaning::Missing);
        let signs = |column: usize| {
            cells.share(column, |text| {
                status::sign(text, words).is_some() || status::beside(text, words).is_some()
            })
        };
        let compared: Vec<usize> = free
            .iter()
            .copied()
            .filter(|c| matches!(self.all[*c].0, None | Some(Meaning::Current | Meaning::Expected)))
            .filter(|c| signs(*c) >= 0.6)
            .collect();
        if self.status.is_none() {
            let done = |c: usize| {
                cells.share(c, |text| status::beside(text, words) == Some(ClaimStatus::Done))
            };
            self.marks = compared.iter().map(|column| (*column, done(*column))).collect();
        }
        self.plans = self.all.iter().enumerate().any(|(column, (meaning, head))| {
            *meaning == Some(Meaning::Plan) || self.title == Some(column) && is_of_plan(head, words)
        });
        let figures = free
            .iter()
            .filter(|c| cells.share(**c, |text| FIGURE.is_match(&unlinked(text))) >= 0.8)
            .count();
        self.is_figures = !free.is_empty() && figures * 4 >= free.len() * 3;
    }
}

/// Chooses in every comparison the column that is ours: the one whose head says so, that of the
/// product the title names first, else the one that has the least done in all tables together.
pub fn choose_ours(all: &mut [Columns], title: &str) {
    let mut shares: BTreeMap<String, (f64, f64)> = BTreeMap::new();
    for columns in all.iter() {
        for (column, done) in &columns.marks {
            let (sum, count) = shares.entry(columns.all[*column].1.to_lowercase()).or_default();
            *sum += done;
            *count += 1.0;
        }
    }
    let title = Words::of(title);
    let named = |head: &str| {
        let head = Words::of(head);
        let first = head.list().first()?;
        title.list().iter().position(|word| word == first)
    };
    for columns in all {
        let head = |column: &usize| columns.all[*column].1.to_lowercase();
        let all_marks: Vec<usize> = columns.marks.iter().map(|(column, _)| *column).collect();
        let current =
            all_marks.iter().copied().find(|c| columns.all[*c].0 == Some(Meaning::Current));
        let by_title = all_marks
            .iter()
            .filter_map(|column| Some((named(&columns.all[*column].1)?, *column)))
            .min()
            .map(|(_, column)| column);
        let mean =
            |column: &usize| shares.get(&head(column)).map_or(1.0, |(sum, count)| sum / count);
        let least = all_marks.iter().copied().min_by(|a, b| mean(a).total_cmp(&mean(b)));
        columns.compared = current.or(by_title).or(least);
    }
}

/// Whether a head is a word of plans, risks and sums: `Risk`, `Phase`, `Week`.
fn is_of_plan(head: &str, words: &Vocabulary) -> bool {
    let tokens = Words::of(head);
    use super::vocabulary::Part;
    matches!(words.parts.whole(&tokens), Some(Part::Other))
        && words.columns.whole(&tokens) != Some(Meaning::Title)
        || matches!(
            words.columns.whole(&tokens),
            Some(
                Meaning::Priority
                    | Meaning::Severity
                    | Meaning::Status
                    | Meaning::Category
                    | Meaning::Phase
            )
        )
}

/// The cells of a table by column.
struct Cells<'a> {
    table: &'a Table<'a>,
}

impl Cells<'_> {
    /// The share of the filled cells of a column that are so.
    fn share(&self, column: usize, is: impl Fn(&str) -> bool) -> f64 {
        let texts = self.table.rows.iter().take(SAMPLE).filter_map(|row| row.cells.get(column));
        let (mut all, mut so) = (0.0, 0.0);
        for cell in texts.filter(|cell| !cell.text.is_empty()) {
            all += 1.0;
            so += f64::from(u8::from(is(cell.text)));
        }
        if all == 0.0 { 0.0 } else { so / all }
    }
}

impl Cells<'_> {
    /// How many of the filled cells of a column are different, as a share.
    fn distinct(&self, column: usize) -> f64 {
        let texts = self.table.rows.iter().take(SAMPLE).filter_map(|row| row.cells.get(column));
        let texts: Vec<&str> =
            texts.map(|cell| cell.text).filter(|text| !text.is_empty()).collect();
        let different: BTreeSet<&str> = texts.iter().copied().collect();
        if texts.is_empty() { 1.0 } else { different.len() as f64 / texts.len() as f64 }
    }
}

/// A cell's text without marks; of a link its text.
fn unlinked(cell: &str) -> String {
    let text = plain(cell).replace("~~", "");
    match text.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((inside, _)) => inside.trim().to_owned(),
        None => text.trim().to_owned(),
    }
}
