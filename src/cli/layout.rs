//! Text in columns of a terminal, and cells of a Markdown table.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::diag::human::visible;

/// The columns of a report. Also where the terminal is wider: lines stay easy to read and to quote.
pub const WIDTH: usize = 80;

/// The text on one line, cut to `width` columns and marked with `…` where it was cut.
pub fn fit(text: &str, width: usize) -> String {
    let text = visible(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    if text.width() <= width {
        return text;
    }
    let mut out = String::new();
    let mut used = 0;
    for letter in text.chars() {
        used += letter.width().unwrap_or(0);
        if used + 1 > width {
            break;
        }
        out.push(letter);
    }
    format!("{}…", out.trim_end())
}

/// As [`fit`], filled with spaces on the right.
pub fn left(text: &str, width: usize) -> String {
    let text = fit(text, width);
    let room = width.saturating_sub(text.width());
    text + &" ".repeat(room)
}

/// As [`fit`], filled with spaces on the left.
pub fn right(text: &str, width: usize) -> String {
    let text = fit(text, width);
    " ".repeat(width.saturating_sub(text.width())) + &text
}

/// The text over as many lines as it needs, none wider than `width` unless one word is.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let text = visible(text);
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.width() + 1 + word.width() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Text of others in a cell of a Markdown table: shown as it is, notifying nobody.
pub fn cell(text: &str) -> String {
    let text = visible(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(letter) = rest.next() {
        match letter {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // An empty comment keeps a name from being mentioned and a number from being linked.
            '@' | '#' if rest.peek().is_some_and(|next| next.is_alphanumeric()) => {
                out.extend([letter, '<', '!', '-', '-', '-', '-', '>'])
            }
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '!' => out.extend(['\\', letter]),
            letter => out.push(letter),
        }
    }
    out
}

/// A percentage, or a dash where there is nothing to count.
pub fn percent(percent: Option<u8>) -> String {
    percent.map_or_else(|| "–".to_owned(), |percent| format!("{percent} %"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_fits_its_columns() {
        assert_eq!(fit("a  b\n c", 10), "a b c");
        assert_eq!(fit("abcdef", 4), "abc…");
        assert_eq!(fit("漢字漢字", 5), "漢字…");
        assert_eq!((left("é", 3), right("é", 3)), ("é  ".into(), "  é".into()));
        assert_eq!(fit("\x1b[31m", 9), "␛[31m");
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
    }

    #[test]
    fn cells_are_only_text() {
        let hostile = "# a | b\n@team <img> `x` [y](z) #12 **b**";
        let expected =
            "# a \\| b @<!---->team &lt;img&gt; \\`x\\` \\[y\\](z) #<!---->12 \\*\\*b\\*\\*";
        assert_eq!(cell(hostile), expected);
    }
}
