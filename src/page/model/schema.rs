//! What the pages of schemas show.

use serde::Serialize;

use super::Link;
use crate::model::schema::{EnumValue, Streaming};

/// All packages.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SchemaIndex {
    /// By name.
    pub packages: Vec<PackageRow>,
}

/// A package in a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PackageRow {
    /// Name and address.
    #[serde(flatten)]
    pub link: Link,
    /// Messages, enums, services.
    pub messages: usize,
    /// Enums.
    pub enums: usize,
    /// Services.
    pub services: usize,
    /// Its files.
    pub files: Vec<String>,
}

/// One package.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PackageView {
    /// Its files with their imports.
    pub files: Vec<FileRow>,
    /// Services, messages, enums, in that order.
    pub symbols: Vec<SymbolRow>,
}

/// A schema file in a package.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FileRow {
    /// Its path.
    pub path: String,
    /// `proto3`, …
    pub syntax: String,
    /// Imports; with an address when the file is here.
    pub imports: Vec<(String, Option<String>)>,
}

/// A symbol in a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SymbolRow {
    /// Name inside the package and address.
    #[serde(flatten)]
    pub link: Link,
    /// `message`, `enum`, `service`.
    pub shape: &'static str,
    /// The first sentence of its comment.
    pub summary: String,
    /// Whether it is deprecated.
    pub deprecated: bool,
}

/// A type as shown: words, some of them links.
pub type TypeWords = Vec<(String, Option<String>)>;

/// One message, enum or service. Comments are texts named `comment` and `comment_N` (by position
/// of the field, value or method).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SymbolView {
    /// What the package says of it.
    pub row: SymbolRow,
    /// The full name.
    pub full_name: String,
    /// The file and line of the declaration.
    pub declared: String,
    /// Fields of a message.
    pub fields: Vec<FieldRow>,
    /// Values of an enum.
    pub values: Vec<EnumValue>,
    /// Methods of a service.
    pub methods: Vec<MethodRow>,
    /// Reserved numbers and names.
    pub reserved: Vec<String>,
    /// Options that are set.
    pub options: Vec<(String, String)>,
    /// Symbols that use this one.
    pub used_by: Vec<Link>,
}

/// A field of a message.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FieldRow {
    /// Its name, also its fragment.
    pub name: String,
    /// Its number.
    pub number: i32,
    /// `repeated`, … or empty.
    pub label: String,
    /// Its type.
    pub ty: TypeWords,
    /// Its oneof.
    pub oneof: Option<String>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Options that are set.
    pub options: Vec<(String, String)>,
}

/// A method of a service.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MethodRow {
    /// Its name, also its fragment.
    pub name: String,
    /// Request.
    pub input: TypeWords,
    /// Response.
    pub output: TypeWords,
    /// What is a stream.
    pub streaming: Streaming,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Options that are set.
    pub options: Vec<(String, String)>,
}
