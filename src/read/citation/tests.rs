//! Every spelling, what it cites, and what is no citation.

use super::*;

fn show(text: &str) -> Vec<String> {
    find(text)
        .into_iter()
        .map(|Found { citation, .. }| {
            let lines = citation.lines.map_or(String::new(), |(a, b)| format!(":{a}-{b}"));
            let section = citation.section.map_or(String::new(), |name| format!("#{name}"));
            format!("{}{lines}{section}", citation.target)
        })
        .collect()
}

#[test]
fn every_spelling_is_read() {
    for (text, wanted) in [
        ("Chunk-013.txt (lines 69-299)", "Chunk-013.txt:69-299"),
        ("`Chunk-013.txt` (lines 69–299).", "Chunk-013.txt:69-299"),
        ("Chunk-013 (lines 297-299)", "Chunk-013:297-299"),
        ("**a/b.py** (linha 25)", "a/b.py:25-25"),
        ("`a.md`, строки 103, 1687", "a.md:103-103 a.md:1687-1687"),
        ("a.md Zeilen 3-4 und 9", "a.md:3-4 a.md:9-9"),
        ("a.md (第 3-4 行)", "a.md:3-4"),
        ("a.md lines 3-4, 2024 was good", "a.md:3-4"),
        ("Chunk-004", "Chunk-004"),
        ("Chunk-004 & Chunk-005", "Chunk-004 Chunk-005"),
        ("Chunk-001-003.", "Chunk-001 Chunk-002 Chunk-003"),
        ("(Chunk-005/006)", "Chunk-005 Chunk-006"),
        ("see chunks 4-6, 9 and 12", "chunk 4 chunk 5 chunk 6 chunk 9 chunk 12"),
        ("Chunk 12-13", "Chunk 12 Chunk 13"),
        ("path/file.ext:12-40", "path/file.ext:12-40"),
        ("src/a.rs:12:", "src/a.rs:12-12"),
        ("k/c.yaml:34–46", "k/c.yaml:34-46"),
        ("docs/X.md#anchor", "docs/X.md#anchor"),
        ("docs/X.md#L10-L20", "docs/X.md:10-20"),
        ("EVENT-SCHEMA.proto, then **FILE.md**", "EVENT-SCHEMA.proto FILE.md"),
        ("a【F:src/x.py†L10-L20】【F:b.md†L1-L2】", "src/x.py:10-20 b.md:1-2"),
        ("SDD section 5.1.", "SDD#5.1"),
        ("X.md Section 2 and `X.md` §2.4", "X.md#2 X.md#2.4"),
        ("Chunk-012.txt (FoundationDBSyncer)", "Chunk-012.txt"),
        ("FILE.md (622 lines)", "FILE.md"),
    ] {
        assert_eq!(show(text).join(" "), wanted, "{text}");
    }
}

#[test]
fn other_words_are_no_citations() {
    for text in [
        "(622 lines)",
        "http://x.org/a(b)/X.md and https://x.org/X.md#L3",
        "e.g. this, i.e. that, v1.2.3, Node.js, docs.rs, *.md, [[GAP-002]]",
        "chunks 4kB, chunk-based, Chunk-",
        "See Section 2",
        "SEE section 2",
        "",
        "【",
        "†】",
    ] {
        assert_eq!(show(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn spans_cover_the_citation() {
    let text = "é: `a.md` (lines 3-4), b";
    let span = find(text)[0].span;
    assert_eq!(&text[span.start..span.end], "a.md` (lines 3-4)");
    assert_eq!(parse_one("b.md:7").and_then(|citation| citation.lines), Some((7, 7)));
}

#[test]
fn long_texts_take_linear_time() {
    for piece in ["【", "a.md (", "lines 1, ", "http://", "Chunk-1-9999 ", "é`*(", "chunks 1,2,"]
    {
        find(&piece.repeat(20_000));
    }
}
