//! Judges the citations of all gaps, a gap at a time and gaps in parallel.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::{
    BetterPlace, Side, Support, extent, gaps,
    index::WINDOW,
    language::Language,
    place::{self, Place},
    query::{GapWords, Query, Siblings},
    score::{self, Scores},
    shelf::Shelf,
    verdict::{AS_GOOD, Measures, Obstacle, Verdict},
    words::Terms,
};
use crate::{
    graph::{Corpus, Graph, citation::Cited, record::RecordIx},
    model::source::Body,
};

/// So many places are proposed.
const PROPOSED: usize = 3;
/// So many of a place's first words are told.
const FIRST_WORDS: usize = 12;

/// The verdicts on the citations of every gap that has any.
pub fn all(corpus: Corpus<'_>, bodies: &[Body], graph: &Graph) -> BTreeMap<RecordIx, Vec<Support>> {
    if graph.gaps.values().all(|finding| finding.evidence.is_empty()) {
        return BTreeMap::new();
    }
    let shelf = Shelf::fill(corpus, bodies, graph);
    let ledgers = gaps::read(corpus, bodies, graph);
    let mut judged = BTreeMap::new();
    for ledger in &ledgers {
        let siblings = ledger.siblings();
        let judge = Judge { corpus, bodies, graph, shelf: &shelf, siblings: &siblings };
        let citing = |(ix, _, _): &&(RecordIx, _, _)| !graph.gaps[ix].evidence.is_empty();
        let cases: Vec<_> = ledger.gaps.iter().filter(citing).collect();
        judged.par_extend(cases.into_par_iter().map_init(
            || Scores::new(&shelf.index),
            |scores, (ix, language, words)| (*ix, judge.gap(scores, *ix, *language, words)),
        ));
    }
    judged
}

/// What every gap of a ledger is judged with.
struct Judge<'a> {
    corpus: Corpus<'a>,
    bodies: &'a [Body],
    graph: &'a Graph,
    shelf: &'a Shelf<'a>,
    siblings: &'a Siblings<'a>,
}

/// One gap, scored against all windows.
struct Case<'a> {
    query: Query,
    scores: &'a Scores,
    best: f32,
    /// The best places of all texts.
    places: Vec<Place>,
}

/// Cited lines on the shelf.
struct Cut {
    /// The text.
    text: usize,
    lines: (u32, u32),
    /// The windows that lie within the lines.
    windows: Vec<usize>,
}

impl Cut {
    /// Whether there is much more than a reader sees at once.
    fn is_long(&self) -> bool {
        self.windows.len() >= 2 * WINDOW
    }
}

impl Judge<'_> {
    fn gap(
        &self,
        scores: &mut Scores,
        ix: RecordIx,
        language: Option<Language>,
        words: &GapWords,
    ) -> Vec<Support> {
        let index = &self.shelf.index;
        let query = Query::weigh(words, language, self.siblings, index);
        scores.fill(index, &query);
        let scores = &*scores;
        let own = self.graph.records.get(ix).file;
        let elsewhere =
            |window: &usize| self.shelf.texts[index.block(*window).file as usize].outline != own;
        let places = place::best(index, scores, scores.touched().filter(elsewhere));
        let best = places.first().map_or(0.0, |place| place.score);
        let case = Case { query, scores, best, places };
        let evidence = &self.graph.gaps[&ix].evidence;
        evidence.iter().map(|(_, cited)| self.citation(&case, own, cited)).collect()
    }

    fn citation(&self, case: &Case<'_>, own: usize, cited: &Cited) -> Support {
        if case.query.terms.is_empty() {
            return unjudged(Obstacle::NoWords);
        }
        let Some((outline, lines)) = extent::of(self.corpus, self.bodies, cited) else {
            let found = cited.state.holds();
            return unjudged(if found { Obstacle::NoText } else { Obstacle::NotFound });
        };
        if outline == own {
            return unjudged(Obstacle::Itself);
        }
        let Some(text) = self.shelf.find(outline) else { return unjudged(Obstacle::NoText) };
        if let (Some(a), Some(b)) = (case.query.language, self.shelf.languages[text])
            && a != b
        {
            return unjudged(Obstacle::Language);
        }
        let index = &self.shelf.index;
        let inside = |window: &usize| {
            let window_lines = index.window(*window);
            index.is_window(*window) && lines.0 <= window_lines.start && window_lines.end <= lines.1
        };
        let windows: Vec<usize> = index.blocks_of(text).filter(inside).collect();
        let cut = Cut { text, lines, windows };
        let (measures, counts) = self.measure(case, &cut);
        let verdict = Verdict::of(measures);
        let (found, absent) = title_words(&case.query, &counts);
        let places = self.places(case, &cut, verdict, measures);
        Support { verdict, measures, found, absent, places }
    }

    /// Measures the cited lines, and counts the words of the part that speaks most.
    fn measure(&self, case: &Case<'_>, cut: &Cut) -> (Measures, BTreeMap<Box<str>, u32>) {
        let index = &self.shelf.index;
        let by_score = |a: &&usize, b: &&usize| {
            case.scores.of(**a).total_cmp(&case.scores.of(**b)).then(b.cmp(a))
        };
        let best_window = cut.windows.iter().max_by(by_score);
        let mut score = best_window.map_or(0.0, |window| case.scores.of(*window));
        let (mut counts, mut words) = (BTreeMap::new(), 0);
        if !cut.is_long() {
            (counts, words) = self.count(cut.text, cut.lines);
            score = score.max(score::of_words(index, &case.query, &counts, words));
        } else if let Some(window) = best_window {
            let lines = index.window(*window);
            (counts, words) = self.count(cut.text, (lines.start, lines.end));
        }
        let _ = words;
        let best = case.best.max(score);
        let of_best = |score: f32| if best > 0.0 { score / best } else { 0.0 };
        let measures = Measures {
            share: of_best(score),
            chance: self.chance(case, cut, score),
            title: case.query.title_share(|term| counts.contains_key(term)),
            around: if cut.is_long() { 0.0 } else { of_best(self.around(case, cut)) },
        };
        (measures, counts)
    }

    /// How often a place of the same size, elsewhere, would score as much.
    fn chance(&self, case: &Case<'_>, cut: &Cut, score: f32) -> f32 {
        let index = &self.shelf.index;
        let cited: BTreeSet<usize> = self.touching(cut).collect();
        let all = index.windows().saturating_sub(cited.len());
        if all == 0 || score <= 0.0 {
            return if score > 0.0 { 0.0 } else { 1.0 };
        }
        let as_good =
            case.scores.touched().filter(|w| case.scores.of(*w) >= score && !cited.contains(w));
        let one = as_good.count() as f32 / all as f32;
        // Windows overlap: only one in `WINDOW` is another try.
        let tries = (cut.windows.len() as f32 / WINDOW as f32).max(1.0);
        1.0 - (1.0 - one).powf(tries)
    }

    /// The windows that share a line with the cited ones.
    fn touching(&self, cut: &Cut) -> impl Iterator<Item = usize> + use<'_> {
        let (text, lines) = (cut.text, cut.lines);
        let index = &self.shelf.index;
        index.blocks_of(text).filter(move |window| {
            let here = index.window(*window);
            index.is_window(*window) && here.start <= lines.1 && lines.0 <= here.end
        })
    }

    /// The best score of a window around the middle of short cited lines.
    fn around(&self, case: &Case<'_>, cut: &Cut) -> f32 {
        let middle = cut.lines.0 + (cut.lines.1 - cut.lines.0) / 2;
        let index = &self.shelf.index;
        let holds = |window: &usize| {
            let here = index.window(*window);
            here.start <= middle && middle <= here.end
        };
        self.touching(cut).filter(holds).map(|w| case.scores.of(w)).fold(0.0, f32::max)
    }

    fn count(&self, text: usize, lines: (u32, u32)) -> (BTreeMap<Box<str>, u32>, u32) {
        let mut counts: BTreeMap<Box<str>, u32> = BTreeMap::new();
        let mut words = 0;
        let mut terms = Terms::new(self.shelf.languages[text]);
        terms.of(self.shelf.texts[text].lines(lines), &mut |term, _| {
            words += 1;
            *counts.entry(term.into()).or_default() += 1;
        });
        (counts, words)
    }

    /// The places to cite instead: those that say far more, and for a long citation that holds,
    /// those of its lines that say it.
    fn places(
        &self,
        case: &Case<'_>,
        cut: &Cut,
        verdict: Verdict,
        measures: Measures,
    ) -> Vec<BetterPlace> {
        let index = &self.shelf.index;
        let far_more = measures.share * case.best / AS_GOOD;
        let mut found: Vec<(Place, Side)> = Vec::new();
        if !matches!(verdict, Verdict::Supported) {
            let better = case
                .places
                .iter()
                .filter(|place| place.score >= far_more && !place.overlaps(cut.text, cut.lines));
            found.extend(better.map(|place| (place.clone(), Side::Elsewhere)));
        }
        if cut.is_long() && !matches!(verdict, Verdict::Unsupported(_)) {
            let within = place::best(index, case.scores, cut.windows.iter().copied());
            let most = within.first().map_or(0.0, |place| place.score);
            let telling = within.into_iter().filter(|place| place.score >= AS_GOOD * most);
            found.extend(telling.map(|place| (place, Side::Within)));
        }
        let mut told: Vec<&str> = Vec::new();
        let mut places = Vec::new();
        for (place, side) in found {
            let text = &self.shelf.texts[place.file];
            let mut terms = Terms::new(self.shelf.languages[place.file]);
            let lines = place::trim(&case.query, &mut terms, text.lines(place.lines), place.lines);
            let words = text.lines(lines);
            if told.iter().any(|known| place::repeats(known, words)) {
                continue;
            }
            told.push(words);
            places.push(BetterPlace {
                path: self.corpus.outlines[text.outline].path.clone(),
                lines,
                words: first_words(words),
                side,
            });
            if places.len() == PROPOSED {
                break;
            }
        }
        places
    }
}

fn unjudged(obstacle: Obstacle) -> Support {
    Support {
        verdict: Verdict::Unjudged(obstacle),
        measures: Measures::default(),
        found: Vec::new(),
        absent: Vec::new(),
        places: Vec::new(),
    }
}

/// The words of the title that were counted, and those that were not.
fn title_words(query: &Query, counts: &BTreeMap<Box<str>, u32>) -> (Vec<String>, Vec<String>) {
    // A word in camel case has several terms; any of them finds it.
    let mut words: Vec<(&str, bool)> = Vec::new();
    for term in &query.terms {
        let Some(word) = term.title.as_deref() else { continue };
        let is_there = counts.contains_key(&term.term);
        match words.iter_mut().find(|(known, _)| *known == word) {
            Some((_, found)) => *found |= is_there,
            None => words.push((word, is_there)),
        }
    }
    let those = |there: bool| {
        words
            .iter()
            .filter(|(_, found)| *found == there)
            .map(|(word, _)| (*word).to_owned())
            .collect()
    };
    (those(true), those(false))
}

fn first_words(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().take(FIRST_WORDS + 1).collect();
    let shown = words[..words.len().min(FIRST_WORDS)].join(" ");
    let shown: String = shown.chars().take(120).collect();
    if words.len() > FIRST_WORDS { format!("{shown} …") } else { shown }
}
