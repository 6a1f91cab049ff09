//! The items of lists: bullets, numbers and check boxes, with what stands under each.

use crate::read::lines::{Line, LineKind};

/// An item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item<'a> {
    /// Its first line.
    pub line: u32,
    /// Its last line, with everything nested in it.
    pub end: u32,
    /// The item it is nested in.
    pub parent: Option<usize>,
    /// The number before it.
    pub number: Option<&'a str>,
    /// The sign in its box, when it has one.
    pub check: Option<char>,
    /// Its text, to the end of its paragraph.
    pub text: String,
    /// The byte of its line at which the text begins.
    pub offset: usize,
    /// Which run of items it belongs to.
    pub list: usize,
}

/// The items of a document, in order.
pub fn read<'a>(lines: &[Line<'a>]) -> Vec<Item<'a>> {
    let mut items: Vec<Item<'a>> = Vec::new();
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut list = 0;
    let mut paragraph = false;
    for line in lines {
        if line.kind == LineKind::Code {
            paragraph = false;
            extend(&mut items, &open, line.number);
            continue;
        }
        if line.is_blank() {
            paragraph = false;
            continue;
        }
        let indent = line.indent();
        if let Some(mark) = marker(line.text) {
            open.retain(|(own, _)| *own < indent);
            if open.is_empty()
                && !items.last().is_some_and(|last| continues(lines, last.end, line.number))
            {
                list += 1;
            }
            let parent = open.last().map(|(_, index)| *index);
            items.push(Item {
                line: line.number,
                end: line.number,
                parent,
                number: mark.number,
                check: mark.check,
                text: line.text[mark.len..].trim().to_owned(),
                offset: mark.len,
                list,
            });
            open.push((indent, items.len() - 1));
            extend(&mut items, &open, line.number);
            paragraph = true;
            continue;
        }
        let heading =
            line.text.trim_start().starts_with('#') || line.text.trim_start().starts_with('|');
        if indent == 0 && (!paragraph || heading) {
            open.clear();
            continue;
        }
        if !heading
            && paragraph
            && let Some((_, last)) = open.last()
        {
            let text = &mut items[*last].text;
            if text.len() < LONGEST {
                text.push(' ');
                text.push_str(line.text.trim());
            }
        } else {
            open.retain(|(own, _)| *own < indent);
        }
        extend(&mut items, &open, line.number);
    }
    items
}

/// An item's text is not collected beyond this many bytes.
const LONGEST: usize = 4000;

/// The sign before an item.
struct Marker<'a> {
    number: Option<&'a str>,
    check: Option<char>,
    len: usize,
}

fn marker(line: &str) -> Option<Marker<'_>> {
    let text = line.trim_start();
    let lead = line.len() - text.len();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, sign) = match digits {
        0 => (None, usize::from(text.starts_with(['-', '*', '+', '•']))),
        1..=9 if text[digits..].starts_with(['.', ')']) => (Some(&text[..digits]), digits + 1),
        _ => return None,
    };
    let sign = if text.starts_with('•') { '•'.len_utf8() } else { sign };
    let rest = &text[sign..];
    if sign == 0 || !rest.starts_with([' ', '\t']) {
        return None;
    }
    let words = rest.trim_start();
    let mut len = lead + text.len() - words.len();
    let mut check = None;
    let mut signs = words.chars();
    if let (Some('['), Some(sign), Some(']')) = (signs.next(), signs.next(), signs.next())
        && (matches!(sign, ' ' | 'x' | 'X' | '~' | '-' | '/' | '!' | '?') || !sign.is_ascii())
        && signs.clone().next().is_none_or(char::is_whitespace)
    {
        check = Some(sign);
        let rest = signs.as_str();
        len = lead + text.len() - rest.trim_start().len();
    }
    Some(Marker { number, check, len })
}

/// Whether only blank lines lie between the end of an item and a line.
fn continues(lines: &[Line], end: u32, next: u32) -> bool {
    let from = lines.partition_point(|line| line.number <= end);
    lines[from..].iter().take_while(|line| line.number < next).all(Line::is_blank)
}

fn extend(items: &mut [Item], open: &[(usize, usize)], line: u32) {
    for (_, index) in open {
        items[*index].end = line;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::lines;

    #[test]
    fn nesting_boxes_numbers_and_paragraphs() {
        let text = "- a\n  more\n  - [x] b\n    - c\n\n- d\n\nwords\n1. e\n   ```\n   - no\n   ```\n2) f\n";
        let lines = lines::scan(text, 0);
        let all = read(&lines);
        let seen: Vec<_> =
            all.iter().map(|i| (i.text.as_str(), i.line, i.end, i.parent, i.list)).collect();
        assert_eq!(
            seen,
            [
                ("a more", 1, 4, None, 1),
                ("b", 3, 4, Some(0), 1),
                ("c", 4, 4, Some(1), 1),
                ("d", 6, 6, None, 1),
                ("e", 9, 12, None, 2),
                ("f", 13, 13, None, 2),
            ]
        );
        assert_eq!((all[1].check, all[4].number), (Some('x'), Some("1")));
    }

    #[test]
    fn deep_nesting_is_linear() {
        let text: String =
            (0..300).map(|depth| format!("{}- x\n", " ".repeat(depth * 2))).collect();
        let lines = lines::scan(&text, 0);
        assert_eq!(read(&lines).len(), 300);
    }
}
