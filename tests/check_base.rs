//! `lacuna check --base`: a change is judged by the policy of its base, and by what got worse.

#![expect(clippy::disallowed_methods, reason = "these tests damage repositories on purpose")]

mod scripted;

use std::{
    net::{Ipv4Addr, TcpListener},
    path::Path,
    process::Output,
};

use scripted::{Repository, lacuna, stderr, stdout};
use serde_json::Value;

const PROSE: &str = "The keeper writes down what the sea does, hour after hour, and what follows \
    from it for the boats, so that nobody has to remember it or to guess it in the night. ";

const POLICY: &str = "[gate]\ncoverage = 50\nno_regression = true\n";

/// One gap that is filled, one that is open, and a gate; a branch for the change is checked out.
fn harbour(policy: &str) -> Option<Repository> {
    let repository = Repository::new()?;
    gap(&repository, "H-1", "docs/lamps.md", "");
    gap(&repository, "H-2", "docs/tides.md", "");
    repository.write(
        "docs/lamps.md",
        &format!("---\ncovers: [H-1]\n---\n# Lamps\n\n{PROSE}{PROSE}\nOil is kept in 3 barrels.\n"),
    );
    repository.write("lacuna.toml", policy);
    repository.commit("The harbour as it is");
    repository.git(&["checkout", "-q", "-b", "change"]);
    Some(repository)
}

fn gap(repository: &Repository, id: &str, target: &str, more: &str) {
    repository.write(
        &format!("gaps/{}.md", id.to_lowercase()),
        &format!(
            "---\nid: {id}\ntitle: The gap {id}\npriority: P0\ntargets: [{target}]\n{more}---\n\
             Nobody wrote it.\n"
        ),
    );
}

fn check(root: &Path, arguments: &[&str]) -> Output {
    lacuna(root, &[&["check"], arguments].concat())
}

fn judged(repository: &Repository, arguments: &[&str]) -> (Option<i32>, Value) {
    let all = [&["--format", "json", "--base", "main"], arguments].concat();
    let run = check(repository.root(), &all);
    let value = serde_json::from_str(&stdout(&run));
    (run.status.code(), value.unwrap_or_else(|error| panic!("{error}: {}", stderr(&run))))
}

fn outcome(value: &Value, rule: &str) -> String {
    let rules = value["gate"].as_array().expect("the gate");
    let found = rules.iter().find(|own| own["rule"] == rule);
    found.unwrap_or_else(|| panic!("{rule}: {value}"))["outcome"].as_str().expect("word").to_owned()
}

fn told(value: &Value, code: &str) -> Vec<String> {
    let all = value["findings"].as_array().expect("findings").iter();
    let all = all.filter(|finding| finding["code"] == code);
    all.map(|finding| finding["message"].as_str().expect("a message").to_owned()).collect()
}

#[test]
fn a_change_cannot_lower_what_it_is_judged_by() {
    let Some(repository) = harbour("[gate]\ncoverage = 50\n[diagnostics]\nbroken-link = 'error'\n")
    else {
        return;
    };
    repository.remove("docs/lamps.md");
    repository.write("docs/oil.md", "# Oil\n\n[x](none.md)\n");
    repository.write(
        "lacuna.toml",
        "[gate]\ncoverage = 0\n[substance]\nwords = 1\n[diagnostics]\nbroken-link = 'off'\n\
         [[waiver]]\ngap = 'H-1'\nreason = 'x'\nowner = 'me'\n",
    );
    gap(&repository, "H-2", "docs/tides.md", "waived: {reason: later, owner: me}\n");
    repository.commit("All is well");
    // By its own policy nothing fails but the rule about none of no gaps.
    let own = check(repository.root(), &["--format", "json"]);
    let own: Value = serde_json::from_str(&stdout(&own)).expect("JSON");
    assert!(told(&own, "broken-link").is_empty());

    let (code, value) = judged(&repository, &[]);
    assert_eq!((code, outcome(&value, "all gaps").as_str()), (Some(1), "failed"));
    assert_eq!(value["gate"][0]["figure"], "0 of 2 gaps covered, 0.0 %");
    assert_eq!(value["gate"][0]["wanted"], "at least 50 %");
    assert_eq!(told(&value, "broken-link").len(), 1);
    let changes = told(&value, "policy-changed").join("\n");
    for part in [
        "at least 0 % and not at least 50 %, than in main",
        "the level of `broken-link` is otherwise, off and not error, than in main",
        "`[substance]` is otherwise than in main",
        "the waiver of H-1 is new or otherwise than in main",
        "the waiver in the record of h-2 is new or otherwise than in main",
    ] {
        assert!(changes.contains(part), "{part}\n{changes}");
    }
    assert_eq!(value["base"]["name"], "main");

    // Merged, all of it counts, and nothing is told.
    repository.git(&["branch", "-f", "main"]);
    let (_, value) = judged(&repository, &[]);
    assert!(told(&value, "policy-changed").is_empty(), "{value}");
    assert_eq!(value["gate"][0]["wanted"], "at least 0 %");
}

#[test]
fn a_stricter_policy_counts_when_it_is_merged() {
    let Some(repository) = harbour("title = 'x'\n") else { return };
    repository.write("lacuna.toml", "exclude = ['old/**']\n[gate]\ncoverage = 100\n");
    let (code, value) = judged(&repository, &[]);
    assert_eq!((code, value["gate"].as_array().map(Vec::len)), (Some(0), Some(0)), "{value}");
    let changes = told(&value, "policy-changed").join("\n");
    assert!(changes.contains("one rule more, about all gaps"), "{changes}");
    assert!(changes.contains("`exclude` is otherwise"), "{changes}");
    // A warning: it fails under --strict, and a level of the base says otherwise.
    assert_eq!(judged(&repository, &["--strict"]).0, Some(1));
    let place = &value["findings"].as_array().expect("findings")[0];
    assert_eq!(place["path"], "lacuna.toml");
    // A base without any configuration asks for nothing.
    repository.git(&["checkout", "-q", "main"]);
    repository.remove("lacuna.toml");
    repository.commit("No configuration");
    repository.write("lacuna.toml", "[gate]\ncoverage = 100\n");
    assert_eq!(judged(&repository, &[]).0, Some(0));
}

#[test]
fn recording_a_gap_is_no_regression_and_losing_something_is() {
    let Some(repository) = harbour("[gate]\nno_regression = true\n") else { return };
    let (code, value) = judged(&repository, &[]);
    assert_eq!((code, outcome(&value, "no regression").as_str()), (Some(0), "passed"));

    gap(&repository, "H-3", "docs/gulls.md", "");
    repository.write("gaps/h-4.md", "---\nid: H-4\ntitle: Fog\npriority: P0\n---\nNo plan yet.\n");
    repository.commit("What nobody knows");
    let (code, value) = judged(&repository, &[]);
    assert_eq!((code, outcome(&value, "no regression").as_str()), (Some(0), "passed"), "{value}");
    // So it is for `lacuna diff`, which lists them all the same.
    let run = lacuna(repository.root(), &["diff", "main", "--format", "json"]);
    let diff: Value = serde_json::from_str(&stdout(&run)).expect("JSON");
    assert_eq!((run.status.code(), diff["worse"].as_array().map(Vec::len)), (Some(0), Some(0)));
    assert_eq!(diff["gaps"]["opened"].as_array().map(Vec::len), Some(2));

    // What the base got meanwhile is not the work of the change.
    repository.git(&["checkout", "-q", "main"]);
    repository
        .write("docs/tides.md", &format!("---\ncovers: [H-2]\n---\n# Tides\n\n{PROSE}{PROSE}\n"));
    repository.commit("Tides");
    repository.git(&["checkout", "-q", "change"]);
    let (_, value) = judged(&repository, &[]);
    assert_eq!(outcome(&value, "no regression"), "passed", "{value}");

    // A figure that is lost, though the gap stays covered.
    repository.replace("docs/lamps.md", "Oil is kept in 3 barrels.", "Oil is kept.");
    let (code, value) = judged(&repository, &[]);
    assert_eq!((code, outcome(&value, "no regression").as_str()), (Some(1), "failed"));
    let weaker = told(&value, "gap-weakened");
    assert_eq!(weaker.len(), 1, "{value}");
    assert!(weaker[0].contains("P0 gap H-1") && weaker[0].contains("3 barrels"), "{weaker:?}");
    let run = check(repository.root(), &["--base", "main", "--format", "concise"]);
    let out = stdout(&run);
    assert!(out.contains("gaps/h-1.md:1:1: error[gap-weakened]"), "{out}");
    assert!(stderr(&run).contains("worse than main ("), "{}", stderr(&run));
    let run = check(repository.root(), &["--base", "main"]);
    assert!(stdout(&run).contains("\nGate: failed\n"), "{}", stdout(&run));

    // An open gap that is taken away, a claim that is too high, a link that is broken.
    repository.git(&["checkout", "-q", "."]);
    repository.remove("gaps/h-2.md");
    gap(&repository, "H-5", "docs/none.md", "status: done\n");
    repository.write("docs/more.md", "# More\n\n[x](nowhere.md)\n");
    let (_, value) = judged(&repository, &[]);
    let figure = value["gate"][0]["figure"].as_str().expect("words");
    for part in ["1 open gap taken away", "1 claim too high", "1 new error or warning"] {
        assert!(figure.contains(part), "{part}: {figure}");
    }
    assert_eq!(judged(&repository, &["--informational"]).0, Some(0));
}

#[test]
fn without_a_base_the_rule_is_skipped_and_says_so() {
    let Some(repository) = harbour(POLICY) else { return };
    let run = check(repository.root(), &[]);
    assert_eq!(run.status.code(), Some(0), "{}", stderr(&run));
    let out = stdout(&run);
    assert!(out.contains("Gate: passed\n"), "{out}");
    assert!(out.contains("skipped  no regression  compared with nothing: `--base`"), "{out}");
}

#[test]
fn the_baseline_is_that_of_the_base() {
    let Some(repository) = harbour("title = 'x'\n") else { return };
    repository.write("docs/a.md", "# A\n\n[x](none.md)\n");
    let baseline = ["--baseline", "known.json"];
    let write = ["--baseline", "known.json", "--write-baseline"];
    assert_eq!(check(repository.root(), &write).status.code(), Some(0));
    // New in the change: nothing is set aside yet.
    let (code, value) = judged(&repository, &baseline);
    assert_eq!((code, told(&value, "broken-link").len()), (Some(1), 1));
    assert!(told(&value, "policy-changed")[0].contains("sets 1 finding more aside"), "{value}");
    repository.commit("A baseline");
    repository.git(&["branch", "-f", "main"]);
    assert_eq!(judged(&repository, &baseline).0, Some(0));
    // The change cannot add to it, nor take it away or damage it to any effect.
    repository.write("docs/b.md", "# B\n\n[x](none.md)\n");
    let more = ["--baseline", "known.json", "--write-baseline", "--accept-new"];
    assert_eq!(check(repository.root(), &more).status.code(), Some(0));
    let (code, value) = judged(&repository, &baseline);
    assert_eq!((code, told(&value, "broken-link").len()), (Some(1), 1));
    repository.remove("docs/b.md");
    repository.write("known.json", "{");
    assert_eq!(judged(&repository, &baseline).0, Some(0));
    let run = check(repository.root(), &["--base", "main", "--baseline", "nothing.json"]);
    assert_eq!(run.status.code(), Some(2), "{}", stderr(&run));
    let run = check(repository.root(), &[&["--base", "main"], &write[..]].concat());
    assert_eq!(run.status.code(), Some(2), "{}", stderr(&run));
}

#[test]
fn a_base_that_cannot_be_read_is_misuse() {
    let Some(repository) = harbour(POLICY) else { return };
    let fails = |root: &Path, arguments: &[&str], part: &str| {
        let run = check(root, arguments);
        let said = stderr(&run);
        assert_eq!((run.status.code(), stdout(&run).as_str()), (Some(2), ""), "{said}");
        assert!(said.contains(part), "{part}\n{said}");
    };
    let root = repository.root();
    fails(root, &["--base", "origin/main"], "fetch-depth: 0");
    fails(root, &["--base", ""], "git knows no revision");
    fails(root, &["--base", "main..change"], "git knows no revision");
    let orphan = repository.git(&["commit-tree", "-m", "x", "HEAD^{tree}"]);
    fails(root, &["--base", &orphan], "no commit in common");
    let plain = tempfile::TempDir::new().expect("a folder");
    fails(plain.path(), &["--base", "main"], "is not in a git repository");
    let place = tempfile::TempDir::new().expect("a folder");
    repository.commit("Another");
    let bare = repository.clone_into(&place.path().join("bare.git"), &["--bare"]);
    fails(&bare, &["--base", "main"], "a bare repository has no files");
    let shallow = repository.clone_into(&place.path().join("shallow"), &["--depth", "1"]);
    fails(&shallow, &["--base", "HEAD~1"], "shallow");
    // What a base has of another repository is no reason to stop.
    let commit = repository.git(&["rev-parse", "HEAD"]);
    repository.git(&["update-index", "--add", "--cacheinfo", &format!("160000,{commit},lib")]);
    repository.git(&["commit", "-q", "-m", "A submodule"]);
    let run = check(root, &["--base", "HEAD"]);
    assert_eq!(run.status.code(), Some(0), "{}", stderr(&run));
    // The base's own settings cannot be read, and those of the change are no substitute.
    repository.write("lacuna.toml", "[gate]\ncovrage = 3\n");
    repository.commit("A broken configuration");
    repository.git(&["branch", "-f", "main"]);
    repository.write("lacuna.toml", "title = 'x'\n");
    fails(root, &["--base", "main"], "did you mean `coverage`?");
    // A file given by name is that of the base as well.
    fails(root, &["--base", "main", "--config", "lacuna.toml"], "did you mean `coverage`?");
    repository.write("other.toml", "title = 'x'\n");
    fails(root, &["--base", "main", "--config", "other.toml"], "has no file other.toml");
    let elsewhere = plain.path().join("own.toml");
    std::fs::write(&elsewhere, "[gate]\ncoverage = 100\n").expect("a file");
    let run = check(root, &["--base", "change~1", "--config", &elsewhere.to_string_lossy()]);
    assert_eq!(run.status.code(), Some(1), "{}", stderr(&run));
    assert!(stdout(&run).contains("at least 100 % is wanted"), "{}", stdout(&run));
    // A damaged object of the base.
    let blob = repository.git(&["rev-parse", "change~1:docs/lamps.md"]);
    let object = root.join(".git/objects").join(&blob[..2]).join(&blob[2..]);
    std::fs::remove_file(object).expect("a loose object");
    fails(root, &["--base", "change~1"], "git fsck");
    // The commit that the name itself leads to.
    let commit = repository.git(&["rev-parse", "main"]);
    let object = root.join(".git/objects").join(&commit[..2]).join(&commit[2..]);
    std::fs::remove_file(object).expect("a loose object");
    fails(root, &["--base", "main"], "git fsck");
}

#[test]
fn a_change_cannot_allow_itself_what_only_this_machine_can_reach() {
    let Some(repository) = harbour(POLICY) else { return };
    let neighbour = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    neighbour.set_nonblocking(true).expect("a listener");
    let port = neighbour.local_addr().expect("it is bound").port();
    repository.write("docs/oil.md", &format!("# Oil\n\n[x](http://127.0.0.1:{port}/x)\n"));
    repository.write("lacuna.toml", &format!("{POLICY}[external]\nallow = ['127.0.0.1']\n"));
    repository.commit("Ask the neighbour");
    let run = check(repository.root(), &["--external", "--base", "main"]);
    assert!(stderr(&run).contains("is in a private network"), "{}", stderr(&run));
    assert!(neighbour.accept().is_err(), "somebody asked");
}
