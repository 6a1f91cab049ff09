//! The dialects of decision records.

use std::sync::Arc;

use super::*;
use crate::{
    model::{
        decision::{RelationKind, Status},
        source::{Classified, Kind},
    },
    read::markdown,
};

fn decisions(name: &str, text: &str) -> Vec<Decision> {
    let path = RelPath::new(name).expect("a good path");
    let classified = Classified { kind: Kind::Decision, why: String::new() };
    let mut source = markdown::read(&path, classified, &Arc::from(text));
    read(&mut source);
    match source.outline.facts {
        Facts::Decisions(decisions) => decisions,
        other => panic!("no decisions: {other:?}"),
    }
}

#[test]
fn a_short_record_with_links_in_its_status() {
    let text = "# 3. Use hemp\n\nDate: 2020-01-02\n\n## Status\n\nAccepted\n\n\
                Supercedes [2. Use wire](0002-use-wire.md)\n\nAmended by ADRs 5 and 6\n\n\
                ## Context\n\nUnlike ADR 1, which replaces ADR 9.\n";
    let found = decisions("adr/0003-use-hemp.md", text);
    assert_eq!(found.len(), 1);
    let one = &found[0];
    assert_eq!(
        (one.id.as_str(), one.number, one.title.as_str()),
        ("ADR-0003", Some(3), "Use hemp")
    );
    let status = one.status.as_ref().expect("a status");
    assert_eq!((status.value, status.raw.as_str(), status.line), (Status::Accepted, "Accepted", 7));
    assert_eq!(one.date.as_ref().map(|date| date.raw.as_str()), Some("2020-01-02"));
    let relations: Vec<_> = one.relations.iter().map(|r| (r.kind, r.to.as_str())).collect();
    let wanted = [
        (RelationKind::Supersedes, "0002-use-wire.md"),
        (RelationKind::AmendedBy, "5"),
        (RelationKind::AmendedBy, "6"),
    ];
    assert_eq!(relations, wanted);
}

#[test]
fn statuses_in_their_spellings() {
    for (text, wanted) in [
        ("# ADR 7: A\n\n## Status\n\n> Proposed\n", Some(Status::Proposed)),
        ("# ADR 7: A\n\n## Status\n\n**Accepted**\n", Some(Status::Accepted)),
        ("# ADR 7: A\n\n## Status\n\nPROPOSED Implemented\n", Some(Status::Proposed)),
        ("# ADR 7: A\n\n## Status\n\nSUPERSEDED by ADR-9\n", Some(Status::Superseded)),
        ("# ADR 7: A\n\n## Status\n\n{DRAFT | PROPOSED} Not done\n", None),
        ("# ADR 7: A\n\n## Status\n\n## Context\n", None),
        ("# ADR 7: A\n\n* Status: rejected\n\n## Context\n", Some(Status::Rejected)),
        ("# ADR 7: A\n\n* Status: [proposed | rejected | …]\n", None),
        ("---\nstatus: on hold\n---\n# ADR 7: A\n", Some(Status::Proposed)),
        ("# ADR7: [superseded] A\n", Some(Status::Superseded)),
        ("# ADR 7: A\n\n## Status\n\nSee the minutes.\n", Some(Status::Unknown)),
    ] {
        let found = decisions("a/x.md", text);
        assert_eq!(found[0].status.as_ref().map(|status| status.value), wanted, "{text}");
        assert_eq!((found[0].id.as_str(), found[0].title.as_str()), ("ADR-7", "A"), "{text}");
    }
}

#[test]
fn files_named_by_number_or_date() {
    let found = decisions("adr/adr-040-ropes.md", "# Ropes\n");
    assert_eq!((found[0].id.as_str(), found[0].number), ("ADR-040", Some(40)));
    let text = "# Ropes\n\n- Status: superseded by [20210203-wire](20210203-wire.md)\n";
    let found = decisions("adr/20201016-ropes.md", text);
    assert_eq!((found[0].id.as_str(), found[0].number), ("20201016-ropes", None));
    assert_eq!(found[0].relations[0].to, "20210203-wire.md");
    assert_eq!(found[0].relations[0].kind, RelationKind::SupersededBy);
}

#[test]
fn several_in_one_file() {
    let text = "# Log\n\n**Status**: Draft\n\n## ADR-001: Ropes\n\n**Status**: APPROVED\n\
                **Date**: 2025-01-02\n\n### Context\nx\n\n---\n\n## ADR-002: Knots\n\n\
                **Status**: Rejected\n\n### Context\nThis ADR in part supersedes ADR-001.\n";
    let found = decisions("docs/log.md", text);
    let shown: Vec<_> = found
        .iter()
        .map(|one| (one.id.as_str(), one.lines, one.status.as_ref().map(|s| s.value)))
        .collect();
    let wanted = [
        ("ADR-001", (5, 11), Some(Status::Accepted)),
        ("ADR-002", (15, 20), Some(Status::Rejected)),
    ];
    assert_eq!(shown, wanted);
    assert_eq!(found[1].relations[0].to, "ADR-001");
    assert!(found[0].anchor.is_some());
}
