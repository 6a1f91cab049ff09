//! The search as a reader meets it, in a real browser: from a folder, by keyboard, and with a query
//! that would be markup if it were not text. Without a Chromium these tests say so and pass.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests write repositories, run the program and read its output"
)]

use std::process::Command;

use browser::{Browser, Tab, json};
use tempfile::TempDir;

const FILES: &[(&str, &str)] = &[
    ("README.md", "# Handbook\n\nAll about ferries.\n"),
    ("docs/ferry.md", "# Ferry\n\n## Timetable\n\nThe ferry leaves the harbour at seven.\n"),
    ("docs/harbour.md", "# Harbour \\<img src=x onerror=alert(1)>\n\nWhere the boats lie.\n"),
    (
        "docs/adr/0001-diesel.md",
        "# 1. Diesel\n\n## Status\n\nAccepted\n\n## Decision\n\nThe ferry burns diesel.\n",
    ),
];

/// The site of [`FILES`] in a folder below its root, as it is unpacked from an archive.
fn site() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    for (path, text) in FILES {
        let path = folder.path().join("repository").join(path);
        std::fs::create_dir_all(path.parent().expect("below the root")).expect("a folder");
        std::fs::write(path, text).expect("the repository is writable");
    }
    let run = Command::new(env!("CARGO_BIN_EXE_lacuna"))
        .args(["build", "-q", "-o"])
        .arg(folder.path().join("un packed/site"))
        .arg(folder.path().join("repository"))
        .output()
        .expect("the program starts");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    folder
}

fn open(tab: &Tab, folder: &TempDir, page: &str) {
    tab.goto(&format!("file://{}/un%20packed/site/{page}", folder.path().display()));
}

/// Asks the palette, and waits until the texts have answered.
fn ask(tab: &Tab, query: &str) {
    tab.wait_for("document.querySelector('dialog[open] .find-input')");
    tab.eval(&format!(
        "(input => {{ input.value = {}; input.dispatchEvent(new Event('input', {{bubbles: true}})); }})\
         (document.querySelector('dialog[open] .find-input'))",
        json!(query)
    ));
    tab.wait_for(
        "/^\\d+ result|Nothing/.test(document.querySelector('dialog .find-state').textContent)",
    );
}

#[test]
fn the_keyboard_finds_and_opens_a_page() {
    let Some(browser) = Browser::find() else { return eprintln!("skipped: no Chromium") };
    let (folder, tab) = (site(), browser.tab());
    open(&tab, &folder, "docs/harbour.html");
    assert_eq!(tab.eval("document.querySelector('script[src*=search]')"), json!(null));
    tab.press("/");
    tab.wait_for("document.querySelector('dialog[open]')?.contains(document.activeElement)");
    ask(&tab, "leaves the harbuor");
    tab.wait_for("document.querySelector('.find-quote mark')");
    let first = "document.querySelector('.find-hit')";
    assert_eq!(tab.eval(&format!("{first}.querySelector('.find-title').textContent")), "Ferry");
    assert_eq!(
        tab.eval(&format!("{first}.querySelector('.find-section').textContent")),
        "Timetable"
    );
    assert_eq!(tab.eval(&format!("{first}.getAttribute('aria-selected')")), "true");
    let active = "document.activeElement.getAttribute('aria-activedescendant')";
    assert_eq!(tab.eval(active), "find-0");
    ask(&tab, "ferry");
    tab.press("ArrowDown");
    assert_eq!(tab.eval(active), "find-1");
    tab.press("ArrowUp");
    assert_eq!(tab.eval(active), "find-0");
    // The first answer is gone from the moment something else is asked for: no key can open it.
    ask(&tab, "harbour");
    tab.eval(
        "(input => { input.value = 'timetable';\
           input.dispatchEvent(new Event('input', {bubbles: true}));\
           input.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true})); })\
         (document.querySelector('dialog[open] .find-input'))",
    );
    tab.wait_for("location.pathname.endsWith('/docs/ferry.html')");
    open(&tab, &folder, "docs/harbour.html");
    tab.press("/");
    tab.wait_for("document.querySelector('dialog[open]')?.contains(document.activeElement)");
    tab.press("Escape");
    assert_eq!(tab.eval("document.querySelector('dialog[open]')"), json!(null));
    tab.press("/");
    ask(&tab, "timetable");
    tab.press("Enter");
    tab.wait_for("location.pathname.endsWith('/docs/ferry.html')");
    assert_eq!(tab.complaints(), Vec::<String>::new());
}

#[test]
fn facets_narrow_what_is_found() {
    let Some(browser) = Browser::find() else { return eprintln!("skipped: no Chromium") };
    let (folder, tab) = (site(), browser.tab());
    open(&tab, &folder, "index.html");
    tab.click("button.find");
    tab.wait_for("document.querySelector('dialog[open] .find-input')");
    ask(&tab, "ferry");
    let hits = "document.querySelectorAll('.find-hit').length";
    let all = tab.eval(hits).as_u64().unwrap_or_default();
    assert!(all >= 2, "{all}");
    tab.click("[data-facet='kind decision']");
    tab.wait_for(&format!("{hits} === 1"));
    assert_eq!(tab.eval("document.querySelector('.find-hit .kind').textContent"), "decision");
    tab.click("[data-facet='kind decision']");
    tab.wait_for(&format!("{hits} === {all}"));
}

#[test]
fn a_query_and_what_it_finds_are_text() {
    let Some(browser) = Browser::find() else { return eprintln!("skipped: no Chromium") };
    let (folder, tab) = (site(), browser.tab());
    let query = "%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E";
    open(&tab, &folder, &format!("search.html?q={query}"));
    tab.wait_for("document.querySelector('.find-hit')");
    assert_eq!(
        tab.eval("document.querySelector('.find-input').value"),
        "<img src=x onerror=alert(1)>"
    );
    assert_eq!(tab.eval("document.querySelectorAll('main img').length"), 0);
    let records = tab.eval("document.querySelectorAll('.records a').length");
    assert_eq!(records, FILES.len(), "all records are listed, for those without a script");
    assert_eq!(tab.complaints(), Vec::<String>::new());
}
