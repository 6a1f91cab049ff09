//! Words that gap analyses are written in, by group: the shape of `vocabulary.toml` and of the
//! table `[vocabulary]` in `lacuna.toml`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Phrases by group; the group of a table's key is written `table.key`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "BTreeMap<String, Entry>")]
pub struct Additions(BTreeMap<String, Vec<String>>);

/// A list of phrases, or a table of them.
#[derive(Deserialize)]
#[serde(untagged)]
enum Entry {
    List(Vec<String>),
    Table(BTreeMap<String, Vec<String>>),
}

impl From<BTreeMap<String, Entry>> for Additions {
    fn from(entries: BTreeMap<String, Entry>) -> Self {
        let mut all = BTreeMap::new();
        for (key, entry) in entries {
            match entry {
                Entry::List(list) => drop(all.insert(key, list)),
                Entry::Table(table) => {
                    all.extend(table.into_iter().map(|(own, list)| (format!("{key}.{own}"), list)));
                }
            }
        }
        Self(all)
    }
}

impl Additions {
    /// Reads TOML.
    ///
    /// # Errors
    /// The parser's, when the text is no TOML or not of this shape.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }

    /// The phrases of a group; none when there is no such group.
    pub fn list(&self, key: &str) -> &[String] {
        self.0.get(key).map_or(&[], Vec::as_slice)
    }

    /// Adds phrases to a group.
    pub fn add(&mut self, key: String, phrases: Vec<String>) {
        self.0.entry(key).or_default().extend(phrases);
    }

    /// The groups, in order.
    pub fn keys(&self) -> Vec<&str> {
        self.0.keys().map(String::as_str).collect()
    }

    /// All groups with their phrases.
    pub fn all(&self) -> &BTreeMap<String, Vec<String>> {
        &self.0
    }
}
