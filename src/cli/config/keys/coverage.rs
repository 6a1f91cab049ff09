//! `[substance]` and `[[waiver]]`: what counts as written, and what need not be.

use toml::de::DeValue;

use super::{Problems, Value};
use crate::model::{
    config::ConfigWaiver,
    substance::{Filler, Substance},
};

const SUBSTANCE_KEYS: &[&str] = &["words", "section_words", "allow"];
const WAIVER_KEYS: &[&str] = &["gap", "reason", "owner", "until"];
/// A document of more words than this is no document but a book.
const MOST_WORDS: u32 = 100_000;

impl Problems {
    /// Reads `[substance]` over what holds without it.
    pub(super) fn substance(&mut self, value: &Value<'_>, substance: &mut Substance) {
        let DeValue::Table(table) = value.get_ref() else {
            return self.mistyped(
                "substance",
                "a table of `words`, `section_words`, `allow`",
                value,
            );
        };
        for (key, value) in table {
            let name: &str = key.get_ref();
            match name {
                "words" => substance.words = self.words(name, value, substance.words),
                "section_words" => {
                    substance.section_words = self.words(name, value, substance.section_words);
                }
                "allow" => substance.allow = self.fillers(value),
                _ => self.unknown("setting of substance", name, key.span(), SUBSTANCE_KEYS),
            }
        }
    }

    fn words(&mut self, name: &str, value: &Value<'_>, default: u32) -> u32 {
        let written = match value.get_ref() {
            DeValue::Integer(number) => number.as_str().replace('_', "").parse::<u32>().ok(),
            _ => None,
        };
        let words = written.filter(|words| (1..=MOST_WORDS).contains(words));
        if words.is_none() {
            self.mistyped(name, &format!("a whole number from 1 to {MOST_WORDS}"), value);
        }
        words.unwrap_or(default)
    }

    fn fillers(&mut self, value: &Value<'_>) -> Vec<Filler> {
        let DeValue::Array(values) = value.get_ref() else {
            self.mistyped("allow", "a list of texts", value);
            return Vec::new();
        };
        let mut fillers = Vec::new();
        for value in values.iter() {
            let Some(name) = self.text("allow", value) else { continue };
            match Filler::ALL.into_iter().find(|filler| filler.name() == name) {
                Some(filler) => fillers.push(filler),
                None => {
                    let known = Filler::ALL.map(Filler::name);
                    self.unknown("kind of filler", &name, value.span(), &known);
                }
            }
        }
        fillers
    }

    /// Reads `[[waiver]]`. A waiver without reason or owner is no fault of the file: it is
    /// reported beside the gap, which it does not waive.
    pub(super) fn waivers(&mut self, value: &Value<'_>) -> Vec<ConfigWaiver> {
        let DeValue::Array(values) = value.get_ref() else {
            self.mistyped("waiver", "a list of tables, written `[[waiver]]`", value);
            return Vec::new();
        };
        values.iter().filter_map(|value| self.waiver(value)).collect()
    }

    fn waiver(&mut self, value: &Value<'_>) -> Option<ConfigWaiver> {
        let DeValue::Table(table) = value.get_ref() else {
            self.mistyped("waiver", "a list of tables, written `[[waiver]]`", value);
            return None;
        };
        let (mut gap, mut span) = (None, None);
        let (mut reason, mut owner, mut until) = (None, None, None);
        for (key, value) in table {
            let name: &str = key.get_ref();
            match name {
                "gap" => (gap, span) = (self.text(name, value), Some(value.span().into())),
                "reason" => reason = self.text(name, value),
                "owner" => owner = self.text(name, value),
                // `until = 2026-12-01` is a date of TOML, and as good as the text.
                "until" => match value.get_ref() {
                    DeValue::Datetime(day) => until = Some(day.to_string()),
                    _ => until = self.text(name, value),
                },
                _ => self.unknown("setting of a waiver", name, key.span(), WAIVER_KEYS),
            }
        }
        if gap.is_none() && span.is_none() {
            self.add(value.span(), "`gap` is missing from this waiver", None);
        }
        Some(ConfigWaiver { gap: gap?, reason, owner, until, span, line: 0 })
    }
}
