//! The words of `words.toml`, looked up: phrases in text, names of facts, verbs of relations.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use crate::model::decision::{Implementation, RelationKind, Status};

/// The words of the program.
pub static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let file = toml::from_str(include_str!("words.toml")).expect("a test reads the words");
    Words::new(file)
});

/// A fact that a label names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// How the decision stands.
    Status,
    /// How far it is carried out.
    Implementation,
    /// When it was taken.
    Date,
    /// Who took it.
    Deciders,
}

/// What a phrase of a status says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// How the decision stands.
    Decision(Status),
    /// How far it is carried out.
    Carried(Implementation),
}

/// Every list of the file.
#[derive(Debug)]
pub struct Words {
    /// What statuses say, by phrase.
    pub statuses: Phrases<Said>,
    /// How decisions relate, by phrase.
    pub relations: Phrases<RelationKind>,
    /// What makes a relation hold for a part.
    pub parts: Phrases<()>,
    /// What templates say.
    pub guidance: Phrases<()>,
    /// Words before the number of a title, the longest first.
    pub records: Vec<String>,
    /// Beginnings of the names of months with the number of the month.
    pub months: Vec<(String, u32)>,
    labels: BTreeMap<String, Named>,
    history: Vec<String>,
}

impl Words {
    /// What a label, a column or a key names.
    pub fn label(&self, name: &str) -> Option<Named> {
        self.labels.get(&bare(name)).copied()
    }

    /// Whether a heading is over the history of a record.
    pub fn is_history(&self, heading: &str) -> bool {
        self.history.contains(&bare(heading))
    }

    fn new(file: File) -> Self {
        let status = file.status;
        let decision = [
            (status.proposed, Status::Proposed),
            (status.accepted, Status::Accepted),
            (status.rejected, Status::Rejected),
            (status.deprecated, Status::Deprecated),
            (status.superseded, Status::Superseded),
        ];
        let carried = [
            (file.implementation.not_implemented, Implementation::Not),
            (file.implementation.partly, Implementation::Partly),
            (file.implementation.implemented, Implementation::Done),
        ];
        let relation = file.relation;
        let relations = [
            (relation.supersedes, RelationKind::Supersedes),
            (relation.superseded_by, RelationKind::SupersededBy),
            (relation.amends, RelationKind::Amends),
            (relation.amended_by, RelationKind::AmendedBy),
            (relation.relates, RelationKind::Relates),
        ];
        let labels = [
            (file.label.status, Named::Status),
            (file.label.implementation, Named::Implementation),
            (file.label.date, Named::Date),
            (file.label.deciders, Named::Deciders),
        ];
        let mut records = file.title.record;
        records.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let months = (1_u32..).zip(file.date.months);
        let said = decision.map(|(list, status)| (list, Said::Decision(status))).into_iter();
        Self {
            statuses: Phrases::new(said.chain(carried.map(|(list, i)| (list, Said::Carried(i))))),
            relations: Phrases::new(relations),
            parts: Phrases::new([(file.extent.part, ())]),
            guidance: Phrases::new([(file.template.guidance, ())]),
            records,
            months: months.flat_map(|(n, list)| list.into_iter().map(move |m| (m, n))).collect(),
            labels: labels
                .into_iter()
                .flat_map(|(list, named)| list.into_iter().map(move |name| (name, named)))
                .collect(),
            history: file.section.history,
        }
    }
}

/// Phrases with what they mean, found in text by their first word.
#[derive(Debug)]
pub struct Phrases<T> {
    by_first: BTreeMap<String, Vec<(Vec<String>, T)>>,
}

/// A phrase that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found<T> {
    /// Its first byte.
    pub start: usize,
    /// The byte after it.
    pub end: usize,
    /// What it means.
    pub means: T,
    /// Whether "not" or "never" stands before it.
    pub negated: bool,
}

impl<T: Copy> Phrases<T> {
    fn new(lists: impl IntoIterator<Item = (Vec<String>, T)>) -> Self {
        let mut by_first: BTreeMap<String, Vec<(Vec<String>, T)>> = BTreeMap::new();
        for (list, means) in lists {
            for phrase in list {
                let words: Vec<String> = split(&phrase).into_iter().map(|word| word.text).collect();
                let Some(first) = words.first() else { continue };
                by_first.entry(first.clone()).or_default().push((words, means));
            }
        }
        for phrases in by_first.values_mut() {
            phrases.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        Self { by_first }
    }

    /// The phrases of a text, from left to right, the longest of those that begin at one word.
    pub fn find(&self, text: &str) -> Vec<Found<T>> {
        let words = split(text);
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let here = self.by_first.get(&words[at].text).into_iter().flatten();
            let fits = |phrase: &[String]| {
                words.len() >= at + phrase.len()
                    && phrase.iter().zip(&words[at..]).all(|(own, word)| *own == word.text)
            };
            let Some((phrase, means)) = here.into_iter().find(|(phrase, _)| fits(phrase)) else {
                at += 1;
                continue;
            };
            let before = at.checked_sub(1).map(|before| words[before].text.as_str());
            let last = &words[at + phrase.len() - 1];
            found.push(Found {
                start: words[at].start,
                end: last.end,
                means: *means,
                negated: matches!(before, Some("not" | "never" | "nicht" | "no" | "non" | "не")),
            });
            at += phrase.len();
        }
        found
    }
}

/// A name in lower case with one space between its words, without signs around it.
pub fn bare(name: &str) -> String {
    let mut spaced = String::with_capacity(name.len());
    let mut before_is_lower = false;
    for letter in name.chars() {
        // `supersededBy` is two words.
        if letter.is_uppercase() && before_is_lower {
            spaced.push(' ');
        }
        before_is_lower = letter.is_lowercase();
        spaced.push(letter);
    }
    split(&spaced).into_iter().map(|word| word.text).collect::<Vec<_>>().join(" ")
}

struct Word {
    start: usize,
    end: usize,
    text: String,
}

/// The words of a text in lower case; an apostrophe within a word belongs to it. Scripts without
/// spaces give one word between two signs.
fn split(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = None;
    let inside = |letter: char| letter.is_alphanumeric() || matches!(letter, '\'' | '’');
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        match (inside(letter), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let lower = text[from..at].to_lowercase().replace('’', "'");
                words.push(Word { start: from, end: at, text: lower });
                start = None;
            }
            _ => {}
        }
    }
    words
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    status: StatusWords,
    implementation: ImplementationWords,
    relation: RelationWords,
    extent: ExtentWords,
    label: LabelWords,
    section: SectionWords,
    title: TitleWords,
    template: TemplateWords,
    date: DateWords,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StatusWords {
    proposed: Vec<String>,
    accepted: Vec<String>,
    rejected: Vec<String>,
    deprecated: Vec<String>,
    superseded: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ImplementationWords {
    not_implemented: Vec<String>,
    partly: Vec<String>,
    implemented: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RelationWords {
    supersedes: Vec<String>,
    superseded_by: Vec<String>,
    amends: Vec<String>,
    amended_by: Vec<String>,
    relates: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExtentWords {
    part: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LabelWords {
    status: Vec<String>,
    implementation: Vec<String>,
    date: Vec<String>,
    deciders: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SectionWords {
    history: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TitleWords {
    record: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TemplateWords {
    guidance: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DateWords {
    months: Vec<Vec<String>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_read() {
        assert_eq!(WORDS.label("Decision-Makers:"), Some(Named::Deciders));
        assert_eq!(WORDS.label("**Статус**"), Some(Named::Status));
        assert_eq!(bare("supersededBy"), "superseded by");
        let found = WORDS.statuses.find("ACCEPTED Partially Implemented");
        let means: Vec<_> = found.iter().map(|one| one.means).collect();
        assert_eq!(
            means,
            [Said::Decision(Status::Accepted), Said::Carried(Implementation::Partly)]
        );
    }
}
