//! The places of a file that can be linked: headings with their anchors, and ids of raw HTML.

use std::{collections::BTreeSet, ops::Range};

use pulldown_cmark::{HeadingLevel, Parser};

use super::{Event, Heading, Slugger, Span, Tag, TagEnd, options, push_plain, raw};
use crate::{model::substance::Amount, text::LineIndex};

/// Gathers places, event by event.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    pub(super) headings: Vec<Heading>,
    pub(super) places: Vec<String>,
    slugger: Slugger,
    open: Option<OpenHeading>,
}

/// A heading that was opened and not yet closed.
#[derive(Debug)]
struct OpenHeading {
    level: HeadingLevel,
    wanted: Option<String>,
    text: String,
}

impl Anchors {
    /// The places of a file whose Markdown begins at `start`, by a walk that looks for nothing else.
    pub(super) fn of(text: &str, start: usize) -> Self {
        let body = text.get(start..).unwrap_or_default();
        let index = LineIndex::new(text);
        let mut anchors = Self::default();
        for (event, range) in Parser::new_ext(body, options()).into_offset_iter() {
            anchors.see(&event, range, body, start, &index);
        }
        anchors.keep_places();
        anchors
    }

    /// Whether the walk is inside a heading.
    pub(super) fn in_heading(&self) -> bool {
        self.open.is_some()
    }

    /// Takes in an event. `body` is what is walked, and begins at `start` of the file.
    pub(super) fn see(
        &mut self,
        event: &Event<'_>,
        range: Range<usize>,
        body: &str,
        start: usize,
        index: &LineIndex,
    ) {
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                let wanted = id.as_ref().map(ToString::to_string);
                self.open = Some(OpenHeading { level: *level, wanted, text: String::new() });
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some(heading) = self.open.take() {
                    let first = range.start + start;
                    let span = Span::new(first, first + body[range].trim_end().len());
                    let heading = heading.close(&mut self.slugger, index.line(first), span);
                    self.headings.push(heading);
                }
            }
            Event::Html(html) | Event::InlineHtml(html) if html.len() == range.len() => {
                self.places.extend(raw::ids(html));
            }
            _ => {}
        }
        if let Some(heading) = &mut self.open {
            push_plain(event, &mut heading.text);
        }
    }

    /// Keeps the ids that are not the anchor of a heading, each once.
    pub(super) fn keep_places(&mut self) {
        let mut taken: BTreeSet<String> =
            self.headings.iter().map(|heading| heading.anchor.clone()).collect();
        self.places.retain(|place| taken.insert(place.clone()));
    }
}

impl OpenHeading {
    fn close(self, slugger: &mut Slugger, line: u32, span: Span) -> Heading {
        let text = self.text.trim().to_owned();
        let anchor = slugger.anchor(&text, self.wanted.as_deref());
        let amount = Amount::default();
        Heading { level: self.level as u8, text, anchor, line, span, amount }
    }
}
