//! The gate of `lacuna.toml`: what must hold for a check to pass.

use std::fmt;

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
    /// Nothing is worse than in the base that the change is compared with.
    NoRegression,
}

impl fmt::Display for About {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("all gaps"),
            Self::Priority(name) => write!(f, "priority {name}"),
            Self::Ledger(name) => write!(f, "ledger {name}"),
            Self::Dimension(name) => write!(f, "dimension {name}"),
            Self::Phase(name) => write!(f, "phase {name}"),
            Self::Drift => f.write_str("drift"),
            Self::ExpiredWaivers => f.write_str("expired waivers"),
            Self::NoRegression => f.write_str("no regression"),
        }
    }
}

impl GateRule {
    /// What is asked for: `at least 60 %`.
    pub fn wanted(&self) -> String {
        match self.about {
            About::Drift => format!("at most {}", self.limit),
            About::ExpiredWaivers => "none".to_owned(),
            About::NoRegression => "nothing worse".to_owned(),
            _ => format!("at least {} %", self.limit),
        }
    }
}
