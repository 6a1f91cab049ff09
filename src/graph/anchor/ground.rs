//! The texts by the hashes of their lines, each hashed once and only when it is asked for.

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::{
    model::{
        lock::LinePrint,
        source::{Body, Outline},
    },
    path::RelPath,
    read::print::Lines,
};

/// The place of a text in the ground.
pub(super) type File = u32;

/// Some lines of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) file: File,
    pub(super) lines: (u32, u32),
}

/// All texts that can be cited by lines.
pub(super) struct Ground<'a> {
    texts: Vec<(&'a RelPath, &'a str)>,
    lines: Vec<OnceLock<Lines>>,
    words: Vec<OnceLock<Vec<(u32, u32)>>>,
    index: OnceLock<Vec<(LinePrint, File, u32)>>,
}

impl<'a> Ground<'a> {
    pub(super) fn new(outlines: &'a [Arc<Outline>], bodies: &'a [Body]) -> Self {
        let files = outlines.iter().zip(bodies);
        let texts: Vec<_> = files.map(|(outline, body)| (&outline.path, &**body.text())).collect();
        let lines = texts.iter().map(|_| OnceLock::new()).collect();
        let words = texts.iter().map(|_| OnceLock::new()).collect();
        Self { texts, lines, words, index: OnceLock::new() }
    }

    pub(super) fn file(&self, path: &RelPath) -> Option<File> {
        self.texts.binary_search_by(|(own, _)| (*own).cmp(path)).ok().map(|at| at as File)
    }

    pub(super) fn path(&self, file: File) -> &'a RelPath {
        self.texts[file as usize].0
    }

    pub(super) fn text(&self, file: File) -> &'a str {
        self.texts[file as usize].1
    }

    /// The hashes of a text's lines.
    pub(super) fn lines(&self, file: File) -> &Lines {
        self.lines[file as usize].get_or_init(|| Lines::of(self.text(file)))
    }

    /// The places of a line, in the order of file and line: file and line, from 1.
    pub(super) fn places(&self, line: LinePrint) -> &[(LinePrint, File, u32)] {
        let index = self.index();
        let start = index.partition_point(|entry| entry.0 < line);
        let count = index[start..].partition_point(|entry| entry.0 == line);
        &index[start..start + count]
    }

    /// The places of a line in one file.
    pub(super) fn places_in(&self, file: File, line: LinePrint) -> &[(LinePrint, File, u32)] {
        let places = self.places(line);
        let start = places.partition_point(|entry| entry.1 < file);
        let count = places[start..].partition_point(|entry| entry.1 == file);
        &places[start..start + count]
    }

    /// The lines of a file that hold a word, in order.
    pub(super) fn lines_with(&self, file: File, word: u32) -> &[(u32, u32)] {
        let words = self.words[file as usize].get_or_init(|| {
            let lines = self.text(file).lines().zip(1_u32..);
            let mut all: Vec<(u32, u32)> = lines
                .flat_map(|(line, number)| words(line).map(move |word| (word, number)))
                .collect();
            all.sort_unstable();
            all.dedup();
            all
        });
        let start = words.partition_point(|entry| entry.0 < word);
        let count = words[start..].partition_point(|entry| entry.0 == word);
        &words[start..start + count]
    }

    fn index(&self) -> &[(LinePrint, File, u32)] {
        self.index.get_or_init(|| {
            let mut index: Vec<(LinePrint, File, u32)> = (0..self.texts.len() as File)
                .into_par_iter()
                .flat_map_iter(|file| {
                    self.lines(file)
                        .iter()
                        .zip(1_u32..)
                        .map(move |(print, line)| (print, file, line))
                })
                .collect();
            index.par_sort_unstable();
            index
        })
    }
}

/// The words of a line by a small hash, letter case aside.
pub(super) fn words(line: &str) -> impl Iterator<Item = u32> + '_ {
    line.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(
        |word| {
            // FNV-1a: equal hashes only vote for a place, which is then compared.
            let letters = word.chars().flat_map(char::to_lowercase);
            letters.fold(0x811c_9dc5, |hash: u32, letter| {
                (hash ^ u32::from(letter)).wrapping_mul(0x0100_0193)
            })
        },
    )
}
