//! Finds the smallest record that holds a line, without looking at all records of a file.

use super::record::RecordIx;

/// The parts of one file by their lines.
#[derive(Debug, Default)]
pub struct Spans {
    /// By first line.
    parts: Vec<Part>,
}

/// The lines of a part.
#[derive(Debug)]
struct Part {
    first: u32,
    last: u32,
    /// The last line that this part or one before it reaches: where the search may stop.
    reach: u32,
    record: RecordIx,
}

impl Spans {
    /// Sorts the parts of a file: record, first and last line.
    pub fn new(parts: impl Iterator<Item = (RecordIx, (u32, u32))>) -> Self {
        let mut parts: Vec<Part> = parts
            .map(|(record, (first, last))| Part { first, last, reach: last, record })
            .collect();
        parts.sort_by_key(|part| (part.first, part.record));
        let mut reach = 0;
        for part in &mut parts {
            reach = part.last.max(reach);
            part.reach = reach;
        }
        Self { parts }
    }

    /// The part with the fewest lines that holds a line; of two with as many, the later one.
    pub fn smallest(&self, line: u32) -> Option<RecordIx> {
        let after = self.parts.partition_point(|part| part.first <= line);
        self.parts[..after]
            .iter()
            .rev()
            .take_while(|part| part.reach >= line)
            .filter(|part| part.last >= line)
            .min_by_key(|part| (part.last - part.first, std::cmp::Reverse(part.record)))
            .map(|part| part.record)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_part_is_found_among_nested_ones() {
        let lines = [(10, 40), (12, 20), (21, 30), (12, 20), (50, 50)];
        let parts = lines.into_iter().enumerate().map(|(n, lines)| (RecordIx(n), lines));
        let spans = Spans::new(parts);
        let found = |line| spans.smallest(line).map(|ix| ix.0);
        assert_eq!(found(9), None);
        assert_eq!(found(11), Some(0));
        assert_eq!(found(15), Some(3));
        assert_eq!(found(30), Some(2));
        assert_eq!(found(35), Some(0));
        assert_eq!(found(45), None);
        assert_eq!(found(50), Some(4));
    }
}
