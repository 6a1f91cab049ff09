//! Gaps from `needs.json`, the format of sphinx-needs, read as its own reader does: the current
//! version, defaults from `needs_schema`, the key of a need as its id.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{Refusal, draft::Draft};
use crate::engine::{
    export::needs::{FIELDS, LINKS},
    tables::gaps,
};

/// The type whose needs are gaps.
const GAP: &str = "gap";

/// Fields that sphinx-needs works out, shows by, or that are read elsewhere here: no record misses
/// them.
const PASSED_OVER: &[&str] = &[
    "arch",
    "collapse",
    "constraints",
    "constraints_error",
    "constraints_passed",
    "constraints_results",
    "content",
    "created",
    "description",
    "docname",
    "doctype",
    "external_css",
    "external_url",
    "full_title",
    "has_dead_links",
    "has_forbidden_dead_links",
    "hide",
    "id",
    "id_complete",
    "id_parent",
    "is_external",
    "is_import",
    "is_modified",
    "is_need",
    "is_part",
    "jinja_content",
    "layout",
    "lineno",
    "modifications",
    "parent_need",
    "parent_needs",
    "post_content",
    "post_template",
    "pre_content",
    "pre_template",
    "section_name",
    "sections",
    "signature",
    "status",
    "style",
    "tags",
    "template",
    "title",
    "type",
    "type_name",
];

/// The drafts of the needs of some types, and what was left out, a sentence each. Without a type
/// those called `gap` are taken, and all where the file has none. `known` says which ids the
/// project has.
///
/// # Errors
/// The text is no `needs.json`, or one of a format that is not known.
pub fn drafts(
    text: &str,
    (name, types): (&str, &[String]),
    known: impl Fn(&str) -> bool,
) -> Result<(Vec<Draft>, Vec<String>), Refusal> {
    let file = File::read(text).map_err(|message| Refusal {
        message: format!("{name} cannot be read as needs.json: {message}"),
        help: "`needs.json` is what the builder `needs` of sphinx-needs writes".into(),
    })?;
    let type_of = |need: &Map<String, Value>| text_of(need.get("type"));
    let has_gaps = file.needs.values().any(|need| type_of(need) == GAP);
    let is_taken = |need: &Map<String, Value>| match types {
        [] => !has_gaps || type_of(need) == GAP,
        types => types.contains(&type_of(need)),
    };
    let mut notes = file.faults.clone();
    let mut left: BTreeMap<String, usize> = BTreeMap::new();
    for need in file.needs.values().filter(|need| !is_taken(need)) {
        *left.entry(type_of(need)).or_default() += 1;
    }
    notes.extend(left.into_iter().map(|(ty, count)| {
        let needs = if count == 1 { "need" } else { "needs" };
        format!("{count} {needs} of type `{ty}` were left out")
    }));
    let taken: BTreeMap<&String, &Map<String, Value>> =
        file.needs.iter().filter(|(_, need)| is_taken(need)).collect();
    let mut unread: BTreeMap<&str, usize> = BTreeMap::new();
    let drafts = taken.iter().map(|(id, need)| {
        for field in need.keys().filter(|field| file.is_lost(field, &need[*field])) {
            *unread.entry(field).or_default() += 1;
        }
        let is_known = |id: &str| file.needs.get(id).is_some_and(&is_taken) || known(&file.id(id));
        file.draft(name, id, &is_known)
    });
    let drafts: Vec<Draft> = drafts.collect();
    notes.extend(unread.into_iter().map(|(field, count)| {
        let needs = if count == 1 { "need has" } else { "needs have" };
        format!("{count} {needs} a `{field}`, which no record holds")
    }));
    Ok((drafts, notes))
}

/// One version of a `needs.json`.
struct File {
    /// By id, with the defaults put in.
    needs: BTreeMap<String, Map<String, Value>>,
    /// Fields that hold links.
    links: BTreeSet<String>,
    /// Fields that are worked out from others.
    derived: BTreeSet<String>,
    /// Whether Lacuna wrote it: then links stand in the text already.
    is_own: bool,
    /// What is odd about it.
    faults: Vec<String>,
}

impl File {
    fn read(text: &str) -> Result<Self, String> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let file: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let file = file.as_object().ok_or("the top is no object")?;
        if let Some(format) = file.get("format_version").filter(|format| **format != 1) {
            return Err(format!("its `format_version` is {format}, and only 1 is known"));
        }
        let versions = file.get("versions").and_then(Value::as_object);
        let versions = versions.ok_or("it has no `versions`")?;
        let current = file.get("current_version").and_then(Value::as_str);
        let current = current.ok_or("it has no `current_version`")?;
        let version = versions.get(current).and_then(Value::as_object);
        let version = version.ok_or_else(|| format!("it has no version `{current}`"))?;
        let needs = version.get("needs").and_then(Value::as_object);
        let needs = needs.ok_or_else(|| format!("version `{current}` has no `needs`"))?;
        let properties = version.get("needs_schema").and_then(|schema| schema.get("properties"));
        let properties = properties.and_then(Value::as_object).cloned().unwrap_or_default();
        let of_type = |wanted: &[&str]| {
            let is =
                |property: &Value| wanted.contains(&text_of(property.get("field_type")).as_str());
            let found = properties.iter().filter(|(_, property)| is(property));
            found.map(|(name, _)| name.clone()).collect::<BTreeSet<String>>()
        };
        let defaults: Map<String, Value> = properties
            .iter()
            .filter_map(|(name, property)| Some((name.clone(), property.get("default")?.clone())))
            .collect();
        let mut faults = Vec::new();
        let mut all = BTreeMap::new();
        for (id, need) in needs {
            let Some(need) = need.as_object() else {
                faults.push(format!("the need `{id}` is no object and was left out"));
                continue;
            };
            let mut whole = defaults.clone();
            whole.extend(need.clone());
            all.insert(id.clone(), whole);
        }
        let mut links = of_type(&["links"]);
        links.insert("links".to_owned());
        let creator = version.get("creator").and_then(|creator| creator.get("program"));
        Ok(Self {
            needs: all,
            links,
            derived: of_type(&["backlinks"]),
            is_own: text_of(creator) == "lacuna",
            faults,
        })
    }

    /// The id of the record that a need stands for.
    fn id(&self, need: &str) -> String {
        let own = self.needs.get(need).map(|need| text_of(need.get("record_id")));
        own.filter(|own| !own.is_empty()).unwrap_or_else(|| need.to_owned())
    }

    /// Whether a field says something that no record holds.
    fn is_lost(&self, field: &str, value: &Value) -> bool {
        let is_empty = match value {
            Value::Null | Value::Bool(false) => true,
            Value::String(text) => text.trim().is_empty(),
            Value::Array(values) => values.is_empty(),
            Value::Object(map) => map.is_empty(),
            _ => false,
        };
        let is_read = gaps::COLUMNS.contains(&field)
            || self.links.contains(field)
            || self.derived.contains(field)
            || field.strip_suffix("_back").is_some_and(|link| self.links.contains(link))
            || PASSED_OVER.contains(&field)
            || FIELDS.iter().any(|(own, _)| *own == field);
        !is_empty && !is_read
    }

    fn draft(&self, name: &str, id: &str, is_known: &dyn Fn(&str) -> bool) -> Draft {
        let need = &self.needs[id];
        let mut lost = Vec::new();
        let mut columns: BTreeMap<&'static str, String> = BTreeMap::new();
        for column in gaps::COLUMNS.iter().filter(|column| !gaps::DERIVED.contains(*column)) {
            columns.insert(column, lines_of(need.get(*column)));
        }
        columns.insert("id", self.id(id));
        columns.insert("tags", tags(need.get("tags")));
        // The last of the claims is the status in the words of the text.
        let mut claims: Vec<&str> = Vec::new();
        let written = lines_of(need.get("claims"));
        claims.extend(written.lines());
        let status = claims.pop().map(str::to_owned);
        columns.insert("claims", claims.join("\n"));
        columns.insert("status", status.unwrap_or_else(|| text_of(need.get("status"))));
        let first = links_of(need.get("depends_on")).into_iter().map(|need| self.id(&need));
        let words = lines_of(need.get("waits_for"));
        let first: Vec<String> = first.chain(words.lines().map(str::to_owned)).collect();
        columns.insert("depends_on", first.join("\n"));

        let mut body = text_of(need.get("content"));
        if body.trim().is_empty() {
            body = text_of(need.get("description"));
        }
        let doctype = text_of(need.get("doctype"));
        if !body.trim().is_empty() && !self.is_own && doctype != ".md" {
            lost.push("its text is reStructuredText and was kept as it is".to_owned());
        }
        let own = LINKS.iter().map(|(own, _)| *own).chain(["links"]);
        let own: Vec<&str> = if self.is_own { own.collect() } else { vec!["depends_on"] };
        let others = self.links.iter().filter(|link| !own.contains(&link.as_str()));
        let mut items = String::new();
        for link in others {
            for to in links_of(need.get(link)) {
                match is_known(&to) {
                    true => items.push_str(&format!("- {link}: [[{}]]\n", self.id(&to))),
                    false => lost.push(format!("it links to `{to}`, which is not here")),
                }
            }
        }
        if !items.is_empty() {
            body = format!("{}\n\n## Links\n\n{items}", body.trim());
        }
        Draft {
            columns,
            body: body.trim().to_owned(),
            place: format!("the need `{id}` of {name}"),
            source: name.to_owned(),
            lost,
        }
    }
}

fn text_of(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Bool(truth)) => truth.to_string(),
        _ => String::new(),
    }
}

/// Text as it is, the values of a list one a line.
fn lines_of(value: Option<&Value>) -> String {
    match value {
        Some(Value::Array(values)) => {
            values.iter().map(|value| text_of(Some(value))).collect::<Vec<_>>().join("\n")
        }
        value => text_of(value),
    }
}

/// Tags in a list, or in a text between commas or semicolons as old files have them.
fn tags(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => {
            let tags = text.split([',', ';']).map(str::trim).filter(|tag| !tag.is_empty());
            tags.collect::<Vec<_>>().join("\n")
        }
        value => lines_of(value),
    }
}

/// The needs that a link field names, without the part and the condition that may follow an id.
fn links_of(value: Option<&Value>) -> Vec<String> {
    let all = tags(value);
    let id = |link: &str| link.split(['.', '[']).next().unwrap_or_default().trim().to_owned();
    all.lines().map(id).filter(|id| !id.is_empty()).collect()
}
