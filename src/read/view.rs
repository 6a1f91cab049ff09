//! Views in documents: lines of `key: value` in a fenced block. What is wrong is told with its place.

mod condition;
mod field;

pub use condition::Condition;
pub use field::{Field, natural};

use crate::{
    model::view::{Embedded, Kind, Order, Problem, Query, Shape, SortKey},
    text::Span,
};

/// The word after the fence.
pub const LANGUAGE: &str = "lacuna";

/// So many views one file may hold: each looks at every record of its kind.
pub const MOST: usize = 32;

/// So many rows are shown when nothing else is said, and so many at most.
const ROWS: (usize, usize) = (50, 500);
/// The same for the boxes of a drawing.
const BOXES: (usize, usize) = (40, 80);

const KEYS: &[&str] = &["kind", "where", "columns", "sort", "by", "limit", "as"];

/// Whether a block of code with these words after its fence is a view.
pub fn is_view(info: &str) -> bool {
    info.split([' ', ',', '{']).next() == Some(LANGUAGE)
}

/// Reads the lines of a block, each with its first byte in the file. `span` is that of the block.
pub fn read(span: Span, lines: &[(usize, &str)]) -> Embedded {
    let mut reader = Reader { problems: Vec::new() };
    let query = reader.query(span, lines);
    reader.problems.sort();
    let query = query.filter(|_| reader.problems.is_empty());
    Embedded { span, query, problems: reader.problems }
}

/// A block that is one too many.
pub fn surplus(span: Span) -> Embedded {
    let message = format!("a file may hold {MOST} views, and this is one more");
    let help = "move some of them to another document".to_owned();
    Embedded { span, query: None, problems: vec![Problem { span, message, help }] }
}

/// A value with its place.
type Value<'a> = (&'a str, Span);

struct Reader {
    problems: Vec<Problem>,
}

impl Reader {
    fn query(&mut self, span: Span, lines: &[(usize, &str)]) -> Option<Query> {
        let found = self.pairs(lines);
        let value = |key: &str| found.iter().find(|(own, _)| *own == key).map(|(_, value)| *value);
        let Some(kind) = value("kind") else {
            let names = listed(Kind::ALL.iter().map(|(name, _)| *name));
            self.add(
                span,
                "the view does not say what it shows",
                &format!("begin with `kind: `, one of {names}"),
            );
            return None;
        };
        let kind = self.one_of("kind", kind, &Kind::ALL)?;
        let shape = match value("as") {
            Some(value) => self.one_of("shape", value, &Shape::ALL)?,
            None => Shape::Table,
        };
        let condition = value("where").map(|(text, span)| (text.to_owned(), span));
        if let Some((text, span)) = &condition
            && let Err(fault) = Condition::parse(text, kind)
        {
            let at = fault.place.map_or(*span, |place| Span::from(place).shift(span.start));
            self.add(at, &fault.message, &fault.help);
        }
        let columns = match value("columns") {
            Some((_, span)) if !matches!(shape, Shape::Table | Shape::List) => {
                self.add(
                    span,
                    "only tables and lists have columns",
                    "take the line out, or show a table",
                );
                Vec::new()
            }
            Some(value) => self.fields(kind, value).into_iter().map(|(field, _)| field).collect(),
            None => kind.columns().to_vec(),
        };
        let by = value("by").map(|value| (self.fields(kind, value), value.1));
        let wanted = shape.counts_by();
        let by = match by {
            Some((fields, span)) if fields.len() != wanted => {
                self.add(span, &counts_by(shape), "name as many fields as it needs");
                Vec::new()
            }
            None if wanted > 0 => {
                self.add(span, &counts_by(shape), "add a line, such as `by: priority`");
                Vec::new()
            }
            by => by.into_iter().flat_map(|(fields, _)| fields).map(|(field, _)| field).collect(),
        };
        if shape == Shape::Graph && !kind.fields().contains(&"links") {
            let message = format!("{} have no links to draw", kind.name());
            self.add(value("as").map_or(span, |(_, span)| span), &message, "show a table");
        }
        let sort = value("sort").map(|value| self.sort(kind, value)).unwrap_or_default();
        let (usual, most) = if shape == Shape::Graph { BOXES } else { ROWS };
        let limit = value("limit").map_or(Some(usual), |value| self.limit(value, most));
        Some(Query { kind, condition, columns, sort, by, limit: limit.unwrap_or(usual), shape })
    }

    fn pairs<'a>(&mut self, lines: &[(usize, &'a str)]) -> Vec<(&'static str, Value<'a>)> {
        let mut found: Vec<(&'static str, Value<'a>)> = Vec::new();
        for (start, line) in lines {
            let indent = line.len() - line.trim_start().len();
            let text = line.trim();
            if text.is_empty() || text.starts_with('#') {
                continue;
            }
            let from = start + indent;
            let Some((key, value)) = text.split_once(':') else {
                let span = Span::new(from, from + text.len());
                self.add(
                    span,
                    "a line of a view is a key, a colon and a value",
                    "write `kind: gaps`",
                );
                continue;
            };
            let name = key.trim_end();
            let key_span = Span::new(from, from + name.len());
            let Some(known) = KEYS.iter().copied().find(|known| *known == name) else {
                self.unknown("key", name, key_span, KEYS.iter().copied());
                continue;
            };
            if found.iter().any(|(own, _)| *own == known) {
                self.add(key_span, &format!("`{known}` is said twice"), "take one of them out");
                continue;
            }
            let at = from + key.len() + 1 + (value.len() - value.trim_start().len());
            let value = value.trim();
            let span = Span::new(at, at + value.len());
            if value.is_empty() {
                self.add(
                    key_span,
                    &format!("`{known}` has no value"),
                    "write one behind the colon",
                );
                continue;
            }
            found.push((known, (value, span)));
        }
        found
    }

    fn one_of<T: Copy>(
        &mut self,
        what: &str,
        (name, span): Value<'_>,
        all: &[(&str, T)],
    ) -> Option<T> {
        let found = all.iter().find(|(own, _)| *own == name).map(|(_, value)| *value);
        if found.is_none() {
            self.unknown(what, name, span, all.iter().map(|(name, _)| *name));
        }
        found
    }

    /// Names between commas, each a field of the kind.
    fn fields<'a>(&mut self, kind: Kind, value: Value<'a>) -> Vec<(&'static str, Value<'a>)> {
        let mut fields = Vec::new();
        for (name, span) in parts(value) {
            let plain = name.trim_start_matches('-');
            match kind.fields().iter().copied().find(|field| *field == plain) {
                Some(field) => fields.push((field, (name, span))),
                None => {
                    let what = format!("field of {}", kind.name());
                    self.unknown(&what, name, span, kind.fields().iter().copied());
                }
            }
        }
        fields
    }

    fn sort(&mut self, kind: Kind, value: Value<'_>) -> Vec<SortKey> {
        let key = |(field, (name, _)): (&'static str, Value<'_>)| {
            let order = if name.starts_with('-') { Order::Descending } else { Order::Ascending };
            SortKey { field, order }
        };
        self.fields(kind, value).into_iter().map(key).collect()
    }

    fn limit(&mut self, (text, span): Value<'_>, most: usize) -> Option<usize> {
        let limit = text.parse::<usize>().ok().filter(|limit| (1..=most).contains(limit));
        if limit.is_none() {
            let message = format!("`limit` must be a whole number from 1 to {most}");
            self.add(span, &message, "the rest is told in a line below the view");
        }
        limit
    }

    fn unknown<'k>(
        &mut self,
        what: &str,
        name: &str,
        span: Span,
        known: impl Iterator<Item = &'k str>,
    ) {
        let known: Vec<&str> = known.collect();
        self.add(span, &format!("`{name}` is no {what}"), &guess(name, &known));
    }

    fn add(&mut self, span: Span, message: &str, help: &str) {
        let (message, help) = (message.to_owned(), help.to_owned());
        self.problems.push(Problem { span, message, help });
    }
}

fn counts_by(shape: Shape) -> String {
    match shape.counts_by() {
        0 => "this view counts nothing, so that `by` has no use".to_owned(),
        1 => "this view counts by one field".to_owned(),
        _ => "a matrix counts by two fields, one for its rows and one for its columns".to_owned(),
    }
}

/// The parts of a value between commas.
fn parts<'a>((text, span): Value<'a>) -> Vec<Value<'a>> {
    let mut at = span.start;
    let mut found = Vec::new();
    for part in text.split(',') {
        let start = at + (part.len() - part.trim_start().len());
        let name = part.trim();
        found.push((name, Span::new(start, start + name.len())));
        at += part.len() + 1;
    }
    found
}

/// What was perhaps meant, else all there is.
pub(super) fn guess(name: &str, known: &[&str]) -> String {
    let most = (name.chars().count() / 3).max(1);
    let distance = |known: &&&str| strsim::damerau_levenshtein(name, known);
    match known.iter().min_by_key(|known| distance(known)).filter(|near| distance(near) <= most) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there are {}", listed(known.iter().copied())),
    }
}

fn listed<'k>(names: impl Iterator<Item = &'k str>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(text: &str) -> Embedded {
        let mut at = 0;
        let mut lines = Vec::new();
        for line in text.split_inclusive('\n') {
            lines.push((at, line));
            at += line.len();
        }
        read(Span::new(0, text.len()), &lines)
    }

    #[test]
    fn reads_every_key() {
        let text = "# open work\nkind: gaps\nwhere: coverage != \"covered\" and priority in [\"P0\"]\n\
                    columns: id, title\nsort: -priority, id\nlimit: 7\nas: list\n";
        let view = view(text);
        assert_eq!(view.problems, []);
        let query = view.query.expect("it can be understood");
        assert_eq!((query.kind, query.shape, query.limit), (Kind::Gaps, Shape::List, 7));
        assert_eq!(query.columns, ["id", "title"]);
        assert_eq!(query.sort[0], SortKey { field: "priority", order: Order::Descending });
        let (condition, span) = query.condition.expect("there is one");
        assert_eq!(&text[span.start..span.end], condition);
    }

    #[test]
    fn points_at_what_is_wrong() {
        for (text, at, message, help) in [
            ("kin: gaps\nkind: gaps", "kin", "`kin` is no key", "did you mean `kind`?"),
            ("kind: gasp", "gasp", "`gasp` is no kind", "did you mean `gaps`?"),
            ("kind: gaps\nas: circle", "circle", "`circle` is no shape", "there are `table`"),
            ("kind: gaps\ncolumns: id, coverag", "coverag", "no field of gaps", "`coverage`"),
            ("kind: gaps\nsort: -prio", "-prio", "no field of gaps", "there are"),
            ("kind: gaps\nlimit: many", "many", "whole number from 1 to 500", ""),
            ("kind: gaps\nlimit: 0", "0", "whole number from 1 to 500", ""),
            (
                "kind: gaps\nwhere: coverag == 'x'",
                "coverag",
                "`coverag` is no field of gaps",
                "`coverage`",
            ),
            ("kind: gaps\nwhere: id ==", "id ==", "cannot be read", ""),
            ("kind: gaps\nwhere: id|nope", "id|nope", "unknown filter", ""),
            ("kind: gaps\nwhere: range(9)", "range", "no field of gaps", ""),
            ("kind: gaps\nas: bar", "kind: gaps\nas: bar", "counts by one field", ""),
            ("kind: gaps\nas: matrix\nby: id", "id", "counts by two fields", ""),
            ("kind: gaps\nas: pie\nby: id\ncolumns: id", "id", "only tables and lists", ""),
            ("kind: gaps\nkind: tasks", "kind", "said twice", ""),
            ("kind: gaps\nnothing", "nothing", "a key, a colon and a value", ""),
            ("kind:", "kind", "has no value", ""),
        ] {
            let view = view(text);
            let found = view.problems.iter().find(|p| p.message.contains(message));
            let problem = found.unwrap_or_else(|| panic!("{text}: {:?}", view.problems));
            assert_eq!(&text[problem.span.start..problem.span.end], at, "{text}");
            assert!(problem.help.contains(help), "{text}: {}", problem.help);
            assert_eq!(view.query, None);
        }
    }
}
