//! Words in files by their first letters: a file that grows too large gives its heaviest next letters
//! to files of their own, until what is left fits.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use super::postings;
use crate::text::script;

/// The name of each file with what it holds.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Prefixes are no longer than this, in characters, whatever the words: the name of a file has room for
/// so many that are each written by their number. Long addresses begin alike for two dozen.
const DEEPEST: usize = 30;

/// A word, and its documents as text.
type Row = (String, String);

/// A tree of words.
pub struct Tree {
    /// The letter that begins the names of its files.
    pub letter: char,
    /// A file has at most this many bytes of words, unless one word has more, or all begin alike for long.
    pub most: usize,
}

impl Tree {
    /// Writes the words, which are sorted and each of which has its documents beside it. Gives the list
    /// of the files for the manifest: prefix and version, in order. A word is in the file with the
    /// longest prefix that begins it.
    pub fn write(&self, words: &[Row], out: &mut Files) -> String {
        let mut list = String::new();
        self.split(words.iter().collect(), "", out, &mut list);
        list
    }

    fn split(&self, words: Vec<&Row>, prefix: &str, out: &mut Files, list: &mut String) {
        let apart = self.apart(&words, prefix);
        let (parted, rest): (Vec<&Row>, Vec<&Row>) = words
            .into_iter()
            .partition(|(word, _)| next(word, prefix).is_some_and(|c| apart.contains(&c)));
        if !rest.is_empty() || apart.is_empty() {
            self.leaf(&rest, prefix, out, list);
        }
        for group in parted.chunk_by(|(a, _), (b, _)| next(a, prefix) == next(b, prefix)) {
            let letter =
                next(&group[0].0, prefix).expect("only words with a next letter are parted");
            self.split(group.to_vec(), &format!("{prefix}{letter}"), out, list);
        }
    }

    /// The next letters that get files of their own: the heaviest, and no more than must.
    fn apart(&self, words: &[&Row], prefix: &str) -> BTreeSet<char> {
        let mut rest: usize = words.iter().map(|row| size(row)).sum();
        let mut apart = BTreeSet::new();
        if words.len() < 2 || prefix.chars().count() >= DEEPEST {
            return apart;
        }
        let mut sizes: BTreeMap<char, usize> = BTreeMap::new();
        for row in words {
            if let Some(letter) = next(&row.0, prefix) {
                *sizes.entry(letter).or_default() += size(row);
            }
        }
        let mut heaviest: Vec<(char, usize)> = sizes.into_iter().collect();
        heaviest.sort_by_key(|(letter, size)| (Reverse(*size), *letter));
        for (letter, size) in heaviest {
            if rest <= self.most {
                break;
            }
            rest -= size;
            apart.insert(letter);
        }
        apart
    }

    fn leaf(&self, words: &[&Row], key: &str, out: &mut Files, list: &mut String) {
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

/// What a word takes in a file, in bytes.
fn size((word, found): &Row) -> usize {
    word.len() + found.len() + 2
}

/// The letter of a word behind a prefix.
fn next(word: &str, prefix: &str) -> Option<char> {
    word[prefix.len()..].chars().next()
}

/// A script that hands the data of a file over.
pub fn script(name: &str, data: &str) -> Vec<u8> {
    script::call("lacunaSearch", &format!("\"{name}\",{data}")).into_bytes()
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

#[cfg(test)]
mod tests {
    use super::*;

    fn row(word: &str, size: usize) -> Row {
        (word.to_owned(), "A".repeat(size))
    }

    /// The words of each file by its prefix.
    fn written(most: usize, words: &[Row]) -> BTreeMap<String, Vec<String>> {
        let mut files = Files::new();
        let list = Tree { letter: 'w', most }.write(words, &mut files);
        let parts: Vec<&str> = list.split(' ').collect();
        assert_eq!(parts.len(), 2 * files.len(), "{list:?} lists each file once");
        let words = |key: &str| {
            let text = String::from_utf8(files[&format!("w-{}", file_name(key))].clone());
            let text = text.expect("words are text");
            let (_, data) = text.split_once(",\"").expect("a name and its data");
            let rows = data.trim_end_matches("\")\n").split(',').filter(|row| !row.is_empty());
            rows.map(|row| row.split(' ').next().unwrap_or_default().to_owned()).collect()
        };
        parts.chunks(2).map(|pair| (pair[0].to_owned(), words(pair[0]))).collect()
    }

    fn spelled(files: &BTreeMap<String, Vec<String>>) -> String {
        let file = |(key, words): (&String, &Vec<String>)| format!("{key}: {}", words.join(" "));
        files.iter().map(file).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn only_the_heaviest_letters_get_files_of_their_own() {
        let words = [row("ad", 1), row("b", 9), row("be", 40), row("bo", 30), row("c", 1)];
        assert_eq!(spelled(&written(1000, &words)), ": ad b be bo c");
        assert_eq!(spelled(&written(90, &words)), ": ad c; b: b be bo");
        assert_eq!(spelled(&written(50, &words)), ": ad c; b: b bo; be: be");
        assert_eq!(spelled(&written(1000, &[])), ": ");
    }

    #[test]
    fn of_letters_that_weigh_the_same_the_first_goes() {
        let words = [row("a", 10), row("b", 10), row("c", 10)];
        assert_eq!(spelled(&written(30, &words)), ": b c; a: a");
    }

    #[test]
    fn a_word_is_where_the_longest_prefix_says() {
        let mut words: Vec<Row> = (0..3000_usize)
            .map(|n| {
                let address = if n % 2 == 0 { "" } else { "registry.example/" };
                row(&format!("{address}{:b}é/{}", n * 7919 % 4096, n % 13), n * n % 90)
            })
            .collect();
        words.sort();
        let files = written(2000, &words);
        for (word, _) in &words {
            let key = files.keys().filter(|key| word.starts_with(*key)).max_by_key(|key| key.len());
            let key = key.expect("a file for each word");
            assert!(files[key].contains(word), "{word} is not in {key:?}");
        }
        let size_of: BTreeMap<&str, usize> =
            words.iter().map(|word| (word.0.as_str(), size(word))).collect();
        for (key, words) in &files {
            let bytes: usize = words.iter().map(|word| size_of[word.as_str()]).sum();
            assert!(bytes <= 2000, "{key:?} has {bytes} bytes");
        }
    }

    #[test]
    fn words_that_begin_alike_for_long_have_a_name_that_disks_take() {
        let words = [row(&"\u{10ffff}".repeat(60), 50), row(&"\u{10ffff}".repeat(61), 50)];
        let mut files = Files::new();
        Tree { letter: 'w', most: 60 }.write(&words, &mut files);
        let longest = files.keys().map(String::len).max().expect("a file");
        assert!((100..=250).contains(&longest), "{longest} bytes");
    }
}
