//! A finding as a person reads it in a terminal: what is wrong, where, the line, and help.
//!
//! Messages, paths and lines come from files nobody vouches for, so characters that would steer
//! the terminal or turn the reading direction are spelled out before anything is printed.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Severity};
use crate::text::Span;

/// The most characters of a line that are shown.
const WIDTH: usize = 240;
/// Characters shown before the span in a line that is cut.
const LEAD: usize = 60;

/// Whether the output carries colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Color {
    /// ANSI colours.
    Always,
    /// Plain text.
    Never,
}

/// What is printed of one finding, whether it is about the content or the configuration.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'a> {
    /// The weight.
    pub severity: Severity,
    /// The code, in brackets after the weight.
    pub code: Option<&'a str>,
    /// What is wrong.
    pub message: &'a str,
    /// The file at fault.
    pub path: &'a str,
    /// The decoded file; without it no line is shown.
    pub text: Option<&'a str>,
    /// The characters at fault; any value is safe.
    pub span: Option<Span>,
    /// What to do.
    pub help: Option<&'a str>,
}

impl Sheet<'_> {
    /// The sheet as text, with a line end after its last line.
    pub fn render(&self, color: Color) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Info => Level::INFO,
        };
        let mut title = level.primary_title(visible(self.message));
        if let Some(code) = self.code {
            title = title.id(visible(code));
        }
        let origin = Origin::path(visible(self.path));
        let mut group = Group::with_title(title);
        match self.text.zip(self.span).map(|(text, span)| Excerpt::new(text, span)) {
            Some(excerpt) => {
                let mark = AnnotationKind::Primary.span(excerpt.mark.start..excerpt.mark.end);
                let snippet: Snippet<'_, _> =
                    Snippet::source(excerpt.line).line_start(excerpt.number).annotation(mark);
                let origin = origin.line(excerpt.number).char_column(excerpt.column);
                group = group.element(origin).element(snippet);
            }
            None => group = group.element(origin),
        }
        if let Some(help) = self.help {
            group = group.element(Level::HELP.message(visible(help)));
        }
        let renderer = match color {
            Color::Always => Renderer::styled(),
            Color::Never => Renderer::plain(),
        };
        // The line is cut here already, with the span in view; wide enough to be left alone.
        let sheet = renderer.term_width(WIDTH * 16).render(&[group]);
        // The renderer marks a snippet without a path of its own by an empty `:::`. The path
        // stands above: only there can the column be that of the whole line.
        let is_mark = |(index, line): &(usize, &str)| {
            *index == 3 && line.contains(":::") && !line.contains('|')
        };
        let lines = sheet.lines().enumerate().filter(|line| !is_mark(line));
        // Without a line the renderer leaves no room for a number before the arrow.
        let pad = |line: &str| if line.starts_with("-->") { " " } else { "" };
        lines.map(|(_, line)| format!("{}{line}\n", pad(line))).collect()
    }
}

/// Shows one finding; `text` is the decoded file it is about.
pub fn render(diagnostic: &Diagnostic, text: Option<&str>, color: Color) -> String {
    let sheet = Sheet {
        severity: diagnostic.severity,
        code: Some(diagnostic.code.name),
        message: &diagnostic.message,
        path: diagnostic.path.as_str(),
        text,
        span: diagnostic.span,
        help: diagnostic.help.as_deref(),
    };
    sheet.render(color)
}

/// The text on one line, with every control, bidirectional and hidden character spelled out.
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|c| push_visible(c, &mut out));
    out
}

fn push_visible(c: char, out: &mut String) {
    match c {
        '\t' => out.push_str("    "),
        '\0'..='\x1f' => out.extend(char::from_u32(0x2400 + u32::from(c))),
        '\x7f' => out.push('\u{2421}'),
        // C1 controls, direction marks and overrides, line separators, zero widths, tags. The
        // joiners U+200C and U+200D stay: scripts and emoji are written with them.
        '\u{80}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200b}'
        | '\u{200e}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{e0000}'..='\u{e007f}' => out.push_str(&format!("<U+{:04X}>", u32::from(c))),
        _ => out.push(c),
    }
}

/// The line a span begins on, made visible and cut to `WIDTH`, with the span moved along.
struct Excerpt {
    number: usize,
    column: usize,
    line: String,
    mark: Span,
}

impl Excerpt {
    fn new(text: &str, span: Span) -> Self {
        let start = text.floor_char_boundary(span.start.min(text.len()));
        let end = text.ceil_char_boundary(span.end.clamp(start, text.len()));
        let first = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let last = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let body = text[first..last].trim_end_matches('\r');
        let number = text[..first].matches('\n').count() + 1;
        let column = text[first..start].chars().count();
        let marked = text[start..end.min(last)].chars().count();

        let length = body.chars().count();
        let skip = match length > WIDTH {
            true => column.saturating_sub(LEAD).min(length - WIDTH),
            false => 0,
        };
        let mut line = String::new();
        let mut mark = None;
        if skip > 0 {
            line.push('…');
        }
        for (index, c) in body.chars().enumerate().skip(skip).take(WIDTH) {
            let from = line.len();
            push_visible(c, &mut line);
            if (column..column + marked.max(1)).contains(&index) {
                let start = mark.map_or(from, |mark: Span| mark.start);
                mark = Some(Span::new(start, line.len()));
            }
        }
        let mark = mark.unwrap_or(Span::new(line.len(), line.len()));
        if skip + WIDTH < length {
            line.push('…');
        }
        Self { number, column: column + 1, line, mark }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{diag::codes, path::RelPath};

    fn finding(message: &str) -> Diagnostic {
        let path = RelPath::new("docs/a.md").expect("a plain path");
        Diagnostic::new(&codes::BROKEN_LINK, &path, message)
    }

    #[test]
    fn shows_the_line_with_a_caret_and_help() {
        let text = "# One\n\nsee\t[ü](x.md) now\n";
        let at = text.find("x.md").expect("the link");
        let found = finding("`x.md` does not exist").at(at..at + 4).help("did you mean `y.md`?");
        let expected = "error[broken-link]: `x.md` does not exist
 --> docs/a.md:3:9
  |
3 | see    [ü](x.md) now
  |            ^^^^
  |
  = help: did you mean `y.md`?
";
        assert_eq!(render(&found, Some(text), Color::Never), expected);
        let colored = render(&found, Some(text), Color::Always);
        assert!(colored.contains('\x1b') && !colored.contains(":::"), "{colored}");
    }

    #[test]
    fn names_only_the_file_without_a_span_or_a_text() {
        let expected = "error[broken-link]: gone\n --> docs/a.md\n";
        assert_eq!(render(&finding("gone"), Some("text"), Color::Never), expected);
        assert_eq!(render(&finding("gone").at(0..2), None, Color::Never), expected);
    }

    #[test]
    fn spells_out_what_would_steer_the_terminal() {
        let text = "a\x1b[2J\u{202e}b\u{9b}\rc\r\n";
        let found = finding("bad\x1b]0;x\x07\nerror: forged").at(1..4).help("h\u{2066}\x1b[31m");
        let shown = render(&found, Some(text), Color::Never);
        assert!(shown.chars().all(|c| c == '\n' || !c.is_control()), "{shown:?}");
        assert!(!shown.contains(['\u{202e}', '\u{2066}']), "{shown:?}");
        assert!(!shown.contains("\nerror"), "{shown}");
        assert!(shown.contains("a␛[2J<U+202E>b<U+009B>␍c\n"), "{shown}");
    }

    #[test]
    fn cuts_long_lines_around_the_span() {
        let text = format!("{}HERE{}", "é".repeat(5000), "ü".repeat(5000));
        let shown = render(&finding("far").at(10_000..10_004), Some(&text), Color::Never);
        assert!(shown.contains("docs/a.md:1:5001"), "{shown}");
        assert!(shown.contains("1 | …é") && shown.contains("HERE"), "{shown}");
        assert!(shown.lines().all(|line| line.chars().count() < WIDTH + 20), "{shown}");
        assert_eq!(shown.matches('^').count(), 4);
    }

    #[test]
    fn any_span_is_safe() {
        let long = format!("{}\n", "ü\u{202e}👩‍💻".repeat(200));
        for text in ["", "\n", "ü", "a\r\n\nüb\t\n", "\u{feff}x", long.as_str()] {
            for start in (0..40).chain([text.len(), text.len() + 1, usize::MAX]) {
                for end in (0..40).chain([text.len(), usize::MAX]) {
                    let found = finding("m").at(Span { start, end });
                    let shown = render(&found, Some(text), Color::Never);
                    assert!(shown.contains('^'), "{text:?} {start}..{end}: {shown}");
                }
            }
        }
    }
}
