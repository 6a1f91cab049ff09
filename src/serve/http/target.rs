//! The path of a request, decoded once, or the reason why there is none.

use hyper::Uri;

/// Why a request target names nothing here. In the voice of a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BadTarget {
    /// `http://host/path`, `host:port` or `*`.
    NotAPath,
    /// `%` without two hexadecimal digits.
    BrokenEscape,
    /// Bytes that are no UTF-8.
    NotUtf8,
    /// A control character or a backslash.
    BadCharacter,
    /// A segment `.` or `..`.
    DotSegment,
}

impl BadTarget {
    pub(super) fn message(self) -> &'static str {
        match self {
            Self::NotAPath => "The request must name a path that begins with `/`.",
            Self::BrokenEscape => "A `%` in the path must be followed by two hexadecimal digits.",
            Self::NotUtf8 => "The path must be UTF-8.",
            Self::BadCharacter => "The path must have no control character and no backslash.",
            Self::DotSegment => "The path must have no segment `.` or `..`.",
        }
    }
}

/// The decoded path of `uri`, without query.
///
/// It is decoded exactly once: what still looks like an escape afterwards is a part of a name.
pub(super) fn path(uri: &Uri) -> Result<String, BadTarget> {
    if uri.scheme().is_some() || uri.authority().is_some() || !uri.path().starts_with('/') {
        return Err(BadTarget::NotAPath);
    }
    let path = decode(uri.path())?;
    if path.chars().any(|c| c.is_control() || c == '\\') {
        return Err(BadTarget::BadCharacter);
    }
    if path.split('/').any(|segment| segment == "." || segment == "..") {
        return Err(BadTarget::DotSegment);
    }
    Ok(path)
}

fn decode(text: &str) -> Result<String, BadTarget> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = rest.next().and_then(hex_digit).ok_or(BadTarget::BrokenEscape)?;
            let low = rest.next().and_then(hex_digit).ok_or(BadTarget::BrokenEscape)?;
            bytes.push(high << 4 | low);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).map_err(|_| BadTarget::NotUtf8)
}

fn hex_digit(byte: u8) -> Option<u8> {
    let digit = char::from(byte).to_digit(16)?;
    u8::try_from(digit).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(target: &str) -> Result<String, BadTarget> {
        path(&target.parse().unwrap())
    }

    #[test]
    fn a_path_is_decoded_exactly_once() {
        assert_eq!(of("/a%20b.html?x=%ff").as_deref(), Ok("/a b.html"));
        assert_eq!(of("/%C3%bcber").as_deref(), Ok("/über"));
        assert_eq!(of("/%252e%252e/x").as_deref(), Ok("/%2e%2e/x"));
        assert_eq!(of("/...").as_deref(), Ok("/..."));
        assert_eq!(of("/?/../x").as_deref(), Ok("/"));
    }

    #[test]
    fn what_names_no_page_is_refused() {
        for (target, why) in [
            ("http://localhost/", BadTarget::NotAPath),
            ("localhost:80", BadTarget::NotAPath),
            ("*", BadTarget::NotAPath),
            ("/%", BadTarget::BrokenEscape),
            ("/%2", BadTarget::BrokenEscape),
            ("/%+1", BadTarget::BrokenEscape),
            ("/%u002e", BadTarget::BrokenEscape),
            ("/%c0%ae", BadTarget::NotUtf8),
            ("/%ff", BadTarget::NotUtf8),
            ("/a%00b", BadTarget::BadCharacter),
            ("/a%0d%0aSet-Cookie:x", BadTarget::BadCharacter),
            ("/a%5cb", BadTarget::BadCharacter),
            ("/a\\b", BadTarget::BadCharacter),
            ("/..", BadTarget::DotSegment),
            ("/a/./b", BadTarget::DotSegment),
            ("/a%2f..%2fb", BadTarget::DotSegment),
            ("/%2E%2e/", BadTarget::DotSegment),
        ] {
            assert_eq!(of(target), Err(why), "{target}");
        }
    }
}
