//! The block and the lines of a log, at several sizes.

use super::*;
use crate::serve::terminal::Problems;
use crate::serve::terminal::line::width;

fn status() -> Status {
    Status {
        address: "http://localhost:4000".into(),
        notes: vec!["looking every second: the system cannot watch so many folders".into()],
        last: Some("docs/a.md · 12 ms · 3 pages kept, 1 made".into()),
        events: 1,
        problems: Problems {
            summary: "1 error, 2 warnings".into(),
            first: vec!["error[link-broken]: `b.md` is not there\n --> docs/a.md:3:1\n".into()],
        },
    }
}

fn shown(columns: usize, rows: usize, color: Color) -> Vec<String> {
    block(&status(), Room { columns, rows }, Keys::Shown, color)
}

#[test]
fn the_whole_block_where_there_is_room() {
    assert_eq!(
        shown(120, 40, Color::Never),
        [
            "http://localhost:4000",
            "looking every second: the system cannot watch so many folders",
            "docs/a.md · 12 ms · 3 pages kept, 1 made",
            "1 error, 2 warnings",
            "",
            "error[link-broken]: `b.md` is not there",
            " --> docs/a.md:3:1",
            "",
            "o open  r rebuild  c clear  q quit",
        ]
    );
}

#[test]
fn a_narrow_screen_cuts_lines_and_keeps_all_of_them() {
    let lines = shown(40, 40, Color::Never);
    assert_eq!(lines.len(), 9);
    assert_eq!(lines[1], "looking every second: the system cannot…");
    assert!(lines.iter().all(|line| width(line) <= 40), "{lines:?}");
}

#[test]
fn a_low_screen_counts_what_it_leaves_out_and_keeps_the_keys() {
    let mut status = status();
    status.problems.first = vec!["a\nb\nc\nd\ne\n".into()];
    let room = Room { columns: 120, rows: 10 };
    let lines = block(&status, room, Keys::Shown, Color::Never);
    assert_eq!(lines[4..], ["", "a", "… 4 more lines", "", "o open  r rebuild  c clear  q quit"]);
    for rows in 0..20 {
        let lines = block(&status, Room { columns: 120, rows }, Keys::Shown, Color::Never);
        assert!(lines.len() < rows.max(1), "{rows} rows: {lines:?}");
    }
}

#[test]
fn colour_only_when_wanted_and_no_keys_where_none_are_read() {
    assert_eq!(shown(120, 40, Color::Always)[0], "\x1b[1mhttp://localhost:4000\x1b[0m");
    assert!(!shown(120, 40, Color::Never).concat().contains('\x1b'));
    let lines = block(&status(), Room { columns: 120, rows: 40 }, Keys::Hidden, Color::Never);
    assert!(!lines.iter().any(|line| line.contains("quit")), "{lines:?}");
}

#[test]
fn a_log_gets_what_is_new() {
    let first = status();
    assert_eq!(
        news(&first, None),
        [
            "http://localhost:4000",
            "looking every second: the system cannot watch so many folders",
            "docs/a.md · 12 ms · 3 pages kept, 1 made",
            "1 error, 2 warnings",
            "error[link-broken]: `b.md` is not there",
            " --> docs/a.md:3:1",
        ]
    );
    let mut second = first.clone();
    second.notes.push("looking often".into());
    assert_eq!(news(&second, Some(&first)), ["looking often"], "nothing else happened");
    second = first.clone();
    second.happened(first.last.clone().expect("it has one"));
    assert_eq!(news(&second, Some(&first)), ["docs/a.md · 12 ms · 3 pages kept, 1 made"]);
    second.happened("docs/b.md · 9 ms".into());
    second.problems = Problems { summary: "no problems".into(), first: Vec::new() };
    assert_eq!(news(&second, Some(&first)), ["docs/b.md · 9 ms", "no problems"]);
}

#[test]
fn a_name_cannot_steer_the_terminal_or_add_a_line() {
    let mut status = status();
    status.last = Some("a\n\x1b[2Jb\x1b[31m.md".into());
    let lines = news(&status, None);
    assert!(lines.contains(&"a␊␛[2Jb.md".to_owned()), "{lines:?}");
    let lines = block(&status, Room { columns: 120, rows: 40 }, Keys::Shown, Color::Never);
    assert_eq!(lines[2], "a␊␛[2Jb.md");
}

#[test]
fn an_empty_line_keeps_findings_apart() {
    let mut status = status();
    status.problems.first = vec!["one\n  more\n\n".into(), "two\n".into()];
    assert_eq!(findings(&status), ["one", "  more", "", "two"]);
}
