//! Research as plain text: chunks with their metadata, the index of the chunks, other notes.

use std::sync::{Arc, LazyLock};

use regex::Regex;

use super::{lines::regex, title_from_name};
use crate::{
    model::{
        source::{Body, Chunk, ChunkIndex, Classified, Facts, FrontMatter, Order, Outline, Source},
        substance::Amount,
    },
    path::RelPath,
    text::{count_lines, words},
};

static RANGE: LazyLock<Regex> = LazyLock::new(|| regex(r"(\d+)\s*[-–]\s*(\d+)"));
static NUMBER: LazyLock<Regex> = LazyLock::new(|| regex(r"\d+"));
static ENTRY: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?i)^chunk\s+(\d+):\s*lines\s+(\d+)\s*[-–]\s*(\d+)(?:.*overlap:\s*(\d+))?")
});

/// Whether the text begins with the metadata of a chunk.
pub fn has_header(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !is_ruler(line));
    lines.next().is_some_and(|line| line.eq_ignore_ascii_case("chunk metadata"))
}

/// Reads a text file as research.
pub fn read(path: &RelPath, classified: Classified, text: &Arc<str>) -> Source {
    let index = path.name().eq_ignore_ascii_case("index.txt").then(|| index(text));
    let (title, facts) = match index {
        Some(index) if !index.chunks.is_empty() => {
            ("Index of chunks".to_owned(), Facts::ChunkIndex(index))
        }
        _ => {
            let chunk = chunk(text);
            let title = match chunk.number {
                Some(number) => format!("Chunk {number}"),
                None => title_from_name(path),
            };
            (title, Facts::Chunk(chunk))
        }
    };
    let outline = Outline {
        path: path.clone(),
        classified,
        title,
        front: FrontMatter::default(),
        headings: Vec::new(),
        places: Vec::new(),
        references: Vec::new(),
        mentions: Vec::new(),
        covers: Vec::new(),
        views: Vec::new(),
        amount: Amount::of_words(words::count(text)),
        lines: count_lines(text),
        divisions: Vec::new(),
        order: Order::default(),
        facts,
    };
    Source { outline, body: Body::Lines(text.clone()), diagnostics: Vec::new() }
}

/// The metadata between the rulers at the top, and the line on which the text itself begins.
fn chunk(text: &str) -> Chunk {
    let mut chunk = Chunk { body_line: 1, ..Chunk::default() };
    if !has_header(text) {
        return chunk;
    }
    let mut rulers = 0;
    let mut lines = text.lines().enumerate();
    for (index, line) in lines.by_ref() {
        if is_ruler(line.trim()) {
            rulers += 1;
            // The first ruler may be missing: the one after the facts ends the header all the same.
            if rulers > 1 && chunk != (Chunk { body_line: 1, ..Chunk::default() }) {
                chunk.body_line = index as u32 + 2;
                break;
            }
            continue;
        }
        let Some((name, value)) = line.split_once(':') else { continue };
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "filename" | "file" | "original file" | "source file" => {
                chunk.original = Some(value.to_owned());
            }
            "chunk number" | "chunk" => chunk.number = first_number(value),
            "source lines" | "lines" => chunk.source_lines = range(value),
            name if name.starts_with("overlap") => {
                chunk.overlap = first_number(value).unwrap_or_default();
            }
            _ => {}
        }
    }
    if lines.next().is_some_and(|(_, line)| line.trim().is_empty()) {
        chunk.body_line += 1;
    }
    chunk
}

/// The list of chunks in an index.
fn index(text: &str) -> ChunkIndex {
    let mut index = ChunkIndex::default();
    for line in text.lines().map(str::trim) {
        if let Some(entry) = ENTRY.captures(line) {
            let number = |group: usize| {
                entry.get(group).and_then(|digits| digits.as_str().parse().ok()).unwrap_or(0)
            };
            index.chunks.push((number(1), number(2), number(3), number(4)));
        } else if let Some((name, value)) = line.split_once(':')
            && ["original file", "filename"].contains(&name.to_ascii_lowercase().as_str())
        {
            index.original = Some(value.trim().to_owned());
        }
    }
    index
}

fn is_ruler(line: &str) -> bool {
    line.len() >= 8 && line.bytes().all(|sign| matches!(sign, b'=' | b'-'))
}

fn first_number(text: &str) -> Option<u32> {
    NUMBER.find(text)?.as_str().parse().ok()
}

fn range(text: &str) -> Option<(u32, u32)> {
    let found = RANGE.captures(text)?;
    Some((found[1].parse().ok()?, found[2].parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::source::Kind;

    fn read_text(name: &str, text: &str) -> Source {
        let path = RelPath::new(name).expect("a good path");
        let classified = Classified { kind: Kind::Research, why: String::new() };
        read(&path, classified, &Arc::from(text))
    }

    #[test]
    fn a_chunk_knows_where_it_was_cut() {
        let ruler = "=".repeat(20);
        let text = format!(
            "{ruler}\nCHUNK METADATA\n{ruler}\nFilename: talk.txt\nChunk Number: 2 of 3\n\
             Source Lines: 9-20 (total file: 30 lines)\nOverlap with Previous: 2 lines (5%)\n\
             {ruler}\n\nninth\n"
        );
        let source = read_text("chunks/chunk-002.txt", &text);
        let wanted = Chunk {
            number: Some(2),
            original: Some("talk.txt".into()),
            source_lines: Some((9, 20)),
            overlap: 2,
            body_line: 10,
        };
        assert_eq!(source.outline.facts, Facts::Chunk(wanted));
        assert_eq!(source.outline.title, "Chunk 2");
        assert_eq!(text.lines().nth(9), Some("ninth"));
    }

    #[test]
    fn an_index_lists_chunks_and_a_note_is_itself() {
        let text = "Original File: a/talk.txt\n\nChunk 1: Lines 1- 10 (10 lines)\n\
                    Chunk 2: Lines 9- 20 (12 lines) [Overlap: 2 lines from previous]\n";
        let source = read_text("chunks/INDEX.txt", text);
        let wanted = ChunkIndex {
            original: Some("a/talk.txt".into()),
            chunks: vec![(1, 1, 10, 0), (2, 9, 20, 2)],
        };
        assert_eq!(source.outline.facts, Facts::ChunkIndex(wanted));

        let source = read_text("notes/first-talk.txt", "a b\nc\n");
        assert_eq!(source.outline.title, "first talk");
        assert_eq!((source.outline.amount.words, source.outline.lines), (3, 2));
        let plain = Chunk { body_line: 1, ..Chunk::default() };
        assert_eq!(source.outline.facts, Facts::Chunk(plain));
    }
}
