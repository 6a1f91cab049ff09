//! The settings one by one: their types, their rules, and the names that were perhaps meant.

mod content;
mod coverage;
mod external;
mod gate;
mod levels;
mod vocabulary;

use std::{fs, ops::Range, path::Path};

use globset::Glob;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    Problem,
    advice::{advice, article},
};
use crate::{
    model::{
        config::{Collection, Compression, Config},
        source::Kind,
        weights::{self, Weights},
    },
    path::RelPath,
    read::git,
};

const KEYS: &[&str] = &[
    "title",
    "base_url",
    "repository",
    "branch",
    "drafts",
    "history",
    "twins",
    "tables",
    "compress",
    "theme",
    "sources",
    "exclude",
    "collection",
    "content",
    "diagnostics",
    "external",
    "gate",
    "limits",
    "substance",
    "vocabulary",
    "waiver",
    "weights",
];
const COLLECTION_KEYS: &[&str] = &["kind", "path"];
const KINDS: &[Kind] = &[
    Kind::Document,
    Kind::Decision,
    Kind::Research,
    Kind::Schema,
    Kind::Ledger,
    Kind::Gap,
    Kind::Diagram,
];

type Value<'i> = Spanned<DeValue<'i>>;

/// Reads the whole file; every problem is found, sorted by place.
pub(super) fn read(root: &Path, table: &DeTable<'_>) -> Result<Config, Vec<Problem>> {
    let mut config = Config::default();
    let mut problems = Problems::default();
    for (key, value) in table {
        let name: &str = key.get_ref();
        match name {
            "title" => config.title = problems.text(name, value),
            "base_url" => config.base_url = problems.checked(name, value, check_base_url),
            "repository" => config.repository = problems.checked(name, value, check_repository),
            "branch" => config.branch = problems.checked(name, value, check_branch),
            "drafts" => config.drafts = problems.flag(name, value),
            "history" => config.history = problems.flag(name, value),
            "twins" => config.twins = problems.flag(name, value),
            "tables" => config.tables = problems.flag(name, value),
            "compress" => config.compress = problems.compress(value),
            "theme" => {
                if let Some(theme) = problems.text(name, value) {
                    problems.theme(root, &theme, value.span());
                    config.theme = theme;
                }
            }
            "sources" => config.sources = problems.texts(name, value, check_source),
            "exclude" => config.exclude = problems.texts(name, value, check_glob),
            "collection" => config.collection = problems.collections(value),
            "content" => config.content = problems.content(value),
            "diagnostics" => config.diagnostics = problems.levels(value),
            "external" => config.external = problems.external(value),
            "gate" => config.gate = problems.gate(value),
            "limits" => problems.limits(value, &mut config.limits),
            "substance" => problems.substance(value, &mut config.substance),
            "vocabulary" => problems.vocabulary(value, &mut config.vocabulary),
            "waiver" => config.waiver = problems.waivers(value),
            "weights" => problems.weights(value, &mut config.weights),
            _ => problems.unknown("setting", name, key.span(), KEYS),
        }
    }
    problems.0.sort_by_key(|problem| problem.span);
    if problems.0.is_empty() { Ok(config) } else { Err(problems.0) }
}

/// Accepts the absolute web address of a folder; the error is a sentence about the value.
pub fn check_base_url(url: &str) -> Result<(), String> {
    let rest = ["https://", "http://"].iter().find_map(|scheme| url.strip_prefix(scheme));
    let rest = rest.ok_or("the address must begin with `https://` or `http://`")?;
    if rest.is_empty() || rest.starts_with(['/', ':', '?', '#']) {
        return Err("the address names no host".to_owned());
    }
    let refused = |c: char| c.is_whitespace() || c.is_control() || "?#\"<>\\".contains(c);
    match rest.chars().find(|c| refused(*c)) {
        Some(c) => Err(format!("the address of a site cannot hold {c:?}")),
        None => Ok(()),
    }
}

fn check_repository(url: &str) -> Result<(), String> {
    if url == "none" {
        return Ok(());
    }
    check_base_url(url)?;
    match git::configured(url, None) {
        Some(_) => Ok(()),
        None => Err("the address must name a host and a repository on it".to_owned()),
    }
}

fn check_branch(name: &str) -> Result<(), String> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_./+".contains(&b);
    match !name.is_empty() && !name.contains("..") && name.bytes().all(plain) {
        true => Ok(()),
        false => Err("this is no name of a branch that can stand in an address".to_owned()),
    }
}

fn check_glob(glob: &str) -> Result<(), String> {
    Glob::new(glob).map(drop).map_err(|error| format!("the glob is invalid: {}", error.kind()))
}

fn check_source(path: &str) -> Result<(), String> {
    let is_root = path.split('/').all(|part| part == ".") || path == "./";
    match is_root || RelPath::new(path).is_some() {
        true => Ok(()),
        false => Err("a source must be a relative path inside the project".to_owned()),
    }
}

/// What has been found wrong so far. Each method reads one shape of value.
#[derive(Default)]
struct Problems(Vec<Problem>);

impl Problems {
    fn add(&mut self, span: Range<usize>, message: impl Into<String>, help: Option<String>) {
        self.0.push(Problem { message: message.into(), span: Some(span.into()), help });
    }

    fn unknown(&mut self, what: &str, name: &str, span: Range<usize>, known: &[&str]) {
        self.add(span, format!("`{name}` is no {what}"), Some(advice(what, name, known)));
    }

    fn mistyped(&mut self, name: &str, wanted: &str, value: &Value<'_>) {
        let help = format!("this is {}", article(value.get_ref().type_str()));
        self.add(value.span(), format!("`{name}` must be {wanted}"), Some(help));
    }

    fn text(&mut self, name: &str, value: &Value<'_>) -> Option<String> {
        let text = value.get_ref().as_str().map(str::to_owned);
        if text.is_none() {
            self.mistyped(name, "text", value);
        }
        text
    }

    fn flag(&mut self, name: &str, value: &Value<'_>) -> bool {
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.mistyped(name, "`true` or `false`", value);
        }
        flag.unwrap_or_default()
    }

    fn checked(
        &mut self,
        name: &str,
        value: &Value<'_>,
        check: fn(&str) -> Result<(), String>,
    ) -> Option<String> {
        let text = self.text(name, value)?;
        if let Err(message) = check(&text) {
            self.add(value.span(), message, None);
        }
        Some(text)
    }

    fn texts(
        &mut self,
        name: &str,
        value: &Value<'_>,
        check: fn(&str) -> Result<(), String>,
    ) -> Vec<String> {
        let DeValue::Array(values) = value.get_ref() else {
            self.mistyped(name, "a list of texts", value);
            return Vec::new();
        };
        let mut texts = Vec::new();
        for value in values.iter() {
            match value.get_ref().as_str() {
                Some(_) => texts.extend(self.checked(name, value, check)),
                None => self.mistyped(name, "a list of texts", value),
            }
        }
        texts
    }

    fn compress(&mut self, value: &Value<'_>) -> Vec<Compression> {
        let DeValue::Array(values) = value.get_ref() else {
            self.mistyped("compress", "a list of `gzip` and `brotli`", value);
            return Vec::new();
        };
        let known = Compression::ALL.map(Compression::name);
        let mut forms = Vec::new();
        for value in values.iter() {
            let Some(name) = self.text("compress", value) else { continue };
            match Compression::ALL.into_iter().find(|form| form.name() == name) {
                Some(form) if forms.contains(&form) => {}
                Some(form) => forms.push(form),
                None => self.unknown("form of compression", &name, value.span(), &known),
            }
        }
        forms
    }

    fn collections(&mut self, value: &Value<'_>) -> Vec<Collection> {
        let DeValue::Array(values) = value.get_ref() else {
            self.mistyped("collection", "a list of tables, written `[[collection]]`", value);
            return Vec::new();
        };
        values.iter().filter_map(|value| self.collection(value)).collect()
    }

    fn collection(&mut self, value: &Value<'_>) -> Option<Collection> {
        let DeValue::Table(table) = value.get_ref() else {
            self.mistyped("collection", "a list of tables, written `[[collection]]`", value);
            return None;
        };
        let (mut kind, mut path) = (None, None);
        for (key, value) in table {
            let name: &str = key.get_ref();
            match name {
                "kind" => kind = self.kind(value),
                "path" => path = self.checked(name, value, check_glob),
                _ => self.unknown("setting of a collection", name, key.span(), COLLECTION_KEYS),
            }
        }
        for key in COLLECTION_KEYS {
            if !table.keys().any(|own| own.get_ref() == key) {
                self.add(value.span(), format!("`{key}` is missing from this collection"), None);
            }
        }
        Some(Collection { kind: kind?, path: path? })
    }

    fn kind(&mut self, value: &Value<'_>) -> Option<Kind> {
        let name = self.text("kind", value)?;
        let kind = KINDS.iter().copied().find(|kind| kind.label() == name);
        if kind.is_none() {
            let known: Vec<_> = KINDS.iter().map(|kind| kind.label()).collect();
            self.unknown("kind", &name, value.span(), &known);
        }
        kind
    }

    fn weights(&mut self, value: &Value<'_>, weights: &mut Weights) {
        let DeValue::Table(table) = value.get_ref() else {
            return self.mistyped("weights", "a table of numbers by priority", value);
        };
        for (key, value) in table {
            let name: &str = key.get_ref();
            if !weights::KEYS.contains(&name) {
                self.unknown("priority", name, key.span(), &weights::KEYS);
                continue;
            }
            let whole = value
                .get_ref()
                .as_integer()
                .and_then(|n| u32::from_str_radix(n.as_str(), n.radix()).ok());
            match whole.filter(|weight| *weight <= weights::HEAVIEST) {
                Some(weight) => weights.set(name, weight),
                None => {
                    let wanted = format!("a whole number from 0 to {}", weights::HEAVIEST);
                    self.mistyped(name, &wanted, value);
                }
            }
        }
    }

    fn theme(&mut self, root: &Path, theme: &str, span: Range<usize>) {
        let themes = root.join("themes");
        let is_name = RelPath::new(theme).is_some_and(|path| path.as_str() == path.name());
        if !is_name {
            let message = "`theme` must be `default` or the name of a folder in `themes/`";
            self.add(span, message, None);
        } else if theme != "default" && !themes.join(theme).is_dir() {
            let mut names: Vec<String> = fs::read_dir(themes)
                .into_iter()
                .flatten()
                .flatten()
                .filter(|entry| entry.path().is_dir())
                .filter_map(|entry| entry.file_name().into_string().ok())
                .chain(["default".to_owned()])
                .collect();
            names.sort();
            names.dedup();
            let known: Vec<_> = names.iter().map(String::as_str).collect();
            let help = advice("theme", theme, &known);
            self.add(span, format!("the folder `themes/{theme}` does not exist"), Some(help));
        }
    }
}
