//! The tables of the site that can be downloaded, and the pages that lead to them.

use super::{
    model::{Download, View},
    site::Site,
};
use crate::{
    graph::record::{RecordIx, RecordKind},
    model::{ledger::Ledger, source::Facts},
    path::RelPath,
};

/// Where the files lie.
const FOLDER: &str = "tables";

/// A table that spreadsheets and programs can read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// Every gap.
    Gaps,
    /// Every target of a gap, with its state.
    Targets,
    /// Every decision.
    Decisions,
    /// Every document.
    Documents,
    /// Every text of research.
    Research,
    /// Every citation of lines.
    Citations,
    /// Every package of schemas.
    Packages,
    /// Every declaration in a schema.
    Symbols,
    /// Everything that has an id.
    Records,
    /// Every link.
    Links,
    /// What nothing links to.
    Orphans,
    /// What to write next.
    Plan,
    /// What ledgers hold beside their gaps.
    Entries,
    /// Figures that ledgers state, and what was counted.
    Statements,
    /// What is wrong with the content.
    Diagnostics,
}

/// The form of the file of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Comma-separated values.
    Csv,
    /// A list of objects.
    Json,
}

impl Ending {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Csv, Self::Json];

    fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }
}

impl Table {
    /// All.
    pub const ALL: [Self; 15] = [
        Self::Gaps,
        Self::Targets,
        Self::Decisions,
        Self::Documents,
        Self::Research,
        Self::Citations,
        Self::Packages,
        Self::Symbols,
        Self::Records,
        Self::Links,
        Self::Orphans,
        Self::Plan,
        Self::Entries,
        Self::Statements,
        Self::Diagnostics,
    ];

    /// The stable word of files and of the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gaps => "gaps",
            Self::Targets => "targets",
            Self::Decisions => "decisions",
            Self::Documents => "documents",
            Self::Research => "research",
            Self::Citations => "citations",
            Self::Packages => "packages",
            Self::Symbols => "symbols",
            Self::Records => "records",
            Self::Links => "links",
            Self::Orphans => "orphans",
            Self::Plan => "plan",
            Self::Entries => "entries",
            Self::Statements => "statements",
            Self::Diagnostics => "diagnostics",
        }
    }

    /// What a row is, for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Gaps => "Gaps",
            Self::Targets => "Targets of gaps",
            Self::Decisions => "Decisions",
            Self::Documents => "Documents",
            Self::Research => "Research",
            Self::Citations => "Citations of lines",
            Self::Packages => "Packages",
            Self::Symbols => "Declarations",
            Self::Records => "Records",
            Self::Links => "Links",
            Self::Orphans => "What nothing links to",
            Self::Plan => "Plan",
            Self::Entries => "Entries of gap analyses",
            Self::Statements => "Stated figures",
            Self::Diagnostics => "Problems",
        }
    }

    /// Its file with this ending, from the root of the site.
    pub fn route(self, ending: Ending) -> RelPath {
        let name = format!("{FOLDER}/{}.{}", self.name(), ending.name());
        RelPath::new(&name).expect("a name is a path")
    }

    /// The table that has the file at a route, and the form of the file.
    pub fn at(route: &RelPath) -> Option<(Self, Ending)> {
        let all = Self::ALL.into_iter().flat_map(|table| Ending::ALL.map(|ending| (table, ending)));
        let mut all = all.filter(|_| route.parent() == FOLDER);
        all.find(|(table, ending)| table.route(*ending) == *route)
    }

    /// Whether it has no row. Of [`Table::Diagnostics`] nobody knows before all pages are made.
    pub fn is_empty(self, site: &Site<'_>) -> bool {
        let lacks = |kind| site.of_kind(kind).next().is_none();
        let ledgers = || site.of_kind(RecordKind::Ledger);
        match self {
            Self::Gaps => site.graph.gaps.is_empty(),
            Self::Targets => site.graph.gaps.values().all(|finding| finding.targets.is_empty()),
            Self::Decisions => lacks(RecordKind::Decision),
            Self::Documents => {
                [RecordKind::Document, RecordKind::Ledger, RecordKind::Diagram].map(lacks)
                    == [true; 3]
            }
            Self::Research => lacks(RecordKind::Research),
            Self::Citations => site.corpus.anchors.all.is_empty(),
            Self::Packages => site.graph.symbols.packages.is_empty(),
            Self::Symbols => lacks(RecordKind::Symbol),
            Self::Records => site.graph.records.iter().len() == 0,
            Self::Links => site.graph.links.iter().next().is_none(),
            Self::Orphans => super::orphans::all(site).next().is_none(),
            Self::Plan => site.graph.plan.steps.is_empty(),
            Self::Entries => {
                ledgers().all(|ix| ledger(site, ix).is_none_or(|l| l.entries.is_empty()))
            }
            Self::Statements => {
                ledgers().all(|ix| ledger(site, ix).is_none_or(|l| l.statements.is_empty()))
            }
            Self::Diagnostics => false,
        }
    }
}

fn ledger<'a>(site: &Site<'a>, ix: RecordIx) -> Option<&'a Ledger> {
    match &site.corpus.outlines[site.record(ix).file].facts {
        Facts::Ledger(ledger) => Some(ledger),
        _ => None,
    }
}

/// The tables that a page shows or is made from.
fn of(view: &View) -> &'static [Table] {
    match view {
        View::GapIndex(_) | View::GapList(_) | View::Drift(_) => &[Table::Gaps],
        View::Trace(_) => &[Table::Targets],
        View::DecisionIndex(_) => &[Table::Decisions],
        View::DocumentIndex(_) => &[Table::Documents],
        View::ResearchIndex(_) => &[Table::Research, Table::Citations],
        View::SchemaIndex(_) => &[Table::Packages, Table::Symbols],
        View::Search(_) => &[Table::Records],
        View::Whole(_) => &[Table::Links],
        View::Orphans(_) => &[Table::Orphans],
        View::Plan(_) => &[Table::Plan],
        View::Ledger(_) => &[Table::Entries, Table::Statements],
        View::Diagnostics(view) if !view.files.is_empty() => &[Table::Diagnostics],
        _ => &[],
    }
}

/// The ways to the tables of a page.
pub(super) fn downloads(site: &Site<'_>, route: &RelPath, view: &View) -> Vec<Download> {
    let tables = of(view).iter().filter(|table| site.tables && !table.is_empty(site));
    let download = |table: &Table| Download {
        title: table.label(),
        csv: site.href(route, &table.route(Ending::Csv)),
        json: site.href(route, &table.route(Ending::Json)),
    };
    tables.map(download).collect()
}
