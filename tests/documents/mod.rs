//! Tests as documents: a folder of Markdown files that tell a behaviour in prose, hold the input in
//! fences, and beneath it what is found. `LACUNA_BLESS=1` writes what is found anew; read the
//! difference before you keep it.

#![expect(clippy::disallowed_methods, reason = "the documents are files of the repository")]

use std::path::{Path, PathBuf};

/// Holds every document of a folder of the repository to what `bless` makes of it: the document
/// with the findings of today.
pub fn check(folder: &str, bless: impl Fn(&str) -> String) {
    let documents = documents(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
    assert!(!documents.is_empty(), "{folder} holds no documents");
    let mut faults = Vec::new();
    for path in documents {
        let text = std::fs::read_to_string(&path).expect("a document is readable");
        let blessed = bless(&text);
        if blessed == text {
            continue;
        }
        if std::env::var_os("LACUNA_BLESS").is_some() {
            std::fs::write(&path, blessed).expect("a document is writable");
        } else {
            faults.push(format!("{}:\n{}", path.display(), difference(&text, &blessed)));
        }
    }
    assert!(faults.is_empty(), "{}\nLACUNA_BLESS=1 accepts this\n", faults.join("\n"));
}

fn documents(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder of the documents is there");
    let mut paths: Vec<PathBuf> =
        entries.map(|entry| entry.expect("the folder is readable").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    paths.sort();
    paths
}

fn difference(old: &str, new: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let gone = old.iter().filter(|line| !new.contains(line)).map(|line| format!("- {line}"));
    let come = new.iter().filter(|line| !old.contains(line)).map(|line| format!("+ {line}"));
    gone.chain(come).collect::<Vec<_>>().join("\n")
}
