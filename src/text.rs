//! Places in text: byte spans and the lines they fall on.

pub mod csv;
pub mod natural;
pub mod parts;
pub mod script;
pub mod words;

use serde::Serialize;

/// A half-open range of bytes in one file's decoded text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` up to, not including, `end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// The same span, moved `by` bytes towards the end of the file.
    pub fn shift(self, by: usize) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }
}

impl From<std::ops::Range<usize>> for Span {
    fn from(range: std::ops::Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// Finds the line of a byte. Lines end with `\n`; a `\r` before it belongs to the line end.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
    len: usize,
}

impl LineIndex {
    /// Reads the line starts of `text` once.
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i + 1));
        Self { starts, len: text.len() }
    }

    /// The line of a byte offset, counted from 1.
    pub fn line(&self, offset: usize) -> u32 {
        self.starts.partition_point(|start| *start <= offset).max(1) as u32
    }

    /// The byte span of a line counted from 1, without its line end; empty past the last line.
    pub fn span(&self, line: u32, text: &str) -> Span {
        let index = line.saturating_sub(1) as usize;
        let Some(&start) = self.starts.get(index) else { return Span::new(self.len, self.len) };
        let end = self.starts.get(index + 1).copied().unwrap_or(self.len);
        let body = text.get(start..end).unwrap_or_default();
        Span::new(start, start + body.trim_end_matches(['\n', '\r']).len())
    }

    /// Line and column of a byte offset, both from 1; the column counts characters.
    pub fn position(&self, offset: usize, text: &str) -> (u32, u32) {
        let line = self.line(offset);
        let start = self.starts[line as usize - 1];
        let before = text.get(start..offset.min(text.len())).unwrap_or_default();
        (line, before.chars().count() as u32 + 1)
    }
}

/// How many lines a reader sees: a final line end does not open another line.
pub fn count_lines(text: &str) -> u32 {
    text.lines().count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_map_to_lines_and_columns() {
        let text = "a\r\nüb\n\nd";
        let index = LineIndex::new(text);
        assert_eq!(index.position(0, text), (1, 1));
        assert_eq!(index.position(5, text), (2, 2));
        assert_eq!(index.position(text.len() - 1, text), (4, 1));
        let span = index.span(1, text);
        assert_eq!(&text[span.start..span.end], "a");
        assert_eq!(index.span(9, text), Span::new(text.len(), text.len()));
        assert_eq!(count_lines(text), 4);
    }
}
