//! The fields of messages and extensions.

use prost_types::{
    DescriptorProto, FieldDescriptorProto,
    field_descriptor_proto::{Label, Type as Keyword},
};

use super::super::{editions::HIDDEN_DEFAULT, options, places::Places};
use crate::model::schema::{Field, Type};

/// A field; `owner` is the message that declares it, none for an extension of a file.
pub(super) fn read_field(
    field: &FieldDescriptorProto,
    owner: Option<&DescriptorProto>,
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
    let oneof = oneof.and_then(|index| owner?.oneof_decl.get(usize::try_from(index).ok()?));
    // These two the parser takes out of the list.
    let taken = |tag: i32| places.written(&at(tag)).map(options::tidy);
    let set = field.options.as_ref().map_or(&[][..], |options| &options.uninterpreted_option[..]);
    let mut written = options::written(set, &at(8), places);
    // In an edition the parser is shown another name, see `editions`.
    let hidden = written.iter().position(|(name, _)| name == HIDDEN_DEFAULT);
    let hidden = hidden.map(|at| written.remove(at).1);
    Field {
        name: field.name().to_owned(),
        number: field.number(),
        label: label.to_owned(),
        ty: field_type(field, owner),
        oneof: oneof.map(|oneof| oneof.name().to_owned()),
        default: taken(7).or(hidden),
        json_name: taken(10).map(|name| name.trim_matches(['"', '\'']).to_owned()),
        comment: places.comment(path),
        deprecated: options::deprecated(set),
        options: written,
        line: places.line(path),
    }
}

fn field_type(field: &FieldDescriptorProto, owner: Option<&DescriptorProto>) -> Type {
    let Some(name) = field.type_name.as_deref() else {
        let keyword = field.r#type().as_str_name().trim_start_matches("TYPE_");
        return Type::Scalar { name: keyword.to_lowercase() };
    };
    if field.r#type == Some(Keyword::Group as i32) {
        return Type::Group { name: name.to_owned() };
    }
    // What a written name means is not known to the parser: only a map is surely a message.
    let is_map = field.r#type == Some(Keyword::Message as i32);
    let nested = owner.map_or(&[][..], |owner| &owner.nested_type[..]);
    let mut entries = nested.iter().filter(|nested| is_map && is_map_entry(nested));
    match entries.find(|entry| entry.name() == name).map(|entry| &entry.field[..]) {
        Some([key, value]) => Type::Map {
            key: key.r#type().as_str_name().trim_start_matches("TYPE_").to_lowercase(),
            value: Box::new(field_type(value, owner)),
        },
        _ => Type::Named { name: name.to_owned() },
    }
}

/// Whether the parser made the message for the entries of a map.
pub(super) fn is_map_entry(message: &DescriptorProto) -> bool {
    message.options.as_ref().is_some_and(|options| options.map_entry())
}
