//! Gaps as headings, bold lines and summaries of folded parts: `### 3. **Title** ✅`,
//! `## GAP-003: Title`, `### Lacuna #1: Title`, `**2. Title**`.

use std::collections::BTreeMap;

use super::{at_least, labels_of, named, of_others, prefix, role_of, weigh};
use crate::model::gap::ClaimStatus;
use crate::read::{
    ledger::{
        candidate::{Candidate, Place, Strength},
        lexicon::Words,
        name::{self, Name},
        page::Page,
        sections::{self, Section, Sense},
        status,
        vocabulary::Meaning,
    },
    lines::{self, LineKind},
};

/// The headings that may be gaps.
pub fn find(page: &Page) -> Vec<Candidate> {
    let names: Vec<Name> =
        page.sections.iter().map(|section| name::of_heading(&section.text, page.words)).collect();
    let families = families(page, &names);
    let heads: Vec<Head> =
        (0..page.sections.len()).map(|index| Head::of(page, index, &names[index])).collect();
    let mut found: BTreeMap<usize, Candidate> = BTreeMap::new();
    for (index, head) in heads.iter().enumerate() {
        if let Some((strength, rule)) = judge(page, index, head, &families) {
            found.insert(index, candidate(page, index, head.name, strength, rule));
        }
    }
    siblings(page, &heads, &mut found);
    runs_on(page, &heads, &mut found);
    found.into_values().collect()
}

/// What the rules ask of a heading.
struct Head<'a> {
    name: &'a Name,
    /// The meanings of the labels in its block.
    labels: Vec<Meaning>,
    /// Those before any further heading.
    own_labels: Vec<Meaning>,
    /// Whether a bold line in it opens a list of gaps.
    holds_list: bool,
    /// Whether its status says done.
    is_done: bool,
    /// What the parts around it list.
    around: Sense,
    /// Whether a status or a percentage stands beside its title.
    marked: bool,
}

impl<'a> Head<'a> {
    fn of(page: &Page, index: usize, name: &'a Name) -> Self {
        let section = &page.sections[index];
        let all = labels_of(page, section.line + 1, section.end);
        let inner = page.sections[index + 1..].iter().take_while(|inner| inner.line <= section.end);
        let next = inner.clone().find(|inner| inner.level < sections::BOLD);
        let own_end = next.map_or(section.end, |next| next.line - 1);
        let own_labels = labels_of(page, section.line + 1, own_end);
        let counts = |inner: &Section| {
            inner.level < sections::BOLD
                && name::of_heading(&inner.text, page.words).number.is_some()
        };
        let labels = if inner.clone().any(counts) { own_labels.clone() } else { all };
        let holds_list = inner
            .take_while(|inner| inner.line <= own_end)
            .any(|inner| page.words.gaps.any(&Words::of(&inner.text)));
        let is_done = status_of(page, section.line + 1, own_end) == Some(ClaimStatus::Done);
        let marked = name.beside.iter().any(|text| {
            status::beside(text, page.words).is_some()
                || status::priority(text, page.words).is_some()
        });
        Self {
            name,
            labels,
            own_labels,
            holds_list,
            is_done,
            around: page.sense(section.parent),
            marked,
        }
    }
}

/// Why a heading may be a gap, and how sure that is.
fn judge(
    page: &Page,
    index: usize,
    head: &Head,
    families: &BTreeMap<(String, u8), usize>,
) -> Option<(Strength, &'static str)> {
    let section = &page.sections[index];
    let (words, name) = (page.words, head.name);
    if is_title(page, index) || name.title.is_empty() && name.id.is_none() {
        return None;
    }
    if named(name, words) {
        return Some((Strength::Named, "heading with the id of a gap"));
    }
    let (labels, amiss) = weigh(&head.labels);
    let by_title = page.only_by_title(section.parent);
    // What only the title of the whole says wants a second sign.
    let gaps_around =
        head.around.lists_gaps() && (!by_title || head.marked || amiss && labels >= 1);
    if let Some(id) = name.id.as_deref() {
        let family =
            families.get(&(prefix(id).to_owned(), section.level)).copied().unwrap_or_default();
        let foreign = of_others(id, words);
        if !foreign && (gaps_around || family >= 2 && amiss || family >= 2 && head.marked)
            || foreign && gaps_around && labels >= 2
        {
            return Some((Strength::Named, "heading with an id among gaps"));
        }
        return None;
    }
    let own = section.sense;
    let part_of_gap = section.meaning.is_some() && (section.repeated || name.number.is_none());
    if section.repeated && name.number.is_none() || part_of_gap && !head.marked && labels < 2 {
        return None;
    }
    let other = matches!(own, Sense::Other | Sense::Summary | Sense::Present | Sense::Legend);
    let opens_list = other && (labels < 2 || only_of_parts(page, section)) || head.holds_list;
    if let Some(series) = &name.series {
        let count =
            families.get(&(series.to_lowercase(), section.level)).copied().unwrap_or_default();
        if count >= 2 && (gaps_around || amiss && labels >= 1) {
            return Some((Strength::Named, "heading counted with its siblings"));
        }
    }
    if name.series.is_some() && name.number.is_none() {
        return Some((Strength::Titled, "heading that names a gap"));
    }
    if section.level == sections::BOLD {
        return bold(page, index, head);
    }
    if name.number.is_some() {
        let named_whole = other && only_of_parts(page, section);
        if gaps_around && !named_whole {
            return Some((Strength::Counted, "counted heading in a part about gaps"));
        }
        if head.is_done {
            return None;
        }
        if !opens_list && labels >= 2 && amiss
            || head.labels.iter().any(|m| matches!(m, Meaning::Missing | Meaning::Problem))
                && !opens_list
                && !own.lists_gaps()
        {
            return Some((Strength::Counted, "counted heading with the labels of a gap"));
        }
        return None;
    }
    if opens_list || own.lists_gaps() && labels < 2 {
        return None;
    }
    if gaps_around && (head.marked || amiss && labels >= 1) {
        return Some((Strength::Titled, "heading with a mark or labels in a part about gaps"));
    }
    let (own_labels, own_amiss) = weigh(&head.own_labels);
    if !gaps_around
        && own_labels >= 3
        && own_amiss
        && head.around == Sense::Neutral
        && !head.is_done
    {
        return Some((Strength::Titled, "heading with the labels of a gap"));
    }
    if gaps_around && says_prose(page, section) {
        return Some((Strength::Plain, "heading in a part about gaps"));
    }
    None
}

/// What the first status label of a block claims.
fn status_of(page: &Page, first: u32, last: u32) -> Option<ClaimStatus> {
    let mut labels = page.lines(first, last).iter().filter_map(|line| lines::label(line.text));
    let own = labels.find(|label| page.words.label(label.name) == Some(Meaning::Status))?;
    status::beside(own.value, page.words)
}

/// A bold line in a part about gaps, unless it is a label.
fn bold(page: &Page, index: usize, head: &Head) -> Option<(Strength, &'static str)> {
    let section = &page.sections[index];
    let label = section.text.trim_end().trim_end_matches(['*', '_']).ends_with([':', '：'])
        || section.text.trim_end().ends_with([':', '：'])
        || section.meaning.is_some()
        || section.repeated;
    if label || !head.around.lists_gaps() || section.sense != Sense::Neutral {
        return None;
    }
    if head.name.number.is_some() {
        return Some((Strength::Counted, "counted bold line in a part about gaps"));
    }
    let (labels, amiss) = weigh(&head.labels);
    (labels >= 1 && amiss || head.marked)
        .then_some((Strength::Titled, "bold line in a part about gaps"))
}

/// The first heading of the document names it and no gap.
fn is_title(page: &Page, index: usize) -> bool {
    page.sections[index].level == 1 && (index == 0 || page.one_title)
}

/// Whether every word of a heading is one that names parts: `Next steps`, `Summary`.
fn only_of_parts(page: &Page, section: &Section) -> bool {
    let tokens = Words::of(&name::bare(&section.text));
    let mut at = 0;
    while at < tokens.list().len() {
        let part = page.words.parts.at(&tokens, at).map(|(_, len)| len);
        let filler = page.words.filler.at(&tokens, at).map(|(_, len)| len);
        let gap = page.words.gap.at(&tokens, at).map(|(_, len)| len);
        match part.max(filler).max(gap) {
            Some(len) => at += len,
            None => return false,
        }
    }
    true
}

/// Whether a part holds words of its own before any further heading.
fn says_prose(page: &Page, section: &Section) -> bool {
    let lines = page.lines(section.line + 1, section.end);
    let own = lines.iter().take_while(|line| !line.text.trim_start().starts_with('#'));
    own.filter(|line| {
        line.kind == LineKind::Prose && !line.is_blank() && lines::marker_len(line.text) == 0
    })
    .any(|line| {
        !line.text.trim_start().starts_with('|') && line.text.chars().any(char::is_alphabetic)
    })
}

/// How many headings of one level share the beginning of their ids, or the word that counts them.
fn families(page: &Page, names: &[Name]) -> BTreeMap<(String, u8), usize> {
    let mut families = BTreeMap::new();
    for (section, name) in page.sections.iter().zip(names) {
        let key = match (&name.id, &name.series) {
            (Some(id), _) => prefix(id).to_owned(),
            (None, Some(series)) => series.to_lowercase(),
            (None, None) => continue,
        };
        *families.entry((key, section.level)).or_default() += 1;
    }
    families
}

/// A counted heading with two labels that its siblings among the gaps have too is one of them.
fn siblings(page: &Page, heads: &[Head], found: &mut BTreeMap<usize, Candidate>) {
    let mut shared: BTreeMap<(Option<usize>, u8), BTreeMap<String, usize>> = BTreeMap::new();
    let of = |index: usize| (page.sections[index].parent, page.sections[index].level);
    let mut gaps: BTreeMap<(Option<usize>, u8), usize> = BTreeMap::new();
    for index in
        found.iter().filter(|(_, c)| c.strength == Strength::Counted).map(|(index, _)| *index)
    {
        *gaps.entry(of(index)).or_default() += 1;
        for label in label_names(page, &page.sections[index]) {
            *shared.entry(of(index)).or_default().entry(label).or_default() += 1;
        }
    }
    for (index, head) in heads.iter().enumerate() {
        let section = &page.sections[index];
        let Some(labels) =
            shared.get(&of(index)).filter(|_| gaps.get(&of(index)).is_some_and(|n| *n >= 2))
        else {
            continue;
        };
        let counted =
            head.name.number.is_some() && head.name.id.is_none() && head.name.series.is_none();
        if found.contains_key(&index) || !counted || section.sense != Sense::Neutral {
            continue;
        }
        let alike = label_names(page, section)
            .iter()
            .filter(|label| labels.get(*label).is_some_and(|n| *n >= 2))
            .count();
        if alike >= 2 {
            let rule = "counted heading with the labels of its siblings";
            found.insert(index, candidate(page, index, head.name, Strength::Counted, rule));
        }
    }
}

/// A numbering that runs on into the next part counts the same things: after gaps 1 to 10 under
/// `Critical` and `Important`, 11 under `Nice to have` is a gap.
fn runs_on(page: &Page, heads: &[Head], found: &mut BTreeMap<usize, Candidate>) {
    let mut last: BTreeMap<u8, u32> = BTreeMap::new();
    for (index, head) in heads.iter().enumerate() {
        let level = page.sections[index].level;
        let plain = head.name.id.is_none() && head.name.series.is_none();
        let number =
            head.name.number.as_deref().filter(|_| plain).and_then(|own| own.parse::<u32>().ok());
        let Some(number) = number else { continue };
        let known = found.get(&index).is_some_and(|own| own.strength == Strength::Counted);
        let next = number > 2 && last.get(&level) == Some(&(number - 1));
        if known {
            last.insert(level, number);
        } else if next && head.around == Sense::Neutral && !found.contains_key(&index) {
            let rule = "heading that goes on counting gaps";
            found.insert(index, candidate(page, index, head.name, Strength::Counted, rule));
            last.insert(level, number);
        }
    }
}

/// The labels in a part, as written, in lower case.
fn label_names(page: &Page, section: &Section) -> Vec<String> {
    let lines = page.lines(section.line + 1, section.end).iter();
    let mut names: Vec<String> = lines
        .filter(|line| line.kind == LineKind::Prose)
        .filter_map(|line| lines::label(line.text))
        .map(|label| label.name.to_lowercase())
        .collect();
    names.sort();
    names.dedup();
    names
}

fn candidate(
    page: &Page,
    index: usize,
    name: &Name,
    strength: Strength,
    rule: &'static str,
) -> Candidate {
    let section = &page.sections[index];
    let role = role_of(page, section.parent, name);
    let mut inner = page.sections[index + 1..].iter().take_while(|inner| inner.line <= section.end);
    let lists = |inner: &Section| page.words.gaps.any(&Words::of(&inner.text));
    let name = Name { holds_list: inner.any(lists), ..name.clone() };
    Candidate {
        place: Place::Section(index),
        of_gap: named(&name, page.words),
        listed: page.sense(section.parent).lists_gaps(),
        name,
        strength: at_least(strength == Strength::Named, strength),
        role,
        line: section.line,
        lines: (section.line, section.end),
        section: section.parent,
        rule,
    }
}
