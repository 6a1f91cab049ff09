//! JSON Schema, made of the messages that describe what the program writes as JSON.

#![expect(clippy::disallowed_methods, reason = "the schema is a folder of the repository")]

use std::collections::{BTreeMap, BTreeSet};

use protox_parse::parse;
use serde_json::{Map, Value, json};

/// Where the messages are.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/schemas/lacuna/v1");

/// A message or an enum as JSON Schema, and the types it names.
type Definition = (Value, BTreeSet<String>);

/// Every message and enum of the schema.
pub struct Definitions(BTreeMap<String, Definition>);

impl Definitions {
    /// Reads every file of the schema.
    pub fn read() -> Self {
        let mut all = BTreeMap::new();
        for entry in std::fs::read_dir(FOLDER).expect("the schema is there") {
            let path = entry.expect("the folder is readable").path();
            if path.extension().is_none_or(|ending| ending != "proto") {
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("the schema is text");
            let file = parse(&path.to_string_lossy(), &text).expect("the schema parses");
            let comments = comments(&file);
            for (n, message) in file.message_type.iter().enumerate() {
                all.insert(message.name().to_owned(), of_message(message, n as i32, &comments));
            }
            for (n, one) in file.enum_type.iter().enumerate() {
                all.insert(one.name().to_owned(), of_enum(one, n as i32, &comments));
            }
        }
        Self(all)
    }

    /// The schema of a document that is one message.
    pub fn of(&self, root: &str) -> Value {
        let (mut schema, mut wanted) = self.0[root].clone();
        let mut defs = Map::new();
        while let Some(name) = wanted.pop_first() {
            let (definition, more) = &self.0[&name];
            wanted.extend(more.iter().filter(|name| !defs.contains_key(*name)).cloned());
            defs.insert(name.clone(), definition.clone());
            wanted.remove(&name);
        }
        schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
        schema["title"] = json!(root);
        schema["$defs"] = defs.into();
        schema
    }
}

type Comments = BTreeMap<Vec<i32>, String>;

/// The comments before declarations, by the path that descriptors give them.
fn comments(file: &prost_types::FileDescriptorProto) -> Comments {
    let places = file.source_code_info.iter().flat_map(|info| &info.location);
    let comment = |place: &prost_types::source_code_info::Location| {
        let text = place.leading_comments.as_deref()?;
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        Some((place.path.clone(), text))
    };
    places.filter_map(comment).collect()
}

fn described(mut schema: Value, path: &[i32], comments: &Comments) -> Value {
    if let Some(comment) = comments.get(path) {
        schema["description"] = json!(comment);
    }
    schema
}

fn of_message(message: &prost_types::DescriptorProto, n: i32, comments: &Comments) -> Definition {
    let mut properties = Map::new();
    let mut wanted = BTreeSet::new();
    for (at, field) in message.field.iter().enumerate() {
        let schema = of_field(field, &mut wanted);
        let schema = described(schema, &[4, n, 2, at as i32], comments);
        properties.insert(field.name().to_owned(), schema);
    }
    let required: Vec<&String> = properties.keys().collect();
    let schema = json!({ "type": "object", "required": required, "properties": properties });
    (described(schema, &[4, n], comments), wanted)
}

fn of_field(field: &prost_types::FieldDescriptorProto, wanted: &mut BTreeSet<String>) -> Value {
    use prost_types::field_descriptor_proto::{Label, Type};
    let name = field.type_name().rsplit('.').next().unwrap_or_default().to_owned();
    let one = if !name.is_empty() {
        wanted.insert(name.clone());
        json!({ "$ref": format!("#/$defs/{name}") })
    } else {
        match field.r#type() {
            Type::String => json!({ "type": "string" }),
            Type::Bool => json!({ "type": "boolean" }),
            Type::Double | Type::Float => json!({ "type": "number" }),
            Type::Uint32 | Type::Uint64 => json!({ "type": "integer", "minimum": 0 }),
            Type::Int32 | Type::Int64 => json!({ "type": "integer" }),
            other => panic!("{}: {other:?} has no form here", field.name()),
        }
    };
    if field.label() == Label::Repeated {
        return json!({ "type": "array", "items": one });
    }
    // A message that is not there is null, as in Protocol Buffers; a scalar says so.
    match field.proto3_optional() || !name.is_empty() {
        true => json!({ "anyOf": [one, { "type": "null" }] }),
        false => one,
    }
}

/// The words of an enum: the names without the prefix, in lower case.
fn of_enum(one: &prost_types::EnumDescriptorProto, n: i32, comments: &Comments) -> Definition {
    let mut prefix = String::new();
    for c in one.name().chars() {
        if c.is_uppercase() && !prefix.is_empty() {
            prefix.push('_');
        }
        prefix.extend(c.to_uppercase());
    }
    prefix.push('_');
    let words = one.value.iter().filter_map(|value| {
        let word = value.name().strip_prefix(&prefix).expect("a value has the prefix of its enum");
        (word != "UNSPECIFIED").then(|| word.to_lowercase())
    });
    let schema = json!({ "type": "string", "enum": words.collect::<Vec<_>>() });
    (described(schema, &[5, n], comments), BTreeSet::new())
}
