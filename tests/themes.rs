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

/// A theme is trusted, and what it shows is not: an address that it takes from a text may run something.
#[test]
fn an_address_that_a_theme_takes_from_a_text_does_not_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    write("README.md", "# javascript:alert(1)\n\nWords.\n");
    write("lacuna.toml", "theme = \"own\"\n");
    write(
        "themes/own/document.html",
        "{% extends \"base.html\" %}{% block content %}<a href=\"{{ frame.title }}\">{{ frame.title }}</a>\
         <a href='mailto:{{ frame.title }}'>write</a>{% endblock %}",
    );
    let run = Command::new(env!("CARGO_BIN_EXE_lacuna"))
        .arg("build")
        .arg(folder.path())
        .output()
        .expect("the program starts");
    let said = String::from_utf8_lossy(&run.stderr);
    assert_eq!(run.status.code(), Some(1), "{said}");
    assert!(said.contains("error[template-error]: an address in `href` would run"), "{said}");
    let page = fs::read_to_string(folder.path().join("site/README.html")).expect("a page");
    assert!(page.contains("<a href=\"#\">javascript:alert(1)</a>"), "{page}");
    assert!(page.contains("<a href='mailto:javascript:alert(1)'>write</a>"), "{page}");
}
