//! The status and date of a decision: a section, a label, a mark in the title.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    model::{Fact, decision::Status, source::Heading},
    read::lines::{self, Line, LineKind, regex},
};

/// Words of statuses, without case. The first of them in the text decides.
const WORDS: &[(&str, Status)] = &[
    ("proposed", Status::Proposed),
    ("proposal", Status::Proposed),
    ("draft", Status::Proposed),
    ("pending", Status::Proposed),
    ("review", Status::Proposed),
    ("rfc", Status::Proposed),
    ("hold", Status::Proposed),
    ("discussion", Status::Proposed),
    ("undecided", Status::Proposed),
    ("open", Status::Proposed),
    ("wip", Status::Proposed),
    ("accepted", Status::Accepted),
    ("approved", Status::Accepted),
    ("adopted", Status::Accepted),
    ("agreed", Status::Accepted),
    ("decided", Status::Accepted),
    ("implemented", Status::Accepted),
    ("active", Status::Accepted),
    ("final", Status::Accepted),
    ("done", Status::Accepted),
    ("rejected", Status::Rejected),
    ("abandoned", Status::Rejected),
    ("withdrawn", Status::Rejected),
    ("declined", Status::Rejected),
    ("cancelled", Status::Rejected),
    ("deprecated", Status::Deprecated),
    ("obsolete", Status::Deprecated),
    ("retired", Status::Deprecated),
    ("reverted", Status::Deprecated),
    ("superseded", Status::Superseded),
    ("superceded", Status::Superseded),
    ("replaced", Status::Superseded),
];

static REPLACED: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)\b(?:super[sc]eded|replaced)\s+(?:by|with)\b"));
static TEMPLATE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^[\[{<].*[|…].*|^\{.*\}|[a-z]\s*\|\s*[a-z]+\s*\||^\w+\s*\|\s*\w+|what is the status",
    )
});
static LINK: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^(?:super[sc]edes|amends|amended by|clarifies|clarified by|relates|related|replaces|extends)\b",
    )
});
static BRACKET: LazyLock<Regex> = LazyLock::new(|| regex(r"^[\[(](\p{L}[\p{L} ]*)[\])]\s*(.+)$"));

/// The status of the decision whose sections and lines these are.
pub fn read(headings: &[Heading], block: &[Line]) -> Option<Fact<Status>> {
    of_label(headings, block).or_else(|| of_section(headings, block))
}

/// The lines under the heading `Status`.
pub fn section<'a>(headings: &[Heading], block: &'a [Line<'a>]) -> &'a [Line<'a>] {
    let is_status = |heading: &Heading| {
        let name = heading.text.trim().trim_end_matches(':');
        let name = name.trim_start_matches(|sign: char| sign.is_numeric() || ". ".contains(sign));
        name.eq_ignore_ascii_case("status")
    };
    let Some(index) = headings.iter().position(is_status) else { return &[] };
    let first = headings[index].line;
    let end = headings.get(index + 1).map_or(u32::MAX, |next| next.line);
    let from = block.partition_point(|line| line.number <= first);
    let to = block.partition_point(|line| line.number < end);
    block.get(from..to.max(from)).unwrap_or_default()
}

/// The lines before the first section, where labels stand.
pub fn top<'a>(headings: &[Heading], block: &'a [Line<'a>]) -> &'a [Line<'a>] {
    let end = headings.iter().find(|heading| heading.level > 1).map_or(u32::MAX, |h| h.line);
    &block[..block.partition_point(|line| line.number < end)]
}

/// The date on a line of its own or a label.
pub fn date(block: &[Line]) -> Option<Fact<String>> {
    let prose = block.iter().filter(|line| line.kind == LineKind::Prose);
    prose.filter_map(|line| lines::label(line.text).map(|label| (line, label))).find_map(
        |(line, label)| {
            let raw = lines::plain(label.value);
            let dated = label.name.eq_ignore_ascii_case("date")
                && raw.chars().any(|letter| letter.is_ascii_digit());
            dated.then(|| Fact::new(raw.clone(), raw, line.number, "date label"))
        },
    )
}

/// The status at the start of a title, `[superseded] Title`, and the title without it.
pub fn bracket(title: &str) -> (String, Option<String>) {
    match BRACKET.captures(title) {
        Some(found) if normal(&found[1]) != Status::Unknown => {
            (found[2].to_owned(), Some(found[1].to_owned()))
        }
        _ => (title.to_owned(), None),
    }
}

/// Whether the text is the choice a template offers and not yet a status.
pub fn is_template(raw: &str) -> bool {
    raw.trim().is_empty() || TEMPLATE.is_match(raw.trim())
}

/// The status the words mean.
pub fn normal(raw: &str) -> Status {
    if REPLACED.is_match(raw) {
        return Status::Superseded;
    }
    let lower = raw.to_lowercase();
    let mut negated = false;
    for word in lower.split(|letter: char| !letter.is_alphanumeric()).filter(|w| !w.is_empty()) {
        if let Some((_, status)) = WORDS.iter().find(|(own, _)| *own == word)
            && !negated
        {
            return *status;
        }
        negated = matches!(word, "not" | "never" | "un");
    }
    Status::Unknown
}

fn of_label(headings: &[Heading], block: &[Line]) -> Option<Fact<Status>> {
    let prose = top(headings, block).iter().filter(|line| line.kind == LineKind::Prose);
    prose.filter_map(|line| lines::label(line.text).map(|label| (line, label))).find_map(
        |(line, label)| {
            let raw = lines::plain(label.value);
            let named = label.name.eq_ignore_ascii_case("status") && !is_template(&raw);
            named.then(|| Fact::new(normal(&raw), raw, line.number, "status label"))
        },
    )
}

fn of_section(headings: &[Heading], block: &[Line]) -> Option<Fact<Status>> {
    let mut commented = false;
    for line in section(headings, block) {
        let text = line.text.trim();
        commented |= text.starts_with("<!--");
        let skip = commented || line.kind == LineKind::Code || text.is_empty();
        commented &= !text.contains("-->");
        if skip {
            continue;
        }
        let value = match lines::label(line.text) {
            Some(label) if label.name.eq_ignore_ascii_case("status") => label.value,
            Some(label) if label.name.eq_ignore_ascii_case("date") => continue,
            _ => &line.text[lines::marker_len(line.text)..],
        };
        let raw = lines::plain(value);
        let raw = raw.trim_matches('_').trim();
        if is_template(raw) {
            return None;
        }
        if !LINK.is_match(raw) {
            return Some(Fact::new(normal(raw), raw, line.number, "status section"));
        }
    }
    None
}
