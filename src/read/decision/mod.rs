//! Decision records: Nygard, adr-tools, MADR 2 to 4, log4brains, and several in one file.

mod relation;
mod status;
mod title;

use crate::{
    model::{
        Fact,
        decision::Decision,
        source::{Body, Facts, FrontMatter, Heading, Source},
    },
    path::RelPath,
    read::lines::{self, Line, LineKind},
};

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
        let number = split.as_ref().map(|split| split.number).or(named.as_ref().map(|n| n.number));
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
        let (rest, bracket) = status::bracket(&rest);
        let line = heading.map_or(1, |heading| heading.line);
        let status =
            self.front_status().or_else(|| status::read(self.headings, lines)).or_else(|| {
                bracket.map(|raw| Fact::new(status::normal(&raw), raw, line, "mark in the title"))
            });
        let date = status::date(lines).or_else(|| {
            let raw = self.front.date.clone()?;
            Some(Fact::new(raw.clone(), raw, self.front_line("date"), "front matter"))
        });
        let mut relations = relation::of_front(self.front, self.front_lines);
        relations.extend(relation::read(self.headings, lines));
        Decision {
            id,
            number,
            title: rest,
            status,
            date,
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
        let sections = &rest[..inside];
        let status = status::read(sections, &block).or_else(|| {
            bracket
                .map(|raw| Fact::new(status::normal(&raw), raw, heading.line, "mark in the title"))
        });
        Decision {
            id,
            number,
            title,
            status,
            date: status::date(&block),
            relations: relation::unique(relation::read(sections, &block)),
            anchor: Some(heading.anchor.clone()),
            lines: (heading.line, last),
        }
    }

    fn front_status(&self) -> Option<Fact<crate::model::decision::Status>> {
        let raw = self.front.status.as_deref().filter(|raw| !status::is_template(raw))?;
        let line = self.front_line("status");
        Some(Fact::new(status::normal(raw), raw.trim(), line, "front matter"))
    }

    /// The line of a key of the front matter.
    fn front_line(&self, key: &str) -> u32 {
        front_line(self.front_lines, key)
    }
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
