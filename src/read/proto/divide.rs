//! Which symbols are too large for one page, and where what they hold is divided.

use crate::{
    model::schema::{EnumValue, Field, Method, Oneof, Shape, Symbol},
    text::parts::{self, NAMES, PAGE, escaped},
};

/// What surrounds the words of a row, in bytes of HTML.
const ROW: usize = 200;
/// What surrounds an option, a condition, or a way to call a method.
const NOTE: usize = 90;

/// Divides the symbols of a file that need it. Those inside a symbol stand behind it.
pub(super) fn divide(symbols: &mut [Symbol]) {
    for n in 0..symbols.len() {
        let Some((symbol, behind)) = symbols[n..].split_first() else { continue };
        let mut sizes = of_members(symbol);
        sizes.extend(inside(symbol, behind).map(in_list));
        let around = prose(&symbol.comment) + notes(&symbol.options);
        let Some(first) = sizes.first_mut() else { continue };
        *first += around;
        if sizes.iter().sum::<usize>() > PAGE {
            // The first page tells where the others have what.
            sizes[0] += symbol.members().map(|name| name.len() + NAME).sum::<usize>().min(NAMES);
            let parts = parts::fill(sizes, PAGE);
            symbols[n].divisions = parts.iter().map(|part| part.start as u32).collect();
        }
    }
}

/// What surrounds a name that is only told.
const NAME: usize = 24;

/// How large each member is, in their order.
fn of_members(symbol: &Symbol) -> Vec<usize> {
    match &symbol.shape {
        Shape::Message { fields, oneofs, .. } => {
            let before = std::iter::once(None).chain(fields.iter().map(|f| f.oneof.as_ref()));
            let size = |(own, before): (&Field, Option<&String>)| {
                // The head of a oneof stands above its first field.
                let begun = own.oneof.as_ref().filter(|name| before != Some(*name));
                let head = begun.and_then(|name| oneofs.iter().find(|one| one.name == *name));
                field(own) + head.map_or(0, oneof)
            };
            fields.iter().zip(before).map(size).collect()
        }
        Shape::Enum { values, .. } => values.iter().map(value).collect(),
        Shape::Service { methods } => methods.iter().map(method).collect(),
        Shape::Extension { .. } => Vec::new(),
    }
}

fn field(field: &Field) -> usize {
    let ty = field.ty.named().map_or(30, |name| 40 + name.len() * 3);
    let said = [&field.default, &field.json_name].into_iter().flatten();
    let said: usize = said.map(|said| NOTE + escaped(said)).sum();
    ROW + field.name.len() * 3 + ty + said + prose(&field.comment) + notes(&field.options)
}

fn oneof(oneof: &Oneof) -> usize {
    ROW + oneof.name.len() + prose(&oneof.comment) + notes(&oneof.options)
}

fn value(value: &EnumValue) -> usize {
    ROW + value.name.len() * 3 + prose(&value.comment) + notes(&value.options)
}

fn method(method: &Method) -> usize {
    let types = method.input.len() * 3 + method.output.len() * 3;
    ROW + NOTE + method.name.len() * 3 + types + prose(&method.comment) + notes(&method.options)
}

/// A symbol in the list of those inside another one.
fn in_list(symbol: &Symbol) -> usize {
    let told = symbol.comment.split("\n\n").next().unwrap_or_default();
    ROW + symbol.name.len() * 2 + escaped(told)
}

/// The symbols right inside one.
fn inside<'s>(symbol: &'s Symbol, behind: &'s [Symbol]) -> impl Iterator<Item = &'s Symbol> {
    let inner = |other: &&'s Symbol| inner_name(symbol, other).is_some();
    let direct = |other: &&'s Symbol| inner_name(symbol, other).is_some_and(|n| !n.contains('.'));
    behind.iter().take_while(inner).filter(direct)
}

fn inner_name<'s>(outer: &Symbol, other: &'s Symbol) -> Option<&'s str> {
    other.name.strip_prefix(outer.name.as_str())?.strip_prefix('.')
}

fn notes(options: &[(String, String)]) -> usize {
    options.iter().map(|(name, value)| NOTE + escaped(name) * 2 + escaped(value)).sum()
}

/// A comment as HTML: its paragraphs and items, its links and words of code.
fn prose(comment: &str) -> usize {
    let mark = |byte: u8| match byte {
        b'\n' => 4,
        b'`' => 40,
        b'[' => 120,
        _ => 0,
    };
    escaped(comment) + comment.bytes().map(mark).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::{
        model::source::{Classified, Facts, Kind},
        path::RelPath,
        read::proto,
    };

    /// The divisions of each symbol of a schema.
    fn divisions(text: &str) -> Vec<Vec<u32>> {
        let path = RelPath::new("a.proto").expect("a path");
        let classified = Classified { kind: Kind::Schema, why: String::new() };
        let source = proto::read(&path, classified, &Arc::from(text));
        let Facts::Schema(schema) = source.outline.facts else { panic!("no schema") };
        schema.symbols.iter().map(|symbol| symbol.divisions.clone()).collect()
    }

    #[test]
    fn only_what_is_large_is_divided() {
        let values = |count: usize| {
            let value = |n: usize| format!("  // {}\n  V{n} = {n};\n", "word ".repeat(40));
            (0..count).map(value).collect::<String>()
        };
        let schema = |count| format!("syntax = \"proto3\";\nenum E {{\n{}}}\n", values(count));
        assert_eq!(divisions(&schema(100)), [[0_u32; 0]]);
        let found = &divisions(&schema(900))[0];
        assert!(found.len() > 3 && found[0] == 0 && found.is_sorted(), "{found:?}");
        let inner: String = (0..900).map(|n| format!("  message M{n} {{}}\n")).collect();
        let found = divisions(&format!("syntax = \"proto3\";\nmessage O {{\n{inner}}}\n"));
        assert!(found[0].len() > 1, "{:?}", found[0]);
        assert!(found[1..].iter().all(Vec::is_empty));
    }
}
