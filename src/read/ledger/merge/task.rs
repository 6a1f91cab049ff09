//! Steps that stand outside every gap, given to the gap whose target they name.

use std::collections::BTreeMap;

use super::blocks::Blocks;
use crate::{
    model::gap::{Gap, Intent},
    read::{
        ledger::{labels, page::Page, target, vocabulary::Vocabulary},
        lines::LineKind,
    },
};

/// Gives check boxes that stand outside every gap to the gap whose target they name.
pub(super) fn tasks(page: &Page, gaps: &mut [Gap], words: &Vocabulary) {
    let blocks = Blocks::of(gaps);
    let mut by_file: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, gap) in gaps.iter().enumerate() {
        for target in &gap.targets {
            for name in spellings(&target.name) {
                by_file.entry(name).or_default().push(index);
            }
        }
    }
    for line in page.lines.iter().filter(|line| line.kind == LineKind::Prose) {
        let Some(task) = labels::task(line).filter(|_| !blocks.hold(line.number)) else { continue };
        let mut named: Vec<(usize, Intent)> = Vec::new();
        for word in words_of(&task.text) {
            for index in by_file.get(word).into_iter().flatten() {
                let target = gaps[*index]
                    .targets
                    .iter()
                    .find(|own| spellings(&own.name).any(|name| name == word));
                if let Some(target) = target.filter(|_| !named.iter().any(|(own, _)| own == index))
                {
                    named.push((*index, target.intent));
                }
            }
        }
        named.sort_by_key(|(index, _)| *index);
        let wanted = target::intent_before(&task.text, words);
        let index = match named.as_slice() {
            [(index, _)] => Some(*index),
            several => {
                let mut fit = several.iter().filter(|(_, intent)| Some(*intent) == wanted);
                fit.next().filter(|_| fit.next().is_none()).map(|(index, _)| *index)
            }
        };
        if let Some(gap) = index.and_then(|index| gaps.get_mut(index)) {
            gap.tasks.push(task);
        }
    }
}

/// A file's name without its folder, and without its extension when it is a compound.
pub(super) fn spellings(target: &str) -> impl Iterator<Item = String> + use<> {
    let file = target.rsplit('/').next().unwrap_or(target).to_owned();
    let stem =
        file.rsplit_once('.').map(|(stem, _)| stem.to_owned()).filter(|_| !target.contains(' '));
    let compound = stem.filter(|stem| stem.contains(['-', '_']));
    let whole = file.contains('.').then_some(file);
    whole.into_iter().chain(compound)
}

pub(super) fn words_of(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|letter: char| letter.is_whitespace() || "()[],;:`\"".contains(letter));
    words.map(|word| word.rsplit('/').next().unwrap_or(word).trim_end_matches('.'))
}
