//! Kinds by configuration, folder, name and shape.

use super::*;
use crate::model::config::Collection;

fn kind(path: &str, text: &str) -> Option<Kind> {
    let path = RelPath::new(path).expect("a good path");
    classify(&Rules::default(), &path, text).map(|classified| classified.kind)
}

#[test]
fn names_folders_and_shapes() {
    let decision = "# Use ropes\n\n## Status\n\nDraft\n\n## Context\n\n## Decision\n";
    let several = "# Log\n\n## ADR-001: A\n### Context\n### Decision\n## ADR-002: B\n";
    let gaps = "# Gap review\n\n## 1. A\n\n## 2. B\n\n## 3. C\n";
    let prose = "# Ropes\n\nThere are gaps.\n\n## 1. Gaps in ropes\n";
    for (path, text, wanted) in [
        ("a/x.proto", "", Some(Kind::Schema)),
        ("a/x.mmd", "", Some(Kind::Diagram)),
        ("a/x.png", "", None),
        ("requirements.txt", "serde\n", None),
        ("docs/GAPS.md", "# Open ends", Some(Kind::Ledger)),
        ("docs/rope-gap-analysis.md", "", Some(Kind::Ledger)),
        ("docs/gap-filling-guide.md", "# Guide", Some(Kind::Document)),
        ("docs/ropes.md", gaps, Some(Kind::Ledger)),
        ("docs/ropes.txt", gaps, Some(Kind::Ledger)),
        ("README.md", prose, Some(Kind::Document)),
        ("gaps/one.md", "---\nid: GAP-1\ntitle: A\n---\n", Some(Kind::Gap)),
        ("gaps/two.md", "# Two", Some(Kind::Document)),
        ("gaps/gap-1-of-report.md", "---\nid: G-1\ntitle: A\ntasks: [a]\n---\n", Some(Kind::Gap)),
        ("gaps/gap-report.md", "---\nid: G-1\ntitle: A\n---\n", Some(Kind::Ledger)),
        ("docs/ADR/0001-x.md", "# 1. X", Some(Kind::Decision)),
        ("docs/adr/README.md", decision, Some(Kind::Document)),
        ("docs/adr/0000-template.md", decision, Some(Kind::Document)),
        ("docs/adr/000-index.md", decision, Some(Kind::Document)),
        ("docs/adr/adr-x.md", "# ADR {NUMBER}: {TITLE}\n", Some(Kind::Document)),
        ("docs/adr/use.md", "# [short title of solved problem]\n", Some(Kind::Document)),
        ("docs/adr/xml.md", "# XML for ropes\n", Some(Kind::Decision)),
        ("docs/a.md", "---\ntype: adr\n---\n# A\n", Some(Kind::Decision)),
        ("docs/a.md", "---\nid: ADR-0007\nstatus: open\n---\n# A\n", Some(Kind::Decision)),
        ("docs/ropes.md", decision, Some(Kind::Decision)),
        ("docs/log.md", several, Some(Kind::Decision)),
        ("docs/old-research/a.txt", "a", Some(Kind::Research)),
        ("notes/a.md", "# A", Some(Kind::Research)),
        ("x/chunk-001.txt", "a", Some(Kind::Research)),
        ("docs/a.md", "# A", Some(Kind::Document)),
    ] {
        assert_eq!(kind(path, text), wanted, "{path}");
    }
}

#[test]
fn the_configuration_wins() {
    let collection = Collection { kind: Kind::Decision, path: "docs/rfc/**".into() };
    let config = Config { collection: vec![collection], ..Config::default() };
    let path = RelPath::new("docs/rfc/gaps.md").expect("a good path");
    let found = classify(&Rules::new(&config), &path, "").expect("a record");
    assert_eq!(found.kind, Kind::Decision);
    assert_eq!(found.why, "the configuration gives `docs/rfc/**` to this kind");
}
