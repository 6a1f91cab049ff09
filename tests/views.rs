//! Views in documents: what they show, what is told when they cannot be answered, and what they can
//! never reach.

#![expect(
    clippy::disallowed_methods,
    reason = "a test writes its own project and runs the program"
)]

use std::{fs, path::Path, process::Command};

use scraper::{ElementRef, Html, Selector};

struct Site {
    folder: tempfile::TempDir,
    said: String,
    code: Option<i32>,
}

impl Site {
    /// A project of twelve gaps, three of them covered, whose document `docs/view.md` holds a text.
    fn build(view: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        };
        for n in 1..=12 {
            let (priority, target) = (n % 3, if n <= 3 { "lamp" } else { "spare" });
            let text = format!(
                "---\nid: G-{n}\ntitle: Gap <{n}> | x\npriority: P{priority}\ntargets: \
                 [docs/{target}.md]\n---\nIt is dark.\n"
            );
            write(&format!("gaps/g-{n}.md"), &text);
        }
        let words = "The lamp is lit at dusk and burns until the sun is up. ".repeat(8);
        write("docs/lamp.md", &format!("# Lamp\n\nG-1, G-2 and G-3 ask for it.\n\n{words}\n"));
        write("adr/0001-oil.md", "# 1. Burn oil\n\n## Status\n\nAccepted\n\n## Context\n\nOil.\n");
        write(
            "adr/0002-gas.md",
            "# 2. Burn gas\n\n## Status\n\nAccepted\n\nSupersedes [1](0001-oil.md)\n\n## Context\n\nGas.\n",
        );
        write("docs/view.md", &format!("# A page with a view\n\n{view}\n\nWords behind it.\n"));
        let run = Command::new(env!("CARGO_BIN_EXE_lacuna"))
            .arg("build")
            .arg(folder.path())
            .output()
            .expect("the program starts");
        let said = String::from_utf8_lossy(&run.stderr).into_owned();
        Self { said, code: run.status.code(), folder }
    }

    fn text(&self, route: &str) -> String {
        let path = self.folder.path().join("site").join(Path::new(route));
        fs::read_to_string(&path).unwrap_or_else(|e| panic!("{route}: {e}\n{}", self.said))
    }

    fn all(&self, css: &str) -> Vec<String> {
        let page = Html::parse_document(&self.text("docs/view.html"));
        let selector = Selector::parse(css).expect("a selector");
        let words = |element: ElementRef<'_>| {
            element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
        };
        page.select(&selector).map(words).collect()
    }
}

fn fenced(lines: &str) -> String {
    format!("```lacuna\n{lines}\n```\n")
}

#[test]
fn a_table_shows_sorted_records_and_says_what_it_leaves_out() {
    let site = Site::build(&fenced(
        "kind: gaps\nwhere: coverage != \"covered\"\ncolumns: id, title, priority, coverage\n\
         sort: priority, -id\nlimit: 4",
    ));
    assert_eq!(site.all(".view th"), ["Id", "Title", "Priority", "Coverage"]);
    assert_eq!(site.all(".view tbody tr td:first-child"), ["G-12", "G-9", "G-6", "G-10"]);
    assert_eq!(site.all(".view td.main a")[0], "Gap <12> | x");
    assert_eq!(site.all(".view .hint"), ["4 of 9 gaps shown. All gaps"]);
    let html = site.text("docs/view.html");
    assert!(html.contains("<a href=\"../gaps/g-12.html\">Gap &lt;12&gt; | x</a>"), "{html}");
    assert!(html.contains("<a href=\"../gaps/index.html\">All gaps</a>"));
    let twin = site.text("docs/view.md");
    assert!(twin.contains("| id | title | priority | coverage |\n| --- |"), "{twin}");
    assert!(
        twin.contains("| G-12 | [Gap \\<12> \\| x](../gaps/g-12.md) | P0 | uncovered |"),
        "{twin}"
    );
    assert!(twin.contains("4 of 9 gaps shown. [All gaps](../gaps/index.md)"), "{twin}");
    assert!(twin.contains("Words behind it.") && !twin.contains("```lacuna"), "{twin}");
}

#[test]
fn figures_are_drawn_and_told() {
    let site = Site::build(
        &["bar\nby: priority", "pie\nby: coverage", "matrix\nby: priority, coverage"]
            .map(|shape| fenced(&format!("kind: gaps\nas: {shape}")))
            .concat(),
    );
    assert_eq!(site.all(".bars tbody tr"), ["P04", "P14", "P24"]);
    assert_eq!(site.all(".pie .legend li"), ["9 uncovered 75 %", "3 covered 25 %"]);
    assert_eq!(site.all(".numbers thead th"), ["Priority by coverage", "covered", "uncovered"]);
    assert_eq!(site.all(".numbers tbody tr"), ["P013", "P113", "P213"]);
    let html = site.text("docs/view.html");
    assert!(!html.contains(" style="), "the policy of the page forbids it");
    assert!(html.contains("<path class=\"b-uncovered\"") && html.contains("aria-hidden=\"true\""));
}

#[test]
fn lists_and_graphs_lead_to_records() {
    let site = Site::build(
        &(fenced("kind: decisions\nas: graph")
            + &fenced("kind: documents\nwhere: words > 40\nas: list\ncolumns: title, covers")),
    );
    assert_eq!(site.all(".layers svg > a").len(), 2);
    assert_eq!(site.all(".layers .ways path").len(), 1);
    assert_eq!(site.all(".view ul:not([class]) > li"), ["Lamp G-1, G-2, G-3"]);
    assert_eq!(site.all(".view ul:not([class]) > li .muted"), ["G-1, G-2, G-3"]);
    let twin = site.text("docs/view.md");
    assert!(twin.contains("- [Lamp](lamp.md) G-1, G-2, G-3"), "{twin}");
}

#[test]
fn a_view_stays_in_its_quotation() {
    let site = Site::build("> ```lacuna\n> kind: decisions\n> columns: title\n> ```\n");
    assert_eq!(site.all("blockquote .view td").len(), 2);
    let twin = site.text("docs/view.md");
    assert!(
        twin.contains("> | title |\n> | --- |\n> | [Burn oil](../adr/0001-oil.md) |\n"),
        "{twin}"
    );
}

#[test]
fn a_mistake_is_pointed_at_and_shown_in_its_place() {
    for (lines, place, message) in [
        ("kind: gasp", "docs/view.md:4:7", "`gasp` is no kind"),
        ("kind: gaps\nwhere: prio == 1", "docs/view.md:5:8", "`prio` is no field of gaps"),
        ("kind: gaps\nlimit: all", "docs/view.md:5:8", "`limit` must be a whole number"),
        ("kind: gaps\nwhere: id == ", "docs/view.md:5:8", "the condition cannot be read"),
    ] {
        let site = Site::build(&fenced(lines));
        assert_eq!(site.code, Some(1), "{lines}: {}", site.said);
        assert!(site.said.contains("error[invalid-view]"), "{lines}: {}", site.said);
        assert!(site.said.contains(place) && site.said.contains(message), "{lines}: {}", site.said);
        let shown = site.all(".view-wrong li").join(" ");
        assert!(shown.contains(&message.replace('`', "")), "{lines}: {shown}");
        assert!(site.all(".view-wrong pre")[0].starts_with("kind: ga"), "the block is shown");
        assert!(site.all("main p").iter().any(|text| text == "Words behind it."));
    }
}

#[test]
fn a_condition_that_fails_on_a_record_is_told() {
    let site = Site::build(&fenced("kind: gaps\nwhere: title|lower + 1 > 2"));
    assert!(site.said.contains("error[invalid-view]"), "{}", site.said);
    assert!(site.said.contains("docs/view.md:5:8"), "{}", site.said);
    assert!(site.all(".view-wrong li")[0].contains("the condition fails on G-"));
}

#[test]
fn the_search_finds_records_and_no_questions() {
    let site = Site::build(&fenced("# quicksilver\nkind: gaps"));
    let search = site.folder.path().join("site/assets/search");
    for entry in fs::read_dir(search).expect("an index") {
        let text = fs::read(entry.expect("a file").path()).expect("its bytes");
        assert!(!String::from_utf8_lossy(&text).contains("quicksilver"));
    }
}
