//! A fault of the program in one page, from the command line to the files of the site.

#![expect(clippy::disallowed_methods, reason = "a project is written and its site is read")]

use std::fs;

use clap::Parser;

use super::*;
use crate::cli::args::Cli;

/// P34 of `content/guide/hostile-content.md`: from nothing, and with what that build left.
#[test]
fn a_page_that_panics_fails_the_run_and_the_site_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("lamps");
    for (path, text) in [
        ("docs/lamp.md", "# The lamp\n"),
        ("gaps/g-1.md", "---\nid: G-1\ntitle: No bulb\ntargets: [docs/bulb.md]\n---\nNone.\n"),
        ("themes/default/gap.html", "{{ fault_on_purpose() }}"),
    ] {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("below the root")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    let page = |name: &str| fs::read_to_string(root.join("site").join(name)).expect("a page");
    let run = || {
        let root = root.to_str().expect("a path of ASCII");
        let cli = Cli::try_parse_from(["lacuna", "build", "-q", root]).expect("arguments");
        crate::cli::run(&cli).expect("the work is done")
    };
    for round in ["cold", "warm"] {
        assert_eq!(run(), Exit::Findings, "{round}");
        assert!(page("gaps/g-1.html").contains("cannot be made"), "{round}");
        assert!(page("docs/lamp.html").contains("The lamp"), "{round}");
        assert!(page("diagnostics.html").contains("page-failed"), "{round}");
    }
    fs::remove_dir_all(root.join("themes")).expect("a folder");
    assert_eq!(run(), Exit::Clean, "mended");
    assert!(page("gaps/g-1.html").contains("No bulb"));
}
