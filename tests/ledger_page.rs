//! The page of a gap analysis, built from a project made for the test.

#![expect(
    clippy::disallowed_methods,
    reason = "a test writes its own project and runs the program"
)]

use std::{path::Path, process::Command};

use scraper::{Html, Selector};

const LEDGER: &str = "\
# Gap analysis: the mill

### GAP-1: No wheel (P1)

**Status:** open

- [ ] Buy oak

## Effort

| Item | Effort | Depends on |
|---|---|---|
| Race | 5 days | None |
| Wheel | 2-3 days | Race, Weather |
| Hen | 1 day | Egg |
| Egg | 1 day | Hen |
| Sign | XL | |

## Risks

| ID | Risk | Likelihood |
|---|---|---|
| RISK-1 | Drought & <b>flood</b> | low |

## Research questions

1. **Q1**: How deep?
";

struct Site {
    folder: tempfile::TempDir,
    stderr: String,
}

impl Site {
    fn build(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).expect("a file");
        }
        let run = Command::new(env!("CARGO_BIN_EXE_lacuna"))
            .arg("build")
            .arg(folder.path())
            .output()
            .expect("the program starts");
        Self { folder, stderr: String::from_utf8_lossy(&run.stderr).into_owned() }
    }

    fn page(&self, route: &str) -> Html {
        let path = self.folder.path().join("site").join(Path::new(route));
        Html::parse_document(&std::fs::read_to_string(path).expect("a page"))
    }
}

fn texts(page: &Html, selector: &str) -> Vec<String> {
    let selector = Selector::parse(selector).expect("a selector");
    let text = |element: scraper::ElementRef<'_>| {
        element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    page.select(&selector).map(text).collect()
}

fn has(page: &Html, selector: &str) -> bool {
    page.select(&Selector::parse(selector).expect("a selector")).next().is_some()
}

#[test]
fn every_kind_has_its_table_and_every_row_its_line() {
    let site = Site::build(&[("gap-analysis.md", LEDGER)]);
    let page = site.page("gap-analysis.html");
    assert_eq!(
        texts(&page, "h2[id^=lc-]"),
        ["Gaps in this ledger", "Effort 5", "Risks 1", "Questions 1", "Tasks 1", "The text"]
    );
    // Numbers of lines lead to the page of lines.
    assert!(has(&page, "tr#lc-risk-23 a[href='gap-analysis.md.lines.html#L23']"));
    assert!(has(&site.page("gap-analysis.md.lines.html"), "#L23"));
    assert_eq!(texts(&page, "tr#lc-risk-23 td.main"), ["RISK-1 Drought & <b>flood</b>"]);
    assert_eq!(texts(&page, ".entry-task .written"), ["☐ open"]);
}

#[test]
fn effort_is_a_plan_with_what_has_no_place_in_it() {
    let site = Site::build(&[("gap-analysis.md", LEDGER)]);
    let page = site.page("gap-analysis.html");
    let hints = texts(&page, ".entries .hint");
    assert_eq!(hints[0], "9 to 10 days of work in all.");
    assert_eq!(hints[1], "The critical path takes 7 to 8 days: Race → Wheel.");
    assert!(hints.iter().any(|hint| hint.starts_with("1 row gives no time")), "{hints:?}");
    assert!(hints.iter().any(|hint| hint.starts_with("Hen → Egg → Hen:")), "{hints:?}");
    assert_eq!(
        texts(&page, ".entry-effort .cell-bar"),
        ["day 0 to 5, critical", "day 5 to 8, critical"]
    );
    assert_eq!(texts(&page, ".entry-effort .broken-link"), ["Weather"]);
    assert!(has(&page, ".entry-effort a[href='#lc-effort-13']"), "a row links to the row before");
    assert!(site.stderr.contains("effort-cycle"), "{}", site.stderr);
}

#[test]
fn records_with_an_id_can_be_linked() {
    let other = "# Notes\n\nSee [[RISK-1]] and [[GA-Q1]].\n";
    let site = Site::build(&[("gap-analysis.md", LEDGER), ("notes.md", other)]);
    let notes = site.page("notes.html");
    assert!(has(&notes, "a[href='gap-analysis.html#lc-risk-23']"));
    assert!(has(&notes, "a[href='gap-analysis.html#lc-question-27']"));
    let ledger = site.page("gap-analysis.html");
    assert!(has(&ledger, "#lc-question-27"));
    assert!(texts(&ledger, ".backlinks a").contains(&"Notes".to_owned()));
}

#[test]
fn a_chain_of_three_hundred_rows_is_one_path() {
    let mut text =
        String::from("# Gap analysis\n\n| Item | Effort | Depends on |\n|---|---|---|\n");
    for n in 0..300 {
        text.push_str(&format!("| Step {n} | 1 day | Step {} |\n", n + 1));
    }
    let site = Site::build(&[("gap-analysis.md", &text)]);
    // So many rows have pages; the plan begins on the second.
    let page = site.page("gap-analysis.html");
    assert!(has(&page, ".beside a[href='trace/pages/gap-analysis.2.html#lc-effort']"));
    let hints = texts(&site.page("trace/pages/gap-analysis.2.html"), ".entries .hint");
    assert!(hints[1].starts_with("The critical path takes 300 days: Step 299 → "), "{hints:?}");
    assert!(hints[1].contains(" → … → "), "a sentence names only some of them");
}
