//! Docusaurus' `_category_.json` and `_category_.yml`: the name and the place of a folder.

use crate::{
    model::{contents::FolderFacts, source::Value},
    path::RelPath,
    read::front_matter,
};

/// Reads what a folder says of itself; none when the file is no such file.
pub fn category(file: &RelPath, text: &str) -> Option<FolderFacts> {
    if file.stem() != "_category_" || !file.has_extension(&["json", "yml", "yaml"]) {
        return None;
    }
    // JSON is YAML.
    let mut entries = front_matter::mapping(text)?;
    let label = match entries.remove("label") {
        Some(Value::Text(label)) if !label.trim().is_empty() => Some(label.trim().to_owned()),
        _ => None,
    };
    let position = match entries.remove("position") {
        Some(Value::Integer(position)) => Some(position),
        Some(Value::Number(position)) => position.parse::<f64>().ok().map(|p| p.floor() as i64),
        _ => None,
    };
    Some(FolderFacts { label, position })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_are_read() {
        let wanted = FolderFacts { label: Some("First steps".into()), position: Some(2) };
        for (name, text) in [
            ("docs/a/_category_.json", "{\n  \"label\": \"First steps\",\n  \"position\": 2\n}\n"),
            ("docs/a/_category_.yml", "label: First steps\nposition: 2\n"),
        ] {
            let file = RelPath::new(name).expect("a path");
            assert_eq!(category(&file, text).as_ref(), Some(&wanted), "{name}");
        }
    }
}
