//! Narrative and summary table of one gap analysis.

use std::sync::Arc;

use super::*;
use crate::{
    model::{
        gap::{ClaimStatus, Intent, Priority},
        source::{Classified, Kind},
    },
    path::RelPath,
    read::markdown,
};

fn source(text: &str) -> Source {
    let path = RelPath::new("docs/gap-analysis.md").expect("a good path");
    let classified = Classified { kind: Kind::Ledger, why: String::new() };
    let mut source = markdown::read(&path, classified, &Arc::from(text));
    read(&mut source, &vocabulary::SHIPPED);
    source
}

fn gaps(text: &str) -> Vec<Gap> {
    source(text).outline.facts.gaps().to_vec()
}

const LEDGER: &str = "\
# Gap analysis: ropes

## 1. Scope

Words.

## Priority 1 Gaps (HIGH)

### 1. **Knots** ✅ NOW DOCUMENTED
- **Status**: COMPLETED
- **What was found in research**: Chunk-002.txt (lines 3-9) shows them
- **Impact**: Falls
- **Document created**: docs/KNOT-BOOK.md

### 2. **Wire ropes**
- **Status**: NOT DOCUMENTED
- **Recommendation**: Expand ROPES.md with wire (2 pages)
- **Dependencies**: 1

## Summary: all 3 gaps

| # | Gap | Priority | Status | Size |
|---|-----|----------|--------|------|
| 1 | Knots | P1 | ✅ DONE | 3 pages |
| 2 | Wire | P0 | ⚠️ PARTIAL | 2 pages |
| 3 | Rust | P3 | ❌ TODO | - |

## Next

- [ ] Complete KNOT-BOOK.md
";

#[test]
fn narrative_and_table_are_one() {
    let gaps = gaps(LEDGER);
    let numbers: Vec<_> = gaps.iter().filter_map(|gap| gap.number.as_deref()).collect();
    assert_eq!(numbers, ["1", "2", "3"]);
    let [knots, wire, rust] = gaps.as_slice() else { panic!("three gaps") };
    assert_eq!((knots.title.as_str(), &knots.defined_at), ("Knots", &vec![9, 24]));
    assert_eq!(knots.claim.status, ClaimStatus::Done);
    assert_eq!(knots.evidence[0].citation.lines, Some((3, 9)));
    assert_eq!(knots.targets[0].intent, Intent::Created);
    assert_eq!(
        &LEDGER[knots.targets[0].span.start..knots.targets[0].span.end],
        "docs/KNOT-BOOK.md"
    );
    assert_eq!(knots.impact.as_ref().map(|impact| impact.raw.as_str()), Some("Falls"));
    assert_eq!(knots.tasks.len(), 1);
    assert_eq!(knots.lines, (9, 13));
    // The row outranks the section, its mark the free words of the block.
    assert_eq!(wire.priority.as_ref().map(|fact| fact.value), Some(Priority::P0));
    assert_eq!(wire.claim.status, ClaimStatus::Partial);
    assert_eq!(wire.effort.len(), 1);
    assert_eq!(wire.depends_on[0].value, "1");
    assert_eq!((rust.title.as_str(), rust.lines, rust.effort.len()), ("Rust", (26, 26), 0));
    assert_eq!(rust.claim.status, ClaimStatus::Open);
}

#[test]
fn ids_in_headings() {
    let gaps = gaps("# Review\n\n## GAP-003: Knots (P2)\n\n**Status:** 40% done\n\nWords.\n");
    assert_eq!(gaps.len(), 1);
    assert_eq!(gaps[0].id.as_deref(), Some("GAP-003"));
    assert_eq!(gaps[0].title, "Knots");
    assert_eq!(gaps[0].priority.as_ref().map(|fact| fact.value), Some(Priority::P2));
    assert_eq!(gaps[0].claim.status, ClaimStatus::Partial);
    assert_eq!(gaps[0].claim.percent.as_ref().map(|fact| fact.value), Some(40));
}

#[test]
fn prose_holds_no_gap() {
    let source = source("# Gap analysis\n\n## 1. Scope\n\n```\n### GAP-1: No\n```\n");
    assert_eq!(source.outline.facts, Facts::Ledger(Box::default()));
    assert_eq!(source.diagnostics.iter().filter(|d| d.code == &codes::LEDGER_EMPTY).count(), 1);
}
