//! Floor 5: the index of the site's search, as files that pages load by script elements. Beside it,
//! made of the same texts, what links show before they are followed: [`preview`].
//!
//! ```text
//! assets/search/index.js   the manifest: how many documents, which files, their versions
//!               columns.js every document's number and what it can be chosen by
//!               n-….js     names: the words of titles, ids and paths -> documents
//!               w-….js     words of texts -> documents, with weights
//!               d-….js     documents: title, address, id
//!               t-….js     texts, to quote from and to look for phrases in
//! ```
//!
//! Words are in files by their first letters ([`tree`]), documents and texts by a hash of their
//! address ([`number`]), so that an edit changes few files and a query loads few. No weight depends on
//! another page. The other half, which asks, is `themes/default/assets/search-engine.js`.

mod digest;
mod entry;
mod names;
mod number;
mod postings;
pub mod preview;
pub mod text;
mod tree;
pub mod words;

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use rayon::prelude::*;

pub use digest::Digest;
use digest::json;
use entry::{COLUMNS, Entry};
use number::Numbers;
use postings::Posting;
pub use tree::Files;
use tree::{Tree, script};

use crate::{
    graph::record::Records,
    model::source::{Body, Outline},
    page::site::Site,
};

/// The folder of the index.
pub const FOLDER: &str = "assets/search";

/// Files of words have at most so many bytes. Larger files cost a query more; smaller ones cost as much
/// in the manifest.
const WORDS: usize = 16 * 1024;

/// Files of names are asked at every letter that is typed, and are fewer.
const NAMES: usize = WORDS / 2;

/// So many documents are in one file, at most in the mean.
const DOCUMENTS: usize = 24;

/// So many bytes of text are in one file, at most in the mean.
const TEXT: usize = 8 * 1024;

/// Reads the records of one file: the whole first, then its parts. Depends on the file and on which
/// lines its parts have, so that what it gives can be kept for as long as both are the same.
pub fn read(outline: &Outline, body: &Body, records: &Records, file: usize) -> Vec<Digest> {
    let whole = records.of_file(file);
    let parts = records.parts_of(file).iter().copied();
    let all = std::iter::once(whole).chain(parts);
    all.map(|ix| {
        let record = records.get(ix);
        let sections = text::of_record(outline, body, record);
        let lead = text::lead(outline, record, &sections);
        Digest::of(&sections, lead)
    })
    .collect()
}

/// The files of the index by their routes. `digests` are what [`read`] gave, beside the outlines.
pub fn files(site: &Site<'_>, digests: &[Arc<Vec<Digest>>]) -> BTreeMap<String, Vec<u8>> {
    let entries = entry::entries(site);
    let nothing = Digest::default();
    let digest_of = |entry: &Entry| {
        entry.text.map_or(&nothing, |ix| {
            let file = site.record(ix).file;
            let first = site.graph.records.of_file(file);
            digests[file].get(ix.0 - first.0).unwrap_or(&nothing)
        })
    };
    let numbers = Numbers::assign(entries.iter().map(|entry| entry.href.as_str()));
    let mut documents: Vec<Document<'_>> = entries
        .iter()
        .zip(&numbers.all)
        // Two records in one place are found by the first.
        .filter_map(|(entry, number)| {
            Some(Document { number: (*number)?, entry, digest: digest_of(entry) })
        })
        .collect();
    documents.sort_by_key(|document| document.number);
    let mut files = Files::new();
    let names = Tree { letter: 'n', most: NAMES }.write(&inverted_names(&documents), &mut files);
    let words = Tree { letter: 'w', most: WORDS }.write(&inverted_words(&documents), &mut files);
    let texts = write_texts(&documents, &mut files);
    let shelves = write_documents(&documents, numbers.bits, &mut files);
    let columns = write_columns(&documents, &mut files);
    let manifest = serde_json::json!({
        "documents": documents.len(),
        "bits": numbers.bits,
        "names": names,
        "words": words,
        "texts": texts,
        "shelves": shelves,
        "columns": COLUMNS,
        "classes": columns.classes,
        "version": columns.version,
    });
    files.insert("index".to_owned(), script("index", &manifest.to_string()));
    files.into_iter().map(|(name, bytes)| (format!("{FOLDER}/{name}.js"), bytes)).collect()
}

/// A document with its number.
struct Document<'a> {
    number: u32,
    entry: &'a Entry,
    digest: &'a Digest,
}

fn inverted_names(documents: &[Document<'_>]) -> Vec<(String, String)> {
    let mut by_word: BTreeMap<String, Vec<Posting>> = BTreeMap::new();
    for document in documents {
        for (word, (place, weight)) in names::names(document.entry) {
            let (number, place) = (document.number, place as u8);
            let posting = Posting { document: number, weight, place, part: 0 };
            by_word.entry(word).or_default().push(posting);
        }
    }
    by_word.into_iter().map(|(word, found)| (word, postings::text(found))).collect()
}

fn inverted_words(documents: &[Document<'_>]) -> Vec<(String, String)> {
    // Words are far fewer than their places: gathered by word first, few are left to sort. Each
    // thread gathers once, for joining what two have gathered looks at every word.
    let share = documents.len().div_ceil(rayon::current_num_threads()).max(1);
    let gathered = documents.par_chunks(share).map(by_word).reduce(HashMap::new, joined);
    let mut all: Vec<(&str, Vec<Posting>)> = gathered.into_iter().collect();
    all.par_sort_unstable_by_key(|(word, _)| *word);
    all.into_par_iter().map(|(word, found)| (word.to_owned(), postings::text(found))).collect()
}

/// Where each word of the texts stands.
type Gathered<'a> = HashMap<&'a str, Vec<Posting>>;

fn by_word<'a>(documents: &[Document<'a>]) -> Gathered<'a> {
    let mut gathered = Gathered::new();
    for document in documents {
        for (word, found) in document.digest.words() {
            let (weight, place, part) = (found.weight, found.heading, found.part);
            let posting = Posting { document: document.number, weight, place, part };
            gathered.entry(word).or_default().push(posting);
        }
    }
    gathered
}

#[expect(clippy::iter_over_hash_type, reason = "each word is joined by itself, in any order")]
fn joined<'a>(mut all: Gathered<'a>, more: Gathered<'a>) -> Gathered<'a> {
    if all.is_empty() {
        return more;
    }
    for (word, found) in more {
        all.entry(word).or_default().extend(found);
    }
    all
}

/// Writes the texts, and gives how many files they are in.
fn write_texts(documents: &[Document<'_>], files: &mut Files) -> usize {
    let size: usize = documents.iter().flat_map(|d| &d.digest.parts).map(String::len).sum();
    let count = (size / TEXT).next_power_of_two();
    let mut shelves: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for document in documents {
        for (n, part) in (0..).zip(&document.digest.parts) {
            let shelf = number::shelf(document.number, n) as usize & (count - 1);
            let row = format!("\"{}.{n}\":{part}", document.number);
            shelves.entry(shelf).or_default().push(row);
        }
    }
    write_shelves('t', shelves, files);
    count
}

/// Writes titles and addresses, and gives the versions of the files, in order.
fn write_documents(documents: &[Document<'_>], bits: u32, files: &mut Files) -> Vec<String> {
    let count = (documents.len() / DOCUMENTS).next_power_of_two();
    let drop = bits - count.trailing_zeros();
    let mut shelves: BTreeMap<usize, Vec<String>> = (0..count).map(|n| (n, Vec::new())).collect();
    for Document { number, entry, digest } in documents {
        let versions: String =
            digest.parts.iter().map(|part| postings::version(part.as_bytes())).collect();
        let row = (&entry.title, &entry.href, &entry.id, versions);
        let row = format!("\"{number}\":{}", json(&row));
        shelves.entry((number >> drop) as usize).or_default().push(row);
    }
    write_shelves('d', shelves, files)
}

fn write_shelves(
    letter: char,
    shelves: BTreeMap<usize, Vec<String>>,
    files: &mut Files,
) -> Vec<String> {
    let mut versions = Vec::new();
    for (n, rows) in shelves {
        let name = format!("{letter}-{n}");
        let bytes = script(&name, &format!("{{{}}}", rows.join(",\n")));
        versions.push(postings::version(&bytes));
        files.insert(name, bytes);
    }
    versions
}

/// What the manifest says of the columns.
struct Columns {
    /// The combinations in use; the first of all is 0.
    classes: Vec<[String; 4]>,
    version: String,
}

fn write_columns(documents: &[Document<'_>], files: &mut Files) -> Columns {
    let mut classes: Vec<[String; 4]> =
        documents.iter().map(|document| document.entry.columns.clone()).collect();
    classes.sort();
    classes.dedup();
    let mut text = String::new();
    let mut last = 0;
    for document in documents {
        postings::push_number(&mut text, u64::from(document.number - last));
        last = document.number;
        let class = classes.binary_search(&document.entry.columns).expect("each is among them");
        postings::push_number(&mut text, class as u64);
    }
    let bytes = script("columns", &format!("\"{text}\""));
    let version = postings::version(&bytes);
    files.insert("columns".to_owned(), bytes);
    Columns { classes, version }
}
