//! Types of `google.protobuf` that every compiler ships, known without their files. The texts are
//! ours, after the reference of the protobuf project, "Well-Known Types" and `descriptor.proto`.

/// The package of them all.
pub const PACKAGE: &str = "google.protobuf";

/// A type that is known without a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WellKnown {
    /// The full name.
    pub name: &'static str,
    /// The file that declares it.
    pub file: &'static str,
    /// Its fields or values in a few words.
    pub holds: &'static str,
    /// How it is written in JSON, or empty.
    pub json: &'static str,
    /// What it is for.
    pub about: &'static str,
}

/// The well-known type that a name as written means.
pub fn find(name: &str) -> Option<&'static WellKnown> {
    let name = name.trim_start_matches('.');
    let at = ALL.binary_search_by_key(&name, |known| known.name).ok()?;
    Some(&ALL[at])
}

/// Whether every compiler ships a file.
pub fn is_file(path: &str) -> bool {
    let beside = ["compiler/plugin", "cpp_features", "go_features", "java_features"];
    let Some(name) = path.strip_prefix("google/protobuf/") else { return false };
    let Some(stem) = name.strip_suffix(".proto") else { return false };
    beside.contains(&stem) || ALL.iter().any(|known| known.file == path)
}

const fn row(
    name: &'static str,
    file: &'static str,
    holds: &'static str,
    json: &'static str,
    about: &'static str,
) -> WellKnown {
    WellKnown { name, file, holds, json, about }
}

const DESCRIPTOR: &str = "google/protobuf/descriptor.proto";
const WRAPPERS: &str = "google/protobuf/wrappers.proto";
const STRUCT: &str = "google/protobuf/struct.proto";
const TYPE: &str = "google/protobuf/type.proto";
const API: &str = "google/protobuf/api.proto";

/// Sorted by name.
static ALL: &[WellKnown] = &[
    row(
        "google.protobuf.Any",
        "google/protobuf/any.proto",
        "type_url, value",
        "an object with the key @type",
        "A message of any type, as bytes, with an address that names its type.",
    ),
    row(
        "google.protobuf.Api",
        API,
        "name, methods, options, version, source_context, mixins, syntax",
        "",
        "Describes a service: its methods, its version and what it mixes in.",
    ),
    row(
        "google.protobuf.BoolValue",
        WRAPPERS,
        "value",
        "true or false, or null",
        "A bool that can be absent.",
    ),
    row(
        "google.protobuf.BytesValue",
        WRAPPERS,
        "value",
        "a string in base64, or null",
        "Bytes that can be absent.",
    ),
    row(
        "google.protobuf.DescriptorProto",
        DESCRIPTOR,
        "name, fields, nested types, ranges, options",
        "",
        "Describes a message type.",
    ),
    row(
        "google.protobuf.DoubleValue",
        WRAPPERS,
        "value",
        "a number, or null",
        "A double that can be absent.",
    ),
    row(
        "google.protobuf.Duration",
        "google/protobuf/duration.proto",
        "seconds, nanos",
        "a string of seconds, such as 1.5s",
        "A span of time with a sign, in seconds and billionths of a second.",
    ),
    row(
        "google.protobuf.Edition",
        DESCRIPTOR,
        "one value an edition",
        "",
        "The editions of the language.",
    ),
    row(
        "google.protobuf.Empty",
        "google/protobuf/empty.proto",
        "nothing",
        "an empty object",
        "A message without fields, for methods that take or give nothing.",
    ),
    row(
        "google.protobuf.Enum",
        TYPE,
        "name, values, options, source_context, syntax",
        "",
        "Describes an enum when a program runs.",
    ),
    row(
        "google.protobuf.EnumDescriptorProto",
        DESCRIPTOR,
        "name, values, options, reserved ranges",
        "",
        "Describes an enum type.",
    ),
    row(
        "google.protobuf.EnumOptions",
        DESCRIPTOR,
        "allow_alias, deprecated, features",
        "",
        "Options of an enum; extended by options of one's own.",
    ),
    row(
        "google.protobuf.EnumValue",
        TYPE,
        "name, number, options",
        "",
        "Describes a value of an enum when a program runs.",
    ),
    row(
        "google.protobuf.EnumValueOptions",
        DESCRIPTOR,
        "deprecated, features, debug_redact",
        "",
        "Options of an enum value; extended by options of one's own.",
    ),
    row(
        "google.protobuf.ExtensionRangeOptions",
        DESCRIPTOR,
        "declarations, verification, features",
        "",
        "Options of a range of extension numbers.",
    ),
    row(
        "google.protobuf.FeatureSet",
        DESCRIPTOR,
        "field_presence, enum_type, repeated_field_encoding, utf8_validation, message_encoding, json_format",
        "",
        "What an edition lets a file choose.",
    ),
    row(
        "google.protobuf.Field",
        TYPE,
        "kind, cardinality, number, name, type_url, options, json_name, default_value",
        "",
        "Describes a field when a program runs.",
    ),
    row(
        "google.protobuf.FieldDescriptorProto",
        DESCRIPTOR,
        "name, number, label, type, options",
        "",
        "Describes a field.",
    ),
    row(
        "google.protobuf.FieldMask",
        "google/protobuf/field_mask.proto",
        "paths",
        "one string with commas between the paths",
        "Names some fields of a message: those to read, or those to change.",
    ),
    row(
        "google.protobuf.FieldOptions",
        DESCRIPTOR,
        "packed, lazy, deprecated, debug_redact, features",
        "",
        "Options of a field; extended by options of one's own.",
    ),
    row(
        "google.protobuf.FileDescriptorProto",
        DESCRIPTOR,
        "name, package, dependencies, types, services, options",
        "",
        "Describes one schema file.",
    ),
    row(
        "google.protobuf.FileDescriptorSet",
        DESCRIPTOR,
        "files",
        "",
        "The files that a compiler has read.",
    ),
    row(
        "google.protobuf.FileOptions",
        DESCRIPTOR,
        "packages and prefixes for languages, deprecated, features",
        "",
        "Options of a file; extended by options of one's own.",
    ),
    row(
        "google.protobuf.FloatValue",
        WRAPPERS,
        "value",
        "a number, or null",
        "A float that can be absent.",
    ),
    row(
        "google.protobuf.Int32Value",
        WRAPPERS,
        "value",
        "a number, or null",
        "An int32 that can be absent.",
    ),
    row(
        "google.protobuf.Int64Value",
        WRAPPERS,
        "value",
        "a string of digits, or null",
        "An int64 that can be absent.",
    ),
    row(
        "google.protobuf.ListValue",
        STRUCT,
        "values",
        "an array",
        "A list of values of any kind that JSON has.",
    ),
    row(
        "google.protobuf.MessageOptions",
        DESCRIPTOR,
        "deprecated, map_entry, features",
        "",
        "Options of a message; extended by options of one's own.",
    ),
    row(
        "google.protobuf.Method",
        API,
        "name, request and response types and streams, options, syntax",
        "",
        "Describes a method of an Api.",
    ),
    row(
        "google.protobuf.MethodDescriptorProto",
        DESCRIPTOR,
        "name, input_type, output_type, options, streams",
        "",
        "Describes a method of a service.",
    ),
    row(
        "google.protobuf.MethodOptions",
        DESCRIPTOR,
        "deprecated, idempotency_level, features",
        "",
        "Options of a method; extended by options of one's own.",
    ),
    row(
        "google.protobuf.Mixin",
        API,
        "name, root",
        "",
        "An API whose methods another one takes in.",
    ),
    row("google.protobuf.NullValue", STRUCT, "NULL_VALUE", "null", "The null of JSON."),
    row(
        "google.protobuf.OneofDescriptorProto",
        DESCRIPTOR,
        "name, options",
        "",
        "Describes a oneof.",
    ),
    row(
        "google.protobuf.OneofOptions",
        DESCRIPTOR,
        "features",
        "",
        "Options of a oneof; extended by options of one's own.",
    ),
    row(
        "google.protobuf.Option",
        TYPE,
        "name, value",
        "",
        "An option that is set, when a program runs.",
    ),
    row(
        "google.protobuf.ServiceDescriptorProto",
        DESCRIPTOR,
        "name, methods, options",
        "",
        "Describes a service.",
    ),
    row(
        "google.protobuf.ServiceOptions",
        DESCRIPTOR,
        "deprecated, features",
        "",
        "Options of a service; extended by options of one's own.",
    ),
    row(
        "google.protobuf.SourceCodeInfo",
        DESCRIPTOR,
        "locations with comments",
        "",
        "Where the parts of a file stand in its text.",
    ),
    row(
        "google.protobuf.SourceContext",
        "google/protobuf/source_context.proto",
        "file_name",
        "",
        "The file that declares an element.",
    ),
    row(
        "google.protobuf.StringValue",
        WRAPPERS,
        "value",
        "a string, or null",
        "A string that can be absent.",
    ),
    row(
        "google.protobuf.Struct",
        STRUCT,
        "fields",
        "an object",
        "Values of any kind that JSON has, by name.",
    ),
    row(
        "google.protobuf.Syntax",
        TYPE,
        "one value a syntax",
        "",
        "The syntax in which an element is declared.",
    ),
    row(
        "google.protobuf.Timestamp",
        "google/protobuf/timestamp.proto",
        "seconds, nanos",
        "a string as in RFC 3339, such as 2017-01-15T01:30:15.01Z",
        "A point in time, in seconds and billionths of a second since 1970-01-01T00:00:00Z.",
    ),
    row(
        "google.protobuf.Type",
        TYPE,
        "name, fields, oneofs, options, source_context, syntax",
        "",
        "Describes a message when a program runs.",
    ),
    row(
        "google.protobuf.UInt32Value",
        WRAPPERS,
        "value",
        "a number, or null",
        "A uint32 that can be absent.",
    ),
    row(
        "google.protobuf.UInt64Value",
        WRAPPERS,
        "value",
        "a string of digits, or null",
        "A uint64 that can be absent.",
    ),
    row(
        "google.protobuf.UninterpretedOption",
        DESCRIPTOR,
        "name, value as written",
        "",
        "An option that no one has looked up yet.",
    ),
    row(
        "google.protobuf.Value",
        STRUCT,
        "one of null, number, string, bool, struct, list",
        "any value",
        "A value of any kind that JSON has.",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_finds_names_as_written() {
        assert!(ALL.is_sorted_by_key(|known| known.name));
        assert_eq!(find(".google.protobuf.Any").map(|known| known.holds), Some("type_url, value"));
        assert_eq!(find("Any"), None);
        assert!(is_file("google/protobuf/compiler/plugin.proto"));
        assert!(is_file("google/protobuf/struct.proto") && !is_file("google/protobuf/x.proto"));
    }
}
