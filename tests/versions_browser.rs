//! The menu of versions as a reader meets it, in a real browser: from a server below a path, from a
//! folder, by keyboard and without script. Without a Chromium these tests say so and pass.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests write projects, run the program and serve its output"
)]

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::Command,
    thread,
};

use browser::{Browser, Tab, json};
use tempfile::TempDir;

/// Two versions, of which only the second has `docs/tide.md`.
fn versions() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join("project").join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("the project is writable");
    };
    write("README.md", "# Ferries\n\nAll about ferries.\n");
    write("docs/the pier.md", "# The pier\n\n## Where\n\nBoats lie here.\n");
    build(&folder, "v1");
    write("docs/tide.md", "# The tide\n\nIt comes twice a day.\n");
    build(&folder, "v2");
    folder
}

fn build(folder: &TempDir, label: &str) {
    let run = Command::new(env!("CARGO_BIN_EXE_lacuna"))
        .args(["build", "-q", "--version-label", label, "-o"])
        .arg(folder.path().join("un packed/site"))
        .arg(folder.path().join("project"))
        .output()
        .expect("the program starts");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}

fn from_folder(folder: &TempDir) -> String {
    format!("file://{}/un%20packed/site", folder.path().display())
}

/// Serves the site below `/d`, as a host of plain files does, until the process ends.
fn from_server(folder: &TempDir) -> String {
    let site = folder.path().join("un packed/site");
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let site = site.clone();
            thread::spawn(move || drop(answer(stream, &site)));
        }
    });
    format!("http://{address}/d")
}

fn answer(mut stream: TcpStream, site: &Path) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
    let address = first.split(' ').nth(1).unwrap_or("/").split('?').next().unwrap_or("/");
    let path = address.strip_prefix("/d/").map(|path| path.replace("%20", " "));
    let mut file = path.map_or_else(PathBuf::new, |path| site.join(path));
    if file.is_dir() {
        file = file.join("index.html");
    }
    let (state, bytes) = match fs::read(&file) {
        Ok(bytes) => ("200 OK", bytes),
        Err(_) => ("404 Not Found", fs::read(site.join("404.html")).unwrap_or_default()),
    };
    let kind = match file.extension().and_then(|extension| extension.to_str()) {
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("svg") => "image/svg+xml",
        _ => "text/html; charset=utf-8",
    };
    write!(
        stream,
        "HTTP/1.1 {state}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\
         Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; \
         img-src 'self' data:; connect-src 'none'\r\nX-Content-Type-Options: nosniff\r\n\r\n",
        bytes.len()
    )?;
    stream.write_all(&bytes)
}

const SUMMARY: &str = ".versions > summary";

/// Opens the menu and goes to another version.
fn switch(tab: &Tab, label: &str) {
    tab.wait_for(&format!("document.querySelector('{SUMMARY}')"));
    tab.click(SUMMARY);
    tab.wait_for("document.querySelector('.versions[open] li a')");
    tab.click(&format!(".versions a[data-front='{label}/index.html']"));
}

/// Waits until a page of a version is there, to its menu.
fn arrive(tab: &Tab, address: &str) {
    tab.wait_for(&format!(
        "location.href === {} && document.readyState === 'complete' \
         && document.querySelector('{SUMMARY}')",
        json!(address)
    ));
}

fn walk(tab: &Tab, root: &str) {
    tab.goto(&format!("{root}/v2/docs/the%20pier.html?q=1#where"));
    tab.wait_for(&format!("document.querySelector('{SUMMARY}')"));
    assert_eq!(tab.eval(&format!("document.querySelector('{SUMMARY}').textContent")), "Version v2");
    let rows = "[...document.querySelectorAll('.versions li')].map(row => row.textContent)";
    assert_eq!(tab.eval(rows), json!(["v2latest", "v1"]));
    let current = "document.querySelector('.versions [aria-current]').textContent";
    assert_eq!(tab.eval(current), "v2");
    switch(tab, "v1");
    arrive(tab, &format!("{root}/v1/docs/the%20pier.html?q=1#where"));
    assert_eq!(tab.eval(current), "v1");
    // The page that only the other version has.
    tab.goto(&format!("{root}/v2/docs/tide.html"));
    switch(tab, "v1");
    arrive(tab, &format!("{root}/v1/index.html"));
    switch(tab, "v2");
    arrive(tab, &format!("{root}/v2/index.html"));
    assert_eq!(tab.complaints(), Vec::<String>::new());
}

#[test]
fn another_version_opens_at_the_same_page_from_a_folder() {
    let Some(browser) = Browser::find() else { return eprintln!("skipped: no Chromium") };
    let folder = versions();
    walk(&browser.tab(), &from_folder(&folder));
}

#[test]
fn another_version_opens_at_the_same_page_from_a_server() {
    let Some(browser) = Browser::find() else { return eprintln!("skipped: no Chromium") };
    let folder = versions();
    let (tab, root) = (browser.tab(), from_server(&folder));
    walk(&tab, &root);
    // The root leads to the newest, and an address without a file name is a page as well.
    tab.goto(&format!("{root}/"));
    arrive(&tab, &format!("{root}/v2/index.html"));
    tab.goto(&format!("{root}/v2/docs/"));
    switch(&tab, "v1");
    arrive(&tab, &format!("{root}/v1/docs/"));
}

#[test]
fn the_menu_goes_by_keyboard() {
    let Some(browser) = Browser::find() else { return eprintln!("skipped: no Chromium") };
    let folder = versions();
    let (tab, root) = (browser.tab(), from_folder(&folder));
    tab.goto(&format!("{root}/v2/docs/the%20pier.html"));
    tab.wait_for(&format!("document.querySelector('{SUMMARY}')"));
    tab.eval(&format!("document.querySelector('{SUMMARY}').focus()"));
    tab.press("Enter");
    tab.wait_for("document.querySelector('.versions[open]')");
    tab.press("Escape");
    tab.wait_for("!document.querySelector('.versions[open]')");
    assert_eq!(tab.eval("document.activeElement.tagName"), "SUMMARY");
    tab.press("Enter");
    tab.press("Tab");
    tab.press("Tab");
    tab.wait_for("document.activeElement.textContent === 'v1'");
    // So that a new tab would be opened at this page, too.
    tab.wait_for("document.activeElement.href.endsWith('/v1/docs/the%20pier.html')");
    tab.press("Enter");
    arrive(&tab, &format!("{root}/v1/docs/the%20pier.html"));
}

#[test]
fn without_script_a_link_leads_to_the_list() {
    let Some(browser) = Browser::find() else { return eprintln!("skipped: no Chromium") };
    let folder = versions();
    let (tab, root) = (browser.tab(), from_folder(&folder));
    tab.call("Emulation.setScriptExecutionDisabled", json!({"value": true}));
    tab.goto(&format!("{root}/v1/docs/the%20pier.html"));
    assert_eq!(tab.eval("document.querySelector('.versions')"), json!(null));
    tab.goto(tab.eval("document.querySelector('a.version').href").as_str().expect("an address"));
    let rows = "[...document.querySelectorAll('main li')].map(row => row.textContent)";
    assert_eq!(tab.eval(rows), json!(["v2 latest", "v1"]));
    tab.goto(tab.eval("document.querySelector('main li a').href").as_str().expect("an address"));
    assert_eq!(tab.eval("location.href"), json!(format!("{root}/v2/index.html")));
}
