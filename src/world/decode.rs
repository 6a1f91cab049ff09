//! From bytes to text: the byte-order mark is dropped, bad UTF-8 is replaced and remembered.

use std::sync::Arc;

use crate::path::RelPath;

/// The extensions whose files are read as text when a snapshot is taken.
const TEXT: &[&str] = &[
    "md", "markdown", "mdown", "mkd", "mdx", "txt", "text", "mmd", "mermaid", "proto", "toml",
    "yaml", "yml", "json", "jsonl", "csv", "tsv",
];

/// How the bytes of a file became text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Decoding {
    /// The bytes were UTF-8 and are unchanged.
    Utf8,
    /// The bytes were UTF-8 after a byte-order mark of three bytes, which was dropped.
    Bom,
    /// Some bytes were not UTF-8; each bad sequence became U+FFFD.
    Lossy {
        /// The offset in the file, in bytes, of the first bad byte.
        first_bad: usize,
    },
}

/// Files at the root that are read as text whatever their extension.
const TEXT_NAMES: &[&str] = &["lacuna.lock"];

/// Whether the file is read as text when a snapshot is taken, by its extension.
pub fn is_text(path: &RelPath) -> bool {
    path.has_extension(TEXT) || TEXT_NAMES.contains(&path.as_str())
}

/// Decodes the bytes of a text file; `None` when a NUL says that they are no text.
pub fn decode(bytes: &[u8]) -> Option<(Arc<str>, Decoding)> {
    const BOM: &[u8] = b"\xef\xbb\xbf";
    if bytes.contains(&0) {
        return None;
    }
    let (rest, dropped) = match bytes.strip_prefix(BOM) {
        Some(rest) => (rest, BOM.len()),
        None => (bytes, 0),
    };
    Some(match std::str::from_utf8(rest) {
        Ok(text) if dropped == 0 => (text.into(), Decoding::Utf8),
        Ok(text) => (text.into(), Decoding::Bom),
        Err(error) => {
            let first_bad = dropped + error.valid_up_to();
            (String::from_utf8_lossy(rest).into(), Decoding::Lossy { first_bad })
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_what_was_changed() {
        let check = |bytes: &[u8], text: &str, decoding| {
            assert_eq!(decode(bytes), Some((text.into(), decoding)));
        };
        check(b"caf\xc3\xa9", "café", Decoding::Utf8);
        check(b"\xef\xbb\xbf# a", "# a", Decoding::Bom);
        check(b"ab\xffc", "ab\u{fffd}c", Decoding::Lossy { first_bad: 2 });
        check(b"\xef\xbb\xbfa\xff", "a\u{fffd}", Decoding::Lossy { first_bad: 4 });
        assert_eq!(decode(b"a\0b"), None);
    }
}
