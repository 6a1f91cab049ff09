//! Words that name a file, chunks of research, or a document by its initials.

use super::place;
use crate::model::reference::Citation;

/// Extensions of files that people cite by a bare name.
const EXTENSIONS: &[&str] = &[
    "md", "markdown", "mdx", "txt", "rst", "adoc", "proto", "mmd", "mermaid", "rs", "py", "ts",
    "tsx", "js", "jsx", "mjs", "go", "java", "kt", "rb", "c", "h", "cc", "cpp", "hpp", "cs",
    "swift", "scala", "ex", "exs", "php", "sh", "sql", "yaml", "yml", "toml", "json", "jsonl",
    "csv", "xml", "html", "css", "scss", "ini", "cfg", "conf", "tf", "hcl", "ipynb", "pdf", "docx",
    "svg", "png", "lock", "graphql", "vue", "svelte", "lua", "zig",
];

/// Most chunks that one range may name.
const MAX_CHUNKS: u32 = 50;

/// The file a word names, with the lines or the fragment written on it; `after` follows the word.
pub(super) fn file(word: &str, after: &str) -> Option<Citation> {
    if !word.contains('.') || word.contains("::") {
        return None;
    }
    let (name, fragment) = match word.split_once('#') {
        Some((name, fragment)) => (name, Some(fragment)),
        None => (word, None),
    };
    let (path, lines) = match name.split_once(':') {
        Some((path, place)) => match place::range(place) {
            Some((range, _)) if range.0 > 0 => (path, Some(range)),
            _ => (path, None),
        },
        None => (name, None),
    };
    if !is_file(path, lines) {
        return None;
    }
    let call = after.starts_with('(') && place::lines(after).is_none();
    if (call && after[1..].starts_with(')')) || after.starts_with(['=', '{']) {
        return None;
    }
    let by_fragment = fragment.filter(|text| text.starts_with('L')).and_then(place::range);
    let (lines, section) = match by_fragment {
        Some((range, _)) => (Some(range), None),
        None => (lines, fragment.filter(|text| !text.is_empty()).map(str::to_owned)),
    };
    Some(Citation { target: path.replace('\\', ""), lines, section })
}

fn is_file(path: &str, lines: Option<place::Lines>) -> bool {
    let with_lines = lines.is_some();
    let name = path.rsplit('/').next().unwrap_or(path);
    let Some((stem, extension)) = name.rsplit_once('.') else { return false };
    let bare = !path.contains('/');
    let known = EXTENSIONS.iter().any(|own| own.eq_ignore_ascii_case(extension));
    let plausible = !bare
        && with_lines
        && (1..=10).contains(&extension.len())
        && extension.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let named = stem
        .starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '\\' || c == '.')
        && stem.chars().any(char::is_alphanumeric)
        && !(bare && path.contains('@'));
    // `Node.js`, `Vue.js` and `docs.rs` are products, a single letter an abbreviation.
    let product = bare
        && !with_lines
        && (name == "docs.rs"
            || (extension == "js" && stem.starts_with(char::is_uppercase))
            || (extension.len() == 1 && stem.len() == 1));
    (known || plausible) && named && !product
}

/// The chunks a word names, and how much of `after` was read with it: `Chunk-004`,
/// `Chunk-001-003`, `Chunk-005/006`, `chunks 4-6, 9`.
pub(super) fn chunks(word: &str, after: &str) -> Option<(Vec<Citation>, usize)> {
    let start = word.get(..5).filter(|start| start.eq_ignore_ascii_case("chunk"))?;
    let rest = &word[5..];
    if rest.is_empty() || rest.eq_ignore_ascii_case("s") {
        return spaced(start, after);
    }
    let digits = rest.strip_prefix(['-', '_', '#']).unwrap_or(rest);
    let mark = &rest[..rest.len() - digits.len()];
    let width = digits.bytes().take_while(u8::is_ascii_digit).count();
    let first = parse(&digits[..width])?;
    let tail = &digits[width..];
    let mut numbers = vec![first];
    if let Some(second) = tail.strip_prefix(['-', '–']) {
        numbers = expand(first, parse(second)?)?;
    } else if let Some(list) = tail.strip_prefix('/') {
        for part in list.split('/') {
            let part = part.trim_start_matches(|c: char| !c.is_ascii_digit());
            numbers.push(parse(part)?);
        }
    } else if !tail.is_empty() {
        return None;
    }
    let names = numbers.into_iter().map(|number| named(format!("{start}{mark}{number:0width$}")));
    Some((names.collect(), 0))
}

/// ` 4-6, 9 and 12` after the word "chunks".
fn spaced(start: &str, after: &str) -> Option<(Vec<Citation>, usize)> {
    let numbers = after.strip_prefix([' ', '\u{a0}'])?;
    let gap = after.len() - numbers.len();
    if !numbers.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let items = place::list(numbers, |next| next.is_none_or(|c| !c.is_alphanumeric()));
    let end = items.last()?.1.end;
    // `chunks 4kB` and `chunk 1.5` are sizes.
    let mut next = numbers[end..].chars();
    match (next.next(), next.next()) {
        (Some(letter), _) if letter.is_alphanumeric() || letter == '%' => return None,
        (Some('.'), Some(digit)) if digit.is_ascii_digit() => return None,
        _ => {}
    }
    let mut names = Vec::new();
    for ((first, last), _) in items {
        names.extend(expand(first, last)?.into_iter().map(|n| named(format!("{start} {n}"))));
    }
    Some((names, gap + end))
}

/// Whether a word can be the initials of a document: `SDD`, `ADR-004`.
pub(super) fn is_acronym(word: &str) -> bool {
    (2..=24).contains(&word.len())
        && word.starts_with(|c: char| c.is_ascii_uppercase())
        && word.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-')
        && word.bytes().filter(u8::is_ascii_uppercase).count() >= 2
        && !["SEE", "IN", "THE", "OF", "AND", "OR", "TO", "NOTE", "TODO", "AS", "PER", "THIS"]
            .contains(&word)
}

fn named(target: String) -> Citation {
    Citation { target, lines: None, section: None }
}

fn parse(digits: &str) -> Option<u32> {
    (digits.len() <= 5).then(|| digits.parse().ok()).flatten()
}

fn expand(first: u32, last: u32) -> Option<Vec<u32>> {
    (last >= first).then(|| (first..=last.min(first + MAX_CHUNKS - 1)).collect())
}
