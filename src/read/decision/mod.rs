//! Decision records: Nygard, adr-tools, MADR 2 to 4, log4brains, and several in one file.

mod date;
mod details;
mod people;
mod relation;
mod status;
pub mod title;
pub mod words;

use crate::{
    model::{
        Fact,
        decision::{Decision, Relation, Status},
        source::{Body, Facts, FrontMatter, Heading, Source},
    },
    path::RelPath,
    read::lines::{self, Line, LineKind},
};
use status::Stated;

/// Reads the decisions of a file that was read as Markdown.
pub fn read(source: &mut Source) {
    let Body::Markdown { text, start } = &source.body else { return };
    let lines = lines::scan(text, *start);
    let page = Page {
        path: &source.outline.path,
        title: &source.outline.title,
        front: &source.outline.front,
        headings: &source.outline.headings,
        front_lines: text.get(..*start).unwrap_or_default(),
        last: source.outline.lines.max(1),
    };
    let several = page.several();
    let decisions = if several.is_empty() {
        vec![page.single(&lines)]
    } else {
        several.into_iter().map(|index| page.one_of_many(index, &lines)).collect()
    };
    source.outline.facts = Facts::Decisions(decisions);
}

/// The status that a short text means, such as the heading of a list of decisions.
pub fn status_of(text: &str) -> Status {
    status::meaning(text).0
}

/// What the reader knows of the file.
struct Page<'a> {
    path: &'a RelPath,
    title: &'a str,
    front: &'a FrontMatter,
    headings: &'a [Heading],
    front_lines: &'a str,
    last: u32,
}

impl Page<'_> {
    /// The headings that each open a decision, when the file holds several.
    fn several(&self) -> Vec<usize> {
        let numbered = |heading: &Heading| title::record(&heading.text);
        let first_is_one = self.headings.first().is_some_and(|heading| {
            heading.level == 1 && (numbered(heading) || title::split(&heading.text).is_some())
        });
        if first_is_one || title::of_name(self.path).is_some() {
            return Vec::new();
        }
        let below = |heading: &&Heading| heading.level > 1 && numbered(heading);
        let Some(level) = self.headings.iter().filter(below).map(|heading| heading.level).min()
        else {
            return Vec::new();
        };
        let of_level = self.headings.iter().enumerate();
        of_level.filter(|(_, h)| h.level == level && numbered(h)).map(|(index, _)| index).collect()
    }

    /// The decision that is the whole file.
    fn single(&self, lines: &[Line]) -> Decision {
        let heading = self.headings.first().filter(|heading| heading.level == 1);
        let written = self.front.title.as_deref().or(heading.map(|heading| heading.text.as_str()));
        let written = written.unwrap_or(self.title);
        let split = title::split(written);
        let named = title::of_name(self.path);
        // A title counts before the name only where it says that its number is a record's.
        let says = split.as_ref().filter(|split| split.record);
        let number = says.or(named.as_ref()).or(split.as_ref()).map(|found| found.number);
        let id = match (&self.front.id, &split, &named) {
            (Some(id), _, _) => id.clone(),
            (None, Some(split), _) if split.record => format!("ADR-{}", split.digits),
            (None, _, Some(named)) => format!("ADR-{}", named.digits),
            (None, Some(split), None) if !title::is_dated(self.path) => {
                format!("ADR-{}", split.digits)
            }
            _ => self.path.stem().to_owned(),
        };
        let rest = split.map_or_else(|| written.to_owned(), |split| split.title);
        let (title, bracket) = status::bracket(&rest);
        let line = match &self.front.title {
            Some(_) => self.front_line("title"),
            None => heading.map_or(1, |heading| heading.line),
        };
        let found = Parts::read(self.headings, lines, bracket.map(|raw| (raw, line)));
        let stated = self.front_status().or(|| found.stated);
        let mut relations = relation::of_front(self.front, self.front_lines);
        relations.extend(found.relations);
        Decision {
            id,
            number,
            title,
            status: stated.status,
            implementation: stated.implementation,
            date: self.front_date().or(found.date).or_else(|| {
                let date = title::date_of_name(self.path)?;
                Some(Fact::new(date, self.path.stem(), 1, "file name"))
            }),
            deciders: people::of_front(self.front, self.front_lines).or(found.deciders),
            relations: relation::unique(relations),
            anchor: None,
            lines: (1, self.last),
        }
    }

    /// The decision that begins at a heading of a file of many.
    fn one_of_many(&self, index: usize, lines: &[Line]) -> Decision {
        let heading = &self.headings[index];
        let rest = &self.headings[index + 1..];
        let inside = rest.iter().take_while(|next| next.level > heading.level).count();
        let end = rest.get(inside).map_or(self.last, |next| next.line.saturating_sub(1));
        let block: Vec<Line> = lines
            .iter()
            .copied()
            .filter(|line| (heading.line + 1..=end).contains(&line.number))
            .collect();
        let last = block
            .iter()
            .rfind(|line| !line.is_blank() && !is_ruler(line))
            .map_or(heading.line, |line| line.number);
        let split = title::split(&heading.text);
        let number = split.as_ref().map(|split| split.number);
        let id = split
            .as_ref()
            .map_or_else(|| heading.anchor.clone(), |split| format!("ADR-{}", split.digits));
        let (title, bracket) =
            status::bracket(&split.map_or_else(|| heading.text.clone(), |split| split.title));
        let found = Parts::read(&rest[..inside], &block, bracket.map(|raw| (raw, heading.line)));
        Decision {
            id,
            number,
            title,
            status: found.stated.status,
            implementation: found.stated.implementation,
            date: found.date,
            deciders: found.deciders,
            relations: relation::unique(found.relations),
            anchor: Some(heading.anchor.clone()),
            lines: (heading.line, last),
        }
    }

    fn front_status(&self) -> Stated {
        let Some(raw) = self.front.status.as_deref() else { return Stated::default() };
        Stated::of(raw, self.front_line("status"), "front matter")
    }

    fn front_date(&self) -> Option<Fact<String>> {
        let raw = self.front.date.as_deref().filter(|raw| !status::is_template(raw))?;
        let value = date::iso(raw).unwrap_or_else(|| raw.to_owned());
        Some(Fact::new(value, raw, self.front_line("date"), "front matter"))
    }

    /// The line of a key of the front matter.
    fn front_line(&self, key: &str) -> u32 {
        front_line(self.front_lines, key)
    }
}

/// What the lines of one decision state.
struct Parts {
    stated: Stated,
    date: Option<Fact<String>>,
    deciders: Option<Fact<Vec<String>>>,
    relations: Vec<Relation>,
}

impl Parts {
    fn read(headings: &[Heading], lines: &[Line], bracket: Option<(String, u32)>) -> Self {
        let lines = shown(lines);
        let details = details::read(headings, &lines);
        let stated =
            status::of_details(&details).or(|| status::of_section(headings, &lines)).or(|| {
                match bracket {
                    Some((raw, line)) => Stated::of(&raw, line, "mark in the title"),
                    None => Stated::default(),
                }
            });
        let date = date::of_details(&details)
            .or_else(|| date::of_labels(&lines))
            .or_else(|| date::of_section(headings, &lines))
            .or_else(|| stated.status.as_ref().and_then(date::of_status))
            .or_else(|| date::of_history(headings, &lines));
        Self {
            date,
            deciders: people::of_lines(&details, &lines),
            relations: relation::read(headings, &lines),
            stated,
        }
    }
}

/// The lines as a reader sees them: without what stands in comments.
fn shown<'a>(lines: &[Line<'a>]) -> Vec<Line<'a>> {
    let mut commented = false;
    let cut = |line: &Line<'a>| {
        if line.kind == LineKind::Code {
            return *line;
        }
        let mut text = line.text;
        if commented {
            commented = !text.contains("-->");
            text = "";
        } else if let Some((before, comment)) = text.split_once("<!--") {
            commented = !comment.contains("-->");
            text = before;
        }
        Line { text, ..*line }
    };
    lines.iter().map(cut).collect()
}

/// The line, from 1, on which front matter gives `key`; the first when it cannot be seen.
pub(super) fn front_line(front: &str, key: &str) -> u32 {
    let gives = |line: &str| {
        line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with([':', '=', '.']))
            || line.trim_start_matches('[').trim_end().trim_end_matches(']') == key
    };
    front.lines().position(gives).map_or(1, |index| index as u32 + 1)
}

fn is_ruler(line: &Line) -> bool {
    let text = line.text.trim();
    line.kind == LineKind::Prose
        && text.len() >= 3
        && text.bytes().all(|sign| matches!(sign, b'-' | b'*' | b'_'))
}

#[cfg(test)]
mod tests;
