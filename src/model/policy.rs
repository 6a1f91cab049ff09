//! What a change is judged by: the settings that it must not choose for itself.

use std::collections::BTreeSet;

use super::{
    config::{Config, ConfigWaiver},
    external::External,
    gap::Waiver,
    gate::Gate,
    levels::Levels,
    substance::Substance,
    treatment::Treatment,
};

/// The settings that a change is judged by, as its base has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The rules.
    pub gate: Gate,
    /// How much findings weigh.
    pub diagnostics: Levels,
    /// What makes a document more than a stub.
    pub substance: Substance,
    /// Which addresses elsewhere may be asked.
    pub external: External,
    /// How texts are treated: raw HTML, and how much work they may ask for.
    pub treatment: Treatment,
    /// The waivers of `lacuna.toml`.
    pub waiver: Vec<ConfigWaiver>,
    /// The waivers of gap records.
    pub of_records: BTreeSet<RecordWaiver>,
}

/// A waiver that a gap's own record gives, without its place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordWaiver {
    /// The id of the gap in lower case.
    pub gap: String,
    /// Why.
    pub reason: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// The last day on which it holds.
    pub until: Option<String>,
}

impl RecordWaiver {
    /// The waiver that the record of a gap gives.
    pub fn of(gap: &str, waiver: &Waiver) -> Self {
        let Waiver { reason, owner, until, .. } = waiver.clone();
        Self { gap: gap.to_lowercase(), reason, owner, until }
    }
}

impl Policy {
    /// That of a configuration and of the records beside it.
    pub fn of(config: &Config, of_records: BTreeSet<RecordWaiver>) -> Self {
        Self {
            gate: config.gate.clone(),
            diagnostics: config.diagnostics.clone(),
            substance: config.substance.clone(),
            external: config.external.clone(),
            treatment: config.treatment(),
            waiver: config.waiver.clone(),
            of_records,
        }
    }

    /// Puts it in the place of a configuration's own. What both have keeps its place in the file
    /// of the configuration; the rest has none there.
    pub fn impose(&self, config: &mut Config) {
        let own = std::mem::replace(&mut config.gate, self.gate.clone());
        for rule in &mut config.gate.rules {
            let same = own.rules.iter().find(|own| own.about == rule.about);
            rule.span = same.and_then(|own| own.span);
        }
        let own = std::mem::replace(&mut config.waiver, self.waiver.clone());
        for waiver in &mut config.waiver {
            let same = own.iter().find(|own| own.says_the_same(waiver));
            (waiver.span, waiver.line) = same.map_or((None, 1), |own| (own.span, own.line));
        }
        config.diagnostics = self.diagnostics.clone();
        config.substance = self.substance.clone();
        config.external = self.external.clone();
        config.treat(self.treatment);
        config.accepted_waivers = Some(self.of_records.clone());
    }
}
