//! Gaps as headings: `### 3. **Title** ✅`, `## GAP-003: Title`, under sections that give a
//! priority.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    Page, blank, labels, status,
    vocabulary::{self, GAP, MARKS, NOT_SECTIONS},
};
use crate::{
    model::{Fact, gap::Gap, source::Heading},
    read::lines::{LineKind, plain, regex},
};

static ID: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^\[?((?:[A-Z][A-Z0-9]*-)+\d+)\]?\s*(?:[:.)|–—-]\s*|\s)(.+)$"));
static COUNTED: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?i)^(?:(?:gap|lacuna|brecha)\s*)?#?(\d+(?:\.\d+)*)\s*(?:[.:)–—-]+\s*|\s+)(.+)$")
});
static TAIL: LazyLock<Regex> = LazyLock::new(|| regex(r"^(.+?)\s*[\[(]([^\[\]()]+)[\])]\s*$"));

/// The gaps that have a heading of their own.
pub fn read(page: &Page) -> Vec<Gap> {
    let mut gaps = Vec::new();
    let mut inside: Option<u8> = None;
    for (index, heading) in page.headings.iter().enumerate() {
        if inside.is_some_and(|level| heading.level > level) {
            continue;
        }
        inside = None;
        if let Some(gap) = gap(page, index) {
            inside = Some(heading.level);
            gaps.push(gap);
        }
    }
    gaps
}

/// Whether a heading opens a section of gaps, and does not count or plan them.
pub fn is_section(heading: &Heading) -> bool {
    vocabulary::has_word(&heading.text, GAP) && !vocabulary::has_word(&heading.text, NOT_SECTIONS)
}

fn gap(page: &Page, index: usize) -> Option<Gap> {
    let heading = &page.headings[index];
    let text = plain(&heading.text);
    // A mark may stand before the number: `✅ 3. Title`.
    let bare =
        text.trim_start_matches(|sign: char| !sign.is_alphanumeric() && !matches!(sign, '[' | '#'));
    let id = ID.captures(bare);
    let counted = COUNTED.captures(bare);
    let last = end(page, index);
    let block = page.lines(heading.line + 1, last);
    let section = page.above(heading.line).skip(1).find(|above| {
        (above.level > 1 || page.headings.first() != Some(*above)) && is_section(above)
    });
    let says_gap = id.as_ref().is_some_and(|id| {
        id[1].split('-').any(|part| vocabulary::has_word(part, GAP) || part == "LAC")
    });
    let is_gap = match (&id, &counted) {
        _ if says_gap => true,
        (None, None) => section.is_some() && labels::count(block) >= 2,
        _ => section.is_some() || labels::count(block) >= 2,
    };
    if !is_gap || is_section(heading) && !says_gap && labels::count(block) == 0 {
        return None;
    }
    let (number, rest) = match (&id, &counted) {
        (Some(id), _) => (Some(id[1].to_owned()), id[2].to_owned()),
        (None, Some(counted)) => (Some(counted[1].to_owned()), counted[2].to_owned()),
        (None, None) => (None, bare.to_owned()),
    };
    let (title, mark) = split_mark(&rest);
    let mut gap = blank(title, (heading.line, last));
    gap.id = id.map(|id| id[1].to_owned());
    gap.number = number;
    gap.anchor = Some(heading.anchor.clone());
    if let Some((title, tail)) = tail(&gap.title) {
        if let Some(priority) = status::priority(&tail) {
            gap.priority = Some(Fact::new(priority, tail, heading.line, "heading"));
        } else {
            let _ = status::mention(&mut gap.claim, &tail, heading.line, "mark in the heading");
        }
        gap.title = title;
    }
    let lead = &text[..text.len() - bare.len()];
    for words in [mark.as_str(), lead] {
        let _ = status::mention(&mut gap.claim, words, heading.line, "mark in the heading");
    }
    labels::read(block, &mut gap);
    if gap.priority.is_none()
        && let Some(section) = section
        && let Some(priority) = status::section_priority(&section.text)
    {
        gap.priority =
            Some(Fact::new(priority, &section.text, section.line, "section of a priority"));
    }
    Some(gap)
}

/// The last line of the block of a heading, without the blanks and the ruler that follow it.
fn end(page: &Page, index: usize) -> u32 {
    let heading = &page.headings[index];
    let next = page.headings[index + 1..].iter().find(|next| next.level <= heading.level);
    let last = next.map_or(u32::MAX, |next| next.line.saturating_sub(1));
    let block = page.lines(heading.line, last);
    let says = |text: &str| text.chars().any(char::is_alphanumeric);
    let said = block.iter().rfind(|line| line.kind == LineKind::Code || says(line.text));
    said.map_or(heading.line, |line| line.number)
}

/// A title and the mark after it: `Title ✅ DONE`.
pub fn split_mark(text: &str) -> (String, String) {
    let signs = MARKS.iter().filter_map(|(sign, _)| text.find(sign)).filter(|at| *at > 0);
    match signs.min() {
        Some(at) => (trim_title(&text[..at]), text[at..].trim().to_owned()),
        None => (trim_title(text), String::new()),
    }
}

/// A priority or a status in brackets at the end of a title.
fn tail(title: &str) -> Option<(String, String)> {
    let found = TAIL.captures(title)?;
    let words = found[2].trim();
    let short = words.split_whitespace().count() <= 2;
    let is_priority = short && status::priority(words).is_some();
    let is_status = vocabulary::CLOSED.iter().any(|(own, _)| words.eq_ignore_ascii_case(own));
    (is_priority || is_status).then(|| (trim_title(&found[1]), words.to_owned()))
}

fn trim_title(text: &str) -> String {
    plain(text).trim_end_matches([' ', '-', '–', '—', ':', '\u{fe0f}']).to_owned()
}
