//! Lacuna compiles research notes, decision records, schemas, gap analyses and Markdown into one
//! cross-linked site, and says for every gap whether a document really fills it.
//!
//! # The pipeline is the architecture
//!
//! ```text
//! Snapshot   path -> text                   the World, once per build
//!    | read    per file, parallel, pure     one file in; its records and diagnostics out
//! Source     = Outline (ids, headings, references, facts) + Body
//!    | anchor  outlines, texts, the lock    what became of cited lines: a finding a citation
//!    | relate  over Outlines only, pure     links resolved, coverage derived
//! Graph
//!    | plan    pure                         which pages exist, and all that each may show
//! Page       = route + frame + view
//!    | render  per page, parallel, pure     templates, highlighting, diagrams
//! OutputSet  route -> bytes
//!    | publish compare, write, swap         the only other touch of the disk
//! ```
//!
//! 1. [`world::Snapshot::take`] lists and reads the files of a [`world::World`].
//! 2. [`engine::Reading::of`] classifies each file and has its reader in [`read`] make a
//!    [`model::source::Source`] of it.
//!    [`engine::anchoring`] compares what it cites with the lock: [`graph::anchor`].
//! 3. [`engine::relate`] joins the outlines to a [`graph::Graph`].
//! 4. [`page::jobs`] names the pages, and [`page::model`] says what each may show.
//! 5. [`render::page`] makes bytes of a [`page::model::Page`].
//! 6. [`engine::publish::publish`] replaces the old site by the new one, whole or not at all.
//!
//! [`engine::build`] has stages 4 and 5 on one screen; [`cli::build`] has the whole run.
//!
//! # Floors
//!
//! An import goes down, or sideways inside its own folder; never up.
//!
//! ```text
//! 7  cli, serve           the faces
//! 6  engine               the stages in order, the output, the publisher
//! 5  render, search       theme, body, code, diagram, badge; the index of the site's search
//! 4  check, page          one rule a file; one page kind a file; strangers to each other
//!    compare              how two revisions of a project differ; a stranger to both
//! 3  graph, evidence      links, coverage, citations, decisions, symbols; whether cited lines say it
//! 2  read                 one file a format
//! 1  model, world         records and configuration; the one door files come in by
//!    external             the one door to the network, for `check --external` alone
//! 0  text, path, diag     places, paths, diagnostics
//! ```
//!
//! # Invariants
//!
//! * Only [`world`] and [`engine::publish`] touch the file system (and [`engine::replace`], for the
//!   commands whose name says that they write), and only the command line reads
//!   the clock and the environment: `clippy.toml` forbids it elsewhere. The configuration and
//!   `init` are the two exceptions, each marked with its reason.
//! * Only [`external`] uses the network, and only `lacuna check --external` calls it.
//! * Reading never fails: a reader gives a value and diagnostics, and one broken file never hides
//!   another's page.
//! * The graph sees outlines and never bodies, so an edit to prose leaves it equal.
//! * A template sees its page and nothing else.
//! * Output is inert: no script but the theme's, no inline script or style, nothing loaded from
//!   elsewhere.
//! * The same input gives the same bytes, on any machine and any number of threads.
//!
//! `tests/tidy.rs` reads the imports, `tests/site.rs` crawls built sites.

pub mod check;
pub mod cli;
pub mod compare;
pub mod diag;
pub mod engine;
pub mod evidence;
pub mod external;
pub mod graph;
pub mod model;
pub mod page;
pub mod path;
pub mod read;
pub mod render;
pub mod search;
pub mod serve;
pub mod text;
pub mod world;
