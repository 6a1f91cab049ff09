//! Who took a decision.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    details::Detail,
    front_line,
    words::{Named, WORDS},
};
use crate::{
    model::{
        Fact,
        source::{FrontMatter, Value},
    },
    read::lines::{self, Line, regex},
};

static BETWEEN: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)\s*(?:[,;、，]|<br\s*/?>|\s(?:and|und|et|y|e|en|и|&)\s)\s*"));
static LINK: LazyLock<Regex> = LazyLock::new(|| regex(r"\[([^\]]*)\](?:\([^)]*\))?"));

/// The deciders that front matter names: `decision-makers: [Ada, Bo]`.
pub fn of_front(front: &FrontMatter, text: &str) -> Option<Fact<Vec<String>>> {
    let (key, value) =
        front.extra.iter().find(|(key, _)| WORDS.label(key) == Some(Named::Deciders))?;
    let written: Vec<&str> = match value {
        Value::Text(text) => vec![text],
        Value::List(items) => items
            .iter()
            .filter_map(
                |item| if let Value::Text(text) = item { Some(text.as_str()) } else { None },
            )
            .collect(),
        _ => return None,
    };
    let people: Vec<String> = written.iter().flat_map(|text| names(text)).collect();
    fact(people, &written.join(", "), front_line(text, key))
}

/// The deciders that a label or a table above the text names, or the list below the label.
pub fn of_lines(details: &[Detail<'_>], block: &[Line<'_>]) -> Option<Fact<Vec<String>>> {
    let detail = details.iter().find(|detail| detail.named == Named::Deciders)?;
    if !detail.value.is_empty() {
        return fact(names(detail.value), detail.value, detail.line);
    }
    let below = block.iter().skip_while(|line| line.number <= detail.line);
    let items: Vec<&str> = below
        .take_while(|line| lines::marker_len(line.text) > 0 && line.indent() > 0)
        .map(|line| line.text[lines::marker_len(line.text)..].trim())
        .collect();
    fact(items.iter().flat_map(|item| names(item)).collect(), &items.join(", "), detail.line)
}

/// The names of a list; nothing of what a template says there.
fn names(text: &str) -> Vec<String> {
    let text = text.trim();
    let is_link = text.starts_with('[') && text.contains("](");
    if text.starts_with(['{', '<']) || (text.starts_with('[') && !is_link) {
        return Vec::new();
    }
    let text = LINK.replace_all(text, "$1");
    let nobody =
        |name: &str| matches!(name.to_lowercase().as_str(), "" | "-" | "n/a" | "none" | "tbd");
    let name = |name: &str| lines::plain(name).trim_end_matches('.').trim().to_owned();
    BETWEEN.split(&text).map(name).filter(|name| !nobody(name)).collect()
}

fn fact(people: Vec<String>, raw: &str, line: u32) -> Option<Fact<Vec<String>>> {
    (!people.is_empty()).then(|| Fact::new(people, raw.trim(), line, "deciders"))
}
