//! Protocol Buffers files: `proto2`, `proto3`, and editions 2023 and 2024. One file is read alone:
//! type names stay as written, and no import is opened.
//!
//! The parser knows no editions; [`editions`] rewrites a file of an edition for it.

pub mod aggregate;
mod comments;
mod divide;
mod editions;
mod header;
pub mod mentions;
mod options;
mod places;
mod symbols;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use prost_types::FileDescriptorProto;

use self::{editions::Syntax, header::Header, places::Places};
use crate::{
    diag::{Diagnostic, codes},
    model::{
        schema::{Import, Schema},
        source::{Body, Classified, Facts, FrontMatter, Order, Outline, Source},
        substance::Amount,
    },
    path::RelPath,
    read::markdown,
    text::{Span, count_lines},
};

/// Numbers of the fields of `FileDescriptorProto` that lead to the place of a part.
mod tag {
    pub const PACKAGE: i32 = 2;
    pub const DEPENDENCY: i32 = 3;
    pub const OPTIONS: i32 = 8;
    pub const SYNTAX: i32 = 12;
}

/// Reads a schema. A file that does not parse keeps its syntax, package and imports.
pub fn read(path: &RelPath, classified: Classified, text: &Arc<str>) -> Source {
    let header = Header::scan(text);
    let syntax = match header.edition() {
        Some(_) => Syntax::Edition,
        None => Syntax::Numbered,
    };
    let plain = editions::plain(text, syntax);
    let readable = header.readable(&plain.text);
    let mut diagnostics = Vec::new();
    let (schema, words) = match protox_parse::parse(path.as_str(), &readable.text) {
        Ok(file) => {
            let places = Places::new(text, &file);
            (schema(&file, &header, &places, &plain.reserved), places.words())
        }
        Err(error) => {
            diagnostics.push(failure(path, text, &header, &readable, &error));
            (header.schema(), 0)
        }
    };
    let outline = Outline {
        path: path.clone(),
        classified,
        title: path.name().to_owned(),
        front: FrontMatter::default(),
        headings: Vec::new(),
        places: Vec::new(),
        references: Vec::new(),
        mentions: markdown::mentions(text).into_iter().collect(),
        covers: Vec::new(),
        views: Vec::new(),
        amount: Amount::of_words(words),
        lines: count_lines(text),
        divisions: Vec::new(),
        order: Order::default(),
        facts: Facts::Schema(Arc::new(schema)),
    };
    Source { outline, body: Body::Proto(text.clone()), diagnostics }
}

fn schema(
    file: &FileDescriptorProto,
    header: &Header,
    places: &Places,
    reserved: &[(usize, Vec<String>)],
) -> Schema {
    let imports = file.dependency.iter().zip(0..).map(|(path, index)| Import {
        path: path.clone(),
        kind: header.import_kind(index),
        span: places.span(&[tag::DEPENDENCY, index]).unwrap_or_default(),
    });
    let comments = [places.file_comment(&[tag::SYNTAX]), places.file_comment(&[tag::PACKAGE])];
    let set = file.options.as_ref().map_or(&[][..], |options| &options.uninterpreted_option);
    Schema {
        // A file without a `syntax` statement is `proto2`.
        syntax: header.edition().or_else(|| file.syntax.clone()).unwrap_or_else(|| "proto2".into()),
        package: file.package.clone().unwrap_or_default(),
        comment: comments::join(comments),
        imports: imports.collect(),
        symbols: symbols::all(file, places, reserved),
        options: options::written(set, &[tag::OPTIONS], places),
    }
}

fn failure(
    path: &RelPath,
    text: &str,
    header: &Header,
    readable: &header::Readable,
    error: &protox_parse::ParseError,
) -> Diagnostic {
    let told = error.to_string();
    let message: String = told.split_whitespace().collect::<Vec<_>>().join(" ");
    let message: String = message.chars().take(300).collect();
    let span = match error.span() {
        Some(span) => Some(readable.original(span.into())),
        None if told.starts_with("multiple package") => header.second_package(),
        None => Some(last_character(text)),
    };
    let help = match header.edition() {
        Some(edition) => format!(
            "{edition} is read with the rules of proto3 here, so labels and groups of proto2 are \
             not known; the page shows the source only"
        ),
        None => "the page shows the source only until the file parses; `protoc` tells more".into(),
    };
    let diagnostic = Diagnostic::new(&codes::PROTO_PARSE, path, message).help(help);
    match span {
        Some(span) => {
            let start = text.floor_char_boundary(span.start);
            diagnostic.at(Span::new(start, text.ceil_char_boundary(span.end)))
        }
        None => diagnostic,
    }
}

/// Where a file ends that ends too early.
fn last_character(text: &str) -> Span {
    let end = text.trim_end().len();
    Span::new(text.floor_char_boundary(end.saturating_sub(1)), end)
}
