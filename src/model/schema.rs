//! A Protocol Buffers file as it was read, before type names are looked up.

use std::{fmt, ops::Range};

use serde::Serialize;

use crate::text::Span;

/// One `.proto` file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Schema {
    /// `proto2`, `proto3` or an edition.
    pub syntax: String,
    /// The package, empty when there is none.
    pub package: String,
    /// The comment on the package or syntax statement.
    pub comment: String,
    /// Imported files, with their place.
    pub imports: Vec<Import>,
    /// Messages, enums, services and extensions in the order of the file, nested ones after their
    /// parents.
    pub symbols: Vec<Symbol>,
    /// File options that are set, name and value as written.
    pub options: Vec<(String, String)>,
}

/// An `import` statement.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Import {
    /// The path as written.
    pub path: String,
    /// What the importer gives on.
    pub kind: ImportKind,
    /// The statement.
    pub span: Span,
}

/// The word behind `import`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ImportKind {
    /// No word.
    #[default]
    Plain,
    /// `public`: whoever imports the importer sees the file too.
    Public,
    /// `weak`: the file may be missing.
    Weak,
    /// `option`, from edition 2024 on: only options of the file are used.
    Option,
}

/// A message, enum, service or extension.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
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
    /// Where each of its pages begins among its members, and behind them the symbols inside it;
    /// empty when one page shows all.
    #[serde(skip)]
    pub divisions: Vec<u32>,
}

impl Symbol {
    /// How many pages it has.
    pub fn pages(&self) -> usize {
        self.divisions.len().max(1)
    }

    /// What a page, counted from 1, shows of its members, and behind them the symbols inside it.
    pub fn on_page(&self, page: usize) -> Range<usize> {
        let begin = |page: usize| self.divisions.get(page).map(|first| *first as usize);
        begin(page - 1).unwrap_or(0)..begin(page).unwrap_or(usize::MAX)
    }

    /// The page, from 1, with a member; the first for what is no member.
    pub fn page_of(&self, member: &str) -> usize {
        if self.divisions.is_empty() {
            return 1;
        }
        let at = self.members().position(|name| name == member).unwrap_or_default();
        self.divisions.partition_point(|first| *first as usize <= at).max(1)
    }

    /// The names of its fields, values or methods.
    pub fn members(&self) -> impl Iterator<Item = &str> {
        let (fields, values, methods) = match &self.shape {
            Shape::Message { fields, .. } => (&fields[..], &[][..], &[][..]),
            Shape::Enum { values, .. } => (&[][..], &values[..], &[][..]),
            Shape::Service { methods } => (&[][..], &[][..], &methods[..]),
            Shape::Extension { .. } => (&[][..], &[][..], &[][..]),
        };
        let fields = fields.iter().map(|field| field.name.as_str());
        let values = values.iter().map(|value| value.name.as_str());
        fields.chain(values).chain(methods.iter().map(|method| method.name.as_str()))
    }

    /// The comments of its fields, values or methods, in the order of [`Symbol::members`].
    pub fn member_comments(&self) -> Vec<&str> {
        match &self.shape {
            Shape::Message { fields, .. } => fields.iter().map(|f| f.comment.as_str()).collect(),
            Shape::Enum { values, .. } => values.iter().map(|v| v.comment.as_str()).collect(),
            Shape::Service { methods } => methods.iter().map(|m| m.comment.as_str()).collect(),
            Shape::Extension { .. } => Vec::new(),
        }
    }

    /// All options set on it and on its parts.
    pub fn all_options(&self) -> Vec<&(String, String)> {
        let mut all: Vec<&(String, String)> = self.options.iter().collect();
        match &self.shape {
            Shape::Message { fields, oneofs, .. } => {
                all.extend(fields.iter().flat_map(|field| &field.options));
                all.extend(oneofs.iter().flat_map(|oneof| &oneof.options));
            }
            Shape::Enum { values, .. } => all.extend(values.iter().flat_map(|v| &v.options)),
            Shape::Service { methods } => all.extend(methods.iter().flat_map(|m| &m.options)),
            Shape::Extension { field, .. } => all.extend(&field.options),
        }
        all
    }
}

/// What a symbol holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase", tag = "kind")]
pub enum Shape {
    /// `message`.
    Message {
        /// Fields in the order of the file.
        fields: Vec<Field>,
        /// The oneofs that were written, in the order of the file.
        oneofs: Vec<Oneof>,
        /// Reserved numbers and names, as text: `2`, `9 to 11`, `"foo"`.
        reserved: Vec<String>,
        /// Numbers that extensions may take, as text: `100 to max`.
        extensions: Vec<String>,
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
    /// A field that an `extend` block adds to a message.
    Extension {
        /// The extended message, by the name as written.
        extendee: String,
        /// The field itself; its name is the short name of the symbol.
        field: Box<Field>,
    },
}

impl Shape {
    /// The word for people: `message`, `enum`, `service`, `extension`.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Message { .. } => "message",
            Self::Enum { .. } => "enum",
            Self::Service { .. } => "service",
            Self::Extension { .. } => "extension",
        }
    }
}

/// A oneof of a message.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Oneof {
    /// Its name.
    pub name: String,
    /// The comment, Markdown.
    pub comment: String,
    /// Options, name and value as written.
    pub options: Vec<(String, String)>,
}

/// A field of a message.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
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
    /// The default value as written.
    pub default: Option<String>,
    /// The name in JSON, when the file gives one.
    pub json_name: Option<String>,
    /// The comment, Markdown.
    pub comment: String,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// The other options, name and value as written.
    pub options: Vec<(String, String)>,
    /// Line, from 1.
    pub line: u32,
}

/// The type of a field.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
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
    /// A group, by the name of the message that is declared with it.
    Group {
        /// The name as written.
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

impl Type {
    /// The message or enum it names, as written.
    pub fn named(&self) -> Option<&str> {
        match self {
            Self::Scalar { .. } => None,
            Self::Named { name } | Self::Group { name } => Some(name),
            Self::Map { value, .. } => value.named(),
        }
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scalar { name } | Self::Named { name } => f.write_str(name),
            Self::Group { name } => write!(f, "group {name}"),
            Self::Map { key, value } => write!(f, "map<{key}, {value}>"),
        }
    }
}

/// A value of an enum.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct EnumValue {
    /// Its name.
    pub name: String,
    /// Its number.
    pub number: i32,
    /// The comment, Markdown.
    pub comment: String,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Options, name and value as written.
    pub options: Vec<(String, String)>,
    /// Line, from 1.
    pub line: u32,
}

/// A method of a service.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
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
