//! `lacuna.toml`: everything in it is optional.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    external::External,
    gate::Gate,
    levels::Levels,
    limits::Limits,
    policy::RecordWaiver,
    source::Kind,
    substance::Substance,
    treatment::{Content, Treatment},
    version::Version,
    vocabulary::Additions,
    weights::Weights,
};
use crate::{diag::Severity, text::Span};

/// The file's name, at the root of the project.
pub const FILE_NAME: &str = "lacuna.toml";

/// The configuration of a project.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The site's title; else the name of the root folder.
    pub title: Option<String>,
    /// Where the site is published, for the site map and canonical addresses.
    pub base_url: Option<String>,
    /// The web address of the repository; `none` for one that is not to be shown. Without it the
    /// remote of the checkout counts.
    pub repository: Option<String>,
    /// The branch that links to the repository show.
    pub branch: Option<String>,
    /// Whether documents with `draft = true` are read.
    pub drafts: bool,
    /// Whether the site shows what version control tells: the last change of each page, and
    /// coverage over time.
    pub history: bool,
    /// Whether every page has a twin in Markdown beside it.
    pub twins: bool,
    /// Whether the tables of the site lie beside it as CSV and JSON.
    pub tables: bool,
    /// How text files of the site are compressed once more, beside themselves.
    pub compress: Vec<Compression>,
    /// `default`, or a folder in `themes/` that replaces parts of it.
    pub theme: String,
    /// Folders and files to read; all when empty.
    pub sources: Vec<String>,
    /// Globs of files to leave out.
    pub exclude: Vec<String>,
    /// Kinds by path, over what discovery would say.
    pub collection: Vec<Collection>,
    /// What makes a document more than a stub.
    pub substance: Substance,
    /// Gaps that nobody has to fill, beside what their own records say.
    pub waiver: Vec<ConfigWaiver>,
    /// Levels of diagnostics by code and folder.
    pub diagnostics: Levels,
    /// What must hold for a check to pass.
    #[serde(skip)]
    pub gate: Gate,
    /// The waivers of gap records that count; all of them when there is none. No file says this: it
    /// is the policy of a base that a change is judged by.
    #[serde(skip)]
    pub accepted_waivers: Option<BTreeSet<RecordWaiver>>,
    /// Which version of the site this is, when several lie beside each other. The command line says
    /// it, and then `base_url` is that of the version.
    #[serde(skip)]
    pub version: Option<Version>,
    /// Which addresses elsewhere are asked for.
    pub external: External,
    /// What becomes of parts of a text that could be more than text.
    pub content: Content,
    /// How much work texts may ask for.
    pub limits: Limits,
    /// How much a gap counts by its priority.
    pub weights: Weights,
    /// Words of gap analyses, beside those that ship.
    pub vocabulary: Additions,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            title: None,
            base_url: None,
            repository: None,
            branch: None,
            drafts: false,
            history: false,
            twins: true,
            tables: true,
            compress: Vec::new(),
            theme: "default".into(),
            sources: Vec::new(),
            exclude: Vec::new(),
            collection: Vec::new(),
            substance: Substance::default(),
            waiver: Vec::new(),
            diagnostics: Levels::default(),
            gate: Gate::default(),
            accepted_waivers: None,
            version: None,
            external: External::default(),
            content: Content::default(),
            limits: Limits::default(),
            weights: Weights::default(),
            vocabulary: Additions::default(),
        }
    }
}

impl Config {
    /// How texts are treated when they are shown.
    pub fn treatment(&self) -> Treatment {
        Treatment { content: self.content, limits: self.limits }
    }

    /// Lets texts be treated otherwise than the file says.
    pub fn treat(&mut self, treatment: Treatment) {
        (self.content, self.limits) = (treatment.content, treatment.limits);
    }
}

/// A form of compression that servers hand out as it lies on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Compression {
    /// RFC 1952.
    Gzip,
    /// RFC 7932.
    Brotli,
}

impl Compression {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Gzip, Self::Brotli];

    /// Its name in the configuration.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Brotli => "brotli",
        }
    }

    /// What the name of a file that is compressed so ends in, after a dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Gzip => "gz",
            Self::Brotli => "br",
        }
    }
}

/// Files that are of one kind because the configuration says so.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Collection {
    /// The kind.
    pub kind: Kind,
    /// A glob: `docs/rfc/**`.
    pub path: String,
}

/// A gap that nobody has to fill, said where the ledger cannot be edited.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfigWaiver {
    /// The id of the gap, as the list of gaps shows it.
    pub gap: String,
    /// Why.
    pub reason: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// The last day on which it holds, `YYYY-MM-DD`.
    pub until: Option<String>,
    /// The id in the file; none when the file is not the project's own.
    #[serde(skip)]
    pub span: Option<Span>,
    /// The line of the id, from 1.
    #[serde(skip)]
    pub line: u32,
}

impl ConfigWaiver {
    /// Whether another waives the same gap in the same words, wherever it is written.
    pub fn says_the_same(&self, other: &Self) -> bool {
        let words = |of: &Self| {
            (of.gap.to_lowercase(), of.reason.clone(), of.owner.clone(), of.until.clone())
        };
        words(self) == words(other)
    }
}

/// The level of a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Fails.
    Error,
    /// Fails with `--strict`.
    Warning,
    /// Never fails.
    Info,
    /// Not shown.
    Off,
}

impl Level {
    /// The stable word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
            Self::Off => "off",
        }
    }

    /// The severity, or `None` when the diagnostic is not shown.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Off => None,
        }
    }
}
