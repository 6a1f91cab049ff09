//! Each diagnostic code has a page on the site, and what is found leads there.

use super::*;

#[test]
fn the_page_of_diagnostics_leads_to_the_page_of_each_code() {
    let folder = project(&[
        ("a.md", "# A\n\n[x](gone.md)\n"),
        // It may have a folder of the same name.
        ("codes/broken-link.md", "# Ours\n\nAbout links.\n"),
    ]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_lacuna"));
    let run = command.args(["build", "-q"]).current_dir(folder.path()).output().expect("it starts");
    assert_eq!(code(&run), Some(1), "{}", stderr(&run));
    let read = |path: &str| {
        let text = std::fs::read_to_string(folder.path().join("site").join(path));
        // Templates write a slash of an address as a reference.
        text.unwrap_or_else(|error| panic!("{path}: {error}")).replace("&#x2f;", "/")
    };
    let diagnostics = read("diagnostics.html");
    let all: Vec<&str> = lacuna::diag::codes::ALL.iter().map(|code| code.name).collect();
    for name in &all {
        assert!(diagnostics.contains(&format!("href=\"codes/{name}.html\"")), "{name}");
        let page = read(&format!("codes/{name}.html"));
        assert!(page.contains("How to mend it") && page.contains("../diagnostics.html"), "{name}");
        let twin = read(&format!("codes/{name}.md"));
        assert!(twin.contains("## How to mend it"), "{name}: {twin}");
    }
    assert!(read("codes/broken-link-2.html").contains("About links"));
    assert!(read("diagnostics.md").contains("(codes/broken-link.md)"));
}
