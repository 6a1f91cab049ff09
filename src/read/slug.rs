//! Anchors of headings, as GitHub makes them.

use std::collections::HashMap;

/// The anchor GitHub gives a heading of this text, before duplicates are told apart: lower case,
/// spaces as `-`, and of the punctuation only `-` and `_`.
pub fn slug(text: &str) -> String {
    let mut anchor = String::with_capacity(text.len());
    for letter in text.trim().chars() {
        match letter {
            ' ' | '-' => anchor.push('-'),
            '_' => anchor.push('_'),
            _ if letter.is_alphanumeric() || is_mark(letter) => {
                anchor.extend(letter.to_lowercase())
            }
            _ => {}
        }
    }
    anchor
}

/// The anchors given out in one file, so that each is given once.
#[derive(Clone, Debug, Default)]
pub struct Slugger {
    taken: HashMap<String, u32>,
}

impl Slugger {
    /// The anchor of a heading: `wanted` when the author chose one, else the slug of `text`. The
    /// second of a name gets `-1`, the third `-2`.
    pub fn anchor(&mut self, text: &str, wanted: Option<&str>) -> String {
        let mut base = wanted.map_or_else(|| slug(text), str::to_owned);
        if base.is_empty() {
            base.push_str("section");
        }
        let mut count = self.taken.get(&base).copied();
        let mut anchor = base.clone();
        while let Some(number) = count {
            anchor = format!("{base}-{}", number + 1);
            let free = !self.taken.contains_key(&anchor);
            self.taken.insert(base.clone(), number + 1);
            count = (!free).then_some(number + 1);
        }
        self.taken.insert(anchor.clone(), 0);
        anchor
    }
}

/// Combining marks, without which accents and many scripts would fall apart.
fn is_mark(letter: char) -> bool {
    matches!(
        letter,
        '\u{300}'..='\u{36f}'
            | '\u{483}'..='\u{487}'
            | '\u{591}'..='\u{5bd}'
            | '\u{610}'..='\u{61a}'
            | '\u{64b}'..='\u{65f}'
            | '\u{900}'..='\u{903}'
            | '\u{93a}'..='\u{94f}'
            | '\u{e31}'..='\u{e4e}'
            | '\u{20d0}'..='\u{20ff}'
            | '\u{3099}'..='\u{309a}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_those_of_github() {
        for (text, wanted) in [
            ("Getting started", "getting-started"),
            ("1. Scope & Goals", "1-scope--goals"),
            ("`read()` — the API", "read--the-api"),
            ("snake_case stays", "snake_case-stays"),
            ("Größe Übersicht", "größe-übersicht"),
            ("Обзор системы", "обзор-системы"),
            ("!!!", ""),
        ] {
            assert_eq!(slug(text), wanted, "{text}");
        }
    }

    #[test]
    fn every_anchor_is_given_once() {
        let mut slugger = Slugger::default();
        let given: Vec<String> = ["Foo", "Foo", "Foo 1", "Foo", "?"]
            .into_iter()
            .map(|text| slugger.anchor(text, None))
            .collect();
        assert_eq!(given, ["foo", "foo-1", "foo-1-1", "foo-2", "section"]);
        assert_eq!(slugger.anchor("Bar", Some("Own")), "Own");
        assert_eq!(slugger.anchor("Bar", Some("Own")), "Own-1");
    }
}
