//! `[vocabulary]`: words of gap analyses, by the groups of the shipped vocabulary.

use toml::de::DeValue;

use super::{Problems, Value};
use crate::{model::vocabulary::Additions, read::ledger::vocabulary};

impl Problems {
    /// Reads the table: lists of phrases, and tables of such lists.
    pub(super) fn vocabulary(&mut self, value: &Value<'_>, additions: &mut Additions) {
        let DeValue::Table(table) = value.get_ref() else {
            return self.mistyped("vocabulary", "a table of lists of phrases", value);
        };
        for (key, value) in table {
            let name: &str = key.get_ref();
            match value.get_ref() {
                DeValue::Table(groups) => {
                    for (inner, value) in groups {
                        let group = format!("{name}.{}", inner.get_ref());
                        self.group(&group, inner.span(), value, additions);
                    }
                }
                _ => self.group(name, key.span(), value, additions),
            }
        }
    }

    fn group(
        &mut self,
        group: &str,
        span: std::ops::Range<usize>,
        value: &Value<'_>,
        additions: &mut Additions,
    ) {
        let known = vocabulary::keys();
        if !known.contains(&group) {
            return self.unknown("group of the vocabulary", group, span, &known);
        }
        let phrases = self.texts(group, value, |phrase| match phrase.trim().is_empty() {
            true => Err("a phrase must have a word or a sign".to_owned()),
            false => Ok(()),
        });
        additions.add(group.to_owned(), phrases);
    }
}
