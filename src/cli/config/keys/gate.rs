//! `[gate]`: what must hold for a check to pass.

use toml::de::DeValue;

use super::{Problems, Value};
use crate::model::{
    gate::{About, Gate, GateRule},
    weights,
};

const KEYS: &[&str] = &[
    "coverage",
    "priority",
    "ledger",
    "dimension",
    "phase",
    "max_drift",
    "expired_waivers",
    "no_regression",
    "allow_empty",
];

const WAIVER_WORDS: &[&str] = &["fail", "allow"];

impl Problems {
    /// Reads `[gate]`.
    pub(super) fn gate(&mut self, value: &Value<'_>) -> Gate {
        let mut gate = Gate::default();
        let before = self.0.len();
        let DeValue::Table(table) = value.get_ref() else {
            self.mistyped("gate", "a table of rules", value);
            return gate;
        };
        for (key, value) in table {
            let name: &str = key.get_ref();
            match name {
                "coverage" => self.percent(About::All, name, value, &mut gate),
                "priority" => self.percents(About::Priority, name, value, &mut gate),
                "ledger" => self.percents(About::Ledger, name, value, &mut gate),
                "dimension" => self.percents(About::Dimension, name, value, &mut gate),
                "phase" => self.percents(About::Phase, name, value, &mut gate),
                "max_drift" => match whole(value) {
                    Some(limit) => gate.add(About::Drift, limit, value),
                    None => self.mistyped(name, "a whole number of gaps", value),
                },
                "expired_waivers" => match self.text(name, value).as_deref() {
                    Some("fail") => gate.add(About::ExpiredWaivers, 0, value),
                    Some("allow") | None => {}
                    Some(other) => self.unknown("value", other, value.span(), WAIVER_WORDS),
                },
                "no_regression" => {
                    if self.flag(name, value) {
                        gate.add(About::NoRegression, 0, value);
                    }
                }
                "allow_empty" => gate.allow_empty = self.flag(name, value),
                _ => self.unknown("setting of the gate", name, key.span(), KEYS),
            }
        }
        // Tables come sorted by key; people read them as written.
        gate.rules.sort_by_key(|rule| rule.span);
        if gate.rules.is_empty() && self.0.len() == before {
            let help = "set `coverage`, `max_drift` or another rule, or leave the table out";
            self.add(value.span(), "the gate has no rule", Some(help.to_owned()));
        }
        gate
    }

    fn percents(
        &mut self,
        about: fn(String) -> About,
        name: &str,
        value: &Value<'_>,
        gate: &mut Gate,
    ) {
        let DeValue::Table(table) = value.get_ref() else {
            return self.mistyped(name, &format!("a table of percentages by {name}"), value);
        };
        for (key, value) in table {
            let group: &str = key.get_ref();
            if name == "priority" && !weights::KEYS.contains(&group) {
                self.unknown("priority", group, key.span(), &weights::KEYS);
                continue;
            }
            self.percent(about(group.to_owned()), group, value, gate);
        }
    }

    fn percent(&mut self, about: About, name: &str, value: &Value<'_>, gate: &mut Gate) {
        match whole(value).filter(|percent| *percent <= 100) {
            Some(percent) => gate.add(about, percent, value),
            None => self.mistyped(name, "a percentage, a whole number from 0 to 100", value),
        }
    }
}

impl Gate {
    fn add(&mut self, about: About, limit: u32, value: &Value<'_>) {
        self.rules.push(GateRule { about, limit, span: Some(value.span().into()) });
    }
}

fn whole(value: &Value<'_>) -> Option<u32> {
    let number = value.get_ref().as_integer()?;
    u32::from_str_radix(number.as_str(), number.radix()).ok()
}
