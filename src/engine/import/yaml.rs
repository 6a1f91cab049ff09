//! Front matter, written: the few shapes of YAML that a gap record needs.

use std::fmt::Write as _;

/// Front matter is looked for in the first 200 lines of a file, fences included.
const MOST_LINES: usize = 190;
/// Words that YAML takes for something other than text.
const WORDS: &[&str] = &["true", "false", "yes", "no", "on", "off", "null", "y", "n"];

/// A value that can be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Yaml {
    /// Text, quoted where YAML would read it otherwise.
    Text(String),
    /// A whole number.
    Number(u32),
    /// `true`.
    True,
    /// Values in order.
    List(Vec<Yaml>),
    /// Keys in order.
    Map(Vec<(&'static str, Yaml)>),
}

impl Yaml {
    /// A value that is left out.
    pub const NOTHING: Self = Self::List(Vec::new());

    /// A list of texts.
    pub fn texts<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        Self::List(texts.into_iter().map(|text| Self::Text(text.to_owned())).collect())
    }

    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::List(values) => values.is_empty(),
            Self::Map(entries) => entries.is_empty(),
            Self::Number(_) | Self::True => false,
        }
    }

    /// The value on one line.
    pub fn flow(&self) -> String {
        match self {
            Self::Text(text) => scalar(text),
            Self::Number(number) => number.to_string(),
            Self::True => "true".to_owned(),
            Self::List(values) => {
                let values: Vec<String> = values.iter().map(Self::flow).collect();
                format!("[{}]", values.join(", "))
            }
            Self::Map(entries) => {
                let entries: Vec<String> =
                    entries.iter().map(|(key, value)| format!("{key}: {}", value.flow())).collect();
                format!("{{ {} }}", entries.join(", "))
            }
        }
    }

    fn lines(&self) -> usize {
        match self {
            Self::List(values) => 1 + values.len(),
            _ => 1,
        }
    }
}

/// The entries between two fences, one value a line, without those that are empty.
pub fn front_matter(entries: &[(&'static str, Yaml)]) -> String {
    let said = || entries.iter().filter(|(_, value)| !value.is_empty());
    // A long list on one line is ugly, and front matter that is too long is none.
    let roomy = said().map(|(_, value)| value.lines()).sum::<usize>() <= MOST_LINES;
    let mut out = String::from("---\n");
    for (key, value) in said() {
        // A String takes every write.
        let _ = match value {
            Yaml::List(values) if roomy => {
                let items: String =
                    values.iter().map(|value| format!("  - {}\n", value.flow())).collect();
                write!(out, "{key}:\n{items}")
            }
            value => writeln!(out, "{key}: {}", value.flow()),
        };
    }
    out.push_str("---\n");
    out
}

/// Text as a YAML scalar on one line.
fn scalar(text: &str) -> String {
    let plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && !text.ends_with(' ')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || " _./()-".contains(c))
        && !WORDS.contains(&text.to_ascii_lowercase().as_str());
    if plain {
        return text.to_owned();
    }
    // The escapes of JSON are escapes of YAML.
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            // Not printable in YAML 1.2, or the end of a line in YAML 1.1.
            '\0'..='\x1f' | '\x7f'..='\u{a0}' | '\u{2028}' | '\u{2029}' | '\u{feff}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_quoted_where_yaml_would_take_it_for_something_else() {
        for (text, wanted) in [
            ("Preview server", "Preview server"),
            ("docs/a.md", "docs/a.md"),
            ("yes", "\"yes\""),
            ("3 days", "\"3 days\""),
            ("a: b", "\"a: b\""),
            ("say \"no\"\\", "\"say \\\"no\\\"\\\\\""),
            ("a\u{85}b", "\"a\\u0085b\""),
            ("[x] done", "\"[x] done\""),
            ("été", "\"été\""),
        ] {
            assert_eq!(scalar(text), wanted);
        }
    }

    #[test]
    fn a_front_matter_never_grows_past_what_is_read() {
        let few = [("id", Yaml::Text("A-1".into())), ("tasks", Yaml::texts(["a", "b"]))];
        assert_eq!(front_matter(&few), "---\nid: A-1\ntasks:\n  - a\n  - b\n---\n");
        let many = [("tasks", Yaml::texts(std::iter::repeat_n("a", 300)))];
        assert_eq!(front_matter(&many).lines().count(), 3);
    }
}
