//! What a page may show. A template sees one `Page` and nothing else, so that the question "what
//! does this page depend on" has one answer. Every address in here is relative to the page.

mod all;
mod anchor;
mod board;
mod claims;
mod decision;
mod diagnostics;
mod drift;
mod evidence;
mod gap;
mod layers;
mod ledger;
mod past;
mod plan;
mod research;
mod schema;
mod section;
mod sought;
mod trace;
mod view;
mod whole;

use std::sync::Arc;

use serde::Serialize;

use crate::{model::treatment::Treatment, path::RelPath};
pub use all::{AllView, RecordRow};
pub use anchor::{AnchorView, DiffRow};
pub use board::{GapGroup, GapListView, HeatCell, HeatHead, HeatMap, HeatRow, PageLink, Pager};
pub use claims::{
    ClaimCount, ClaimRow, ClaimTotals, ClaimsView, ContradictionRow, MentionRow, TextMark,
};
pub use decision::{
    Cell as TimelineCell, DecisionCount, DecisionIndex, DecisionRow, DecisionView, RelationRow,
    RestRow, Timeline,
};
pub use diagnostics::{CodeRow, CodeView, DiagnosedFile, DiagnosticsView, Finding};
pub use drift::{ClaimWords, DriftCount, DriftRow, DriftView, Settled};
pub use evidence::{BandView, DemandView, PlaceView, StripView, SupportView, UsageView};
pub use gap::{CloseStep, EvidenceView, GapIndex, GapRow, GapView, TargetGroup, TargetView};
pub use layers::{LayerNode, Layers};
pub use ledger::{
    Axis, Cell, EntryGroup, EntryPart, EntryRow, EntryTable, HeldGap, LedgerView, LineLink, Said,
};
pub use past::{Changed, GapPast, RecentRow, Trend, TrendLine, TrendRow, TrendView};
pub use plan::{Figure, PlanEvidence, PlanGap, PlanStep, PlanView};
pub use research::{ChunkRow, ChunkView, CitedRange, LineRow, ResearchIndex};
pub use schema::{
    Declared, FieldGroup, FieldRow, FileRow, FurtherRow, HttpRow, MethodRow, NeedRow, OneofRow,
    OptionRow, PackageRow, PackageView, SchemaIndex, ShareView, SourceView, SymbolRow, SymbolView,
    TypeWords, UndocumentedRow, ValueRow, WellKnownRow, WellKnownView,
};
pub use section::{FileLine, FileState, FileView, SectionRow, SectionView};
pub use sought::{Sought, SoughtFile};
pub use trace::{
    BadgeGroup, BadgeRow, BadgesView, OrphanGroup, OrphanRow, OrphansView, TraceColumn, TraceRow,
    TraceView,
};
pub use view::{EmbeddedView, ViewAnswer, ViewContent, ViewCount, ViewData, ViewProblem, ViewRow};
pub use whole::{WholeRow, WholeView};

/// One page of the site.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct Page {
    /// Its file in the site: `docs/X.html`.
    pub route: RelPath,
    /// The file it was made from, for diagnostics.
    #[serde(skip)]
    pub origin: Option<RelPath>,
    /// What surrounds the content.
    pub frame: Frame,
    /// The content of its kind.
    #[serde(flatten)]
    pub view: View,
    /// Text that is rendered to HTML before the template runs, as `content` (or by name).
    #[serde(skip)]
    pub texts: Vec<(String, Text)>,
    /// How these texts are treated.
    #[serde(skip)]
    pub treatment: Treatment,
}

/// What every page has around its content.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct Frame {
    /// The page's title, plain text.
    pub title: String,
    /// What the source says of the page in one sentence, may be empty.
    pub description: String,
    /// What the page is about, in a sentence or two, for those who see no more of it: the
    /// description, else the beginning of the text.
    pub summary: String,
    /// The site's title.
    pub site: String,
    /// `""`, `"../"`, …: from this page to the root of the site.
    pub root: String,
    /// The label of this version of the site, when it lies beside others.
    pub version: Option<String>,
    /// The absolute address of the page, when the site's is known.
    pub canonical: Option<String>,
    /// The twin in Markdown, relative to the page; none when pages have none.
    pub twin: Option<String>,
    /// The feed of the site, relative to the page; none when there is none.
    pub feed: Option<String>,
    /// From home down to the page's parent.
    pub breadcrumbs: Vec<Link>,
    /// The sections of the site; the current one is marked.
    pub sections: Vec<NavLink>,
    /// The pages beside this one, never the whole site.
    pub siblings: Vec<NavLink>,
    /// Where to see all siblings when they were too many.
    pub all_siblings: Option<Link>,
    /// The headings of the page.
    pub toc: Vec<TocEntry>,
    /// Pages that link here.
    pub backlinks: Vec<Backlink>,
    /// The section that the siblings belong to.
    pub section: Option<Link>,
    /// The file the page was made from.
    pub source: Option<String>,
    /// The last commit that changed it, when the site shows the history.
    pub changed: Option<Changed>,
    /// Where that file can be seen in its repository.
    pub view_source: Option<String>,
    /// Where it can be edited there.
    pub edit: Option<String>,
    /// The short address that stays the same: its words, and the way to it.
    pub short: Option<Link>,
    /// The page before this one in its section.
    pub prev: Option<Link>,
    /// The page after.
    pub next: Option<Link>,
    /// Its tables as files.
    pub downloads: Vec<Download>,
}

/// A table as files.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Download {
    /// What its rows are.
    pub title: &'static str,
    /// The address of the CSV, relative to the page.
    pub csv: String,
    /// The address of the JSON.
    pub json: String,
}

/// A link with its text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Link {
    /// Text, plain.
    pub title: String,
    /// Address, relative to the page.
    pub href: String,
}

/// A link of a navigation.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct NavLink {
    /// Text, plain.
    pub title: String,
    /// Address, relative to the page.
    pub href: String,
    /// Whether the reader is here (or below).
    pub current: bool,
    /// How many entries stand below it, when it is a section; else 0.
    pub pages: usize,
}

/// An entry of the table of contents.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct TocEntry {
    /// Heading level, 2 to 4.
    pub level: u8,
    /// Text, plain.
    pub title: String,
    /// Fragment without `#`.
    pub anchor: String,
}

/// A page that links here.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Backlink {
    /// `decision`, `gap`, `document`, …
    pub kind: &'static str,
    /// The other page's title.
    pub title: String,
    /// Address, relative to the page.
    pub href: String,
}

/// Text to be rendered, with everything the renderer needs to know of the rest of the site.
#[derive(Clone, Debug, PartialEq, Hash)]
pub enum Text {
    /// A part of a Markdown file.
    Markdown {
        /// The whole file.
        text: Arc<str>,
        /// Where the text begins after the front matter: anchors are counted from here.
        body: usize,
        /// The part to render, in bytes.
        part: std::ops::Range<usize>,
        /// Resolved references of the file by the first byte of their span.
        links: Arc<Vec<TextLink>>,
        /// Marks behind words that do not hold, by place.
        marks: Arc<Vec<TextMark>>,
        /// Views in it, answered, by place.
        views: Arc<Vec<EmbeddedView>>,
        /// Whether the first h1 is the page's title and left out of the body.
        title: TitleIs,
    },
    /// Markdown of a schema comment, with the names of symbols in it by place.
    Comment(String, Vec<TextLink>),
    /// Who needs whom, to be drawn.
    Layers(Layers),
    /// Coverage over time, to be drawn.
    Trend(Trend),
    /// Text by its lines, from the first to the last that is shown, each with an id: `L12`.
    Lines(Arc<str>, (u32, u32)),
    /// A Mermaid file.
    Mermaid(Arc<str>),
    /// Source code with its language.
    Code(Arc<str>, &'static str),
}

/// Who shows the first heading of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TitleIs {
    /// The template, from the frame: the body leaves it out.
    InFrame,
    /// The body.
    InBody,
}

/// A resolved reference of a Markdown file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TextLink {
    /// The reference in the file, bytes.
    pub start: usize,
    /// Its end.
    pub end: usize,
    /// The address, relative to the page; `None` when it leads nowhere.
    pub href: Option<String>,
    /// The title of what it leads to.
    pub title: String,
    /// What it leads to, for a style class: `gap`, `decision`, …
    pub kind: &'static str,
}

/// The content of a page, by kind. The template has the name of the variant.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum View {
    /// The front page.
    Home(Home),
    /// A Markdown document; also a file of many decisions, with what it holds.
    Document(Document),
    /// All documents by folder.
    DocumentIndex(DocumentIndex),
    /// One section, or a folder.
    Section(SectionView),
    /// A file that is no record.
    File(FileView),
    /// All decisions.
    DecisionIndex(DecisionIndex),
    /// One decision.
    Decision(DecisionView),
    /// All research.
    ResearchIndex(ResearchIndex),
    /// Research by lines.
    Chunk(ChunkView),
    /// All packages.
    SchemaIndex(SchemaIndex),
    /// One package.
    Package(PackageView),
    /// One message, enum, service or extension.
    Symbol(Box<SymbolView>),
    /// The text of a schema.
    Source(SourceView),
    /// Types that need no file.
    WellKnown(WellKnownView),
    /// All gaps.
    GapIndex(GapIndex),
    /// One page of a list of gaps.
    GapList(Box<GapListView>),
    /// Gaps by documents.
    Trace(Box<TraceView>),
    /// The whole graph.
    Whole(Box<WholeView>),
    /// What nothing links to.
    Orphans(OrphansView),
    /// What to paste to show a badge.
    Badges(BadgesView),
    /// One gap.
    Gap(Box<GapView>),
    /// A gap analysis.
    Ledger(Box<LedgerView>),
    /// Claim against finding.
    Drift(DriftView),
    /// What to write next.
    Plan(Box<PlanView>),
    /// A drawing.
    Diagram(DiagramView),
    /// All records, and the search.
    Search(AllView),
    /// What is wrong with the content.
    Diagnostics(DiagnosticsView),
    /// What a diagnostic code means.
    Code(CodeView),
    /// The page for addresses that do not exist.
    NotFound,
    /// A page that the program failed to make.
    Failed,
}

impl View {
    /// The template's file name without its extension.
    pub fn template(&self) -> &'static str {
        match self {
            Self::Home(_) => "home",
            Self::Document(_) => "document",
            Self::DocumentIndex(_) => "document_index",
            Self::Section(_) => "section",
            Self::File(_) => "file",
            Self::DecisionIndex(_) => "decision_index",
            Self::Decision(_) => "decision",
            Self::ResearchIndex(_) => "research_index",
            Self::Chunk(_) => "chunk",
            Self::SchemaIndex(_) => "schema_index",
            Self::Package(_) => "package",
            Self::Symbol(_) => "symbol",
            Self::Source(_) => "source",
            Self::WellKnown(_) => "well_known",
            Self::GapIndex(_) => "gap_index",
            Self::GapList(_) => "gap_list",
            Self::Trace(_) => "trace",
            Self::Whole(_) => "whole",
            Self::Orphans(_) => "orphans",
            Self::Badges(_) => "badges",
            Self::Gap(_) => "gap",
            Self::Ledger(_) => "ledger",
            Self::Drift(_) => "drift",
            Self::Plan(_) => "plan",
            Self::Diagram(_) => "diagram",
            Self::Search(_) => "search",
            Self::Diagnostics(_) => "diagnostics",
            Self::Code(_) => "code",
            Self::NotFound | Self::Failed => "not_found",
        }
    }
}

/// How much is covered, in one group of gaps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Tally {
    /// The group: `All gaps`, `P0`, a ledger's title.
    pub label: String,
    /// Address of the group, may be empty.
    pub href: String,
    /// Gaps whose every target covers them.
    pub covered: usize,
    /// Gaps filled in part.
    pub partial: usize,
    /// Gaps nobody has filled.
    pub uncovered: usize,
    /// Gaps with a valid waiver.
    pub waived: usize,
    /// All of them.
    pub total: usize,
    /// Covered share of what is not waived, in percent; 100 only for all, 0 only for none; `None` when
    /// nothing is counted.
    pub percent: Option<u8>,
}

/// The front page.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct Home {
    /// Coverage of all gaps.
    pub coverage: Tally,
    /// Coverage by priority, the most urgent first; only priorities in use.
    pub priorities: Vec<Tally>,
    /// How many gaps the texts call done.
    pub claimed: usize,
    /// Coverage by ledger.
    pub ledgers: Vec<Tally>,
    /// The covered share in percent where each gap counts by the weight of its priority.
    pub weighted: Option<u8>,
    /// Gaps whose claim does not hold, the worst of them.
    pub drift: Vec<DriftRow>,
    /// How many gaps are in each state of drift.
    pub drift_counts: Vec<DriftCount>,
    /// The address of the drift board.
    pub drift_href: String,
    /// The first documents of the plan.
    pub next: Vec<PlanStep>,
    /// The address of the plan.
    pub plan_href: String,
    /// Ledgers with figures that do not hold, or with contradictions.
    pub stated: Vec<ClaimCount>,
    /// Records by kind: label and count with an address.
    pub counts: Vec<Count>,
    /// Documents to begin with.
    pub start: Vec<Link>,
    /// The document that introduces the project, shown where there are no gaps.
    pub readme: Option<Link>,
    /// The sections of documents right below the root.
    pub sections: Vec<SectionRow>,
    /// The newest decisions.
    pub decisions: Vec<DecisionRow>,
    /// What changed last, when the site shows the history.
    pub recent: Vec<RecentRow>,
    /// Coverage over time, when the site shows the history.
    pub trend: Option<TrendView>,
    /// The packages of schemas, with the number of their symbols.
    pub packages: Vec<Count>,
    /// Numbers of errors, warnings and notes.
    pub problems: Problems,
    /// The address of the page of diagnostics.
    pub diagnostics_href: String,
    /// Gaps by documents, orphans, badges: title and address.
    pub views: Vec<Link>,
}

/// A number of records with a way to them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Count {
    /// Plural: `decisions`.
    pub label: String,
    /// How many.
    pub count: usize,
    /// Address.
    pub href: String,
}

/// Numbers of diagnostics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Problems {
    /// Broken promises.
    pub errors: usize,
    /// Worth mending.
    pub warnings: usize,
    /// Good to know.
    pub infos: usize,
}

/// A Markdown document.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct Document {
    /// `document`, `decision`, `research`.
    pub label: &'static str,
    /// The date as written.
    pub date: Option<String>,
    /// Tags as written.
    pub tags: Vec<String>,
    /// Gaps the document fills, or is meant to fill.
    pub covers: Vec<GapRow>,
    /// Decisions it holds, when it holds many.
    pub decisions: Vec<DecisionRow>,
    /// Whether the text is so long that browsers lay out what is on the screen only.
    pub long: bool,
}

/// All documents.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct DocumentIndex {
    /// By folder, those that are shown.
    pub folders: Vec<Folder>,
    /// The ways to the other pages.
    pub pager: Option<Pager>,
}

/// A folder of documents.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct Folder {
    /// Its name for people.
    pub name: String,
    /// Its path, may be empty.
    pub folder: String,
    /// The address of its own page; none for the root.
    pub href: Option<String>,
    /// How many sections it stands in.
    pub depth: usize,
    /// A fragment of the index.
    pub anchor: String,
    /// How many documents it has.
    pub all: usize,
    /// Those that are shown.
    pub documents: Vec<DocumentRow>,
}

/// A document in a list.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct DocumentRow {
    /// Title and address.
    #[serde(flatten)]
    pub link: Link,
    /// The file.
    pub path: String,
    /// `document`, `ledger`, `diagram`.
    pub label: &'static str,
    /// One sentence, may be empty.
    pub description: String,
}

/// A diagram file. The drawing is the text named `content`.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct DiagramView {
    /// Lines of source.
    pub lines: u32,
}
