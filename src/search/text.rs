//! The text of one file as search sees it: sections with their anchors, in parts of a few kilobytes.
//! Made from the source, never from rendered pages.

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use crate::{
    graph::record::{Part, Record},
    model::{
        schema::Symbol,
        source::{Body, Facts, Outline},
    },
    read::{markdown, view},
};

/// A section as it is found and quoted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// The fragment that leads to it, empty for the top of the page.
    pub anchor: String,
    /// Its heading, plain; empty for the text before the first.
    pub title: String,
    /// Its words, plain.
    pub text: String,
}

/// So many lines of a file that is shown by lines are one section.
const LINES: usize = 30;

/// The sections of a record. Pure: the same file and record give the same.
pub fn of_record(outline: &Outline, body: &Body, record: &Record) -> Vec<Section> {
    match (record.part, body) {
        (Part::Symbol(n), _) => match &outline.facts {
            Facts::Schema(schema) => schema.symbols.get(n).map(symbol).unwrap_or_default(),
            _ => Vec::new(),
        },
        // Its words stand on the pages of its symbols.
        (Part::Whole, Body::Proto(_)) => Vec::new(),
        (Part::Whole, Body::Markdown { text, start }) => {
            let body = text.get(*start..).unwrap_or_default();
            let mut sections = sections(body, outline);
            if let Some(description) = &outline.front.description {
                let text = description.clone();
                sections.insert(0, Section { text, ..Section::default() });
            }
            sections
        }
        (Part::Whole, Body::Lines(text) | Body::Mermaid(text)) => by_lines(text),
        _ => {
            let (first, last) = record.lines;
            let first = first.max(1) as usize - 1;
            let lines = body.text().lines().skip(first);
            let lines: Vec<&str> = lines.take((last as usize).saturating_sub(first)).collect();
            vec![Section { text: plain(&lines.join("\n")), ..Section::default() }]
        }
    }
}

/// The first sentence of a record, for those who have not opened it yet; may be empty.
pub fn lead(outline: &Outline, record: &Record, sections: &[Section]) -> String {
    if let (Part::Symbol(n), Facts::Schema(schema)) = (record.part, &outline.facts) {
        let comment = schema.symbols.get(n).map(|symbol| plain(&symbol.comment));
        return comment.and_then(|text| text.lines().next().map(sentence)).unwrap_or_default();
    }
    let texts: Vec<&str> = sections.iter().map(|section| section.text.as_str()).collect();
    super::preview::lead(&texts, &record.title)
}

/// The longest first sentence, in bytes.
const SENTENCE: usize = 240;

/// The first sentence of a line, cut behind a word when it is long.
pub fn sentence(line: &str) -> String {
    let stops = |at: usize, stop: char| {
        let rest = &line[at + stop.len_utf8()..];
        // A full stop ends a sentence only before a capital: `e.g. this`, `v1.2`.
        match stop {
            '.' | '!' | '?' => {
                let next = rest.strip_prefix(' ').and_then(|rest| rest.chars().next());
                rest.is_empty() || next.is_some_and(|c| !c.is_lowercase())
            }
            _ => true,
        }
    };
    let end = line
        .char_indices()
        .find(|(at, c)| ".!?。！？".contains(*c) && *at > 3 && stops(*at, *c))
        .map_or(line.len(), |(at, c)| at + c.len_utf8());
    if end <= SENTENCE {
        return line[..end].to_owned();
    }
    let most = line.floor_char_boundary(SENTENCE);
    let cut = line[..most].rfind(' ').unwrap_or(most);
    format!("{}…", &line[..cut])
}

fn symbol(symbol: &Symbol) -> Vec<Section> {
    let mut text = plain(&symbol.comment);
    if symbol.pages() > 1 {
        // Each member is found by itself, for the page of the symbol may not be its own.
        let section = |(name, comment): (&str, &str)| Section {
            anchor: name.to_owned(),
            title: name.to_owned(),
            text: plain(comment),
        };
        let members = symbol.members().zip(symbol.member_comments()).map(section);
        let own = Section { text, ..Section::default() };
        return std::iter::once(own).chain(members).collect();
    }
    for (name, comment) in symbol.members().zip(symbol.member_comments()) {
        text.push('\n');
        text.push_str(name);
        if !comment.is_empty() {
            text.push_str(": ");
            text.push_str(&plain(comment));
        }
    }
    vec![Section { text, ..Section::default() }]
}

fn by_lines(text: &str) -> Vec<Section> {
    let lines: Vec<&str> = text.lines().collect();
    let section = |(n, lines): (usize, &[&str])| {
        let first = n * LINES + 1;
        Section {
            anchor: format!("L{first}"),
            title: format!("Lines {first} to {}", first + lines.len() - 1),
            text: lines.join("\n"),
        }
    };
    lines.chunks(LINES).enumerate().map(section).collect()
}

/// The sections of Markdown. The anchors are those of the outline, which has the same headings.
fn sections(body: &str, outline: &Outline) -> Vec<Section> {
    let mut found = vec![Section::default()];
    let mut headings = outline.headings.iter();
    let mut in_heading = false;
    let mut in_view = false;
    for event in Parser::new_ext(body, markdown::options()) {
        match event {
            Event::Start(Tag::Heading { .. }) => in_heading = true,
            // A view is a question; what answers it is found by itself.
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                in_view = view::is_view(&info);
            }
            Event::Text(_) if in_view => {}
            Event::End(TagEnd::CodeBlock) if in_view => in_view = false,
            Event::End(TagEnd::Heading(_)) => {
                in_heading = false;
                if let Some(heading) = headings.next() {
                    // The title of the page is known from its record.
                    let is_title = heading.level == 1 && heading.text == outline.title;
                    let title = if is_title { String::new() } else { heading.text.clone() };
                    let anchor = if is_title { String::new() } else { heading.anchor.clone() };
                    found.push(Section { anchor, title, text: String::new() });
                }
            }
            event if !in_heading => {
                let section = found.last_mut().expect("there is one from the start");
                push(&mut section.text, &event);
            }
            _ => {}
        }
    }
    for section in &mut found {
        section.text.truncate(section.text.trim_end().len());
    }
    found.retain(|section| !section.text.is_empty() || !section.title.is_empty());
    found
}

fn plain(markdown: &str) -> String {
    let mut text = String::new();
    for event in Parser::new_ext(markdown, markdown::options()) {
        push(&mut text, &event);
    }
    text.truncate(text.trim_end().len());
    text
}

fn push(text: &mut String, event: &Event<'_>) {
    match event {
        Event::Text(shown)
        | Event::Code(shown)
        | Event::InlineMath(shown)
        | Event::DisplayMath(shown) => text.push_str(shown),
        Event::SoftBreak | Event::HardBreak => text.push(' '),
        Event::End(TagEnd::TableCell) => text.push_str(" · "),
        Event::End(
            TagEnd::Paragraph
            | TagEnd::Item
            | TagEnd::CodeBlock
            | TagEnd::Heading(_)
            | TagEnd::TableHead
            | TagEnd::TableRow,
        ) if !text.is_empty() && !text.ends_with('\n') => text.push('\n'),
        _ => {}
    }
}
