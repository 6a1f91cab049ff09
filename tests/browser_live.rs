//! Pages that follow their source, in a real browser: what changes on the screen when the site does,
//! and what stays. Without a Chromium these tests say so and pass.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests write repositories, run the program and read its output"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

use browser::{Browser, Scheme, Tab, Value, json};
use tempfile::TempDir;

#[path = "browser_live/server.rs"]
mod server;

use server::Server;

/// A started browser, or the end of the test.
macro_rules! browser_or_skip {
    () => {
        match Browser::find() {
            Some(browser) => browser,
            None => return eprintln!("skipped: no Chromium"),
        }
    };
}

/// A repository, and the site that the program builds of it.
struct Project {
    folder: TempDir,
}

impl Project {
    fn new(files: &[(&str, &str)]) -> Self {
        let project = Self { folder: TempDir::new().expect("a folder for the repository") };
        for (path, text) in files {
            project.write(path, text);
        }
        project
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join("repository").join(path);
        std::fs::create_dir_all(path.parent().expect("below the root")).expect("a folder");
        std::fs::write(path, text).expect("the repository is writable");
    }

    /// Has the server serve the site of the repository as it is now.
    fn build_into(&self, server: &Server) {
        let site = self.folder.path().join("site");
        let run = Command::new(env!("CARGO_BIN_EXE_lacuna"))
            .arg("build")
            .arg(self.folder.path().join("repository"))
            .args(["-q", "-o"])
            .arg(&site)
            .output()
            .expect("the program starts");
        let said = String::from_utf8_lossy(&run.stderr);
        assert!(site.join("index.html").is_file(), "no site:\n{said}");
        server.load(&site);
    }
}

/// A page that is longer than a window, with all that a reader can leave a trace in.
fn guide(first: &str) -> String {
    let paragraphs: String = (1..=40)
        .map(|n| format!("Paragraph {n} tells of lamp {n} and of who trims it.\n\n"))
        .collect();
    format!(
        "# The keeper's guide\n\n{first}\n\n<details><summary>More</summary>\n\nHidden words.\n\n\
         </details>\n\n```sh\ntrim --all\n```\n\n{paragraphs}[The rota](rota.md) tells who is next.\n\n\
         {paragraphs}"
    )
}

fn guide_project() -> Project {
    Project::new(&[
        ("docs/guide.md", &guide("The first words.")),
        ("docs/rota.md", "# The rota\n\nAnna, then Bo.\n"),
    ])
}

/// One problem, as the server tells it.
fn problem(path: &str, message: &str) -> Value {
    json!({
        "code": "broken-link", "severity": "error", "path": path, "line": 3, "column": 14,
        "message": message, "help": "Write the file, or mend the link", "fatal": false,
        "excerpt": "3 | See [the log](log.md) for more.\n  |     ^^^^^^^^^^^^^^^^^ no such file",
    })
}

/// Marks the page, to see later that it was never loaded anew.
fn mark(tab: &Tab) {
    tab.eval("window.sameDocument = true");
}

fn assert_same_document(tab: &Tab) {
    assert_eq!(tab.eval("window.sameDocument"), true, "the page was loaded anew");
}

fn picture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("target/browser").join(format!("{name}.png"))
}

/// Opens a page and waits until it shows what the server has.
fn open(tab: &Tab, server: &Server, path: &str) {
    let before = server.answers(path).len();
    tab.goto(&server.url(path));
    // The browser's own request, and that of the script.
    tab.wait_for("document.readyState === 'complete'");
    wait(|| server.answers(path).len() >= before + 2);
}

#[track_caller]
fn wait(until: impl Fn() -> bool) {
    let deadline = std::time::Instant::now() + browser::PATIENCE;
    while !until() {
        assert!(std::time::Instant::now() < deadline, "it never came");
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
}

/// A script for something inside the overlay or the corner.
fn inside(script: &str) -> String {
    format!("(root => {script})(document.querySelector('lacuna-live').shadowRoot)")
}

const DIALOG: &str = "root.querySelector('dialog').open";

#[test]
fn an_edit_appears_in_place() {
    let browser = browser_or_skip!();
    let (project, server) = (guide_project(), Server::start("one"));
    project.build_into(&server);
    let tab = browser.tab();
    tab.viewport(1200, 800);
    open(&tab, &server, "docs/guide.html");
    mark(&tab);
    tab.eval(
        "document.querySelector('main details').open = true;
         document.querySelector('button.theme').click();
         document.querySelector('button.theme').click();
         window.link = [...document.querySelectorAll('main a')].find(a => a.textContent === 'The rota');
         window.link.focus();
         scrollTo(0, window.link.offsetTop - 300);
         window.words = [...document.querySelectorAll('main p')].find(p => p.textContent.startsWith('Paragraph 39'));
         getSelection().setBaseAndExtent(window.words.firstChild, 3, window.words.firstChild, 12);",
    );
    let place = tab.eval("window.link.getBoundingClientRect().y");
    let copies = tab.eval("document.querySelectorAll('main .code > button.copy').length");
    assert_eq!(copies, 1);
    tab.screenshot(&picture("edit-before"));

    // A new paragraph, a longer one, and a change in the very line of the selection.
    let text = guide("Other first words.\n\nAnd a whole paragraph more of them.")
        .replace("lamp 40", "lantern 40")
        .replace("tells of lamp 39", "tells much of lamp 39");
    project.write("docs/guide.md", &text);
    project.build_into(&server);
    server.publish(json!([]));
    tab.wait_for("document.body.textContent.includes('Other first words')");
    tab.screenshot(&picture("edit-after"));

    assert_same_document(&tab);
    assert!(
        tab.eval("document.body.textContent")
            .as_str()
            .is_some_and(|text| text.contains("lantern 40"))
    );
    assert_eq!(tab.eval("document.activeElement === window.link && window.link.isConnected"), true);
    assert_eq!(tab.eval("getSelection().toString()"), "agraph 39");
    // A window scrolls by whole pixels, and lines of text are not as high.
    let moved = tab.eval(&format!("Math.abs(window.link.getBoundingClientRect().y - {place})"));
    assert!(moved.as_f64().is_some_and(|pixels| pixels <= 1.0), "what was read moved by {moved}");
    assert_eq!(tab.eval("document.querySelector('main details').open"), true);
    assert_eq!(tab.eval("document.documentElement.dataset.theme"), "dark");
    assert_eq!(tab.eval("document.querySelector('button.theme').textContent"), "Theme: dark");
    assert_eq!(tab.eval("document.querySelectorAll('main .code > button.copy').length"), copies);
    assert_eq!(tab.eval("document.querySelectorAll('main .code .code').length"), 0);

    // What is changed a second time, and what a title says.
    project.write("docs/guide.md", &text.replace("# The keeper's guide", "# The new guide"));
    project.build_into(&server);
    server.publish(json!([]));
    tab.wait_for("document.title.startsWith('The new guide')");
    assert_same_document(&tab);
    // A generation that leaves this page alone costs a question and no more.
    let asked = server.answers("docs/guide.html").len();
    server.publish(json!([]));
    wait(|| server.answers("docs/guide.html").len() > asked);
    assert_eq!(server.answers("docs/guide.html").last(), Some(&304));
    assert_eq!(tab.complaints(), [""; 0]);
}

#[test]
fn a_filter_and_an_order_stay() {
    let browser = browser_or_skip!();
    let (project, server) = (Project::new(&[]), Server::start("one"));
    let decide = |number: u32, title: &str| {
        project.write(
            &format!("docs/adr/{number:04}-lamp.md"),
            &format!(
                "# {number}. {title}\n\nDate: 2020-01-0{number}\n\n## Status\n\nAccepted\n\n\
                 ## Context\n\nLamps are dark.\n\n## Decision\n\nWe light them.\n"
            ),
        );
    };
    for number in 1..=6 {
        decide(number, &format!("Lamp {number} is dark"));
    }
    project.build_into(&server);
    let tab = browser.tab();
    open(&tab, &server, "decisions/index.html");
    mark(&tab);
    let number = "th[data-sort]:nth-child(3)";
    tab.click(&format!("{number} > button"));
    tab.click(&format!("{number} > button"));
    assert_eq!(tab.eval(&format!("document.querySelector('{number}').ariaSort")), "descending");
    tab.click("form.filter input");
    tab.write("lamp 3");
    tab.press("ArrowLeft");
    let rows = "[...document.querySelectorAll('table[data-filter] tbody tr')]
        .filter(row => !row.hidden).map(row => row.textContent.match(/Lamp \\d+ is \\w+/)[0])";
    assert_eq!(tab.eval(rows), json!(["Lamp 3 is dark"]));

    decide(3, "Lamp 3 is broken");
    decide(7, "Lamp 33 is new");
    project.build_into(&server);
    server.publish(json!([]));
    tab.wait_for("document.body.textContent.includes('is broken')");
    assert_same_document(&tab);
    assert_eq!(tab.eval(rows), json!(["Lamp 33 is new", "Lamp 3 is broken"]));
    assert_eq!(tab.eval("document.querySelectorAll('form.filter').length"), 1);
    let said = tab.eval("document.querySelector('form.filter output').textContent");
    assert_eq!(said, "2 of 7 decisions");
    let focus = "(e => [e.value, e.selectionStart, e.matches('form.filter input')])(document.activeElement)";
    assert_eq!(tab.eval(focus), json!(["lamp 3", 5, true]));
    // The filter and the order still listen, to the rows of now.
    tab.press("End");
    tab.press("Backspace");
    tab.press("Backspace");
    assert_eq!(
        tab.eval(&format!("{rows}.slice(0, 2)")),
        json!(["Lamp 33 is new", "Lamp 6 is dark"])
    );
    tab.click(&format!("{number} > button"));
    assert_eq!(tab.eval(&format!("{rows}[0]")), "Lamp 1 is dark");
    assert_eq!(tab.complaints(), [""; 0]);
}

#[test]
fn a_style_sheet_is_swapped_and_a_script_loads_the_page_anew() {
    let browser = browser_or_skip!();
    let (project, server) = (guide_project(), Server::start("one"));
    project.build_into(&server);
    let tab = browser.tab();
    open(&tab, &server, "docs/guide.html");
    mark(&tab);
    // Counts the sheets of the theme that are in force, each time something changes in the head.
    let sheets = "[...document.styleSheets].filter(sheet => sheet.href.includes('assets/lacuna.css')).length";
    tab.eval(&format!(
        "window.fewest = {sheets};
         new MutationObserver(() => {{ window.fewest = Math.min(window.fewest, {sheets}); }})
             .observe(document.head, {{childList: true}});"
    ));
    assert_eq!(tab.eval("window.fewest"), 1);

    for width in ["7px", "9px"] {
        let mut style = server.get("assets/lacuna.css");
        style.extend(format!("h1{{border:{width} solid}}").bytes());
        server.set("assets/lacuna.css", style);
        server.publish(json!([]));
        tab.wait_for(&format!(
            "getComputedStyle(document.querySelector('h1')).borderTopWidth === '{width}'"
        ));
        tab.wait_for(&format!("document.querySelectorAll('link[href*=\"assets/lacuna.css\"]').length === 1 && {sheets} === 1"));
    }
    assert_eq!(tab.eval("window.fewest"), 1, "for a moment the page had no style");
    // The next text keeps the new sheet.
    project.write("docs/guide.md", &guide("Later words."));
    let style = server.get("assets/lacuna.css");
    project.build_into(&server);
    server.set("assets/lacuna.css", style);
    server.publish(json!([]));
    tab.wait_for("document.body.textContent.includes('Later words')");
    assert_eq!(tab.eval("getComputedStyle(document.querySelector('h1')).borderTopWidth"), "9px");
    assert_same_document(&tab);

    let mut script = server.get("assets/lacuna.js");
    script.extend(b"window.newScript = true;");
    server.set("assets/lacuna.js", script);
    server.publish(json!([]));
    tab.wait_for("window.newScript === true && window.sameDocument === undefined");
    assert_eq!(tab.complaints(), [""; 0]);
}

#[test]
fn an_image_is_shown_as_it_is_now() {
    let browser = browser_or_skip!();
    let server = Server::start("one");
    let image = |width: u32| {
        format!("<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='5'/>")
    };
    let page =
        |words: &str| format!("<!doctype html><title>A</title><body><p>{words}<img src=lamp.svg>");
    server.set("a.html", page("One"));
    server.set("lamp.svg", image(10));
    let tab = browser.tab();
    open(&tab, &server, "a.html");
    mark(&tab);
    for width in [20, 30] {
        server.set("lamp.svg", image(width));
        server.publish(json!([]));
        tab.wait_for(&format!("document.images[0].naturalWidth === {width}"));
    }
    server.set("a.html", page("Two"));
    server.publish(json!([]));
    tab.wait_for("document.body.textContent.includes('Two')");
    tab.wait_for("document.images[0].complete");
    assert_eq!(tab.eval("document.images[0].naturalWidth"), 30);
    assert_same_document(&tab);
}

#[test]
fn problems_lie_over_the_page_as_text_until_they_are_mended() {
    let browser = browser_or_skip!();
    let (project, server) = (guide_project(), Server::start("one"));
    project.build_into(&server);
    let tab = browser.tab();
    tab.viewport(1200, 800);
    open(&tab, &server, "docs/guide.html");
    mark(&tab);
    tab.eval("window.link = document.querySelector('main a'); window.link.focus()");

    // A problem in another file leaves the page as current as ever.
    let hostile =
        "<img src=x onerror=\"window.ran = true\"> & </dialog><script>window.ran = true</script>";
    project.write("docs/guide.md", &guide("Second words."));
    project.build_into(&server);
    server.publish(json!([
        problem("docs/rota.md", hostile),
        problem("docs/<b>odd</b>.md", "No such file")
    ]));
    tab.wait_for(&inside(DIALOG));
    tab.wait_for("document.body.textContent.includes('Second words')");
    assert_eq!(tab.eval(&inside("root.querySelector('.message').textContent")), hostile);
    assert_eq!(
        tab.eval(&inside("[...root.querySelectorAll('.place')].map(e => e.textContent)")),
        json!(["docs/rota.md:3:14", "docs/<b>odd</b>.md:3:14"])
    );
    assert_eq!(tab.eval(&inside("root.querySelectorAll('img, script, b').length")), 0);
    assert_eq!(tab.eval("window.ran"), Value::Null);
    assert_eq!(tab.eval(&inside("(d => [d.getAttribute('role'), root.getElementById(d.getAttribute('aria-labelledby')).textContent, d.contains(root.activeElement)])(root.querySelector('dialog'))")), json!(["alertdialog", "2 problems", true]));
    tab.wait_for(&inside(
        "getComputedStyle(root.querySelector('dialog')).borderTopWidth === '4px'",
    ));
    for (name, width, scheme) in [
        ("light", 1200, Scheme::Light),
        ("dark", 1200, Scheme::Dark),
        ("phone", 390, Scheme::Light),
        ("phone-dark", 390, Scheme::Dark),
    ] {
        tab.viewport(width, 800);
        tab.prefer(scheme);
        assert_eq!(tab.eval(&inside("(d => d.scrollWidth <= d.clientWidth && d.getBoundingClientRect().right <= innerWidth)(root.querySelector('dialog'))")), true, "{name}: it is too wide");
        tab.screenshot(&picture(&format!("overlay-{name}")));
    }

    tab.press("Escape");
    tab.wait_for(&inside("!root.querySelector('dialog').open"));
    assert_eq!(tab.eval("document.activeElement === window.link"), true, "the focus is lost");
    // Put away, it does not come back with the next edit, but when it is asked for.
    let asked = server.answers("docs/guide.html").len();
    server.publish(json!([
        problem("docs/rota.md", hostile),
        problem("docs/<b>odd</b>.md", "No such file")
    ]));
    wait(|| server.answers("docs/guide.html").len() > asked);
    assert_eq!(tab.eval(&inside(DIALOG)), false);
    tab.screenshot(&picture("overlay-dismissed"));
    assert_eq!(
        tab.eval(&inside(
            "(b => { b.click(); return b.textContent; })(root.querySelector('.again'))"
        )),
        "2 problems"
    );
    assert_eq!(tab.eval(&inside(DIALOG)), true);

    server.publish(json!([]));
    tab.wait_for(&inside(
        "!root.querySelector('dialog').open && root.querySelector('.again').hidden",
    ));
    // New problems are shown although the list before was put away once.
    server.publish(json!([problem("docs/rota.md", "Another one")]));
    tab.wait_for(&inside(DIALOG));
    tab.eval(&inside("root.querySelector('.dismiss').click()"));
    tab.wait_for(&inside("!root.querySelector('dialog').open"));
    assert_same_document(&tab);
    assert_eq!(tab.complaints(), [""; 0]);
}

#[test]
fn the_last_good_page_stays_under_its_own_problems() {
    let browser = browser_or_skip!();
    let (project, server) = (guide_project(), Server::start("one"));
    project.build_into(&server);
    let tab = browser.tab();
    open(&tab, &server, "docs/guide.html");
    mark(&tab);
    let edit = |words: &str, problems: Value| {
        project.write("docs/guide.md", &guide(words));
        project.build_into(&server);
        server.publish(problems);
    };
    let shows = |words: &str| {
        tab.eval("document.body.textContent").as_str().is_some_and(|text| text.contains(words))
    };

    edit("Broken words.", json!([problem("docs/guide.md", "It is broken")]));
    tab.wait_for(&inside(DIALOG));
    tab.eval("new Promise(done => setTimeout(done, 200))");
    assert!(shows("The first words.") && !shows("Broken words."), "the last good page is gone");
    // Putting it away shows the page as it is now.
    tab.press("Escape");
    tab.wait_for("document.body.textContent.includes('Broken words.')");

    edit("More broken words.", json!([problem("docs/guide.md", "It is still broken")]));
    tab.wait_for(&inside(DIALOG));
    assert!(shows("Broken words."));
    edit("Mended words.", json!([]));
    tab.wait_for("document.body.textContent.includes('Mended words.')");
    assert_eq!(tab.eval(&inside(DIALOG)), false);

    let mut fatal = problem("lacuna.toml", "The configuration cannot be read");
    fatal["fatal"] = json!(true);
    edit("Words nobody may see.", json!([fatal]));
    tab.wait_for(&inside(DIALOG));
    tab.eval("new Promise(done => setTimeout(done, 200))");
    assert!(shows("Mended words."));
    edit("Last words.", json!([]));
    tab.wait_for("document.body.textContent.includes('Last words.')");
    assert_same_document(&tab);
}

#[test]
fn a_page_that_goes_says_so_and_comes_back() {
    let browser = browser_or_skip!();
    let (project, server) = (guide_project(), Server::start("one"));
    project.build_into(&server);
    let tab = browser.tab();
    open(&tab, &server, "docs/rota.html");
    let page = server.get("docs/rota.html");
    server.remove("docs/rota.html");
    server.publish(json!([]));
    tab.wait_for("document.querySelector('h1').textContent === 'Page not found'");
    let said = inside("root.querySelector('[role=status]').textContent");
    assert_eq!(tab.wait_for(&said), "This page does not exist now");
    tab.screenshot(&picture("gone"));
    server.set("docs/rota.html", page);
    server.publish(json!([]));
    tab.wait_for("document.querySelector('h1').textContent === 'The rota'");
    tab.wait_for(&format!("{said} === ''"));
}

#[test]
fn hidden_tabs_hold_no_stream_and_catch_up() {
    let browser = browser_or_skip!();
    let (project, server) = (guide_project(), Server::start("one"));
    project.build_into(&server);
    let tabs: Vec<Tab> = (0..12)
        .map(|_| {
            let tab = browser.tab();
            open(&tab, &server, "docs/guide.html");
            mark(&tab);
            tab
        })
        .collect();
    wait(|| server.streams() == 1);
    project.write("docs/guide.md", &guide("Words for twelve."));
    project.build_into(&server);
    server.publish(json!([]));
    for tab in &tabs {
        tab.bring_to_front();
        tab.wait_for("document.body.textContent.includes('Words for twelve.')");
        assert_same_document(tab);
    }
    wait(|| server.streams() == 1);
    assert!(server.most_streams() <= 2, "{} streams at once", server.most_streams());
    let blank = browser.tab();
    blank.bring_to_front();
    wait(|| server.streams() == 0);
}

#[test]
fn twelve_windows_share_one_stream() {
    let browser = browser_or_skip!();
    let (project, server) = (guide_project(), Server::start("one"));
    project.build_into(&server);
    let mut windows: Vec<Tab> = (0..12)
        .map(|_| {
            let tab = browser.window();
            open(&tab, &server, "docs/guide.html");
            assert_eq!(tab.eval("document.visibilityState"), "visible");
            tab
        })
        .collect();
    project.write("docs/guide.md", &guide("Words for all."));
    project.build_into(&server);
    server.publish(json!([problem("docs/rota.md", "No such file")]));
    for tab in &windows {
        tab.wait_for("document.body.textContent.includes('Words for all.')");
        tab.wait_for(&inside(DIALOG));
    }
    assert_eq!(server.most_streams(), 1);
    // Another window takes over from one that is closed.
    windows.remove(0).close();
    project.write("docs/guide.md", &guide("Words for eleven."));
    project.build_into(&server);
    server.publish(json!([]));
    for tab in &windows {
        tab.wait_for("document.body.textContent.includes('Words for eleven.')");
    }
    windows[0].goto(&server.url("docs/rota.html"));
    assert_eq!(windows[0].eval("document.querySelector('h1').textContent"), "The rota");
}

#[test]
fn after_a_restart_everything_is_fresh() {
    let browser = browser_or_skip!();
    let (project, server) = (guide_project(), Server::start("one"));
    project.build_into(&server);
    let (shown, other) = (browser.window(), browser.window());
    for tab in [&shown, &other] {
        open(tab, &server, "docs/guide.html");
        mark(tab);
    }
    let (port, mut files) = (server.port(), server.files());
    drop(server);
    let said = inside("root.querySelector('[role=status]').textContent");
    for tab in [&shown, &other] {
        assert_eq!(tab.wait_for(&said), "Reconnecting…");
    }
    shown.screenshot(&picture("reconnecting"));

    // The new server begins with the number that the old one ended with.
    let page = String::from_utf8_lossy(&files["docs/guide.html"]);
    let page = page.replace("The first words.", "Words after the pause.");
    files.insert("docs/guide.html".to_owned(), page.into_bytes());
    let _server = Server::start_at(port, "two", files);
    for tab in [&shown, &other] {
        tab.wait_for("document.body.textContent.includes('Words after the pause.')");
        tab.wait_for(&format!("{said} === ''"));
        assert_same_document(tab);
    }
}

#[test]
fn a_theme_may_have_no_head_and_may_forbid_connections() {
    let browser = browser_or_skip!();
    let server = Server::start("one");
    server.set("bare.html", "<p id=words>One");
    server.set(
        "strict.html",
        "<!doctype html><head><meta http-equiv=Content-Security-Policy \
         content=\"default-src 'none'; script-src 'self'; style-src 'self'\"></head><body>One",
    );
    let tab = browser.tab();
    open(&tab, &server, "bare.html");
    server.set("bare.html", "<p id=words>Two");
    server.publish(json!([]));
    tab.wait_for("document.getElementById('words').textContent === 'Two'");
    tab.complaints();

    tab.goto(&server.url("strict.html"));
    wait(|| {
        tab.complaints()
            .iter()
            .any(|said| said.contains("the policy of the theme needs connect-src 'self'"))
    });
    assert_eq!(tab.eval(&inside("root.querySelector('[role=status]').textContent")), "");
}

/// Random pairs of trees: the old one must become exactly the new one, whatever they are.
#[test]
fn a_page_becomes_exactly_the_next_one() {
    let browser = browser_or_skip!();
    let tab = browser.tab();
    let morph = include_str!("../src/serve/live/morph.js");
    let unlike = tab.eval(&format!(
        "{morph};
         let seed = 7;
         const random = most => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) % most;
         const leaf = () => ['a', 'b', ' ', '\\n', 'long words', '<!--note-->', '<img src=data:,>'][random(7)];
         const tree = deep => Array.from({{length: random(6)}}, () => {{
             if (!deep || !random(3)) return leaf();
             const id = random(4) ? '' : ` id=i${{random(8)}}`;
             const tag = ['div', 'section', 'details open', 'em'][random(4)];
             return `<${{tag}} class=c${{random(3)}}${{id}}>${{tree(deep - 1)}}</${{tag.split(' ')[0]}}>`;
         }}).join('');
         const parse = text => new DOMParser().parseFromString('<body>' + text, 'text/html').body;
         const unlike = [];
         let some = 0;
         for (let round = 0; round < 2000; round++) {{
             const [one, two] = [tree(4), tree(4)];
             const [old, next] = [parse(one), parse(two)];
             morph(old, next);
             some += next.querySelectorAll('*').length;
             if (old.outerHTML !== parse(two).outerHTML) unlike.push([one, two]);
         }}
         some > 5000 ? unlike.slice(0, 1) : 'too small'"
    ));
    assert_eq!(unlike, json!([]));
}
