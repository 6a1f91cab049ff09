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

mod crawl;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use crawl::{Site, build, crawl};
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
