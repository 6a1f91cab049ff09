//! `[limits]` of `lacuna.toml`: how much work one text may ask for.

use serde::{Deserialize, Serialize};

use crate::world;

/// How much work a text, a page and a project may ask for. Everything but the seconds is counted in
/// the source, so that equal sources give equal sites.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// The longest text that is read, in bytes.
    pub text_bytes: u32,
    /// The most files of a project.
    pub files: u32,
    /// Quotes, lists, items and marks of emphasis that stand in each other on a page.
    pub nested_blocks: u32,
    /// The longest line of a block of code with colours, in bytes.
    pub code_line_bytes: u32,
    /// The longest block of code with colours, in bytes.
    pub code_block_bytes: u32,
    /// The longest source of a diagram that is drawn, in bytes.
    pub diagram_bytes: u32,
    /// The most nodes and edges together of a diagram that is drawn.
    pub diagram_elements: u32,
    /// Seconds of the clock that one drawing of a diagram may take.
    pub diagram_seconds: u32,
    /// Bytes of diagrams that are drawn on one page, in the order of the page.
    pub page_diagram_bytes: u32,
    /// The longest formula that is set, in bytes.
    pub formula_bytes: u32,
    /// Formulas that are set on one page, in the order of the page.
    pub page_formulas: u32,
}

/// One key of `[limits]`.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// Its name.
    pub key: &'static str,
    /// The most that it can be set to. Up to here the other promises were seen to hold: memory, the
    /// time of one text, and what browsers take.
    pub most: u32,
    /// What it counts, for people.
    pub unit: &'static str,
    /// Where it is kept.
    pub place: fn(&mut Limits) -> &mut u32,
}

/// All keys, in the order of the guide.
pub const ALL: [Limit; 11] = [
    Limit { key: "text_bytes", most: 256 << 20, unit: "bytes", place: |l| &mut l.text_bytes },
    Limit { key: "files", most: 2_000_000, unit: "files", place: |l| &mut l.files },
    Limit { key: "nested_blocks", most: 200, unit: "levels", place: |l| &mut l.nested_blocks },
    Limit {
        key: "code_line_bytes",
        most: 8 << 10,
        unit: "bytes",
        place: |l| &mut l.code_line_bytes,
    },
    Limit {
        key: "code_block_bytes",
        most: 1 << 20,
        unit: "bytes",
        place: |l| &mut l.code_block_bytes,
    },
    Limit { key: "diagram_bytes", most: 256 << 10, unit: "bytes", place: |l| &mut l.diagram_bytes },
    Limit {
        key: "diagram_elements",
        most: 2_000,
        unit: "nodes and edges",
        place: |l| &mut l.diagram_elements,
    },
    Limit { key: "diagram_seconds", most: 60, unit: "seconds", place: |l| &mut l.diagram_seconds },
    Limit {
        key: "page_diagram_bytes",
        most: 4 << 20,
        unit: "bytes",
        place: |l| &mut l.page_diagram_bytes,
    },
    Limit { key: "formula_bytes", most: 16 << 10, unit: "bytes", place: |l| &mut l.formula_bytes },
    Limit { key: "page_formulas", most: 50_000, unit: "formulas", place: |l| &mut l.page_formulas },
];

impl Default for Limits {
    fn default() -> Self {
        Self {
            text_bytes: 16 << 20,
            files: 200_000,
            nested_blocks: 100,
            code_line_bytes: 4 << 10,
            code_block_bytes: 256 << 10,
            diagram_bytes: 64 << 10,
            diagram_elements: 1_000,
            diagram_seconds: 2,
            page_diagram_bytes: 256 << 10,
            formula_bytes: 4 << 10,
            page_formulas: 10_000,
        }
    }
}

impl Limits {
    /// Those of them that hold when files are taken in.
    pub fn of_files(&self) -> world::Limits {
        world::Limits {
            text_bytes: u64::from(self.text_bytes),
            files: usize::try_from(self.files).unwrap_or(usize::MAX),
        }
    }
}

/// Whether a length or a number is above a limit.
pub fn exceeds(size: usize, limit: u32) -> bool {
    u32::try_from(size).map_or(true, |size| size > limit)
}

/// A number of bytes for people: `4 KiB`, `1.5 MiB`, `700 bytes`. Rounded down.
pub fn size(bytes: u64) -> String {
    const KIB: u64 = 1 << 10;
    const MIB: u64 = 1 << 20;
    let (unit, name) = match bytes {
        1 => return "1 byte".to_owned(),
        0..KIB => return format!("{bytes} bytes"),
        KIB..MIB => (KIB, "KiB"),
        MIB.. => (MIB, "MiB"),
    };
    match (bytes % unit, (bytes % unit) * 10 / unit) {
        (0, _) => format!("{} {name}", bytes / unit),
        // A little more than a round number would be shown as that number.
        (_, 0) => format!("{bytes} bytes"),
        (_, tenth) => format!("{}.{tenth} {name}", bytes / unit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_sets_one_limit() {
        let mut limits = Limits::default();
        for (value, limit) in (1..).zip(&ALL) {
            *(limit.place)(&mut limits) = value;
        }
        for (value, limit) in (1..).zip(&ALL) {
            assert_eq!(*(limit.place)(&mut limits), value, "{}", limit.key);
        }
        let keys = serde_json::to_value(limits).expect("plain values");
        let keys = keys.as_object().expect("a table");
        assert_eq!(keys.len(), ALL.len());
        for (value, limit) in (1_u32..).zip(&ALL) {
            assert_eq!(keys[limit.key], value, "{}", limit.key);
        }
    }

    #[test]
    fn what_holds_without_a_key_can_be_set() {
        for limit in &ALL {
            assert!(*(limit.place)(&mut Limits::default()) <= limit.most, "{}", limit.key);
        }
    }

    #[test]
    fn sizes_are_for_people() {
        for (bytes, words) in [
            (1, "1 byte"),
            (700, "700 bytes"),
            (4 << 10, "4 KiB"),
            (256 << 10, "256 KiB"),
            (1536, "1.5 KiB"),
            (1025, "1025 bytes"),
            (200_000_000, "190.7 MiB"),
            (16 << 20, "16 MiB"),
        ] {
            assert_eq!(size(bytes), words);
        }
    }
}
