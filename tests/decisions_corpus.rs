//! The decisions of a real log, against a table made by reading each of its files. Runs where the
//! corpus is.

use std::{collections::BTreeMap, path::Path, process::Command};

use serde_json::Value;

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpora/cosmos-sdk");

/// The beginning of each file's name after `adr-`, what was decided, how far it is carried out.
const LOG: &[(&str, &str, &str)] = &[
    ("002", "accepted", "-"),
    ("003", "proposed", "-"),
    ("004", "accepted", "-"),
    ("006", "accepted", "-"),
    ("007", "proposed", "-"),
    ("008", "proposed", "-"),
    ("009", "accepted", "-"),
    ("010", "superseded", "-"),
    ("011", "proposed", "-"),
    ("012", "proposed", "-"),
    ("013", "proposed", "-"),
    ("014", "proposed", "-"),
    ("016", "proposed", "-"),
    ("017", "proposed", "-"),
    ("018", "proposed", "-"),
    ("019", "accepted", "-"),
    ("020", "accepted", "-"),
    ("021", "accepted", "-"),
    ("022", "superseded", "-"),
    ("023", "accepted", "-"),
    ("024", "accepted", "-"),
    ("027", "proposed", "-"),
    ("028", "proposed", "-"),
    ("029", "accepted", "-"),
    ("030", "accepted", "-"),
    ("031", "accepted", "-"),
    ("032", "proposed", "-"),
    ("033", "proposed", "-"),
    ("034", "proposed", "-"),
    ("035", "proposed", "-"),
    ("036", "proposed", "-"),
    ("037", "accepted", "-"),
    ("038", "proposed", "-"),
    ("039", "proposed", "-"),
    ("040", "proposed", "not_implemented"),
    ("041", "accepted", "-"),
    ("042", "proposed", "-"),
    ("043", "proposed", "-"),
    ("044", "proposed", "-"),
    ("045", "rejected", "-"),
    ("046", "accepted", "-"),
    ("047", "rejected", "-"),
    ("048", "rejected", "-"),
    ("049", "accepted", "implemented"),
    ("050-sign-mode-textual-annex1", "accepted", "partly_implemented"),
    ("050-sign-mode-textual-annex2", "proposed", "-"),
    ("050-sign-mode-textual", "accepted", "partly_implemented"),
    ("053", "proposed", "-"),
    ("054", "proposed", "-"),
    ("055", "accepted", "implemented"),
    ("057", "proposed", "implemented"),
    ("058", "accepted", "partly_implemented"),
    ("059", "proposed", "partly_implemented"),
    ("060", "accepted", "-"),
    ("061", "accepted", "-"),
    ("062", "proposed", "implemented"),
    ("063", "accepted", "partly_implemented"),
    ("064", "accepted", "-"),
    ("065", "accepted", "-"),
    ("067", "proposed", "-"),
    ("068", "proposed", "-"),
    ("069", "accepted", "-"),
    ("070", "accepted", "-"),
];

/// What each decision says of others.
const RELATIONS: &[(&str, &str, &str)] =
    &[("010", "superseded_by", "ADR-045"), ("022", "superseded_by", "ADR-045")];

#[test]
fn a_log_of_sixty_three() {
    if !Path::new(CORPUS).exists() {
        return;
    }
    #[expect(clippy::disallowed_methods, reason = "a test runs the program")]
    let run = Command::new(env!("CARGO_BIN_EXE_lacuna"))
        .args(["export", CORPUS])
        .output()
        .expect("the program starts");
    let export: Value = serde_json::from_slice(&run.stdout).expect("the export is JSON");
    let decisions = export["decisions"].as_array().expect("a list");
    assert_eq!(decisions.len(), LOG.len(), "the template, README and PROCESS are no decisions");
    let by_name: BTreeMap<&str, &Value> = decisions
        .iter()
        .map(|decision| {
            let path = decision["path"].as_str().expect("a path");
            let name = path.rsplit("/adr-").next().expect("a name");
            (name.strip_suffix(".md").expect("Markdown"), decision)
        })
        .collect();
    let mut faults = Vec::new();
    for (name, status, implementation) in LOG {
        let begins = |(own, _): &(&&str, &&Value)| {
            *own == name || own.strip_prefix(*name).is_some_and(|rest| rest.starts_with('-'))
        };
        let exact = by_name.get(name).copied();
        let found = exact.or_else(|| by_name.iter().find(begins).map(|(_, value)| *value));
        let found = found.unwrap_or_else(|| panic!("no decision {name}"));
        let read = (
            found["status"].as_str().unwrap_or("-"),
            found["implementation"].as_str().unwrap_or("-"),
        );
        if read != (*status, *implementation) {
            faults.push(format!("{name}: {read:?}, the file says {status}, {implementation}"));
        }
        let relations: Vec<(&str, &str)> = found["relations"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|r| (r["kind"].as_str().expect("a kind"), r["to"].as_str().unwrap_or("nothing")))
            .collect();
        let own = RELATIONS.iter().filter(|(from, ..)| from == name);
        let wanted: Vec<(&str, &str)> = own.map(|(_, kind, to)| (*kind, *to)).collect();
        if relations != wanted {
            faults.push(format!("{name}: {relations:?}, the file says {wanted:?}"));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}
