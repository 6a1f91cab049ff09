//! Where a long list or a long text is divided, so that no page of it is too large.

use std::ops::Range;

/// So many bytes of HTML are put on one page of a long list. What surrounds the list comes to it.
pub const PAGE: usize = 100_000;

/// So many bytes of the first page may tell what is on the others.
pub const NAMES: usize = 40_000;

/// The text of a document or of research stays in one piece. From so many bytes on, browsers lay
/// out only what is on the screen.
pub const LONG: usize = 256 << 10;

/// So many bytes stand around the text of a line on a page of numbered lines.
const AROUND_LINE: usize = 90;

/// The parts of a list whose entries have these sizes: each part is as full as it can be, and holds
/// one entry at least. An empty list has one part.
pub fn fill(sizes: impl IntoIterator<Item = usize>, most: usize) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let (mut start, mut end, mut sum) = (0, 0, 0_usize);
    for size in sizes {
        if end > start && sum.saturating_add(size) > most {
            parts.push(start..end);
            (start, sum) = (end, 0);
        }
        sum = sum.saturating_add(size);
        end += 1;
    }
    parts.push(start..end);
    parts
}

/// The part of a list that lies in a part of all lists together, when the list begins at `start`.
pub fn window(here: &Range<usize>, start: usize, all: usize) -> Range<usize> {
    let clamp = |at: usize| at.saturating_sub(start).min(all);
    clamp(here.start)..clamp(here.end)
}

/// The first line, from 1, of each part in which the lines of a text are shown; nothing when they
/// are shown together.
pub fn of_lines(text: &str) -> Vec<u32> {
    // A text that is short for certain is not looked through.
    let least = text.len().saturating_mul(5);
    if least < PAGE && text.lines().count().saturating_mul(AROUND_LINE) + least < PAGE {
        return Vec::new();
    }
    let parts = fill(text.lines().map(|line| AROUND_LINE + escaped(line)), PAGE);
    if parts.len() < 2 { Vec::new() } else { parts.iter().map(|p| p.start as u32 + 1).collect() }
}

/// The part, from 1, in which a line stands.
pub fn of_line(firsts: &[u32], line: u32) -> usize {
    firsts.partition_point(|first| *first <= line).max(1)
}

/// How long a text is as HTML, in bytes.
pub fn escaped(text: &str) -> usize {
    let is_escaped = |byte: &u8| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'');
    // Counts of so few bytes fit into a byte, which lets the compiler look at many bytes at once:
    // every title of a project is measured on every new title.
    let counted = text
        .as_bytes()
        .chunks(255)
        .map(|bytes| usize::from(bytes.iter().map(|byte| u8::from(is_escaped(byte))).sum::<u8>()));
    text.len() + counted.sum::<usize>() * 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_full_and_nothing_is_lost() {
        assert_eq!(fill([4, 4, 4, 9, 1], 9), [0..2, 2..3, 3..4, 4..5]);
        assert_eq!(fill([50, 1], 9), [0..1, 1..2], "one entry is never divided");
        assert_eq!(fill([], 9).len(), 1, "an empty list has a page");
    }

    #[test]
    fn a_window_takes_of_each_list_what_lies_in_it() {
        let here = 100..200;
        assert_eq!(window(&here, 0, 130), 100..130);
        assert_eq!(window(&here, 130, 20), 0..20);
        assert_eq!(window(&here, 150, 90), 0..50);
        assert_eq!(window(&here, 240, 9), 0..0);
    }

    #[test]
    fn a_line_is_in_the_part_that_begins_before_it() {
        assert_eq!([1, 9, 10, 40].map(|line| of_line(&[1, 10, 30], line)), [1, 1, 2, 3]);
        assert_eq!(of_line(&[], 7), 1);
    }

    #[test]
    fn the_length_as_html_is_that_of_the_html() {
        for text in ["", "plain", "a & b", &"<'&\">".repeat(200)] {
            let longest = text.replace('&', "&#38;").replace(['<', '>', '"', '\''], "&#39;");
            assert_eq!(escaped(text), longest.len(), "{text}");
        }
    }

    #[test]
    fn only_long_texts_are_divided() {
        assert_eq!(of_lines(&"word\n".repeat(900)), [] as [u32; 0]);
        let firsts = of_lines(&"word\n".repeat(5_000));
        assert_eq!(firsts[..2], [1, (PAGE / (AROUND_LINE + 4)) as u32 + 1]);
    }
}
