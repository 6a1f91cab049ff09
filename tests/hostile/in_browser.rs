//! The hostile site in a real browser: nothing on it runs, asks for anything elsewhere, or meets the
//! policy. Without a Chromium this test says so and passes.

use browser::{Browser, Tab, json};

use super::{
    payloads::{BUILT, MARKUP},
    project::Project,
};

/// A tab that tells what it asks for, and of everything that meets the policy.
fn watched(browser: &Browser) -> Tab {
    let tab = browser.tab();
    tab.watch_requests();
    tab.before_load(
        "addEventListener('securitypolicyviolation', e => \
         console.error('policy', e.effectiveDirective, e.blockedURI))",
    );
    tab
}

#[track_caller]
fn assert_quiet(tab: &Tab, what: &str) {
    assert_eq!(tab.eval("typeof window.__pwn"), "undefined", "{what} ran something");
    assert_eq!(tab.complaints(), Vec::<String>::new(), "{what}");
    let of_others =
        |url: &String| !["file://", "data:", "about:"].iter().any(|s| url.starts_with(s));
    let asked: Vec<String> = tab.requests().into_iter().filter(of_others).collect();
    assert_eq!(asked, Vec::<String>::new(), "{what} asks others");
}

/// P13 to P23 and P25 in one: pages of all kinds are opened, and so are the drawings on their own.
#[test]
fn nothing_runs_in_a_browser() {
    let Some(browser) = Browser::find() else { return eprintln!("skipped: no Chromium") };
    let (project, site, _) = &*BUILT;
    let tab = watched(&browser);
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
    let tab = watched(&browser);
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
    let tab = watched(&browser);
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

/// Presses what a page has to be pressed, each as often as it has states, and points at its first
/// link. Gives how many buttons of code, tabs and parts that open there were.
const USE: &str = r#"(() => {
  const all = (what) => Array.from(document.querySelectorAll(what));
  const themes = all("button.theme").flatMap(button => [1, 2, 3].map(() => {
    button.click();
    return document.documentElement.getAttribute("data-theme") || "auto";
  }));
  const press = (what) => { const found = all(what); found.forEach(e => e.click()); return found.length; };
  const counts = [press("button.copy"), press(".tab-names > button"), press("summary")];
  press("main button:not(.copy):not([type=submit])");
  const link = document.querySelector("main p a[href]");
  if (link) link.dispatchEvent(new PointerEvent("pointerover", {bubbles: true}));
  all("main select").forEach(e => {
    e.selectedIndex = e.options.length - 1;
    e.dispatchEvent(new Event("input", {bubbles: true}));
  });
  return [themes.join(" ")].concat(counts);
})()"#;

/// P23: every kind of page is used, not only opened: the theme, what copies code, tabs, what opens,
/// tables, the board, drawings, the search, and the page for addresses that do not exist.
#[test]
fn a_site_that_is_used_meets_no_policy_and_asks_nobody() {
    let Some(browser) = Browser::find() else { return eprintln!("skipped: no Chromium") };
    let project = Project::new([
        (
            "README.md",
            "# Lamps\n\nSee [the lamp](docs/lamp.md) and [others](https://example.org/).\n",
        ),
        (
            "docs/lamp.md",
            "# The lamp\n\n## Light\n\nSee [a plan](plan.md), [others](https://example.org/x).\n\n\
             ![out](https://example.org/x.png) ![in](lamp.svg)\n\n=== \"Rust\"\n\n    ```rust\n    \
             fn light() {}\n    ```\n\n=== \"Python\"\n\n    ```python\n    light = 1\n    \
             ```\n\n```sh\nlight <img src=x onerror=window.__pwn=1>\n```\n\n```mermaid\nflowchart LR\n  \
             A[\"<b>x</b>\"] --> B\n  click A href \"https://example.org/\"\n```\n\n<details>\n\n\
             <summary>More</summary>\n\nOf it.\n\n</details>\n\n$a^2$\n",
        ),
        (
            "docs/plan.md",
            "# Plan\n\n```lacuna\nkind: gaps\nas: matrix\nby: priority, coverage\n```\n\n```lacuna\n\
             kind: decisions\nas: graph\n```\n\n```lacuna\nkind: gaps\ncolumns: id, title, \
             coverage\n```\n",
        ),
        ("docs/lamp.svg", "<svg xmlns='http://www.w3.org/2000/svg' onload='window.__pwn=1'/>"),
        (
            "adr/0001-a.md",
            "# 1. A\n\n## Status\n\nSuperseded by [2](0002-b.md)\n\n## Context\n\nX.\n",
        ),
        ("adr/0002-b.md", "# 2. B\n\n## Status\n\nAccepted\n\n## Context\n\nY.\n"),
        (
            "gaps/g-1.md",
            "---\nid: G-1\ntitle: No <i>bulb</i>\npriority: P1\ntargets: [docs/lamp.md]\nevidence: \
             ['research/notes.txt (lines 1-2)']\n---\nText.\n",
        ),
        (
            "GAP-ANALYSIS.md",
            "# Gap analysis\n\n**Total gaps:** 3\n\n## GAP-10: No cable\n\n**Status:** Missing\n\
             **Priority:** P0\n**Action:** Create docs/cable.md\n",
        ),
        ("research/notes.txt", "One line.\nAnother line.\nA third.\n"),
        (
            "lamp.proto",
            "syntax = \"proto3\";\npackage lamp.v1;\n// A lamp.\nmessage Lamp { int32 a = 1; }\n",
        ),
        ("lacuna.toml", "title = \"Lamps\"\n"),
    ]);
    let site = project.site();
    let tab = watched(&browser);
    let open = |route: &str| tab.goto(&format!("file://{}/{route}", project.out().display()));
    let mut used = [0, 0, 0];
    let is_page = |route: &&String| route.ends_with(".html") || route.ends_with(".svg");
    // Pages of codes are all alike.
    let alike = |route: &&String| !route.starts_with("codes/") || route.contains("broken-link");
    let routes: Vec<&String> = site.keys().filter(is_page).filter(alike).collect();
    let count = |start: &str| routes.iter().filter(|route| route.starts_with(start)).count();
    for (start, least) in [("404", 1), ("gaps/", 3), ("decisions/", 1), ("assets/diagrams/", 1)] {
        assert!(count(start) >= least, "{start}: {routes:?}");
    }
    for route in &routes {
        open(route);
        // What only leads on is gone before it is used.
        let leads_on = "http-equiv=\"refresh\"";
        let bytes = String::from_utf8_lossy(&site[*route]);
        if route.ends_with(".html") && !bytes.contains(leads_on) {
            assert!(bytes.contains("http-equiv=\"Content-Security-Policy\""), "{route}");
            let told = tab.eval(USE);
            assert_eq!(told[0], "light dark auto", "{route}");
            for (at, count) in used.iter_mut().enumerate() {
                *count += told[at + 1].as_u64().unwrap_or_default();
            }
            if told[1] != 0 {
                tab.wait_for(
                    "Array.from(document.querySelectorAll('button.copy')).some(b => b.textContent !== 'Copy')",
                );
            }
        }
        assert_quiet(&tab, route);
    }
    let [copied, tabs, opened] = used;
    assert!(copied >= 3 && tabs >= 2 && opened >= 1, "{used:?}");
    open("index.html");
    tab.press("/");
    tab.wait_for("document.querySelector('dialog[open] .find-input')");
    tab.write("lamp");
    tab.wait_for("document.querySelector('dialog[open] .find-hit')");
    tab.press("ArrowDown");
    tab.press("Enter");
    tab.wait_for(
        "!location.pathname.endsWith('/index.html') && document.readyState === 'complete'",
    );
    assert_quiet(&tab, "the search");
}
