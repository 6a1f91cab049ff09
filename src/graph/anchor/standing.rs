//! The citations of lines that stand in the corpus, each with what it leads to.

use std::collections::{BTreeMap, BTreeSet};

use super::Subject;
use crate::{
    graph::{
        Corpus,
        citation::{self, Cited},
        coverage,
        files::Files,
        link,
    },
    model::{
        lock::Key,
        reference::{Citation, Pointer},
    },
    path::RelPath,
    text::Span,
};

/// A citation of lines.
pub(super) struct Standing {
    pub(super) key: Key,
    /// Each place: line and characters.
    pub(super) places: Vec<(u32, Span)>,
    pub(super) cited: Cited,
}

/// All citations of lines, in the order of their keys. What a gap gives as evidence belongs to the
/// gap, wherever in the file it stands.
pub(super) fn collect(subject: Subject<'_>) -> Vec<Standing> {
    let Subject { corpus, records, files, .. } = subject;
    let mut found = Found { corpus, files, by_key: BTreeMap::new() };
    let mut evidence: BTreeSet<(&RelPath, u32, &str, (u32, u32))> = BTreeSet::new();
    for (_, record) in records.iter() {
        let Some(gap) = coverage::gap_of(corpus, record) else { continue };
        for one in &gap.evidence {
            let Some(lines) = one.citation.lines else { continue };
            evidence.insert((&record.path, one.line, &one.citation.target, lines));
            found.add(&record.path, &record.id, &one.citation, (one.line, one.span));
        }
    }
    for &file in subject.citing {
        let outline = &corpus.outlines[file];
        for reference in &outline.references {
            let citation = match &reference.to {
                Pointer::Citation(citation) => citation.clone(),
                Pointer::Link { href } => match of_link(href) {
                    Some(citation) => citation,
                    None => continue,
                },
                _ => continue,
            };
            let Some(lines) = citation.lines else { continue };
            let place = (&outline.path, reference.line, citation.target.as_str(), lines);
            if evidence.contains(&place) {
                continue;
            }
            let owner = &records.get(records.at(file, reference.line)).id;
            found.add(&outline.path, owner, &citation, (reference.line, reference.span));
        }
    }
    let all = found.by_key.into_iter();
    all.map(|(key, (places, cited))| Standing { key, places: places.all, cited }).collect()
}

/// Where a citation stands, each place once, in the order they were met.
#[derive(Default)]
struct Places {
    all: Vec<(u32, Span)>,
    seen: BTreeSet<(u32, Span)>,
}

struct Found<'a> {
    corpus: Corpus<'a>,
    files: &'a Files,
    by_key: BTreeMap<Key, (Places, Cited)>,
}

impl Found<'_> {
    fn add(&mut self, file: &RelPath, owner: &str, citation: &Citation, place: (u32, Span)) {
        let Some(lines) = citation.lines else { return };
        let (file, owner, target) = (file.clone(), owner.to_owned(), citation.target.clone());
        let (corpus, files) = (self.corpus, self.files);
        let cited = || citation::resolve(corpus, files, &file, citation);
        let key = Key { file: file.clone(), owner, target, lines };
        let (places, _) = self.by_key.entry(key).or_insert_with(|| (Places::default(), cited()));
        if places.seen.insert(place) {
            places.all.push(place);
        }
    }
}

/// `[text](a.md#L10-L20)` cites lines as well.
fn of_link(href: &str) -> Option<Citation> {
    let (path, fragment) = href.split_once('#')?;
    let lines = link::line_fragment(fragment)?;
    let plain = !path.is_empty() && !path.contains(['%', '?']);
    plain.then(|| Citation { target: path.to_owned(), lines: Some(lines), section: None })
}
