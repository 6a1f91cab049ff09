//! The hostile site in a real browser: nothing on it runs, asks for anything elsewhere, or meets the
//! policy. Without a Chromium this test says so and passes.

use browser::{Browser, Tab, json};

use super::payloads::{BUILT, MARKUP};

fn assert_quiet(tab: &Tab, what: &str) {
    assert_eq!(tab.eval("typeof window.__pwn"), "undefined", "{what} ran something");
    assert_eq!(tab.complaints(), Vec::<String>::new(), "{what}");
}

/// P13 to P23 and P25 in one: pages of all kinds are opened, and so are the drawings on their own.
#[test]
fn nothing_runs_in_a_browser() {
    let Some(browser) = Browser::find() else { return eprintln!("skipped: no Chromium") };
    let (project, site, _) = &*BUILT;
    let tab = browser.tab();
    let open = |route: &str| {
        let path: String = route
            .chars()
            .map(|c| match c {
                '%' | '#' | '?' => format!("%{:02X}", u32::from(c)),
                c => c.to_string(),
            })
            .collect();
        tab.goto(&format!("file://{}/{path}", project.out().display()));
        assert_quiet(&tab, route);
    };
    let all = super::number("LACUNA_ALL_PAGES", 0) > 0;
    let fixed = [
        "index.html",
        "documents.html",
        "search.html",
        "diagnostics.html",
        "badges.html",
        "drift.html",
        "404.html",
        "docs/addresses.html",
        "docs/figures.html",
        "docs/drawings.html",
        "docs/fences.html",
        "docs/made-00.html",
        "docs/made-03.html",
        "docs/GAP-ANALYSIS.html",
        "gaps/index.html",
        "schemas/index.html",
        "research/index.html",
        "decisions/index.html",
        "plan.html",
    ];
    for route in fixed.iter().filter(|route| site.contains_key(**route)) {
        open(route);
    }
    let every = if all { 1 } else { 4 };
    for n in (0..MARKUP.len()).step_by(every) {
        open(&format!("docs/markup-{n:02}.html"));
    }
    let others =
        ["docs/words-", "research/r0", "gaps/", "schemas/", "docs/drawing-", "assets/diagrams/"];
    for start in others {
        let routes = site.keys().filter(|route| {
            route.starts_with(start) && (route.ends_with(".html") || route.ends_with(".svg"))
        });
        // Drawings that are opened on their own obey no policy of a page.
        let most = if all || start == "docs/drawing-" { usize::MAX } else { 4 };
        for route in routes.take(most) {
            open(route);
        }
    }
}

/// P25: ids that are names of the browser's own things leave the scripts of the site working, and
/// links to other sites give nothing of the page to them.
#[test]
fn names_of_the_browser_as_ids_break_nothing() {
    let Some(browser) = Browser::find() else { return eprintln!("skipped: no Chromium") };
    let (project, _, _) = &*BUILT;
    let tab = browser.tab();
    tab.goto(&format!("file://{}/docs/names.html", project.out().display()));
    tab.press("/");
    tab.wait_for("document.querySelector('dialog[open] .find-input')");
    tab.eval(
        "(input => { input.value = 'Hostile'; input.dispatchEvent(new Event('input', {bubbles: true})); })\
         (document.querySelector('dialog[open] .find-input'))",
    );
    tab.wait_for("document.querySelector('.find-hit')");
    assert_eq!(tab.eval("document.querySelector('a[href^=\"https://example.org\"]').target"), "");
    assert_quiet(&tab, "names of the browser");
}

/// P21: a hostile query, typed or in the address, and hostile titles among what is found, are text.
#[test]
fn the_search_shows_words_as_words() {
    let Some(browser) = Browser::find() else { return eprintln!("skipped: no Chromium") };
    let (project, _, _) = &*BUILT;
    let tab = browser.tab();
    for query in [
        "<img src=x onerror=window.__pwn=1>",
        "script window.__pwn",
        "\"><svg onload=window.__pwn=1>",
    ] {
        let encoded: String = query.bytes().map(|byte| format!("%{byte:02x}")).collect();
        tab.goto(&format!("file://{}/search.html?q={encoded}", project.out().display()));
        tab.wait_for(
            "document.querySelector('.find-hit') || /Nothing/.test(document.body.textContent)",
        );
        assert_eq!(tab.eval("document.querySelector('.find-input').value"), json!(query));
        assert_eq!(tab.eval("document.querySelectorAll('main img, main svg[onload]').length"), 0);
        assert_quiet(&tab, query);
    }
}
