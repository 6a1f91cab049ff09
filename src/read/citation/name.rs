//! Words that name a file, chunks of research, or a document by its initials.

use super::{
    numbers::{self, Lines},
    place,
    words::CHUNKS,
};
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
    if !word.contains('.') {
        return None;
    }
    // `src/a.rs::open` names a symbol of the file; `Pool::open` no file at all.
    let word = word.split_once("::").map_or(word, |(path, _)| path);
    let (name, fragment) = match word.split_once('#') {
        Some((name, fragment)) => (name, Some(fragment)),
        None => (word, None),
    };
    let (path, lines) = match name.split_once(':') {
        Some((path, place)) => match numbers::lines(place) {
            Some((lines, _)) => (path, Some(lines)),
            None => (path, None),
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
    let by_fragment = fragment.filter(|text| text.starts_with('L')).and_then(numbers::lines);
    let (lines, section) = match by_fragment {
        Some((range, _)) => (Some(range), None),
        None => (lines, fragment.filter(|text| !text.is_empty()).map(str::to_owned)),
    };
    Some(Citation { target: path.replace('\\', ""), lines, section })
}

fn is_file(path: &str, lines: Option<Lines>) -> bool {
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

/// The part of a word that can be a file name, where a script without spaces goes on behind it:
/// `a.md` of `a.mdの12行目`.
pub(super) fn without_tail(word: &str) -> &str {
    let after_dot = word.rfind('.').map_or(word.len(), |dot| dot + 1);
    let extension = word[after_dot..].bytes().take_while(u8::is_ascii_alphanumeric).count();
    let end = after_dot + extension;
    let script = |letter: char| ('\u{3000}'..='\u{9fff}').contains(&letter);
    if extension > 0 && word[end..].starts_with(script) { &word[..end] } else { word }
}

/// The chunks a word names, and how much of `after` was read with it: `Chunk-004`,
/// `Chunk-001-003`, `Chunk-005/006`, `chunks 4-6, 9`, `Chunk-001 to Chunk-003`, `Blocos 11, 15-16`.
pub(super) fn chunks(word: &str, after: &str) -> Option<(Vec<Citation>, usize)> {
    let (start, rest) = chunk_word(word)?;
    if rest.is_empty() {
        return spaced(&start, after);
    }
    let digits = rest.strip_prefix(['-', '_', '#']).unwrap_or(rest);
    let mark = &rest[..rest.len() - digits.len()];
    let width = digits.bytes().take_while(u8::is_ascii_digit).count();
    let first = parse(&digits[..width])?;
    let tail = &digits[width..];
    let name = |number: u32| named(format!("{start}{mark}{number:0width$}"));
    if let Some(place) = tail.strip_prefix([':', '#']) {
        let (lines, _) = place_on(place, tail)?;
        return Some((vec![Citation { lines: Some(lines), ..name(first) }], 0));
    }
    let mut numbers = vec![first];
    let mut read = 0;
    if let Some(second) = tail.strip_prefix(['-', '–', '—']) {
        numbers = expand(first, parse(bare_number(second))?)?;
    } else if let Some(list) = tail.strip_prefix('/') {
        for part in list.split('/') {
            numbers.push(parse(bare_number(part))?);
        }
    } else if !tail.is_empty() {
        return None;
    } else if let Some((last, len)) = to_chunk(after) {
        numbers = expand(first, last)?;
        read = len;
    } else {
        read = more(after, width, &mut numbers);
    }
    Some((numbers.into_iter().map(name).collect(), read))
}

/// The number of a chunk, when a name is nothing but the word and the number, in any language.
pub fn chunk_number(name: &str) -> Option<u32> {
    let (_, rest) = chunk_word(name.trim())?;
    let digits = rest.trim_start_matches(['-', '_', '#', ' ', '\u{a0}']);
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| parse(digits)).flatten()
}

/// The word for "chunk" that a word begins with, in the singular as written, and the rest.
fn chunk_word(word: &str) -> Option<(String, &str)> {
    let fits = |own: &(&str, &'static str)| Some((place::prefix(word, own.0)?, own.1));
    let (len, singular) = CHUNKS.iter().filter_map(fits).max_by_key(|(len, _)| *len)?;
    let rest = &word[len..];
    if rest.starts_with(char::is_alphabetic) {
        return None;
    }
    let written = place::prefix(word, singular).map_or(singular, |len| &word[..len]);
    Some((written.to_owned(), rest))
}

/// ` to Chunk-003` after the first chunk: the number, and the length read.
fn to_chunk(after: &str) -> Option<(u32, usize)> {
    let trimmed = after.trim_start_matches([' ', '`', '*']);
    let joint = numbers::to_word(trimmed)?;
    let rest = &trimmed[joint..];
    let name = rest.trim_start_matches([' ', '`', '*']);
    let len = name.find(|c: char| !c.is_alphanumeric() && !"-_#".contains(c)).unwrap_or(name.len());
    let number = chunk_number(&name[..len])?;
    Some((number, after.len() - name.len() + len))
}

/// ` & 005, 006` after a padded number: numbers of the same width belong to the list.
fn more(after: &str, width: usize, numbers: &mut Vec<u32>) -> usize {
    let mut read = 0;
    while let Some(joint) = numbers::joint(&after[read..]) {
        let rest = &after[read + joint..];
        let len = rest.bytes().take_while(u8::is_ascii_digit).count();
        let ends = rest[len..].chars().next().is_none_or(|c| !c.is_alphanumeric() && c != '.');
        let sentence =
            rest[len..].starts_with('.') && !rest[len + 1..].starts_with(char::is_alphanumeric);
        let padded = width > 1 && len == width && rest.starts_with('0');
        let Some(number) = parse(&rest[..len]).filter(|_| padded && (ends || sentence)) else {
            break;
        };
        numbers.push(number);
        read += joint + len;
    }
    read
}

/// Lines written on a name: `:69-299`, `#L69-L299`.
fn place_on(place: &str, tail: &str) -> Option<(Lines, usize)> {
    let marked = tail.starts_with(':') || place.starts_with('L');
    numbers::lines(place).filter(|_| marked)
}

/// The digits of `003` and of `Chunk-003`.
fn bare_number(text: &str) -> &str {
    text.trim_start_matches(|c: char| !c.is_ascii_digit())
}

/// ` 4-6, 9 and 12` after the word "chunks".
fn spaced(start: &str, after: &str) -> Option<(Vec<Citation>, usize)> {
    let numbers = after.strip_prefix([' ', '\u{a0}'])?;
    let numbers = numbers.strip_prefix('#').unwrap_or(numbers);
    let gap = after.len() - numbers.len();
    if !numbers.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let items = numbers::list(numbers, |rest| !rest.starts_with(char::is_alphanumeric));
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
