//! Whether the documents of a sentence are all needed or alternatives: "X.md and Y.md", "X.md or
//! Y.md".

use crate::model::gap::Target;

/// Words for "or". Data, to be widened.
const OR: &[&str] = &["or", "oder", "ou", "o", "of", "или", "oppure", "either", "alternatively"];
/// The same where words are not set apart.
const HAN_OR: &[&str] = &["或", "または", "もしくは"];
/// Words for "and". Data, to be widened.
const AND: &[&str] = &["and", "und", "et", "y", "e", "en", "и", "plus", "then"];

/// So many words may stand between "or" and the name it offers: "or extend the section on X in Y.md".
const REACH: usize = 8;

/// What stands between two names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    /// The second stands in for the first.
    Or,
    /// Both are needed.
    And,
    /// A comma alone: what the next joint of the list says.
    Comma,
}

/// Numbers the groups of the targets of a text, which begins at byte `start` of the file: those of
/// one group are alternatives.
pub fn group(targets: &mut [Target], text: &str, start: usize) {
    let joints: Vec<Joint> = targets
        .windows(2)
        .map(|pair| {
            let (from, to) = (pair[0].span.end - start, pair[1].span.start - start);
            text.get(from..to).map_or(Joint::And, joint)
        })
        .collect();
    let mut meant = joints.clone();
    for at in (0..meant.len()).rev() {
        if meant[at] == Joint::Comma {
            meant[at] = meant.get(at + 1).copied().unwrap_or(Joint::And);
        }
    }
    let mut number = 0;
    for (target, joint) in targets.iter_mut().skip(1).zip(meant) {
        number += u32::from(joint != Joint::Or);
        target.group = number;
    }
}

fn joint(between: &str) -> Joint {
    let ends_sentence = between.contains(". ") || between.contains(['\n', ';', '。', '；']);
    let bare = between.trim_matches(|sign: char| sign.is_whitespace() || "`*_\"'“”".contains(sign));
    if matches!(bare, "," | "、" | "，") {
        return Joint::Comma;
    }
    if bare == "/" {
        return Joint::Or;
    }
    if ends_sentence {
        return Joint::And;
    }
    if HAN_OR.iter().any(|or| bare.contains(or)) {
        return Joint::Or;
    }
    let plain = without_brackets(bare);
    let spoken: Vec<String> = words(&plain).map(str::to_lowercase).collect();
    let last = |set: &[&str]| spoken.iter().rposition(|word| set.contains(&word.as_str()));
    match (last(OR), last(AND)) {
        (Some(or), and) => {
            let rest = spoken.len() - or - 1;
            // A comma after it begins another thought: "retry or wait, Y.md".
            let clause = plain.rsplit(',').next().unwrap_or_default();
            let own_clause = words(clause).count() > rest;
            let is_last = and.is_none_or(|and| and < or);
            if is_last && own_clause && rest <= REACH { Joint::Or } else { Joint::And }
        }
        _ => Joint::And,
    }
}

/// The words of a text; `and/or` is one.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(|letter: char| !letter.is_alphanumeric() && letter != '/');
    parts.filter(|word| !word.is_empty())
}

/// The text without what stands in round brackets.
fn without_brackets(text: &str) -> String {
    let mut depth = 0_u32;
    let outside = text.chars().filter(|letter| match letter {
        '(' | '（' => {
            depth += 1;
            false
        }
        ')' | '）' => {
            depth = depth.saturating_sub(1);
            false
        }
        _ => depth == 0,
    });
    outside.collect()
}

#[cfg(test)]
mod tests {
    use crate::{
        model::gap::Intent,
        read::ledger::{target, vocabulary::SHIPPED},
    };

    #[test]
    fn alternatives_share_a_group() {
        for (text, groups) in [
            ("Create X.md or extend Y.md", &[0, 0][..]),
            ("Create X.md and Y.md", &[0, 1]),
            ("Create `X.md` / `Y.md`", &[0, 0]),
            ("One of X.md, Y.md or Z.md", &[0, 0, 0]),
            ("X.md, Y.md and Z.md", &[0, 1, 2]),
            ("X.md or Y.md, and Z.md", &[0, 0, 1]),
            ("Create X.md for users or admins. Then update Y.md", &[0, 1]),
            ("Create X.md (for users or for those who run it at home) and Y.md", &[0, 1]),
            ("X.md oder Y.md anlegen", &[0, 0]),
            ("Create X.md or extend the \"Part 3\" section in Y.md", &[0, 0]),
            ("Create X.md (2 pages or more), Y.md", &[0, 1]),
            ("Create X.md, which says whether to retry or wait, Y.md", &[0, 1]),
            ("Create X.md and/or Y.md", &[0, 1]),
            ("创建 X.md 或 Y.md", &[0, 0]),
        ] {
            let found = target::find(text, 7, 1, Intent::Create, &SHIPPED);
            let found: Vec<u32> = found.iter().map(|target| target.group).collect();
            assert_eq!(found, groups, "{text}");
        }
    }
}
