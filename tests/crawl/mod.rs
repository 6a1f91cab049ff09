//! Reads a built site as a browser would: every page is parsed, every link and fragment followed.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    process::Command,
};

use rayon::prelude::*;
use scraper::{ElementRef, Html, Selector};

/// The files of a site by their routes.
pub type Site = BTreeMap<String, Vec<u8>>;

/// Builds a repository. Findings may make a build end with 1; a site is published all the same.
pub fn build(repository: &Path, out: &Path) -> Site {
    let run = Command::new(env!("CARGO_BIN_EXE_lacuna"))
        .arg("build")
        .arg(repository)
        .arg("-o")
        .arg(out)
        .arg("-q")
        .output()
        .expect("the program starts");
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(matches!(run.status.code(), Some(0 | 1)), "{}: {said}", repository.display());
    let mut site = Site::new();
    collect(out, "", &mut site);
    assert!(!site.is_empty(), "{}: nothing was published\n{said}", repository.display());
    site
}

fn collect(folder: &Path, below: &str, site: &mut Site) {
    for entry in std::fs::read_dir(folder).expect("the output is readable") {
        let entry = entry.expect("the output is readable");
        let name = entry.file_name().into_string().expect("names of the output are UTF-8");
        let kind = entry.file_type().expect("the output is readable");
        assert!(!kind.is_symlink(), "{below}{name} is a symbolic link");
        if kind.is_dir() {
            collect(&entry.path(), &format!("{below}{name}/"), site);
        } else {
            let bytes = std::fs::read(entry.path()).expect("the output is readable");
            site.insert(format!("{below}{name}"), bytes);
        }
    }
}

/// What one page offers to links and asks of others.
#[derive(Default)]
struct Page {
    ids: BTreeSet<String>,
    links: Vec<Link>,
    faults: Vec<String>,
}

struct Link {
    /// The attribute as written.
    url: String,
    /// Whether the browser fetches it by itself, unlike a link that a reader follows.
    loads: bool,
}

/// Everything that is wrong with the pages of a site.
pub fn crawl(site: &Site) -> Vec<String> {
    let pages: BTreeMap<&str, Page> = site
        .par_iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| (path.as_str(), read_page(bytes)))
        .collect();
    pages
        .par_iter()
        .flat_map_iter(|(path, page)| {
            let links = page.links.iter().filter_map(|link| follow(site, &pages, path, link).err());
            let faults: Vec<String> = page.faults.iter().cloned().chain(links).collect();
            faults.into_iter().map(move |fault| format!("{path}: {fault}"))
        })
        .collect()
}

fn read_page(bytes: &[u8]) -> Page {
    let mut page = Page::default();
    let Ok(text) = std::str::from_utf8(bytes) else {
        page.faults.push("is not UTF-8".to_owned());
        return page;
    };
    let html = Html::parse_document(text);
    page.faults.extend(html.errors.iter().map(|error| format!("parse error: {error}")));

    let all = |css: &str| -> Vec<ElementRef<'_>> {
        let selector = Selector::parse(css).expect("the selectors of this test are well formed");
        html.select(&selector).collect()
    };
    for css in ["h1", "main"] {
        let count = all(css).len();
        if count != 1 {
            page.faults.push(format!("{count} <{css}> where there is one"));
        }
    }
    let titles = all("head > title");
    if titles.len() != 1 || titles[0].text().all(|text| text.trim().is_empty()) {
        page.faults.push("no title, or an empty one".to_owned());
    }
    if all("html[lang]").is_empty() {
        page.faults.push("the page does not say its language".to_owned());
    }
    for element in all("*") {
        read_element(&element, &mut page);
    }
    page
}

fn read_element(element: &ElementRef<'_>, page: &mut Page) {
    let name = element.value().name();
    match name {
        "style" | "iframe" | "frame" | "object" | "embed" | "base" => {
            page.faults.push(format!("a <{name}> element"));
        }
        "script" if element.value().attr("src").is_none() => {
            page.faults.push("a <script> without src".to_owned());
        }
        _ => {}
    }
    for (attribute, value) in element.value().attrs() {
        match attribute {
            "id" => {
                if value.is_empty() || value.contains(char::is_whitespace) {
                    page.faults.push(format!("id `{value}` cannot be linked"));
                }
                if !page.ids.insert(value.to_owned()) {
                    page.faults.push(format!("id `{value}` twice"));
                }
            }
            "style" => page.faults.push(format!("a style attribute on <{name}>")),
            "href" => {
                // Links that state a relation load nothing; only those may leave the site.
                let relation = element.value().attr("rel").unwrap_or_default();
                let loads = name == "link" && !matches!(relation, "canonical" | "alternate");
                page.links.push(Link { url: value.to_owned(), loads });
            }
            "src" | "poster" | "data" => {
                page.links.push(Link { url: value.to_owned(), loads: true })
            }
            "srcset" => {
                let urls = value.split(',').filter_map(|one| one.split_whitespace().next());
                page.links.extend(urls.map(|url| Link { url: url.to_owned(), loads: true }));
            }
            _ if attribute.starts_with("on") => {
                page.faults.push(format!("an {attribute} attribute on <{name}>"));
            }
            _ => {}
        }
    }
}

/// Follows one link of the page at `from`, as a browser does on a site that may lie in any folder.
fn follow(
    site: &Site,
    pages: &BTreeMap<&str, Page>,
    from: &str,
    link: &Link,
) -> Result<(), String> {
    let url = link.url.as_str();
    let fault = |why: &str| Err(format!("`{url}` {why}"));
    if let Some(scheme) = scheme(url) {
        return match scheme.to_ascii_lowercase().as_str() {
            "http" | "https" | "mailto" if !link.loads => Ok(()),
            _ if link.loads => fault("is loaded from elsewhere"),
            _ => fault("has a scheme that pages may not use"),
        };
    }
    if url.starts_with("//") {
        return fault("leads to another host without a scheme");
    }

    let (address, fragment) = match url.split_once('#') {
        Some((address, fragment)) => (address, Some(fragment)),
        None => (url, None),
    };
    let path = address.split_once('?').map_or(address, |(path, _)| path);
    let Some(path) = percent_decoded(path) else { return fault("is not well encoded") };
    let target = if path.is_empty() {
        from.to_owned()
    } else if path.starts_with('/') {
        // The server shows this page at every address, so only this one cannot be relative.
        if from == "404.html" {
            return Ok(());
        }
        return fault("is absolute: the site works at the root of a host only");
    } else {
        match joined(from, &path) {
            Some(target) => target,
            None => return fault("leads out of the site"),
        }
    };
    if !site.contains_key(&target) {
        return fault(&format!("leads to {target}, which does not exist"));
    }

    let Some(fragment) = fragment else { return Ok(()) };
    let Some(fragment) = percent_decoded(fragment) else { return fault("is not well encoded") };
    let id = fragment.split_once(":~:").map_or(fragment.as_str(), |(id, _)| id);
    match pages.get(target.as_str()) {
        // The empty fragment and `top` are the top of any page.
        Some(page) if !id.is_empty() && id != "top" && !page.ids.contains(id) => {
            fault(&format!("leads to an id that {target} does not have"))
        }
        _ => Ok(()),
    }
}

/// The part before the colon, when that is a scheme as RFC 3986 has it.
fn scheme(url: &str) -> Option<&str> {
    // Browsers drop these before they look for a scheme; a hostile link relies on it.
    let url = url.trim_start_matches(|c: char| c <= ' ');
    let (scheme, _) = url.split_once(':')?;
    let mut letters = scheme.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r'));
    let first = letters.next().is_some_and(|c| c.is_ascii_alphabetic());
    (first && letters.all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))).then_some(scheme)
}

/// The file that `path` means on the page `from`; a folder means its `index.html`.
pub fn joined(from: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    let mut folder = false;
    for part in path.split('/') {
        folder = matches!(part, "" | "." | "..");
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    if folder {
        parts.push("index.html");
    }
    Some(parts.join("/"))
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digit = |byte: Option<u8>| byte.and_then(|byte| (byte as char).to_digit(16));
            let (high, low) = (digit(rest.next())?, digit(rest.next())?);
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[test]
fn links_are_followed_as_a_browser_does() {
    assert_eq!(joined("a/b/index.html", "../c/"), Some("a/c/index.html".to_owned()));
    assert_eq!(joined("a/b/index.html", ".."), Some("a/index.html".to_owned()));
    assert_eq!(joined("index.html", "x.png"), Some("x.png".to_owned()));
    assert_eq!(joined("index.html", "../x.png"), None);
    assert_eq!(percent_decoded("caf%C3%A9"), Some("café".to_owned()));
    assert_eq!(percent_decoded("50%"), None);
    assert_eq!(scheme(" java\tscript:alert(1)"), Some("java\tscript"));
    assert_eq!(scheme("docs/a:b"), None);
}

#[test]
fn the_checks_see_what_they_are_for() {
    let page = |body: &str| {
        let head = "<!doctype html><html lang=\"en\"><head><title>T</title></head><body>";
        read_page(format!("{head}<main><h1>T</h1>{body}</main></body></html>").as_bytes())
    };
    assert_eq!(page("<p id=\"a\">Well</p>").faults, Vec::<String>::new());
    for body in [
        "<p id=\"a\"></p><p id=\"a\"></p>",
        "<p style=\"color:red\"></p>",
        "<p onclick=\"x()\"></p>",
        "<script>x()</script>",
        "<style>p{}</style>",
        "<h1>Two</h1>",
        "<p></div>",
    ] {
        assert!(!page(body).faults.is_empty(), "nothing was said of {body}");
    }

    let site = Site::from([
        ("index.html".to_owned(), Vec::new()),
        ("a/index.html".to_owned(), Vec::new()),
        ("x.css".to_owned(), Vec::new()),
    ]);
    let pages = BTreeMap::from([("a/index.html", page("<p id=\"here\"></p>"))]);
    let ok = |url: &str, loads| {
        follow(&site, &pages, "a/index.html", &Link { url: url.to_owned(), loads }).is_ok()
    };
    for url in ["#here", "", "#", "../a/#here", "../x.css", "https://example.org/", "..", "./?q=1"]
    {
        assert!(ok(url, false), "{url}");
    }
    for url in
        ["#gone", "/x.css", "x.css", "//example.org/", "javascript:x()", "../../x.css", "../a#here"]
    {
        assert!(!ok(url, false), "{url}");
    }
    assert!(!ok("https://example.org/x.js", true));
}
