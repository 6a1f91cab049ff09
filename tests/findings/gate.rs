//! The gate: rules by the figures, failing closed.

use super::*;

const FILLED: &str = "# Tides\n\nThis page answers GAP-1. The tide at the northern pier rises twice a \
    day, and the ferry leaves an hour before it turns. The table below the clock says when, and the \
    harbour master corrects it each spring, after the survey of the channel. Crews read it every \
    morning, passengers read it at the gate, and the office keeps a copy of every edition.\n";

fn gap(id: &str, priority: &str, target: &str, more: &str) -> String {
    format!(
        "---\nid: {id}\ntitle: The gap {id}\npriority: {priority}\nstatus: open\n\
         category: sea\ntargets: [{target}]\n{more}---\n\n# The gap {id}\n\nNobody wrote it.\n"
    )
}

/// GAP-1 is covered and says it is open; GAP-2 is not; GAP-3 has a waiver that is over.
fn sea(gate: &str) -> TempDir {
    let waived = "waived:\n  reason: later\n  owner: Ann\n  until: 2026-01-31\n";
    project(&[
        ("gaps/one.md", &gap("GAP-1", "P0", "../docs/tides.md", "")),
        ("gaps/two.md", &gap("GAP-2", "P0", "../docs/winds.md", "")),
        ("gaps/three.md", &gap("GAP-3", "P2", "../docs/rocks.md", waived)),
        ("docs/tides.md", FILLED),
        ("lacuna.toml", gate),
    ])
}

fn rules(run: &Output) -> Vec<(String, String)> {
    let report = json(run);
    let word = |value: &serde_json::Value| value.as_str().expect("a word").to_owned();
    let rules = report["gate"].as_array().expect("the gate").iter();
    rules.map(|rule| (word(&rule["rule"]), word(&rule["outcome"]))).collect()
}

fn outcome(run: &Output, rule: &str) -> String {
    let rules = rules(run);
    let found = rules.iter().find(|(name, _)| name == rule);
    found.unwrap_or_else(|| panic!("no {rule} in {rules:?}")).1.clone()
}

#[test]
fn each_rule_is_one_line_with_figure_and_threshold() {
    let folder = sea("[gate]\ncoverage = 33\nmax_drift = 1\nexpired_waivers = 'fail'\n\
         [gate.priority]\nP0 = 50\nP2 = 1\n[gate.dimension]\nSea = 34\n");
    let run = check(folder.path(), &[]);
    assert_eq!(code(&run), Some(1));
    let out = stdout(&run);
    assert!(out.contains("Gate: 3 of 6 rules failed"), "{out}");
    for line in [
        "  passed  all gaps         1 of 3 gaps covered, 33.3 %; at least 33 % is wanted",
        "  passed  priority P0      1 of 2 gaps covered, 50.0 %; at least 50 % is wanted",
        "  failed  priority P2      0 of 1 gap covered, 0.0 %; at least 1 % is wanted",
        "  failed  dimension Sea    1 of 3 gaps covered, 33.3 %; at least 34 % is wanted",
        "  failed  expired waivers  1 waiver is over; none is wanted",
    ] {
        assert!(out.lines().any(|own| own == line), "{line}\n{out}");
    }
    assert!(out.contains("error[gate-failed]") && out.contains("--> lacuna.toml:"), "{out}");

    let concise = stdout(&check(folder.path(), &["--format", "concise"]));
    assert_eq!(concise.matches("error[gate-failed]").count(), 3, "{concise}");
    let sarif = json(&check(folder.path(), &["--format", "sarif"]));
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    assert_eq!(results.iter().filter(|r| r["ruleId"] == "gate-failed").count(), 3);

    let run = check(folder.path(), &["--informational"]);
    assert_eq!(code(&run), Some(0));
    assert!(stdout(&run).contains("Gate: 3 of 6 rules failed"), "{}", stdout(&run));
}

#[test]
fn nothing_to_judge_fails() {
    let text = "[gate]\nallow_empty = false\n[gate.priority]\nP4 = 10\n[gate.dimension]\nsky = 0\n";
    let folder = sea(text);
    let run = check(folder.path(), &["--format", "json"]);
    assert_eq!(code(&run), Some(1));
    assert_eq!(outcome(&run, "priority P4"), "failed");
    assert_eq!(outcome(&run, "dimension sky"), "failed");
    put(folder.path(), "lacuna.toml", &text.replace("false", "true"));
    let run = check(folder.path(), &["--format", "json"]);
    assert_eq!(outcome(&run, "priority P4"), "passed");

    // A gap analysis that is not there is a mistake, whatever is allowed.
    put(
        folder.path(),
        "lacuna.toml",
        "[gate]\nallow_empty = true\n[gate.ledger]\n'docs/GAPS.md' = 0\n'Gap records' = 30\n",
    );
    let run = check(folder.path(), &["--format", "json"]);
    assert_eq!(outcome(&run, "ledger docs/GAPS.md"), "failed");
    assert_eq!(outcome(&run, "ledger Gap records"), "passed");
    assert_eq!(code(&run), Some(1));
}

#[test]
fn a_share_is_compared_exactly() {
    // One of three is 33.3 %, which rounds to 33 and is not 34.
    for (least, expected) in [(33, "passed"), (34, "failed"), (0, "passed")] {
        let folder = sea(&format!("[gate]\ncoverage = {least}\n"));
        let run = check(folder.path(), &["--format", "json"]);
        assert_eq!(outcome(&run, "all gaps"), expected, "{least}");
    }
}

#[test]
fn no_baseline_sets_the_gate_aside() {
    let folder = sea("[gate]\ncoverage = 100\n");
    let arguments = ["--baseline", "b.json", "--write-baseline", "--accept-new"];
    assert_eq!(code(&check(folder.path(), &arguments)), Some(1));
    assert_eq!(code(&check(folder.path(), &["--baseline", "b.json"])), Some(1));
    let text = std::fs::read_to_string(folder.path().join("b.json")).expect("it was written");
    assert!(!text.contains("gate-failed"), "{text}");
}
