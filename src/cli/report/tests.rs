//! What the summary says, word by word.

use super::*;

#[test]
fn reads_as_a_person_would_say_it() {
    let summary = Summary {
        title: "Atlas".to_owned(),
        root: "docs".to_owned(),
        output: Some("site".to_owned()),
        records: vec![
            Count { one: "gap", many: "gaps", count: 27 },
            Count { one: "decision", many: "decisions", count: 1 },
            Count { one: "schema", many: "schemas", count: 0 },
        ],
        pages: 1204,
        written: 3,
        unchanged: 1_234_567,
        removed: 0,
        links_resolved: 1000,
        links_broken: 2,
        citations_resolved: 0,
        citations_broken: 0,
        coverage: Tally { covered: 3, partial: 2, uncovered: 22, waived: 0 },
        targets: Targets { named: 21, missing: 18 },
        errors: 1,
        warnings: 2,
        infos: 0,
        elapsed: Some(Duration::from_millis(1427)),
    };
    let expected = "Atlas  docs
  Records    27 gaps, 1 decision
  Coverage   3 of 27 gaps covered (11 %), 2 partial, 22 uncovered
  Targets    18 of 21 named do not exist
  Links      1,000 resolved, 2 broken
  Citations  none
  Pages      1,204
  Files      3 written, 1,234,567 unchanged
  Output     site
  Findings   1 error, 2 warnings
  Time       1.42 s
";
    assert_eq!(render(&summary, Color::Never), expected);
    assert!(render(&summary, Color::Always).contains("\x1b["));
}

#[test]
fn an_empty_project_has_nothing_to_boast_of() {
    let expected = "T␛  .
  Records    none
  Coverage   no gaps
  Targets    none named
  Links      none
  Citations  none
  Findings   none
";
    let summary = Summary { title: "T\x1b".into(), root: ".".into(), ..Summary::default() };
    assert_eq!(render(&summary, Color::Never), expected);
}

#[test]
fn percentages_never_flatter() {
    for (covered, uncovered, waived, expected) in [
        (999, 1, 0, "999 of 1,000 gaps covered (99 %), 1 uncovered"),
        (1, 999, 0, "1 of 1,000 gaps covered (1 %), 999 uncovered"),
        (0, 0, 1, "1 waived"),
        (2, 0, 0, "2 of 2 gaps covered (100 %)"),
    ] {
        assert_eq!(coverage(Tally { covered, partial: 0, uncovered, waived }), expected);
    }
}

#[test]
fn durations_have_the_unit_that_fits() {
    for (millis, expected) in
        [(0, "0 ms"), (999, "999 ms"), (59_999, "59.99 s"), (125_000, "2 min 05 s")]
    {
        assert_eq!(duration(Duration::from_millis(millis)), expected);
    }
}
