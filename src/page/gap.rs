//! The list of gaps, and one gap: claim against finding, with the proof.

use super::{
    around, badges, bare,
    board::{self, Facet},
    closing, frame,
    model::{
        EvidenceView, GapIndex, GapView, Link, Page, RelationRow, TargetGroup, TargetView, Text,
        View,
    },
    past, rows,
    site::Site,
    sought,
};
use crate::{
    evidence::{Side, Support},
    graph::{
        citation::{Cited, CitedState},
        coverage::{self, GapFinding, TargetFinding, WaiverFinding, proof},
        record::{Part, RecordIx, RecordKind},
    },
    model::gap::{Evidence, Gap},
    path::RelPath,
};

/// So many cited lines are quoted; the rest are behind the link.
const QUOTED_LINES: usize = 12;

/// All gaps.
pub fn index(site: &Site<'_>) -> Page {
    let route = site.route.index(RecordKind::Gap);
    let (groups, pager) = board::first_page(site);
    let metrics = &site.graph.metrics;
    let view = GapIndex {
        coverage: rows::tally_all(site, &route),
        targets: metrics.targets,
        priorities: board::tallies(site, &route, Facet::Priority),
        states: board::tallies(site, &route, Facet::Coverage),
        maps: board::maps(site, &route),
        weighted: metrics.weighted.percent(),
        sought: groups.is_empty().then(|| sought::of(site, &route)),
        groups,
        pager,
        version: board::version(&board::data(site)),
    };
    bare(site, route, "Gaps", View::GapIndex(view))
}

/// One gap.
pub fn page(site: &Site<'_>, ix: RecordIx) -> Page {
    let record = site.record(ix);
    let route = site.route.of(ix).clone();
    let frame = frame::of_record(site, ix);
    let (Some(gap), Some(finding)) =
        (coverage::gap_of(site.corpus, record), site.graph.gaps.get(&ix))
    else {
        return bare(site, route, &record.title, View::NotFound);
    };
    let mut supports = site.evidence().of_gap(ix).iter();
    let evidence = finding
        .evidence
        .iter()
        .map(|(e, cited)| {
            let anchored = site.corpus.anchors.at(&record.path, &record.id, &e.citation);
            let anchor = anchored.and_then(|one| super::anchor::view(site, &route, one));
            EvidenceView { anchor, ..evidence(site, &route, e, cited, supports.next()) }
        })
        .collect();
    let view = GapView {
        row: rows::gap(site, &route, ix),
        origin: origin(site, &route, ix, gap),
        claims: claims(gap),
        contradictions: match record.part {
            Part::Gap(gap) => super::claims::of_gap(site, &route, record.file, gap),
            _ => Vec::new(),
        },
        why: format!("{}.", sentence(&finding.why.replace('`', ""))),
        rule: finding.coverage.rule(),
        evidence,
        targets: target_groups(site, &route, ix, finding),
        impact: gap.impact.as_ref().map(|i| i.value.clone()).unwrap_or_default(),
        effort: gap.effort.iter().map(|e| e.value.clone()).collect(),
        category: gap.category.as_ref().map(|c| c.value.clone()).unwrap_or_default(),
        depends_on: finding.depends_on.iter().map(|d| dependency(site, &route, d)).collect(),
        holds_up: holds_up(site, &route, ix),
        closing: closing::steps(site, &route, ix, gap, finding),
        past: past::of_gap(site, &record.id),
        badge: badges::row(site, &route, &badges::of_gap(site, ix, finding)),
        tasks: gap.tasks.clone(),
        fields: gap.fields.clone(),
        waiver: finding.waivers.first().map(waiver_words),
    };
    let whole = (record.part == Part::Whole)
        .then(|| super::document::body(site, &route, record.file))
        .flatten();
    let mut texts: Vec<(String, Text)> =
        whole.map(|text| ("content".to_owned(), text)).into_iter().collect();
    let drawn = around::layers(site, &route, ix, finding);
    texts.extend(drawn.map(|layers| ("around".to_owned(), Text::Layers(layers))));
    Page {
        origin: Some(record.path.clone()),
        route,
        frame,
        view: View::Gap(Box::new(view)),
        texts,
        treatment: site.treatment,
    }
}

fn origin(site: &Site<'_>, route: &RelPath, ix: RecordIx, gap: &Gap) -> Link {
    let record = site.record(ix);
    let whole = site.graph.records.of_file(record.file);
    let lines: Vec<String> = gap.defined_at.iter().map(u32::to_string).collect();
    let title = format!("{}, line {}", record.path, lines.join(" and "));
    let mut href = site.record_href(route, whole);
    if let Some(anchor) = &gap.anchor {
        href = site.place_href(route, whole, anchor);
    }
    Link { title, href }
}

fn claims(gap: &Gap) -> Vec<(String, u32)> {
    let percent = gap.claim.percent.iter().map(|p| (format!("{} %", p.value), p.line));
    gap.claim.mentions.iter().map(|m| (m.raw.clone(), m.line)).chain(percent).collect()
}

fn target_groups(
    site: &Site<'_>,
    route: &RelPath,
    ix: RecordIx,
    finding: &GapFinding,
) -> Vec<TargetGroup> {
    let path = &site.record(ix).path;
    let groups = proof::groups(finding).into_iter();
    let views = groups.map(|group| TargetGroup {
        label: group.label().map(|label| sentence(&label)),
        targets: group.targets.iter().map(|own| target_view(site, route, path, own)).collect(),
    });
    views.collect()
}

/// The text with a capital at its beginning.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn target_view(
    site: &Site<'_>,
    route: &RelPath,
    path: &RelPath,
    target: &TargetFinding,
) -> TargetView {
    let place = match (&target.named_at, &target.declared_at) {
        (Some((line, _)), _) => format!("{path}, line {line}"),
        (None, Some(spot)) => format!("{}, line {}", spot.path, spot.line),
        (None, None) => path.to_string(),
    };
    let found = target.found.first().map(|ix| {
        let mut link = site.link(route, *ix);
        if let Some(anchor) = &target.anchor {
            link.href = site.place_href(route, *ix, anchor);
        }
        link
    });
    TargetView {
        name: target.name.clone(),
        section: target.section.clone(),
        place,
        state: target.state.name(),
        // Code signs are for the terminal.
        why: format!("{}.", sentence(&target.why.replace('`', ""))),
        found,
    }
}

fn evidence(
    site: &Site<'_>,
    route: &RelPath,
    evidence: &Evidence,
    cited: &Cited,
    support: Option<&Support>,
) -> EvidenceView {
    let file = cited.path.as_ref().and_then(|path| site.file(path));
    let record = file.map(|file| site.graph.records.of_file(file));
    let mut quote = Vec::new();
    let mut more = 0;
    // Of a whole file, the lines that say most of the gap are quoted.
    let told = support.and_then(|support| support.places.iter().find(|p| p.side == Side::Within));
    let quoted = cited.lines.or(told.map(|place| place.lines));
    if let (Some(file), Some((start, end))) = (file, quoted) {
        let lines = site.lines_of(file).enumerate().skip(start as usize - 1);
        let lines = lines.take((end - start) as usize + 1);
        quote.extend(lines.take(QUOTED_LINES).map(|(n, text)| (n as u32 + 1, text.to_owned())));
        more = (end - start + 1).saturating_sub(quote.len() as u32);
    }
    EvidenceView {
        citation: evidence.citation.clone(),
        verdict: verdict(evidence, cited),
        state: cited.state.name(),
        href: site.cited_href(route, record, cited),
        anchor: None,
        support: support.and_then(|support| super::support::view(site, route, support)),
        quote,
        more,
    }
}

fn verdict(evidence: &Evidence, cited: &Cited) -> String {
    let path = cited.path.as_ref().map(ToString::to_string).unwrap_or_default();
    let lines = |(start, end): (u32, u32)| match start == end {
        true => format!("line {start}"),
        false => format!("lines {start} to {end}"),
    };
    match (cited.state, cited.lines) {
        (CitedState::Exact, Some(found)) => format!("{path}, {}", lines(found)),
        (CitedState::BySource, Some(found)) => format!(
            "{path}, {}: the citation counts lines of the original, of which this is a part",
            lines(found)
        ),
        (CitedState::Section | CitedState::Whole, _) => path,
        (CitedState::SectionMissing, _) => format!("{path} has no such section"),
        (CitedState::PastEnd, _) => match evidence.citation.lines {
            Some(asked) => format!("{path} does not have {}", lines(asked)),
            None => format!("{path} ends before"),
        },
        (CitedState::Ambiguous, _) => "several files have this name".to_owned(),
        _ => "no file has this name".to_owned(),
    }
}

fn dependency(
    site: &Site<'_>,
    route: &RelPath,
    (name, found): &(String, Option<RecordIx>),
) -> RelationRow {
    RelationRow {
        label: "depends on",
        title: found.map_or_else(|| name.clone(), |ix| site.title_of(ix)),
        href: found.map(|ix| site.record_href(route, ix)),
    }
}

fn holds_up(site: &Site<'_>, route: &RelPath, ix: RecordIx) -> Vec<RelationRow> {
    let waits = |other: &RecordIx| {
        let finding = site.graph.gaps.get(other);
        finding.is_some_and(|f| f.depends_on.iter().any(|(_, to)| *to == Some(ix)))
    };
    let row = |other: RecordIx| RelationRow {
        label: "waits for it",
        title: format!("{} {}", site.record(other).id, site.title_of(other)),
        href: Some(site.record_href(route, other)),
    };
    site.graph.backlinks.to(ix).filter(waits).map(row).collect()
}

fn waiver_words(waiver: &WaiverFinding) -> String {
    let reason = waiver.reason.as_deref().unwrap_or("no reason is given");
    let owner = waiver.owner.as_deref().unwrap_or("nobody");
    let (path, line) = (waiver.by.path(), waiver.line);
    format!(
        "{reason}; {owner} answers for it. The waiver in {path}, line {line}, {}",
        waiver.verdict()
    )
}
