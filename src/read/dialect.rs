//! What Hugo, MkDocs and MDX write between Markdown, rewritten so that it can be read as Markdown.
//! No byte moves: whatever goes is replaced by as many spaces, so that every place in the file
//! stays what it was.

use std::{
    ops::Range,
    sync::{Arc, LazyLock},
};

use regex::Regex;

use super::lines::{self, LineKind, regex};
use crate::path::RelPath;

/// A text as Markdown.
#[derive(Clone, Debug)]
pub struct Plain {
    /// The text, as long as before.
    pub text: Arc<str>,
    /// The lines of code that were taken out, by their bytes.
    pub skipped: Vec<Range<usize>>,
}

/// `{{< ref "page.md" >}}`, `{{% relref "page.md" %}}` (Hugo, "ref" and "relref").
static REF: LazyLock<Regex> = LazyLock::new(|| {
    regex(r#"\{\{[<%]\s*(?:rel)?ref\s+(?:path=)?["`]?([^"`\s<>{}%]+)["`]?\s*[^{}<>%]*[>%]\}\}"#)
});
/// `## Heading {: #anchor }` (Python-Markdown, "attr_list").
static ATTRIBUTES: LazyLock<Regex> = LazyLock::new(|| regex(r"^#{1,6} .*\{(:) *#[^{}]*\}\s*$"));
/// `## Heading {/* #anchor */}` (Docusaurus for MDX 3).
static COMMENT_ANCHOR: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^#{1,6} .*\{(/\*) *#[^{}*]*(\*/)\}\s*$"));
static IMPORT: LazyLock<Regex> =
    LazyLock::new(|| regex(r#"^import\s+(?:[\w$*{}\s,]+\s+from\s+)?["'][^"']+["'];?\s*$"#));

/// Rewrites a text. Most have nothing to rewrite, and are given back as they are.
pub fn plain(path: &RelPath, text: &Arc<str>) -> Plain {
    let is_mdx = path.has_extension(&["mdx"]);
    let marks = ["{{<", "{{%", "{:", "{/*", "import "];
    if !is_mdx && !marks.iter().any(|mark| text.contains(mark)) {
        return Plain { text: text.clone(), skipped: Vec::new() };
    }
    let mut out = text.as_bytes().to_vec();
    let mut skipped = Vec::new();
    let mut inside = None;
    for line in lines::scan(text, 0) {
        if line.kind != LineKind::Prose {
            continue;
        }
        let range = line.start..line.start + line.text.len();
        if let Some(code) = code(line.text, is_mdx, inside) {
            inside = code;
            blank(&mut out, range.clone());
            skipped.push(range);
            continue;
        }
        inside = None;
        for found in REF.captures_iter(line.text) {
            let (Some(all), Some(target)) = (found.get(0), found.get(1)) else { continue };
            let at = range.start + all.start();
            blank(&mut out, at..range.start + all.end());
            out[at..at + target.len()].copy_from_slice(target.as_str().as_bytes());
        }
        for pattern in [&*ATTRIBUTES, &*COMMENT_ANCHOR] {
            let Some(found) = pattern.captures(line.text) else { continue };
            for mark in found.iter().skip(1).flatten() {
                blank(&mut out, range.start + mark.start()..range.start + mark.end());
            }
        }
    }
    let text = String::from_utf8(out).expect("whole characters are replaced by spaces");
    Plain { text: text.into(), skipped }
}

/// What ends a stretch of code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Until {
    /// A blank line, as MDX has it for `export`.
    Blank,
    /// A line that names the file of an `import`.
    From,
    /// The end of a comment.
    CommentEnd,
}

/// Whether a line is code, and what the code below it ends at.
fn code(line: &str, is_mdx: bool, inside: Option<Until>) -> Option<Option<Until>> {
    let trimmed = line.trim();
    match inside {
        Some(Until::Blank) => return (!trimmed.is_empty()).then_some(inside),
        Some(Until::From) => {
            let ends = trimmed.contains("from ") || trimmed.is_empty();
            return Some(if ends { None } else { inside });
        }
        Some(Until::CommentEnd) => {
            return Some(if trimmed.contains("*/}") { None } else { inside });
        }
        None => {}
    }
    if IMPORT.is_match(line) && (is_mdx || line.contains(" from ")) {
        return Some(None);
    }
    if !is_mdx {
        return None;
    }
    if line.starts_with("import {") && !line.contains('}') {
        return Some(Some(Until::From));
    }
    if line.starts_with("export ") {
        return Some(Some(Until::Blank));
    }
    if trimmed.starts_with("{/*") {
        return Some((!trimmed.contains("*/}")).then_some(Until::CommentEnd));
    }
    None
}

fn blank(out: &mut [u8], range: Range<usize>) {
    out[range].fill(b' ');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain_of(name: &str, text: &str) -> String {
        let plain = plain(&RelPath::new(name).expect("a path"), &text.into());
        assert_eq!(plain.text.len(), text.len(), "no byte moves");
        plain.text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn references_of_hugo_become_addresses() {
        let text = "[a]({{< ref \"x/b.md#c\" >}}) and [b]({{% relref \"/d\" %}})\n";
        let plain = plain_of("a.md", text);
        let words: Vec<&str> = plain.split_whitespace().collect();
        assert_eq!(words.join(" "), "[a](x/b.md#c ) and [b](/d )");
    }

    #[test]
    fn code_of_mdx_is_taken_out() {
        let text = "import A from './a';\nimport {\n  B,\n} from './b';\n\nexport const x = {\n  y: 1,\n};\n\n\
            # Title {/* #own */}\n\n{/* a\nb */}\nText\n\n```js\nimport C from 'c';\n```\n";
        let plain = plain_of("a.mdx", text);
        let kept: Vec<&str> = plain.lines().filter(|line| !line.is_empty()).collect();
        assert_eq!(kept, ["# Title {   #own   }", "Text", "```js", "import C from 'c';", "```"]);
        assert_eq!(
            plain_of("a.md", "import x from 'y';\nimport duties rise\n"),
            "\nimport duties rise"
        );
    }
}
