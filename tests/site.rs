//! Whole sites, built by the program and read as a browser would read them.
//!
//! Every repository here is built twice into different folders: the two trees must be the same byte
//! for byte. Then every page is parsed and checked: links and fragments lead somewhere, ids are
//! unique, the page is well formed, and nothing on it runs or loads anything that is not ours.
//!
//! The parser's own complaints are taken as they are, none is filtered: it reports only what the
//! HTML standard calls a parse error.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests write repositories, run the program and read its output"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use rayon::prelude::*;
use scraper::{ElementRef, Html, Selector};
use tempfile::TempDir;

#[test]
fn a_repository_with_one_of_everything() {
    let repository = everything();
    let site = check_site(repository.path());
    assert!(site.contains_key("index.html") && site.contains_key("404.html"));
    // Each source has a page, and none of the hostile text came through.
    for words in [
        "Lanterns on the quay",
        "Use paper tickets",
        "Use stamped tokens",
        "The keeper counts the lamps",
        "LanternService",
        "LMP-2",
    ] {
        assert!(
            site.values().any(|bytes| String::from_utf8_lossy(bytes).contains(words)),
            "no page shows `{words}`"
        );
    }
    for (path, bytes) in site.iter().filter(|(path, _)| path.ends_with(".html")) {
        let page = String::from_utf8_lossy(bytes);
        assert!(!page.contains("<script>alert"), "{path} lets a script through");
        assert!(!page.contains("href=\"javascript:"), "{path} lets a script link through");
    }
}

#[test]
fn an_empty_repository_is_a_site_too() {
    let repository = TempDir::new().expect("a folder for the repository");
    assert!(check_site(repository.path()).contains_key("index.html"));
}

#[test]
fn this_repository() {
    check_site(Path::new(env!("CARGO_MANIFEST_DIR")));
}

#[test]
fn this_repository_gives_no_warning() {
    let out = TempDir::new().expect("a folder for the site");
    let run = Command::new(env!("CARGO_BIN_EXE_lacuna"))
        .args(["build", "--strict", "--no-cache", "-o"])
        .arg(out.path().join("site"))
        .arg(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("the program starts");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}

#[test]
fn the_coditect_corpus() {
    check_beside("corpora/coditect");
}

#[test]
fn the_cosmos_sdk_corpus() {
    check_beside("corpora/cosmos-sdk");
}

#[test]
fn the_seeds() {
    check_beside("seeds");
}

#[test]
fn the_opentelemetry_schemas() {
    check_fetched("opentelemetry-proto", 11);
}

#[test]
fn the_common_schemas_of_googleapis() {
    check_fetched("googleapis-common-protos", 63);
}

/// Every link of some seventy thousand pages. Long, so it is asked for: `cargo xtask corpus
/// google-proto-files`, then `cargo test --release --test site -- --ignored`.
#[test]
#[ignore = "takes minutes and gigabytes"]
fn the_whole_of_google_proto_files() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(".corpus/google-proto-files");
    assert!(folder.is_dir(), "`cargo xtask corpus google-proto-files` fetches it");
    let out = TempDir::new().expect("a folder for the output");
    let site = build(&folder, &out.path().join("site"));
    let faults = crawl(&site);
    assert!(
        faults.is_empty(),
        "{} faults\n{}",
        faults.len(),
        faults[..faults.len().min(60)].join("\n")
    );
}

/// Checks a corpus that `cargo xtask corpus` fetches; nothing is asserted when it is not there. A
/// tree of the registry, with no configuration: the summary must tell the number of its schemas.
fn check_fetched(name: &str, schemas: usize) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(".corpus").join(name);
    if !folder.is_dir() {
        eprintln!("skipped: there is no .corpus/{name}; `cargo xtask corpus` fetches it");
        return;
    }
    let site = check_site(&folder);
    let index = String::from_utf8_lossy(&site["schemas/index.html"]);
    assert!(index.contains(&format!("in {schemas} files")), "{name}: the index counts otherwise");
    let said = Command::new(env!("CARGO_BIN_EXE_lacuna"))
        .arg("build")
        .arg(&folder)
        .arg("-o")
        .arg(TempDir::new().expect("a folder for the output").path().join("site"))
        .output()
        .expect("the program starts");
    let summary =
        String::from_utf8_lossy(&said.stdout).into_owned() + &String::from_utf8_lossy(&said.stderr);
    let pages = site.keys().filter(|path| path.ends_with(".html")).count();
    for words in [format!("{schemas} schema files"), format!("Pages      {pages}")] {
        assert!(summary.contains(&words), "{name}: no `{words}` in\n{summary}");
    }
    for (path, bytes) in site.iter().filter(|(path, _)| path.starts_with("schemas/")) {
        assert!(bytes.len() <= 150_000, "{name}: {path} has {} bytes", bytes.len());
    }
}

/// Checks a corpus that may lie beside the project; nothing is asserted when it does not.
fn check_beside(name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(name);
    if folder.is_dir() {
        check_site(&folder);
    } else {
        eprintln!("skipped: there is no ../shared/{name}");
    }
}

/// A site in memory: the bytes of every file by its path, with `/` between the parts.
type Site = BTreeMap<String, Vec<u8>>;

/// Builds `repository` twice, compares, crawls, and returns the site.
fn check_site(repository: &Path) -> Site {
    let folder = TempDir::new().expect("a folder for the output");
    let site = build(repository, &folder.path().join("first"));
    let again = build(repository, &folder.path().join("elsewhere/second"));
    let mut faults = differences(&site, &again);
    faults.extend(crawl(&site));
    let shown = faults.len().min(60);
    assert!(
        faults.is_empty(),
        "{}: {} faults in {} files\n{}\n",
        repository.display(),
        faults.len(),
        site.len(),
        faults[..shown].join("\n")
    );
    site
}

/// Findings may make a build end with 1; a site is published all the same.
fn build(repository: &Path, out: &Path) -> Site {
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

fn differences(site: &Site, again: &Site) -> Vec<String> {
    let paths: BTreeSet<&String> = site.keys().chain(again.keys()).collect();
    paths
        .into_iter()
        .filter_map(|path| match (site.get(path), again.get(path)) {
            (Some(one), Some(other)) if one == other => None,
            (Some(one), Some(other)) => {
                let at = one.iter().zip(other).take_while(|(a, b)| a == b).count();
                Some(format!("{path}: the second build differs from byte {at} on"))
            }
            (Some(_), None) => Some(format!("{path}: only the first build has it")),
            (None, _) => Some(format!("{path}: only the second build has it")),
        })
        .collect()
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

fn crawl(site: &Site) -> Vec<String> {
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
fn joined(from: &str, path: &str) -> Option<String> {
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

/// A small repository with every kind of source, the well-meant and the hostile.
fn everything() -> TempDir {
    let folder = TempDir::new().expect("a folder for the repository");
    let put = |path: &str, bytes: &[u8]| {
        let path: PathBuf = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a file stands in a folder"))
            .expect("the folder is writable");
        std::fs::write(path, bytes).expect("the folder is writable");
    };
    for (path, text) in EVERYTHING {
        put(path, text.as_bytes());
    }
    put("docs/img/a lamp.png", ONE_PIXEL);
    let chunk: String = (1..=40)
        .map(|line| match line {
            12 => "The keeper counts the lamps at dusk and writes <b>the number</b> down.\n"
                .to_owned(),
            _ => format!("Line {line} of what was heard on the quay.\n"),
        })
        .collect();
    put("research/CHUNKS/chunk-001.txt", format!("{CHUNK_HEAD}{chunk}").as_bytes());
    folder
}

const CHUNK_HEAD: &str = "\
================================================================================
CHUNK METADATA
================================================================================
Filename: quay.txt
Chunk Number: 1 of 1
Source Lines: 1-40 (total file: 40 lines)
Chunk Lines: 40
================================================================================

";

/// A PNG of one transparent pixel.
const ONE_PIXEL: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52,
    0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x06, 0x00, 0x00, 0x00, 0x1f, 0x15, 0xc4,
    0x89, 0x00, 0x00, 0x00, 0x0b, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0x60, 0x00, 0x02, 0x00,
    0x00, 0x05, 0x00, 0x01, 0x7a, 0x5e, 0xab, 0x3f, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44,
    0xae, 0x42, 0x60, 0x82,
];

const EVERYTHING: &[(&str, &str)] = &[
    (
        "README.md",
        r#"# Lanterns on the quay

Read the [manual](docs/manual.md#lighting-up "how to light"), the [decisions](docs/adr/) and the
[missing part](docs/no-such.md). Somewhere else: <https://example.org/>, [the chart](docs/chart.mmd).

## Same words

## Same words

See [the second](#same-words-1), [itself](#same-words), and [[LMP-1]].
"#,
    ),
    (
        "docs/manual.md",
        r#"---
title: The manual
covers: ["LMP-1"]
---

# The manual

> [!WARNING]
> Oil burns.[^1]

> [!NOTE]
> A note with `code` and a [link](#lighting-up).

## Lighting up

| Lamp | Oil (l) | Kept by |
|:-----|--------:|:-------:|
| North | 2.5 | *Ana* |
| South \| East | 3 | **Bo** |

- [x] Trim the wick
- [ ] Fill the tank
  1. Slowly
  2. To the mark[^long]

![A lamp on its post](<img/a lamp.png>) and ![nothing](img/none.png)

Inline $a^2 + b^2$, and a block:

$$
\frac{1}{2} \sum_{i=0}^{n} i
$$

```rust
fn light(lamps: &[Lamp]) -> usize { lamps.iter().filter(|lamp| lamp.lit).count() }
```

```mermaid
flowchart LR
    keeper[Keeper] -->|lights| lamp((Lamp))
    lamp --> ship
```

```mermaid
flowchart LR
    this --> ((( is not a diagram
```

```no-such-language
<&>
```

## Ünïcode & "quotes" <here>

[To it](#ünïcode--quotes-here), ~~gone~~, ~~~not a fence.

[^1]: And smokes.
[^long]: A note of two parts.

    With a second paragraph, and back to [the top](#the-manual).
"#,
    ),
    (
        "docs/hostile.md",
        r#"# Hostile <script>alert(1)</script>

<script>alert(2)</script>
<style>body { display: none }</style>
<iframe src="https://example.org/"></iframe>
<img src=x onerror="alert(3)">
<svg onload="alert(4)"><a xlink:href="javascript:alert(5)">x</a></svg>
<div style="position:fixed" id="main" class="x">in the way</div>
<details><summary>Open me</summary>

Inside **here**.

</details>
<form action="https://example.org/"><input autofocus onfocus=alert(6)></form>
</main></body></html>

[a](javascript:alert(7)) [b](JaVaScRiPt:alert(8)) [c](data:text/html,<script>alert(9)</script>)
[d](vbscript:x) [e](//example.org/x) [f](/absolute) ![g](javascript:alert(10))
<a href="java&#x09;script:alert(11)">h</a> <b>unclosed <i>crossed</b> over</i>

![far](https://example.org/far.png)

# A second first heading

`</code></pre><script>alert(12)</script>`
"#,
    ),
    (
        "docs/adr/0001-use-paper-tickets.md",
        "# 1. Use paper tickets\n\nDate: 2023-04-05\n\n## Status\n\nSuperseded by [2. Use stamped \
         tokens](0002-use-stamped-tokens.md)\n\n## Context\n\nFares were paid in the dark.\n\n## \
         Decision\n\nEach passenger holds a ticket.\n\n## Consequences\n\nTickets get wet.\n",
    ),
    (
        "docs/adr/0002-use-stamped-tokens.md",
        "# 2. Use stamped tokens\n\nDate: 2023-11-20\n\n## Status\n\nAccepted\n\nSupersedes [1. Use \
         paper tickets](0001-use-paper-tickets.md)\n\n## Context\n\nTickets get wet.\n\n## Decision\n\n\
         Each passenger holds a brass token.\n\n## Consequences\n\nSomebody stamps brass.\n",
    ),
    (
        "docs/LAMP-GAP-ANALYSIS.md",
        r#"# Gap analysis of the lamps

**Total gaps:** 3

## Critical gaps

### LMP-1: Nobody says how a lamp is lit

**Priority:** P0
**Status:** ✅ DONE
**Evidence:** Chunk-001 (lines 10-14)
**Action:** Expand docs/manual.md with a section on lighting up

### LMP-2: No list of keepers

**Priority:** P1
**Status:** Open
**Evidence:** Chunk-001 (lines 900-910)
**Action:** Create docs/keepers.md

## Summary

| ID | Gap | Priority | Status |
|----|-----|----------|--------|
| LMP-1 | Nobody says how a lamp is lit | P0 | ✅ Done |
| LMP-2 | No list of keepers | P1 | 🔴 Open |
"#,
    ),
    ("docs/chart.mmd", "sequenceDiagram\n    Keeper->>Lamp: light\n    Lamp-->>Ship: shine\n"),
    (
        "schemas/quay/v1/lantern.proto",
        r#"syntax = "proto3";

package quay.v1;

import "google/protobuf/timestamp.proto";
import "quay/v1/not_here.proto";

// One *lamp* on the quay. See [the rules](https://example.org/) and <script>alert(1)</script>.
message Lantern {
  // Where it hangs.
  message Post {
    int32 number = 1;
    repeated Hook hooks = 2;
    message Hook { string name = 1 [deprecated = true]; }
  }
  enum State {
    STATE_UNSPECIFIED = 0;
    STATE_LIT = 1;
    STATE_DARK = 2; // at noon
  }
  reserved 5 to 7;
  reserved "wick";
  string id = 1;
  Post post = 2;
  State state = 3;
  map<string, Post.Hook> spare = 4;
  oneof fuel {
    double oil_litres = 8;
    bytes other = 9;
  }
  google.protobuf.Timestamp lit_at = 10;
}

message LightRequest { string id = 1; }

// Lights and counts.
service LanternService {
  rpc Light(LightRequest) returns (Lantern);
  rpc Watch(LightRequest) returns (stream Lantern) { option deprecated = true; }
}
"#,
    ),
    ("schemas/broken.proto", "syntax = \"proto3\";\n\nmessage Unfinished {\n  string name = ;\n"),
    (
        "research/CHUNKS/INDEX.txt",
        "CHUNK INDEX\nSource: quay.txt (40 lines)\n\nchunk-001.txt: lines 1-40\n",
    ),
];
