//! The texts of Rust sources: what the tests of the project try, as seeds.

/// Every string in a source, as the program sees it; one with an escape that is not known is left out.
pub fn of(source: &str) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    let mut rest = source;
    while let Some(at) = rest.find(['"', '\'', '/']) {
        let before = rest[..at].bytes().next_back();
        let (sign, after) = rest[at..].split_at(1);
        rest = match sign {
            "/" if after.starts_with('/') => after.split_once('\n').map_or("", |(_, rest)| rest),
            "/" => after,
            "'" => behind_char(after),
            _ => {
                let hashes = rest[..at].bytes().rev().take_while(|byte| *byte == b'#').count();
                let is_raw =
                    rest[..at - hashes].ends_with('r') && (hashes > 0 || before == Some(b'r'));
                if is_raw {
                    let end = format!("\"{}", "#".repeat(hashes));
                    let Some((text, rest)) = after.split_once(end.as_str()) else { return found };
                    found.push(text.as_bytes().to_vec());
                    rest
                } else {
                    let Some(end) = end_of(after) else { return found };
                    found.extend(read(&after[..end]));
                    &after[end + 1..]
                }
            }
        };
    }
    found
}

/// What follows a character, or a lifetime: `'a'`, `'\''`, `'a`.
fn behind_char(after: &str) -> &str {
    let mut chars = after.chars();
    match chars.next() {
        Some('\\') => after[2..].split_once('\'').map_or("", |(_, rest)| rest),
        Some(_) if chars.as_str().starts_with('\'') => &chars.as_str()[1..],
        _ => after,
    }
}

/// Where a string ends.
fn end_of(text: &str) -> Option<usize> {
    let mut bytes = text.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'"' => return Some(at),
            b'\\' => _ = bytes.next(),
            _ => {}
        }
    }
    None
}

/// A string with its escapes undone.
fn read(text: &str) -> Option<Vec<u8>> {
    let mut read = Vec::new();
    let mut rest = text;
    while let Some((plain, escape)) = rest.split_once('\\') {
        read.extend_from_slice(plain.as_bytes());
        let kind = escape.chars().next()?;
        rest = &escape[kind.len_utf8()..];
        match kind {
            'n' => read.push(b'\n'),
            'r' => read.push(b'\r'),
            't' => read.push(b'\t'),
            '0' => read.push(0),
            '\\' | '"' | '\'' => read.push(kind as u8),
            // A string that goes on in the next line.
            '\n' => rest = rest.trim_start(),
            'x' => {
                read.push(u8::from_str_radix(rest.get(..2)?, 16).ok()?);
                rest = &rest[2..];
            }
            'u' => {
                let (digits, after) = rest.strip_prefix('{')?.split_once('}')?;
                let c = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
                read.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
                rest = after;
            }
            _ => return None,
        }
    }
    read.extend_from_slice(rest.as_bytes());
    Some(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_told_from_what_looks_like_them() {
        let source = "// no \"comment\"\nlet a: &'static str = \"a\\n\\\"b\\u{e9}\\x01\"; let c = '\"';\n\
                      let d = r#\"raw \"text\"\"#; let e = '\\''; f(b\"bytes\", r\"\\d\", \"x \\\n   y\");";
        let found: Vec<String> = of(source)
            .into_iter()
            .map(|text| String::from_utf8_lossy(&text).into_owned())
            .collect();
        assert_eq!(found, ["a\n\"bé\u{1}", "raw \"text\"", "bytes", "\\d", "x y"]);
    }
}
