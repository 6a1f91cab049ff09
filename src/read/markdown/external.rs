//! The addresses in a text that lead elsewhere on the web.

use pulldown_cmark::{Event, Parser, Tag};

use super::options;
use crate::text::Span;

/// A link or an image whose address begins with `http://`, `https://` or `//`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct External {
    /// The address, with its scheme.
    pub address: String,
    /// The characters of the link in the file.
    pub span: Span,
}

/// Every such link of the Markdown of `text` that begins at `start`, in its order. What a template
/// puts in is not known before it runs, so an address with a place for it is none.
pub fn external(text: &str, start: usize) -> Vec<External> {
    let body = text.get(start..).unwrap_or_default();
    let events = Parser::new_ext(body, options()).into_offset_iter();
    let found = events.filter_map(|(event, range)| {
        let (Event::Start(Tag::Link { dest_url, .. }) | Event::Start(Tag::Image { dest_url, .. })) =
            event
        else {
            return None;
        };
        let lower = dest_url.get(..8).unwrap_or(&dest_url).to_ascii_lowercase();
        let is_web = lower.starts_with("http://") || lower.starts_with("https://");
        let address = match dest_url.starts_with("//") {
            true => format!("https:{dest_url}"),
            false => dest_url.to_string(),
        };
        let is_template = ["{{", "{%", "${"].iter().any(|mark| address.contains(mark));
        let is_external = (is_web || dest_url.starts_with("//")) && !is_template;
        is_external.then(|| External { address, span: Span::from(range).shift(start) })
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_links_images_and_autolinks_with_their_places() {
        let text = "---\n---\n[a](https://a.org/x#y) ![i](//b.org/i.png) <HTTP://c.org> [d][d] [e](e.md)\n\
                    `https://code.org` [m](mailto:a@b.org) [t](https://{{ host }}/)\n\n[d]: http://d.org\n";
        let found = external(text, 8);
        let told = found.iter().map(|one| (&*one.address, &text[one.span.start..one.span.end]));
        let told: Vec<_> = told.collect();
        assert_eq!(
            told,
            [
                ("https://a.org/x#y", "[a](https://a.org/x#y)"),
                ("https://b.org/i.png", "![i](//b.org/i.png)"),
                ("HTTP://c.org", "<HTTP://c.org>"),
                ("http://d.org", "[d][d]"),
            ]
        );
    }
}
