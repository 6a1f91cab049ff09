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
