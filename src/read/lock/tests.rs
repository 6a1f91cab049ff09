//! What is written is read again; what was damaged is refused, at its place.

use super::*;
use crate::read::print;

fn lock() -> Lock {
    let text = "zero\n  The \"cap\" is\\4 \u{7}\u{202e}x\n\nlast\n";
    let lines = print::Lines::of(text);
    let print = lines.passage((2, 3)).expect("the lines exist");
    let key = Key {
        file: RelPath::new("docs/gaps.md").expect("a path"),
        owner: "CGA-3".into(),
        target: "Chunk-013.txt".into(),
        lines: (69, 70),
    };
    let accepted = Accepted {
        path: RelPath::new("r/chunk-013.txt").expect("a path"),
        lines: (2, 3),
        counted: Counted::Original,
        print,
        words: print::first_words(lines.cut(text, (2, 3))),
        before: vec![lines.line(1).expect("a line")],
        after: Vec::new(),
    };
    Lock {
        citations: [(key, accepted)].into(),
        passages: [(print, print::keep(lines.cut(text, (2, 3))))].into(),
    }
}

fn fault(text: &str) -> (String, usize) {
    let fault = read(text).expect_err("the lock is damaged");
    assert!(fault.help.is_some());
    let at = fault.span.expect("a place").start;
    (fault.message, text[..at].matches('\n').count() + 1)
}

#[test]
fn a_lock_is_read_as_it_was_written() {
    let text = write(&lock());
    assert_eq!(read(&text).expect("a good lock"), lock());
    assert_eq!(write(&read(&text).expect("a good lock")), text);
    assert!(text.lines().all(|line| line.len() < 120), "{text}");
    assert_eq!(read(&text.replace('\n', "\r\n")).expect("line ends do not count"), lock());
}

#[test]
fn a_damaged_lock_is_refused_at_its_place() {
    let text = write(&lock());
    let line_of =
        |part: &str| text.lines().position(|line| line.contains(part)).expect("there") + 1;

    let conflict = text.replace("of = ", "<<<<<<< ours\nof = ");
    assert_eq!(
        fault(&conflict),
        ("a merge conflict was left in the lock".into(), line_of("of = "))
    );
    let (message, line) = fault(&text.replace("version = 1", "version = 7"));
    assert!(message.contains("version 7"), "{message}");
    assert_eq!(line, line_of("version"));
    let (message, _) = fault(&text.replace(HASH, "sha1"));
    assert!(message.contains("`sha1`"), "{message}");
    let (message, line) = fault(&text.replace("found = \"2-3\"", "found = \"3-2\""));
    assert_eq!((message.as_str(), line), ("`3-2` is not a range of lines", line_of("found")));
    let (message, line) = fault(&text.replace("counted = \"original\"", "counted = \"pages\""));
    assert_eq!(
        (message.as_str(), line),
        ("`pages` is not `file` or `original`", line_of("counted"))
    );
    assert_eq!(fault("").0, "the lock does not say its version");
}

#[test]
fn every_beginning_of_a_lock_is_refused_or_harmless() {
    let text = write(&lock());
    for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
        // Cut before its last byte the file may still be whole; cut before its first citation it
        // says nothing. Every other part of it is noticed.
        if let Ok(part) = read(&text[..end]) {
            assert!(part == lock() || part.citations.is_empty(), "{}", &text[..end]);
        }
    }
}

#[test]
fn a_message_that_quotes_several_lines_is_one() {
    let (message, _) = fault("version = 1\nhash = \"\"\"a\n::error::b\"\"\"\n");
    assert!(message.contains("the hash `a ::error::b`"), "{message}");
}
