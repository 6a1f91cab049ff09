//! The document's own legend: which sign or code stands for which priority.

use std::collections::BTreeMap;

use super::{lexicon::Words, page::Page, sections::Sense, status};
use crate::{
    model::gap::{ClaimStatus, Priority},
    read::lines::LineKind,
};

/// Signs and codes with the priority that the legend gives them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Legend {
    signs: Vec<(String, Priority)>,
    codes: BTreeMap<String, Priority>,
}

impl Legend {
    /// Reads the lines of every part that explains levels: `🔴 **S1 — Critical**`, `- 🟡 Medium: …`.
    /// A sign that is given two levels has none.
    pub fn of(page: &Page) -> Self {
        let mut legend = Self::default();
        let mut clash: Vec<String> = Vec::new();
        for section in page.sections.iter().filter(|section| section.sense == Sense::Legend) {
            for line in page.lines(section.line + 1, section.end) {
                if line.kind == LineKind::Code {
                    continue;
                }
                legend.line(line.text, page, &mut clash);
            }
        }
        legend.signs.retain(|(sign, _)| !clash.contains(sign));
        legend
    }

    fn line(&mut self, text: &str, page: &Page, clash: &mut Vec<String>) {
        let words = page.words;
        let start: String = text.chars().take(60).collect();
        let tokens = Words::of(&start);
        let Some(priority) = status::priority(&strip_signs(&start, page), words) else { return };
        for (sign, _) in
            words.priority_signs.iter().filter(|(sign, _)| start.contains(sign.as_str()))
        {
            match self.signs.iter().find(|(own, _)| own == sign) {
                Some((_, own)) if *own != priority => clash.push(sign.clone()),
                Some(_) => {}
                None => self.signs.push((sign.clone(), priority)),
            }
        }
        if let Some(code) = tokens.list().first().filter(|word| is_code(word)) {
            self.codes.entry(code.clone()).or_insert(priority);
        }
    }

    /// The priority of the first code or sign in a text that the legend explains.
    pub fn priority(&self, text: &str, tokens: &Words) -> Option<Priority> {
        let code = tokens.list().iter().find_map(|word| self.codes.get(word).copied());
        code.or_else(|| {
            let signs = self.signs.iter();
            let found = signs.filter_map(|(sign, value)| Some((text.find(sign.as_str())?, *value)));
            found.min_by_key(|(at, _)| *at).map(|(_, value)| value)
        })
    }
}

/// The signs that the document explains and the vocabulary does not know, with their statuses:
/// `✅ done · 📋 planned`. A line must explain two signs, or stand in a legend.
pub fn new_signs(page: &Page) -> Vec<(String, ClaimStatus)> {
    let mut found: Vec<(String, ClaimStatus)> = Vec::new();
    for line in page.lines.iter().filter(|line| line.kind == LineKind::Prose) {
        let explained = explained(line.text, page);
        let in_legend = || page.sense(page.section_of(line.number)) == Sense::Legend;
        if explained.len() < 2 && (explained.is_empty() || !in_legend()) {
            continue;
        }
        for (sign, status) in explained {
            let known = page.words.signs.iter().any(|(own, _)| own.starts_with(&sign));
            let coloured = page.words.status_signs.iter().any(|(own, _)| own.starts_with(&sign));
            if !known && !coloured && !found.iter().any(|(own, _)| *own == sign) {
                found.push((sign, status));
            }
        }
    }
    found
}

/// The signs of a line that are followed by the words of a status.
fn explained(text: &str, page: &Page) -> Vec<(String, ClaimStatus)> {
    let signs = text.char_indices().filter(|(_, letter)| is_sign(*letter));
    let read = |(at, sign): (usize, char)| {
        let after: String = text[at + sign.len_utf8()..].chars().take(40).collect();
        let after = after.split(is_sign).next().unwrap_or_default();
        let status = page.words.closed.start(&Words::of(after))?;
        Some((sign.to_string(), status))
    };
    signs.filter_map(read).collect()
}

/// Pictures and marks; no arrows and no punctuation.
fn is_sign(letter: char) -> bool {
    matches!(letter, '\u{2300}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

/// `s1`, `l3`: a letter and a digit.
fn is_code(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_alphabetic)
        && letters.next().is_some_and(|c| c.is_ascii_digit())
        && letters.next().is_none()
}

fn strip_signs(text: &str, page: &Page) -> String {
    let mut text = text.to_owned();
    for (sign, _) in &page.words.priority_signs {
        text = text.replace(sign.as_str(), " ");
    }
    text
}
