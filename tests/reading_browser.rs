//! Reading in a real browser, from a folder: cards of links, lines that are chosen and copied, tabs of
//! code, the whole graph. Without a Chromium these tests say so and pass.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests write repositories, run the program and read its output"
)]

use std::{collections::BTreeMap, path::Path, process::Command};

use browser::{Browser, Tab, json};
use lacuna::read::citation;
use tempfile::TempDir;

const FILES: &[(&str, &str)] = &[
    ("README.md", "# Handbook\n\nAll about [lamps](docs/lamp.md) and [[ADR-0001]].\n"),
    (
        "docs/lamp.md",
        "# Lamp\n\nA lamp gives light to the quay. It burns oil.\n\nSee [[GAP-1]], [[shop.Order]], \
         research/oil.md (lines 3-4), [the README](../README.md) and [above](#lamp).\n\n\
         ```rust tab=\"Rust\" {2}\nfn a() {\n    b();\n}\n```\n\n```go tab=\"Go\"\nfunc a()\n```\n\nAgain:\n\n\
         === \"Rust\"\n\n    ```rust\n    fn second() {}\n    ```\n\n=== \"Go\"\n\n    ```go\n    \
         func second()\n    ```\n\nSo it burns.[^1] And $x^2$.\n\n[^1]: All night.\n",
    ),
    (
        "docs/adr/0001-oil.md",
        "# 1. Burn oil\n\n## Status\n\nAccepted\n\n## Context\n\nThe wicks were <b>dry</b> for \
         years.\n\n## Decision\n\nOil.\n",
    ),
    (
        "gaps/gap-1.md",
        "---\nid: GAP-1\ntitle: No spare lamp\npriority: P0\nstatus: open\ntargets: [docs/spare.md]\n\
         evidence: [\"research/oil.md (lines 3-4)\"]\n---\n\nWhen the lamp breaks, \
         the quay stays dark. Nobody likes it.\n",
    ),
    (
        "research/oil.md",
        "# Notes on oil\n\nOil burns for a night.\nA night has twelve hours.\n\nThen it is day.\n",
    ),
    ("research/old notes.md", "# Old notes\n\nOnce there was gas.\nIt was dear.\n"),
    (
        "shop.proto",
        "syntax = \"proto3\";\npackage shop;\n// An order of oil. It is paid.\nmessage Order {\n  \
         string id = 1;\n  repeated Line lines = 2;\n}\n// A line.\nmessage Line {\n  int32 a = 1;\n  \
         int32 b = 2;\n  int32 c = 3;\n  int32 d = 4;\n  int32 e = 5;\n  int32 f = 6;\n  int32 g = 7;\n}\n",
    ),
];

/// A repository with the site that is made of it.
struct Site(TempDir);

impl Site {
    fn new() -> Self {
        let folder = TempDir::new().expect("a folder");
        for (path, text) in FILES {
            write(&folder.path().join("repository").join(path), text);
        }
        let site = Self(folder);
        site.build();
        site
    }

    fn build(&self) {
        let run = Command::new(env!("CARGO_BIN_EXE_lacuna"))
            .args(["build", "-q", "-o"])
            .arg(self.0.path().join("un packed/site"))
            .arg(self.0.path().join("repository"))
            .output()
            .expect("the program starts");
        let said = String::from_utf8_lossy(&run.stderr);
        assert!(matches!(run.status.code(), Some(0 | 1)), "{said}");
    }

    fn open(&self, tab: &Tab, page: &str) {
        tab.goto(&format!("file://{}/un%20packed/site/{page}", self.0.path().display()));
    }

    /// The files of the site with their bytes.
    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let root = self.0.path().join("un packed/site");
        let mut found = BTreeMap::new();
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder of the site") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(&root).expect("below").display().to_string();
                    found.insert(name, std::fs::read(&path).expect("a file of the site"));
                }
            }
        }
        found
    }
}

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().expect("below the root")).expect("a folder");
    std::fs::write(path, text).expect("the repository is writable");
}

/// Moves the mouse to the middle of an element; the pointer is a mouse, unless it is said otherwise.
fn point(tab: &Tab, selector: &str) {
    let place = tab.eval(&format!(
        "(e => {{ e.scrollIntoView({{block: 'center', behavior: 'instant'}}); const r = \
         e.getClientRects()[0]; return [r.x + r.width / 2, r.y + r.height / 2]; }})\
         (document.querySelector({}))",
        json!(selector)
    ));
    let event = json!({"type": "mouseMoved", "x": place[0], "y": place[1]});
    tab.call("Input.dispatchMouseEvent", event);
}

const SHOWN: &str = "!!document.querySelector('.preview:not([hidden])')";

/// The words of the card that is shown for a link.
fn card(tab: &Tab, selector: &str) -> String {
    point(tab, selector);
    tab.wait_for(&format!(
        "document.querySelector({})?.getAttribute('aria-describedby') === 'lc-preview'",
        json!(selector)
    ));
    let words =
        tab.eval("document.querySelector('.preview').innerText.replace(/\\s+/g, ' ').trim()");
    words.as_str().expect("words").to_owned()
}

#[test]
fn a_link_says_what_it_leads_to() {
    let Some(browser) = Browser::find() else { return eprintln!("skipped: no Chromium") };
    let (site, tab) = (Site::new(), browser.tab());
    tab.viewport(1000, 700);
    site.open(&tab, "docs/lamp.html");
    assert_eq!(tab.eval("typeof LacunaPreview"), "undefined");
    assert_eq!(
        card(&tab, ".prose a.to-gap, .prose a[href*='gap-1']"),
        "gap GAP-1 P0 uncovered No spare lamp When the lamp breaks, the quay stays dark."
    );
    assert_eq!(
        card(&tab, ".prose a[href*='Order']"),
        "message shop.Order An order of oil. id string lines repeated Line"
    );
    assert_eq!(
        card(&tab, ".prose a[href*='oil.md']"),
        "research cited 2 times lines 3–4 Notes on oil Oil burns for a night."
    );
    assert_eq!(
        card(&tab, ".prose a[href*='README']"),
        "document Handbook All about lamps and ADR-0001."
    );
    tab.press("Escape");
    assert_eq!(tab.eval(SHOWN), false);
    assert_eq!(tab.eval("document.querySelector('[aria-describedby=lc-preview]')"), json!(null));
    // A place on this page needs no card, and the mouse can go from a link onto its card.
    card(&tab, ".prose a[href*='gap-1']");
    point(&tab, ".preview .preview-title");
    assert_eq!(tab.eval(SHOWN), true);
    point(&tab, "h1");
    tab.wait_for(&format!("!({SHOWN})"));
    site.open(&tab, "decisions/index.html");
    let words = card(&tab, "table a[href*='oil.html']");
    assert!(words.starts_with("decision ADR-0001 accepted"), "{words}");
    assert!(words.ends_with("Burn oil The wicks were dry for years."), "{words}");
    assert_eq!(tab.complaints(), [""; 0]);
}

#[test]
fn the_keyboard_reaches_cards_and_a_finger_does_not() {
    let Some(browser) = Browser::find() else { return eprintln!("skipped: no Chromium") };
    let (site, tab) = (Site::new(), browser.tab());
    site.open(&tab, "docs/lamp.html");
    tab.eval("document.querySelector('main').focus()");
    for _ in 0..40 {
        tab.press("Tab");
        if tab.eval("document.activeElement.matches('.prose a[href*=\"gap-1\"]')") == json!(true) {
            break;
        }
    }
    tab.wait_for(SHOWN);
    assert_eq!(tab.eval("document.activeElement.getAttribute('aria-describedby')"), "lc-preview");
    assert_eq!(tab.eval("document.querySelector('.preview').getAttribute('role')"), "tooltip");
    tab.press("Escape");
    assert_eq!(tab.eval(SHOWN), false);
    assert_eq!(tab.eval("document.activeElement.matches('.prose a')"), true, "the focus stays");

    // A page that no mouse has touched loads no card for a finger.
    site.open(&tab, "docs/lamp.html");
    tab.eval(
        "document.querySelector('.prose a').dispatchEvent(new PointerEvent('pointerover', \
         {bubbles: true, pointerType: 'touch'}))",
    );
    assert_eq!(tab.eval("typeof LacunaPreview"), "undefined");
    assert_eq!(tab.complaints(), [""; 0]);
}

#[test]
fn an_edit_changes_one_file_of_cards() {
    let site = Site::new();
    let before = site.files();
    let path = site.0.path().join("repository/docs/lamp.md");
    let text = std::fs::read_to_string(&path).expect("the file");
    write(&path, &text.replace("A lamp gives light", "A lantern gives light"));
    site.build();
    let after = site.files();
    let changed: Vec<&String> = after
        .iter()
        .filter(|(name, bytes)| name.contains("/preview/") && before.get(*name) != Some(*bytes))
        .map(|(name, _)| name)
        .collect();
    assert!((2..=2).contains(&changed.len()), "the list of versions and one file: {changed:?}");
    let scripts = |name: &&String| name.ends_with(".js") && !name.contains("search");
    let sizes = after.iter().filter(|(name, _)| {
        scripts(name) && name.starts_with("assets/") && !name.contains("/preview/")
    });
    let sum: usize = sizes.map(|(_, bytes)| bytes.len()).sum();
    assert!(sum < 60 * 1024, "all scripts but the search take {sum} bytes");
}

/// Presses a line number with a key held: 8 is Shift.
fn press_line(tab: &Tab, line: u32, held: u32) {
    let place = tab.eval(&format!(
        "(e => {{ e.scrollIntoView({{block: 'center', behavior: 'instant'}}); const r = \
         e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; }})\
         (document.querySelector('#L{line} > a'))"
    ));
    for kind in ["mousePressed", "mouseReleased"] {
        let event = json!({
            "type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1,
            "modifiers": held,
        });
        tab.call("Input.dispatchMouseEvent", event);
    }
}

const HITS: &str = "Array.from(document.querySelectorAll('.hit'), e => e.id).join(' ')";

#[test]
fn lines_are_chosen_copied_and_read_back() {
    let Some(browser) = Browser::find() else { return eprintln!("skipped: no Chromium") };
    let (site, tab) = (Site::new(), browser.tab());
    tab.before_load("navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve(); }");
    site.open(&tab, "research/oil.md.lines.html");
    assert_eq!(tab.eval("document.querySelector('.linebar').hidden"), true);
    press_line(&tab, 4, 0);
    assert_eq!((tab.eval(HITS), tab.eval("location.hash")), (json!("L4"), json!("#L4")));
    press_line(&tab, 3, 8);
    assert_eq!((tab.eval(HITS), tab.eval("location.hash")), (json!("L3 L4"), json!("#L3-L4")));
    assert_eq!(tab.eval("document.querySelector('.linebar output').textContent"), "Lines 3–4");
    let copied = |button: &str| -> String {
        tab.eval("window.copied = ''");
        tab.eval(&format!("document.querySelector('.linebar [data-do={button}]').click()"));
        tab.wait_for("window.copied").as_str().expect("a text").to_owned()
    };
    let cited = copied("cite");
    let link = copied("link");
    assert!(link.ends_with("research/oil.md.lines.html#L3-L4"), "{link}");

    // The keyboard does the same.
    press_line(&tab, 3, 0);
    for key in ["Shift+ArrowDown", "Shift+ArrowDown", "Shift+ArrowDown"] {
        tab.press(key);
    }
    assert_eq!(tab.eval(HITS), "L3 L4 L5 L6");
    tab.press("Escape");
    assert_eq!((tab.eval(HITS), tab.eval("location.hash")), (json!(""), json!("")));

    // A link opens with its lines in sight, and a schema's lines are chosen the same way.
    tab.goto(&link);
    assert_eq!(tab.eval(HITS), "L3 L4");
    site.open(&tab, "shop.proto.html#L4-L5");
    assert_eq!(tab.eval(HITS), "L4 L5");
    let of_schema = copied("cite");
    press_line(&tab, 4, 0);
    let of_line = copied("cite");

    let read = |text: &str| {
        let found = citation::find(text);
        let [one] = found.as_slice() else { panic!("`{text}` is read as {found:?}") };
        (one.citation.target.clone(), one.citation.lines)
    };
    assert_eq!(read(&cited), ("research/oil.md".to_owned(), Some((3, 4))), "{cited}");
    assert_eq!(read(&of_schema), ("shop.proto".to_owned(), Some((4, 5))), "{of_schema}");
    assert_eq!(read(&of_line), ("shop.proto".to_owned(), Some((4, 4))), "{of_line}");
    let path = site.0.path().join("repository/docs/pasted.md");
    write(&path, &format!("# Pasted\n\nAs written in {cited}.\n"));
    site.build();
    let page = String::from_utf8(site.files()["docs/pasted.html"].clone()).expect("text");
    let wanted = "href=\"../research/oil.md.lines.html#L3-L4\"";
    assert!(page.contains(wanted), "{page}");
    assert_eq!(tab.complaints(), [""; 0]);
}

#[test]
fn tabs_show_one_language_and_marks_a_line() {
    let Some(browser) = Browser::find() else { return eprintln!("skipped: no Chromium") };
    let (site, tab) = (Site::new(), browser.tab());
    site.open(&tab, "docs/lamp.html");
    let seen = "Array.from(document.querySelectorAll('.tab'), t => +(t.offsetHeight > 0)).join('')";
    assert_eq!(tab.eval(seen), "1010", "two boxes, the first tab of each");
    assert_eq!(tab.eval("document.querySelectorAll('.tabs').length"), 2);
    assert_eq!(tab.eval("document.querySelector('.line-mark').textContent"), "    b();\n");
    tab.click(".tab-names button:nth-child(2)");
    assert_eq!(tab.eval(seen), "0101", "the choice holds for the page");
    tab.press("ArrowLeft");
    assert_eq!(tab.eval(seen), "1010");
    assert_eq!(tab.eval("document.activeElement.textContent"), "Rust");
    tab.click(".footnote-back");
    assert_eq!(tab.eval("location.hash"), "#fnref-1");
    assert_eq!(tab.complaints(), [""; 0]);

    // On paper, and without a script, everything is there.
    tab.call("Emulation.setEmulatedMedia", json!({"media": "print"}));
    assert_eq!(tab.eval(seen), "1111");
    assert_eq!(tab.eval("document.querySelector('.top').offsetHeight"), 0);
    let paper = "getComputedStyle(document.body).backgroundColor";
    tab.eval("document.documentElement.setAttribute('data-theme', 'dark')");
    assert_eq!(tab.eval(paper), "rgb(255, 255, 255)");
}

const COUNT: &str = "document.querySelector('.graph-count')?.firstChild?.textContent";

#[test]
fn the_graph_is_drawn_narrowed_and_followed() {
    let Some(browser) = Browser::find() else { return eprintln!("skipped: no Chromium") };
    let (site, tab) = (Site::new(), browser.tab());
    tab.viewport(1400, 900);
    site.open(&tab, "trace/graph.html");
    tab.wait_for(COUNT);
    let drawn = "Array.from(document.querySelectorAll('.graph-view [data-n]'), e => \
                 e.querySelector('text').textContent).join(' | ')";
    let words = tab.eval(drawn);
    let words = words.as_str().expect("words");
    for name in
        ["oil.md", "GAP-1 No spare lamp", "ADR-0001: Burn oil", "shop.proto", "spare.md", "lamp.md"]
    {
        assert!(words.contains(name), "{name} in {words}");
    }
    let gap = ".graph-view [href*='gap-1']";
    tab.click(gap);
    let told = tab.eval("document.querySelector('.graph-told').innerText.replace(/\\s+/g, ' ')");
    let told = told.as_str().expect("words").to_owned();
    for part in ["gap GAP-1 No spare lamp", "research 1: ", "documents 2: "] {
        assert!(told.contains(part), "{part} in {told}");
    }
    assert_eq!(tab.eval("document.querySelectorAll('.graph-view path.near').length"), 3);
    tab.press("Escape");
    assert_eq!(tab.eval("document.querySelectorAll('.graph-view path.near').length"), 0);
    tab.eval(
        "(box => { box.checked = false; box.dispatchEvent(new Event('input', {bubbles: true})); })\
         (document.querySelector('.graph-tools [value=document]'))",
    );
    let without = tab.eval(drawn);
    assert!(!without.as_str().expect("words").contains("lamp.md"), "{without}");
    assert_eq!(tab.eval("location.search"), "?without=document");
    tab.reload();
    tab.wait_for(COUNT);
    assert_eq!(tab.eval(drawn), without, "the address keeps the choice");
    tab.click(gap);
    tab.click(gap);
    tab.wait_for("location.pathname.endsWith('gap-1.html') && document.querySelector('h1')");
    assert_eq!(tab.complaints(), [""; 0]);

    tab.call("Emulation.setScriptExecutionDisabled", json!({"value": true}));
    site.open(&tab, "trace/graph.html");
    let row = tab.eval("document.querySelector('.joined tbody').innerText.replace(/\\s+/g, ' ')");
    let row = row.as_str().expect("words").to_owned();
    assert!(row.starts_with("GAP-1 No spare lamp uncovered Notes on oil"), "{row}");
}

#[test]
fn a_large_graph_is_drawn_in_part_and_says_so() {
    let Some(browser) = Browser::find() else { return eprintln!("skipped: no Chromium") };
    let (site, tab) = (Site::new(), browser.tab());
    let mut text = "# Gap analysis of the wall\n".to_owned();
    for n in 1..=1500 {
        let priority = if n % 2 == 0 { "P1" } else { "P2" };
        text.push_str(&format!(
            "\n### GAP-{n}: Stone {n} is loose\n\n- **Priority**: {priority}\n- **Status**: Open\n\
             - **Action**: Create docs/stone-{}.md\n",
            n % 300
        ));
    }
    let path = site.0.path().join("repository");
    std::fs::remove_dir_all(path.join("gaps")).expect("the other gaps go");
    write(&path.join("wall-gap-analysis.md"), &text);
    site.build();
    site.open(&tab, "trace/graph.html");
    tab.wait_for(COUNT);
    let count = tab.eval(COUNT);
    let count = count.as_str().expect("words").to_owned();
    let number = tab.eval("document.querySelectorAll('.graph-view [data-n]').length");
    assert!(number.as_u64().is_some_and(|n| (100..=500).contains(&n)), "{number}");
    assert!(count.starts_with(&format!("{number} of 18")), "{count}");
    assert!(count.contains("900 answer to the choice"), "750 gaps and 150 documents: {count}");
    assert_eq!(tab.eval("document.querySelector('.graph-tools [name=priority]').value"), "p1");
    tab.click(".graph-count button");
    assert_eq!(tab.eval("document.querySelectorAll('.graph-view [data-n]').length"), 900);
    assert_eq!(tab.eval("document.querySelectorAll('.joined tbody tr').length"), 60);
    assert_eq!(tab.complaints(), [""; 0]);
}

/// Long texts: the place that an address names is on the screen and painted, though most of the page
/// was never laid out; an address of a line from before the text was divided leads on.
#[test]
fn a_place_far_down_a_long_text_is_shown() {
    let Some(browser) = Browser::find() else { return eprintln!("skipped: no Chromium") };
    let (site, tab) = (Site::new(), browser.tab());
    let put = |path: &str, text: &str| write(&site.0.path().join("repository").join(path), text);
    let line = |n: u32| format!("Line {n} of what was heard on the quay at night.\n");
    put("research/long.txt", &(1..=9_000).map(line).collect::<String>());
    let part = |n: u32| format!("## Part {n}\n\nWords on lamps and oil, and on the quay.\n\n");
    put("docs/long.md", &format!("# Long\n\n{}", (1..=6_000).map(part).collect::<String>()));
    put("docs/cites.md", "# Cites\n\nSee docs/long.md (lines 9000-9002).\n");
    site.build();
    let seen = |id: &str| {
        tab.wait_for(&format!(
            "(e => {{ if (!e) return false; const r = e.getBoundingClientRect(); \
             return r.height > 0 && r.top >= 0 && r.bottom <= innerHeight && \
             e.contains(document.elementFromPoint(r.left + 9, r.top + r.height / 2)); }})\
             (document.getElementById('{id}'))"
        ));
    };
    let lazy = |selector: &str| {
        tab.eval(&format!(
            "getComputedStyle(document.querySelector('{selector}')).contentVisibility"
        ))
    };
    site.open(&tab, "research/long.txt.html#L6000");
    seen("L6000");
    assert_eq!(lazy(".lines > .some"), "auto");
    site.open(&tab, "docs/long.html#part-5000");
    seen("part-5000");
    assert_eq!(lazy(".prose.long > p"), "auto");
    site.open(&tab, "docs/long.md.lines.html#L9000-L9002");
    tab.wait_for(
        "/trace\\/pages\\/docs\\/long\\.md\\.lines\\.\\d+\\.html$/.test(location.pathname)",
    );
    seen("L9000");
    assert_eq!(tab.eval(HITS), "L9000 L9001 L9002");
}
