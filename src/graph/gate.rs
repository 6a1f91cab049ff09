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
    /// It asks for a comparison, and nothing was compared.
    Skipped,
}

impl Outcome {
    /// The stable word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Skipped => "skipped",
        }
    }

    fn of(is_met: bool) -> Self {
        if is_met { Self::Passed } else { Self::Failed }
    }
}

/// What a comparison with a base gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Regression {
    /// What was compared with, as it was asked for.
    pub since: String,
    /// What got worse, in words: `2 gaps weakened`.
    pub signs: Vec<String>,
}

/// The verdict of each rule, in the order of the rules. Without a comparison the rule that asks for
/// one is skipped.
pub fn judge(gate: &Gate, graph: &Graph, compared: Option<&Regression>) -> Vec<Verdict> {
    gate.rules.iter().map(|rule| one(gate, rule, graph, compared)).collect()
}

fn one(gate: &Gate, rule: &GateRule, graph: &Graph, compared: Option<&Regression>) -> Verdict {
    let metrics = &graph.metrics;
    let group = |groups: &[Group], label: &str| {
        let found = groups.iter().find(|group| group.label.to_lowercase() == label.to_lowercase());
        // A group exists as far as gaps are in it.
        Ok(found.map(|group| group.tally).unwrap_or_default())
    };
    let covered = |tally| share(gate, rule, tally);
    let (figure, outcome) = match &rule.about {
        About::All => covered(Ok(metrics.overall)),
        About::Priority(name) => {
            let label = if name == "none" { "No priority" } else { name };
            covered(group(&metrics.by_priority, label))
        }
        About::Dimension(name) => covered(group(&metrics.by_category, name)),
        About::Phase(name) => covered(group(&metrics.by_phase, name)),
        About::Ledger(name) => covered(ledger(&metrics.by_ledger, &graph.records, name)),
        About::Drift => {
            let (over, under) = (metrics.drift.overclaimed, metrics.drift.underclaimed);
            let count = over + under;
            let figure = match count {
                0 => "no gap drifts".to_owned(),
                _ => format!("{} ({over} overclaimed, {under} underclaimed)", drift(count)),
            };
            (figure, Outcome::of(count <= rule.limit as usize))
        }
        About::ExpiredWaivers => {
            let waivers = graph.gaps.values().flat_map(|finding| &finding.waivers);
            let count = waivers.filter(|waiver| waiver.state == WaiverState::Expired).count();
            let figure = match count {
                1 => "1 waiver is over".to_owned(),
                count => format!("{count} waivers are over"),
            };
            (figure, Outcome::of(count == 0))
        }
        About::NoRegression => regression(compared),
    };
    let (name, wanted) = (rule.about.to_string(), rule.wanted());
    Verdict { name, figure, wanted, outcome, span: rule.span }
}

fn regression(compared: Option<&Regression>) -> (String, Outcome) {
    match compared {
        None => ("compared with nothing: `--base` names a base".to_owned(), Outcome::Skipped),
        Some(Regression { since, signs }) if signs.is_empty() => {
            (format!("nothing is worse than in {since}"), Outcome::Passed)
        }
        Some(Regression { since, signs }) => {
            (format!("worse than {since} by {}", signs.join(", ")), Outcome::Failed)
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

fn share(gate: &Gate, rule: &GateRule, tally: Result<Tally, String>) -> (String, Outcome) {
    match tally {
        Err(why) => (why, Outcome::Failed),
        Ok(tally) if tally.counted() == 0 => {
            let waived = match tally.waived {
                0 => String::new(),
                waived => format!(", {waived} waived"),
            };
            (format!("no gap to cover{waived}"), Outcome::of(gate.allow_empty))
        }
        Ok(tally) => {
            let (part, whole) = (tally.covered as u64, tally.counted() as u64);
            // Cut and not rounded, so that 66.6 of 67 does not look met; compared exactly.
            let tenths = part * 1000 / whole;
            let gaps = if whole == 1 { "gap" } else { "gaps" };
            let figure =
                format!("{part} of {whole} {gaps} covered, {}.{} %", tenths / 10, tenths % 10);
            (figure, Outcome::of(part * 100 >= u64::from(rule.limit) * whole))
        }
    }
}
