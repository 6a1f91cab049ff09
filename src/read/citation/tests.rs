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
        // There is no line 0.
        ("docs/X.md#L10-0 a.md:0", "docs/X.md#L10-0 a.md"),
        ("a【F:b.md†L0】", "b.md"),
    ] {
        assert_eq!(show(text).join(" "), wanted, "{text}");
    }
}

#[test]
fn lines_are_read_in_every_language() {
    for (text, wanted) in [
        ("a.md at line 25, on lines 3-4", "a.md:25-25"),
        ("a.md on lines 3 through 9", "a.md:3-9"),
        ("a.md from line 10 to line 20", "a.md:10-20"),
        ("a.md (line(s) 3-4)", "a.md:3-4"),
        ("a.md lines 12..40", "a.md:12-40"),
        ("a.md lines 5,226-5,725", "a.md:5226-5725"),
        ("a.md, ll. 3, 4, and 9", "a.md:3-3 a.md:4-4 a.md:9-9"),
        ("a.md (Z. 3–4)", "a.md:3-4"),
        ("a.md in Zeilen 10 bis 20", "a.md:10-20"),
        ("a.md, lignes 10 à 20", "a.md:10-20"),
        ("a.md (líneas 10 a 20 y 31)", "a.md:10-20 a.md:31-31"),
        ("a.md nas linhas 10 até 20", "a.md:10-20"),
        ("a.md (righe 3, 7 e 9)", "a.md:3-3 a.md:7-7 a.md:9-9"),
        ("a.md regels 3 t/m 9", "a.md:3-9"),
        ("a.md в строках 3-4", "a.md:3-4"),
        ("a.md строки 3 по 9 и 12", "a.md:3-9 a.md:12-12"),
        ("a.md（第3行至第9行）", "a.md:3-9"),
        ("a.md 第3-9行、それから", "a.md:3-9"),
        ("a.mdの12行目", "a.md:12-12"),
        ("a.md（10〜20行）", "a.md:10-20"),
        ("a.md 行 3-9", "a.md:3-9"),
    ] {
        assert_eq!(show(text).join(" "), wanted, "{text}");
    }
}

#[test]
fn places_stand_on_the_name_beside_it_or_before_it() {
    for (text, wanted) in [
        ("src/a.rs:12-20,40-44,51", "src/a.rs:12-20 src/a.rs:40-44 src/a.rs:51-51"),
        ("src/a.rs:12:5", "src/a.rs:12-12"),
        ("src/a.rs#L10C5-L20C3", "src/a.rs:10-20"),
        ("src/a.rs L10-L20", "src/a.rs:10-20"),
        ("src/a.rs:L10-L20", "src/a.rs:10-20"),
        ("src/a.rs::open", "src/a.rs"),
        ("Chunk-013:69-299 and Chunk-013#L7-L9", "Chunk-013:69-299 Chunk-013:7-9"),
        ("lines 3-4 of `a.md`", "a.md:3-4"),
        ("see lines 3-4 and 9 in **a.md**, then", "a.md:3-4 a.md:9-9"),
        ("Zeilen 3-4 von a.md", "a.md:3-4"),
        ("linhas 3-4 do Chunk-013", "Chunk-013:3-4"),
        ("section 5.1 of SDD", "SDD#5.1"),
        ("§2.4 of X.md", "X.md#2.4"),
        ("X.md, section \"Retry policy\"", "X.md#Retry policy"),
        ("X.md, Kapitel 3.2 und X.md Abschnitt 4", "X.md#3.2 X.md#4"),
        ("X.md clause 8.4, X.md раздел 2, X.md 第5.1节", "X.md#8.4 X.md#2 X.md#5.1"),
    ] {
        assert_eq!(show(text).join(" "), wanted, "{text}");
    }
}

#[test]
fn chunks_are_read_in_lists_and_ranges() {
    for (text, wanted) in [
        ("Chunk-001 to Chunk-003", "Chunk-001 Chunk-002 Chunk-003"),
        ("`Chunk-001`–`Chunk-003`", "Chunk-001 Chunk-002 Chunk-003"),
        ("Chunk-001-Chunk-003", "Chunk-001 Chunk-002 Chunk-003"),
        ("Chunk-004/Chunk-005", "Chunk-004 Chunk-005"),
        ("Chunk-004, 005 and 006.", "Chunk-004 Chunk-005 Chunk-006"),
        ("Chunk-004 and 12 more", "Chunk-004"),
        ("chunks 4 to 6", "chunk 4 chunk 5 chunk 6"),
        ("chunk #7", "chunk 7"),
        ("Blocos 11, 15-16", "Bloco 11 Bloco 15 Bloco 16"),
        ("bloques 3 y 4, blocchi 1-2", "bloque 3 bloque 4 blocco 1 blocco 2"),
        ("чанки 4-5", "чанк 4 чанк 5"),
    ] {
        assert_eq!(show(text).join(" "), wanted, "{text}");
    }
    assert_eq!(chunk_number("Bloco 021"), Some(21));
    assert_eq!(chunk_number("Chunk-7b"), None);
}

#[test]
fn sizes_are_no_places() {
    for text in [
        "a.md (622 lines)",
        "a.md (Lines: 622)",
        "a.md (~30,000 lines)",
        "a.md (622行)",
        "a.md, 45 Zeilen",
        "a.md (1234 строк)",
        "a.md has lines of code",
    ] {
        assert_eq!(show(text), ["a.md"], "{text}");
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
        "§1, clause 8.4, Art. 30",
        "lines 3-4 of the report",
        "#123, 3eca397, DnsMode::Mapping, execute()",
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
