//! Where the parts of a parsed file stand, and the comments beside them.

use std::collections::BTreeMap;

use prost_types::{FileDescriptorProto, source_code_info::Location};

use super::comments;
use crate::text::{LineIndex, Span};

/// Places and comments by the path of a part, as `SourceCodeInfo` of `descriptor.proto` has them.
pub(super) struct Places<'a> {
    text: &'a str,
    lines: LineIndex,
    by_path: BTreeMap<&'a [i32], (&'a Location, Span)>,
    all: &'a [Location],
}

impl<'a> Places<'a> {
    /// Sorts the places of `file`, which was parsed from `text`.
    pub fn new(text: &'a str, file: &'a FileDescriptorProto) -> Self {
        let all = file.source_code_info.as_ref().map_or(&[][..], |info| &info.location);
        let lines = LineIndex::new(text);
        let mut by_path = BTreeMap::new();
        for location in all {
            let span = span(location, &lines, text);
            let kept = by_path.entry(&location.path[..]).or_insert((location, span));
            // `json_name` has two places, in no order: the option and, in it, the value.
            if span.end - span.start < kept.1.end - kept.1.start {
                *kept = (location, span);
            }
        }
        Self { text, lines, by_path, all }
    }

    /// The bytes of a part.
    pub fn span(&self, path: &[i32]) -> Option<Span> {
        self.by_path.get(path).map(|(_, span)| *span)
    }

    /// The text of a part.
    pub fn written(&self, path: &[i32]) -> Option<&'a str> {
        self.span(path).and_then(|span| self.text.get(span.start..span.end))
    }

    /// The line a part begins on, from 1.
    pub fn line(&self, path: &[i32]) -> u32 {
        self.lines.line(self.span(path).unwrap_or_default().start)
    }

    /// The comment above a part and the one behind it.
    pub fn comment(&self, path: &[i32]) -> String {
        let Some((location, span)) = self.by_path.get(path) else { return String::new() };
        let above = location.leading_comments.as_deref().map(|comment| {
            let before = self.text.get(..span.start).unwrap_or_default();
            comments::block_before(before, comment).unwrap_or_else(|| comments::clean(comment))
        });
        let behind = location.trailing_comments.as_deref().map(comments::clean);
        comments::join([above.unwrap_or_default(), behind.unwrap_or_default()])
    }

    /// As [`Places::comment`], after the comments that stand apart above it; without licences.
    pub fn file_comment(&self, path: &[i32]) -> String {
        let Some((location, _)) = self.by_path.get(path) else { return String::new() };
        let apart = location.leading_detached_comments.iter().map(|text| comments::clean(text));
        let all = apart.chain([self.comment(path)]);
        comments::join(all.filter(|comment| !comments::is_licence(comment)))
    }

    /// How many words the comments of the file have.
    pub fn words(&self) -> u32 {
        let texts = self.all.iter().flat_map(|location| {
            let beside = location.leading_comments.iter().chain(&location.trailing_comments);
            beside.chain(&location.leading_detached_comments)
        });
        let words = texts.flat_map(|text| text.split_whitespace());
        words.filter(|word| word.contains(char::is_alphanumeric)).count() as u32
    }
}

/// Lines and columns (bytes, both from 0) as bytes of the file: `[line, from, to]` or
/// `[line, from, last line, to]`.
fn span(location: &Location, lines: &LineIndex, text: &str) -> Span {
    let offset = |line: i32, column: i32| {
        let start = lines.span(line as u32 + 1, text).start;
        (start + column as usize).min(text.len())
    };
    match location.span[..] {
        [line, from, to] => Span::new(offset(line, from), offset(line, to)),
        [line, from, last, to] => Span::new(offset(line, from), offset(last, to)),
        _ => Span::default(),
    }
}
