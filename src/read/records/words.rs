//! The words of `words.toml`, looked up.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use crate::model::ledger::{EntryKind, Role};

/// What a column or a label says about an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// Its number or id.
    Number,
    /// Its name, in a word that fits any kind.
    Title,
    /// Its state.
    Status,
    /// How far it is.
    Percent,
    /// Working time.
    Effort,
    /// What comes before.
    Depends,
    /// What it lists.
    Items,
    /// Anything else we know.
    Said(Role),
}

impl Column {
    /// Whether its words mean the same with more words after them.
    fn leads(self) -> bool {
        use Role::{Current, Note, Owner, Port, Purpose, Technology, Time, Wanted};
        !matches!(
            self,
            Self::Said(Current | Note | Owner | Port | Purpose | Technology | Time | Wanted)
        )
    }
}

/// Every list of the file.
#[derive(Debug)]
pub struct Words {
    columns: BTreeMap<String, Column>,
    titles: BTreeMap<String, Vec<EntryKind>>,
    sections: Vec<(String, EntryKind)>,
    /// Words of headings whose lists are advice.
    pub advice: Vec<String>,
    /// Words of headings whose lists lessen risks.
    pub mitigation: Vec<String>,
    /// Words before the number of a phase.
    pub phases: Vec<String>,
    /// Words that say when without a number.
    pub horizons: Vec<String>,
    /// Units of working time with their minutes, the longest first.
    pub units: Vec<(String, u64)>,
    /// Words for nothing.
    pub none: Vec<String>,
}

/// The words of the program.
pub static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let file = toml::from_str(include_str!("words.toml")).expect("a test reads the words");
    Words::new(file)
});

/// What a head or a label means: the phrase itself, or the longest it begins with where the word
/// is not one of many uses. "Effort estimated" is effort; "Tech quality" is no technology.
pub fn column(head: &str) -> Option<Column> {
    let head = bare(head);
    let whole = WORDS.columns.get(&head).copied();
    whole.or_else(|| look_up(&WORDS.columns, &head).copied().filter(|column| column.leads()))
}

/// The kinds of which the head of a column names the entries.
pub fn kinds(head: &str) -> &'static [EntryKind] {
    look_up(&WORDS.titles, &bare(head)).map_or(&[], Vec::as_slice)
}

/// The kind of entries that a list under this heading holds, when the heading names just one.
pub fn section(heading: &str) -> Option<EntryKind> {
    let heading = padded(heading);
    let mut named = WORDS.sections.iter().filter(|(word, _)| has(&heading, word));
    let kind = named.next()?.1;
    named.all(|(_, other)| *other == kind).then_some(kind)
}

/// Whether the text has one of the words or phrases.
pub fn mentions(text: &str, words: &[String]) -> bool {
    let text = padded(text);
    words.iter().any(|word| has(&text, word))
}

/// Whether a value says that there is nothing.
pub fn is_none(value: &str) -> bool {
    let value = normal(value);
    WORDS.none.contains(&value) || WORDS.none.iter().any(|own| *own == value.trim_end_matches('.'))
}

/// Lower case, no emphasis, one space between words.
pub fn normal(text: &str) -> String {
    let text = text.to_lowercase().replace('’', "'").replace(['*', '_', '`'], "");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A head without brackets and the signs around it: `Effort (dev days)` is `effort`.
fn bare(head: &str) -> String {
    let head = normal(head);
    let cut = head.find(['(', '（', '[']).filter(|at| *at > 0).unwrap_or(head.len());
    let head = head[..cut].trim();
    head.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '#' | '%' | '№')).to_owned()
}

fn look_up<'m, T>(map: &'m BTreeMap<String, T>, name: &str) -> Option<&'m T> {
    let mut name = name;
    loop {
        if let Some(found) = map.get(name) {
            return Some(found);
        }
        name = name[..name.rfind(' ')?].trim_end();
    }
}

fn padded(text: &str) -> String {
    let text = normal(text);
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '-');
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    format!(" {} ", words.join(" "))
}

/// Words of scripts without spaces may stand anywhere.
fn has(padded: &str, word: &str) -> bool {
    let spaced = word.chars().next().is_some_and(|c| u32::from(c) < 0x2e80);
    if spaced { padded.contains(&format!(" {word} ")) } else { padded.contains(word) }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    kinds: BTreeMap<EntryKind, Kind>,
    roles: BTreeMap<String, Vec<String>>,
    lists: Lists,
    phases: Phases,
    units: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kind {
    columns: Vec<String>,
    sections: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    none: Vec<String>,
    mitigation: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Phases {
    words: Vec<String>,
    horizons: Vec<String>,
}

impl Words {
    fn new(file: File) -> Self {
        use crate::model::ledger::{DAY, MONTH, WEEK};
        let mut columns = BTreeMap::new();
        for (name, words) in file.roles {
            let Some(column) = named(&name) else { continue };
            for word in words {
                columns.entry(word).or_insert(column);
            }
        }
        let mut titles: BTreeMap<String, Vec<EntryKind>> = BTreeMap::new();
        let mut sections = Vec::new();
        for (kind, words) in file.kinds {
            for word in words.columns {
                let kinds = titles.entry(word).or_default();
                if !kinds.contains(&kind) {
                    kinds.push(kind);
                }
            }
            sections.extend(words.sections.into_iter().map(|word| (word, kind)));
        }
        let mut units = Vec::new();
        for (name, minutes) in [("hour", 60), ("day", DAY), ("week", WEEK), ("month", MONTH)] {
            let words = file.units.get(name).cloned().unwrap_or_default();
            units.extend(words.into_iter().map(|word| (word, minutes)));
        }
        units.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        Self {
            columns,
            titles,
            sections,
            advice: file.lists.none,
            mitigation: file.lists.mitigation,
            phases: file.phases.words,
            horizons: file.phases.horizons,
            units,
            none: file.units.get("none").cloned().unwrap_or_default(),
        }
    }
}

fn named(role: &str) -> Option<Column> {
    Some(match role {
        "number" => Column::Number,
        "title" => Column::Title,
        "status" => Column::Status,
        "percent" => Column::Percent,
        "effort" => Column::Effort,
        "depends" => Column::Depends,
        "items" => Column::Items,
        "priority" => Column::Said(Role::Priority),
        "likelihood" => Column::Said(Role::Likelihood),
        "impact" => Column::Said(Role::Impact),
        "mitigation" => Column::Said(Role::Mitigation),
        "hypothesis" => Column::Said(Role::Hypothesis),
        "verification" => Column::Said(Role::Verification),
        "workaround" => Column::Said(Role::Workaround),
        "fix" => Column::Said(Role::Fix),
        "time" => Column::Said(Role::Time),
        "purpose" => Column::Said(Role::Purpose),
        "technology" => Column::Said(Role::Technology),
        "port" => Column::Said(Role::Port),
        "owner" => Column::Said(Role::Owner),
        "current" => Column::Said(Role::Current),
        "wanted" => Column::Said(Role::Wanted),
        "note" => Column::Said(Role::Note),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_of_the_file_is_used() {
        let file: File = toml::from_str(include_str!("words.toml")).expect("the words parse");
        assert_eq!(file.kinds.len(), EntryKind::ALL.len());
        for name in file.roles.keys() {
            assert!(named(name).is_some(), "no column is called {name}");
        }
        for name in file.units.keys() {
            assert!(["hour", "day", "week", "month", "none"].contains(&name.as_str()), "{name}");
        }
    }

    #[test]
    fn heads_in_ten_languages() {
        for head in [
            "Effort (Dev Days)",
            "Aufwand in Tagen",
            "Charge",
            "Esfuerzo",
            "Esforço estimado",
            "Stima",
            "Inspanning",
            "Трудозатраты",
            "工作量",
            "工数",
        ] {
            assert_eq!(column(head), Some(Column::Effort), "{head}");
        }
        for head in [
            "Risk",
            "Risiko",
            "Risque",
            "Riesgo",
            "Risco",
            "Rischio",
            "Risico",
            "Риск",
            "风险",
            "リスク",
        ] {
            assert_eq!(kinds(head), [EntryKind::Risk], "{head}");
        }
        assert_eq!(section("6.2 Risk Assessment"), Some(EntryKind::Risk));
        assert_eq!(section("Technical debt & risks"), None);
        assert_eq!(section("4. Открытые вопросы"), Some(EntryKind::Question));
    }
}
