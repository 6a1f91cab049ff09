//! `lacuna history`: coverage from commit to commit of a scripted repository.

#![expect(clippy::disallowed_methods, reason = "these tests damage what is kept on purpose")]

mod schema;
mod scripted;

use schema::Schema;
use scripted::{Repository, lacuna, stderr, stdout};
use serde_json::Value;

const PROSE: &str = "The keeper writes down what the sea does, hour after hour, and what follows \
    from it for the boats, so that nobody has to remember it or to guess it in the night. ";

fn gap(repository: &Repository, n: u32, priority: &str) {
    repository.write(
        &format!("gaps/h-{n}.md"),
        &format!("---\nid: H-{n}\ntitle: Gap {n}\npriority: {priority}\ntargets: [docs/d-{n}.md]\n---\nNobody knows.\n"),
    );
}

fn fill(repository: &Repository, n: u32) {
    repository.write(
        &format!("docs/d-{n}.md"),
        &format!("# Page {n}\n\nThis answers [[H-{n}]]. {PROSE}{PROSE}\n"),
    );
}

/// Two gaps are recorded, one is filled, emptied and filled again; one commit changes nothing.
fn harbour() -> Option<Repository> {
    let repository = Repository::new()?;
    gap(&repository, 1, "P0");
    repository.commit("Record the first gap");
    gap(&repository, 2, "P1");
    repository.commit("Record the second gap");
    fill(&repository, 1);
    repository.commit("Fill the first gap");
    repository.write("docs/d-1.md", "# Page 1\n");
    repository.commit("Lose it");
    repository.commit("Nothing at all");
    fill(&repository, 1);
    repository.commit("Find it | again");
    Some(repository)
}

fn json(root: &std::path::Path, arguments: &[&str]) -> Value {
    let run = lacuna(root, &[&["history", "--format", "json"], arguments].concat());
    assert_eq!(run.status.code(), Some(0), "{}", stderr(&run));
    serde_json::from_str(&stdout(&run)).expect("JSON")
}

#[test]
fn the_table_has_a_line_for_each_commit_that_changed_anything() {
    let Some(repository) = harbour() else { return };
    let run = lacuna(repository.root(), &["history"]);
    let text = stdout(&run);
    assert_eq!((run.status.code(), stderr(&run).as_str()), (Some(0), ""), "{text}");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 6, "{text}");
    assert!(
        lines[0].starts_with("Day") && lines[0].contains("P0") && lines[0].contains("P1"),
        "{text}"
    );
    for (line, parts) in lines[1..].iter().zip([
        ["2023-11-14", "0 of 1 (0 %)", "Record the first gap"],
        ["2023-11-15", "0 of 2 (0 %)", "Record the second gap"],
        ["2023-11-16", "1 of 2 (50 %)", "Fill the first gap"],
        ["2023-11-17", "0 of 2 (0 %)", "Lose it"],
        ["2023-11-19", "1 of 2 (50 %)", "Find it | again"],
    ]) {
        assert!(parts.iter().all(|part| line.contains(part)), "{parts:?} is not in {line}");
        assert!(line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn each_gap_tells_when_it_was_opened_and_filled() {
    let Some(repository) = harbour() else { return };
    let value = json(repository.root(), &[]);
    let faults = Schema::read().faults("History", &value);
    assert!(faults.is_empty(), "{faults:?}");
    let gaps = value["gaps"].as_array().expect("a list");
    let day = |value: &Value| value["day"].as_str().map(str::to_owned);
    let told: Vec<_> = gaps
        .iter()
        .map(|gap| {
            (day(&gap["opened"]), day(&gap["filled"]), gap["coverage"].as_str().unwrap_or(""))
        })
        .collect();
    let some = |day: &str| Some(day.to_owned());
    assert_eq!(
        told,
        [
            (some("2023-11-14"), some("2023-11-19"), "covered"),
            (some("2023-11-15"), None, "uncovered"),
        ]
    );
    assert_eq!(gaps[0]["is_oldest"], true);
    assert_eq!(gaps[0]["filled"]["commit"], repository.git(&["rev-parse", "HEAD"]).as_str());
}

#[test]
fn samples_are_spread_and_cut_off_by_day() {
    let Some(repository) = harbour() else { return };
    let days = |arguments: &[&str]| -> Vec<(String, u64)> {
        let value = json(repository.root(), arguments);
        let samples = value["samples"].as_array().expect("a list").clone();
        let one = |sample: &Value| {
            let day = sample["change"]["day"].as_str().expect("a day").to_owned();
            (day, sample["skipped"].as_u64().expect("a number"))
        };
        samples.iter().map(one).collect()
    };
    let pair = |day: &str, skipped| (day.to_owned(), skipped);
    assert_eq!(
        days(&["--max", "3"]),
        [pair("2023-11-14", 0), pair("2023-11-16", 1), pair("2023-11-19", 1)]
    );
    assert_eq!(days(&["--since", "2023-11-17"]), [pair("2023-11-17", 0), pair("2023-11-19", 0)]);
    assert_eq!(days(&["--since", "2030-01-01"]), []);
    let run = lacuna(repository.root(), &["history", "--since", "2023-02-30"]);
    assert_eq!(run.status.code(), Some(2), "{}", stderr(&run));
}

#[test]
fn what_is_kept_is_used_only_when_it_is_sound() {
    let Some(repository) = harbour() else { return };
    let cold = json(repository.root(), &[]);
    let kept = repository.root().join(".lacuna/history.json");
    let before = std::fs::read(&kept).expect("the figures are kept");
    assert_eq!(json(repository.root(), &[]), cold);
    assert_eq!(std::fs::read(&kept).expect("still there"), before, "nothing new was built");
    // Figures that somebody put there are not believed, with or without a fitting hash.
    let body = String::from_utf8(before).expect("text");
    let forged = body.replace("\"uncovered\"", "\"covered\"");
    assert_ne!(forged, body);
    let seal = kept.with_extension("seal");
    let told = std::fs::read_to_string(&seal).expect("a seal");
    let (moment, hash) = told.trim_end().split_once('\n').expect("a moment and a hash");
    assert_eq!(hash, lacuna::world::Hash::of(body.as_bytes()).to_string());
    let fitting = format!("{moment}\n{}\n", lacuna::world::Hash::of(forged.as_bytes()));
    for (content, seal_says) in [(&forged, &told), (&forged, &fitting), (&String::new(), &told)] {
        std::fs::write(&kept, content).expect("writable");
        std::fs::write(&seal, seal_says).expect("writable");
        assert_eq!(json(repository.root(), &[]), cold);
    }
    // Other settings judge anew.
    repository.write("lacuna.toml", "[[waiver]]\ngap = 'H-2'\nreason = 'x'\nowner = 'y'\n");
    let waived = json(repository.root(), &[]);
    assert_eq!(waived["gaps"][1]["coverage"], "waived");
}

#[test]
fn renamed_and_removed_files_and_folders_are_followed() {
    let Some(repository) = harbour() else { return };
    repository.git(&["mv", "docs", "pages"]);
    repository.commit("Move the pages");
    repository.write("notes/sub/deep.md", "# Deep\n");
    repository.commit("Something deep");
    repository.write(".gitignore", "pages/\n");
    repository.commit("Ignore the pages");
    let warm = json(repository.root(), &[]);
    let states: Vec<u64> = warm["samples"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|sample| sample["overall"]["covered"].as_u64().expect("a number"))
        .collect();
    // Each commit, built on its own, gives what it gave on the way.
    for (n, sample) in warm["samples"].as_array().expect("a list").iter().enumerate() {
        let commit = sample["change"]["commit"].as_str().expect("a name");
        let clone = tempfile::TempDir::new().expect("a folder");
        let place = repository.clone_into(&clone.path().join("one"), &[]);
        repository.git_in(&place, &["checkout", "-q", commit]);
        let status = lacuna(&place, &["status", "--format", "json"]);
        let status: Value = serde_json::from_str(&stdout(&status)).expect("JSON");
        assert_eq!(status["coverage"]["overall"]["covered"].as_u64(), Some(states[n]), "{commit}");
    }
}

#[test]
fn a_shallow_clone_says_so() {
    let Some(repository) = harbour() else { return };
    let place = tempfile::TempDir::new().expect("a folder");
    let shallow = repository.clone_into(&place.path().join("shallow"), &["--depth", "2"]);
    let run = lacuna(&shallow, &["history"]);
    assert_eq!(run.status.code(), Some(0));
    assert!(
        stderr(&run).contains("shallow") && stderr(&run).contains("fetch-depth: 0"),
        "{}",
        stderr(&run)
    );
    assert_eq!(json(&shallow, &[])["is_cut"], true);
    assert!(stdout(&run).contains("Find it | again"), "{}", stdout(&run));
}

#[test]
fn without_commits_or_git_there_is_no_history() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let run = lacuna(folder.path(), &["history"]);
    assert_eq!(run.status.code(), Some(2));
    assert!(stderr(&run).contains("is not in a git repository"), "{}", stderr(&run));
    let Some(repository) = Repository::new() else { return };
    let run = lacuna(repository.root(), &["history"]);
    assert_eq!(
        (run.status.code(), stdout(&run).as_str()),
        (Some(0), "No commit holds the project\n"),
        "{}",
        stderr(&run)
    );
}

#[test]
fn a_site_shows_the_history_when_it_is_asked_to() {
    let Some(repository) = harbour() else { return };
    repository.write("lacuna.toml", "history = true\n");
    let run = lacuna(repository.root(), &["build", "--verify"]);
    assert!(stderr(&run).contains("Verified"), "{}", stderr(&run));
    let page = |route: &str| repository.read(&format!("site/{route}"));
    let home = page("index.html");
    for part in [
        "<h2 id=\"lc-past\">Coverage over time</h2>",
        "<div class=\"trend\"><svg viewBox",
        "from 2023-11-14 to 2023-11-19: 0 % at first, 50 % at last",
        "1 of 2 (50 %)",
        "What changed last",
        "<time datetime=\"2023-11-19\">2023-11-19</time> <a href=\"docs&#x2f;d-1.html\">Page 1</a>",
        "Find it | again",
    ] {
        assert!(home.contains(part), "{part:?} is not in\n{home}");
    }
    assert!(!home.contains("style="), "{home}");
    let gap = page("gaps/h-1.html");
    assert!(
        gap.contains("Recorded on <time datetime=\"2023-11-14\">2023-11-14</time> or before"),
        "{gap}"
    );
    assert!(gap.contains("filled since <time datetime=\"2023-11-19\">2023-11-19</time>"), "{gap}");
    assert!(
        page("gaps/h-2.html")
            .contains("Recorded on <time datetime=\"2023-11-15\">2023-11-15</time> in")
    );
    assert!(gap.contains("Last changed <time datetime=\"2023-11-14\">"), "{gap}");
    // What nobody committed has no date, and a day that has not come is not shown.
    repository.write("docs/new.md", "# New\n\nNot committed.\n");
    let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_lacuna"));
    program.current_dir(repository.root()).arg("build").env("SOURCE_DATE_EPOCH", "1700100000");
    assert!(program.output().expect("it runs").status.code().is_some_and(|code| code < 2));
    assert!(!page("docs/new.html").contains("Last changed"));
    assert!(
        page("docs/d-1.html").contains("Last changed <time datetime=\"2023-11-16\">"),
        "{}",
        page("docs/d-1.html")
    );
    // A commit changes the page although no file changed since it was built.
    repository.git(&["add", "docs/new.md"]);
    repository.commit("Write something new");
    assert!(lacuna(repository.root(), &["build"]).status.code().is_some_and(|code| code < 2));
    assert!(page("docs/new.html").contains("Last changed <time datetime=\"2023-11-20\">"));
    // A folder without git is built as ever.
    let plain = tempfile::TempDir::new().expect("a folder");
    std::fs::write(plain.path().join("lacuna.toml"), "history = true\n").expect("a file");
    std::fs::write(plain.path().join("a.md"), "# A\n").expect("a file");
    assert_eq!(lacuna(plain.path(), &["build"]).status.code(), Some(0));
}

/// Two clones of one commit give the same site, however much of the history they have.
#[test]
fn a_site_does_not_depend_on_the_depth_of_the_clone() {
    let Some(repository) = harbour() else { return };
    let place = tempfile::TempDir::new().expect("a folder");
    let site = |name: &str, arguments: &[&str]| {
        let clone = repository.clone_into(&place.path().join(name).join("harbour"), arguments);
        let run = lacuna(&clone, &["build"]);
        assert!(run.status.code().is_some_and(|code| code < 2), "{}", stderr(&run));
        let mut files = std::collections::BTreeMap::new();
        let mut open = vec![clone.join("site")];
        while let Some(folder) = open.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                match path.is_dir() {
                    true => open.push(path),
                    false => {
                        let name = path.strip_prefix(&clone).expect("below").to_owned();
                        files.insert(name, std::fs::read(&path).expect("a file"));
                    }
                }
            }
        }
        files
    };
    let (whole, shallow) = (site("whole", &[]), site("shallow", &["--depth", "1"]));
    assert!(whole.len() > 5);
    assert!(whole == shallow, "the sites differ");
}
