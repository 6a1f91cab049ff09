//! Files written so that the parser can read them.
//!
//! The parser knows no editions, and reads their files as `proto3`. What they write otherwise is
//! blanked or renamed, byte for byte, so that every place stays: the words `export`, `local` and
//! `option` behind `import` (edition 2024), reserved names without quotes, and `default`, which
//! `proto3` forbids (edition 2023). The rest of an edition is `features.*`, options like any other.
//!
//! In every syntax the options of extension ranges are blanked: the parser does not read those of a
//! single number.

use super::header::without_comments;

/// What `default` is called for the parser; no option has this name.
pub(super) const HIDDEN_DEFAULT: &str = "DEFAULT";

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Syntax {
    /// `proto2` or `proto3`.
    Numbered,
    /// An edition.
    Edition,
}

/// A file that the parser can read.
pub(super) struct Plain {
    /// The text, as long as the file.
    pub text: String,
    /// Reserved names that were taken out, with the place of their statement, in order.
    pub reserved: Vec<(usize, Vec<String>)>,
}

/// Rewrites a file.
pub(super) fn plain(text: &str, syntax: Syntax) -> Plain {
    if syntax == Syntax::Numbered && !text.contains("extensions") {
        return Plain { text: text.to_owned(), reserved: Vec::new() };
    }
    let bare = without_comments(text);
    let tokens: Vec<Token<'_>> = tokens(&bare);
    let mut edits: Vec<(usize, usize, &str)> = Vec::new();
    let mut reserved = Vec::new();
    let mut begins = true;
    for (n, token) in tokens.iter().enumerate() {
        let next = |by: usize| tokens.get(n + by).map_or("", |token| token.text);
        let end = token.at + token.text.len();
        match token.text {
            "extensions" if begins => {
                edits.extend(range_options(&tokens[n + 1..]).map(|(from, to)| (from, to, "")));
            }
            _ if syntax == Syntax::Numbered => {}
            "export" | "local" if begins && matches!(next(1), "message" | "enum") => {
                edits.push((token.at, end, ""));
            }
            "import" if begins && next(1) == "option" => {
                let word = &tokens[n + 1];
                edits.push((word.at, word.at + word.text.len(), ""));
            }
            "reserved" if begins => {
                if let Some((names, end)) = reserved_names(&tokens[n + 1..]) {
                    edits.push((token.at, end, ""));
                    reserved.push((token.at, names));
                }
            }
            "default" if next(1) == "=" && n > 0 && matches!(tokens[n - 1].text, "[" | ",") => {
                edits.push((token.at, end, HIDDEN_DEFAULT));
            }
            _ => {}
        }
        // A modifier stands at the beginning of the statement it modifies.
        begins = matches!(token.text, ";" | "{" | "}");
    }
    Plain { text: edited(text, &edits), reserved }
}

struct Token<'t> {
    at: usize,
    text: &'t str,
}

/// Words, string literals and single signs.
fn tokens(bare: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = bare;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' | '\'' => super::header::string_length(rest, first),
            c if is_word(c) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            c => c.len_utf8(),
        };
        let (text, after) = rest.split_at(length);
        if !first.is_whitespace() {
            tokens.push(Token { at: bare.len() - rest.len(), text });
        }
        rest = after;
    }
    tokens
}

fn is_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

/// The names of a `reserved` statement, which begins with `tokens`, and where it ends; none when it
/// reserves numbers or quoted names, or is a field of a type with this name.
fn reserved_names(tokens: &[Token<'_>]) -> Option<(Vec<String>, usize)> {
    let mut names = Vec::new();
    for pair in tokens.chunks(2) {
        let [name, sign] = pair else { return None };
        if !name.text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
            return None;
        }
        names.push(name.text.to_owned());
        match sign.text {
            "," => {}
            ";" => return Some((names, sign.at + 1)),
            _ => return None,
        }
    }
    None
}

/// The options of an `extensions` statement, which goes on with `tokens`, brackets with them.
fn range_options(tokens: &[Token<'_>]) -> Option<(usize, usize)> {
    let open = tokens.iter().position(|token| matches!(token.text, "[" | ";" | "{" | "}"))?;
    if tokens[open].text != "[" {
        return None;
    }
    let mut depth = 0_usize;
    for token in &tokens[open..] {
        match token.text {
            "[" | "{" => depth += 1,
            "]" | "}" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((tokens[open].at, token.at + 1));
        }
    }
    None
}

/// The text with each range replaced by a word and spaces; line ends stay.
fn edited(text: &str, edits: &[(usize, usize, &str)]) -> String {
    let mut result = String::with_capacity(text.len());
    let mut done = 0;
    for (start, end, word) in edits {
        if *start < done {
            continue;
        }
        result.push_str(&text[done..*start]);
        result.push_str(word);
        let blank = text[start + word.len()..*end].bytes();
        result.extend(blank.map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
        done = *end;
    }
    result.push_str(&text[done..]);
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_proto3_cannot_read_is_changed() {
        let text = "import option 'a.proto'; /* reserved x; */\nexport message M {\n  reserved é;\n  \
                    reserved a,\n b;\n  reserved 1, \"x\";\n  int32 default = 1 [default = 5, deprecated = true];\n  \
                    local enum E { reserved Z; }\n  string s = 2 [(o) = 'default = 1', default = 'reserved x;'];\n}\n";
        let plain = plain(text, Syntax::Edition);
        assert_eq!(
            plain.text,
            "import        'a.proto'; /* reserved x; */\n       message M {\n  reserved é;\n             \n   \n  \
             reserved 1, \"x\";\n  int32 default = 1 [DEFAULT = 5, deprecated = true];\n        enum E {             }\n  \
             string s = 2 [(o) = 'default = 1', DEFAULT = 'reserved x;'];\n}\n"
        );
        let names: Vec<_> = plain.reserved.iter().map(|(_, names)| names.join(" ")).collect();
        assert_eq!(names, ["a b", "Z"]);
    }

    #[test]
    fn options_of_extension_ranges_are_left_out() {
        let text = "message M { extensions 5 [(a) = { x: [1] }]; extensions 7 to 9; reserved a; }";
        let options = "[(a) = { x: [1] }]";
        let wanted = text.replace(options, &" ".repeat(options.len()));
        assert_eq!(plain(text, Syntax::Numbered).text, wanted);
    }

    #[test]
    fn places_stay() {
        let text = "edition = \"2023\"; message Ü { reserved a, b; int32 x = 1 [default = 1]; }";
        assert_eq!(plain(text, Syntax::Edition).text.len(), text.len());
    }
}
