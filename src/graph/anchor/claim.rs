//! Which entry of the lock belongs to which citation.

use std::sync::Arc;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::standing::Standing;
use crate::{
    model::{
        lock::{Accepted, Key, Lock, Print},
        source::Outline,
    },
    path::RelPath,
};

/// For each citation the entry it was accepted with, and the entries that nobody claims.
///
/// An entry belongs to the citation with its key. What is left belongs, in this order, to
///
/// 1. the same words in the same file under another owner: a gap was numbered anew;
/// 2. the same words in another file when the citing file is gone: it was renamed;
/// 3. a citation of the same name in the same file whose lines now hold the accepted text, as
///    `print_now` tells: somebody corrected the range by hand.
pub(super) fn claim<'l>(
    standing: &[Standing],
    lock: &'l Lock,
    outlines: &[Arc<Outline>],
    print_now: impl Fn(&Standing) -> Option<Print>,
) -> (Vec<Option<&'l Accepted>>, Vec<Key>) {
    let mut left = Left::new(standing, lock, outlines);
    let mut claims = Vec::with_capacity(standing.len());
    for Standing { key, .. } in standing {
        claims.push(lock.citations.get(key).or_else(|| lock.citations.get(left.take(key)?)));
    }
    let mut corrected: BTreeMap<(&RelPath, &str), Vec<&'l Key>> = BTreeMap::new();
    for key in left.rest() {
        corrected.entry((&key.file, &key.target)).or_default().push(key);
    }
    for (one, claim) in standing.iter().zip(&mut claims).filter(|(_, claim)| claim.is_none()) {
        let Some(keys) = corrected.get_mut(&(&one.key.file, one.key.target.as_str())) else {
            continue;
        };
        let Some(print) = print_now(one) else { continue };
        let holds = |key: &&Key| lock.citations.get(*key).is_some_and(|a| a.print == print);
        if let Some(at) = keys.iter().position(holds) {
            *claim = lock.citations.get(keys.remove(at));
        }
    }
    let mut unused: Vec<Key> = corrected.into_values().flatten().cloned().collect();
    unused.sort();
    (claims, unused)
}

/// The words of a citation: name and lines.
type Words = (String, (u32, u32));

fn words(key: &Key) -> Words {
    (key.target.clone(), key.lines)
}

/// The entries whose key no citation has.
struct Left<'l> {
    same_file: BTreeMap<(RelPath, Words), VecDeque<&'l Key>>,
    renamed: BTreeMap<Words, VecDeque<&'l Key>>,
}

impl<'l> Left<'l> {
    fn new(standing: &[Standing], lock: &'l Lock, outlines: &[Arc<Outline>]) -> Self {
        let keys: BTreeSet<&Key> = standing.iter().map(|one| &one.key).collect();
        let exists = |path: &RelPath| outlines.binary_search_by(|o| o.path.cmp(path)).is_ok();
        let mut left = Self { same_file: BTreeMap::new(), renamed: BTreeMap::new() };
        for key in lock.citations.keys().filter(|key| !keys.contains(key)) {
            if exists(&key.file) {
                let own = (key.file.clone(), words(key));
                left.same_file.entry(own).or_default().push_back(key);
            } else {
                left.renamed.entry(words(key)).or_default().push_back(key);
            }
        }
        left
    }

    fn take(&mut self, key: &Key) -> Option<&'l Key> {
        if self.same_file.is_empty() && self.renamed.is_empty() {
            return None;
        }
        let words = words(key);
        let own = (key.file.clone(), words);
        let same = self.same_file.get_mut(&own).and_then(VecDeque::pop_front);
        same.or_else(|| self.renamed.get_mut(&own.1)?.pop_front())
    }

    fn rest(self) -> impl Iterator<Item = &'l Key> {
        self.same_file.into_values().chain(self.renamed.into_values()).flatten()
    }
}
