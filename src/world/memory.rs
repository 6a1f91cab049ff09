//! A world in memory, the twin of the disk for tests.

use std::collections::BTreeMap;

use super::{Entry, Listing, RelPath, World, WorldError};

/// Files held in memory.
#[derive(Clone, Debug, Default)]
pub struct Memory(BTreeMap<RelPath, Vec<u8>>);

impl Memory {
    /// A world of these files.
    ///
    /// # Panics
    /// When a path is not below the root: the paths are written by the author of a test.
    pub fn new<P: AsRef<str>, B: Into<Vec<u8>>>(files: impl IntoIterator<Item = (P, B)>) -> Memory {
        let mut memory = Memory::default();
        for (path, bytes) in files {
            let path = RelPath::new(path.as_ref()).expect("a world in memory has good paths");
            memory.insert(path, bytes);
        }
        memory
    }

    /// Adds a file or replaces its bytes.
    pub fn insert(&mut self, path: RelPath, bytes: impl Into<Vec<u8>>) {
        self.0.insert(path, bytes.into());
    }

    /// Takes a file away; does nothing when there is none.
    pub fn remove(&mut self, path: &RelPath) {
        self.0.remove(path);
    }
}

impl World for Memory {
    fn list(&self) -> Listing {
        let entries = self
            .0
            .iter()
            .map(|(path, bytes)| Entry { path: path.clone(), size: bytes.len() as u64 })
            .collect();
        Listing { entries, problems: Vec::new() }
    }

    fn read_within(&self, path: &RelPath, limit: u64) -> Result<Vec<u8>, WorldError> {
        match self.0.get(path) {
            None => Err(WorldError::missing(path)),
            Some(bytes) if bytes.len() as u64 > limit => Err(WorldError::too_large(path, limit)),
            Some(bytes) => Ok(bytes.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_limit() {
        let memory = Memory::new([("a.md", "12345")]);
        let path = RelPath::new("a.md").expect("a good path");
        assert_eq!(memory.read_within(&path, 5).expect("within"), b"12345");
        assert!(memory.read_within(&path, 4).is_err());
    }
}
