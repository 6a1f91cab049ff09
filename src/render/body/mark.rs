//! Marks in a text behind words that do not hold: what was counted, and a way to how.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event};

use super::Writer;
use crate::{page::model::TextMark, render::html};

impl Writer<'_, '_> {
    /// Text with its links, and a mark behind each figure that does not hold.
    pub(super) fn marked_text<'t>(
        &mut self,
        text: CowStr<'t>,
        range: Range<usize>,
        done: &mut Vec<Event<'t>>,
    ) {
        let (from, to) = (self.base + range.start, self.base + range.end);
        let first = self.marks.partition_point(|mark| mark.at <= from);
        let count = self.marks[first..].partition_point(|mark| mark.at <= to);
        let marks = &self.marks[first..first + count];
        // Escapes and entities move places; then the marks stand behind all of the text.
        if marks.is_empty() || text.len() != range.len() {
            self.text(text, range, done);
            done.extend(marks.iter().map(shown));
            return;
        }
        let mut at = 0;
        for mark in marks {
            let end = mark.at - from;
            if let Some(piece) = text.get(at..end) {
                if !piece.is_empty() {
                    let place = range.start + at..range.start + end;
                    self.text(piece.to_owned().into(), place, done);
                }
                at = end;
            }
            done.push(shown(mark));
        }
        if let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            self.text(rest.to_owned().into(), range.start + at..range.end, done);
        }
    }
}

fn shown<'t>(mark: &TextMark) -> Event<'t> {
    let html = format!(
        " <a class=\"counted\" href=\"{}\" title=\"{}\"><span aria-hidden=\"true\">≠ </span>\
         <span class=\"vh\">counted: </span>{}</a>",
        html::escape(&mark.href),
        html::escape(&mark.how),
        html::escape(&mark.counted),
    );
    Event::InlineHtml(html.into())
}
