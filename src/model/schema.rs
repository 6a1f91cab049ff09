//! A Protocol Buffers file as it was read, before type names are looked up.

use serde::Serialize;

use crate::text::Span;

/// One `.proto` file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Schema {
    /// `proto2`, `proto3` or an edition.
    pub syntax: String,
    /// The package, empty when there is none.
    pub package: String,
    /// The comment on the package or syntax statement.
    pub comment: String,
    /// Imported files, with their place.
    pub imports: Vec<Import>,
    /// Messages, enums and services in the order of the file, nested ones after their parents.
    pub symbols: Vec<Symbol>,
    /// File options that are set, name and value as written.
    pub options: Vec<(String, String)>,
}

/// An `import` statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Import {
    /// The path as written.
    pub path: String,
    /// The statement.
    pub span: Span,
}

/// A message, enum or service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Symbol {
    /// The full name, without a leading dot: `pkg.Outer.Inner`.
    pub name: String,
    /// The last part of the name.
    pub short: String,
    /// What it is and holds.
    pub shape: Shape,
    /// The comment, Markdown, without comment signs.
    pub comment: String,
    /// Whether `deprecated = true` is set.
    pub deprecated: bool,
    /// Options that are set, name and value as written.
    pub options: Vec<(String, String)>,
    /// Line, from 1.
    pub line: u32,
    /// The declaration's name.
    pub span: Span,
}

/// What a symbol holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase", tag = "kind")]
pub enum Shape {
    /// `message`.
    Message {
        /// Fields in the order of the file.
        fields: Vec<Field>,
        /// Reserved numbers and names, as text: `2`, `9 to 11`, `"foo"`.
        reserved: Vec<String>,
    },
    /// `enum`.
    Enum {
        /// Values in the order of the file.
        values: Vec<EnumValue>,
        /// Reserved numbers and names.
        reserved: Vec<String>,
    },
    /// `service`.
    Service {
        /// Methods in the order of the file.
        methods: Vec<Method>,
    },
}

/// A field of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Its number.
    pub number: i32,
    /// `optional`, `required`, `repeated`, or empty.
    pub label: String,
    /// Its type.
    pub ty: Type,
    /// The oneof it belongs to.
    pub oneof: Option<String>,
    /// The comment, Markdown.
    pub comment: String,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Options, name and value as written.
    pub options: Vec<(String, String)>,
    /// Line, from 1.
    pub line: u32,
}

/// The type of a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase", tag = "form")]
pub enum Type {
    /// `string`, `int32`, …
    Scalar {
        /// Its keyword.
        name: String,
    },
    /// A message or enum, by the name as written, to be looked up.
    Named {
        /// As written; a leading dot means from the root.
        name: String,
    },
    /// `map<key, value>`.
    Map {
        /// The key's keyword.
        key: String,
        /// The value's type.
        value: Box<Type>,
    },
}

/// A value of an enum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EnumValue {
    /// Its name.
    pub name: String,
    /// Its number.
    pub number: i32,
    /// The comment, Markdown.
    pub comment: String,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Line, from 1.
    pub line: u32,
}

/// A method of a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Method {
    /// Its name.
    pub name: String,
    /// Request type as written.
    pub input: String,
    /// Response type as written.
    pub output: String,
    /// Whether the request or the response is a stream.
    pub streaming: Streaming,
    /// The comment, Markdown.
    pub comment: String,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Options, name and value as written.
    pub options: Vec<(String, String)>,
    /// Line, from 1.
    pub line: u32,
}

/// Which side of a method is a stream.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Streaming {
    /// One request, one response.
    #[default]
    None,
    /// Many requests.
    Client,
    /// Many responses.
    Server,
    /// Both.
    Both,
}
