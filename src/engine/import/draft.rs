//! A gap as another program gave it, and the record that says the same.

use std::collections::{BTreeMap, BTreeSet};

use super::{Planned, Refusal, path_of, read_back, yaml, yaml::Yaml};
use crate::{
    engine::{Options, tables::gaps},
    model::{
        gap::{ClaimStatus, Gap},
        source::Value,
    },
    path::RelPath,
    read::{self, classify::Rules, front_matter},
};

/// The keys of tables in front matter, in the order in which they are written.
const KEYS: &[&str] = &["path", "file", "lines", "intent", "section", "topic", "any", "all"];

/// What another program says of a gap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// By the columns of the table of gaps; a list has one value a line.
    pub columns: BTreeMap<&'static str, String>,
    /// What stands below the title, Markdown.
    pub body: String,
    /// Where it was read: `gaps.csv, line 3`.
    pub place: String,
    /// The name of the file.
    pub source: String,
    /// What a record cannot say of it, a sentence each.
    pub lost: Vec<String>,
}

/// Plans the records of drafts.
///
/// # Errors
/// A draft has no id, two have the same, or the folder is not one of gap records.
pub fn plan(drafts: &[Draft], options: Options<'_>, folder: &str) -> Result<Vec<Planned>, Refusal> {
    let rules = Rules::new(options.config);
    let (mut taken, mut ids) = (BTreeSet::new(), BTreeSet::new());
    let one = |draft: &Draft| {
        let id = draft.said("id");
        if id.is_empty() {
            return Err(Refusal {
                message: format!("{} has no id", draft.place),
                help: "give every gap an id of its own, such as `GAP-7`".into(),
            });
        }
        if !ids.insert(id.to_lowercase()) {
            return Err(Refusal {
                message: format!("{} has the id `{id}`, which another gap has too", draft.place),
                help: "give every gap an id of its own".into(),
            });
        }
        let path = path_of(id, draft.title(), folder, &mut taken)?;
        draft.planned(path, &rules, options)
    };
    drafts.iter().map(one).collect()
}

impl Draft {
    fn said(&self, column: &str) -> &str {
        self.columns.get(column).map_or("", |text| text.trim())
    }

    fn title(&self) -> &str {
        if self.said("title").is_empty() { self.said("id") } else { self.said("title") }
    }

    fn planned(
        &self,
        path: RelPath,
        rules: &Rules,
        options: Options<'_>,
    ) -> Result<Planned, Refusal> {
        let mut notes = self.lost.clone();
        let entries = self.entries(&mut notes);
        let title = one_line(self.title());
        let mut text = format!("{}\n# {title}\n", yaml::front_matter(&entries));
        let body = self.body.trim();
        if !body.is_empty() {
            text.push_str(&format!("\n{body}\n"));
        }
        let back = read_back(rules, options, &path, &text)?;
        let differs = match &back {
            Some(back) => self.misread(back, &entries, rules, &mut notes),
            None => vec!["everything"],
        };
        Ok(Planned { path, text, id: self.said("id").to_owned(), title, differs, notes })
    }

    /// The front matter.
    fn entries(&self, notes: &mut Vec<String>) -> Vec<(&'static str, Yaml)> {
        let text = |column: &str| Yaml::Text(one_line(self.said(column)));
        let mut list = |column: &'static str| {
            let lines = self.said(column).lines().map(str::trim).filter(|line| !line.is_empty());
            Yaml::List(lines.filter_map(|line| value_of(line, column, notes)).collect())
        };
        let priorities = list("priorities");
        let lists: Vec<(&'static str, Yaml)> =
            ["claims", "effort", "depends_on", "evidence", "targets", "tasks", "tags"]
                .into_iter()
                .map(|column| (column, list(column)))
                .collect();
        let listed = |column: &str| {
            let found = lists.iter().find(|(own, _)| *own == column);
            found.map_or(Yaml::NOTHING, |(_, value)| value.clone())
        };
        let percent = self.said("percent").trim_end_matches('%').trim();
        let percent = match percent.parse() {
            Ok(number) => Yaml::Number(number),
            Err(_) if percent.is_empty() => Yaml::NOTHING,
            Err(_) => text("percent"),
        };
        let waived =
            [("reason", "waived_reason"), ("owner", "waived_owner"), ("until", "waived_until")];
        let waived = waived.into_iter().filter(|(_, column)| !self.said(column).is_empty());
        let number = self.said("number");
        vec![
            ("id", text("id")),
            ("number", Yaml::Text(if number == self.said("id") { "" } else { number }.to_owned())),
            ("title", text("title")),
            ("priority", if priorities.is_empty() { text("priority") } else { one_of(priorities) }),
            ("claims", listed("claims")),
            ("status", text("status")),
            ("percent", percent),
            ("category", text("category")),
            ("phase", text("phase")),
            ("impact", text("impact")),
            ("effort", listed("effort")),
            ("depends_on", listed("depends_on")),
            ("evidence", listed("evidence")),
            ("targets", listed("targets")),
            ("tasks", listed("tasks")),
            ("tags", listed("tags")),
            ("waived", Yaml::Map(waived.map(|(key, column)| (key, text(column))).collect())),
            ("imported_from", Yaml::Text(self.source.clone())),
        ]
    }

    /// The keys of which the record says less than the draft, and sentences on words that mean
    /// nothing to a record.
    fn misread(
        &self,
        back: &Gap,
        entries: &[(&'static str, Yaml)],
        rules: &Rules,
        notes: &mut Vec<String>,
    ) -> Vec<&'static str> {
        let given = |key: &str| entries.iter().find(|(own, _)| *own == key).map(|(_, value)| value);
        let count = |key: &str| match given(key) {
            Some(Yaml::List(values)) => values.len(),
            _ => 0,
        };
        let (id, title) = (self.said("id"), one_line(self.title()));
        if !self.said("priority").is_empty() && back.priority.is_none() {
            notes.push(format!("the priority `{}` is none that is known", self.said("priority")));
        }
        let status = self.said("status");
        let is_known = read::gap::claimed(status, rules.words())
            .is_some_and(|(status, _)| status != ClaimStatus::Unknown);
        if !status.is_empty() && !is_known {
            notes.push(format!("the status `{status}` is none that is known"));
        }
        let percent = back.claim.percent.is_some() || self.said("percent").is_empty();
        let checks = [
            ("id", back.id.as_deref() == Some(id)),
            ("title", back.title == title),
            ("percent", percent),
            ("effort", back.effort.len() == count("effort")),
            ("depends_on", back.depends_on.len() == count("depends_on")),
            ("evidence", back.evidence.len() >= count("evidence")),
            ("targets", back.targets.len() >= count("targets")),
            ("tasks", back.tasks.len() == count("tasks")),
        ];
        checks.into_iter().filter(|(_, same)| !same).map(|(key, _)| key).collect()
    }
}

/// A list of one value as that value.
fn one_of(list: Yaml) -> Yaml {
    match list {
        Yaml::List(mut values) if values.len() == 1 => values.remove(0),
        other => other,
    }
}

/// The value on a line of a list: text, or what front matter would have there.
fn value_of(line: &str, column: &str, notes: &mut Vec<String>) -> Option<Yaml> {
    if gaps::is_plain(line) {
        return Some(Yaml::Text(line.to_owned()));
    }
    let path = RelPath::new("-.md").expect("a name is a path");
    let split = front_matter::split(&path, &format!("---\nvalue: {line}\n---\n"));
    let value = split.front.extra.get("value").and_then(yaml_of);
    if value.is_none() {
        notes.push(format!("`{line}` of `{column}` is no value of front matter"));
    }
    value
}

fn yaml_of(value: &Value) -> Option<Yaml> {
    Some(match value {
        Value::Text(text) | Value::Number(text) => Yaml::Text(text.clone()),
        Value::Integer(number) => match u32::try_from(*number) {
            Ok(number) => Yaml::Number(number),
            Err(_) => Yaml::Text(number.to_string()),
        },
        Value::Bool(truth) => Yaml::Text(truth.to_string()),
        Value::List(values) => Yaml::List(values.iter().map(yaml_of).collect::<Option<_>>()?),
        Value::Map(map) => {
            let known = KEYS.iter().filter_map(|key| Some((*key, map.get(*key)?)));
            let entries: Vec<(&'static str, Yaml)> =
                known.map(|(key, value)| Some((key, yaml_of(value)?))).collect::<Option<_>>()?;
            // A key that means nothing would be lost without a word.
            (entries.len() == map.len()).then_some(Yaml::Map(entries))?
        }
        Value::Null => return None,
    })
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
