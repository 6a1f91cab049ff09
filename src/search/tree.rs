//! Words in files by their first letters: a file that grows too large is split by the next letter.

use std::collections::BTreeMap;

use super::postings;

/// The name of each file with what it holds.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Prefixes are no longer than this, in characters, whatever the words.
const DEEPEST: usize = 12;

/// A tree of words.
pub struct Tree {
    /// The letter that begins the names of its files.
    pub letter: char,
    /// A file above this many bytes is split.
    pub most: usize,
}

impl Tree {
    /// Writes the words, which are sorted and each of which has its documents beside it. Gives the list
    /// of the files for the manifest: prefix and version, in order. `$` ends the prefix of a file that
    /// holds the one word that is no longer than it.
    pub fn write(&self, words: &[(String, String)], out: &mut Files) -> String {
        let mut list = String::new();
        self.split(words, String::new(), out, &mut list);
        list
    }

    fn split(
        &self,
        words: &[(String, String)],
        prefix: String,
        out: &mut Files,
        list: &mut String,
    ) {
        let size: usize = words.iter().map(|(word, found)| word.len() + found.len() + 2).sum();
        let depth = prefix.chars().count();
        if size <= self.most || words.len() < 2 || depth >= DEEPEST {
            return self.leaf(words, &prefix, out, list);
        }
        let next = |word: &str| word[prefix.len()..].chars().next();
        for group in words.chunk_by(|(a, _), (b, _)| next(a) == next(b)) {
            match next(&group[0].0) {
                None => self.leaf(group, &format!("{prefix}$"), out, list),
                Some(c) => self.split(group, format!("{prefix}{c}"), out, list),
            }
        }
    }

    fn leaf(&self, words: &[(String, String)], key: &str, out: &mut Files, list: &mut String) {
        let mut text = String::new();
        for (n, (word, found)) in words.iter().enumerate() {
            if n > 0 {
                text.push(',');
            }
            text.push_str(word);
            text.push(' ');
            text.push_str(found);
        }
        let name = format!("{}-{}", self.letter, file_name(key));
        let bytes = script(&name, &format!("\"{text}\""));
        list.push_str(if list.is_empty() { "" } else { " " });
        list.push_str(key);
        list.push(' ');
        list.push_str(&postings::version(&bytes));
        out.insert(name, bytes);
    }
}

/// A script that hands its data over: pages opened from a folder may load nothing else.
pub fn script(name: &str, data: &str) -> Vec<u8> {
    format!("lacunaSearch(\"{name}\",{data})\n").into_bytes()
}

/// Letters and digits stay; everything else is written by its number, so that it is a file name
/// everywhere.
fn file_name(key: &str) -> String {
    let mut name = String::new();
    for c in key.chars() {
        if c.is_ascii_alphanumeric() {
            name.push(c);
        } else {
            name.push_str(&format!("_{:x}_", u32::from(c)));
        }
    }
    name
}
