//! The prose of a Markdown text by segments, in which figures are looked for: code, links, struck
//! words and quotations are blanks, for what they say is not said by this text.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::amount::{self, Found};
use crate::{
    read::{lines, markdown},
    text::LineIndex,
};

/// The prose of one text.
#[derive(Debug)]
pub struct Prose {
    /// The text with every byte that is no prose a space; places are those of the file.
    pub mask: String,
    /// What stands together, in order.
    pub segments: Vec<Segment>,
}

/// A heading, an item, a cell, or a paragraph; of a paragraph of labels, one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Where it stands.
    pub place: Place,
    /// Its bytes in the file, first to last letter.
    pub range: Range<usize>,
    /// Its first line, from 1.
    pub line: u32,
    /// The figures in it; their places are counted from its first letter.
    pub figures: Vec<Found>,
}

/// Where a segment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A heading of this level.
    Heading(u8),
    /// In a list: the list's number in the file.
    Item(usize),
    /// A cell: number of the table, row (0 is the head), and column.
    Cell {
        /// Counted in the file.
        table: usize,
        /// 0 is the head.
        row: usize,
        /// From the left, from 0.
        column: usize,
    },
    /// Anything else.
    Paragraph,
}

impl Prose {
    /// Reads the text that begins at byte `start`.
    pub fn read(text: &str, start: usize) -> Self {
        let body = text.get(start..).unwrap_or_default();
        let mut walk = Walk::new(text);
        for (event, range) in Parser::new_ext(body, markdown::options()).into_offset_iter() {
            walk.event(&event, range.start + start..range.end + start);
        }
        walk.flush();
        let mut mask = walk.mask;
        for segment in &walk.segments {
            blank_quotations(&mut mask[segment.range.clone()]);
        }
        let mask = String::from_utf8(mask).expect("whole runs of valid text between spaces");
        let mut segments = walk.segments;
        for segment in &mut segments {
            segment.figures = amount::find(&mask[segment.range.clone()]);
        }
        Self { mask, segments }
    }

    /// The words of a segment.
    pub fn text(&self, segment: &Segment) -> &str {
        &self.mask[segment.range.clone()]
    }
}

struct Walk<'t> {
    text: &'t str,
    index: LineIndex,
    mask: Vec<u8>,
    segments: Vec<Segment>,
    open: Option<Range<usize>>,
    heading: Option<u8>,
    lists: Vec<usize>,
    list_count: usize,
    cell: (usize, usize, usize),
    in_table: bool,
    /// Open elements whose text is not said by this text.
    silent: u32,
    quotes: Vec<bool>,
}

impl<'t> Walk<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            index: LineIndex::new(text),
            mask: vec![b' '; text.len()],
            segments: Vec::new(),
            open: None,
            heading: None,
            lists: Vec::new(),
            list_count: 0,
            cell: (0, 0, 0),
            in_table: false,
            silent: 0,
            quotes: Vec::new(),
        }
    }

    fn event(&mut self, event: &Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(*tag),
            Event::Text(_) if self.silent == 0 => {
                self.mask[range.clone()].copy_from_slice(&self.text.as_bytes()[range.clone()]);
                let first = self.open.as_ref().map_or(range.start, |open| open.start);
                self.open = Some(first..range.end);
            }
            Event::HardBreak => self.flush(),
            // A line that begins with a label says something of its own.
            Event::SoftBreak => {
                let line = self.index.line(range.start) + 1;
                let span = self.index.span(line, self.text);
                if lines::label(&self.text[span.start..span.end]).is_some() {
                    self.flush();
                }
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Link { .. }
            | Tag::Image { .. }
            | Tag::Strikethrough
            | Tag::CodeBlock(_)
            | Tag::HtmlBlock
            | Tag::FootnoteDefinition(_) => {
                self.silent += 1;
            }
            Tag::BlockQuote(kind) => {
                self.flush();
                // An alert is the author's own voice.
                self.quotes.push(kind.is_none());
                self.silent += u32::from(kind.is_none());
            }
            Tag::Heading { level, .. } => {
                self.flush();
                self.heading = Some(*level as u8);
            }
            Tag::List(_) => {
                self.flush();
                self.list_count += 1;
                self.lists.push(self.list_count);
            }
            Tag::Table(_) => {
                self.flush();
                self.in_table = true;
                self.cell = (self.cell.0 + 1, 0, 0);
            }
            Tag::Item | Tag::Paragraph | Tag::TableCell => self.flush(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Link
            | TagEnd::Image
            | TagEnd::Strikethrough
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::FootnoteDefinition => {
                self.silent = self.silent.saturating_sub(1);
            }
            TagEnd::BlockQuote(_) => {
                self.flush();
                let quoted = self.quotes.pop().unwrap_or_default();
                self.silent = self.silent.saturating_sub(u32::from(quoted));
            }
            TagEnd::Heading(_) => {
                self.flush();
                self.heading = None;
            }
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
            }
            TagEnd::TableCell => {
                self.flush();
                self.cell.2 += 1;
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                self.cell = (self.cell.0, self.cell.1 + 1, 0);
            }
            TagEnd::Table => self.in_table = false,
            TagEnd::Item | TagEnd::Paragraph => self.flush(),
            _ => {}
        }
    }

    fn flush(&mut self) {
        let Some(range) = self.open.take() else { return };
        let place = if let Some(level) = self.heading {
            Place::Heading(level)
        } else if self.in_table {
            let (table, row, column) = self.cell;
            Place::Cell { table, row, column }
        } else if let Some(list) = self.lists.last() {
            Place::Item(*list)
        } else {
            Place::Paragraph
        };
        let line = self.index.line(range.start);
        self.segments.push(Segment { place, range, line, figures: Vec::new() });
    }
}

/// Pairs of quotation marks: opening and closing.
const QUOTATIONS: [(char, char); 6] =
    [('"', '"'), ('“', '”'), ('„', '“'), ('«', '»'), ('「', '」'), ('『', '』')];

/// Makes blanks of what stands between quotation marks: it is said by somebody else.
fn blank_quotations(bytes: &mut [u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut blanks: Vec<Range<usize>> = Vec::new();
    // A mark that is never closed again is looked for once, so that the walk stays linear.
    let mut unclosed = [false; QUOTATIONS.len()];
    let mut next = 0;
    for (at, letter) in text.char_indices() {
        let pair = QUOTATIONS.iter().position(|(open, _)| *open == letter);
        let Some(pair) = pair.filter(|pair| at >= next && !unclosed[*pair]) else { continue };
        let inside = at + letter.len_utf8();
        let (_, close) = QUOTATIONS[pair];
        match text[inside..].find(close) {
            Some(len) => {
                blanks.push(inside..inside + len);
                next = inside + len + close.len_utf8();
            }
            None => unclosed[pair] = true,
        }
    }
    for blank in blanks {
        bytes[blank].fill(b' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        let prose = Prose::read(text, 0);
        let one = |segment: &Segment| {
            prose.text(segment).split_whitespace().collect::<Vec<_>>().join(" ")
        };
        prose.segments.iter().map(one).collect()
    }

    #[test]
    fn only_what_the_text_says_itself() {
        let text = "# All 3 gaps\n\n> 9 gaps, they say\n\nThere are **3\ngaps** in `5 gaps` and \
                    [7 gaps](x.md), ~~8 gaps~~, not \"6 gaps\".\n\n```\n4 gaps\n```\n";
        let found = texts(text);
        assert_eq!(found, ["All 3 gaps", "There are 3 gaps in and , , not \" \"."]);
    }

    #[test]
    fn labels_items_and_cells_stand_alone() {
        let text =
            "**A**: 1\n**B**: 2\n\n- one\n- two\n  - three\n\n| x | y |\n|---|---|\n| 1 | 2 |\n";
        let prose = Prose::read(text, 0);
        assert_eq!(texts(text), ["A : 1", "B : 2", "one", "two", "three", "x", "y", "1", "2"]);
        assert_eq!(prose.segments[8].place, Place::Cell { table: 1, row: 1, column: 1 });
        assert_eq!(
            (prose.segments[2].place, prose.segments[4].place),
            (Place::Item(1), Place::Item(2))
        );
    }
}
