//! The bones of a record of a log, as a new record has them: front matter, title, labels and
//! sections stay, what was said in them goes.

use std::{collections::BTreeMap, sync::LazyLock};

use regex::Regex;

use super::spelling::day_like;
use crate::{
    model::{decision::Decision, source::Heading},
    read::{
        decision::words::{Named, WORDS},
        lines::{self, Line, LineKind, marker_len, regex},
    },
};

static DIGITS: LazyLock<Regex> = LazyLock::new(|| regex(r"\d+"));
static BRACKET: LazyLock<Regex> = LazyLock::new(|| regex(r"[\[(]\p{L}[\p{L} ]*[\])]\s*$"));

/// A record to write another like.
#[derive(Clone, Copy, Debug)]
pub struct Model<'a> {
    /// What it says.
    pub decision: &'a Decision,
    /// Its lines; the whole file, or a part of it.
    pub lines: &'a [Line<'a>],
    /// Its front matter with both fences, empty when there is none.
    pub front: &'a str,
    /// Its headings, the title first.
    pub headings: &'a [Heading],
    /// How many records of the log have a section, by its heading in lower case; and how many
    /// records there are.
    pub sections: (&'a BTreeMap<String, usize>, usize),
    /// Lines of front matter that every record of the log has.
    pub constant: &'a [String],
}

/// What the new record says.
#[derive(Clone, Copy, Debug)]
pub struct Wish<'a> {
    /// Its number.
    pub number: u32,
    /// Its title.
    pub title: &'a str,
    /// Its status, spelled as the log does.
    pub status: &'a str,
    /// The day, `YYYY-MM-DD`.
    pub today: &'a str,
    /// The relation to state, `Supersedes …`, if any.
    pub relation: Option<&'a str>,
    /// The id of the superseded decision, for front matter.
    pub supersedes: Option<&'a str>,
}

/// The text of a new record like the model.
pub fn text(model: Model<'_>, wish: Wish<'_>) -> String {
    let mut out = String::new();
    let in_front = front(&mut out, model, wish);
    let mut body = Body { model, wish, out: String::new(), related: in_front };
    body.write();
    out.push_str(&body.out);
    out
}

/// Writes the front matter; returns whether the relation stands there.
fn front(out: &mut String, model: Model<'_>, wish: Wish<'_>) -> bool {
    let lines: Vec<&str> = model.front.lines().collect();
    let Some((open, rest)) = lines.split_first() else { return false };
    let sign = if open.starts_with("+++") { " = " } else { ": " };
    let mut related = false;
    out.push_str(open);
    out.push('\n');
    for line in rest.iter().filter(|line| !line.is_empty()) {
        let Some((key, value)) = line.split_once([':', '=']) else {
            if line.starts_with("---") || line.starts_with("+++") {
                continue;
            }
            if model.constant.iter().any(|own| own == line) {
                out.push_str(line);
                out.push('\n');
            }
            continue;
        };
        let name = key.trim().to_lowercase();
        let written = match name.as_str() {
            "status" => Some(wish.status.to_owned()),
            "date" => Some(day_like(value.trim().trim_matches(['"', '\'']), wish.today)),
            "title" => Some(numbered(value.trim().trim_matches(['"', '\'']), model, wish)),
            "id" | "adr" | "number" | "adr_id" | "adr-id" => Some(renumbered(
                value.trim().trim_matches(['"', '\'']),
                model.decision.number,
                wish.number,
            )),
            _ => None,
        };
        match written {
            Some(text) => {
                out.push_str(&format!("{key}{sign}{}\n", quoted(value.trim(), &text, sign)));
                if name == "status"
                    && let Some(other) = wish.supersedes
                {
                    out.push_str(&format!(
                        "supersedes{sign}{}\n",
                        quoted(value.trim(), other, sign)
                    ));
                    related = true;
                }
            }
            None if model.constant.iter().any(|own| own == line) => {
                out.push_str(line);
                out.push('\n');
            }
            None => {}
        }
    }
    out.push_str(open);
    out.push('\n');
    related
}

/// A value in the quotes of another; where YAML would read it otherwise, in quotes at least.
fn quoted(other: &str, text: &str, sign: &str) -> String {
    let quote = match other.chars().next() {
        Some(quote @ ('"' | '\'')) => Some(quote),
        _ if sign == " = " => Some('"'),
        _ if text.contains(": ")
            || text.contains(" #")
            || text.starts_with(|letter: char| !letter.is_alphanumeric()) =>
        {
            Some('"')
        }
        _ => None,
    };
    match quote {
        Some('"') => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
        Some(_) => format!("'{}'", text.replace('\'', "''")),
        None => text.to_owned(),
    }
}

/// A title in the manner of the model's, whose own title it ends with.
fn numbered(written: &str, model: Model<'_>, wish: Wish<'_>) -> String {
    let own = model.decision.title.as_str();
    let before = written.trim_end().strip_suffix(own).unwrap_or_default();
    let before = BRACKET.replace(before, "");
    renumbered(&before, model.decision.number, wish.number) + wish.title
}

/// A text with another number, as wide as the old one is written.
fn renumbered(text: &str, old: Option<u32>, new: u32) -> String {
    let is_old = |digits: &str| digits.parse().ok() == old;
    let Some(found) = DIGITS.find_iter(text).find(|found| is_old(found.as_str())) else {
        return text.to_owned();
    };
    let width = found.as_str().len();
    format!("{}{new:0width$}{}", &text[..found.start()], &text[found.end()..])
}

/// The text below the front matter, while it is written.
struct Body<'a> {
    model: Model<'a>,
    wish: Wish<'a>,
    out: String,
    /// Whether the relation is stated already.
    related: bool,
}

/// The section a line stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Top,
    Status,
    History,
    Other,
    /// One that only some records have.
    Dropped,
}

impl Body<'_> {
    fn write(&mut self) {
        let mut section = Section::Top;
        let mut said = false;
        let lines = self.model.lines;
        let mut index = 0;
        while let Some(line) = lines.get(index) {
            index += 1;
            if let Some(heading) = self.heading(line) {
                let next = self.section(heading);
                if section == Section::Top && heading > 0 && !self.states_by_section() {
                    self.relate();
                }
                section = next;
                said = false;
                if section != Section::Dropped {
                    self.block(&self.titled(heading, line));
                }
                continue;
            }
            if line.kind == LineKind::Code || line.is_blank() {
                continue;
            }
            match section {
                Section::Top => index += self.label(line, lines.get(index..).unwrap_or_default()),
                Section::Status => {
                    let label = lines::label(line.text).and_then(|l| WORDS.label(l.name));
                    if label == Some(Named::Date) {
                        self.label(line, &[]);
                    } else if !said && !line.text.trim_start().starts_with("<!--") {
                        said = true;
                        self.block(&with_status(line.text, self.model.decision, self.wish.status));
                        self.relate();
                    }
                }
                Section::History if !said => {
                    said = true;
                    let marker = &line.text[..marker_len(line.text)];
                    let raw = self.model.decision.date.as_ref().map_or("", |date| &date.raw);
                    let day = day_like(raw, self.wish.today);
                    self.block(&format!("{marker}{day}: Initial version"));
                }
                _ => {}
            }
        }
        self.relate();
    }

    fn states_by_section(&self) -> bool {
        self.model.decision.status.as_ref().is_some_and(|status| status.rule == "status section")
    }

    fn heading(&self, line: &Line<'_>) -> Option<usize> {
        let at = self.model.headings.iter().position(|heading| heading.line == line.number)?;
        line.text.trim_start().starts_with('#').then_some(at)
    }

    fn section(&self, index: usize) -> Section {
        let heading = &self.model.headings[index];
        if index == 0 {
            return Section::Top;
        }
        let (sections, records) = self.model.sections;
        let count = sections.get(&heading.text.to_lowercase()).copied().unwrap_or(0);
        if WORDS.label(&heading.text) == Some(Named::Status) {
            Section::Status
        } else if heading.level > self.model.headings[0].level + 2 || 2 * count < records {
            Section::Dropped
        } else if WORDS.is_history(&heading.text) {
            Section::History
        } else {
            Section::Other
        }
    }

    fn titled(&self, index: usize, line: &Line<'_>) -> String {
        if index > 0 {
            return line.text.trim_end().to_owned();
        }
        let heading = &self.model.headings[0];
        let signs = "#".repeat(heading.level.into());
        format!("{signs} {}", numbered(&heading.text, self.model, self.wish))
    }

    /// Writes a label or a table above the text; returns how many of the next lines it took.
    fn label(&mut self, line: &Line<'_>, next: &[Line<'_>]) -> usize {
        if line.text.trim_start().starts_with('|') {
            return self.table(line, next);
        }
        let Some(label) = lines::label(line.text) else { return 0 };
        let before = &line.text[..label.offset];
        let end = &line.text[line.text.trim_end().len()..];
        match WORDS.label(label.name) {
            Some(Named::Status) => {
                let text = with_status(line.text, self.model.decision, self.wish.status);
                self.row(&(text + end));
                let marker = &line.text[..marker_len(line.text)];
                if !self.related
                    && let Some(relation) = self.wish.relation
                    && let Some((verb, others)) = relation.split_once(' ')
                {
                    let row = match marker.is_empty() {
                        true => before.replacen(label.name, verb, 1) + others + end,
                        false => format!("{marker}{relation}"),
                    };
                    self.row(&row);
                    self.related = true;
                }
            }
            Some(Named::Date) => {
                let day = day_like(&lines::plain(label.value), self.wish.today);
                self.row(&format!("{before}{day}{end}"));
            }
            _ => {}
        }
        0
    }

    /// `| Status | Accepted |` by rows, or names over values.
    fn table(&mut self, line: &Line<'_>, next: &[Line<'_>]) -> usize {
        let cells = |row: &str| -> Vec<String> {
            let row = row.trim().trim_start_matches('|');
            row.strip_suffix('|').unwrap_or(row).split('|').map(|c| c.trim().to_owned()).collect()
        };
        let value = |name: &str, other: &str| match WORDS.label(name) {
            Some(Named::Status) => self.wish.status.to_owned(),
            Some(Named::Date) => day_like(&lines::plain(other), self.wish.today),
            _ => String::new(),
        };
        let own = cells(line.text);
        let ruler = |row: &&Line<'_>| row.text.contains("--");
        if let (Some(rule), Some(row)) = (next.first().filter(ruler), next.get(1))
            && own.iter().any(|cell| WORDS.label(cell) == Some(Named::Status))
            && (own.len() > 2 || own.last().is_some_and(|cell| WORDS.label(cell).is_some()))
        {
            let values: Vec<String> =
                own.iter().zip(cells(row.text)).map(|(name, other)| value(name, &other)).collect();
            self.row(line.text.trim_end());
            self.row(rule.text.trim_end());
            self.row(&format!("| {} |", values.join(" | ")));
            return 2;
        }
        match own.as_slice() {
            [name, other] if WORDS.label(name).is_some() => {
                let text = format!("| {name} | {} |", value(name, other));
                self.row(&text);
            }
            [_, _] if next.first().is_some_and(|row| ruler(&row)) || line.text.contains("--") => {
                self.row(line.text.trim_end());
            }
            _ => {}
        }
        0
    }

    /// States the relation, once.
    fn relate(&mut self) {
        if !self.related
            && let Some(relation) = self.wish.relation
        {
            self.related = true;
            self.block(relation);
        }
    }

    /// A paragraph of its own.
    fn block(&mut self, text: &str) {
        if !self.out.is_empty() {
            if !self.out.ends_with('\n') {
                self.out.push('\n');
            }
            self.out.push('\n');
        } else if !self.model.front.is_empty() {
            self.out.push('\n');
        }
        self.out.push_str(text.trim_end());
        self.out.push('\n');
    }

    /// A line of a list or a table, below one before it.
    fn row(&mut self, text: &str) {
        let last = self.out.lines().last().unwrap_or_default();
        if last.is_empty() || last.starts_with('#') {
            self.block(text);
            if text.ends_with("  ") {
                self.out.truncate(self.out.trim_end().len());
                self.out.push_str("  \n");
            }
        } else {
            self.out.push_str(text);
            self.out.push('\n');
        }
    }
}

/// A line of a status with another status: marks around the old words stay.
pub fn with_status(line: &str, decision: &Decision, status: &str) -> String {
    let raw = decision.status.as_ref().map_or("", |status| status.raw.as_str());
    let at = if raw.is_empty() { None } else { line.find(raw) };
    let (before, after) = match at {
        Some(at) => (&line[..at], &line[at + raw.len()..]),
        None => {
            let label = lines::label(line).filter(|l| WORDS.label(l.name) == Some(Named::Status));
            let from = label.map_or(marker_len(line), |label| label.offset);
            (&line[..from], "")
        }
    };
    let marks = after.chars().all(|sign| "*_\"'`| ".contains(sign));
    format!("{before}{status}{}", if marks { after.trim_end() } else { "" })
}
