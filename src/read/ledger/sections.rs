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
            let among_gaps = open
                .iter()
                .any(|own| sections[*own].level > 1 && sections[*own].sense.lists_gaps());
            sections.push(Section {
                level,
                line: line.number,
                end: u32::MAX,
                sense: match sense(&text, words) {
                    Sense::Neutral if !among_gaps && denies(&text, words) => Sense::Lacking,
                    own => own,
                },
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
    let sign = rest.chars().next().is_some_and(|c| !c.is_alphanumeric() && !c.is_ascii());
    let words = rest.trim_start_matches([':', '：']).chars().any(char::is_alphabetic);
    let short = rest.chars().count() <= 40;
    let alone = short && (!words || rest.starts_with('(') || sign) && !found[1].contains("**");
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
    let said = Said::of(&tokens, words);
    let only = said.others == 0;
    if only && said.has(Part::Legend) {
        Sense::Legend
    } else if said.heads_gaps(title, &tokens, words) {
        Sense::Gaps
    } else if said.has(Part::Summary) {
        Sense::Summary
    } else if said.has(Part::Other) {
        Sense::Other
    } else if said.gap.is_some() && said.has(Part::Present) {
        Sense::Present
    } else if said.gap.is_some() {
        Sense::Gaps
    } else if only && (said.has(Part::Lacking) || said.has(Part::Finding)) {
        Sense::Lacking
    } else if said.has(Part::Present) {
        Sense::Present
    } else {
        Sense::Neutral
    }
}

/// Whether a heading denies something of a few words: `Data domains not modelled`.
fn denies(text: &str, words: &Vocabulary) -> bool {
    let name = name::of_heading(text, words);
    let tokens = Words::of(&name.title);
    let plain = name.id.is_none() && name.series.is_none() && !text.contains(['?', '？']);
    plain && tokens.list().len() <= 6 && words.negation.any(&tokens)
}

/// Whether a heading says anything but that gaps, findings or what is missing are listed.
pub fn says_more(text: &str, words: &Vocabulary) -> bool {
    Said::of(&Words::of(&name::bare(text)), words).others > 0
}

/// The words of a heading, by what they say of its part.
struct Said {
    /// The word for a gap: where it begins and ends, counted in words.
    gap: Option<(usize, usize)>,
    parts: Vec<Part>,
    /// How many words before the gap's say something.
    before: usize,
    /// How many words say something else.
    others: usize,
}

impl Said {
    fn of(tokens: &Words, words: &Vocabulary) -> Self {
        let mut said = Self { gap: None, parts: Vec::new(), before: 0, others: 0 };
        let mut at = 0;
        while at < tokens.list().len() {
            let part = words.parts.at(tokens, at);
            let gap =
                words.gap.at(tokens, at).filter(|(_, own)| part.is_none_or(|(_, len)| len <= *own));
            let filler = words.filler.at(tokens, at).map(|(_, len)| len);
            at += match (gap, part, filler) {
                (Some((_, len)), ..) => {
                    if said.gap.is_none() {
                        said.before = said.others + said.parts.len();
                        said.gap = Some((at, at + len));
                    }
                    len
                }
                (None, Some((part, len)), _) => {
                    said.parts.push(part);
                    len
                }
                (None, None, Some(len)) => len,
                (None, None, None) => {
                    let says = tokens.list()[at].chars().any(char::is_alphabetic);
                    said.others += usize::from(says);
                    1
                }
            };
        }
        said
    }

    fn has(&self, wanted: Part) -> bool {
        self.parts.contains(&wanted)
    }

    /// Whether the gaps are what the heading names, whatever stands beside them: `Process gaps`,
    /// `Gaps in the plan`, `Lacunas do plano`, `Gaps & next steps`; not `Gap closure plan`.
    fn heads_gaps(&self, title: &str, tokens: &Words, words: &Vocabulary) -> bool {
        let Some((from, to)) = self.gap else { return false };
        let of_risks = words.risk.at(tokens, 0).is_some() && tokens.list().len() > 3;
        if words.closing.any(tokens) || self.has(Part::Present) || of_risks {
            return false;
        }
        let own = Words::of(&tokens.list()[from..to].join(" "));
        let last = to == tokens.list().len() && words.gaps.whole(&own).is_some();
        let first = self.before == 0;
        let head = &tokens.list()[from];
        let head_first = !head.starts_with("gap") && head.chars().count() > 1;
        let next = tokens.list().get(to).map(String::as_str).unwrap_or_default();
        let lower = title.to_lowercase();
        let joined = JOINTS.iter().any(|joint| lower.contains(joint));
        last || first && (PREPOSITIONS.contains(&next) || joined || head_first)
    }
}

/// Words after "gaps" that say where they are.
const PREPOSITIONS: &[&str] = &[
    "in",
    "of",
    "by",
    "for",
    "from",
    "with",
    "within",
    "between",
    "vs",
    "versus",
    "against",
    "that",
    "we",
    "found",
    "identified",
    "to",
];

/// What joins two things that a part lists.
const JOINTS: &[&str] =
    &["&", " and ", "/", " und ", " et ", " y ", " e ", " en ", " и ", "与", "和", "、", "+"];

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
