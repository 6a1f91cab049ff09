//! What a document is called: the words of its title, its ids and its path.

use std::collections::BTreeMap;

use super::{
    entry::Entry,
    words::{Extent, words},
};

/// Where a word stands among the names of a document, the weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// In the path.
    Path = 0,
    /// In the title.
    Title = 1,
    /// In the id, as a part.
    Id = 2,
    /// It is the id.
    Exact = 3,
}

/// The words by which a document is called, each with its strongest place and a weight of 0 to 15.
pub fn names(entry: &Entry) -> BTreeMap<String, (Place, u8)> {
    let mut found = BTreeMap::new();
    let mut add = |text: String, place: Place, weight: u8| {
        let best = found.entry(text).or_insert((place, weight));
        *best = (*best).max((place, weight));
    };
    let symbol = entry.columns[0] == "symbol" || entry.columns[0] == "package";
    // `cosmos.bank.v1.MsgSend` is called MsgSend; the rest says where it is.
    let title = if symbol { last(&entry.title) } else { &entry.title };
    let spelled = words(title);
    let parts = spelled.iter().filter(|word| word.extent == Extent::Part).count();
    for word in spelled {
        add(word.text, Place::Title, brevity(parts));
    }
    for word in words(&entry.path).into_iter().chain(words(if symbol { &entry.title } else { "" }))
    {
        add(word.text, Place::Path, PATH);
    }
    let own = entry.id != entry.path;
    for name in entry.names.iter().map(String::as_str).chain(own.then_some(entry.id.as_str())) {
        exact(name, &mut add);
    }
    if symbol {
        exact(&entry.title, &mut add);
        exact(last(&entry.title), &mut add);
    }
    let file = entry.path.rsplit('/').next().unwrap_or_default();
    for word in words(file.split('.').next().unwrap_or_default()) {
        add(word.text, Place::Path, FILE);
    }
    exact(file, &mut |text, place, weight| {
        if place == Place::Exact {
            add(text, place, weight);
        }
    });
    found
}

/// The weight of a word of the path.
const PATH: u8 = 3;

/// The weight of a word of the file's name.
const FILE: u8 = 7;

fn exact(name: &str, add: &mut impl FnMut(String, Place, u8)) {
    let spelled = words(name);
    let single = spelled.len() == 1;
    let last = spelled.len().saturating_sub(1);
    let whole = name.chars().all(|c| c.is_alphanumeric() || "._-/".contains(c));
    for (n, word) in spelled.into_iter().enumerate() {
        let is_name = whole && n == last && (single || word.extent == Extent::Whole);
        add(word.text, if is_name { Place::Exact } else { Place::Id }, brevity(1));
    }
}

fn last(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

/// A word of a short title says more of it.
fn brevity(words: usize) -> u8 {
    match words {
        0 | 1 => 15,
        2 => 13,
        3 => 11,
        4 => 10,
        5 => 9,
        6 => 8,
        7 | 8 => 7,
        9..=12 => 6,
        _ => 5,
    }
}
