//! Where the same text stands now: by its rarest line, then by its fingerprint.

use super::ground::{File, Ground, Place};
use crate::model::lock::{Accepted, Passage};

/// A text of fewer words says too little to be recognised in another file.
const TELLING_WORDS: usize = 4;
/// Most places looked at for one text; where its rarest line stands more often, it is boilerplate.
const MOST_CANDIDATES: usize = 1_024;
/// A text of more lines is recognised by them.
const TELLING_LINES: usize = 8;

/// The places of the same text: those in its own file, else those in other files; of several the
/// one that also has the same lines around it.
pub(super) fn find(
    ground: &Ground<'_>,
    accepted: &Accepted,
    passage: &Passage,
    home: Option<File>,
    citing: Option<File>,
) -> Vec<Place> {
    let all = everywhere(ground, accepted, passage);
    let (own, other): (Vec<Place>, Vec<Place>) =
        all.into_iter().partition(|place| Some(place.file) == home);
    if !own.is_empty() {
        return with_same_lines_around(ground, accepted, own);
    }
    if !is_telling(passage) {
        return Vec::new();
    }
    // The citing file may quote what it cites.
    let mut other: Vec<Place> =
        other.into_iter().filter(|place| Some(place.file) != citing).collect();
    let beside = |place: &Place| ground.path(place.file).parent() == accepted.path.parent();
    if other.iter().any(beside) {
        other.retain(beside);
    }
    with_same_lines_around(ground, accepted, other)
}

fn everywhere(ground: &Ground<'_>, accepted: &Accepted, passage: &Passage) -> Vec<Place> {
    let places = |index: usize| ground.places(passage.0[index].print);
    let Some(rarest) = (0..passage.0.len()).min_by_key(|index| places(*index).len()) else {
        return Vec::new();
    };
    let count = passage.0.len() as u32;
    let fits = |&(_, file, line): &(_, File, u32)| {
        let first = line.checked_sub(rarest as u32)?;
        let lines = (first, first + count - 1);
        let own = ground.lines(file);
        // Most candidates differ in their first or last line; only the rest are hashed.
        let ends = [(first, passage.0.first()), (lines.1, passage.0.last())];
        let alike =
            ends.into_iter().all(|(line, kept)| own.line(line) == kept.map(|kept| kept.print));
        (alike && own.passage(lines) == Some(accepted.print)).then_some(Place { file, lines })
    };
    places(rarest).iter().take(MOST_CANDIDATES).filter_map(fits).collect()
}

fn is_telling(passage: &Passage) -> bool {
    let words = passage.0.iter().flat_map(|line| line.text.split_whitespace());
    let words = words.filter(|word| word.contains(char::is_alphanumeric));
    passage.0.len() >= TELLING_LINES || words.count() >= TELLING_WORDS
}

/// Of several places the one with more of the lines around than any other; all when none has.
fn with_same_lines_around(
    ground: &Ground<'_>,
    accepted: &Accepted,
    places: Vec<Place>,
) -> Vec<Place> {
    if places.len() < 2 {
        return places;
    }
    let same = |place: &Place| {
        let lines = ground.lines(place.file);
        let before = (1..).zip(accepted.before.iter().rev());
        let before = before.take_while(|(back, print)| {
            place.lines.0.checked_sub(*back).and_then(|line| lines.line(line)) == Some(**print)
        });
        let after = (1..).zip(&accepted.after);
        let after = after.take_while(|(on, print)| {
            lines.line(place.lines.1.saturating_add(*on)) == Some(**print)
        });
        before.count() + after.count()
    };
    let most = places.iter().map(same).max().unwrap_or_default();
    let mut best = places.iter().filter(|place| same(place) == most);
    match (best.next(), best.next()) {
        (Some(one), None) => vec![*one],
        _ => places,
    }
}
