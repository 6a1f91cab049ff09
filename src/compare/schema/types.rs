//! Which types and labels can stand for each other, in binary and in JSON (protobuf.dev, "Updating
//! A Message Type"; Buf's `FIELD_WIRE_COMPATIBLE_TYPE` and its kin).

use super::FieldStanding;

/// Scalars that are written alike in binary.
const WIRE: [&[&str]; 4] = [
    &["int32", "uint32", "int64", "uint64", "bool"],
    &["sint32", "sint64"],
    &["fixed32", "sfixed32"],
    &["fixed64", "sfixed64"],
];

/// Scalars that are written alike in JSON, too: numbers of 64 bits are strings there.
const WIRE_JSON: [&[&str]; 4] = [
    &["int32", "uint32"],
    &["int64", "uint64"],
    &["fixed32", "sfixed32"],
    &["fixed64", "sfixed64"],
];

/// Whether a field of one type can be read as the other, in binary.
pub(super) fn wire(old: &str, new: &str) -> bool {
    // Text is bytes; bytes may be no text.
    (old, new) == ("string", "bytes") || in_one_of(&WIRE, old, new)
}

/// The same in JSON and binary.
pub(super) fn wire_json(old: &str, new: &str) -> bool {
    in_one_of(&WIRE_JSON, old, new)
}

fn in_one_of(groups: &[&[&str]], old: &str, new: &str) -> bool {
    old == new || groups.iter().any(|group| group.contains(&old) && group.contains(&new))
}

/// Whether one label can be read as the other, in binary: of many values the last one counts.
pub(super) fn wire_label(old: &FieldStanding, new: &FieldStanding) -> bool {
    is_map(old) == is_map(new) || new.label == "repeated" || old.label == "repeated"
}

/// The same in JSON, where many values are a list.
pub(super) fn wire_json_label(old: &FieldStanding, new: &FieldStanding) -> bool {
    let many = |field: &FieldStanding| field.label == "repeated" || is_map(field);
    many(old) == many(new)
}

fn is_map(field: &FieldStanding) -> bool {
    field.ty.starts_with("map<")
}
