//! The figures a ledger states, for its page, its text and the front page.

use super::{
    model::{ClaimCount, ClaimRow, ClaimsView, ContradictionRow, MentionRow, TextMark},
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

/// What a ledger states and contradicts; none when it does neither.
pub fn view(site: &Site<'_>, route: &RelPath, file: usize) -> Option<ClaimsView> {
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
    let rows = |verdict: Verdict| -> Vec<ClaimRow> {
        claims.findings.iter().filter(|finding| finding.verdict == verdict).map(row).collect()
    };
    let view = ClaimsView {
        differs: rows(Verdict::Differs),
        open: rows(Verdict::NotCountable),
        holds: rows(Verdict::Holds),
        contradictions: claims
            .contradictions
            .iter()
            .map(|one| contradiction(site, route, file, one))
            .collect(),
    };
    (view != ClaimsView::default()).then_some(view)
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
    let page = site.record_href(route, site.graph.records.of_file(file));
    let here = site.route.of(site.graph.records.of_file(file)) == route;
    let page = if here { String::new() } else { page };
    let statements = statements(site, file);
    let differs = claims.findings.iter().filter(|finding| finding.verdict == Verdict::Differs);
    let mut marks: Vec<TextMark> = differs
        .map(|finding| TextMark {
            at: statements[finding.statement].span.end,
            counted: counted(finding, statements),
            how: finding.how.clone(),
            href: format!("{page}#{}", anchor(finding)),
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
        (differs + contradictions > 0).then(|| ClaimCount {
            ledger: site.link(route, site.graph.records.of_file(*file)),
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
