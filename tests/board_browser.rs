//! The gap board in a real browser, opened from disk: what its script does, and that nothing is lost
//! without it. Without a Chromium these tests say so and pass.

#![expect(
    clippy::disallowed_methods,
    reason = "a test writes its own project and runs the program"
)]

use std::process::Command;

use browser::{Browser, Tab, json};
use tempfile::TempDir;

/// A started browser, or the end of the test.
macro_rules! browser_or_skip {
    () => {
        match Browser::find() {
            Some(browser) => browser,
            None => return eprintln!("skipped: no Chromium"),
        }
    };
}

/// A site of 260 gaps in two ledgers. Every third is P0.
fn site() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    for (name, numbers) in [("north", 1..=130), ("south", 131..=260)] {
        let mut text = format!("# Gap analysis of the {name} wall\n");
        for n in numbers {
            let priority = if n % 3 == 0 { "P0" } else { "P2" };
            text.push_str(&format!(
                "\n### GAP-{n}: Stone {n} is loose\n\n- **Priority**: {priority}\n- **Status**: Open\n"
            ));
        }
        let path = folder.path().join(format!("{name}-gap-analysis.md"));
        std::fs::write(path, text).expect("a file");
    }
    let run = Command::new(env!("CARGO_BIN_EXE_lacuna"))
        .arg("build")
        .arg(folder.path())
        .output()
        .expect("the program starts");
    assert!(matches!(run.status.code(), Some(0 | 1)), "{run:?}");
    folder
}

fn url(site: &TempDir, rest: &str) -> String {
    format!("file://{}/site/gaps/{rest}", site.path().display())
}

fn open(tab: &Tab, site: &TempDir, rest: &str) {
    tab.goto(&url(site, rest));
    tab.wait_for("document.querySelector('form.facets')");
}

const ROWS: &str = "document.querySelectorAll('table.gaps tbody tr').length";
const COUNT: &str = "document.querySelector('form.facets output').textContent";
const FIRST: &str = "document.querySelector('table.gaps tbody .id').textContent";
const QUERY: &str = "location.search || location.hash";

#[test]
fn the_board_narrows_orders_and_keeps_its_state_in_the_address() {
    let browser = browser_or_skip!();
    let site = site();
    let tab = browser.tab();
    open(&tab, &site, "index.html");
    assert_eq!(tab.eval(COUNT), "260 gaps");
    assert_eq!(tab.eval(FIRST), "GAP-3", "the most urgent first");
    let choose = |name: &str, value: &str| {
        tab.eval(&format!(
            "(() => {{ const s = document.querySelector('form.facets [name={name}]'); s.value = '{value}'; \
             s.dispatchEvent(new Event('input', {{bubbles: true}})); }})()"
        ));
    };
    choose("priority", "p0");
    assert_eq!((tab.eval(COUNT), tab.eval(ROWS)), (json!("86 of 260 gaps"), json!(86)));
    choose("ledger", "south-gap-analysis");
    choose("q", "stone 13");
    assert_eq!(tab.eval(COUNT), "4 of 260 gaps", "132, 135, 138 and 213");
    // The same view again, from its address alone.
    let address = tab.eval("location.href");
    tab.goto(address.as_str().expect("an address"));
    tab.wait_for("document.querySelector('form.facets')");
    assert_eq!((tab.eval(COUNT), tab.eval(FIRST)), (json!("4 of 260 gaps"), json!("GAP-132")));
    tab.click("table.gaps th:first-child button");
    tab.click("table.gaps th:first-child button");
    assert_eq!(tab.eval(FIRST), "GAP-213");
    let sort = "document.querySelector('table.gaps th').getAttribute('aria-sort')";
    assert_eq!(tab.eval(sort), "descending");
    tab.click("form.facets button[type=reset]");
    assert_eq!((tab.eval(COUNT), tab.eval(QUERY)), (json!("260 gaps"), json!("")));
    assert_eq!(tab.complaints(), [""; 0]);
}

#[test]
fn a_cell_narrows_the_board_and_the_way_back_widens_it() {
    let browser = browser_or_skip!();
    let site = site();
    let tab = browser.tab();
    open(&tab, &site, "index.html");
    tab.click(".heat tbody tr:first-child td a");
    assert_eq!(tab.eval(COUNT), "43 of 260 gaps");
    assert_eq!(tab.eval("document.activeElement.id"), "lc-gaps", "the reader is led to the list");
    tab.eval("history.back()");
    tab.wait_for(&format!("{COUNT} === '260 gaps'"));
    assert_eq!(tab.complaints(), [""; 0]);
}

#[test]
fn rows_come_as_they_are_needed_and_none_is_lost() {
    let browser = browser_or_skip!();
    let site = site();
    let tab = browser.tab();
    tab.viewport(1200, 700);
    open(&tab, &site, "index.html");
    assert_eq!(tab.eval(ROWS), 100);
    for _ in 0..2 {
        tab.eval("document.querySelector('.more-rows').click()");
    }
    tab.wait_for(&format!("{ROWS} === 260"));
    assert_eq!(tab.eval("document.querySelector('.more-rows').hidden"), true);
}

#[test]
fn without_script_the_lists_are_pages() {
    let browser = browser_or_skip!();
    let site = site();
    let tab = browser.tab();
    tab.call("Emulation.setScriptExecutionDisabled", json!({"value": true}));
    tab.goto(&url(&site, "index.html"));
    assert_eq!(
        (tab.eval(ROWS), tab.eval("!!document.querySelector('form.facets')")),
        (json!(100), json!(false))
    );
    let next = tab.eval("document.querySelector('.pages a[rel=next]').href");
    assert_eq!(next, url(&site, "by/all.2.html"));
    tab.goto(next.as_str().expect("an address"));
    assert_eq!(tab.eval(ROWS), 100);
}

#[test]
fn nothing_of_the_pages_stands_out_of_a_small_window() {
    let browser = browser_or_skip!();
    let site = site();
    let tab = browser.tab();
    tab.viewport(390, 800);
    for page in [
        "index.html",
        "by/priority-p0.html",
        "by/ledger.html",
        "gap-3.html",
        "../trace/index.html",
        "../trace/orphans.html",
        "../badges.html",
        "../index.html",
    ] {
        tab.goto(&url(&site, page));
        let wide = tab.eval("document.documentElement.scrollWidth");
        assert!(wide.as_u64().is_some_and(|wide| wide <= 390), "{page} is {wide} wide");
    }
}
