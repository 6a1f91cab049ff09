//! The `nav` of `mkdocs.yml`.

use crate::{
    model::{
        contents::{Contents, ContentsEntry},
        source::Value,
    },
    path::RelPath,
    read::front_matter,
};

/// Reads the table of contents; none when the file has none.
///
/// Only `nav` and `docs_dir` are read (MkDocs, "Configuration"): the rest may hold tags of Python.
pub fn mkdocs(file: &RelPath, text: &str) -> Option<Contents> {
    let docs = scalar(text, "docs_dir").unwrap_or("docs");
    let root = file.join(docs)?.to_string();
    let nav = front_matter::mapping(&block(text, "nav")?)?.remove("nav")?;
    let mut entries = Vec::new();
    list(&nav, 0, &root, &mut entries);
    (!entries.is_empty()).then(|| Contents { file: file.clone(), root, entries })
}

/// How deep a table of contents is followed.
const DEEPEST: usize = 8;

fn list(value: &Value, depth: usize, root: &str, entries: &mut Vec<ContentsEntry>) {
    let Value::List(items) = value else { return };
    if depth > DEEPEST {
        return;
    }
    let place = |path: &str| RelPath::new(&format!("{root}/{path}")).filter(|_| is_page(path));
    for item in items {
        match item {
            Value::Text(path) => {
                let to = place(path);
                entries.extend(to.map(|to| ContentsEntry { title: None, to: Some(to), depth }));
            }
            Value::Map(map) => {
                for (title, below) in map {
                    let title = Some(title.clone());
                    match below {
                        Value::Text(path) => {
                            let to = place(path);
                            entries.extend(to.map(|to| ContentsEntry {
                                title,
                                to: Some(to),
                                depth,
                            }));
                        }
                        below => {
                            entries.push(ContentsEntry { title, to: None, depth });
                            list(below, depth + 1, root, entries);
                        }
                    }
                }
            }
            _ => {}
        }
    }
}

fn is_page(path: &str) -> bool {
    !path.contains("://") && !path.contains('*') && !path.ends_with('/')
}

/// The value of a key at the outermost level.
fn scalar<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    let rest = text.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(':'))?;
    let value = rest.split(" #").next().unwrap_or_default().trim().trim_matches(['"', '\'']);
    (!value.is_empty()).then_some(value)
}

/// A key at the outermost level with the lines below it.
fn block(text: &str, key: &str) -> Option<String> {
    let head = format!("{key}:");
    let mut lines = text.lines().skip_while(|line| line.trim_end() != head);
    let mut found = String::from(lines.next()?);
    // A list may stand as far left as its key.
    let inside = |line: &&str| line.is_empty() || line.starts_with([' ', '\t', '-', '#']);
    for line in lines.take_while(inside) {
        found.push('\n');
        found.push_str(line);
    }
    found.push('\n');
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nav_is_read_between_tags_of_python() {
        let text = "site_name: X\ndocs_dir: manual\nnav:\n  - Home: index.md\n  - Use:\n    - use/a.md\n    \
            - Deep:\n      - B: use/b.md\n  - Elsewhere: https://example.org/\n\
            markdown_extensions:\n  - x: !!python/name:a.b\n";
        let file = RelPath::new("mkdocs.yml").expect("a path");
        let contents = mkdocs(&file, text).expect("a table of contents");
        let shown: Vec<String> = contents
            .entries
            .iter()
            .map(|e| {
                let to = e.to.as_ref().map_or("-", |to| to.as_str());
                format!("{} {} {to}", e.depth, e.title.as_deref().unwrap_or("-"))
            })
            .collect();
        assert_eq!(
            shown,
            [
                "0 Home manual/index.md",
                "0 Use -",
                "1 - manual/use/a.md",
                "1 Deep -",
                "2 B manual/use/b.md"
            ]
        );
        assert_eq!(mkdocs(&file, "site_name: X\n"), None);
    }
}
