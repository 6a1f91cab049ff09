//! Declarations that a document, or one of its sections, fills a gap: `covers` in front matter and
//! `<!-- covers: GAP-2 -->` under a heading.

use crate::{
    model::source::{Cover, Declared, Value},
    text::{LineIndex, Span},
};

/// Reads `covers` of front matter: an id, a list of ids, or tables of `id` and `section`.
///
/// `text` is the file up to the end of its front matter, whose key `covers` stands at byte `from`.
/// The flag says whether every value was understood.
pub fn of_front_matter(value: &Value, text: &str, from: usize) -> (Vec<Cover>, Understood) {
    let one = std::slice::from_ref(value);
    let values = match value {
        Value::List(values) => values.as_slice(),
        Value::Null => &[],
        _ => one,
    };
    let index = LineIndex::new(text);
    let mut covers = Vec::new();
    let mut understood = Understood::All;
    let mut at = from.min(text.len());
    for value in values {
        let Some((id, section)) = entry(value) else {
            understood = Understood::Part;
            continue;
        };
        let found = text.get(at..).and_then(|rest| rest.find(&id));
        let span = match found {
            Some(skip) => Span::new(at + skip, at + skip + id.len()),
            None => Span::new(from, from),
        };
        if found.is_some() {
            at = span.end;
        }
        let line = index.line(span.start);
        covers.push(Cover { id, section, declared: Declared::FrontMatter, line, span });
    }
    (covers, understood)
}

/// Whether a value was understood whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Understood {
    /// All of it.
    All,
    /// Some of it has a shape that means nothing here.
    Part,
}

/// The ids of `<!-- covers: GAP-2, GAP-3 -->`, with their places in the comment.
pub fn of_comment(html: &str) -> Vec<(String, Span)> {
    let trimmed = html.trim();
    let inner = trimmed.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"));
    let ids = inner.and_then(|inner| {
        let inner = inner.trim();
        let named = inner.strip_prefix("covers").or_else(|| inner.strip_prefix("Covers"))?;
        named.trim_start().strip_prefix([':', '='])
    });
    let Some(ids) = ids else { return Vec::new() };
    let start = html.len() - html.trim_start().len();
    let from = start + trimmed.find([':', '=']).map_or(0, |at| at + 1);
    let mut found = Vec::new();
    let mut at = from;
    for part in ids.split([',', ';', ' ', '\t', '\n']) {
        let id = part.trim().trim_start_matches("[[").trim_end_matches("]]");
        if let Some(skip) = html.get(at..).and_then(|rest| rest.find(id)).filter(|_| !id.is_empty())
        {
            let span = Span::new(at + skip, at + skip + id.len());
            at = span.end;
            found.push((id.to_owned(), span));
        }
    }
    found
}

fn entry(value: &Value) -> Option<(String, Option<String>)> {
    let text = |value: &Value| match value {
        Value::Text(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Number(number) => Some(number.clone()),
        _ => None,
    };
    match value {
        Value::Map(map) => {
            let section = map.get("section").and_then(text);
            Some((map.get("id").and_then(text)?, section))
        }
        value => Some((text(value)?, None)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_name_ids() {
        for (html, wanted) in [
            ("<!-- covers: GAP-2 -->", &["GAP-2"][..]),
            ("  <!--covers: GAP-2, [[CGA-3]]-->\n", &["GAP-2", "CGA-3"]),
            ("<!-- covers = A-1 A-2 -->", &["A-1", "A-2"]),
            ("<!-- covers nothing -->", &[]),
            ("<!-- see GAP-2 -->", &[]),
            ("<!-- covers:", &[]),
        ] {
            let found = of_comment(html);
            let shown: Vec<_> = found.iter().map(|(_, span)| &html[span.start..span.end]).collect();
            assert_eq!(shown, wanted, "{html}");
        }
    }

    #[test]
    fn front_matter_names_ids_and_sections() {
        let text = "covers = [\"GAP-1\", { id = \"GAP-12\", section = \"limits\" }, true]\n";
        let table: toml::Table = text.parse().expect("valid");
        let list = table["covers"].clone().try_into::<Value>().expect("any value fits");
        let (covers, understood) = of_front_matter(&list, text, 0);
        let shown: Vec<_> = covers
            .iter()
            .map(|c| (&text[c.span.start..c.span.end], c.section.as_deref()))
            .collect();
        assert_eq!(shown, [("GAP-1", None), ("GAP-12", Some("limits"))]);
        assert_eq!(understood, Understood::Part);
    }
}
