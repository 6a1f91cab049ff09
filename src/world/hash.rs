//! The hash of contents: 32 bytes of BLAKE3, written as 64 hexadecimal digits.

use std::fmt;
use std::io::{self, Read};

use serde::{Deserialize, Serialize};

/// The BLAKE3 hash of some bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Hash([u8; 32]);

impl Hash {
    /// The hash of `bytes`.
    pub fn of(bytes: &[u8]) -> Hash {
        Hash(*blake3::hash(bytes).as_bytes())
    }

    /// The hash of a value: of all that its derived `std::hash::Hash` looks at. It is the same for
    /// equal values of one build of the program, and is kept no longer than that.
    pub fn of_value(value: &(impl std::hash::Hash + ?Sized)) -> Hash {
        let mut state = Feed { hasher: blake3::Hasher::new(), waiting: [0; FEED], filled: 0 };
        value.hash(&mut state);
        state.pass_on();
        Hash(*state.hasher.finalize().as_bytes())
    }

    /// The hash of hashes, in their order.
    pub fn of_all(hashes: impl IntoIterator<Item = Hash>) -> Hash {
        let mut bytes = Vec::new();
        hashes.into_iter().for_each(|hash| bytes.extend_from_slice(&hash.0));
        Hash::of(&bytes)
    }

    /// The hash and the number of the bytes that `reader` gives until its end.
    ///
    /// # Errors
    /// Whatever error the reader reports.
    pub fn of_reader(reader: impl Read) -> io::Result<(Hash, u64)> {
        let mut hasher = blake3::Hasher::new();
        hasher.update_reader(reader)?;
        Ok((Hash(*hasher.finalize().as_bytes()), hasher.count()))
    }

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// Bytes gathered before they are hashed: derived implementations write a few at a time.
const FEED: usize = 256;

/// Hands what a derived `std::hash::Hash` writes to BLAKE3.
struct Feed {
    hasher: blake3::Hasher,
    waiting: [u8; FEED],
    filled: usize,
}

impl Feed {
    fn pass_on(&mut self) {
        self.hasher.update(&self.waiting[..self.filled]);
        self.filled = 0;
    }
}

impl std::hash::Hasher for Feed {
    fn write(&mut self, bytes: &[u8]) {
        if self.filled + bytes.len() > FEED {
            self.pass_on();
        }
        if bytes.len() > FEED {
            self.hasher.update(bytes);
        } else {
            self.waiting[self.filled..self.filled + bytes.len()].copy_from_slice(bytes);
            self.filled += bytes.len();
        }
    }

    /// Nothing asks for the short form.
    fn finish(&self) -> u64 {
        let mut hasher = self.hasher.clone();
        hasher.update(&self.waiting[..self.filled]);
        let bytes = *hasher.finalize().as_bytes();
        u64::from_le_bytes([
            bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7],
        ])
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&blake3::Hash::from_bytes(self.0).to_hex())
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl From<Hash> for String {
    fn from(hash: Hash) -> String {
        hash.to_string()
    }
}

impl TryFrom<String> for Hash {
    type Error = blake3::HexError;

    fn try_from(hex: String) -> Result<Hash, Self::Error> {
        blake3::Hash::from_hex(hex).map(|hash| Hash(*hash.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_however_the_bytes_come() {
        let whole = Hash::of(b"lacuna");
        assert_eq!(Hash::of_reader(&b"lacuna"[..]).expect("memory reads"), (whole, 6));
        assert_eq!(Hash::try_from(whole.to_string()).expect("its own digits"), whole);
        assert_ne!(whole, Hash::of(b"lacunae"));
    }
}
