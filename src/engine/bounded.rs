//! A bound on findings: the first of a kind in a file say what all of them would.

use std::collections::BTreeMap;

use crate::{
    diag::{Diagnostic, codes},
    path::RelPath,
};

/// So many findings of one code are told of one file. A text that is made for it has one in every
/// fifth byte, and each costs a row of a page, of a table and of a report.
const MOST: usize = 1_000;

/// The findings without those above the bound, and for each file and code that had them how many there
/// were.
pub fn bounded(mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut counts: BTreeMap<(RelPath, &'static str), usize> = BTreeMap::new();
    if found.len() > MOST {
        for one in &found {
            *counts.entry((one.path.clone(), one.code.name)).or_default() += 1;
        }
        counts.retain(|_, count| *count > MOST);
    }
    if counts.is_empty() {
        return found;
    }
    // Which come first is a matter of their places, and not of the order in which they were found.
    found.sort_by(|a, b| a.span.map(|span| span.start).cmp(&b.span.map(|span| span.start)));
    let mut left: BTreeMap<_, usize> = counts.keys().map(|key| (key.clone(), MOST)).collect();
    found.retain(|one| match left.get_mut(&(one.path.clone(), one.code.name)) {
        None => true,
        Some(0) => false,
        Some(left) => {
            *left -= 1;
            true
        }
    });
    for ((path, code), count) in counts {
        let message = format!("the file has {count} findings of `{code}`; {MOST} of them are told");
        found.push(
            Diagnostic::new(&codes::LIMIT_REACHED, &path, message)
                .help("correct those, or set the level of the code for this file to `off`"),
        );
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    #[test]
    fn of_many_alike_the_first_are_told_and_all_others_stay() {
        let path = |name: &str| RelPath::new(name).expect("a path");
        let one = |name: &str, at: usize| {
            let span = Span { start: at, end: at + 1 };
            Diagnostic::new(&codes::BROKEN_LINK, &path(name), "no file").at(span)
        };
        let mut found: Vec<Diagnostic> = (0..1_500).rev().map(|at| one("a.md", at)).collect();
        found.extend((0..1_000).map(|at| one("b.md", at)));
        found.push(Diagnostic::new(&codes::BROKEN_ANCHOR, &path("a.md"), "no heading"));
        let told = bounded(found);
        let of = |name: &str, code: &str| -> Vec<&Diagnostic> {
            told.iter().filter(|one| one.path.as_str() == name && one.code.name == code).collect()
        };
        let first = of("a.md", "broken-link");
        assert_eq!(first.len(), 1_000);
        assert!(first.iter().all(|one| one.span.is_some_and(|span| span.start < 1_000)));
        assert_eq!(of("b.md", "broken-link").len(), 1_000);
        assert_eq!(of("a.md", "broken-anchor").len(), 1);
        let said = of("a.md", "limit-reached");
        let said: Vec<&str> = said.iter().map(|one| one.message.as_str()).collect();
        assert_eq!(said, ["the file has 1500 findings of `broken-link`; 1000 of them are told"]);
        assert_eq!(told.len(), 2_002);
    }
}
