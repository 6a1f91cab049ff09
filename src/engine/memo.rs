//! A memo by value: what a plain function gave for the same arguments before.
//!
//! Nothing is ever invalidated. A key is the hash of all arguments, so that equal arguments find
//! the value that is kept and others make a new one. What no round has asked for in a while, and
//! nothing else holds, is forgotten, so that memory follows the size of the project and not the
//! number of edits.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use crate::world::Hash;

/// So many rounds a value is kept that nobody asks for: an edit that is taken back finds it again.
const ROUNDS: u64 = 2;

/// Keys are spread over so many locks.
const SHARDS: usize = 16;

/// The values of one stage by the hash of all its arguments.
#[derive(Debug)]
pub struct Memo<V> {
    shards: [Mutex<HashMap<Hash, Slot<V>>>; SHARDS],
    round: AtomicU64,
    runs: AtomicU64,
}

#[derive(Debug)]
struct Slot<V> {
    value: Arc<V>,
    /// The last round that asked for it.
    asked: u64,
}

impl<V> Default for Memo<V> {
    fn default() -> Self {
        Self {
            shards: std::array::from_fn(|_| Mutex::new(HashMap::new())),
            round: AtomicU64::new(0),
            runs: AtomicU64::new(0),
        }
    }
}

impl<V> Memo<V> {
    /// The value for these arguments: kept, or made now. `make` must depend on nothing that is not
    /// in the key. Two threads that ask at once may both make it; the values are equal.
    pub fn get(&self, key: Hash, make: impl FnOnce() -> V) -> Arc<V> {
        let round = self.round.load(Ordering::Relaxed);
        if let Some(value) = self.kept(key) {
            return value;
        }
        self.runs.fetch_add(1, Ordering::Relaxed);
        let value = Arc::new(make());
        self.shard(key).insert(key, Slot { value: value.clone(), asked: round });
        value
    }

    /// The value for these arguments, if it is kept.
    pub fn kept(&self, key: Hash) -> Option<Arc<V>> {
        let round = self.round.load(Ordering::Relaxed);
        let mut shard = self.shard(key);
        let slot = shard.get_mut(&key)?;
        slot.asked = round;
        Some(slot.value.clone())
    }

    /// How often a value was made.
    pub fn runs(&self) -> u64 {
        self.runs.load(Ordering::Relaxed)
    }

    /// Ends a round, and forgets what was not asked for lately.
    pub fn end_round(&self) {
        let round = self.round.fetch_add(1, Ordering::Relaxed);
        for shard in &self.shards {
            let mut shard = shard.lock().unwrap_or_else(PoisonError::into_inner);
            // What something holds costs nothing to keep: a value of many asks for them by itself.
            shard.retain(|_, slot| {
                slot.asked + ROUNDS > round || Arc::strong_count(&slot.value) > 1
            });
        }
    }

    fn shard(&self, key: Hash) -> std::sync::MutexGuard<'_, HashMap<Hash, Slot<V>>> {
        let shard = &self.shards[usize::from(key.as_bytes()[0]) % SHARDS];
        // A value is put in whole, so that a panic elsewhere leaves nothing half done.
        shard.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_is_asked_for_and_forgets_the_rest() {
        let memo = Memo::default();
        let get = |n: u32| *memo.get(Hash::of_value(&n), || n * 2);
        assert_eq!((get(1), get(2), get(1)), (2, 4, 2));
        assert_eq!(memo.runs(), 2);
        for _ in 0..2 * ROUNDS {
            assert_eq!(get(1), 2);
            memo.end_round();
        }
        assert_eq!(memo.runs(), 2, "what is asked for stays");
        assert_eq!(get(2), 4);
        assert_eq!(memo.runs(), 3, "the other was forgotten and made again");
    }
}
