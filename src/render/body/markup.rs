//! Raw HTML of a Markdown text: cleaned, or shown as the characters that were written.

use std::{collections::BTreeMap, ops::Range};

use pulldown_cmark::Event;

use super::{Events, Headings, Writer};
use crate::{
    diag::{Diagnostic, codes},
    model::treatment::RawHtml,
    page::model::TextLink,
    read::markdown,
    render::{
        html,
        raw::{self, Pieces},
    },
};

impl<'a> Writer<'a, '_> {
    pub(super) fn raw(&mut self, text: &str, range: &Range<usize>) -> String {
        if self.place.treatment.content.raw_html == RawHtml::Escape {
            return self.places_of(text) + &html::escape(&raw::without_comments(text));
        }
        self.has_raw = true;
        let (from, to) = (self.base + range.start, self.base + range.end);
        let first = self.links.partition_point(|link| link.start < from);
        let here = self.links[first..].iter().take_while(|link| link.start < to);
        let written = |link: &'a TextLink| Some((self.text.get(link.start..link.end)?, link));
        let links: BTreeMap<&str, &TextLink> = here.filter_map(written).collect();
        let resolve = |url: &str| links.get(url)?.href.clone();
        let cleaned = raw::clean(text, &mut self.raw_open, &resolve);
        if cleaned.too_deep {
            let what = "opens more than 100 elements of HTML in each other";
            self.limit(range, what, None);
        }
        if cleaned.removed.is_some() && self.headings == Headings::Bold {
            // In a comment of a schema, `<project>` is a placeholder and no element.
            return html::escape(text).into_owned();
        }
        if let (Some(name), Some(path)) = (cleaned.removed, self.place.origin) {
            let message = format!("the HTML element `{name}` is not allowed and was left out");
            self.out.diagnostics.push(
                Diagnostic::new(&codes::RAW_HTML_REMOVED, path, message)
                    .at(self.span(range))
                    .help("write `&lt;` for a `<` that is meant as text"),
            );
        }
        self.places_of(text) + &cleaned.html
    }

    /// The places that a piece of raw HTML names, in elements of our own: what leads there still does.
    fn places_of(&mut self, text: &str) -> String {
        let mut html = String::new();
        for id in markdown::ids(text) {
            if self.places.remove(&id) {
                html.push_str(&format!("<span id=\"{}\"></span>", html::escape(&id)));
            }
        }
        html
    }

    /// A block of raw HTML: cleaned, or shown as it was written.
    pub(super) fn html_block<'t>(&mut self, events: &mut Events<'t>, done: &mut Vec<Event<'t>>) {
        let pieces = Pieces::of(events);
        let html = match self.place.treatment.content.raw_html {
            RawHtml::Sanitize => {
                let clean = |(text, range): &(String, Range<usize>)| self.raw(text, range);
                pieces.whole.iter().map(clean).collect()
            }
            RawHtml::Escape => {
                let source: String = pieces.whole.into_iter().map(|(text, _)| text).collect();
                let places = self.places_of(&source);
                let shown = raw::without_comments(&source);
                match html::escape(shown.trim_matches('\n')) {
                    blank if blank.trim().is_empty() => places,
                    shown => format!("{places}<pre><code>{shown}\n</code></pre>\n"),
                }
            }
        };
        done.push(Event::Html(html.into()));
    }
}
