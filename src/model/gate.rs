//! The gate of `lacuna.toml`: what must hold for a check to pass.

use crate::text::Span;

/// The rules of the gate, in the order of the file; a gate without rules asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Gate {
    /// The rules.
    pub rules: Vec<GateRule>,
    /// Whether a rule about no gap at all is met.
    pub allow_empty: bool,
}

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct GateRule {
    /// What it is about.
    pub about: About,
    /// The least percentage that must be covered, or the most gaps that may drift; 0 where there is
    /// no number.
    pub limit: u32,
    /// Its value in the file; none when the file is not the project's own.
    pub span: Option<Span>,
}

/// What a rule is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum About {
    /// The covered share of all gaps.
    All,
    /// The covered share of a priority: `P0` to `P4`, or `none`.
    Priority(String),
    /// The covered share of a gap analysis, by its path or title.
    Ledger(String),
    /// The covered share of a category or dimension, as written.
    Dimension(String),
    /// The covered share of a phase, as written.
    Phase(String),
    /// How many gaps claim what the files do not bear out.
    Drift,
    /// Waivers whose last day is over.
    ExpiredWaivers,
}
