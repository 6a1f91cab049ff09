//! Comments as Markdown: without comment signs and common indentation.

/// Cleans the text of line comments, or of a block whose asterisks are gone already.
pub(super) fn clean(comment: &str) -> String {
    let mut lines: Vec<&str> = comment.lines().map(str::trim_end).collect();
    // The third slash of `///`.
    if lines.iter().all(|line| line.is_empty() || line.starts_with('/')) {
        strip(&mut lines, '/');
    }
    finish(lines)
}

/// The block comment that ends `before`, if it is the one the parser gave as `parsed`.
///
/// The parser drops indentation and, where lines have no asterisk, blank lines: lists and code
/// in the comment would be lost.
pub(super) fn block_before(before: &str, parsed: &str) -> Option<String> {
    let body = before.trim_end().strip_suffix("*/")?;
    let body = &body[body.rfind("/*")? + 2..];
    let bones = |text: &str| -> String {
        text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '*' | '/')).collect()
    };
    (bones(body) == bones(parsed)).then(|| block(body))
}

/// Joins what is not empty with a blank line between.
pub(super) fn join(parts: impl IntoIterator<Item = String>) -> String {
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("\n\n")
}

/// Whether a comment only says under which terms the file may be used.
pub(super) fn is_licence(comment: &str) -> bool {
    let text = comment.trim_start().to_lowercase();
    text.starts_with("copyright")
        || text.starts_with("(c) ")
        || text.starts_with("spdx-license-identifier")
        || text.contains("licensed under the")
        || text.contains("all rights reserved")
}

fn block(body: &str) -> String {
    let mut lines = body.lines().map(str::trim_end);
    let first = lines.next().unwrap_or_default().trim_start_matches('*').trim();
    let mut rest: Vec<&str> = lines.collect();
    let starred = |line: &&str| line.is_empty() || line.trim_start().starts_with('*');
    if rest.iter().all(starred) {
        rest = rest.iter().map(|line| line.trim_start()).collect();
        strip(&mut rest, '*');
    }
    dedent(&mut rest);
    rest.insert(0, first);
    finish(rest)
}

fn strip(lines: &mut [&str], sign: char) {
    for line in lines {
        *line = line.strip_prefix(sign).unwrap_or(line);
    }
}

fn dedent(lines: &mut [&str]) {
    let indent = |line: &&str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let filled = lines.iter().filter(|line| !line.is_empty());
    let common = filled.map(indent).min().unwrap_or(0);
    for line in lines {
        *line = line.get(common..).unwrap_or_default();
    }
}

fn finish(mut lines: Vec<&str>) -> String {
    dedent(&mut lines);
    // A rule drawn above or below is decoration, and below a line it would make it a heading.
    let drawn = |line: &str| line.len() > 3 && line.chars().all(|c| "/*=-#~_".contains(c));
    let idle = |line: &&str| line.is_empty() || drawn(line);
    let start = lines.iter().position(|line| !idle(line)).unwrap_or(lines.len());
    let end = lines.iter().rposition(|line| !idle(line)).map_or(start, |last| last + 1);
    lines[start..end].join("\n")
}
