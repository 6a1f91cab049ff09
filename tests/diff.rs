//! `lacuna diff`: two revisions of a scripted repository, in every form, and every bad input.

#![expect(clippy::disallowed_methods, reason = "these tests damage repositories on purpose")]

mod schema;
mod scripted;

use schema::Schema;
use scripted::{Repository, lacuna, stderr, stdout};
use serde_json::Value;

const PROSE: &str = "The keeper writes down what the sea does, hour after hour, and what follows \
    from it for the boats, so that nobody has to remember it or to guess it in the night. ";

/// A project with one gap that is filled and one that is open, a schema and a decision.
fn harbour() -> Option<Repository> {
    let repository = Repository::new()?;
    repository.write(
        "research/notes.txt",
        "Notes\nLamps burn for 12 hours.\nOil is kept in 3 barrels.\nEnd\n",
    );
    repository.write(
        "gaps/h-1.md",
        "---\nid: H-1\ntitle: Lamp oil\npriority: P0\nevidence: [\"research/notes.txt (lines 2-3)\"]\n\
         targets: [\"docs/lamps.md#oil\"]\n---\nNobody says where the oil is.\n",
    );
    repository.write(
        "gaps/h-2.md",
        "---\nid: H-2\ntitle: Tides\npriority: P1\ntargets: [docs/tides.md]\n---\nNo tables.\n",
    );
    repository.write(
        "docs/lamps.md",
        &format!(
            "---\ncovers: [H-1]\n---\n# Lamps\n\n{PROSE}\n\n## Oil\n\n{PROSE}\n\
             It is kept in 3 barrels, see notes.txt (lines 2-3).\n"
        ),
    );
    repository.write(
        "adr/0001-oil.md",
        "# 1. Burn oil\n\n## Status\n\nAccepted\n\n## Context\n\nIt is dark.\n",
    );
    repository.write(
        "proto/sea.proto",
        "syntax = \"proto3\";\npackage sea.v1;\n\nmessage Tide {\n  string id = 1;\n  \
         int64 at = 2;\n  repeated string ports = 3;\n  Kind kind = 4;\n}\n\n\
         enum Kind {\n  KIND_UNSPECIFIED = 0;\n  KIND_HIGH = 1;\n  KIND_LOW = 2;\n}\n\n\
         service Tides {\n  rpc Get(Tide) returns (Tide);\n  rpc Watch(Tide) returns (stream Tide);\n}\n",
    );
    repository.commit("The harbour as it is");
    Some(repository)
}

/// The tides are written, the oil is forgotten, a gap comes to light, the schema breaks.
fn change(repository: &Repository) {
    repository
        .write("docs/tides.md", &format!("# Tides\n\nThis answers [[H-2]]. {PROSE}{PROSE}\n"));
    repository.write("docs/lamps.md", &format!("---\ncovers: [H-1]\n---\n# Lamps\n\n{PROSE}\n"));
    repository.write(
        "gaps/h-3.md",
        "---\nid: H-3\ntitle: \"Gulls @everyone | <b>\"\npriority: P2\ntargets: [docs/gulls.md]\n---\nx\n",
    );
    repository.replace("adr/0001-oil.md", "Accepted", "Superseded by [2](0002-gas.md)");
    repository.write(
        "adr/0002-gas.md",
        "# 2. Burn gas\n\n## Status\n\nAccepted\n\nSupersedes [1](0001-oil.md)\n\n## Context\n\nOil ends.\n",
    );
    repository.replace("proto/sea.proto", "int64 at = 2", "string at = 2");
    repository.replace("proto/sea.proto", "repeated string ports = 3", "bytes hash = 3");
    repository.replace("proto/sea.proto", "  KIND_LOW = 2;\n", "");
    repository.replace("proto/sea.proto", "  rpc Watch(Tide) returns (stream Tide);\n", "");
    repository.replace("proto/sea.proto", "Kind kind = 4;", "Kind kind = 4;\n  string note = 5;");
}

fn json(repository: &Repository, arguments: &[&str]) -> (Option<i32>, Value) {
    let run = lacuna(repository.root(), &[&["diff", "--format", "json"], arguments].concat());
    let value = serde_json::from_str(&stdout(&run)).unwrap_or_else(|error| {
        panic!("{error}: {} {}", stdout(&run), stderr(&run));
    });
    (run.status.code(), value)
}

fn ids(value: &Value, list: &str) -> Vec<String> {
    let list = value["gaps"][list].as_array().expect("a list");
    list.iter().map(|gap| gap["id"].as_str().expect("an id").to_owned()).collect()
}

#[test]
fn the_same_files_are_no_difference() {
    let Some(repository) = harbour() else { return };
    let run = lacuna(repository.root(), &["diff", "main"]);
    assert_eq!(run.status.code(), Some(0), "{}", stderr(&run));
    let last = stdout(&run);
    assert!(last.ends_with("main → working tree: no difference\n"), "{last}");
    assert_eq!(stderr(&run), "");
}

#[test]
fn opened_closed_and_weakened_gaps_are_told() {
    let Some(repository) = harbour() else { return };
    change(&repository);
    // Not committed: the files as they lie there are the head.
    let (code, value) = json(&repository, &["main"]);
    assert_eq!(code, Some(1));
    assert_eq!(ids(&value, "opened"), ["H-3"]);
    assert_eq!(ids(&value, "closed"), ["H-2"]);
    assert_eq!(ids(&value, "weakened"), ["H-1"]);
    let lost = value["gaps"]["weakened"][0]["losses"].to_string();
    assert!(lost.contains("docs/lamps.md") && lost.contains("oil"), "{lost}");
    let overall = &value["coverage"]["overall"];
    assert_eq!(
        (overall["before"]["covered"].as_u64(), overall["before"]["total"].as_u64()),
        (Some(1), Some(2))
    );
    assert_eq!(
        (overall["after"]["covered"].as_u64(), overall["after"]["total"].as_u64()),
        (Some(1), Some(3))
    );
    let worse: Vec<&str> = value["worse"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|w| w["what"].as_str().expect("a word"))
        .collect();
    // H-3 is only recorded: it is listed, and no step back.
    assert_eq!(worse, ["weakened", "breaking"]);

    // Committed, it is the same between two revisions, and the other way round it got better.
    repository.git(&["checkout", "-q", "-b", "change"]);
    let head = repository.commit("A night of work");
    let (code, between) = json(&repository, &["main..change"]);
    assert_eq!((code, &between["gaps"]), (Some(1), &value["gaps"]));
    assert_eq!(between["head"]["commit"].as_str(), Some(head.as_str()));
    let (_, back) = json(&repository, &["change..main"]);
    assert_eq!(
        (ids(&back, "advanced").len() + ids(&back, "closed").len(), ids(&back, "opened")),
        (1, vec!["H-2".to_owned()])
    );
}

#[test]
fn losing_only_a_figure_or_a_citation_weakens() {
    let Some(repository) = harbour() else { return };
    repository.replace("docs/lamps.md", "in 3 barrels, see notes.txt (lines 2-3)", "in barrels");
    let (code, value) = json(&repository, &["main"]);
    let losses = value["gaps"]["weakened"][0]["losses"].to_string();
    assert_eq!((code, ids(&value, "weakened")), (Some(1), vec!["H-1".to_owned()]));
    assert!(losses.contains("no longer cites research/notes.txt (lines 2-3)"), "{losses}");
    assert!(losses.contains("no longer says 3 barrels"), "{losses}");
    // Another figure in its place is a correction.
    repository.git(&["checkout", "-q", "."]);
    repository.replace("docs/lamps.md", "3 barrels", "4 barrels");
    let (code, value) = json(&repository, &["main"]);
    assert_eq!((code, ids(&value, "weakened")), (Some(0), Vec::new()), "{value}");
}

#[test]
fn breaking_schema_changes_have_the_names_of_buf() {
    let Some(repository) = harbour() else { return };
    change(&repository);
    let (_, value) = json(&repository, &["main"]);
    let changes = value["schemas"].as_array().expect("a list");
    let of = |subject: &str| {
        let mut all = changes.iter().filter(|change| change["subject"] == subject);
        let rules = |change: &Value| {
            let names = |key: &str| -> Vec<String> {
                let list = change[key].as_array().expect("a list");
                list.iter().map(|name| name.as_str().expect("a name").to_owned()).collect()
            };
            (names("rules"), names("categories"))
        };
        all.next().map(rules).unwrap_or_else(|| panic!("no {subject} in {changes:?}"))
    };
    let all = ["FILE", "PACKAGE", "WIRE_JSON", "WIRE"];
    assert_eq!(of("sea.v1.Tide.at").0[0], "FIELD_SAME_TYPE");
    assert_eq!(of("sea.v1.Tide.at").1, all);
    assert_eq!(of("sea.v1.Tide.ports").0[0], "FIELD_SAME_NAME");
    assert_eq!(of("sea.v1.Kind.KIND_LOW").0[0], "ENUM_VALUE_NO_DELETE");
    assert_eq!(
        of("sea.v1.Tides.Watch"),
        (vec!["RPC_NO_DELETE".to_owned()], vec!["FILE".to_owned(), "PACKAGE".to_owned()])
    );
    assert_eq!(of("sea.v1.Tide.note").0, Vec::<String>::new());
    let reused = changes.iter().find(|c| c["subject"] == "sea.v1.Tide.ports").expect("it is there");
    assert!(reused["what"].as_str().expect("words").contains("was reused"), "{reused}");
    // A removal whose number and name are reserved breaks no encoding.
    repository.replace(
        "proto/sea.proto",
        "  string note = 5;",
        "  reserved 2;\n  reserved \"at\";",
    );
    repository.replace("proto/sea.proto", "  string at = 2;\n", "");
    let (_, value) = json(&repository, &["main"]);
    let at = value["schemas"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|c| c["subject"] == "sea.v1.Tide.at");
    assert_eq!(at.expect("it is there")["categories"], serde_json::json!(["FILE", "PACKAGE"]));
}

#[test]
fn decisions_citations_and_diagnostics_are_told() {
    let Some(repository) = harbour() else { return };
    change(&repository);
    repository.write("research/notes.txt", "Notes\n");
    repository.write("docs/links.md", "# Links\n\nSee [the quay](quay.md).\n");
    let (_, value) = json(&repository, &["main"]);
    let steps: Vec<String> = value["decisions"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|d| {
            format!(
                "{} {}",
                d["change"].as_str().expect("a word"),
                d["path"].as_str().expect("a path")
            )
        })
        .collect();
    assert_eq!(steps, ["added adr/0002-gas.md", "superseded adr/0001-oil.md"]);
    let codes = |list: &str| -> Vec<String> {
        let list = value[list].as_array().expect("a list");
        list.iter().map(|f| f["code"].as_str().expect("a code").to_owned()).collect()
    };
    assert!(codes("citations").contains(&"citation-past-end".to_owned()), "{value}");
    assert!(codes("diagnostics").contains(&"broken-link".to_owned()), "{value}");
}

#[test]
fn moved_lines_and_renamed_files_are_no_news() {
    let Some(repository) = harbour() else { return };
    repository.write("docs/links.md", "# Links\n\nSee [the quay](quay.md).\n");
    repository.commit("A broken link");
    repository.git(&["mv", "docs/links.md", "docs/paths.md"]);
    let (code, value) = json(&repository, &["HEAD"]);
    assert_eq!(
        (code, value["diagnostics"].as_array().map(Vec::len)),
        (Some(0), Some(0)),
        "{value}"
    );
    repository.git(&["reset", "-q", "--hard"]);
    repository.replace("docs/links.md", "# Links\n", "# Links\n\nOne more line.\n");
    let (code, value) = json(&repository, &["HEAD"]);
    assert_eq!(
        (code, value["diagnostics"].as_array().map(Vec::len)),
        (Some(0), Some(0)),
        "{value}"
    );
}

#[test]
fn a_person_reads_the_verdict_last() {
    let Some(repository) = harbour() else { return };
    change(&repository);
    let run = lacuna(repository.root(), &["diff", "main"]);
    let text = stdout(&run);
    assert_eq!(run.status.code(), Some(1), "{}", stderr(&run));
    for part in [
        "Coverage                                              before                 now\n",
        "Gaps opened (1)\n  P2  H-3  Gulls @everyone | <b>",
        "Gaps weakened (1)\n  P0  H-1  Lamp oil",
        "Gaps closed (1)\n  P1  H-2  Tides",
        "FIELD_SAME_TYPE",
        "superseded by",
    ] {
        assert!(text.contains(part), "{part:?} is not in\n{text}");
    }
    let last = text.lines().last().expect("a line");
    assert!(text.contains("main → working tree: worse by 1 gap weakened, 5 breaking"), "{last}");
    let quiet = stdout(&lacuna(repository.root(), &["diff", "main", "--quiet"]));
    assert!(text.ends_with(&quiet) && quiet.starts_with("main → working tree"), "{quiet}");
}

#[test]
fn markdown_is_bounded_and_only_text() {
    let Some(repository) = harbour() else { return };
    change(&repository);
    let preview = ["diff", "main", "--format", "markdown", "--preview", "https://example.org/pr-7"];
    let run = lacuna(repository.root(), &preview);
    let text = stdout(&run);
    assert!(text.starts_with("### Coverage of gaps: worse by 1 gap weakened"), "{text}");
    assert!(
        text.contains("| [H-1 Lamp oil](<https://example.org/pr-7/gaps/h-1.html>) | P0 |"),
        "{text}"
    );
    assert!(text.contains("H-3 Gulls @<!---->everyone \\| &lt;b&gt;"), "{text}");
    assert!(text.contains("FIELD\\_SAME\\_TYPE"), "{text}");
    // A comment of GitHub has room for 65,536 characters.
    for n in 0..400 {
        let title = format!("{n} {}", "<&|".repeat(60));
        let gap =
            format!("---\nid: X-{n}\ntitle: '{title}'\ntargets: [docs/none-{n}.md]\n---\nx\n");
        repository.write(&format!("gaps/x-{n}.md"), &gap);
        repository.write(
            &format!("docs/x-{n}.md"),
            &format!("# x\n\n[x](none-{}.md)\n", "y".repeat(150)),
        );
    }
    let long = stdout(&lacuna(repository.root(), &preview));
    assert!(long.chars().count() < 65_536 && long.contains("more"), "{}", long.len());
    assert_eq!(long.matches("<details>").count(), long.matches("</details>").count());
}

#[test]
fn json_is_what_its_schema_says() {
    let Some(repository) = harbour() else { return };
    change(&repository);
    let (_, value) = json(&repository, &["main", "--preview", "https://example.org/x/"]);
    let url = value["gaps"]["closed"][0]["url"].as_str();
    assert_eq!(url, Some("https://example.org/x/gaps/h-2.html"));
    let faults = Schema::read().faults("Changes", &value);
    assert!(faults.is_empty(), "{faults:?}");
}

#[test]
fn a_base_that_does_not_exist_is_misuse_with_a_remedy() {
    let Some(repository) = harbour() else { return };
    let check = |root: &std::path::Path, arguments: &[&str], parts: &[&str]| {
        let run = lacuna(root, arguments);
        let said = stderr(&run);
        assert_eq!((run.status.code(), stdout(&run).as_str()), (Some(2), ""), "{said}");
        for part in parts {
            assert!(said.contains(part), "{part:?} is not in\n{said}");
        }
    };
    let root = repository.root();
    check(
        root,
        &["diff", "origin/main"],
        &["`origin/main`", "fetch-depth: 0", "git fetch origin main"],
    );
    check(root, &["diff", "a..b..c"], &["names no revisions"]);
    check(root, &["diff", "HEAD:docs"], &["`HEAD:docs`"]);
    repository.commit("Another");
    let place = tempfile::TempDir::new().expect("a folder");
    let shallow = repository.clone_into(&place.path().join("shallow"), &["--depth", "1"]);
    check(&shallow, &["diff", "HEAD~1"], &["shallow", "fetch-depth: 0"]);
    let bare = repository.clone_into(&place.path().join("bare.git"), &["--bare"]);
    check(&bare, &["diff", "main"], &["bare repository", "main..HEAD"]);
    let run = lacuna(&bare, &["diff", "main~1..main"]);
    assert_eq!(run.status.code(), Some(0), "{}", stderr(&run));
    let plain = tempfile::TempDir::new().expect("a folder");
    check(plain.path(), &["diff", "main"], &["is not in a git repository"]);
    let orphan = repository.git(&["commit-tree", "-m", "x", "HEAD^{tree}"]);
    check(root, &["diff", &format!("main...{orphan}")], &["no commit in common"]);
}

#[test]
fn a_damaged_object_fails_closed() {
    let Some(repository) = harbour() else { return };
    let blob = repository.git(&["rev-parse", "HEAD:docs/lamps.md"]);
    let object = repository.root().join(".git/objects").join(&blob[..2]).join(&blob[2..]);
    std::fs::remove_file(&object).expect("a loose object");
    for content in [None, Some("damaged")] {
        if let Some(content) = content {
            std::fs::write(&object, content).expect("a file");
        }
        let run = lacuna(repository.root(), &["diff", "main"]);
        let said = stderr(&run);
        assert_eq!(run.status.code(), Some(2), "{said}");
        assert!(said.contains(&blob) && said.contains("git fsck"), "{said}");
    }
}

#[test]
fn a_damaged_pack_fails_closed() {
    let Some(repository) = harbour() else { return };
    change(&repository);
    repository.commit("The tides");
    repository.git(&["repack", "-a", "-d", "-f", "-q"]);
    let folder = repository.root().join(".git/objects/pack");
    let arguments = ["diff", "HEAD~1..HEAD", "--format", "json"];
    let whole = lacuna(repository.root(), &arguments);
    assert_eq!(whole.status.code(), Some(1), "{}", stderr(&whole));
    for extension in ["pack", "idx"] {
        let mut files = std::fs::read_dir(&folder).expect("a folder").flatten();
        let path = files.find(|file| file.path().extension().is_some_and(|e| e == extension));
        let path = path.expect("a pack").path();
        let bytes = std::fs::read(&path).expect("a pack");
        // Git makes it read-only.
        std::fs::remove_file(&path).expect("a pack");
        // A prime number of places, so that every part of an entry has its turn.
        for at in (0..bytes.len()).step_by(bytes.len() / 61) {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x55;
            std::fs::write(&path, damaged).expect("a pack");
            let run = lacuna(repository.root(), &arguments);
            let said = stderr(&run);
            match run.status.code() {
                Some(2) => {
                    assert!(said.contains("git fsck"), "{extension} at {at}: {said}");
                    assert_eq!(stdout(&run), "", "{extension} at {at}");
                }
                // What is damaged is not needed.
                _ => assert_eq!(run.stdout, whole.stdout, "{extension} at {at}: {said}"),
            }
        }
        std::fs::write(&path, bytes).expect("a pack");
    }
}

#[test]
fn submodules_pointers_and_ignored_files_are_left_out_and_said() {
    let Some(repository) = harbour() else { return };
    let commit = repository.git(&["rev-parse", "HEAD"]);
    repository.write(".gitignore", "secret.md\nbuilt/\n");
    repository.write("docs/secret.md", "# Secret\n\n[x](none.md)\n");
    repository.git(&["add", "-f", "docs/secret.md"]);
    repository.git(&[
        "update-index",
        "--add",
        "--cacheinfo",
        &format!("160000,{commit},vendor/lib"),
    ]);
    let oid = "a".repeat(64);
    repository.write(
        "research/large.txt",
        &format!("version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize 12\n"),
    );
    repository.git(&["add", ".gitignore", "research/large.txt"]);
    repository.git(&["commit", "-q", "-m", "Odd entries"]);
    // What a submodule has checked out, and what git ignores, is in neither world.
    repository.write("vendor/lib/README.md", "# Other\n\n[x](none.md)\n");
    repository.write("built/x.md", "# x\n\n[x](none.md)\n");
    let run = lacuna(repository.root(), &["diff", "HEAD"]);
    let said = stderr(&run);
    assert_eq!(run.status.code(), Some(0), "{} {said}", stdout(&run));
    assert!(said.contains("submodule vendor/lib was left out"), "{said}");
    assert!(said.contains("research/large.txt") && said.contains("git lfs fetch"), "{said}");
    // The content that the clone has is read in place of its pointer.
    let kept = repository.root().join(".git/lfs/objects/aa/aa");
    std::fs::create_dir_all(&kept).expect("a folder");
    std::fs::write(kept.join(&oid), "Twelve words").expect("a file");
    let said = stderr(&lacuna(repository.root(), &["diff", "HEAD..HEAD"]));
    assert!(!said.contains("git lfs"), "{said}");
}

/// Nothing of a file's name begins a line, and nothing speaks to a terminal or a runner.
#[cfg(unix)]
fn assert_inert(text: &str) {
    let begun = ["b.md", "::error", "d.md", "f.md"];
    for line in text.lines() {
        assert!(!begun.iter().any(|part| line.starts_with(part)), "{line:?}\n{text}");
    }
    assert!(!text.contains(['\r', '\u{1b}', '\u{202e}']), "{text:?}");
}

#[cfg(unix)]
#[test]
fn names_with_newlines_do_no_harm() {
    let Some(repository) = harbour() else { return };
    let odd = [
        "docs/a\nb.md",
        "docs/c\n::error::d.md",
        "docs/::set-output name=x::y.md",
        "docs/e\r##[add-mask]f.md",
        "docs/\u{1b}[31mg\u{202e}.md",
    ];
    odd.iter().for_each(|name| repository.write(name, "# Odd\n\n[x](none.md)\n"));
    repository.git(&["add", "-A"]);
    let root = repository.root();
    for format in ["markdown", "human"] {
        let run = lacuna(root, &["diff", "main", "--format", format]);
        assert_eq!(run.status.code(), Some(1), "{}", stderr(&run));
        assert_inert(&(stdout(&run) + &stderr(&run)));
    }
    let (_, value) = json(&repository, &["main"]);
    assert_eq!(value["diagnostics"].as_array().map(Vec::len), Some(odd.len()), "{value}");
    // The forms that machines obey, which `check` writes about the same files.
    let run = lacuna(root, &["check", "--base", "main", "--format", "github"]);
    assert_inert(&stderr(&run));
    let commands = stdout(&run);
    let broken: Vec<&str> = commands.lines().filter(|l| l.contains("title=broken-link")).collect();
    assert_eq!(broken.len(), odd.len(), "{commands}");
    assert!(!commands.contains("##[") && !commands.contains(['\r', '\u{1b}']), "{commands}");
    for line in broken {
        let file =
            line.strip_prefix("::error file=docs/").or(line.strip_prefix("::warning file=docs/"));
        let file = file.and_then(|rest| rest.split(',').next()).expect("a command of ours");
        assert!(!file.contains(':'), "{file}");
    }
    let run = lacuna(root, &["check", "--format", "sarif"]);
    let value: Value = serde_json::from_str(&stdout(&run)).expect("SARIF is JSON");
    let results = value["runs"][0]["results"].as_array().expect("results");
    let uri = |result: &Value| {
        let place = &result["locations"][0]["physicalLocation"]["artifactLocation"];
        place["uri"].as_str().expect("an address").to_owned()
    };
    let uris: Vec<String> = results.iter().map(uri).collect();
    let plain = |uri: &String| uri.bytes().all(|byte| byte.is_ascii_graphic());
    assert!(uris.iter().all(plain), "{uris:?}");
    assert!(uris.iter().any(|uri| uri == "docs/c%0A%3A%3Aerror%3A%3Ad.md"), "{uris:?}");
    repository.commit("An odd name");
    assert_eq!(lacuna(repository.root(), &["diff", "HEAD"]).status.code(), Some(0));
}

#[test]
fn a_project_may_lie_in_a_folder_of_the_repository() {
    let Some(repository) = harbour() else { return };
    repository.write("sub/docs/a.md", "# A\n\n[x](b.md)\n");
    repository.commit("A project below");
    let (code, value) = {
        let run =
            lacuna(&repository.root().join("sub"), &["diff", "HEAD~1..HEAD", "--format", "json"]);
        (run.status.code(), serde_json::from_str::<Value>(&stdout(&run)).expect("json"))
    };
    assert_eq!(code, Some(1));
    assert_eq!(value["diagnostics"][0]["path"], "docs/a.md");
}

#[test]
fn the_base_is_judged_by_its_own_configuration() {
    let Some(repository) = harbour() else { return };
    repository
        .write("lacuna.toml", "[[waiver]]\ngap = 'H-2'\nreason = 'later'\nowner = 'keeper'\n");
    let (code, value) = json(&repository, &["main"]);
    assert_eq!((code, ids(&value, "closed")), (Some(0), vec!["H-2".to_owned()]), "{value}");
    repository.commit("A waiver");
    repository.write("lacuna.toml", "titel = 'x'\n");
    repository.commit("A broken configuration");
    repository.write("lacuna.toml", "title = 'x'\n");
    let run = lacuna(repository.root(), &["diff", "HEAD"]);
    assert!(stderr(&run).contains("cannot be used"), "{}", stderr(&run));
}

/// The pull request of the guide. `LACUNA_BLESS=1` writes what is printed into the page.
#[test]
fn the_guide_shows_what_is_printed() {
    let Some(repository) = Repository::new() else { return };
    let limits = "## Limits\n\nEvents are kept for 30 days, see notes.md (lines 3-4). When the storage \
        is filled by more than 80 % the oldest events are deleted first, and an alarm is raised.\n";
    let head = format!("---\ncovers: [GAP-001]\n---\n# Retention\n\n{PROSE}{PROSE}\n\n");
    repository.write(
        "research/notes.md",
        "# Notes\n\nEvents must be kept for 30 days.\nThe storage holds 2 TB.\n",
    );
    repository.write("docs/retention.md", &format!("{head}{limits}"));
    repository.write(
        "gaps/gap-001.md",
        "---\nid: GAP-001\ntitle: Retention of events\npriority: P0\ntargets: [\"docs/retention.md § Limits\"]\n---\nNobody says how long.\n",
    );
    repository.write(
        "gaps/gap-002.md",
        "---\nid: GAP-002\ntitle: Backups\npriority: P1\ntargets: [docs/backups.md]\n---\nNobody says how.\n",
    );
    repository.write(
        "proto/event.proto",
        "syntax = \"proto3\";\npackage shop.v1;\n\nmessage Event {\n  string id = 1;\n  int64 at = 2;\n}\n",
    );
    repository.commit("The shop as it is");
    repository.git(&["checkout", "-q", "-b", "shorter"]);
    repository.write("docs/retention.md", &head);
    repository.write(
        "docs/backups.md",
        &format!("# Backups\n\nThis answers [[GAP-002]]. {PROSE}{PROSE}\n"),
    );
    repository.replace("proto/event.proto", "int64 at", "string at");
    repository.commit("Shorten the retention, write the backups");

    let run = lacuna(repository.root(), &["diff", "main...HEAD", "--format", "markdown"]);
    assert_eq!(run.status.code(), Some(1), "{}", stderr(&run));
    let quote = |line: &str| format!("> {line}").trim_end().to_owned() + "\n";
    let shown: String = stdout(&run).lines().map(quote).collect();
    let guide = concat!(env!("CARGO_MANIFEST_DIR"), "/content/guide/diff.md");
    let text = std::fs::read_to_string(guide).expect("the guide is there");
    let start = text.find("\n> ###").expect("the guide quotes a comment") + 1;
    let quoted: usize = text[start..]
        .split_inclusive('\n')
        .take_while(|line| line.starts_with('>'))
        .map(str::len)
        .sum();
    if text[start..start + quoted] != shown {
        assert!(
            std::env::var_os("LACUNA_BLESS").is_some(),
            "LACUNA_BLESS=1 accepts this:\n{shown}"
        );
        let blessed = format!("{}{shown}{}", &text[..start], &text[start + quoted..]);
        std::fs::write(guide, blessed).expect("the guide is writable");
    }
}
