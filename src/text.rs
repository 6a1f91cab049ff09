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
    /// What begins before each [`STRIDE`] of bytes: a text of one long line that has a finding in
    /// every word of it is not counted through for each.
    counts: Vec<Count>,
    len: usize,
}

/// So many bytes are counted through for a column, at most twice.
const STRIDE: usize = 1024;

/// How many characters begin in some bytes of a text.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    all: u32,
    /// Those of four bytes, which UTF-16 writes as two units.
    long: u32,
}

impl Count {
    fn of(bytes: &[u8]) -> Self {
        let is_first = |byte: &&u8| (**byte).cast_signed() >= -0x40;
        let all = bytes.iter().filter(is_first).count() as u32;
        Self { all, long: bytes.iter().filter(|byte| **byte >= 0xf0).count() as u32 }
    }

    fn and(self, more: Self) -> Self {
        Self { all: self.all + more.all, long: self.long + more.long }
    }
}

impl LineIndex {
    /// Reads the line starts of `text` once.
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i + 1));
        let strides = text.as_bytes().chunks_exact(STRIDE).scan(Count::default(), |sum, stride| {
            *sum = sum.and(Count::of(stride));
            Some(*sum)
        });
        let counts = std::iter::once(Count::default()).chain(strides).collect();
        Self { starts, counts, len: text.len() }
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
        (line, self.before(line, offset, text).all + 1)
    }

    /// The column of a byte offset as UTF-16 counts it, from 1.
    pub fn utf16_column(&self, offset: usize, text: &str) -> u32 {
        let before = self.before(self.line(offset), offset, text);
        before.all + before.long + 1
    }

    /// What begins on a line before a byte offset; nothing for an offset inside of a character.
    fn before(&self, line: u32, offset: usize, text: &str) -> Count {
        let start = self.starts[line as usize - 1];
        let Some(before) = text.get(start..offset.min(text.len())) else { return Count::default() };
        if before.len() < STRIDE {
            return Count::of(before.as_bytes());
        }
        let up_to = |end: usize| {
            let stride = (end / STRIDE).min(self.counts.len() - 1);
            self.counts[stride].and(Count::of(&text.as_bytes()[stride * STRIDE..end]))
        };
        let (first, last) = (up_to(start), up_to(start + before.len()));
        Count { all: last.all - first.all, long: last.long - first.long }
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
    fn columns_of_long_lines_are_counted_in_characters() {
        let text = format!("a\n{}x\n{}", "\u{fc}\u{1f600}b".repeat(1_000), "cd".repeat(1_000));
        let index = LineIndex::new(&text);
        for (offset, _) in text.char_indices().step_by(97) {
            let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
            let column = text[start..offset].chars().count() as u32 + 1;
            assert_eq!(index.position(offset, &text).1, column, "{offset}");
            let units = text[start..offset].encode_utf16().count() as u32 + 1;
            assert_eq!(index.utf16_column(offset, &text), units, "{offset}");
        }
        assert_eq!(index.position(text.len(), &text), (3, 2_001));
    }

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
