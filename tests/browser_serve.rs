//! `lacuna serve` as a writer sees it: the real program and a real browser. Without a Chromium these
//! tests say so and pass.

#![cfg(target_os = "linux")]
#![expect(clippy::disallowed_methods, reason = "these tests write projects and run the program")]

use std::path::{Path, PathBuf};

use browser::{Browser, Tab, json};

#[allow(dead_code, reason = "the other tests of the server use the rest")]
mod serving;

use serving::{Project, Served};

/// A page that is longer than a window.
fn guide(first: &str) -> String {
    let paragraphs: String = (1..=60)
        .map(|n| format!("Paragraph {n} tells of buoy {n} and of what it marks.\n\n"))
        .collect();
    format!(
        "# The pilot's guide\n\n{first}\n\n{paragraphs}[The rota](rota.md) tells who is next.\n"
    )
}

fn pilots() -> Project {
    Project::new(&[
        ("README.md", "# Pilots\n\nRead [the guide](docs/guide.md).\n"),
        ("docs/guide.md", &guide("The first words.")),
        (
            "docs/rota.md",
            "# The rota\n\nAnna, then Bo.\n\n```mermaid\nflowchart LR\n  Anna --> Bo\n```\n",
        ),
        (
            "gaps/g-1.md",
            "---\nid: G-1\ntitle: No chart\npriority: P1\ntargets: [docs/chart.md]\n---\nNobody drew \
             the shoals.\n",
        ),
    ])
}

fn picture(tab: &Tab, name: &str) {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/browser");
    tab.screenshot(&folder.join(format!("serve-{name}.png")));
}

/// A script for something inside the overlay or the corner.
fn inside(script: &str) -> String {
    format!("(root => {script})(document.querySelector('lacuna-live').shadowRoot)")
}

/// Everything that the page has loaded, script and style of `serve` included, came from its server.
#[track_caller]
fn assert_own_origin(tab: &Tab) {
    let loaded = tab.eval("performance.getEntriesByType('resource').map(entry => entry.name)");
    let loaded = loaded.as_array().expect("a list");
    let origin = tab.eval("location.origin");
    let origin = origin.as_str().expect("an origin");
    assert!(loaded.len() > 3, "{loaded:?}");
    for address in loaded {
        assert!(address.as_str().is_some_and(|url| url.starts_with(origin)), "{address}");
    }
}

/// Waits until the page has heard of the site as it is, so that the next change is seen as one.
fn follow(tab: &Tab) {
    tab.wait_for("performance.getEntriesByType('resource').some(e => e.name.endsWith('/_lacuna/events') || e.initiatorType === 'fetch')");
}

#[test]
fn an_edit_and_a_mistake_as_a_writer_sees_them() {
    let Some(browser) = Browser::find() else { return eprintln!("skipped: no Chromium") };
    let project = pilots();
    let mut served = Served::start(&project, &[]);
    let tab = browser.tab();
    tab.viewport(1200, 800);
    tab.goto(&served.url("docs/guide.html"));
    follow(&tab);
    tab.eval(
        "window.sameDocument = true;
         window.read = [...document.querySelectorAll('main p')].find(p => p.textContent.startsWith('Paragraph 30'));
         scrollTo(0, window.read.offsetTop - 200);",
    );
    let place = tab.eval("window.read.getBoundingClientRect().y");
    picture(&tab, "1-before");

    let edited =
        guide("Other first words.\n\nAnd a paragraph more.").replace("buoy 32", "**beacon 32**");
    project.write("docs/guide.md", &edited);
    tab.wait_for("document.body.textContent.includes('beacon 32')");
    picture(&tab, "2-edited");
    assert_eq!(tab.eval("window.sameDocument"), true, "the page was loaded anew");
    let moved = tab.eval(&format!("Math.abs(window.read.getBoundingClientRect().y - {place})"));
    assert!(moved.as_f64().is_some_and(|pixels| pixels <= 1.0), "what was read moved by {moved}");
    assert_eq!(tab.eval("document.body.textContent.includes('And a paragraph more')"), true);

    // A mistake lies over the page and says where it is; mended, it goes.
    project.write("docs/guide.md", edited.replace("(rota.md)", "(rotas.md)"));
    tab.wait_for(&inside("root.querySelector('dialog').open"));
    tab.eval("new Promise(done => setTimeout(done, 300))");
    picture(&tab, "3-mistake");
    let excerpt = tab.eval(&inside("root.querySelector('pre').textContent"));
    assert!(excerpt.as_str().is_some_and(|text| text.contains("(rotas.md)")), "{excerpt}");
    assert!(!excerpt.as_str().is_some_and(|text| text.contains("error[")), "said once: {excerpt}");
    let said = tab.eval(&inside("root.querySelector('.place').textContent"));
    assert!(said.as_str().is_some_and(|place| place.starts_with("docs/guide.md:1")), "{said}");
    project.write("docs/guide.md", edited.replace("The pilot's guide", "The new guide"));
    tab.wait_for("document.querySelector('h1').textContent === 'The new guide'");
    tab.wait_for(&inside("!root.querySelector('dialog').open"));
    picture(&tab, "4-mended");

    // So does one in the configuration, which has no page.
    project.write("lacuna.toml", "title = Pilots\n");
    tab.wait_for(&inside("root.querySelector('dialog').open"));
    let place = tab.eval(&inside("root.querySelector('.place').textContent"));
    assert!(place.as_str().is_some_and(|place| place.starts_with("lacuna.toml:1:")), "{place}");
    let foot = tab.eval(&inside("root.querySelector('.foot').textContent"));
    assert!(foot.as_str().is_some_and(|foot| foot.contains("last good site")), "{foot}");
    picture(&tab, "5-configuration");
    project.write("lacuna.toml", "title = \"Harbour pilots\"\n");
    tab.wait_for("document.title.includes('Harbour pilots')");
    tab.wait_for(&inside("!root.querySelector('dialog').open"));
    assert_eq!(tab.eval("window.sameDocument"), true);
    assert_own_origin(&tab);
    assert_eq!(tab.complaints(), [""; 0]);

    // Every other kind of page is as quiet.
    for page in ["", "docs/rota.html", "gaps/index.html", "gaps/g-1.html", "diagnostics.html"] {
        tab.goto(&served.url(page));
        follow(&tab);
        assert_own_origin(&tab);
        assert_eq!(tab.complaints(), [""; 0], "{page}");
    }
    // The end of the server is said, and loses nothing.
    assert_eq!(served.terminate().code(), Some(0));
    let corner = inside("root.querySelector('[role=status]').textContent");
    assert_eq!(tab.wait_for(&corner), "Reconnecting…");
}

#[test]
fn a_template_that_fails_is_told_over_the_last_good_page() {
    let Some(browser) = Browser::find() else { return eprintln!("skipped: no Chromium") };
    let project = pilots();
    let served = Served::start(&project, &[]);
    let tab = browser.tab();
    tab.viewport(1200, 800);
    tab.goto(&served.url("docs/guide.html"));
    follow(&tab);
    project.write("themes/default/document.html", "{{ frame.nothing.at.all }}");
    tab.wait_for(&inside("root.querySelector('dialog').open"));
    assert_eq!(tab.eval("document.querySelector('h1').textContent"), "The pilot's guide");
    let place = tab.eval(&inside("root.querySelector('.place').textContent"));
    assert_eq!(place, "themes/default/document.html:1", "a column that is not known is none");
    picture(&tab, "template");
    std::fs::remove_dir_all(project.path("themes")).expect("it is there");
    tab.wait_for(&inside("!root.querySelector('dialog').open"));
    assert_eq!(tab.complaints(), [""; 0]);
}

#[test]
fn a_page_that_waits_for_the_configuration_becomes_the_site() {
    let Some(browser) = Browser::find() else { return eprintln!("skipped: no Chromium") };
    let project = pilots();
    project.write("lacuna.toml", "title = Pilots\n");
    let served = Served::start(&project, &[]);
    let tab = browser.tab();
    tab.viewport(1200, 800);
    tab.goto(&served.url("docs/guide.html"));
    assert_eq!(tab.eval("document.querySelector('h1').textContent"), "There is no site yet");
    tab.wait_for(&inside("root.querySelector('dialog').open"));
    let foot = tab.eval(&inside("root.querySelector('.foot').textContent"));
    assert_eq!(foot, "The site is shown as soon as this is mended.");
    picture(&tab, "no-site");
    project.write("lacuna.toml", "title = \"Pilots\"\n");
    tab.wait_for("document.querySelector('h1')?.textContent === \"The pilot's guide\" && document.readyState === 'complete'");
    tab.wait_for("document.styleSheets.length > 1");
    assert_eq!(
        tab.eval("document.querySelector('lacuna-live').shadowRoot.querySelector('dialog').open"),
        false
    );
}

#[test]
fn twelve_tabs_follow_one_server() {
    let Some(browser) = Browser::find() else { return eprintln!("skipped: no Chromium") };
    let project = pilots();
    let served = Served::start(&project, &[]);
    let tabs: Vec<Tab> = (0..12)
        .map(|n| {
            // Half of them are seen at once, half lie behind another.
            let tab = if n % 2 == 0 { browser.window() } else { browser.tab() };
            tab.goto(&served.url("docs/guide.html"));
            tab.eval("window.sameDocument = true");
            tab
        })
        .collect();
    project.write("docs/guide.md", guide("Words for twelve."));
    served.shows("docs/guide.html", "Words for twelve.");
    for tab in &tabs {
        tab.bring_to_front();
        tab.wait_for("document.body.textContent.includes('Words for twelve.')");
        assert_eq!(tab.eval("window.sameDocument"), json!(true));
        assert_eq!(tab.complaints(), [""; 0]);
        assert_own_origin(tab);
    }
}
