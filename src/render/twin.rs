//! The Markdown twin of a page, for programs that read: the texts as they were written, with
//! addresses that hold on the site.

mod rewrite;
mod view;

use std::borrow::Cow;

use crate::{
    model::treatment::Treatment,
    page::model::{Layers, Text},
};

/// A text as Markdown.
pub fn text(text: &Text, treatment: &Treatment) -> String {
    let raw_html = treatment.content.raw_html;
    match text {
        Text::Markdown { text, part, links, views, title, .. } => {
            rewrite::rewrite(text, part.clone(), links, views, *title, raw_html)
        }
        Text::Comment(comment, links) => {
            let title = crate::page::model::TitleIs::InBody;
            rewrite::rewrite(comment, 0..comment.len(), links, &[], title, raw_html)
        }
        Text::Layers(layers) => needs(layers),
        Text::Trend(trend) => format!("{}.\n", escape(&trend.title)),
        Text::Lines(text, (first, last)) => {
            let shown = (1..=*last).zip(text.lines()).skip(*first as usize - 1);
            fence(&shown.map(|(_, line)| line).collect::<Vec<_>>().join("\n"), "")
        }
        Text::Mermaid(text) => fence(text, "mermaid"),
        Text::Code(text, language) => fence(text, language),
    }
}

/// Who needs whom, a line for each that needs anything or stands alone.
fn needs(layers: &Layers) -> String {
    let name = |n: usize| {
        let node = &layers.nodes[n];
        let words = if node.name.is_empty() { &node.label } else { &node.name };
        if node.href.is_empty() {
            return escape(words).into_owned();
        }
        link(&escape(words), &node.href)
    };
    let mut lines = Vec::new();
    for n in 0..layers.nodes.len() {
        let of_node = layers.edges.iter().filter(|(from, _)| *from == n);
        let needed: Vec<String> = of_node.map(|(_, to)| name(*to)).collect();
        if !needed.is_empty() {
            lines.push(format!("- {} → {}", name(n), needed.join(", ")));
        } else if layers.edges.iter().all(|(_, to)| *to != n) {
            lines.push(format!("- {}", name(n)));
        }
    }
    lines.join("\n")
}

/// A link; `label` is Markdown. Pages of the site give way to their twins.
pub fn link(label: &str, href: &str) -> String {
    format!("[{label}]({})", destination(href))
}

/// A link to exactly this address; `label` is Markdown.
pub fn link_as_is(label: &str, href: &str) -> String {
    format!("[{label}]({})", bracketed(href))
}

/// The address that a link of a twin has.
fn destination(href: &str) -> String {
    bracketed(&to_twin(href))
}

/// An address as Markdown has it where it holds spaces or brackets (CommonMark 6.3).
fn bracketed(href: &str) -> String {
    if !href.contains(|c: char| c.is_whitespace() || "()<>".contains(c)) {
        return href.to_owned();
    }
    let plain = href.replace('<', "%3C").replace('>', "%3E").replace(['\n', '\r'], " ");
    format!("<{plain}>")
}

/// The twin of the page at a relative address; anything else stays.
fn to_twin(href: &str) -> Cow<'_, str> {
    let (path, fragment) = href.split_at(href.find(['#', '?']).unwrap_or(href.len()));
    let is_ours = !href.starts_with('/') && !path.contains(':');
    match path.strip_suffix(".html").filter(|_| is_ours) {
        Some(stem) => format!("{stem}.md{fragment}").into(),
        None => href.into(),
    }
}

/// A block of code, whatever it holds.
pub fn fence(text: &str, language: &str) -> String {
    let marks = "`".repeat(longest_run(text).max(2) + 1);
    format!("{marks}{language}\n{}\n{marks}", text.trim_end_matches(['\n', '\r']))
}

/// Words of code within a line.
pub fn code(text: &str) -> String {
    let text = text.replace(['\n', '\r'], " ");
    if text.trim().is_empty() || text.contains('|') {
        // A bar would end the cell of a table.
        return escape(&text).into_owned();
    }
    let marks = "`".repeat(longest_run(&text) + 1);
    let space = if text.contains('`') { " " } else { "" };
    format!("{marks}{space}{text}{space}{marks}")
}

/// A sentence in which code stands between back-ticks.
pub fn ticks(text: &str) -> String {
    let parts = text.split('`').enumerate();
    let part = |(n, part): (usize, &str)| if n % 2 == 0 { inner(part) } else { code(part) };
    parts.map(part).collect()
}

/// Words inside a sentence: the space around them stays.
fn inner(text: &str) -> String {
    let plain = text.trim();
    let (before, after) = (text.starts_with(' '), text.ends_with(' ') && !plain.is_empty());
    format!("{}{}{}", if before { " " } else { "" }, escape(plain), if after { " " } else { "" })
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}

/// Text on one line that says itself and nothing else, also in the cell of a table.
pub fn escape(text: &str) -> Cow<'_, str> {
    let special = |c: char| "\\`*_[]<|~&\n\r".contains(c);
    let begins = text.starts_with(['#', '>', '+', '-', '=', ' ', '\t'])
        || text.starts_with(|c: char| c.is_ascii_digit());
    if !begins && !text.contains(special) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    let mut chars = text.trim().chars().peekable();
    let digits = text.trim().bytes().take_while(u8::is_ascii_digit).count();
    let mut at = 0;
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        let escaped = match c {
            '\n' | '\r' => {
                out.push(' ');
                before = ' ';
                at += 1;
                continue;
            }
            '\\' | '`' | '*' | '[' | ']' | '<' | '|' | '~' => true,
            // Inside a word it is no mark (CommonMark 6.2).
            '_' => !(before.is_alphanumeric() && next.is_alphanumeric()),
            '&' => next == '#' || next.is_ascii_alphabetic(),
            '#' | '>' | '+' | '-' | '=' => at == 0,
            '.' | ')' => at == digits && digits > 0,
            _ => false,
        };
        if escaped {
            out.push('\\');
        }
        out.push(c);
        before = c;
        at += 1;
    }
    out.into()
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Parser, Tag, TagEnd};

    use super::*;
    use crate::read::markdown;

    #[test]
    fn escaped_text_says_itself() {
        for text in [
            "a_b and _c_",
            "*bold*",
            "[x](javascript:y)",
            "<script>",
            "&lt;",
            "1. one",
            "2) two",
            "# no",
            "- no",
            "> no",
            "a\\b",
            "`c`",
            "~~gone~~",
            "x < y | z",
            "+",
            "12",
            "a  &  b",
            "<!-- -->",
            "![i](j)",
            "[[G-1]]",
            "www_a_b",
            "===",
        ] {
            let source = format!("{}\n", escape(text));
            let events: Vec<_> = Parser::new_ext(&source, markdown::options()).collect();
            let blocks = events.iter().filter(|e| matches!(e, Event::Start(_))).count();
            assert_eq!(blocks, 1, "{text}: {source}");
            assert!(matches!(events[0], Event::Start(Tag::Paragraph)), "{text}: {source}");
            assert!(matches!(events.last(), Some(Event::End(TagEnd::Paragraph))));
            assert_eq!(markdown::plain_text(events), text, "{source}");
        }
    }

    #[test]
    fn code_and_fences_hold_what_they_are_given() {
        assert_eq!(code("a`b"), "`` a`b ``");
        assert_eq!(fence("```\nx\n```\n", "md"), "````md\n```\nx\n```\n````");
        assert_eq!(code("a|b"), "a\\|b");
        assert_eq!(ticks("Write `a_.md`, [x] now."), "Write `a_.md`, \\[x\\] now.");
    }

    #[test]
    fn links_lead_to_twins() {
        for (href, to) in [
            ("../a.html#b", "../a.md#b"),
            ("x.txt.html", "x.txt.md"),
            ("https://x.org/a.html", "https://x.org/a.html"),
            ("#L1", "#L1"),
            ("/a.html", "/a.html"),
            ("r/G-1/", "r/G-1/"),
            ("a (b).html", "<a (b).md>"),
        ] {
            assert_eq!(destination(href), to);
        }
    }
}
