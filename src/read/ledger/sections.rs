//! The parts of a document: headings, lines of bold text alone, summaries of folded parts; and
//! what each lists, by its words.

use std::{collections::BTreeMap, sync::LazyLock};

use regex::Regex;

use super::{
    lexicon::Words,
    name,
    vocabulary::{Meaning, Part, Vocabulary},
};
use crate::{
    model::source::Heading,
    read::lines::{self, Line, LineKind, regex},
};

/// A part of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// 1 to 6 for headings, 7 for bold lines and summaries.
    pub level: u8,
    /// The line of its heading.
    pub line: u32,
    /// Its last line that says something.
    pub end: u32,
    /// The heading's text, with its marks.
    pub text: String,
    /// The anchor of a real heading.
    pub anchor: Option<String>,
    /// The part around it.
    pub parent: Option<usize>,
    /// What it lists.
    pub sense: Sense,
    /// What it says when it is a part of a gap: `#### Current state`.
    pub meaning: Option<Meaning>,
    /// Whether another heading of the document has the same words, its number aside.
    pub repeated: bool,
}

/// What a part lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sense {
    /// Nothing its heading tells.
    Neutral,
    /// Gaps.
    Gaps,
    /// What is missing or was found wrong: gaps by another name.
    Lacking,
    /// Gaps once more, in short.
    Summary,
    /// Plans, advice, risks, questions, proofs.
    Other,
    /// What is there.
    Present,
    /// The meaning of signs and levels.
    Legend,
}

impl Sense {
    /// Whether the part lists gaps.
    pub fn lists_gaps(self) -> bool {
        matches!(self, Self::Gaps | Self::Lacking)
    }
}

/// The level of parts that are no headings.
pub const BOLD: u8 = 7;

static BOLD_LINE: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^(?:>\s*)?[^\w*\[(|#<-]{0,12}(?:\*\*|__)(.+?)(?:\*\*|__)\s*(.*)$"));
static SUMMARY: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)<summary>\s*(?:<[a-z0-9]+>\s*)*(.*?)(?:</|$)"));

/// The parts of a document, in order.
pub fn read(lines: &[Line], headings: &[Heading], words: &Vocabulary) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut named = headings.iter().peekable();
    let mut said = lines.first().map_or(0, |line| line.number.saturating_sub(1));
    for (index, line) in lines.iter().enumerate() {
        let heading = named.next_if(|heading| heading.line <= line.number);
        let found = match heading {
            Some(heading) => Some((heading.level, heading_text(line, heading), Some(heading))),
            None => bold(lines, index).map(|text| (BOLD, text, None)),
        };
        let folds_up = line.text.trim_start().to_ascii_lowercase().starts_with("</details");
        if let Some((level, text, heading)) = found {
            close(&mut sections, &mut open, level, said);
            sections.push(Section {
                level,
                line: line.number,
                end: u32::MAX,
                sense: sense(&text, words),
                meaning: words.label(&name::bare(&text)),
                text,
                anchor: heading.map(|heading| heading.anchor.clone()),
                parent: open.last().copied(),
                repeated: false,
            });
            open.push(sections.len() - 1);
        } else if folds_up || is_ruler(line) {
            close(&mut sections, &mut open, BOLD, said);
        }
        if line.kind == LineKind::Code || line.text.chars().any(char::is_alphanumeric) {
            said = line.number;
        }
    }
    close(&mut sections, &mut open, 0, said);
    mark_repeated(&mut sections);
    quiet_title(&mut sections);
    sections
}

/// Ends the open parts of this level and below.
fn close(sections: &mut [Section], open: &mut Vec<usize>, level: u8, said: u32) {
    while let Some(last) = open.pop_if(|last| sections[*last].level >= level) {
        sections[last].end = said.max(sections[last].line);
    }
}

fn heading_text(line: &Line, heading: &Heading) -> String {
    let text = line.text.trim_start();
    match text.strip_prefix('#') {
        Some(rest) => rest.trim_start_matches('#').trim().trim_end_matches('#').trim().to_owned(),
        None => heading.text.clone(),
    }
}

/// A line of bold text alone after a blank line, perhaps with a colon or a mark: its text.
fn bold(lines: &[Line], index: usize) -> Option<String> {
    let line = lines[index];
    if line.kind == LineKind::Code {
        return None;
    }
    if let Some(found) = SUMMARY.captures(line.text) {
        return Some(found[1].trim().to_owned()).filter(|text| !text.is_empty());
    }
    let found = BOLD_LINE.captures(line.text)?;
    let rest = found[2].trim();
    let alone = rest.chars().count() <= 40
        && !rest
            .trim_start_matches([':', '：'])
            .chars()
            .any(|c| c.is_alphabetic() && !rest.starts_with('('))
        && !found[1].contains("**");
    let before = index.checked_sub(1).map(|before| &lines[before]);
    let after_blank =
        before.is_none_or(|line| line.is_blank() || line.text.starts_with('#') || is_ruler(line));
    let next = lines.get(index + 1);
    let opens =
        after_blank || next.is_some_and(|next| next.is_blank() || lines::marker_len(next.text) > 0);
    (alone && opens && line.indent() < 4)
        .then(|| line.text.trim().trim_start_matches('>').trim().to_owned())
}

fn is_ruler(line: &Line) -> bool {
    let text = line.text.trim();
    line.kind == LineKind::Prose
        && text.len() >= 3
        && text.chars().all(|c| matches!(c, '-' | '*' | '_' | '='))
}

/// What a heading's words say that its part lists.
pub fn sense(text: &str, words: &Vocabulary) -> Sense {
    let plain = name::bare(text);
    let title =
        plain.split(['(', '（']).next().filter(|own| !own.trim().is_empty()).unwrap_or(&plain);
    let tokens = Words::of(title);
    let mut parts: Vec<(Part, usize, usize)> = Vec::new();
    let (mut gap, mut other_words) = (None, 0);
    let mut at = 0;
    while at < tokens.list().len() {
        let mut len = 1;
        let part = words.parts.at(&tokens, at);
        let is_gap = words.gap.at(&tokens, at);
        if let Some((_, own)) = is_gap.filter(|(_, own)| part.is_none_or(|(_, len)| len <= *own)) {
            gap = gap.or(Some(at));
            len = own;
        } else if let Some((part, own)) = part {
            parts.push((part, at, own));
            len = own;
        } else if let Some((_, own)) = words.filler.at(&tokens, at) {
            len = own;
        } else if tokens.list()[at].chars().any(char::is_alphabetic) {
            other_words += 1;
        }
        at += len;
    }
    let find = |wanted: Part| parts.iter().find(|(part, ..)| *part == wanted);
    let joined =
        ["&", " and ", "/", " und ", " et ", " y ", " e ", " en ", " и ", "与", "和", "、", "+"]
            .iter()
            .any(|join| title.to_lowercase().contains(join));
    if other_words == 0 && find(Part::Legend).is_some() {
        return Sense::Legend;
    }
    let against = find(Part::Other).or(find(Part::Summary));
    let lists = gap.is_some()
        || (other_words == 0 && (find(Part::Lacking).is_some() || find(Part::Finding).is_some()));
    match against {
        Some(_) if lists && joined && gap.is_some_and(|gap| gap < against.map_or(0, |a| a.1)) => {
            Sense::Gaps
        }
        Some((Part::Summary, ..)) => Sense::Summary,
        Some(_) => Sense::Other,
        None if gap.is_some() => Sense::Gaps,
        None if lists => Sense::Lacking,
        None if find(Part::Present).is_some() => Sense::Present,
        None => Sense::Neutral,
    }
}

/// The title of the whole says what the whole is about; where parts list gaps, they say which do.
fn quiet_title(sections: &mut [Section]) {
    let one = sections.iter().filter(|section| section.level == 1).count() == 1;
    let others = sections.iter().any(|section| section.level > 1 && section.sense.lists_gaps());
    if let Some(title) = sections.iter_mut().find(|section| section.level == 1).filter(|_| one)
        && (others || !title.sense.lists_gaps())
    {
        title.sense = Sense::Neutral;
    }
}

/// Marks the parts whose words another has too.
fn mark_repeated(sections: &mut [Section]) {
    let key = |section: &Section| Words::of(&name::bare(&section.text)).list().join(" ");
    let keys: Vec<String> = sections.iter().map(key).collect();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    keys.iter().for_each(|key| *seen.entry(key).or_default() += 1);
    for (section, key) in sections.iter_mut().zip(&keys) {
        section.repeated = seen.get(key.as_str()).is_some_and(|count| *count > 1);
    }
}
