//! Data for the browser as scripts: pages that are opened from a folder may load nothing else.

/// The number of the file, of `count` files, that holds what is known of an address: FNV-1a of 32
/// bits, which `lacuna.js` has too. `count` is a power of two.
pub fn shelf(address: &str, count: usize) -> usize {
    hash(address) as usize & (count - 1)
}

fn hash(address: &str) -> u32 {
    address
        .bytes()
        .fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// A script that calls `function` with `arguments`, which are JSON between commas.
pub fn call(function: &str, arguments: &str) -> String {
    // Ends of lines in JSON and, until 2019, in a script.
    let arguments = arguments.replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
    format!("{function}({arguments})\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_hash_as_the_script_does() {
        assert_eq!(hash(""), 0x811c_9dc5);
        assert_eq!(hash("a"), 0xe40c_292c);
        assert_eq!((shelf("a", 1), shelf("a", 16)), (0, 12));
    }
}
