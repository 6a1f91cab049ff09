//! The figures a ledger states, for its page, its text and the front page.

use std::ops::Range;

use super::{
    ledger::layout::List,
    model::{
        ClaimCount, ClaimRow, ClaimTotals, ClaimsView, ContradictionRow, MentionRow, TextMark,
    },
    site::Site,
};
use crate::{
    graph::{
        claims::{Finding, LedgerClaims, Verdict},
        contradiction::{Contradiction, Surety},
    },
    model::{
        source::Facts,
        statement::{Statement, Subject},
    },
    path::RelPath,
};

/// What a ledger states and contradicts, the part of each list that is to be shown; none when there
/// is nothing to show.
pub fn view(
    site: &Site<'_>,
    route: &RelPath,
    file: usize,
    window: impl Fn(List) -> Range<usize>,
) -> Option<ClaimsView> {
    let claims = site.graph.claims.get(&file)?;
    let statements = statements(site, file);
    let whole = site.graph.records.of_file(file);
    let row = |finding: &Finding| {
        let stated = &statements[finding.statement];
        ClaimRow {
            anchor: anchor(finding),
            raw: stated.raw.clone(),
            line: stated.line,
            href: site.line_href(route, whole, stated.line),
            counted: counted(finding, statements),
            how: finding.how.clone(),
        }
    };
    let of = |verdict: Verdict| claims.findings.iter().filter(move |f| f.verdict == verdict);
    let rows = |verdict: Verdict, list: List| -> Vec<ClaimRow> {
        let here = window(list);
        of(verdict).skip(here.start).take(here.len()).map(row).collect()
    };
    let contradictions = &claims.contradictions[window(List::Contradictions)];
    let view = ClaimsView {
        differs: rows(Verdict::Differs, List::Differs),
        open: rows(Verdict::NotCountable, List::Open),
        holds: rows(Verdict::Holds, List::Holds),
        contradictions: contradictions
            .iter()
            .map(|one| contradiction(site, route, file, one))
            .collect(),
        totals: ClaimTotals::default(),
    };
    let totals = ClaimTotals {
        differs: of(Verdict::Differs).count(),
        open: of(Verdict::NotCountable).count(),
        holds: of(Verdict::Holds).count(),
        contradictions: claims.contradictions.len(),
    };
    (view != ClaimsView::default()).then_some(ClaimsView { totals, ..view })
}

/// The contradictions about one gap of a ledger.
pub fn of_gap(site: &Site<'_>, route: &RelPath, file: usize, gap: usize) -> Vec<ContradictionRow> {
    let Some(claims) = site.graph.claims.get(&file) else { return Vec::new() };
    let own = claims.contradictions.iter().filter(|one| one.gap == Some(gap));
    own.map(|one| contradiction(site, route, file, one)).collect()
}

/// A mark behind each figure of a file's text that does not hold, in the order of the text.
pub fn marks(site: &Site<'_>, route: &RelPath, file: usize) -> Vec<TextMark> {
    let Some(claims) = site.graph.claims.get(&file) else { return Vec::new() };
    let ledger = site.graph.records.of_file(file);
    let layout = site.lookups.ledgers.get(&ledger);
    let page = |nth: usize| {
        let page = layout.map_or(1, |layout| layout.page_of(List::Differs, nth));
        let page = site.route.further(site.route.of(ledger), page);
        if page == *route { String::new() } else { site.href(route, &page) }
    };
    let statements = statements(site, file);
    let differs = claims.findings.iter().filter(|finding| finding.verdict == Verdict::Differs);
    let mut marks: Vec<TextMark> = differs
        .enumerate()
        .map(|(nth, finding)| TextMark {
            at: statements[finding.statement].span.end,
            counted: counted(finding, statements),
            how: finding.how.clone(),
            href: format!("{}#{}", page(nth), anchor(finding)),
        })
        .collect();
    marks.sort_by_key(|mark| mark.at);
    marks
}

/// The ledgers with figures that do not hold or with contradictions, the worst first.
pub fn counts(site: &Site<'_>, route: &RelPath) -> Vec<ClaimCount> {
    let count = |(file, claims): (&usize, &LedgerClaims)| {
        let of = |verdict| claims.findings.iter().filter(|f| f.verdict == verdict).count();
        let differs = of(Verdict::Differs);
        let contradictions =
            claims.contradictions.iter().filter(|one| one.surety == Surety::Plain).count();
        let ledger = site.graph.records.of_file(*file);
        let (list, place) = match differs {
            0 => (List::Contradictions, "lc-contradictions"),
            _ => (List::Differs, "lc-claims"),
        };
        (differs + contradictions > 0).then(|| ClaimCount {
            ledger: site.link(route, ledger),
            href: super::ledger::list_href(site, route, ledger, list, place),
            differs,
            counted: differs + of(Verdict::Holds),
            contradictions,
        })
    };
    let mut counts: Vec<ClaimCount> = site.graph.claims.iter().filter_map(count).collect();
    counts.sort_by_key(|count| std::cmp::Reverse((count.differs, count.contradictions)));
    counts
}

fn statements<'a>(site: &Site<'a>, file: usize) -> &'a [Statement] {
    match &site.corpus.outlines[file].facts {
        Facts::Ledger(ledger) => &ledger.statements,
        _ => &[],
    }
}

/// What to show as counted: of parts that do not add up to the gaps, their sum says more.
fn counted(finding: &Finding, statements: &[Statement]) -> String {
    let counted = finding.counted.clone().unwrap_or_default();
    let stated = &statements[finding.statement];
    match &stated.subject {
        Subject::Breakdown { .. } if finding.verdict == Verdict::Differs => {
            format!("{counted}, parts add up to {}", stated.amount)
        }
        _ => counted,
    }
}

fn anchor(finding: &Finding) -> String {
    format!("lc-claim-{}", finding.statement + 1)
}

fn contradiction(
    site: &Site<'_>,
    route: &RelPath,
    file: usize,
    one: &Contradiction,
) -> ContradictionRow {
    let gap = one.gap.and_then(|gap| site.graph.records.parts_of(file).get(gap).copied());
    let whole = site.graph.records.of_file(file);
    ContradictionRow {
        kind: one.kind.name(),
        surety: match one.surety {
            Surety::Plain => "plain",
            Surety::Inferred => "inferred",
        },
        gap: gap.map(|gap| site.link(route, gap)),
        id: gap.map(|gap| site.record(gap).id.clone()).unwrap_or_default(),
        message: one.message.clone(),
        sides: one
            .sides
            .iter()
            .map(|side| MentionRow {
                value: side.value.clone(),
                raw: side.raw.clone(),
                line: side.line,
                href: site.line_href(route, whole, side.line),
            })
            .collect(),
    }
}
