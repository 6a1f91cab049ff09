//! Levels by code and folder.

use super::*;

const LINK: &str = "# A\n\n[x](gone.md)\n";

#[test]
fn a_folder_has_levels_of_its_own() {
    let folder = project(&[
        ("docs/new/a.md", LINK),
        ("docs/old/b.md", LINK),
        ("docs/old/kept/c.md", LINK),
        (
            "lacuna.toml",
            "[diagnostics]\nbroken-link = 'warning'\n\
             [[diagnostics.folder]]\npath = 'docs/old'\nbroken-link = 'off'\n\
             [[diagnostics.folder]]\npath = 'docs/old/kept'\nbroken-link = 'error'\n",
        ),
    ]);
    let run = check(folder.path(), &["--format", "json"]);
    assert_eq!(code(&run), Some(1));
    let report = json(&run);
    let told: Vec<(&str, &str)> = report["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .filter(|finding| finding["code"] == "broken-link")
        .map(|f| (f["path"].as_str().expect("a path"), f["severity"].as_str().expect("a word")))
        .collect();
    assert_eq!(told, [("docs/new/a.md", "warning"), ("docs/old/kept/c.md", "error")]);
}
