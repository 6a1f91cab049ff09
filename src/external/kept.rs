//! Answers of earlier runs, for as long as they are worth something.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Answer;

/// An address that answered is not asked again for a week, in seconds.
const ANSWERS: u64 = 7 * 24 * 3600;
/// One that is gone may be mended: an hour.
const GONE: u64 = 3600;
/// The most that are kept.
const MOST: usize = 100_000;

/// Answers by address, with the moment of each.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept(BTreeMap<String, (u64, Answer)>);

impl Kept {
    /// The answer of an address, when it is young enough. `now` is in seconds since 1970.
    pub fn of(&self, address: &str, now: u64) -> Option<&Answer> {
        let (at, answer) = self.0.get(address)?;
        is_young(*at, answer, now).then_some(answer)
    }

    /// Keeps an answer. What nobody could tell is asked again the next time.
    pub fn keep(&mut self, address: &str, answer: &Answer, now: u64) {
        if !matches!(answer, Answer::Unsure(_)) && self.0.len() < MOST {
            self.0.insert(address.to_owned(), (now, answer.clone()));
        }
    }

    /// Forgets what is too old.
    pub fn forget(&mut self, now: u64) {
        self.0.retain(|_, (at, answer)| is_young(*at, answer, now));
    }
}

fn is_young(at: u64, answer: &Answer, now: u64) -> bool {
    let life = match answer {
        Answer::Answers { .. } => ANSWERS,
        Answer::Gone(_) => GONE,
        Answer::Unsure(_) => 0,
    };
    // A moment that is still to come was told by a wrong clock.
    now.checked_sub(at).is_some_and(|age| age < life)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_grow_old() {
        let mut kept = Kept::default();
        kept.keep("a", &Answer::Answers { redirects: 0 }, 100);
        kept.keep("b", &Answer::Gone("x".to_owned()), 100);
        kept.keep("c", &Answer::Unsure("x".to_owned()), 100);
        let known = |kept: &Kept, now| ["a", "b", "c"].map(|a| kept.of(a, now).is_some());
        assert_eq!(known(&kept, 100), [true, true, false]);
        assert_eq!(known(&kept, 100 + GONE), [true, false, false]);
        assert_eq!(known(&kept, 100 + ANSWERS), [false, false, false]);
        assert_eq!(known(&kept, 99), [false, false, false]);
        kept.forget(100 + GONE);
        assert_eq!(kept.0.len(), 1);
    }
}
