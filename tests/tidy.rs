//! The rules of the house, read from the source: floors, first lines, sizes, names, and a page for
//! every diagnostic code.

#![expect(clippy::disallowed_methods, reason = "this test reads the project's own source files")]

use std::path::{Path, PathBuf};

/// Every module at the top of `src/` and the floor it stands on.
const FLOORS: &[(&str, u8)] = &[
    ("text", 0),
    ("path", 0),
    ("diag", 0),
    ("model", 1),
    ("world", 1),
    ("external", 1),
    ("read", 2),
    ("graph", 3),
    ("evidence", 3),
    ("check", 4),
    ("compare", 4),
    ("page", 4),
    ("render", 5),
    ("search", 5),
    ("engine", 6),
    ("cli", 7),
    ("serve", 7),
];

/// Neighbours on one floor that must not know each other.
const STRANGERS: &[(&str, &str)] = &[
    ("check", "page"),
    ("page", "check"),
    ("compare", "check"),
    ("compare", "page"),
    ("check", "compare"),
    ("render", "search"),
    ("search", "render"),
];

/// Names that say nothing of what a module is about.
const EMPTY_NAMES: &[&str] = &["utils", "util", "common", "helpers", "helper", "misc"];

const MOST_LINES: usize = 600;

/// One file of `src/`.
struct Source {
    /// Path below `src/`, with `/` between the parts.
    path: String,
    text: String,
}

impl Source {
    /// The top module this file belongs to; none for `lib.rs` and `main.rs`, which see all.
    fn module(&self) -> Option<&str> {
        let first = self.path.split('/').next().unwrap_or_default();
        let name = first.strip_suffix(".rs").unwrap_or(first);
        (!matches!(name, "lib" | "main")).then_some(name)
    }

    /// Whether `super::` in this file means the crate's root.
    fn is_below_root(&self) -> bool {
        let parts: Vec<&str> = self.path.split('/').collect();
        parts.len() == 1 || (parts.len() == 2 && parts[1] == "mod.rs")
    }
}

#[test]
fn every_file_says_first_what_it_is() {
    assert_none(sources().iter().filter(|file| !file.text.starts_with("//!")).map(|file| {
        format!("src/{}: the first line must be a `//!` that says what the file is", file.path)
    }));
}

#[test]
fn files_stay_readable_in_one_sitting() {
    assert_none(sources().iter().filter_map(|file| {
        let lines = file.text.lines().count();
        (lines > MOST_LINES)
            .then(|| format!("src/{}: {lines} lines, at most {MOST_LINES}", file.path))
    }));
}

#[test]
fn module_names_mean_something() {
    assert_none(sources().iter().flat_map(|file| {
        file.path
            .split('/')
            .map(|part| part.strip_suffix(".rs").unwrap_or(part))
            .filter(|name| EMPTY_NAMES.contains(name))
            .map(|name| format!("src/{}: `{name}` says nothing of what is in it", file.path))
            .collect::<Vec<_>>()
    }));
}

#[test]
fn imports_go_down() {
    let mut faults = Vec::new();
    for file in sources() {
        let Some(module) = file.module() else { continue };
        let Some(own) = floor(module) else {
            faults.push(format!("src/{}: `{module}` has no floor in tests/tidy.rs", file.path));
            continue;
        };
        for (line, used) in uses(&file) {
            let Some(other) = floor(&used) else { continue };
            let strangers = STRANGERS.contains(&(module, used.as_str()));
            if other > own || strangers {
                faults.push(format!(
                    "src/{}:{line}: `{module}` (floor {own}) may not use `{used}` (floor {other})",
                    file.path
                ));
            }
        }
    }
    assert_none(faults);
}

#[test]
fn every_diagnostic_code_has_a_page() {
    let codes = sources()
        .into_iter()
        .find(|file| file.path == "diag/codes.rs")
        .expect("src/diag/codes.rs declares the codes");
    let names: Vec<&str> = code_names(&codes.text);
    assert!(!names.is_empty(), "no `name: \"…\"` was found in src/diag/codes.rs");

    let pages = source_root().join("diag/docs");
    let mut faults = Vec::new();
    for (index, name) in names.iter().enumerate() {
        if names[..index].contains(name) {
            faults.push(format!("`{name}` is declared twice"));
        }
        let page = pages.join(format!("{name}.md"));
        if std::fs::read_to_string(&page).map_or(true, |text| text.trim().is_empty()) {
            faults.push(format!("`{name}` has no text in src/diag/docs/{name}.md"));
        }
    }
    for page in files_below(&pages) {
        let stem = page.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        if let Some(stem) = stem.filter(|stem| !names.contains(&stem.as_str())) {
            faults.push(format!("src/diag/docs/{stem}.md describes a code that does not exist"));
        }
    }
    assert_none(faults);
}

#[test]
fn the_scan_for_imports_sees_every_spelling() {
    let file = |path: &str, text: &str| Source { path: path.to_owned(), text: text.to_owned() };
    let used = |path, text| -> Vec<String> {
        uses(&file(path, text)).into_iter().map(|(_, module)| module).collect()
    };
    assert_eq!(used("a.rs", "use crate::text::Span;"), ["text"]);
    assert_eq!(used("a.rs", "let x = crate::render::page(1);"), ["render"]);
    assert_eq!(
        used("a.rs", "use crate::{\n    diag::{self, Code},\n    page,\n};"),
        ["diag", "page"]
    );
    assert_eq!(used("page/mod.rs", "use super::render;"), ["render"]);
    assert!(used("page/gap.rs", "use super::render;").is_empty());
    assert!(used("a.rs", "/// See [`crate::render::page`].\n// crate::cli::run").is_empty());
}

fn floor(module: &str) -> Option<u8> {
    FLOORS.iter().find(|(name, _)| *name == module).map(|(_, floor)| *floor)
}

/// The top modules a file names, with the line of each; comments are no imports.
fn uses(file: &Source) -> Vec<(usize, String)> {
    let mut code = String::with_capacity(file.text.len());
    for line in file.text.lines() {
        if !line.trim_start().starts_with("//") {
            code.push_str(line);
        }
        code.push('\n');
    }
    let roots: &[&str] = if file.is_below_root() { &["crate::", "super::"] } else { &["crate::"] };
    let mut found = Vec::new();
    for root in roots {
        for (at, _) in code.match_indices(root) {
            // `$crate::` and `::crate::` mean the same; `my_crate::` is another word.
            let before = code[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
                continue;
            }
            let line = code[..at].matches('\n').count() + 1;
            for module in first_words(&code[at + root.len()..]) {
                found.push((line, module));
            }
        }
    }
    found
}

/// `a` of `a::b`; `a` and `c` of `{a::b, c::{d, e}}`.
fn first_words(path: &str) -> Vec<String> {
    let word = |text: &str| -> String {
        text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
    };
    let Some(group) = path.strip_prefix('{') else { return vec![word(path)] };
    let mut words = vec![word(group)];
    let mut depth = 1;
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => words.push(word(&group[at + 1..])),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    words.retain(|found| !found.is_empty());
    words
}

fn code_names(text: &str) -> Vec<&str> {
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .filter_map(|line| line.split_once("name: \""))
        .filter_map(|(_, rest)| rest.split_once('"'))
        .map(|(name, _)| name)
        .collect()
}

fn source_root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// All `.rs` files of `src/`, in the order of their paths.
fn sources() -> Vec<Source> {
    let root = source_root();
    files_below(&root)
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("a source file is readable text");
            let below = path.strip_prefix(&root).expect("the walk stays below its root");
            Source { path: below.to_string_lossy().replace('\\', "/"), text }
        })
        .collect()
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("a folder of the project is readable").path())
        .collect();
    entries.sort();
    entries
        .into_iter()
        .flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] })
        .collect()
}

fn assert_none(faults: impl IntoIterator<Item = String>) {
    let faults: Vec<String> = faults.into_iter().collect();
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}
