//! What a pure and dear function gave for the same text before: drawings and highlighted code.

use std::{
    collections::HashMap,
    mem,
    sync::{Mutex, PoisonError},
};

/// Values by the hash of what they were made from. Of the oldest ones at most as many are kept as
/// of the newest, so that memory stays bounded in a long session.
#[derive(Debug)]
pub struct Kept<V> {
    most: usize,
    values: Mutex<Values<V>>,
}

#[derive(Debug)]
struct Values<V> {
    young: HashMap<blake3::Hash, V>,
    old: HashMap<blake3::Hash, V>,
}

impl<V: Clone> Kept<V> {
    /// Room for twice `most` values.
    pub fn new(most: usize) -> Self {
        let values = Values { young: HashMap::new(), old: HashMap::new() };
        Self { most, values: Mutex::new(values) }
    }

    /// The value for a text: kept, or made now by a function of this text alone.
    pub fn get(&self, text: blake3::Hash, make: impl FnOnce() -> V) -> V {
        let values = || self.values.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = {
            let values = values();
            values.young.get(&text).or_else(|| values.old.get(&text)).cloned()
        };
        let value = kept.unwrap_or_else(make);
        let mut values = values();
        values.young.insert(text, value.clone());
        if values.young.len() >= self.most {
            values.old = mem::take(&mut values.young);
        }
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_latest() {
        let kept = Kept::new(2);
        let get = |text: &str, value: u8| kept.get(blake3::hash(text.as_bytes()), || value);
        assert_eq!((get("a", 1), get("a", 9), get("b", 2)), (1, 1, 2));
        assert_eq!((get("c", 3), get("d", 4), get("e", 5)), (3, 4, 5));
        assert_eq!(get("d", 9), 4, "still kept");
        assert_eq!(get("a", 9), 9, "forgotten");
    }
}
