//! Names and bytes as they come: every file has a working page or a clear message.

use std::{ffi::OsStr, os::unix::ffi::OsStrExt};

use super::{
    inert,
    project::{Project, files, page, put},
};

/// P41: odd names give pages that can be reached, or messages.
#[test]
fn odd_names_give_pages_or_messages() {
    let long = format!("{}.md", "n".repeat(252));
    let accents = format!("{}.md", "\u{e9}".repeat(126));
    let names: Vec<&str> = vec![
        "new\nline.md",
        "quo\"te.md",
        "apos'trophe.md",
        "<b>.md",
        "-dash.md",
        "trailing .md",
        "dot..md",
        "\u{1f600}.md",
        "per%20cent.md",
        "ha#sh.md",
        "ques?tion.md",
        "am&p.md",
        "col:on.md",
        "semi;colon.md",
        "tab\tname.md",
        "\u{202e}rtl.md",
        "space in.md",
        "<img src=x onerror=window.__pwn=1>.md",
        "a[b](c).md",
        "$(id).md",
        "`id`.md",
        "{{7*7}}.md",
        "javascript:x.md",
        "nul.txt.md",
        &long,
        &accents,
    ];
    let mut index = String::from("# Index\n\n");
    let project = Project::new([("README.md", "# Home\n")]);
    for (n, name) in names.iter().enumerate() {
        project.write(&format!("docs/{name}"), format!("# Name {n}\n\nBody {n}.\n"));
        let encoded: String = name.bytes().map(|byte| format!("%{byte:02x}")).collect();
        index.push_str(&format!("[n{n}]({encoded})\n"));
    }
    project.write("docs/index.md", index);
    let odd = OsStr::from_bytes(b"docs/bad\xff.md");
    put(&project.root().join(odd), "# Bad\n");
    put(&project.root().join("docs/back\\slash.md"), "# Back\n");
    let run = project.build();
    run.assert_code(1);
    run.assert_says(&["bad", "back", "not UTF-8 or holds a backslash"]);
    let site = files(&project.out());
    let faults = inert::faults(&site);
    assert!(faults.is_empty(), "{faults:?}");
    for (n, name) in names.iter().enumerate() {
        let has = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).contains(&format!("Body {n}."));
        let shown = site.iter().filter(|(route, _)| route.ends_with(".html")).any(|(_, b)| has(b));
        assert!(shown, "`{name}` has no page: {}", run.err);
    }
    assert!(!run.err.contains("broken-link"), "{}", run.err);
    let export = super::project::run(&mut project.command(&["export"]));
    serde_json::from_str::<serde_json::Value>(&export.out).expect("the export is JSON");
}

/// P42: encodings and line ends.
#[test]
fn bytes_of_every_kind_are_read_or_told() {
    let utf16: Vec<u8> = "\u{feff}# A\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("docs/latin.md", b"# Caf\xe9\n\nText.\n".to_vec()),
        ("docs/utf16.md", utf16),
        ("docs/bom.md", b"\xef\xbb\xbf---\ntitle: Bom\n---\n# X\n\nText.\n".to_vec()),
        ("docs/cr.md", b"# Cr\r\rText.\r".to_vec()),
        ("docs/mixed.md", b"# Mixed\r\n\r\nText.\n\rMore.\r\n".to_vec()),
        ("docs/nul.md", b"# Nul\0\n".to_vec()),
        ("docs/end.md", b"# End\n\nno end".to_vec()),
        ("docs/empty.md", Vec::new()),
        ("docs/surrogate.md", b"# \xed\xa0\x80\n".to_vec()),
        ("docs/overlong.md", b"# \xc0\xae\xc0\xae/\n".to_vec()),
    ];
    let project = Project::new(cases);
    let run = project.check();
    run.assert_graceful();
    run.assert_says(&["invalid-utf8", "docs/latin.md:1", "docs/surrogate.md", "docs/overlong.md"]);
    run.assert_says(&["docs/nul.md", "NUL at byte 5", "docs/utf16.md", "UTF-16 is not read"]);
    let site = project.site();
    assert!(page(&site, "docs/bom.html").contains("<title>Bom"));
    assert!(page(&site, "docs/end.html").contains("no end"));
    assert!(inert::faults(&site).is_empty());
}

/// P42: a tree with the line ends of Windows is the same site, but for what shows files by their
/// lines as they are.
#[test]
fn line_ends_of_windows_change_no_page() {
    let sources = [
        ("README.md", "# Home\n\nSee [a](docs/a.md).\nA second line.\n\n> a quote\n> of two\n"),
        (
            "docs/a.md",
            "---\nid: A-1\ntitle: A\n---\n# A\n\n```rust\nfn a() {}\n```\n\n| a |\n|---|\n| b |\n\n- x\n  y\n",
        ),
        (
            "gaps/g.md",
            "---\nid: G-1\ntitle: T\npriority: P1\ntargets: [docs/a.md]\n---\n\nText\nof two lines.\n",
        ),
        ("adr/0001-x.md", "# 1. X\n\n## Status\n\nAccepted\n\n## Decision\n\nYes.\nVery.\n"),
    ];
    let site = |end: &str| {
        let project = Project::new(sources.map(|(path, text)| (path, text.replace('\n', end))));
        let mut site = project.site();
        site.retain(|route, _| route.ends_with(".html") && !route.ends_with(".lines.html"));
        site
    };
    let (unix, windows) = (site("\n"), site("\r\n"));
    assert_eq!(unix.keys().collect::<Vec<_>>(), windows.keys().collect::<Vec<_>>());
    for (route, bytes) in &unix {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace('\r', "");
        assert_eq!(text(bytes), text(&windows[route]), "{route}");
    }
}

/// P43, P44: two sources for one address are an error that names both, and both are shown; letter case
/// and ways of writing one letter do not count, on any system.
#[test]
fn two_files_for_one_address_are_an_error() {
    for (one, other) in [
        ("docs/b.md", "docs/b.markdown"),
        ("docs/Foo.md", "docs/foo.md"),
        ("docs/caf\u{e9}.md", "docs/cafe\u{301}.md"),
        ("docs/stra\u{df}e.md", "docs/STRASSE.md"),
        ("README.md", "index.md"),
        ("badges.md", "docs/x.md"),
        ("gaps/index.md", "docs/x.md"),
        ("decisions/index.md", "docs/x.md"),
        ("search.md", "docs/x.md"),
        ("404.md", "docs/x.md"),
    ] {
        let project = Project::new([
            (one, "# One\n\nThe first of two.\n"),
            (other, "# Two\n\nThe second of two.\n"),
        ]);
        let run = project.build();
        run.assert_graceful();
        let site = files(&project.out());
        for words in ["The first of two.", "The second of two."] {
            let has = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).contains(words);
            let shown = site.iter().any(|(route, b)| route.ends_with(".html") && has(b));
            assert!(shown, "{one} and {other}: `{words}` is lost");
        }
        let mut folded: Vec<String> = site.keys().map(|route| route.to_lowercase()).collect();
        folded.sort();
        folded.dedup();
        assert_eq!(folded.len(), site.len(), "{one} and {other}");
        let at_root = ["README.md"].contains(&one);
        if !at_root {
            run.assert_code(1);
            run.assert_says(&["duplicate-route"]);
        }
    }
}

/// P40: links of the file system that lead to themselves are named like others.
#[test]
fn links_that_lead_in_circles_are_named() {
    use std::os::unix::fs::symlink;
    let project = Project::new([("docs/a.md", "# A\n\n[x](self.md) [y](chain40.md)\n")]);
    let docs = project.root().join("docs");
    symlink("self.md", docs.join("self.md")).expect("a link");
    symlink(".", docs.join("here")).expect("a link");
    symlink("..", docs.join("up")).expect("a link");
    symlink("two", docs.join("one")).expect("a link");
    symlink("one", docs.join("two")).expect("a link");
    symlink("a.md", docs.join("chain0.md")).expect("a link");
    for n in 1..=41 {
        symlink(format!("chain{}.md", n - 1), docs.join(format!("chain{n}.md"))).expect("a link");
    }
    let run = super::project::run(&mut project.command(&["check", "-v"]));
    run.assert_code(1);
    run.assert_says(&[
        "symlink-skipped",
        "docs/self.md",
        "docs/here",
        "docs/one",
        "docs/chain41.md",
    ]);
    let root = Project::new([("x.md", "# X\n")]);
    symlink(root.root(), project.beside("looked")).expect("a link");
    symlink("loop", project.beside("loop")).expect("a link");
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_lacuna"));
    command.arg("check").arg(project.beside("loop"));
    super::project::run(&mut command).assert_code(2);
}

/// Files that are neither files nor folders are told, and waited for by nobody.
#[test]
fn pipes_are_not_waited_for() {
    let project = Project::new([("a.md", "# A\n\n![x](pipe.png) [y](pipe.md)\n")]);
    for name in ["pipe.md", "pipe.png", "lacuna.lock"] {
        let made = std::process::Command::new("mkfifo").arg(project.root().join(name)).status();
        if !made.is_ok_and(|status| status.success()) {
            return eprintln!("skipped: no mkfifo");
        }
    }
    let run = project.check();
    run.assert_code(1);
    run.assert_says(&["pipe.md", "neither a file nor a folder"]);
}
