//! Messages, enums and services, flattened.

use prost_types::{
    DescriptorProto, EnumDescriptorProto, FieldDescriptorProto, FileDescriptorProto,
    ServiceDescriptorProto, UninterpretedOption,
    field_descriptor_proto::{Label, Type as Keyword},
};

use super::{options, places::Places};
use crate::model::schema::{EnumValue, Field, Method, Shape, Streaming, Symbol, Type};

/// The largest field number, which `max` stands for.
const MAX_NUMBER: i32 = 536_870_911;

/// All symbols in the order of the file: a parent's name stands before those of its children.
pub(super) fn all(file: &FileDescriptorProto, places: &Places) -> Vec<Symbol> {
    let mut walk = Walk { places, symbols: Vec::new() };
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
    walk.symbols.sort_by_key(|symbol| symbol.span);
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
                .map(|(f, index)| field(f, message, &under(path, 2, index), places))
                .collect(),
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
        self.symbols.push(Symbol {
            name: name.clone(),
            short: short.to_owned(),
            shape,
            comment: places.comment(path),
            deprecated: options::deprecated(set),
            options: options::written(set, &[path, &[tag]].concat(), places),
            line: places.line(path),
            span: places.span(&[path, &[1]].concat()).unwrap_or(declared),
        });
        name
    }
}

fn under(path: &[i32], tag: i32, index: i32) -> Vec<i32> {
    [path, &[tag, index]].concat()
}

fn field(
    field: &FieldDescriptorProto,
    owner: &DescriptorProto,
    path: &[i32],
    places: &Places,
) -> Field {
    let at = |tag: i32| [path, &[tag]].concat();
    // The parser labels every field; only a label that was written has a place.
    let label = match places.span(&at(4)).map(|_| field.label()) {
        Some(Label::Optional) => "optional",
        Some(Label::Required) => "required",
        Some(Label::Repeated) => "repeated",
        None => "",
    };
    // A `proto3` field with `optional` sits alone in a oneof that nobody wrote.
    let oneof = field.oneof_index.filter(|_| !field.proto3_optional());
    let oneof = oneof.and_then(|index| owner.oneof_decl.get(usize::try_from(index).ok()?));
    // These two the parser takes out of the list.
    let taken = [("default", 7), ("json_name", 10)].into_iter().filter_map(|(name, tag)| {
        places.written(&at(tag)).map(|value| (name.to_owned(), options::tidy(value)))
    });
    let set = set!(field);
    Field {
        name: field.name().to_owned(),
        number: field.number(),
        label: label.to_owned(),
        ty: field_type(field, owner),
        oneof: oneof.map(|oneof| oneof.name().to_owned()),
        comment: places.comment(path),
        deprecated: options::deprecated(set),
        options: taken.chain(options::written(set, &at(8), places)).collect(),
        line: places.line(path),
    }
}

fn field_type(field: &FieldDescriptorProto, owner: &DescriptorProto) -> Type {
    let Some(name) = field.type_name.as_deref() else {
        let keyword = field.r#type().as_str_name().trim_start_matches("TYPE_");
        return Type::Scalar { name: keyword.to_lowercase() };
    };
    // What a written name means is not known to the parser: only a map is surely a message.
    let is_map = field.r#type == Some(Keyword::Message as i32);
    let mut entries = owner.nested_type.iter().filter(|nested| is_map && is_map_entry(nested));
    match entries.find(|entry| entry.name() == name).map(|entry| &entry.field[..]) {
        Some([key, value]) => Type::Map {
            key: key.r#type().as_str_name().trim_start_matches("TYPE_").to_lowercase(),
            value: Box::new(field_type(value, owner)),
        },
        _ => Type::Named { name: name.to_owned() },
    }
}

fn is_map_entry(message: &DescriptorProto) -> bool {
    message.options.as_ref().is_some_and(|options| options.map_entry())
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
