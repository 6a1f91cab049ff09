//! Markdown becomes Markdown: resolved links, cleaned raw HTML, and every other byte as it was
//! written.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, LinkType, Parser, Tag, TagEnd};

use super::destination;
use crate::{
    model::treatment::RawHtml,
    page::model::{EmbeddedView, TextLink, TitleIs},
    read::markdown,
    render::{
        html,
        raw::{self, Pieces},
    },
};

/// The part of a text, for the site. Places of `links` are those of the whole text.
pub(super) fn rewrite(
    text: &str,
    part: Range<usize>,
    links: &[TextLink],
    views: &[EmbeddedView],
    title: TitleIs,
    raw_html: RawHtml,
) -> String {
    let source = &text[part.clone()];
    let mut writer =
        Rewriter { text, base: part.start, links, edits: Vec::new(), open: Vec::new() };
    let mut first = title == TitleIs::InFrame;
    let (mut fences, mut seen) = (0_u32, false);
    let mut events = Parser::new_ext(source, markdown::options()).into_offset_iter();
    while let Some((event, range)) = events.next() {
        writer.see(&range);
        match &event {
            Event::Start(Tag::Heading { level, .. }) if first => {
                first = false;
                if *level == HeadingLevel::H1 || part.start > 0 && !seen {
                    // The template shows it.
                    writer.edit(range, String::new());
                    events
                        .by_ref()
                        .find(|(event, _)| matches!(event, Event::End(TagEnd::Heading(_))));
                    continue;
                }
            }
            Event::Start(Tag::Paragraph) => first = false,
            Event::Start(Tag::CodeBlock(_)) => {
                fences += 1;
                let view = views.iter().find(|view| view.start == part.start + range.start);
                if let Some(view) = view {
                    let block = source[range.clone()].trim_end();
                    let shown = super::view::write(&view.content, block);
                    let shown = shown.replace('\n', &format!("\n{}", before(source, range.start)));
                    writer.edit(range, shown);
                }
            }
            Event::End(TagEnd::CodeBlock) => fences = fences.saturating_sub(1),
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                writer.open_link(*link_type, dest_url, &range);
            }
            Event::Start(Tag::Image { dest_url, .. }) => writer.open_image(dest_url, &range),
            Event::End(TagEnd::Link | TagEnd::Image) => writer.close(&range),
            Event::Text(shown) if fences == 0 && shown.len() == range.len() => {
                writer.citations(&range);
            }
            Event::Code(_) => writer.code(range),
            Event::Start(Tag::HtmlBlock) => {
                let pieces = Pieces::of(&mut events);
                match raw_html {
                    RawHtml::Sanitize => {
                        pieces.whole.iter().for_each(|(html, range)| writer.raw(html, range));
                    }
                    RawHtml::Escape => {
                        let html = pieces.whole.into_iter().map(|(html, _)| html);
                        let shown = block_of_html(&html.collect::<String>());
                        let further = format!("\n{}", before(source, range.start));
                        writer.edit(range, shown.replace('\n', &further) + "\n");
                    }
                }
            }
            Event::InlineHtml(html) if raw_html == RawHtml::Escape => {
                let shown = raw::without_comments(html);
                writer.edit(range, super::escape(&shown));
            }
            Event::InlineHtml(html) => writer.raw(html, &range),
            _ => {}
        }
        seen = true;
    }
    writer.finish(source)
}

/// Raw HTML as a block of code; nothing where it is comments only.
fn block_of_html(html: &str) -> String {
    let shown = raw::without_comments(html);
    match shown.trim().is_empty() {
        true => String::new(),
        false => super::fence(shown.trim_matches('\n'), "html"),
    }
}

/// What the further lines of a block begin with, so that it stays in its quotation or list.
fn before(source: &str, start: usize) -> String {
    let line = source[..start].rfind('\n').map_or(0, |at| at + 1);
    source[line..start].chars().map(|c| if c == '>' { '>' } else { ' ' }).collect()
}

/// A link or an image whose end is still to come.
struct Open {
    start: usize,
    /// What stands in place of its end; none where the source stays.
    end: Option<String>,
    /// Where what it shows ends, as far as that was seen.
    last: usize,
    /// Whether what it shows begins at the next event: `[[id|words]]`.
    begins: bool,
}

struct Rewriter<'a> {
    text: &'a str,
    base: usize,
    links: &'a [TextLink],
    /// What stands in place of which bytes.
    edits: Vec<(Range<usize>, String)>,
    open: Vec<Open>,
}

impl<'a> Rewriter<'a> {
    fn edit(&mut self, range: Range<usize>, text: impl Into<String>) {
        self.edits.push((range, text.into()));
    }

    /// Every event inside a link moves the end of what it shows.
    fn see(&mut self, range: &Range<usize>) {
        let Some(open) = self.open.last_mut().filter(|open| range.start > open.start) else {
            return;
        };
        open.last = open.last.max(range.end);
        if std::mem::take(&mut open.begins) {
            let before = open.start..range.start;
            self.edit(before, "[");
        }
    }

    fn open_link(&mut self, kind: LinkType, url: &str, range: &Range<usize>) {
        let start = range.start;
        let mark = start..start + 1;
        let mut open = Open { start, end: None, last: start + 1, begins: false };
        let known = self.link_at(start).map(|link| link.href.as_deref());
        match (known, kind) {
            (Some(Some(href)), _) => {
                open.end = Some(format!("]({})", destination(href)));
                open.begins = matches!(kind, LinkType::WikiLink { .. });
                if !open.begins {
                    self.edit(mark, "[");
                }
            }
            // It leads elsewhere as it stands; a name that leads nowhere stays a name.
            (None, _) if is_external(url) && html::safe_url(url) => {}
            (_, LinkType::WikiLink { .. } | LinkType::Autolink | LinkType::Email) => {}
            _ => {
                open.end = Some(String::new());
                self.edit(mark, "");
            }
        }
        self.open.push(open);
    }

    fn open_image(&mut self, url: &str, range: &Range<usize>) {
        let start = range.start;
        let mut open = Open { start, end: None, last: start + 2, begins: false };
        match self.link_at(start).and_then(|link| link.href.as_deref()) {
            Some(href) => open.end = Some(format!("]({})", destination(href))),
            // Nothing is loaded from elsewhere: the image becomes a link to it.
            None if is_external(url) && html::safe_url(url) && self.open.is_empty() => {
                self.edit(start..start + 1, "");
            }
            None => {
                open.end = Some(String::new());
                self.edit(start..start + 2, "");
            }
        }
        self.open.push(open);
    }

    fn close(&mut self, range: &Range<usize>) {
        let Some(open) = self.open.pop() else { return };
        if let Some(end) = open.end {
            self.edit(open.last..range.end, end);
        }
        if let Some(around) = self.open.last_mut() {
            around.last = around.last.max(range.end);
        }
    }

    /// Citations in prose become links.
    fn citations(&mut self, range: &Range<usize>) {
        if !self.open.is_empty() {
            return;
        }
        let (from, to) = (self.base + range.start, self.base + range.end);
        let mut at = from;
        for link in self.links_between(from, to) {
            let end = link.end.min(to);
            let words = self.text.get(link.start..end).filter(|words| !words.contains(['[', ']']));
            let (Some(words), Some(href)) = (words, &link.href) else { continue };
            if link.start >= at {
                at = end;
                self.edit(link.start - self.base..end - self.base, super::link(words, href));
            }
        }
    }

    fn code(&mut self, range: Range<usize>) {
        let (from, to) = (self.base + range.start, self.base + range.end);
        let href = self.links_between(from, to).first().and_then(|link| link.href.as_deref());
        if let Some(href) = href.filter(|_| self.open.is_empty()) {
            self.edit(range, super::link(&self.text[from..to], href));
        }
    }

    /// What a page would not show is not in its twin.
    fn raw(&mut self, html: &str, range: &Range<usize>) {
        let (text, links) = (self.text, self.links);
        let cleaned = raw::clean(html, &mut 0, &|url| {
            let of_url = |link: &&TextLink| text.get(link.start..link.end) == Some(url);
            let href = links.iter().find(of_url)?.href.as_deref()?;
            Some(super::to_twin(href).into_owned())
        });
        self.edit(range.clone(), cleaned.html);
    }

    fn link_at(&self, start: usize) -> Option<&'a TextLink> {
        let at = self.base + start;
        let found = self.links.binary_search_by_key(&at, |link| link.start).ok()?;
        Some(&self.links[found])
    }

    /// The links that begin between two places of the text.
    fn links_between(&self, from: usize, to: usize) -> &'a [TextLink] {
        let at = |place: usize| self.links.partition_point(|link| link.start < place);
        &self.links[at(from)..at(to)]
    }

    fn finish(mut self, source: &str) -> String {
        self.edits.sort_by_key(|(range, _)| range.start);
        let mut out = String::with_capacity(source.len() + 64);
        let mut at = 0;
        for (range, text) in self.edits {
            // Of two edits of one place the first counts.
            if range.start >= at {
                out.push_str(source.get(at..range.start).unwrap_or_default());
                out.push_str(&text);
                at = range.end;
            }
        }
        out.push_str(source.get(at..).unwrap_or_default());
        out.trim_matches('\n').trim_end().to_owned()
    }
}

fn is_external(url: &str) -> bool {
    let is_scheme = |scheme: &str| {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"+-.".contains(&b);
        !scheme.is_empty() && scheme.bytes().all(plain)
    };
    url.starts_with("//") || url.split_once(':').is_some_and(|(scheme, _)| is_scheme(scheme))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rewrites a text in which every word `x.md` and `[[X]]` leads to a page.
    fn twin(text: &str) -> String {
        twin_by(text, RawHtml::Sanitize)
    }

    fn twin_by(text: &str, raw_html: RawHtml) -> String {
        let mut links = Vec::new();
        for (event, range) in Parser::new_ext(text, markdown::options()).into_offset_iter() {
            let href = match event {
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    match &*dest_url {
                        "x.md" | "X" => Some("../x.html#a".to_owned()),
                        "gone.md" => None,
                        _ => continue,
                    }
                }
                _ => continue,
            };
            let (start, end) = (range.start, range.end);
            links.push(TextLink { start, end, href, title: String::new(), kind: "" });
        }
        if let Some(start) = text.find("N.txt") {
            let href = Some("n.html#L2".to_owned());
            links.push(TextLink { start, end: start + 5, href, title: String::new(), kind: "" });
        }
        links.sort_by_key(|link| link.start);
        rewrite(text, 0..text.len(), &links, &[], TitleIs::InFrame, raw_html)
    }

    #[test]
    fn links_lead_to_twins_and_the_rest_stays() {
        for (source, expected) in [
            ("# Title\n\nText *as* it `was`.\n", "Text *as* it `was`."),
            ("[a *b*](x.md \"t\") c", "[a *b*](../x.md#a) c"),
            ("[a][r]\n\n[r]: x.md\n", "[a](../x.md#a)\n\n[r]: x.md"),
            ("see [[X]] and [[X|words]]", "see [X](../x.md#a) and [words](../x.md#a)"),
            ("[a](gone.md) b", "a b"),
            ("[a](javascript:x()) b", "a b"),
            ("[a](https://e.org/y.html)", "[a](https://e.org/y.html)"),
            ("![p](https://e.org/p.png)", "[p](https://e.org/p.png)"),
            ("[![p](https://e.org/p.png)](x.md)", "[p](../x.md#a)"),
            ("as N.txt says", "as [N.txt](n.md#L2) says"),
            ("`N.txt` says", "[`N.txt`](n.md#L2) says"),
            ("```\n[a](x.md) N.txt\n```", "```\n[a](x.md) N.txt\n```"),
            ("a <b onclick=\"x()\">c</b><script>x()</script>", "a <b>c</b>x()"),
        ] {
            assert_eq!(twin(source), expected, "{source}");
        }
    }

    #[test]
    fn escaped_html_is_code_or_text() {
        for (source, expected) in [
            ("a <b c=\"*d*\">x</b> [y](x.md)", "a \\<b c=\"\\*d\\*\">x\\</b> [y](../x.html)"),
            ("a <!-- no --> b", "a  b"),
            ("<div>\n[a](x.md)\n</div>\n\nb", "```html\n<div>\n[a](x.md)\n</div>\n```\n\nb"),
            ("> <div>\n> ```\n> </div>", "> ````html\n> <div>\n> ```\n> </div>\n> ````"),
            ("<!-- a\nb -->\n\nc", "c"),
            ("<script>\nx()\n\n</script>", "```html\n<script>\nx()\n\n</script>\n```"),
        ] {
            let expected = expected.replace("../x.html", "../x.md#a");
            assert_eq!(twin_by(source, RawHtml::Escape), expected, "{source}");
        }
    }
}
