//! `targets` and `created` of a native record: paths that are all needed, and alternatives.
//!
//! ```yaml
//! targets:
//!   - docs/a.md                        # needed
//!   - any: [docs/b.md, docs/c.md#d]    # one of these is enough
//!   - { path: docs/e.md, section: Limits }
//!   - { path: docs/f.md, intent: expand, topic: rate limits }
//! created: [src/limits.rs]             # made for this gap
//! ```
//!
//! In TOML: `targets = ["docs/a.md", { any = ["docs/b.md", "docs/c.md"] }]`, or `targets.any`, or
//! `[[targets]]` tables.

use super::scalar;
use crate::{
    model::{
        gap::{Intent, Target, TargetPart},
        source::Value,
    },
    text::{LineIndex, Span},
};

/// Where a key stands in a file, to find its values below it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    /// The file up to the end of its front matter.
    pub(super) text: &'a str,
    /// Its lines.
    pub(super) index: &'a LineIndex,
    /// The line of the key.
    pub(super) line: u32,
}

/// The targets of one key, and whether some of its values mean nothing here.
pub(super) fn read(value: &Value, intent: Intent, place: Place<'_>) -> (Vec<Target>, bool) {
    let at = place.index.span(place.line, place.text).start;
    let mut reader = Reader { intent, place, at, group: 0, found: Vec::new(), odd: false };
    reader.needed(value);
    (reader.found, reader.odd)
}

struct Reader<'a> {
    intent: Intent,
    place: Place<'a>,
    /// Values are looked for from here on, for the same path may be named twice.
    at: usize,
    /// The next free group.
    group: u32,
    found: Vec<Target>,
    odd: bool,
}

impl Reader<'_> {
    /// Values of which each is needed.
    fn needed(&mut self, value: &Value) {
        match value {
            Value::List(values) => values.iter().for_each(|value| self.one(value)),
            value => self.one(value),
        }
    }

    /// One path, or a table of alternatives.
    fn one(&mut self, value: &Value) {
        match value {
            Value::Map(map) if map.contains_key("any") || map.contains_key("all") => {
                self.odd |= map.keys().any(|key| key != "any" && key != "all");
                if let Some(all) = map.get("all") {
                    self.flat(all).into_iter().for_each(|value| self.target(value));
                }
                if let Some(any) = map.get("any") {
                    let group = self.group;
                    for value in self.flat(any) {
                        self.group = group;
                        self.target(value);
                    }
                }
            }
            value => self.target(value),
        }
    }

    fn flat<'v>(&self, value: &'v Value) -> Vec<&'v Value> {
        match value {
            Value::List(values) => values.iter().collect(),
            value => vec![value],
        }
    }

    /// A path, or a table with `path` and `section`, in a group of its own.
    fn target(&mut self, value: &Value) {
        let (name, table) = match value {
            Value::Map(map) => (map.get("path").and_then(scalar), Some(map)),
            value => (scalar(value), None),
        };
        let said = |key: &str| table.and_then(|table| scalar(table.get(key)?));
        let Some(name) = name.filter(|name| !name.trim().is_empty()) else {
            self.odd = true;
            return;
        };
        let span = match self.place.text.get(self.at..).and_then(|rest| rest.find(&name)) {
            Some(skip) => Span::new(self.at + skip, self.at + skip + name.len()),
            None => self.place.index.span(self.place.line, self.place.text),
        };
        self.at = self.at.max(span.end);
        let line = self.place.index.line(span.start);
        let topic = || said("topic").map(TargetPart::Topic);
        let part = said("section").map(TargetPart::Section).or_else(topic);
        let (intent, group) = (self.intent_of(said("intent")), self.group);
        self.found.push(Target { name, intent, part, group, line, span });
        self.group += 1;
    }

    /// `create`, `expand` or `created`; what the key means when the table does not say.
    fn intent_of(&mut self, said: Option<String>) -> Intent {
        let Some(said) = said else { return self.intent };
        let known = Intent::ALL.into_iter().find(|intent| intent.name() == said.trim());
        self.odd |= known.is_none();
        known.unwrap_or(self.intent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(toml: &str) -> (Vec<String>, bool) {
        let table: toml::Table = toml.parse().expect("valid TOML");
        let value = table["targets"].clone().try_into::<Value>().expect("any value fits");
        let index = LineIndex::new(toml);
        let (found, odd) =
            read(&value, Intent::Create, Place { text: toml, index: &index, line: 1 });
        let shown = found.iter().map(|t| match &t.part {
            Some(TargetPart::Section(section)) => format!("{} {}§{section}", t.group, t.name),
            _ => format!("{} {} {}", t.group, t.name, t.line),
        });
        (shown.collect(), odd)
    }

    #[test]
    fn all_and_any_in_every_spelling() {
        for (toml, wanted) in [
            ("targets = 'a.md'", &["0 a.md 1"][..]),
            ("targets = [\n'a.md',\n'a.md']", &["0 a.md 2", "1 a.md 3"]),
            (
                "targets = ['a.md', { any = ['b.md', 'c.md'] }]",
                &["0 a.md 1", "1 b.md 1", "1 c.md 1"],
            ),
            ("targets.any = ['a.md', 'b.md']", &["0 a.md 1", "0 b.md 1"]),
            ("targets.all = ['a.md', 'b.md']", &["0 a.md 1", "1 b.md 1"]),
            (
                "[[targets]]\nany = ['a.md', 'b.md']\n[[targets]]\npath = 'c.md'",
                &["0 a.md 2", "0 b.md 2", "1 c.md 4"],
            ),
            ("targets = [{ path = 'a.md', section = 'Limits' }]", &["0 a.md§Limits"]),
            ("targets = [{ path = 'a.md', intent = 'expand' }]", &["0 a.md 1"]),
        ] {
            assert_eq!(
                shown(toml),
                (wanted.iter().map(ToString::to_string).collect(), false),
                "{toml}"
            );
        }
        assert!(shown("targets = [{ any = [['a.md']] }]").1);
        assert!(shown("targets = [{ some = 'a.md' }]").1);
        assert!(shown("targets = [{ path = 'a.md', intent = 'burn' }]").1);
    }
}
