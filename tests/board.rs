//! The gap board, its lists, the matrix and the badges, built from projects made for the tests.

#![expect(
    clippy::disallowed_methods,
    reason = "a test writes its own project and runs the program"
)]

use std::{collections::BTreeSet, path::Path, process::Command};

use scraper::{Html, Selector};
use serde_json::Value;

struct Site(tempfile::TempDir);

impl Site {
    fn build(files: &[(&str, String)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, text).expect("a file");
        }
        let run = Command::new(env!("CARGO_BIN_EXE_lacuna"))
            .arg("build")
            .arg(folder.path())
            .output()
            .expect("the program starts");
        assert!(matches!(run.status.code(), Some(0 | 1)), "{run:?}");
        Self(folder)
    }

    fn text(&self, route: &str) -> String {
        let path = self.0.path().join("site").join(Path::new(route));
        std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{route}: {e}"))
    }

    fn has(&self, route: &str) -> bool {
        self.0.path().join("site").join(route).is_file()
    }

    fn page(&self, route: &str) -> Html {
        Html::parse_document(&self.text(route))
    }

    /// What the script of the board reads.
    fn data(&self) -> Value {
        let text = self.text("gaps/data.js");
        let json = text.strip_prefix("lacunaBoard(").and_then(|t| t.strip_suffix(")\n"));
        serde_json::from_str(json.expect("one call")).expect("JSON")
    }
}

fn select(css: &str) -> Selector {
    Selector::parse(css).expect("a selector")
}

fn texts(page: &Html, css: &str) -> Vec<String> {
    let text = |element: scraper::ElementRef<'_>| {
        element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    page.select(&select(css)).map(text).collect()
}

fn hrefs(page: &Html, css: &str) -> Vec<String> {
    let href = |e: scraper::ElementRef<'_>| e.attr("href").unwrap_or_default().to_owned();
    page.select(&select(css)).map(href).collect()
}

/// `count` gaps in one ledger; every third is P0, every second about doors.
fn ledger(count: usize) -> String {
    let mut text = "# Gap analysis: the tower\n".to_owned();
    for n in 1..=count {
        let priority = if n % 3 == 0 { "P0" } else { "P2" };
        let category = if n % 2 == 0 { "Doors" } else { "Stairs & steps" };
        text.push_str(&format!(
            "\n### GAP-{n}: Step {n} is loose\n\n- **Priority**: {priority}\n- **Category**: {category}\n\
             - **Status**: Open\n- **Recommendation**: Create docs/step-{n}.md\n"
        ));
    }
    text
}

#[test]
fn every_gap_is_on_a_page_that_needs_no_script() {
    let site = Site::build(&[("gap-analysis.md", ledger(250))]);
    let mut seen = BTreeSet::new();
    for (route, rows) in
        [("gaps/index.html", 100), ("gaps/by/all.2.html", 100), ("gaps/by/all.3.html", 50)]
    {
        let ids = texts(&site.page(route), "table.gaps td .id");
        assert_eq!(ids.len(), rows, "{route}");
        seen.extend(ids);
        assert!(site.text(route).len() < 150_000, "{route} is too long");
    }
    assert_eq!(seen.len(), 250);
    assert!(!site.has("gaps/by/all.html") && !site.has("gaps/by/all.4.html"));
    let last = site.page("gaps/by/all.3.html");
    assert_eq!(hrefs(&last, ".pages a[rel=prev]"), ["all.2.html"]);
    assert_eq!(hrefs(&last, ".pages a[rel=next]"), [""; 0]);
    assert_eq!(site.data()["gaps"].as_array().expect("gaps").len(), 250, "the script has all too");
}

#[test]
fn a_cell_of_the_heat_map_leads_to_its_gaps() {
    let site = Site::build(&[("gap-analysis.md", ledger(250))]);
    let board = site.page("gaps/index.html");
    assert_eq!(texts(&board, ".heat tbody th"), ["Stairs & steps", "Doors"]);
    // 125 gaps about doors, of which every third is P0.
    let cell = ".heat tbody tr:nth-child(2) td a";
    let doors = texts(&board, cell);
    assert!(
        doors[0].starts_with("41 open of 41 gaps") && doors[1].starts_with("84 open of 84"),
        "{doors:?}"
    );
    let links = hrefs(&board, cell);
    assert_eq!(links, ["by/category-doors.html#lc-p0", "by/category-doors.html#lc-p2"]);
    let list = site.page("gaps/by/category-doors.html");
    assert_eq!(texts(&list, "#lc-p0 .id").len(), 41);
    assert_eq!(texts(&list, "#lc-p2 .id").len(), 59, "the rest is on the second page");
    assert_eq!(texts(&site.page("gaps/by/category-doors.2.html"), "#lc-p2 .id").len(), 25);
    assert_eq!(texts(&site.page("gaps/by/category.html"), ".heat tbody th").len(), 2);
}

#[test]
fn the_script_knows_the_same_words_as_the_addresses() {
    let site = Site::build(&[("gap-analysis.md", ledger(3))]);
    let data = site.data();
    let facets = data["facets"].as_array().expect("facets");
    let category = facets.iter().position(|f| f["name"] == "category").expect("a category");
    assert_eq!(
        facets[category]["values"][0],
        serde_json::json!(["stairs-steps", "Stairs & steps"])
    );
    let gap = &data["gaps"][0];
    assert_eq!((gap["id"].as_str(), gap["href"].as_str()), (Some("GAP-3"), Some("gap-3.html")));
    assert_eq!(gap["at"][category], 0);
    assert_eq!(gap["targets"], serde_json::json!([["docs/step-3.md", "missing"]]));
    assert!(site.has("gaps/by/category-stairs-steps.html"));
}

#[test]
fn a_source_where_the_lists_are_has_a_page_beside_them() {
    let site = Site::build(&[
        ("gap-analysis.md", ledger(1)),
        ("gaps/by/priority-p2.md", "# A document of the same name\n".to_owned()),
        ("trace/index.md", "# Traces of snails\n".to_owned()),
    ]);
    assert_eq!(texts(&site.page("gaps/by/priority-p2.html"), "h1"), ["Priority: P2"]);
    assert_eq!(
        texts(&site.page("gaps/by-/priority-p2.html"), "h1"),
        ["A document of the same name"]
    );
    assert_eq!(texts(&site.page("trace/index.html"), "h1"), ["Traceability"]);
    assert_eq!(texts(&site.page("trace-/index.html"), "h1"), ["Traces of snails"]);
}

fn small() -> Vec<(&'static str, String)> {
    let gap = |id: &str, more: &str| {
        format!("---\nid: {id}\ntitle: Thing {id}\n{more}---\n\nWords about the thing.\n")
    };
    let words =
        "The bell is rung by hand at dawn and at dusk, by whoever is nearest to it. ".repeat(8);
    vec![
        (
            "gaps/a.md",
            gap("LAC-1", "priority: P0\nstatus: open\ntargets: [docs/bell.md, docs/rope.md]\n"),
        ),
        ("gaps/b.md", gap("LAC-2", "status: done\ndepends_on: [LAC-1]\ntargets: [docs/bell.md]\n")),
        ("gaps/c.md", gap("LAC-3", "")),
        ("docs/bell.md", format!("---\ncovers: [LAC-1]\n---\n# The bell\n\n{words}\n")),
        ("docs/alone.md", format!("# Alone\n\n{words}\n")),
    ]
}

#[test]
fn the_matrix_shows_the_state_of_every_link() {
    let site = Site::build(&small());
    let page = site.page("trace/index.html");
    assert_eq!(
        texts(&page, ".matrix thead th"),
        ["Gap", "Research it cites", "bell.md", "rope.md"]
    );
    assert_eq!(texts(&page, ".matrix tbody th .id"), ["LAC-1", "LAC-2"]);
    assert_eq!(texts(&page, ".matrix tbody td:not(.sources)"), ["covers", "missing", "named", ""]);
    assert_eq!(texts(&page, ".figures b"), ["2", "2", "1"], "one gap names nothing");
}

#[test]
fn what_nothing_links_to_is_listed() {
    let site = Site::build(&small());
    let page = site.page("trace/orphans.html");
    assert_eq!(texts(&page, "#lc-documents ~ ul a"), ["Alone"]);
    assert_eq!(texts(&page, ".counts a"), ["1 documents"]);
}

#[test]
fn a_gap_says_how_to_close_it_and_what_is_around_it() {
    let site = Site::build(&small());
    let page = site.page("gaps/b.html");
    let steps = texts(&page, ".closing > ol > li");
    assert_eq!(steps.len(), 3, "{steps:?}");
    assert!(steps[0].contains("LAC-1 Thing LAC-1"), "{steps:?}");
    assert!(steps[1].starts_with("Let docs/bell.md answer the gap"), "{steps:?}");
    assert!(steps[2].contains("it says done, the files show partial"), "{steps:?}");
    let drawn = texts(&page, ".layers title");
    assert_eq!(
        drawn,
        ["gap: LAC-2 Thing LAC-2, partial", "document: The bell (docs/bell.md), named"]
    );
    let first = site.page("gaps/a.html");
    assert_eq!(texts(&first, ".relations a"), ["LAC-2 Thing LAC-2"], "who waits for it");
}

#[test]
fn every_badge_that_can_be_pasted_is_there() {
    let mut files = small();
    files.push(("gap-analysis.md", ledger(4)));
    files.push(("lacuna.toml", "base_url = \"https://example.org/x/\"\n".to_owned()));
    let site = Site::build(&files);
    let page = site.page("badges.html");
    let pasted = texts(&page, ".badge-row code");
    assert!(pasted.contains(
        &"[![gaps covered](https://example.org/x/badges/coverage.svg)](https://example.org/x/gaps/index.html)".to_owned()
    ), "{pasted:?}");
    for line in &pasted {
        let image =
            line.split("](").nth(1).and_then(|rest| rest.split(')').next()).expect("an image");
        let image = image.strip_prefix("https://example.org/x/").expect("a whole address");
        assert!(site.text(image).contains("<svg"), "{image}");
        assert!(site.has(&image.replace(".svg", ".json")), "{image}");
    }
    let named = |name: &str| pasted.iter().any(|line| line.contains(name));
    for name in
        ["coverage-p0.svg", "coverage-ledger-gap-analysis.svg", "coverage-category-doors.svg"]
    {
        assert!(named(name), "{name} is not among {pasted:?}");
    }
    assert!(site.text("badges/coverage-category-doors.svg").contains("0 of 2"));
}

#[test]
fn the_drift_board_has_pages_too() {
    let mut ledger = ledger(150).replace("Status**: Open", "Status**: Done");
    ledger.push_str(
        &self::ledger(210)["# Gap analysis: the tower\n".len()..].replace("GAP-", "GUP-"),
    );
    let site = Site::build(&[("gap-analysis.md", ledger)]);
    let ids = |route: &str| texts(&site.page(route), "main .id").len();
    let all: usize =
        ["drift.html", "trace/drift.2.html", "trace/drift.3.html", "trace/drift.4.html"]
            .map(ids)
            .iter()
            .sum();
    assert_eq!(all, 360, "every gap is on one of them");
    assert!(!site.has("trace/drift.5.html"));
    let first = site.page("drift.html");
    assert_eq!(
        hrefs(&first, ".drifts a"),
        ["#lc-board", "#lc-board", "trace/drift.2.html#lc-agrees", "#lc-unknown"]
    );
    assert_eq!(
        texts(&site.page("trace/drift.2.html"), "h2"),
        ["Claims that do not hold", "Claims that hold"]
    );
}

#[test]
fn a_form_is_no_place_to_begin() {
    let mut files = small();
    files.push(("adr-template.md", "# ADR {NUMBER}: {TITLE}\n\nWords.\n".to_owned()));
    files.push(("read-me-first.md", "# Read this\n\nWords.\n".to_owned()));
    let site = Site::build(&files);
    let begin = texts(&site.page("index.html"), "#lc-start ~ ul a");
    assert!(begin.contains(&"Read this".to_owned()), "{begin:?}");
    assert!(begin.iter().all(|title| !title.contains("{NUMBER}")), "{begin:?}");
}
