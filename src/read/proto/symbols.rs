//! Messages, enums, services and extensions, flattened.

use std::collections::BTreeSet;

use prost_types::{
    DescriptorProto, EnumDescriptorProto, FieldDescriptorProto, FileDescriptorProto,
    ServiceDescriptorProto, UninterpretedOption,
};

use super::{
    divide, options,
    places::Places,
    symbols::field::{is_map_entry, read_field},
};
use crate::{
    model::schema::{EnumValue, Method, Oneof, Shape, Streaming, Symbol},
    text::Span,
};

mod field;

/// The largest field number, which `max` stands for.
const MAX_NUMBER: i32 = 536_870_911;

/// All symbols in the order of the file: a parent's name stands before those of its children.
///
/// `names` are reserved names that the parser was not shown, with the place of their statement.
pub(super) fn all(
    file: &FileDescriptorProto,
    places: &Places,
    names: &[(usize, Vec<String>)],
) -> Vec<Symbol> {
    let mut walk = Walk { places, symbols: Vec::new(), declared: Vec::new() };
    let scope = file.package.as_deref().unwrap_or_default();
    for (message, index) in file.message_type.iter().zip(0..) {
        walk.message(message, scope, &[4, index]);
    }
    for (item, index) in file.enum_type.iter().zip(0..) {
        walk.enumeration(item, scope, &[5, index]);
    }
    for (service, index) in file.service.iter().zip(0..) {
        walk.service(service, scope, &[6, index]);
    }
    walk.extensions(&file.extension, (scope, None), &[7]);
    walk.reserve(names);
    walk.symbols.sort_by_key(|symbol| symbol.span);
    divide::divide(&mut walk.symbols);
    walk.symbols
}

/// The options of a part, whichever message they come in.
macro_rules! set {
    ($part:expr) => {
        $part.options.as_ref().map_or(&[][..], |options| &options.uninterpreted_option[..])
    };
}

struct Walk<'a> {
    places: &'a Places<'a>,
    symbols: Vec<Symbol>,
    /// The whole declaration of each symbol.
    declared: Vec<Span>,
}

impl Walk<'_> {
    fn message(&mut self, message: &DescriptorProto, scope: &str, path: &[i32]) {
        let places = self.places;
        let fields = message.field.iter().zip(0..);
        let ranges = message.reserved_range.iter();
        // The end of a range is exclusive here, unlike in an enum.
        let ranges = ranges.map(|range| (range.start(), range.end().saturating_sub(1)));
        let shape = Shape::Message {
            fields: fields
                .map(|(f, index)| read_field(f, Some(message), &under(path, 2, index), places))
                .collect(),
            oneofs: oneofs(message, path, places),
            extensions: extension_ranges(message),
            reserved: reserved(ranges, MAX_NUMBER, &message.reserved_name),
        };
        let full = self.push(scope, message.name(), shape, (path, 7), set!(message));
        for (nested, index) in message.nested_type.iter().zip(0..) {
            if !is_map_entry(nested) {
                self.message(nested, &full, &under(path, 3, index));
            }
        }
        for (nested, index) in message.enum_type.iter().zip(0..) {
            self.enumeration(nested, &full, &under(path, 4, index));
        }
        let nested = [path, &[6]].concat();
        self.extensions(&message.extension, (&full, Some(message)), &nested);
    }

    /// The fields of `extend` blocks; `path` leads to the list of them.
    fn extensions(
        &mut self,
        all: &[FieldDescriptorProto],
        (scope, owner): (&str, Option<&DescriptorProto>),
        path: &[i32],
    ) {
        for (extension, index) in all.iter().zip(0..) {
            let path = [path, &[index]].concat();
            let field = read_field(extension, owner, &path, self.places);
            let options = field.options.clone();
            let extendee = extension.extendee().to_owned();
            let shape = Shape::Extension { extendee, field: Box::new(field) };
            self.push(scope, extension.name(), shape, (&path, 8), &[]);
            if let Some(symbol) = self.symbols.last_mut() {
                symbol.deprecated = options::deprecated(set!(extension));
                symbol.options = options;
            }
        }
    }

    /// Gives reserved names to the innermost message or enum around their statement.
    fn reserve(&mut self, names: &[(usize, Vec<String>)]) {
        let mut order: Vec<usize> = (0..self.declared.len()).collect();
        order.sort_by_key(|ix| {
            (self.declared[*ix].start, std::cmp::Reverse(self.declared[*ix].end))
        });
        let mut next = order.into_iter().peekable();
        let mut open: Vec<usize> = Vec::new();
        for (at, names) in names {
            while let Some(ix) = next.next_if(|ix| self.declared[*ix].start <= *at) {
                close(&mut open, &self.declared, self.declared[ix].start);
                open.push(ix);
            }
            close(&mut open, &self.declared, *at);
            let Some(ix) = open.last() else { continue };
            if let Shape::Message { reserved, .. } | Shape::Enum { reserved, .. } =
                &mut self.symbols[*ix].shape
            {
                reserved.extend(names.iter().map(|name| format!("\"{name}\"")));
            }
        }
    }

    fn enumeration(&mut self, item: &EnumDescriptorProto, scope: &str, path: &[i32]) {
        let places = self.places;
        let values = item.value.iter().zip(0..).map(|(value, index)| {
            let path = under(path, 2, index);
            EnumValue {
                name: value.name().to_owned(),
                number: value.number(),
                comment: places.comment(&path),
                deprecated: options::deprecated(set!(value)),
                options: options::written(set!(value), &[&path[..], &[3]].concat(), places),
                line: places.line(&path),
            }
        });
        let ranges = item.reserved_range.iter().map(|range| (range.start(), range.end()));
        let shape = Shape::Enum {
            values: values.collect(),
            reserved: reserved(ranges, i32::MAX, &item.reserved_name),
        };
        self.push(scope, item.name(), shape, (path, 3), set!(item));
    }

    fn service(&mut self, service: &ServiceDescriptorProto, scope: &str, path: &[i32]) {
        let places = self.places;
        let methods = service.method.iter().zip(0..).map(|(method, index)| {
            let path = under(path, 2, index);
            Method {
                name: method.name().to_owned(),
                input: method.input_type().to_owned(),
                output: method.output_type().to_owned(),
                streaming: match (method.client_streaming(), method.server_streaming()) {
                    (false, false) => Streaming::None,
                    (true, false) => Streaming::Client,
                    (false, true) => Streaming::Server,
                    (true, true) => Streaming::Both,
                },
                comment: places.comment(&path),
                deprecated: options::deprecated(set!(method)),
                options: options::written(set!(method), &[&path[..], &[4]].concat(), places),
                line: places.line(&path),
            }
        });
        let shape = Shape::Service { methods: methods.collect() };
        self.push(scope, service.name(), shape, (path, 3), set!(service));
    }

    /// Adds a symbol and gives its full name; `tag` is the number of its options.
    fn push(
        &mut self,
        scope: &str,
        short: &str,
        shape: Shape,
        (path, tag): (&[i32], i32),
        set: &[UninterpretedOption],
    ) -> String {
        let name = if scope.is_empty() { short.to_owned() } else { format!("{scope}.{short}") };
        let places = self.places;
        let declared = places.span(path).unwrap_or_default();
        self.declared.push(declared);
        self.symbols.push(Symbol {
            name: name.clone(),
            short: short.to_owned(),
            shape,
            comment: places.comment(path),
            deprecated: options::deprecated(set),
            options: options::written(set, &[path, &[tag]].concat(), places),
            line: places.line(path),
            span: places.span(&[path, &[1]].concat()).unwrap_or(declared),
            divisions: Vec::new(),
        });
        name
    }
}

/// Leaves the declarations that reach past `at`.
fn close(open: &mut Vec<usize>, declared: &[Span], at: usize) {
    while open.last().is_some_and(|ix| declared[*ix].end <= at) {
        open.pop();
    }
}

fn oneofs(message: &DescriptorProto, path: &[i32], places: &Places) -> Vec<Oneof> {
    // The parser adds a oneof for each `optional` of proto3; nobody wrote those.
    let made: BTreeSet<i32> = message
        .field
        .iter()
        .filter(|field| field.proto3_optional())
        .filter_map(|field| field.oneof_index)
        .collect();
    let all = message.oneof_decl.iter().zip(0..).filter(|(_, index)| !made.contains(index));
    all.map(|(oneof, index)| {
        let path = under(path, 8, index);
        Oneof {
            name: oneof.name().to_owned(),
            comment: places.comment(&path),
            options: options::written(set!(oneof), &[&path[..], &[2]].concat(), places),
        }
    })
    .collect()
}

fn extension_ranges(message: &DescriptorProto) -> Vec<String> {
    let ranges = message.extension_range.iter();
    let ranges = ranges.map(|range| (range.start(), range.end().saturating_sub(1)));
    reserved(ranges, MAX_NUMBER, &[])
}

fn under(path: &[i32], tag: i32, index: i32) -> Vec<i32> {
    [path, &[tag, index]].concat()
}

/// Ranges, both ends inclusive, then names in quotes.
fn reserved(ranges: impl Iterator<Item = (i32, i32)>, max: i32, names: &[String]) -> Vec<String> {
    let ranges = ranges.map(|(start, end)| match end {
        _ if end == start => start.to_string(),
        // A message set reaches past the usual largest number.
        _ if end >= max => format!("{start} to max"),
        _ => format!("{start} to {end}"),
    });
    ranges.chain(names.iter().map(|name| format!("\"{name}\""))).collect()
}
