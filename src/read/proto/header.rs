//! What a scan of the statements at the top tells of a file, whether or not it parses.

use crate::{
    model::schema::{Import, ImportKind, Schema},
    text::Span,
};

const PROTO3: &str = "syntax=\"proto3\"";

/// The statements that name the syntax, the package and the imports.
#[derive(Default)]
pub(super) struct Header {
    syntax: Option<String>,
    edition: Option<(String, Span)>,
    packages: Vec<(String, Span)>,
    imports: Vec<Import>,
}

/// A text the parser can read, and how far its bytes stand from those of the file.
pub(super) struct Readable {
    /// The file, with the `edition` statement replaced by one of `syntax`.
    pub text: String,
    /// Where the statement ends in `text`.
    end: usize,
    /// By how many bytes what follows has moved; 0 unless the statement was very short.
    moved: usize,
}

impl Readable {
    /// The place in the file of a place in the readable text.
    pub fn original(&self, span: Span) -> Span {
        let back = |at: usize| if at >= self.end { at - self.moved } else { at };
        Span::new(back(span.start), back(span.end))
    }
}

impl Header {
    /// Looks for the statements, wherever they stand.
    pub fn scan(text: &str) -> Self {
        let bare = without_comments(text);
        let mut header = Self::default();
        let mut at = 0;
        for piece in bare.split_inclusive([';', '{', '}']) {
            let statement = piece.trim_end_matches([';', '{', '}']).trim();
            let start = at + piece.len() - piece.trim_start().len();
            at += piece.len();
            header.note(statement, Span::new(start, start + statement.len()), &bare);
        }
        header
    }

    /// `edition 2023`, when the file names an edition.
    pub fn edition(&self) -> Option<String> {
        self.edition.as_ref().map(|(name, _)| format!("edition {name}"))
    }

    /// What is written behind the import with this number, in a file that parses.
    pub fn import_kind(&self, index: i32) -> ImportKind {
        let found = usize::try_from(index).ok().and_then(|index| self.imports.get(index));
        found.map_or(ImportKind::Plain, |import| import.kind)
    }

    /// The second `package` statement, which is one too many.
    pub fn second_package(&self) -> Option<Span> {
        self.packages.get(1).map(|(_, span)| *span)
    }

    /// A schema of nothing but these statements.
    pub fn schema(&self) -> Schema {
        Schema {
            syntax: self
                .edition()
                .or_else(|| self.syntax.clone())
                .unwrap_or_else(|| "proto2".into()),
            package: self.packages.first().map(|(name, _)| name.clone()).unwrap_or_default(),
            imports: self.imports.clone(),
            ..Schema::default()
        }
    }

    /// The text with the edition written as `proto3`, in as many bytes and lines as before if
    /// they suffice, so that the places in the result are those in the file.
    pub fn readable(&self, text: &str) -> Readable {
        let Some((_, span)) = self.edition.as_ref() else {
            return Readable { text: text.to_owned(), end: 0, moved: 0 };
        };
        let written = &text[span.start..span.end];
        let breaks = written.matches('\n').count();
        let spaces = written.len().saturating_sub(PROTO3.len() + breaks);
        let statement = format!("{PROTO3}{}{}", " ".repeat(spaces), "\n".repeat(breaks));
        let end = span.start + statement.len();
        Readable {
            moved: statement.len() - written.len(),
            text: [&text[..span.start], &statement, &text[span.end..]].concat(),
            end,
        }
    }

    /// Notes a statement that stands at `span` of `bare`.
    fn note(&mut self, statement: &str, span: Span, bare: &str) {
        let word = statement.split(|c: char| !c.is_alphanumeric() && c != '_').next();
        let rest = |keyword: &str| statement[keyword.len()..].trim();
        match word {
            Some(keyword @ "package") if is_name(rest(keyword)) => {
                self.packages.push((rest(keyword).to_owned(), span));
            }
            Some(keyword @ "import") => {
                let (kind, rest) = import_kind(rest(keyword));
                // The parser's place of an import includes the semicolon; a broken file may have none.
                let semicolon = usize::from(bare[span.end..].starts_with(';'));
                let span = Span::new(span.start, span.end + semicolon);
                self.imports.extend(quoted(rest).map(|path| Import {
                    path: path.to_owned(),
                    kind,
                    span,
                }));
            }
            Some(keyword @ ("syntax" | "edition")) => {
                let Some(value) = rest(keyword).strip_prefix('=').and_then(quoted) else { return };
                if keyword == "syntax" {
                    self.syntax.get_or_insert_with(|| value.to_owned());
                } else {
                    self.edition.get_or_insert_with(|| (value.to_owned(), span));
                }
            }
            _ => {}
        }
    }
}

/// The word behind `import`, and what follows it.
fn import_kind(rest: &str) -> (ImportKind, &str) {
    let words = [
        ("public", ImportKind::Public),
        ("weak", ImportKind::Weak),
        ("option", ImportKind::Option),
    ];
    let found = words.into_iter().find_map(|(word, kind)| Some((kind, rest.strip_prefix(word)?)));
    found.unwrap_or((ImportKind::Plain, rest))
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.'))
}

fn quoted(text: &str) -> Option<&str> {
    let text = text.trim();
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let inner = text.strip_prefix(quote)?.strip_suffix(quote)?;
    (!inner.is_empty() && !inner.contains(['"', '\'', '\n'])).then_some(inner)
}

/// The text with a space for every byte of a comment; line ends stay.
pub(super) fn without_comments(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let comment = match first {
            '/' if rest.starts_with("//") => Some(rest.find('\n').unwrap_or(rest.len())),
            '/' if rest.starts_with("/*") => {
                Some(rest[2..].find("*/").map_or(rest.len(), |end| end + 4))
            }
            _ => None,
        };
        let taken = match (comment, first) {
            (Some(length), _) => length,
            (None, '"' | '\'') => string_length(rest, first),
            (None, _) => first.len_utf8(),
        };
        let (piece, after) = rest.split_at(taken);
        if comment.is_some() {
            bare.extend(piece.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
        } else {
            bare.push_str(piece);
        }
        rest = after;
    }
    bare
}

/// Bytes of the string literal that `text` begins with; an open one ends with its line.
pub(super) fn string_length(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            '\n' => return at,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if letter == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}
