//! Markdown: title, headings, references, mentions and size of one file.

mod amount;
mod anchors;
pub mod external;
mod raw;
mod scan;
#[cfg(test)]
mod tests;

use std::{collections::BTreeSet, sync::Arc};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::{
    diag::{Diagnostic, codes},
    model::source::{Body, Classified, Cover, Facts, Heading, Order, Outline, Source},
    path::RelPath,
    read::{dialect, front_matter, slug::Slugger, title_from_name},
    text::{Span, count_lines},
};

/// The Markdown that is read, the same for outlines and for pages. Front matter is cut off before.
pub const fn options() -> Options {
    Options::ENABLE_TABLES
        .union(Options::ENABLE_FOOTNOTES)
        .union(Options::ENABLE_STRIKETHROUGH)
        .union(Options::ENABLE_TASKLISTS)
        .union(Options::ENABLE_HEADING_ATTRIBUTES)
        .union(Options::ENABLE_MATH)
        .union(Options::ENABLE_GFM)
        .union(Options::ENABLE_WIKILINKS)
}

/// Whether a file is Markdown by its extension.
pub fn is_markdown(path: &RelPath) -> bool {
    path.has_extension(&["md", "markdown", "mdown", "mkd", "mdx"])
}

fn is_readme(path: &RelPath) -> bool {
    path.stem().eq_ignore_ascii_case("readme")
}

/// Reads a Markdown file: everything but what its kind states.
pub fn read(path: &RelPath, classified: Classified, text: &Arc<str>) -> Source {
    let dialect::Plain { text, skipped } = dialect::plain(path, text);
    let text = &text;
    let front_matter::Split { front, covers, start, mut diagnostics } =
        front_matter::split(path, text);
    if text[start..].trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty()
        // Hugo has a section's title in a file that holds nothing else.
        && path.stem() != "_index"
    {
        diagnostics.push(
            Diagnostic::new(&codes::EMPTY_FILE, path, "the file has no content")
                .help("write the document, or remove the file"),
        );
    }
    if let Some(first) = skipped.first() {
        let message = match skipped.len() {
            1 => "a line of code is not shown".to_owned(),
            lines => format!("{lines} lines of code are not shown"),
        };
        diagnostics.push(
            Diagnostic::new(&codes::MDX_SKIPPED, path, message)
                .at(Span::from(first.clone()))
                .help("code of documents is never run"),
        );
    }
    let scan = scan::scan(text, start);
    if let Some(fence) = scan.unclosed {
        let message = "this fence is never closed: all below it is code, and is not read";
        diagnostics.push(
            Diagnostic::new(&codes::FENCE_UNCLOSED, path, message)
                .at(fence)
                .help("close it by a line of the same marks"),
        );
    }
    for problem in scan.views.iter().flat_map(|view| &view.problems) {
        diagnostics.push(
            Diagnostic::new(&codes::INVALID_VIEW, path, problem.message.clone())
                .at(problem.span)
                .help(problem.help.clone()),
        );
    }
    let headings = scan.anchors.headings;
    let named = |heading: &&Heading| !heading.text.is_empty();
    let first = headings.iter().filter(named).find(|heading| heading.level == 1);
    // The first section of a README that has no title is not what it is about.
    let any = || headings.iter().find(named).filter(|_| !is_readme(path));
    let first = first.or_else(any);
    let title = front.title.clone().or_else(|| first.map(|heading| heading.text.clone()));
    let outline = Outline {
        path: path.clone(),
        classified,
        title: title.unwrap_or_else(|| title_from_name(path)),
        front,
        headings,
        places: scan.anchors.places,
        references: scan.references,
        mentions: scan.mentions.into_iter().collect(),
        covers: covers.into_iter().chain(scan.covers).collect(),
        views: scan.views,
        amount: scan.amount,
        lines: count_lines(text),
        divisions: Vec::new(),
        order: Order::default(),
        facts: Facts::Plain,
    };
    Source { outline, body: Body::Markdown { text: text.clone(), start }, diagnostics }
}

/// The headings of a file whose Markdown begins at `start`, with the anchors of its page but without
/// the amount of text below them, and its other places. A page asks for them; it needs no more.
pub fn headings(text: &str, start: usize) -> (Vec<Heading>, Vec<String>) {
    let found = anchors::Anchors::of(text, start);
    (found.headings, found.places)
}

/// The ids that a piece of raw HTML gives to places.
pub fn ids(html: &str) -> Vec<String> {
    raw::ids(html)
}

/// The text that a run of events shows, without its marks.
pub fn plain_text<'a>(events: impl IntoIterator<Item = Event<'a>>) -> String {
    let mut plain = String::new();
    for event in events {
        push_plain(&event, &mut plain);
    }
    plain.trim().to_owned()
}

/// The first paragraph that stands in no list, table or quotation and says something, without its
/// marks; of several short ones, which are often labels, the first.
pub fn first_paragraph(text: &str) -> String {
    let (mut depth, mut images) = (0_u32, 0_u32);
    let (mut first, mut plain) = (String::new(), String::new());
    for event in Parser::new_ext(text, options()) {
        match &event {
            Event::Start(Tag::Paragraph) if depth == 0 => {
                plain.clear();
                depth += 1;
            }
            Event::End(TagEnd::Paragraph) if depth == 1 => {
                depth = 0;
                if plain.split_whitespace().count() >= WORDS_OF_A_SENTENCE {
                    return plain.trim().to_owned();
                }
                if first.is_empty() {
                    first = plain.trim().to_owned();
                }
            }
            Event::Start(Tag::Image { .. }) => images += 1,
            Event::End(TagEnd::Image) => images = images.saturating_sub(1),
            Event::Start(tag) if is_around(tag) => depth += 1,
            Event::End(tag) if is_around_end(*tag) => depth = depth.saturating_sub(1),
            event if depth == 1 && images == 0 => push_plain(event, &mut plain),
            _ => {}
        }
    }
    first
}

/// Fewer words are a label.
const WORDS_OF_A_SENTENCE: usize = 6;

/// Blocks whose paragraphs are not the text itself.
fn is_around(tag: &Tag<'_>) -> bool {
    is_around_end(tag.to_end())
}

fn is_around_end(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::List(_)
            | TagEnd::BlockQuote(_)
            | TagEnd::Table
            | TagEnd::CodeBlock
            | TagEnd::Heading(_)
            | TagEnd::HtmlBlock
            | TagEnd::FootnoteDefinition
    )
}

fn push_plain(event: &Event<'_>, plain: &mut String) {
    match event {
        Event::Text(text)
        | Event::Code(text)
        | Event::InlineMath(text)
        | Event::DisplayMath(text) => {
            plain.push_str(text);
        }
        Event::SoftBreak | Event::HardBreak => plain.push(' '),
        _ => {}
    }
}

/// The words of a text that are shaped like ids: `GAP-2`, `ADR-7`.
pub fn mentions(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    scan::mentions(text, &mut found);
    found
}
