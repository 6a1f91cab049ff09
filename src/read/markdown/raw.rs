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

/// The ids of a piece of HTML: `id` of any element, `name` of `<a>`. Ids that pages give
/// themselves are left out.
pub(super) fn ids(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    for tag in html.split('<').skip(1).filter(|tag| !tag.starts_with(['/', '!', '?'])) {
        let tag = tag.split('>').next().unwrap_or_default();
        let is_link = tag.starts_with(['a', 'A']) && tag[1..].starts_with(char::is_whitespace);
        let names: &[&str] = if is_link { &[" id=", " name="] } else { &[" id="] };
        found.extend(names.iter().find_map(|name| {
            let value = tag.split_once(name)?.1;
            let value = match value.chars().next()? {
                quote @ ('"' | '\'') => value[1..].split(quote).next()?,
                _ => value.split_whitespace().next()?.trim_end_matches('/'),
            };
            let plain = |c: char| c.is_alphanumeric() || "-_.:".contains(c);
            let fits = !value.is_empty() && value.len() <= 200 && value.chars().all(plain);
            let ours = ["lc-", "fn-", "fnref-"].iter().any(|own| value.starts_with(own));
            (fits && !ours).then(|| value.to_owned())
        }));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_found_where_html_has_them() {
        let html = "<a name=\"one\"></a><A id='two'><p class=\"x\" id=three><abbr name=\"no\"><b id=\"lc-x\">";
        assert_eq!(ids(html), ["one", "two", "three"]);
    }

    #[test]
    fn quoted_and_bare_addresses_are_found() {
        let html = "<a title=\"x\" href='a b.md'><img src=i.png data-src=no>";
        let found: Vec<_> = addresses(html).into_iter().map(|a| (&html[a.range], a.role)).collect();
        assert_eq!(found, [("a b.md", Role::Link), ("i.png", Role::Image)]);
    }
}
