//! The numbers of documents: made from their addresses, so that they stay when others come and go.

use std::collections::BTreeMap;

/// The numbers of all documents.
pub struct Numbers {
    /// How many binary digits a number has.
    pub bits: u32,
    /// Beside the addresses; none for an address that stood there before.
    pub all: Vec<Option<u32>>,
}

impl Numbers {
    /// Gives each address the first digits of its hash. There are at least 64 numbers for a document, so
    /// that few meet; the address that is later in the alphabet then takes the next free number.
    pub fn assign<'a>(addresses: impl Iterator<Item = &'a str>) -> Self {
        let addresses: Vec<&str> = addresses.collect();
        let bits = (addresses.len() * 64).next_power_of_two().trailing_zeros().clamp(16, 31);
        let mut sorted: Vec<(u32, &str, usize)> = addresses
            .iter()
            .enumerate()
            .map(|(n, address)| (hash(address) >> (32 - bits), *address, n))
            .collect();
        sorted.sort_unstable();
        let mut all = vec![None; addresses.len()];
        let mut taken = BTreeMap::new();
        let mut last = "";
        for (mut number, address, n) in sorted {
            if address == last && !taken.is_empty() {
                continue;
            }
            last = address;
            while taken.insert(number, ()).is_some() {
                number = (number + 1) & ((1 << bits) - 1);
            }
            all[n] = Some(number);
        }
        Self { bits, all }
    }
}

fn hash(address: &str) -> u32 {
    let hash = blake3::hash(address.as_bytes());
    let [a, b, c, d, ..] = *hash.as_bytes();
    u32::from_be_bytes([a, b, c, d])
}

/// Scatters the parts of texts over their files. The script has the same; the constants are those of
/// MurmurHash3's last step.
pub fn shelf(document: u32, part: u32) -> u32 {
    let mut mixed = document ^ part.wrapping_add(1).wrapping_mul(0x9E37_79B1);
    mixed = mixed.wrapping_mul(0x85EB_CA6B);
    mixed ^= mixed >> 13;
    mixed = mixed.wrapping_mul(0xC2B2_AE35);
    mixed ^ mixed >> 16
}
