//! A second theme: the one of the guide, which lies in `themes/plain` of this repository.

#![expect(
    clippy::disallowed_methods,
    reason = "this test copies a theme, writes a project and runs the program"
)]

use std::{fs, path::Path, process::Command};

/// Builds a project of one document with a theme, and gives the folder of its site.
fn site(theme: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    let plain = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/plain");
    for part in ["", "assets"] {
        let to = root.join("themes/plain").join(part);
        fs::create_dir_all(&to).expect("a folder");
        for entry in fs::read_dir(plain.join(part)).expect("the theme of this repository") {
            let entry = entry.expect("an entry");
            if entry.path().is_file() {
                fs::copy(entry.path(), to.join(entry.file_name())).expect("a copy");
            }
        }
    }
    fs::create_dir_all(root.join("docs")).expect("a folder");
    fs::write(root.join("docs/lamp.md"), "# Lamp\n\nIt gives light.\n").expect("a file");
    fs::write(root.join("README.md"), "# Quay\n\nSee [the lamp](docs/lamp.md).\n").expect("a file");
    fs::write(root.join("lacuna.toml"), theme).expect("a file");
    let run = Command::new(env!("CARGO_BIN_EXE_lacuna"))
        .args(["build", "--strict"])
        .arg(root)
        .output()
        .expect("the program starts");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    folder
}

#[test]
fn a_theme_of_three_files_changes_what_it_holds_and_nothing_else() {
    let (default, plain) = (site(""), site("theme = \"plain\"\n"));
    let text = |folder: &tempfile::TempDir, route: &str| {
        let text = fs::read_to_string(folder.path().join("site").join(route));
        text.unwrap_or_default().replace("&#x2f;", "/")
    };
    let added = "<link rel=\"stylesheet\" href=\"../assets/plain.css\">";
    let page = text(&plain, "docs/lamp.html");
    assert!(page.contains(added), "{page}");
    let project = |folder: &tempfile::TempDir| {
        let name = folder.path().file_name().expect("a name").to_string_lossy().into_owned();
        move |page: String| page.replace(&name, "project")
    };
    let others = project(&plain)(page).replace(added, "");
    assert_eq!(others, project(&default)(text(&default, "docs/lamp.html")));
    assert!(text(&plain, "404.html").contains("It may have been renamed"));
    assert!(text(&plain, "assets/plain.css").contains("--measure"));
    assert_eq!(text(&plain, "assets/lacuna.css"), text(&default, "assets/lacuna.css"));
    assert_eq!(text(&default, "assets/plain.css"), "");
}
