//! What a Markdown file yields.

use super::*;
use crate::model::{reference::Pointer, source::Kind};

fn source(text: &str) -> Source {
    let path = RelPath::new("docs/some-note.md").expect("a good path");
    let classified = Classified { kind: Kind::Document, why: "it is Markdown".into() };
    read(&path, classified, &Arc::from(text))
}

#[test]
fn headings_and_title() {
    let text = "---\nid: x\n---\n## A `b` [[c|d]]\n\n# Top {#own}\n\n## A b d\n";
    let outline = source(text).outline;
    assert_eq!(outline.title, "Top");
    let shown: Vec<_> =
        outline.headings.iter().map(|h| (h.level, h.anchor.as_str(), h.line)).collect();
    assert_eq!(shown, [(2, "a-b-d", 4), (1, "own", 6), (2, "a-b-d-1", 8)]);
    let span = outline.headings[1].span;
    assert_eq!(&text[span.start..span.end], "# Top {#own}");
    assert_eq!(headings(text, 14).0, outline.headings);
    assert_eq!(source("text").outline.title, "some note");
}

#[test]
fn the_walk_for_anchors_finds_those_of_the_outline() {
    let text = "---\nid: x\n---\n# A *b* `c`\n\n<a id=\"here\"></a> <b id=\"a-b-c\">\n\n\
                ## A\\\nnext [GAP-2](x.md)\n\n> ## In a quote <i id=\"there\">\n\n```\n# Not\n```\n\n\
                Set\n===\n\n<div id=\"here\">\n\n## A b c\n";
    let outline = source(text).outline;
    let (found, places) = headings(text, 14);
    let shown = |headings: &[Heading]| -> Vec<_> {
        headings
            .iter()
            .map(|h| (h.level, h.text.clone(), h.anchor.clone(), h.line, h.span))
            .collect()
    };
    assert_eq!(shown(&found), shown(&outline.headings));
    assert_eq!(found.last().map(|heading| heading.anchor.as_str()), Some("a-b-c-1"));
    assert_eq!((&places, places.len()), (&outline.places, 2));
}

#[test]
fn references_stand_where_they_are_written() {
    let text = "+++\nid = 1\n+++\n[a](b.md#c) [x](https://x.org) ![i](i.png) [[ns:A.b/c#d|label]]\n\n\
                See `Chunk-013.txt` (lines 69-299) and [X.md](y.md).\n\n```\nCODE.md GAP-9\n```\n\n\
                | a | [[Id\\|t]] |\n|---|---|\n| A\\_B.md | lines 3-4 GAP-2, ADR-7-x |\n";
    let outline = source(text).outline;
    let shown: Vec<String> = outline
        .references
        .iter()
        .map(|reference| {
            let what = match &reference.to {
                Pointer::Link { href } => format!("link {href}"),
                Pointer::Image { href } => format!("image {href}"),
                Pointer::Wiki { id } => format!("wiki {id}"),
                Pointer::Citation(c) => format!("cites {} {:?}", c.target, c.lines),
            };
            format!("{} {what}", reference.line)
        })
        .collect();
    assert_eq!(
        shown,
        [
            "4 link b.md#c",
            "4 image i.png",
            "4 wiki ns:A.b/c#d",
            "6 cites Chunk-013.txt Some((69, 299))",
            "6 link y.md",
            "12 wiki Id",
            "14 cites A_B.md None",
        ]
    );
    let span = outline.references[3].span;
    assert_eq!(&text[span.start..span.end], "Chunk-013.txt` (lines 69-299)");
    assert_eq!(outline.mentions, ["ADR-7", "GAP-2"]);
}

#[test]
fn size_and_emptiness() {
    let read = source("# Not counted\n\ntwo words -\n\n```\nand three more\n```\n");
    assert_eq!((read.outline.amount.words, read.outline.lines), (5, 7));
    assert!(read.diagnostics.is_empty());
    let empty = source("---\nid: x\n---\n\n");
    assert_eq!(empty.diagnostics[0].code, &codes::EMPTY_FILE);
}
