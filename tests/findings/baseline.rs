//! The baseline sets aside what is known, and only shrinks.

use super::*;

const FILE: &str = "lacuna-baseline.json";
const ONE: &str = "# A\n\n[x](gone.md)\n";
const TWO: &str = "# A\n\n[x](gone.md)\n\n[y](away.md)\n";

fn baseline(folder: &Path) -> serde_json::Value {
    let text = std::fs::read_to_string(folder.join(FILE)).expect("it was written");
    serde_json::from_str(&text).expect("JSON")
}

#[test]
fn only_new_findings_fail_and_it_only_shrinks() {
    let folder = project(&[("a.md", ONE)]);
    let at = folder.path();
    assert_eq!(code(&check(at, &["--baseline", FILE])), Some(2), "there is none");
    let run = check(at, &["--baseline", FILE, "--write-baseline"]);
    assert_eq!(code(&run), Some(0), "{}", stderr(&run));
    assert_eq!(baseline(at)["version"], 1);
    assert_eq!(baseline(at)["findings"][0]["count"], 1);

    // Known, on another line.
    put(at, "a.md", "# A\n\nMore words.\n\n[x](gone.md)\n");
    let run = check(at, &["--baseline", FILE, "--format", "concise"]);
    assert_eq!((code(&run), stdout(&run).as_str()), (Some(0), ""));
    assert!(stderr(&run).contains("1 known finding set aside"), "{}", stderr(&run));

    // A new one fails, and is not added without the word for it.
    put(at, "a.md", TWO);
    let run = check(at, &["--baseline", FILE, "--format", "concise", "--write-baseline"]);
    assert_eq!(code(&run), Some(1));
    assert!(stdout(&run).contains("away.md") && !stdout(&run).contains("gone.md"));
    assert_eq!(baseline(at)["findings"].as_array().map(Vec::len), Some(1));
    assert!(stderr(&run).contains("1 new not added"), "{}", stderr(&run));
    let run = check(at, &["--baseline", FILE, "--write-baseline", "--accept-new"]);
    assert_eq!(code(&run), Some(0));
    assert_eq!(baseline(at)["findings"].as_array().map(Vec::len), Some(2));

    // What is gone is told, and removed on request.
    put(at, "a.md", ONE);
    let run = check(at, &["--baseline", FILE]);
    assert_eq!(code(&run), Some(0));
    assert!(stderr(&run).contains("can be removed: a.md: broken-link"), "{}", stderr(&run));
    let report = json(&check(at, &["--baseline", FILE, "--format", "json"]));
    assert_eq!(report["baseline"]["known"], 1);
    assert_eq!(report["baseline"]["gone"][0]["count"], 1);
    check(at, &["--baseline", FILE, "--write-baseline"]);
    assert_eq!(baseline(at)["findings"].as_array().map(Vec::len), Some(1));

    // A second link like the known one is new.
    put(at, "a.md", "# A\n\n[x](gone.md)\n\n[x](gone.md)\n");
    let run = check(at, &["--baseline", FILE, "--format", "concise"]);
    assert_eq!(code(&run), Some(1));
    assert_eq!(stdout(&run).lines().count(), 1, "{}", stdout(&run));
}

#[test]
fn a_file_that_cannot_be_trusted_is_refused() {
    let folder = project(&[("a.md", ONE)]);
    for (text, said) in [
        ("{\"version\": 2, \"findings\": []}", "has version 2, and this program reads 1"),
        ("<<<<<<< HEAD\n{}", "it is damaged"),
        ("", "it is damaged"),
    ] {
        put(folder.path(), FILE, text);
        for arguments in [&["--baseline", FILE][..], &["--baseline", FILE, "--write-baseline"]] {
            let run = check(folder.path(), arguments);
            assert_eq!(code(&run), Some(2), "{text}");
            assert!(stderr(&run).contains(said), "{}", stderr(&run));
            assert!(stderr(&run).contains("help:"), "{}", stderr(&run));
        }
        let after = std::fs::read_to_string(folder.path().join(FILE)).expect("it is there");
        assert_eq!(after, text, "it is left as it was");
    }
    let run = check(folder.path(), &["--write-baseline"]);
    assert_eq!(code(&run), Some(2), "there is no file to write to");
}
