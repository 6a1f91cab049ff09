//! One gap stated in several places is one record: the narrative, its rows, tasks elsewhere.

use super::{Page, labels, target, vocabulary};
use crate::{
    model::gap::{Gap, Intent},
    read::lines::LineKind,
};

/// Joins rows to the gaps of the narrative by number; rows that fit none are gaps of their own.
pub fn merge(mut gaps: Vec<Gap>, rows: Vec<Gap>) -> Vec<Gap> {
    for row in rows {
        let fit = |gap: &&mut Gap| gap.number.is_some() && gap.number == row.number;
        let same = gaps.iter_mut().filter(fit).max_by_key(|gap| shared(&gap.title, &row.title));
        match same {
            Some(gap) => join(gap, row),
            None => gaps.push(row),
        }
    }
    for gap in &mut gaps {
        let mut seen: Vec<String> = Vec::new();
        gap.effort.retain(|effort| {
            let new = !seen.contains(&effort.value);
            seen.push(effort.value.clone());
            new
        });
    }
    gaps
}

/// Adds what a row says; the gap's own block wins, and a row wins over the block's section.
fn join(gap: &mut Gap, row: Gap) {
    gap.defined_at.extend(row.defined_at);
    let inherited = gap.priority.as_ref().is_none_or(|own| own.line < gap.lines.0);
    if inherited && row.priority.is_some() {
        gap.priority = row.priority;
    }
    gap.claim.mentions.extend(row.claim.mentions);
    gap.claim.percent = gap.claim.percent.take().or(row.claim.percent);
    gap.impact = gap.impact.take().or(row.impact);
    gap.category = gap.category.take().or(row.category);
    gap.effort.extend(row.effort);
    gap.fields.extend(row.fields);
    gap.depends_on.extend(row.depends_on);
    for evidence in row.evidence {
        if !gap.evidence.iter().any(|own| own.citation == evidence.citation) {
            gap.evidence.push(evidence);
        }
    }
    gap.add_targets(row.targets);
}

/// Gives check boxes that stand outside every gap to the gap whose target they name.
pub fn tasks(page: &Page, gaps: &mut [Gap]) {
    for line in page.lines.iter().filter(|line| line.kind == LineKind::Prose) {
        let Some(task) = labels::task(line) else { continue };
        if gaps.iter().any(|gap| (gap.lines.0..=gap.lines.1).contains(&line.number)) {
            continue;
        }
        let named: Vec<(usize, Intent)> = gaps
            .iter()
            .enumerate()
            .filter_map(|(index, gap)| {
                let target = gap.targets.iter().find(|target| names(&task.text, &target.name))?;
                Some((index, target.intent))
            })
            .collect();
        let wanted = target::intent_before(&task.text);
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

/// Whether the text names the file, with or without its folder and extension.
fn names(text: &str, target: &str) -> bool {
    let file = target.rsplit('/').next().unwrap_or(target);
    let Some((stem, _)) = file.rsplit_once('.').filter(|_| !target.contains(' ')) else {
        return false;
    };
    let compound = stem.contains(['-', '_']);
    text.split(|letter: char| letter.is_whitespace() || "()[],;:`\"".contains(letter)).any(|word| {
        let word = word.rsplit('/').next().unwrap_or(word).trim_end_matches('.');
        word == file || (compound && word == stem)
    })
}

/// How many words two titles share.
fn shared(a: &str, b: &str) -> usize {
    let (a, b) = (vocabulary::normal(a), vocabulary::normal(b));
    a.split(' ').filter(|word| b.split(' ').any(|other| other == *word)).count()
}
