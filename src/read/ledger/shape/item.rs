//! Gaps as items of lists: bullets, numbers and check boxes with a title.

use std::collections::BTreeMap;

use super::{named, of_others, role_of};
use crate::{
    model::gap::ClaimStatus,
    read::ledger::{
        candidate::{Candidate, Place, Strength},
        items::Item,
        lexicon::Words,
        name::{self, Name},
        page::Page,
        status,
    },
};

/// The items that may be gaps.
pub fn find(page: &Page) -> Vec<Candidate> {
    let names: Vec<Name> =
        page.items.iter().map(|item| name::of_item(&item.text, page.words)).collect();
    let repeated = repeated(&names);
    let mut found = Vec::new();
    for (index, item) in page.items.iter().enumerate() {
        let name = &names[index];
        let label = repeated.get(&key(name)).is_some_and(|count| *count > 1);
        if let Some((strength, rule)) = judge(page, item, name, label) {
            let section = page.section_of(item.line);
            let mut name = name.clone();
            if name.number.is_none() {
                name.number =
                    item.number.filter(|_| strength >= Strength::Titled).map(str::to_owned);
            }
            found.push(Candidate {
                place: Place::Item(index),
                of_gap: named(&name, page.words),
                listed: page.sense(section).lists_gaps(),
                name,
                strength,
                role: role_of(page, section, &names[index]),
                line: item.line,
                lines: (item.line, item.end),
                section,
                rule,
            });
        }
    }
    even(page, &names, &mut found);
    found
}

fn judge(page: &Page, item: &Item, name: &Name, label: bool) -> Option<(Strength, &'static str)> {
    let words = page.words;
    let section = page.section_of(item.line);
    let sense = page.sense_of_parts(section);
    if name.title.is_empty() && name.id.is_none() {
        return None;
    }
    if named(name, words) {
        return Some((Strength::Named, "item with the id of a gap"));
    }
    if name.id.as_deref().is_some_and(|id| !of_others(id, words)) && sense.lists_gaps() {
        return Some((Strength::Named, "item with an id among gaps"));
    }
    if !sense.lists_gaps()
        || page.is_attribute(section)
        || item.parent.is_some()
        || label
        || is_file(&name.title)
    {
        return None;
    }
    // `**Total**: 12`, `Status: open` are labels of the part and no gaps.
    let of_label = words.labels.whole(&Words::of(&name.title)).is_some()
        || words.parts.whole(&Words::of(&name.title)).is_some();
    let mark = mark_of(page, item, name);
    if of_label || mark == Some(ClaimStatus::Done) && item.check.is_none() {
        return None;
    }
    let own = page.around(section).next().is_some_and(|own| own.sense.lists_gaps());
    if item.check.is_some() && own {
        return Some((Strength::Titled, "check box in a part about gaps"));
    }
    if name.titled {
        return Some((Strength::Titled, "item with a title in a part about gaps"));
    }
    if mark.is_some() {
        return Some((Strength::Marked, "item with a mark in a part about gaps"));
    }
    own.then_some((Strength::Plain, "item in a part about gaps"))
}

/// What the signs before or beside a title claim.
fn mark_of(page: &Page, item: &Item, name: &Name) -> Option<ClaimStatus> {
    let boxed = item.check.map(|sign| match sign {
        'x' | 'X' => ClaimStatus::Done,
        ' ' => ClaimStatus::Open,
        _ => ClaimStatus::Partial,
    });
    boxed.or_else(|| name.beside.iter().find_map(|text| status::sign(text, page.words)))
}

/// A title that is only the name of a file is what would be written, and no gap.
fn is_file(title: &str) -> bool {
    let one = !title.trim().contains(char::is_whitespace);
    one && title.rsplit_once('.').is_some_and(|(stem, extension)| {
        !stem.is_empty()
            && (1..=6).contains(&extension.len())
            && extension.chars().all(|c| c.is_ascii_alphanumeric())
            && extension.chars().any(|c| c.is_ascii_alphabetic())
    })
}

/// In a list where some items have titles, those without are remarks.
fn even(page: &Page, names: &[Name], found: &mut Vec<Candidate>) {
    let list_of = |candidate: &Candidate| match candidate.place {
        Place::Item(index) => Some(page.items[index].list),
        _ => None,
    };
    let mut titled: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for (item, name) in page.items.iter().zip(names).filter(|(item, _)| item.parent.is_none()) {
        let (strong, weak) = titled.entry(item.list).or_default();
        *(if name.titled || name.id.is_some() { strong } else { weak }) += 1;
    }
    found.retain(|candidate| {
        let counts = list_of(candidate).and_then(|list| titled.get(&list));
        candidate.strength >= Strength::Titled || counts.is_none_or(|(strong, weak)| strong < weak)
    });
}

fn key(name: &Name) -> String {
    Words::of(&name.title).list().join(" ")
}

/// Names that stand before several items are labels.
fn repeated(names: &[Name]) -> BTreeMap<String, usize> {
    let mut seen = BTreeMap::new();
    for name in names.iter().filter(|name| name.titled && name.id.is_none()) {
        *seen.entry(key(name)).or_default() += 1;
    }
    seen
}
