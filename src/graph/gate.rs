//! Judges the rules of the gate by the figures that every page shows. It fails closed: a rule about
//! something that is not there, or about nothing, is not met.

use super::{
    Graph,
    coverage::WaiverState,
    metrics::{Group, Tally},
    record::Records,
};
use crate::{
    model::gate::{About, Gate, GateRule},
    text::Span,
};

/// What became of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// What it is about: `priority P0`.
    pub name: String,
    /// What was found: `2 of 3 gaps covered, 66.6 %`.
    pub figure: String,
    /// What is asked for: `at least 100 %`.
    pub wanted: String,
    /// Whether it is met.
    pub outcome: Outcome,
    /// The rule in `lacuna.toml`.
    pub span: Option<Span>,
}

/// Whether a rule is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is.
    Passed,
    /// It is not.
    Failed,
}

impl Outcome {
    /// The stable word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
        }
    }

    fn of(is_met: bool) -> Self {
        if is_met { Self::Passed } else { Self::Failed }
    }
}

/// The verdict of each rule, in the order of the rules.
pub fn judge(gate: &Gate, graph: &Graph) -> Vec<Verdict> {
    gate.rules.iter().map(|rule| one(gate, rule, graph)).collect()
}

fn one(gate: &Gate, rule: &GateRule, graph: &Graph) -> Verdict {
    let metrics = &graph.metrics;
    let group = |groups: &[Group], label: &str| {
        let found = groups.iter().find(|group| group.label.to_lowercase() == label.to_lowercase());
        // A group exists as far as gaps are in it.
        Ok(found.map(|group| group.tally).unwrap_or_default())
    };
    let covered = |name: String, tally| share(gate, rule, name, tally);
    match &rule.about {
        About::All => covered("all gaps".to_owned(), Ok(metrics.overall)),
        About::Priority(name) => {
            let label = if name == "none" { "No priority" } else { name };
            covered(format!("priority {name}"), group(&metrics.by_priority, label))
        }
        About::Dimension(name) => {
            covered(format!("dimension {name}"), group(&metrics.by_category, name))
        }
        About::Phase(name) => covered(format!("phase {name}"), group(&metrics.by_phase, name)),
        About::Ledger(name) => {
            let tally = ledger(&metrics.by_ledger, &graph.records, name);
            covered(format!("ledger {name}"), tally)
        }
        About::Drift => {
            let (over, under) = (metrics.drift.overclaimed, metrics.drift.underclaimed);
            let count = over + under;
            Verdict {
                name: "drift".to_owned(),
                figure: match count {
                    0 => "no gap drifts".to_owned(),
                    _ => format!("{} ({over} overclaimed, {under} underclaimed)", drift(count)),
                },
                wanted: format!("at most {}", rule.limit),
                outcome: Outcome::of(count <= rule.limit as usize),
                span: rule.span,
            }
        }
        About::ExpiredWaivers => {
            let waivers = graph.gaps.values().flat_map(|finding| &finding.waivers);
            let count = waivers.filter(|waiver| waiver.state == WaiverState::Expired).count();
            Verdict {
                name: "expired waivers".to_owned(),
                figure: match count {
                    1 => "1 waiver is over".to_owned(),
                    count => format!("{count} waivers are over"),
                },
                wanted: "none".to_owned(),
                outcome: Outcome::of(count == 0),
                span: rule.span,
            }
        }
    }
}

fn drift(count: usize) -> String {
    if count == 1 { "1 gap drifts".to_owned() } else { format!("{count} gaps drift") }
}

/// The figures of the one gap analysis of this path or title.
fn ledger(groups: &[Group], records: &Records, name: &str) -> Result<Tally, String> {
    let path =
        |group: &&Group| group.ledger.is_some_and(|ix| records.get(ix).path.as_str() == name);
    if let Some(group) = groups.iter().find(path) {
        return Ok(group.tally);
    }
    let titled = |group: &&Group| group.label.to_lowercase() == name.to_lowercase();
    let mut titled = groups.iter().filter(titled);
    match (titled.next(), titled.count()) {
        (None, _) => Err("no gap analysis has this path or title".to_owned()),
        (Some(group), 0) => Ok(group.tally),
        (Some(_), more) => {
            Err(format!("{} gap analyses have this title; write the path of one", more + 1))
        }
    }
}

fn share(gate: &Gate, rule: &GateRule, name: String, tally: Result<Tally, String>) -> Verdict {
    let (figure, is_met) = match tally {
        Err(why) => (why, false),
        Ok(tally) if tally.counted() == 0 => {
            let waived = match tally.waived {
                0 => String::new(),
                waived => format!(", {waived} waived"),
            };
            (format!("no gap to cover{waived}"), gate.allow_empty)
        }
        Ok(tally) => {
            let (part, whole) = (tally.covered as u64, tally.counted() as u64);
            // Cut and not rounded, so that 66.6 of 67 does not look met; compared exactly.
            let tenths = part * 1000 / whole;
            let gaps = if whole == 1 { "gap" } else { "gaps" };
            let figure =
                format!("{part} of {whole} {gaps} covered, {}.{} %", tenths / 10, tenths % 10);
            (figure, part * 100 >= u64::from(rule.limit) * whole)
        }
    };
    Verdict {
        name,
        figure,
        wanted: format!("at least {} %", rule.limit),
        outcome: Outcome::of(is_met),
        span: rule.span,
    }
}
