//! One line for a terminal: controls spelled out, colours kept or taken off, cut to a width.

use unicode_width::UnicodeWidthChar as _;

use crate::diag::human::{Color, visible};

/// The line, at most `width` columns wide; what is cut away is marked by `…`.
///
/// Of escape codes only those that colour are understood: kept or dropped as `color` says, with
/// the colour ended where it was left on. All others are spelled out.
pub(super) fn fitted(text: &str, width: usize, color: Color) -> String {
    let mut out = String::new();
    let mut used = 0;
    // Where the line is cut if it proves too long: the last place that leaves room for the mark.
    let mut cut = 0;
    let mut is_styled = false;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some(length) = style_code(rest) {
            if color == Color::Always {
                is_styled = true;
                out.push_str(&rest[..length]);
            }
            rest = &rest[length..];
            continue;
        }
        rest = &rest[c.len_utf8()..];
        let shown = visible(c.encode_utf8(&mut [0; 4]));
        for c in shown.chars() {
            if used < width {
                cut = out.len();
            }
            used += c.width().unwrap_or(0);
            if used > width {
                // A wide character may begin in the last column but one.
                let room = out[..cut].len();
                out.truncate(room);
                out.push_str(if width > 0 { "…" } else { "" });
                out.push_str(if is_styled { RESET } else { "" });
                return out;
            }
            out.push(c);
        }
    }
    if is_styled && !out.ends_with(RESET) {
        out.push_str(RESET);
    }
    out
}

const RESET: &str = "\x1b[0m";

/// The columns that a line takes, codes that colour aside.
pub(super) fn width(text: &str) -> usize {
    let mut rest = text;
    let mut width = 0;
    while let Some(c) = rest.chars().next() {
        let length = style_code(rest);
        width += if length.is_some() { 0 } else { c.width().unwrap_or(0) };
        rest = &rest[length.unwrap_or(c.len_utf8())..];
    }
    width
}

/// The length of the code at the beginning of `text` that sets a colour or a weight (SGR of
/// ECMA-48).
fn style_code(text: &str) -> Option<usize> {
    let parameters = text.strip_prefix("\x1b[")?;
    let end = parameters.find(|c: char| !c.is_ascii_digit() && c != ';')?;
    parameters[end..].starts_with('m').then_some("\x1b[".len() + end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_by_columns_and_marks_the_cut() {
        for (text, columns, wanted) in [
            ("docs/a.md", 9, "docs/a.md"),
            ("docs/a.md", 8, "docs/a.…"),
            ("日本語", 6, "日本語"),
            ("日本語", 5, "日本…"),
            ("日本語", 4, "日…"),
            ("e\u{301}e\u{301}", 2, "e\u{301}e\u{301}"),
            ("ab", 1, "…"),
            ("ab", 0, ""),
        ] {
            let line = fitted(text, columns, Color::Never);
            assert_eq!(line, wanted, "{text} in {columns}");
            assert!(width(&line) <= columns, "{line}");
        }
    }

    #[test]
    fn colours_take_no_room_and_end_with_the_line() {
        let red = "\x1b[1;31merror\x1b[0m: bad";
        assert_eq!(fitted(red, 10, Color::Always), format!("{red}{RESET}"));
        assert_eq!(fitted(red, 4, Color::Always), "\x1b[1;31merr…\x1b[0m");
        assert_eq!(fitted(red, 10, Color::Never), "error: bad");
        assert_eq!(width(red), 10);
    }

    #[test]
    fn codes_that_steer_are_spelled_out() {
        for color in [Color::Always, Color::Never] {
            let line = fitted("a\x1b[2Jb\x1b]0;x\x07\rc\u{202e}\x1b[31", 80, color);
            assert_eq!(line, "a␛[2Jb␛]0;x␇␍c<U+202E>␛[31");
        }
    }
}
