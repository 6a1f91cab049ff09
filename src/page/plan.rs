//! The plan: which document to write next, for which gaps, and from which research.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use super::{
    bare, board,
    model::{Figure, Page, PlanEvidence, PlanGap, PlanStep, PlanView, View},
    rows,
    site::Site,
};
use crate::{
    graph::{
        citation::Cited,
        coverage::{self, Coverage},
        plan::Step,
        record::RecordIx,
    },
    model::{
        gap::{Evidence, Priority},
        source::Facts,
        weights,
    },
    path::RelPath,
    text::parts::{PAGE, escaped, fill, window},
};

/// So many characters of a cited line are shown.
const WORDS: usize = 90;

/// What surrounds the words of a document, of a gap and of a place of research, in bytes of HTML.
const STEP: usize = 900;
const GAP: usize = 250;
const PLACE: usize = 260;

/// How many pages the plan has.
pub fn pages(site: &Site<'_>) -> usize {
    parts(site).len()
}

/// One page of the plan, counted from 1. What is left of a document whose gaps do not fit on one
/// page is on the next.
pub fn page(site: &Site<'_>, n: usize) -> Page {
    let route = site.route.plan(n);
    let parts = parts(site);
    let here = parts.get(n - 1).cloned().unwrap_or_default();
    let plan = &site.graph.plan;
    let mut research = Research::default();
    let mut steps = Vec::new();
    let mut before = 0;
    for (number, step) in (1..).zip(&plan.steps) {
        let all = gaps_of(step);
        let shown = window(&here, before, all);
        if !shown.is_empty() {
            steps.push(of_step(site, &route, (number, step), &shown, &mut research));
        }
        before += all;
    }
    let without = &plan.without_target[window(&here, before, plan.without_target.len())];
    let view = PlanView {
        steps,
        without_target: without.iter().map(|ix| gap(site, &route, *ix)).collect(),
        pager: board::pager(site, &route, (n, parts.len()), |n| site.route.plan(n)),
        page: n,
        ..frame(site, &route)
    };
    let title = if n > 1 { format!("Plan, page {n}") } else { "Plan".to_owned() };
    bare(site, route, &title, View::Plan(Box::new(view)))
}

/// The gaps of a document: those that it fills come before those that it brings nearer.
fn gaps_of(step: &Step) -> usize {
    step.fills.len() + step.helps.len()
}

/// The parts of the plan, page by page: the gaps of all documents, then those without any.
fn parts(site: &Site<'_>) -> Vec<Range<usize>> {
    let plan = &site.graph.plan;
    let of_gap = |ix: &RecordIx| GAP + escaped(&site.record(*ix).title) + of_evidence(site, *ix);
    let of_step = |step: &Step| {
        let mut sizes: Vec<usize> = step.fills.iter().chain(&step.helps).map(of_gap).collect();
        // A document without gaps has no place in the plan.
        if let Some(first) = sizes.first_mut() {
            *first += STEP + escaped(&step.document.name) * 2;
        }
        sizes
    };
    let without = plan.without_target.iter().map(|ix| GAP + escaped(&site.record(*ix).title));
    fill(plan.steps.iter().flat_map(of_step).chain(without), PAGE)
}

fn of_evidence(site: &Site<'_>, ix: RecordIx) -> usize {
    let place = |(evidence, _): &(Evidence, Cited)| PLACE + escaped(&evidence.citation.target) * 2;
    site.graph.gaps[&ix].evidence.iter().map(place).sum()
}

/// The first `most` documents of the plan, with everything to write them from.
pub fn view(site: &Site<'_>, from: &RelPath, most: usize) -> PlanView {
    let plan = &site.graph.plan;
    PlanView {
        steps: steps(site, from, most),
        without_target: plan.without_target.iter().map(|ix| gap(site, from, *ix)).collect(),
        ..frame(site, from)
    }
}

/// The plan without any document.
fn frame(site: &Site<'_>, from: &RelPath) -> PlanView {
    let plan = &site.graph.plan;
    let ranks = Priority::ALL.map(Some).into_iter().chain([None]);
    let weights = ranks.map(|rank| site.corpus.weights.of(rank));
    PlanView {
        coverage: rows::tally_all(site, from),
        documents: plan.steps.len(),
        steps: Vec::new(),
        without_target: Vec::new(),
        without: plan.without_target.len(),
        pager: None,
        page: 1,
        weights: weights::KEYS.into_iter().zip(weights).collect(),
    }
}

/// The first `most` documents of the plan.
pub fn steps(site: &Site<'_>, from: &RelPath, most: usize) -> Vec<PlanStep> {
    let mut research = Research::default();
    let steps = site.graph.plan.steps.iter().take(most).enumerate();
    let all = |step: &Step| 0..gaps_of(step);
    steps.map(|(n, step)| of_step(site, from, (n + 1, step), &all(step), &mut research)).collect()
}

fn of_step<'s>(
    site: &Site<'s>,
    from: &RelPath,
    (number, step): (usize, &'s Step),
    shown: &Range<usize>,
    research: &mut Research<'s>,
) -> PlanStep {
    let gaps = |found: &[RecordIx]| found.iter().map(|ix| gap(site, from, *ix)).collect();
    let fills = &step.fills[window(shown, 0, step.fills.len())];
    let helps = &step.helps[window(shown, step.fills.len(), step.helps.len())];
    PlanStep {
        number,
        document: step.document.name.clone(),
        href: step.document.found.map(|ix| site.record_href(from, ix)),
        work: step.document.work.name(),
        gain: Figure(step.gain),
        fills: gaps(fills),
        helps: gaps(helps),
        all_fills: step.fills.len(),
        all_helps: step.helps.len(),
        goes_on: shown.start > 0,
        after: rows::shown("All gaps", String::new(), step.after),
        evidence: evidence(site, from, fills.iter().chain(helps), research),
    }
}

fn gap(site: &Site<'_>, from: &RelPath, ix: RecordIx) -> PlanGap {
    let record = site.record(ix);
    let gap = coverage::gap_of(site.corpus, record);
    let is_open = |ix: &RecordIx| {
        let state = site.graph.gaps.get(ix).map(|finding| finding.coverage);
        matches!(state, Some(Coverage::Partial | Coverage::Uncovered))
    };
    let before: BTreeSet<RecordIx> = site
        .graph
        .gaps
        .get(&ix)
        .into_iter()
        .flat_map(|finding| &finding.depends_on)
        .filter_map(|(_, to)| *to)
        .filter(|to| *to != ix && is_open(to))
        .collect();
    PlanGap {
        id: record.id.clone(),
        link: site.link(from, ix),
        priority: rows::priority(site, ix).map_or("", |priority| priority.name()),
        effort: gap.map(|g| g.effort.iter().map(|e| e.value.clone()).collect()).unwrap_or_default(),
        waits_for: before.into_iter().map(|ix| site.record(ix).id.clone()).collect(),
    }
}

/// A place of research: file, lines, section.
type Place = (String, Option<(u32, u32)>, Option<String>);

/// The places that the gaps of a document cite, each once, in the order of the gaps.
fn evidence<'s>(
    site: &Site<'s>,
    from: &RelPath,
    gaps: impl Iterator<Item = &'s RecordIx>,
    research: &mut Research<'s>,
) -> Vec<PlanEvidence> {
    let mut at: BTreeMap<Place, usize> = BTreeMap::new();
    let mut found: Vec<PlanEvidence> = Vec::new();
    for ix in gaps {
        for (evidence, cited) in &site.graph.gaps[ix].evidence {
            let path = cited.path.as_ref().map(ToString::to_string);
            let path = path.unwrap_or_else(|| evidence.citation.target.clone());
            let lines = cited.lines.or(evidence.citation.lines);
            let key = (path.clone(), lines, evidence.citation.section.clone());
            let known = *at.entry(key).or_insert(found.len());
            if known == found.len() {
                found.push(place(site, from, (evidence, cited), (path, lines), research));
            }
            let id = &site.record(*ix).id;
            if found[known].gaps.last() != Some(id) {
                found[known].gaps.push(id.clone());
            }
        }
    }
    found
}

fn place<'s>(
    site: &Site<'s>,
    from: &RelPath,
    (evidence, cited): (&Evidence, &Cited),
    (path, lines): (String, Option<(u32, u32)>),
    research: &mut Research<'s>,
) -> PlanEvidence {
    let file = cited.path.as_ref().and_then(|path| site.file(path));
    let record = file.map(|file| site.graph.records.of_file(file));
    let words = match (file, cited.lines, &cited.anchor) {
        (Some(file), Some(lines), _) => research.first_words(site, file, lines),
        (Some(file), None, Some(anchor)) => heading(site, file, anchor),
        (Some(file), None, None) => research.opening(site, file),
        (None, ..) => String::new(),
    };
    PlanEvidence {
        path,
        lines,
        section: evidence.citation.section.clone(),
        state: cited.state.name(),
        words,
        href: site.cited_href(from, record, cited),
        gaps: Vec::new(),
    }
}

fn heading(site: &Site<'_>, file: usize, anchor: &str) -> String {
    let headings = &site.corpus.outlines[file].headings;
    let heading = headings.iter().find(|heading| heading.anchor == anchor);
    heading.map(|heading| heading.text.clone()).unwrap_or_default()
}

/// The lines of cited files, split once however often they are cited.
#[derive(Default)]
struct Research<'s> {
    lines: BTreeMap<usize, Vec<&'s str>>,
}

impl<'s> Research<'s> {
    /// The first words of a file cited as a whole, after what it says of itself.
    fn opening(&mut self, site: &Site<'s>, file: usize) -> String {
        let outline = &site.corpus.outlines[file];
        match &outline.facts {
            Facts::Chunk(chunk) => self.first_words(site, file, (chunk.body_line, outline.lines)),
            _ => outline.title.clone(),
        }
    }

    /// The first line with words in it among some lines of a file, cut to a length.
    fn first_words(&mut self, site: &Site<'s>, file: usize, (start, end): (u32, u32)) -> String {
        let lines = self.lines.entry(file).or_insert_with(|| site.lines_of(file).collect());
        let last = (end as usize).min(lines.len());
        let first = (start.max(1) as usize - 1).min(last);
        let said = lines[first..last].iter().map(|line| line.trim());
        let words = said.filter(|line| line.chars().any(char::is_alphanumeric));
        let words = words.map(|line| line.trim_start_matches(['#', '>', '*', '-', ' '])).next();
        let words = words.unwrap_or_default();
        match words.char_indices().nth(WORDS) {
            Some((end, _)) => format!("{}…", words[..end].trim_end()),
            None => words.to_owned(),
        }
    }
}
