//! Addresses in raw HTML: `<a href="…">` and `<img src="…">`.

use std::ops::Range;

/// An address in a tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// Its bytes in the given text, without quotes.
    pub range: Range<usize>,
    /// What it is for.
    pub role: Role,
}

/// What an address is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// It leads somewhere.
    Link,
    /// It is shown.
    Image,
}

/// The quoted and bare addresses in a piece of HTML.
pub(super) fn addresses(html: &str) -> Vec<Address> {
    let lower = html.to_ascii_lowercase();
    let mut found = Vec::new();
    for (name, role) in [("href", Role::Link), ("src", Role::Image)] {
        for (at, _) in lower.match_indices(name) {
            let before = lower[..at].bytes().next_back();
            let rest = lower[at + name.len()..].trim_start();
            let Some(value) = rest.strip_prefix('=') else { continue };
            if !before.is_some_and(|b| b.is_ascii_whitespace() || b == b'"' || b == b'\'') {
                continue;
            }
            let value = value.trim_start();
            let start = lower.len() - value.len();
            let (start, end) = match value.bytes().next() {
                Some(quote @ (b'"' | b'\'')) => {
                    let inside = &lower[start + 1..];
                    let length = inside.find(char::from(quote)).unwrap_or(inside.len());
                    (start + 1, start + 1 + length)
                }
                _ => {
                    let ends = |c: char| c.is_ascii_whitespace() || c == '>';
                    (start, start + value.find(ends).unwrap_or(value.len()))
                }
            };
            if end > start {
                found.push(Address { range: start..end, role });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_and_bare_addresses_are_found() {
        let html = "<a title=\"x\" href='a b.md'><img src=i.png data-src=no>";
        let found: Vec<_> = addresses(html).into_iter().map(|a| (&html[a.range], a.role)).collect();
        assert_eq!(found, [("a b.md", Role::Link), ("i.png", Role::Image)]);
    }
}
