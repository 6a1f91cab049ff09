//! What the info string of a fence asks for beside a language: lines to mark, and a tab.
//!
//! Read are the spellings of the tools that projects come from: `{3,5-7}` (Docusaurus, VitePress,
//! Gatsby), `hl_lines="3 5-7"` (MkDocs) and `{hl_lines=[3,"5-7"]}` (Hugo); `tab="Rust"`
//! (pymdown-extensions before 8, Fumadocs).

use std::ops::RangeInclusive;

/// What an info string asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Info {
    /// Lines to mark, from 1.
    pub lines: Vec<RangeInclusive<usize>>,
    /// The name of the tab it is in.
    pub tab: Option<String>,
}

impl Info {
    /// Reads an info string. What is not understood asks for nothing.
    pub fn of(info: &str) -> Self {
        let lines = match info.find("hl_lines") {
            Some(at) => {
                let rest = info[at + "hl_lines".len()..].trim_start_matches([' ', '=']);
                let end = |stop: char| rest.get(1..).and_then(|rest| rest.find(stop));
                let list = match rest.chars().next() {
                    Some('[') => end(']').map_or(rest, |end| &rest[..=end]),
                    Some(quote @ ('"' | '\'')) => end(quote).map_or(rest, |end| &rest[..=end]),
                    _ => rest.split([' ', ',', '}']).next().unwrap_or_default(),
                };
                ranges(list)
            }
            // `{.rust}` names a language, and `{1 class=x}` more than lines.
            None => braces(info).map(ranges).unwrap_or_default(),
        };
        Self { lines, tab: tab(info) }
    }

    /// Highlighted code with its marked lines in elements of their own. No other element of the code
    /// may cross the end of a line.
    pub fn marked(&self, code: &str) -> String {
        let mut html = String::with_capacity(code.len() + 64);
        for (number, line) in (1..).zip(code.split_inclusive('\n')) {
            match self.lines.iter().any(|range| range.contains(&number)) {
                true => html.push_str(&format!("<mark class=\"line-mark\">{line}</mark>")),
                false => html.push_str(line),
            }
        }
        html
    }
}

/// What stands between the first braces, when it is numbers only.
fn braces(info: &str) -> Option<&str> {
    let start = info.find('{')? + 1;
    let inner = &info[start..start + info[start..].find('}')?];
    let numbers = |c: char| c.is_ascii_digit() || matches!(c, ',' | '-' | ' ');
    inner.chars().all(numbers).then_some(inner)
}

fn ranges(list: &str) -> Vec<RangeInclusive<usize>> {
    let parts = list.split(|c: char| !c.is_ascii_digit() && c != '-');
    let range = |part: &str| {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        Some(first.parse().ok()?..=last.parse().ok()?)
    };
    parts.filter_map(range).filter(|range| *range.start() > 0).collect()
}

/// The name of a tab: `tab="Rust"`, or `tab` alone for the name of the language.
fn tab(info: &str) -> Option<String> {
    let at = info.find(" tab").map(|at| at + " tab".len())?;
    let rest = &info[at..];
    let name = match rest.strip_prefix('=') {
        Some(named) => {
            let quote = named.chars().next().filter(|c| matches!(c, '"' | '\''));
            match quote {
                Some(quote) => named[1..].split(quote).next().unwrap_or_default(),
                None => named.split(' ').next().unwrap_or_default(),
            }
        }
        None if rest.is_empty() || rest.starts_with(' ') => {
            info.split([' ', ',', '{']).next().unwrap_or_default()
        }
        None => "",
    };
    let name = name.trim();
    (!name.is_empty()).then(|| name.to_owned())
}

/// The name of a tab as MkDocs writes it, in a line of its own above indented content: `=== "Rust"`.
pub fn mkdocs_tab(line: &str) -> Option<&str> {
    let rest = line.trim().strip_prefix("===")?;
    let rest = rest.trim_start_matches(['!', '+']).trim();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let name = rest.strip_prefix(quote)?.strip_suffix(quote)?.trim();
    (!name.is_empty() && !name.contains('\n')).then_some(name)
}

/// The info string and the source of a text that is one fence and nothing else.
pub fn lone_fence(text: &str) -> Option<(&str, String)> {
    let text = text.trim_matches('\n');
    let length = text.chars().take_while(|c| *c == '`').count();
    let fence = text.get(..length).filter(|_| length > 2)?;
    let (info, body) = text[length..].split_once('\n')?;
    let body = body.trim_end().strip_suffix(fence)?;
    let closed_before = body.lines().any(|line| line.trim_start().starts_with(fence));
    (!closed_before && (body.is_empty() || body.ends_with('\n')))
        .then(|| (info.trim(), body.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_in_the_spellings_of_other_tools() {
        for info in [
            "rust {3,5-7}",
            "rust{3,5-7}",
            "rust hl_lines=\"3 5-7\"",
            "{ .rust hl_lines=\"3 5-7\" linenums=\"1\" }",
            "rust {linenos=table,hl_lines=[3,\"5-7\"],linenostart=199}",
            "rust title=\"a 9.rs\" {3,5-7}",
        ] {
            assert_eq!(Info::of(info).lines, [3..=3, 5..=7], "{info}");
        }
        for info in ["rust", "rust,ignore", "{.rust}", "json {\"a\": 1}", "rust {0}", "c {1.5}"] {
            assert!(Info::of(info).lines.is_empty(), "{info}");
        }
    }

    #[test]
    fn a_tab_has_a_name() {
        let tab = |info| Info::of(info).tab;
        assert_eq!(tab("rust tab=\"Rust 2024\" {2}").as_deref(), Some("Rust 2024"));
        assert_eq!(tab("go tab").as_deref(), Some("go"));
        assert_eq!(tab("go tab=Go").as_deref(), Some("Go"));
        assert_eq!((tab("go tabs"), tab("tab"), tab("go tab=\"\"")), (None, None, None));
        assert_eq!(mkdocs_tab("=== \"C++\""), Some("C++"));
        assert_eq!(mkdocs_tab("===+ 'C'"), Some("C"));
        assert_eq!(
            (mkdocs_tab("==="), mkdocs_tab("=== x"), mkdocs_tab("=== \"\"")),
            (None, None, None)
        );
    }

    #[test]
    fn a_lone_fence_is_taken_apart() {
        assert_eq!(lone_fence("```rust\nlet a;\n```\n"), Some(("rust", "let a;\n".to_owned())));
        assert_eq!(lone_fence("```\na\n```\ntext\n```\nb\n```"), None);
        assert_eq!(
            (lone_fence("plain"), lone_fence("```rust"), lone_fence("```\na")),
            (None, None, None)
        );
    }

    #[test]
    fn marked_lines_are_elements() {
        let info = Info::of("rust {2}");
        let marked = info.marked("a\n<i>b</i>\nc\n");
        assert_eq!(marked, "a\n<mark class=\"line-mark\"><i>b</i>\n</mark>c\n");
    }
}
