//! `lacuna new` in projects made for the test: each dialect is continued as it is, and what was
//! written is clean.

#![expect(
    clippy::disallowed_methods,
    reason = "a test writes its own project and runs the program"
)]

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

struct Project(tempfile::TempDir);

impl Project {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        Self(folder)
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_lacuna"))
            .args(arguments)
            .current_dir(self.0.path())
            // 2026-11-21
            .env("SOURCE_DATE_EPOCH", "1795219200")
            .output()
            .expect("the program starts")
    }

    /// Runs `new`; gives the path it printed.
    fn new_of(&self, arguments: &[&str]) -> String {
        let run = self.run(&[&["new"], arguments].concat());
        let stderr = String::from_utf8_lossy(&run.stderr);
        assert!(run.status.success(), "{stderr}");
        String::from_utf8_lossy(&run.stdout).lines().next().unwrap_or_default().to_owned()
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.0.path().join(Path::new(path))).expect("a file")
    }

    fn is_clean(&self) {
        let run = self.run(&["check", "--strict"]);
        let said = String::from_utf8_lossy(&run.stdout);
        assert_eq!(run.status.code(), Some(0), "{said}");
    }
}

/// Writes a decision that supersedes another, and compares both files with what they should be.
fn continues(files: &[(&str, &str)], supersedes: &str, new: (&str, &str), old: (&str, &str)) {
    let project = Project::new(files);
    let arguments = ["decision", "Use wire ropes", "--supersedes", supersedes];
    assert_eq!(project.new_of(&arguments), new.0);
    assert_eq!(project.text(new.0), new.1);
    assert!(project.text(old.0).contains(old.1), "{}", project.text(old.0));
    let before = files.iter().find(|(name, _)| *name == old.0).expect("the old file").1;
    if new.0 != old.0 {
        let changed =
            before.lines().zip(project.text(old.0).lines()).filter(|(a, b)| a != b).count();
        assert_eq!(changed, 1, "only the line of the status changes");
    }
    project.is_clean();
}

#[test]
fn records_of_the_shell_tools() {
    continues(
        &[
            (
                "doc/adr/0001-use-hemp.md",
                "# 1. Use hemp\n\nDate: 2020-01-02\n\n## Status\n\nAccepted\n\n## Context\n\nWind.\n\n\
                 ## Decision\n\nHemp.\n\n## Consequences\n\nTar.\n",
            ),
            (
                "doc/adr/0002-use-tar.md",
                "# 2. Use tar\n\nDate: 2020-02-02\n\n## Status\n\nAccepted\n\n## Context\n\nRot.\n\n\
                 ### Smell\n\nBad.\n\n## Decision\n\nTar.\n\n## Consequences\n\nBlack.\n",
            ),
        ],
        "1",
        (
            "doc/adr/0003-use-wire-ropes.md",
            "# 3. Use wire ropes\n\nDate: 2026-11-21\n\n## Status\n\nAccepted\n\n\
             Supersedes [1. Use hemp](0001-use-hemp.md)\n\n## Context\n\n### Smell\n\n## Decision\n\n\
             ## Consequences\n",
        ),
        (
            "doc/adr/0001-use-hemp.md",
            "## Status\n\nSuperseded by [3. Use wire ropes](0003-use-wire-ropes.md)\n\n## Context",
        ),
    );
}

#[test]
fn bullets_under_the_title() {
    continues(
        &[(
            "docs/adr/0007-use-hemp.md",
            "# Use hemp\n\n* Status: proposed\n* Deciders: Ada, Bo\n* Date: 2020-01-02\n\n\
             ## Context and Problem Statement\n\nWind.\n\n## Decision Outcome\n\nHemp.\n",
        )],
        "ADR-0007",
        (
            "docs/adr/0008-use-wire-ropes.md",
            "# Use wire ropes\n\n* Status: proposed\n* Supersedes [ADR-0007](0007-use-hemp.md)\n\
             * Date: 2026-11-21\n\n## Context and Problem Statement\n\n## Decision Outcome\n",
        ),
        (
            "docs/adr/0007-use-hemp.md",
            "* Status: superseded by [ADR-0008](0008-use-wire-ropes.md)\n* Deciders",
        ),
    );
}

#[test]
fn front_matter() {
    continues(
        &[
            (
                "docs/decisions/0001-use-hemp.md",
                "---\nparent: Decisions\nstatus: \"accepted\"\ndate: 2020-01-02\n\
                 decision-makers: [Ada]\n---\n\n# Use hemp\n\n## Context and Problem Statement\n\nWind.\n",
            ),
            (
                "docs/decisions/0002-use-tar.md",
                "---\nparent: Decisions\nstatus: \"proposed\"\ndate: 2020-02-02\n---\n\n# Use tar\n\n\
                 ## Context and Problem Statement\n\nRot.\n",
            ),
        ],
        "0001-use-hemp.md",
        (
            "docs/decisions/0003-use-wire-ropes.md",
            "---\nparent: Decisions\nstatus: \"proposed\"\nsupersedes: \"ADR-0001\"\n\
             date: 2026-11-21\n---\n\n# Use wire ropes\n\n## Context and Problem Statement\n",
        ),
        (
            "docs/decisions/0001-use-hemp.md",
            "status: \"superseded by [ADR-0003](0003-use-wire-ropes.md)\"\ndate",
        ),
    );
}

#[test]
fn files_named_by_the_day() {
    continues(
        &[(
            "docs/adr/20200102-use-hemp.md",
            "# Use hemp\n\n- Status: accepted\n- Date: 2020-01-02\n\n## Context\n\nWind.\n",
        )],
        "20200102-use-hemp",
        (
            "docs/adr/20261121-use-wire-ropes.md",
            "# Use wire ropes\n\n- Status: proposed\n\
             - Supersedes [20200102-use-hemp](20200102-use-hemp.md)\n- Date: 2026-11-21\n\n\
             ## Context\n",
        ),
        (
            "docs/adr/20200102-use-hemp.md",
            "- Status: superseded by [20261121-use-wire-ropes](20261121-use-wire-ropes.md)\n",
        ),
    );
}

#[test]
fn a_history_and_capitals() {
    continues(
        &[
            (
                "docs/architecture/adr-010-use-hemp.md",
                "# ADR 010: Use hemp\n\n## Changelog\n\n* 2019 Aug 31: Draft\n\n## Status\n\n\
                 SUPERSEDED by ADR-011\n\n## Context\n\nWind.\n\n## Decision\n\nHemp.\n",
            ),
            (
                "docs/architecture/adr-011-use-tar.md",
                "# ADR 011: Use tar\n\n## Changelog\n\n* 2020 Sep 1: Draft\n* 2021 Jan 2: More\n\n\
                 ## Status\n\nACCEPTED Implemented\n\nSupersedes ADR-010\n\n## Context\n\nRot.\n\n## Decision\n\nTar.\n",
            ),
        ],
        "11",
        (
            "docs/architecture/adr-012-use-wire-ropes.md",
            "# ADR 012: Use wire ropes\n\n## Changelog\n\n* 2026 Nov 21: Initial version\n\n\
             ## Status\n\nPROPOSED\n\nSupersedes ADR-011\n\n## Context\n\n## Decision\n",
        ),
        ("docs/architecture/adr-011-use-tar.md", "## Status\n\nSUPERSEDED by ADR-012\n"),
    );
}

#[test]
fn several_in_one_file() {
    let log = "# Decisions\n\n## ADR-001: Use hemp\n\n**Status**: APPROVED\n\n### Context\n\nWind.\n\n\
               ### Decision\n\nHemp.\n\n## Notes\n\nNone.\n\n";
    let log = log.replace("## Notes", "## ADR-002: Use tar\n\n**Status**: APPROVED\n\n### Context\n\nRot.\n\n### Decision\n\nTar.\n\n## Notes");
    let project = Project::new(&[("docs/log.md", &log)]);
    let path = project.new_of(&["decision", "Use wire ropes", "--supersedes", "1"]);
    assert_eq!(path, "docs/log.md");
    let text = project.text("docs/log.md");
    assert!(
        text.contains(
            "Tar.\n\n## ADR-003: Use wire ropes\n\n**Status**: PROPOSED\n**Supersedes**: \
             [ADR-001](#adr-001-use-hemp)\n\n### Context\n\n### Decision\n\n## Notes\n"
        ),
        "{text}"
    );
    assert!(text.contains("## ADR-001: Use hemp\n\n**Status**: SUPERSEDED by ADR-003\n"), "{text}");
    project.is_clean();
}

#[test]
fn the_first_decision_of_a_project() {
    let project = Project::new(&[("README.md", "# Ropes\n\nAll about ropes.\n")]);
    let path = project.new_of(&["decision", "Use hemp: always"]);
    assert_eq!(path, "docs/decisions/0001-use-hemp-always.md");
    assert!(project.text(&path).starts_with(
        "---\nstatus: proposed\ndate: 2026-11-21\n---\n\n# Use hemp: always\n\n## Context and Problem"
    ));
    let again = project.run(&["new", "decision", "Use hemp: always"]);
    assert!(again.status.success(), "the next number is another file");
    assert!(project.0.path().join("docs/decisions/0002-use-hemp-always.md").exists());
    project.is_clean();
}

#[test]
fn nothing_is_written_when_only_asked() {
    let project = Project::new(&[("README.md", "# Ropes\n\nAll about ropes.\n")]);
    let path = project.new_of(&["decision", "Use hemp", "--dry-run"]);
    assert_eq!(path, "docs/decisions/0001-use-hemp.md");
    assert!(!project.0.path().join("docs").exists());
    let unknown = project.run(&["new", "decision", "Use wire", "--supersedes", "9"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("no decision is `9`"));
}

#[test]
fn gaps_and_their_documents() {
    let gap = "---\nid: ROPE-007\ntitle: Knots\nstatus: open\npriority: P1\n\
               evidence: [\"research/sea.md (lines 3-4)\"]\ntargets: [docs/KNOTS.md]\n---\n\n# Knots\n";
    let research =
        "# The sea\n\nThe tide rises twice a day -- or so\nthe sailors tie their knots.\n";
    let project = Project::new(&[("gaps/rope-007-knots.md", gap), ("research/sea.md", research)]);
    let new =
        ["gap", "Who ties them?", "--priority", "P2", "--evidence", "research/sea.md (line 4)"];
    let path = project.new_of(&new);
    assert_eq!(path, "gaps/rope-008-who-ties-them.md");
    assert_eq!(
        project.text(&path),
        "---\nid: ROPE-008\ntitle: \"Who ties them?\"\npriority: P2\nstatus: open\nevidence:\n  - \
         research/sea.md (line 4)\n---\n\n# Who ties them?\n"
    );
    let path = project.new_of(&["document", "On knots", "--for", "ROPE-007"]);
    assert_eq!(path, "docs/KNOTS.md");
    let text = project.text(&path);
    assert!(text.starts_with("---\ntitle: On knots\ncovers:\n  - ROPE-007\n---\n\n# On knots\n"));
    assert!(
        text.contains(
            "- research/sea.md (lines 3-4)\n\n<!--\nThe tide rises twice a day - - or so\n"
        )
    );
    // The quoted words are not the document's own, so the gap is not covered by them.
    let status = project.run(&["status"]);
    let status = String::from_utf8_lossy(&status.stdout).into_owned();
    assert!(!status.contains("\ncovered"), "{status}");
    let lost = project.run(&["new", "gap", "Wind", "--evidence", "research/sea.md (lines 90-91)"]);
    assert_eq!(lost.status.code(), Some(2));
}
