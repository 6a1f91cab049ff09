//! Links, images and citations of a Markdown text.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::{Events, Writer};
use crate::{
    diag::{Diagnostic, codes},
    page::model::TextLink,
    render::html,
};

impl<'a> Writer<'a, '_> {
    pub(super) fn open_link(
        &mut self,
        kind: LinkType,
        url: &str,
        title: &str,
        range: &Range<usize>,
    ) -> String {
        let known = self.link_at(self.base + range.start);
        let title = if title.is_empty() { String::new() } else { title_attribute(title) };
        match known {
            Some(link) => match &link.href {
                Some(href) => {
                    self.closers.push("</a>");
                    let title = if title.is_empty() && !link.title.is_empty() {
                        title_attribute(&link.title)
                    } else {
                        title
                    };
                    format!("<a href=\"{}\"{}{title}>", html::escape(href), class(link.kind))
                }
                None => {
                    self.closers.push("</span>");
                    "<span class=\"broken-link\" title=\"This link leads nowhere\">".to_owned()
                }
            },
            None if is_external(url) && html::safe_url(url) => {
                self.closers.push("</a>");
                format!("<a href=\"{}\"{title} rel=\"noopener\">", external(url))
            }
            None => {
                // `[[proto:a.B]]` names a record and is no address; whether there is such a record
                // is told where names are looked up.
                let names_a_record = matches!(kind, LinkType::WikiLink { .. });
                if !names_a_record && !html::safe_url(url) {
                    self.unsafe_url(range);
                }
                self.closers.push("</span>");
                "<span class=\"broken-link\">".to_owned()
            }
        }
    }

    pub(super) fn image(
        &mut self,
        url: &str,
        title: &str,
        range: &Range<usize>,
        events: &mut Events<'_>,
    ) -> String {
        let mut alt = String::new();
        let mut depth = 1;
        for (event, _) in events.by_ref() {
            match event {
                Event::Start(Tag::Image { .. }) => depth += 1,
                Event::End(TagEnd::Image) => depth -= 1,
                Event::Text(text) | Event::Code(text) => alt.push_str(&text),
                Event::SoftBreak | Event::HardBreak => alt.push(' '),
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
        let alt = html::escape(&alt);
        let title = if title.is_empty() { String::new() } else { title_attribute(title) };
        let href = self.link_at(self.base + range.start).and_then(|link| link.href.clone());
        match href {
            Some(href) => format!(
                "<img src=\"{}\" alt=\"{alt}\"{title} loading=\"lazy\">",
                html::escape(&href)
            ),
            // Nothing is loaded from elsewhere: a remote image is a link to it.
            None if is_external(url) && html::safe_url(url) => {
                let label = if alt.is_empty() { html::escape(url) } else { alt };
                if self.link_depth > 0 {
                    format!("<span class=\"remote-image\">{label}</span>")
                } else {
                    let url = external(url);
                    format!("<a class=\"remote-image\" href=\"{url}\" rel=\"noopener\">{label}</a>")
                }
            }
            None => {
                if !html::safe_url(url) {
                    self.unsafe_url(range);
                }
                format!(
                    "<span class=\"broken-link\" title=\"This image does not exist\">{alt}</span>"
                )
            }
        }
    }

    /// Text, with the citations in it as links.
    pub(super) fn text<'t>(
        &mut self,
        text: CowStr<'t>,
        range: Range<usize>,
        done: &mut Vec<Event<'t>>,
    ) {
        // Escapes and entities move places; then the text stays as it is.
        if self.link_depth > 0 || text.len() != range.len() {
            done.push(Event::Text(text));
            return;
        }
        let (from, to) = (self.base + range.start, self.base + range.end);
        let first = self.links.partition_point(|link| link.start < from);
        let mut at = from;
        for link in self.links[first..].iter().take_while(|link| link.start < to) {
            let end = link.end.min(to);
            let piece = |a: usize, b: usize| text.get(a - from..b - from);
            let (Some(before), Some(inside)) =
                (piece(at.min(link.start), link.start), piece(link.start, end))
            else {
                continue;
            };
            if link.start < at {
                continue;
            }
            done.push(Event::Text(before.to_owned().into()));
            let html = linked(link, &html::escape(inside));
            done.push(Event::InlineHtml(html.into()));
            at = end;
        }
        if at == from {
            done.push(Event::Text(text));
        } else if let Some(rest) = text.get(at - from..) {
            done.push(Event::Text(rest.to_owned().into()));
        }
    }

    pub(super) fn unsafe_url(&mut self, range: &Range<usize>) {
        let span = self.span(range);
        if let Some(path) = self.place.origin {
            self.out.diagnostics.push(
                Diagnostic::new(
                    &codes::UNSAFE_URL,
                    path,
                    "this address has a scheme that is not allowed",
                )
                .at(span)
                .help("addresses may be relative or begin with http, https, mailto or tel"),
            );
        }
    }

    pub(super) fn link_at(&self, start: usize) -> Option<&'a TextLink> {
        self.links.binary_search_by_key(&start, |link| link.start).ok().map(|at| &self.links[at])
    }

    /// The citation that begins inside inline code.
    pub(super) fn citation_in(&self, range: &Range<usize>) -> Option<&'a TextLink> {
        if self.link_depth > 0 {
            return None;
        }
        let (from, to) = (self.base + range.start, self.base + range.end);
        let first = self.links.partition_point(|link| link.start < from);
        self.links.get(first).filter(|link| link.start < to && link.href.is_some())
    }
}

pub(super) fn linked(link: &TextLink, inner: &str) -> String {
    match &link.href {
        Some(href) => {
            let title =
                if link.title.is_empty() { String::new() } else { title_attribute(&link.title) };
            format!("<a href=\"{}\"{}{title}>{inner}</a>", html::escape(href), class(link.kind))
        }
        None => inner.to_owned(),
    }
}

fn title_attribute(title: &str) -> String {
    format!(" title=\"{}\"", html::escape(title))
}

fn class(kind: &str) -> String {
    if kind.is_empty() { String::new() } else { format!(" class=\"to-{kind}\"") }
}

/// An address elsewhere, escaped. Without a scheme it would be a file's on a page opened from disk.
fn external(url: &str) -> String {
    let scheme = if url.starts_with("//") { "https:" } else { "" };
    format!("{scheme}{}", html::escape(url))
}

fn is_external(url: &str) -> bool {
    let scheme = url.split(':').next().unwrap_or_default();
    url.starts_with("//")
        || (scheme.len() < url.len()
            && !scheme.is_empty()
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c)))
}
