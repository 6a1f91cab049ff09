//! How the lists of a ledger are divided into pages: its gaps, the figures it states, a table for
//! each kind of entry, all in one row. A short ledger has one page, with its text at the end; the
//! text of a divided one has a page of its own.

use std::{collections::BTreeMap, ops::Range};

use crate::{
    graph::{
        Corpus, Graph,
        claims::{LedgerClaims, Verdict},
        coverage,
        record::{RecordIx, RecordKind},
        schedule::{Schedule, StepOf},
    },
    model::{
        gap::Gap,
        ledger::{Entry, EntryKind, Ledger},
        source::Facts,
    },
    text::parts::{self, escaped},
};

/// Lists of so many bytes of HTML have their text on the same page, when that is short too.
const SHORT: usize = 60_000;

/// What surrounds the words of a row, in bytes, and of what a row lists.
const ROW: usize = 420;
const ITEM: usize = 110;

/// A list on the page of a ledger, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum List {
    /// Its gaps.
    Gaps,
    /// Figures that do not hold.
    Differs,
    /// Figures that hold.
    Holds,
    /// Figures that cannot be counted.
    Open,
    /// What it says twice in two ways.
    Contradictions,
    /// The entries of a kind.
    Table(EntryKind),
    /// Gaps that the ledger answers as a document.
    Covers,
}

/// Where each entry of each list stands.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// The pages, each a part of all entries.
    pages: Vec<Range<usize>>,
    /// Where each list that holds something lies among all entries.
    lists: BTreeMap<List, Range<usize>>,
    divided: bool,
    /// The pages of the entries that do not stand on the first, by their place in the ledger.
    entries: BTreeMap<usize, usize>,
}

impl Layout {
    /// The layout of a ledger's file.
    pub fn of(corpus: Corpus<'_>, graph: &Graph, file: usize) -> Self {
        let outline = &corpus.outlines[file];
        let mut layout = Self::default();
        let mut sizes: Vec<usize> = Vec::new();
        for (list, of_list) in sizes_of(corpus, graph, file) {
            let start = sizes.len();
            sizes.extend(of_list);
            if sizes.len() > start {
                layout.lists.insert(list, start..sizes.len());
            }
        }
        layout.divided = !outline.divisions.is_empty() || sizes.iter().sum::<usize>() > SHORT;
        layout.pages = match layout.divided {
            true => parts::fill(sizes, parts::PAGE),
            false => std::iter::once(0..sizes.len()).collect(),
        };
        if let Facts::Ledger(ledger) = &outline.facts
            && layout.pages.len() > 1
        {
            layout.entries = of_entries(graph, ledger, file, &layout);
        }
        layout
    }

    /// Whether the text has a page of its own, and the lists may have several.
    pub fn is_divided(&self) -> bool {
        self.divided
    }

    /// How many pages the lists have.
    pub fn pages(&self) -> usize {
        self.pages.len().max(1)
    }

    /// The lists that hold something, with how much.
    pub fn lists(&self) -> impl Iterator<Item = (List, usize)> + '_ {
        self.lists.iter().map(|(list, range)| (*list, range.len()))
    }

    /// The part of a list that is on a page, counted from 1.
    pub fn window(&self, list: List, page: usize) -> Range<usize> {
        let (Some(of_list), Some(here)) = (self.lists.get(&list), self.pages.get(page - 1)) else {
            return 0..0;
        };
        parts::window(here, of_list.start, of_list.len())
    }

    /// The page, from 1, with an entry of the ledger, by its place in it.
    pub fn page_of_entry(&self, n: usize) -> usize {
        self.entries.get(&n).copied().unwrap_or(1)
    }

    /// The page, from 1, with an entry of a list; that of an entry that is not there is the first.
    pub fn page_of(&self, list: List, at: usize) -> usize {
        let Some(of_list) = self.lists.get(&list) else { return 1 };
        self.pages.partition_point(|page| page.end <= of_list.start + at).min(self.pages() - 1) + 1
    }
}

/// The pages of the entries of a ledger that do not stand on the first, by their place in it.
fn of_entries(
    graph: &Graph,
    ledger: &Ledger,
    file: usize,
    layout: &Layout,
) -> BTreeMap<usize, usize> {
    let mut at: BTreeMap<usize, (EntryKind, usize)> = BTreeMap::new();
    let mut counts: BTreeMap<EntryKind, usize> = BTreeMap::new();
    for (n, entry) in ledger.entries.iter().enumerate() {
        let count = counts.entry(entry.kind).or_default();
        at.insert(n, (entry.kind, *count));
        *count += 1;
    }
    let steps = graph.schedules.get(&file).into_iter().flat_map(|plan| &plan.steps);
    for (row, step) in steps.enumerate() {
        if let StepOf::Entry(n) = step.of {
            at.insert(n, (EntryKind::Effort, row));
        }
    }
    let pages = at.into_iter().map(|(n, (kind, row))| (n, layout.page_of(List::Table(kind), row)));
    pages.filter(|(_, page)| *page > 1).collect()
}

/// How large each entry of each list is as HTML, in bytes, about.
fn sizes_of(corpus: Corpus<'_>, graph: &Graph, file: usize) -> Vec<(List, Vec<usize>)> {
    let whole = graph.records.of_file(file);
    let gap = |ix: &RecordIx| {
        let record = graph.records.get(*ix);
        let said = coverage::gap_of(corpus, record).map_or(0, said);
        let targets = graph.gaps.get(ix).map_or(0, |finding| {
            finding.targets.iter().map(|target| ITEM + escaped(&target.name)).sum()
        });
        ROW + escaped(&record.title) + escaped(&record.id) * 2 + said + targets
    };
    let parts = graph.records.parts_of(file).iter();
    let gaps = parts.filter(|ix| graph.records.get(**ix).kind == RecordKind::Gap);
    let mut sizes = vec![(List::Gaps, gaps.map(gap).collect())];
    if let Facts::Ledger(ledger) = &corpus.outlines[file].facts {
        if let Some(claims) = graph.claims.get(&file) {
            sizes.extend(of_claims(claims, ledger));
        }
        let plan = graph.schedules.get(&file);
        sizes.extend(EntryKind::ALL.map(|kind| (List::Table(kind), of_table(ledger, plan, kind))));
    }
    let answers = graph
        .gaps
        .iter()
        .filter(|(_, finding)| finding.targets.iter().any(|target| target.found.contains(&whole)));
    sizes.push((List::Covers, answers.map(|(ix, _)| gap(ix)).collect()));
    sizes
}

/// The words of a claim that the row of a gap shows.
fn said(gap: &Gap) -> usize {
    gap.claim.mentions.iter().take(super::CLAIMS).map(|said| ITEM + escaped(&said.raw)).sum()
}

fn of_claims(claims: &LedgerClaims, ledger: &Ledger) -> Vec<(List, Vec<usize>)> {
    let of = |verdict: Verdict| {
        let own = claims.findings.iter().filter(|finding| finding.verdict == verdict);
        let size = own.map(|finding| {
            ROW + escaped(&ledger.statements[finding.statement].raw) + escaped(&finding.how)
        });
        size.collect::<Vec<usize>>()
    };
    let sides = claims.contradictions.iter().map(|one| {
        let side = one.sides.iter().map(|side| ITEM + escaped(&side.raw) + escaped(&side.value));
        ROW + escaped(&one.message) + side.sum::<usize>()
    });
    vec![
        (List::Differs, of(Verdict::Differs)),
        (List::Holds, of(Verdict::Holds)),
        (List::Open, of(Verdict::NotCountable)),
        (List::Contradictions, sides.collect()),
    ]
}

fn of_table(ledger: &Ledger, plan: Option<&Schedule>, kind: EntryKind) -> Vec<usize> {
    match (kind, plan) {
        (EntryKind::Effort, Some(plan)) => {
            let step = |step: &crate::graph::schedule::Step| {
                let after = step.after.iter().map(|(name, _)| ITEM + escaped(&name.value));
                ROW + ITEM * 2 + escaped(&step.title) * 2 + after.sum::<usize>()
            };
            plan.steps.iter().map(step).collect()
        }
        (EntryKind::Effort, None) => Vec::new(),
        _ => ledger.entries.iter().filter(|entry| entry.kind == kind).map(entry).collect(),
    }
}

fn entry(entry: &Entry) -> usize {
    let said = entry.said.iter().map(|(_, fact)| fact).chain(&entry.items);
    let said = said.map(|fact| ITEM + escaped(&fact.value)).sum::<usize>();
    let more = entry.more.iter().map(|field| ITEM + escaped(&field.label) + escaped(&field.text));
    // The heading that it stands under may be repeated above it.
    let above = entry.section.as_ref().map_or(0, |section| escaped(&section.value));
    ROW + escaped(&entry.title.value) + above + said + more.sum::<usize>()
}
