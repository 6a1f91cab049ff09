//! Programs of others judge the pages: axe-core what people with a screen reader, a keyboard or weak
//! eyes meet, and the Nu HTML checker the markup. One page of every kind, light and dark.
//!
//! `cargo xtask test` puts both into `.checkers/`. Where they are not, or neither Chromium nor Java
//! is, these tests say so and pass.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests write a repository and run programs over its site"
)]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use browser::{Browser, Scheme, json};

/// Every kind of page, by the class of its body.
const KINDS: &[&str] = &[
    "badges",
    "chunk",
    "code",
    "decision",
    "decision-index",
    "diagnostics",
    "diagram",
    "document",
    "document-index",
    "drift",
    "file",
    "gap",
    "gap-index",
    "gap-list",
    "home",
    "ledger",
    "not-found",
    "orphans",
    "package",
    "plan",
    "research-index",
    "schema-index",
    "search",
    "section",
    "source",
    "symbol",
    "trace",
    "well-known",
    "whole",
];

const FILES: &[(&str, &str)] = &[
    ("README.md", "# Harbour\n\nHow the harbour is lit. See [the lamp](docs/lamp.md).\n"),
    (
        "docs/lamp.md",
        "---\ntitle: Lamp\ncovers: [GAP-1]\ntags: [light]\n---\n\n# Lamp\n\nA lamp gives light to the \
         quay, and burns oil.[^1] See [[GAP-1]], [[GAP-9]], [the code](../src/lamp.rs#L1-L2), [its \
         parts](../parts/) and research/oil.md (lines 3-4).\n\n[^1]: All night.\n\n## Parts\n\n> \
         [!WARNING]\n> It is hot.\n\n| part | made of |\n|---|---|\n| wick | cotton |\n\n- [x] \
         filled\n- [ ] lit\n\n```rust tab=\"Rust\" {2}\nfn light() {\n    burn(\"oil\", 7); // for a \
         night\n}\n```\n\n```go tab=\"Go\"\nfunc light() { burn(\"oil\") }\n```\n\n```mermaid\nflowchart \
         LR\n  A[Oil] --> B[Light]\n```\n\nAnd $E = mc^2$, and\n\n$$\\sum_{n=1}^{9} n$$\n",
    ),
    ("docs/more/quay.md", "# Quay\n\nThe quay is of stone and long.\n"),
    ("docs/flow.mmd", "flowchart LR\n  A[Ship] --> B[Quay]\n"),
    ("parts/wick.txt.in", "cotton\n"),
    ("src/lamp.rs", "fn light() {\n    burn();\n}\n"),
    (
        "docs/adr/0001-gas.md",
        "# 1. Burn gas\n\nDate: 2026-01-02\n\n## Status\n\nSuperseded by [2. Burn oil](0002-oil.md)\n\n\
         ## Context\n\nGas was near.\n\n## Decision\n\nGas.\n",
    ),
    (
        "docs/adr/0002-oil.md",
        "# 2. Burn oil\n\nDate: 2026-02-03\n\n## Status\n\nAccepted\n\nSupersedes [1. Burn \
         gas](0001-gas.md)\n\n## Context\n\nAs in research/oil.md (lines 3-4), for [[GAP-1]].\n\n## \
         Decision\n\nOil.\n",
    ),
    (
        "gaps/gap-1.md",
        "---\nid: GAP-1\ntitle: No lamp\npriority: P0\nstatus: done\ncategory: light\ntargets: \
         [docs/lamp.md, docs/spare.md]\nevidence: [\"research/oil.md (lines 3-4)\"]\neffort: 2 days\n\
         ---\n\n# No lamp\n\nThe quay is dark. Ships must not land.\n",
    ),
    (
        "wall-gap-analysis.md",
        "# Gap analysis of the wall\n\nThe wall has 3 gaps.\n\n## P0 gaps\n\n### GAP-11: A stone is \
         loose\n\n- **Priority**: P0\n- **Status**: ✅ DONE\n- **Action**: Create docs/stone.md\n\n### \
         GAP-12: The gate is open\n\n- **Priority**: P1\n- **Status**: 40% complete\n- **Action**: \
         Expand docs/lamp.md with gates\n\n## Risks\n\n| Risk | Likelihood | Impact |\n|---|---|---|\n| \
         Flood | high | the wall falls |\n\n## Tasks\n\n- [x] mix mortar\n- [ ] carry stones\n",
    ),
    (
        "research/oil.md",
        "# Notes on oil\n\nOil burns for a night.\nA night has twelve hours.\n\nEvery lamp must be \
         filled by day.\n",
    ),
    (
        "research/chunks/chunk-001.txt",
        "Source Lines: 100-103\n\nWicks are of cotton.\nThey burn.\n",
    ),
    (
        "proto/quay.proto",
        "syntax = \"proto3\";\npackage quay.v1;\nimport \"google/protobuf/timestamp.proto\";\n// A \
         ship that lands.\nmessage Ship {\n  // Its name.\n  string name = 1;\n  \
         google.protobuf.Timestamp landed = 2;\n  oneof cargo {\n    string oil = 3;\n    string \
         stone = 4 [deprecated = true];\n  }\n}\nenum Light { DARK = 0; LIT = 1; }\nservice Quay {\n  \
         rpc Land(Ship) returns (stream Ship);\n}\n",
    ),
];

/// The site of [`FILES`], with one page of each kind by its name.
fn site() -> (tempfile::TempDir, BTreeMap<String, PathBuf>) {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in FILES {
        let path = folder.path().join("harbour").join(name);
        fs::create_dir_all(path.parent().expect("below the root")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    let out = folder.path().join("site");
    let run = Command::new(env!("CARGO_BIN_EXE_lacuna"))
        .args(["build", "-q", "-o"])
        .arg(&out)
        .arg(folder.path().join("harbour"))
        .output()
        .expect("the program starts");
    assert!(matches!(run.status.code(), Some(0 | 1)), "{run:?}");
    let mut pages = Vec::new();
    collect(&out, &mut pages);
    pages.sort();
    let mut kinds = BTreeMap::new();
    for page in pages {
        let html = fs::read_to_string(&page).expect("a page is text");
        // Pages that only lead on have no class.
        let class =
            html.split("<body class=\"page-").nth(1).and_then(|rest| rest.split('"').next());
        if let Some(class) = class {
            kinds.entry(class.to_owned()).or_insert(page);
        }
    }
    let found: Vec<&str> = kinds.keys().map(String::as_str).collect();
    assert_eq!(found, KINDS, "the site has a page of every kind");
    (folder, kinds)
}

fn collect(folder: &Path, pages: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of the site") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, pages);
        } else if path.extension().is_some_and(|extension| extension == "html") {
            pages.push(path);
        }
    }
}

/// A file of a checker, or what to say where it is not.
fn checker(file: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(".checkers/node_modules").join(file);
    if path.is_file() {
        return Some(path);
    }
    eprintln!("skipped: no {}; `cargo xtask test` fetches it", path.display());
    None
}

#[test]
fn axe_finds_nothing_on_any_kind_of_page() {
    let Some(axe) = checker("axe-core/axe.min.js") else { return };
    let Some(browser) = Browser::find() else { return eprintln!("skipped: no Chromium") };
    let axe = fs::read_to_string(axe).expect("the checker is text");
    let (_folder, kinds) = site();
    let tab = browser.tab();
    let mut faults = Vec::new();
    for scheme in [Scheme::Light, Scheme::Dark] {
        tab.prefer(scheme);
        for (kind, page) in &kinds {
            tab.goto(&format!("file://{}", page.display()));
            if kind == "whole" {
                tab.wait_for("document.querySelector('.graph-view svg')");
            }
            assert_eq!(tab.complaints(), [""; 0], "{kind}");
            tab.eval(&format!("{axe}; 0"));
            let found = tab.eval(
                "axe.run(document, {resultTypes: ['violations'], preload: false}).then(r => r.violations.map(v => \
                 v.id + ': ' + v.nodes.map(n => n.html.slice(0, 200)).slice(0, 3).join(' and ')))",
            );
            let found = found.as_array().expect("a list");
            faults.extend(found.iter().map(|fault| format!("{kind}, {scheme:?}: {fault}")));
            // From a folder, axe cannot fetch the style sheet that the page has loaded.
            tab.complaints();
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert_eq!(tab.eval("typeof axe.version"), json!("string"));
}

#[test]
fn the_markup_of_every_kind_of_page_is_valid() {
    let Some(jar) = checker("vnu-jar/build/dist/vnu.jar") else { return };
    let (_folder, kinds) = site();
    let run = Command::new("java")
        .args(["-jar"])
        .arg(jar)
        .args(["--stdout", "--format", "gnu"])
        .args(kinds.values())
        .output();
    let Ok(run) = run else { return eprintln!("skipped: no Java") };
    let said = String::from_utf8_lossy(&run.stdout);
    // A file has no host, so that to the checker nothing comes from the page's own.
    let is_fault = |line: &&str| {
        let told = line.contains(" error: ") || line.contains(" warning: ");
        told && !line.contains("Content Security Policy")
    };
    let faults: Vec<&str> = said.lines().filter(is_fault).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(said.contains("Content Security Policy") || run.status.success(), "{run:?}");
}
