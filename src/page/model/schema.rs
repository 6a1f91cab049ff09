//! What the pages of schemas show. Comments are texts, named by the `text` of their row.

use serde::Serialize;

use super::{Link, Pager};
use crate::model::schema::Streaming;

/// All packages.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct SchemaIndex {
    /// Those on the page, by name.
    pub packages: Vec<PackageRow>,
    /// How many there are.
    pub all: usize,
    /// The number of the first on the page, from 1.
    pub first: usize,
    /// The ways to the other pages.
    pub pager: Option<Pager>,
    /// Files of all packages.
    pub files: usize,
    /// How much of all packages is documented.
    pub documented: ShareView,
    /// What the boxes of the drawing stand for when there are too many packages to draw each:
    /// so many parts of their names. The drawing is the text `graph`.
    pub folded: Option<usize>,
    /// The address of the badge.
    pub badge: String,
    /// The address of the types that need no file, when some are used.
    pub well_known: Option<String>,
}

/// Declarations with a comment, of all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct ShareView {
    /// Those with a comment.
    pub with: usize,
    /// All.
    pub all: usize,
    /// In percent; `None` when nothing is counted.
    pub percent: Option<u8>,
}

/// A package in a list.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct PackageRow {
    /// Name and address.
    #[serde(flatten)]
    pub link: Link,
    /// Messages.
    pub messages: usize,
    /// Enums.
    pub enums: usize,
    /// Services.
    pub services: usize,
    /// How many files it has.
    pub files: usize,
    /// How much of it is documented.
    pub documented: ShareView,
}

/// One package.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct PackageView {
    /// Its name as in the file, may be empty.
    pub name: String,
    /// Its files with their imports. Those on the page.
    pub files: Vec<FileRow>,
    /// Services, messages, enums, extensions, in that order; no nested ones. Those on the page.
    pub symbols: Vec<SymbolRow>,
    /// The number of the page, from 1.
    pub page: usize,
    /// The ways to the other pages.
    pub pager: Option<Pager>,
    /// Whether only names are listed, for there are too many for more.
    pub brief: bool,
    /// How much of it is documented.
    pub documented: ShareView,
    /// Where comments are missing; at most so many that the page stays small.
    pub undocumented: Vec<UndocumentedRow>,
    /// How many symbols with missing comments are not listed.
    pub undocumented_more: usize,
    /// Packages it needs, those on the page.
    pub depends_on: Vec<NeedRow>,
    /// How many it needs.
    pub depends_on_all: usize,
    /// Packages that need it, those on the page.
    pub needed_by: Vec<NeedRow>,
    /// How many need it.
    pub needed_by_all: usize,
    /// The address of the badge.
    pub badge: String,
}

/// Another package.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct NeedRow {
    /// Its name.
    pub title: String,
    /// Its address, when it has a page.
    pub href: Option<String>,
    /// By how many imports.
    pub imports: usize,
}

/// A symbol with missing comments.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct UndocumentedRow {
    /// Name inside the package and address.
    #[serde(flatten)]
    pub link: Link,
    /// Whether it has no comment itself.
    pub own: bool,
    /// Its members without a comment, the first of them.
    pub members: Vec<String>,
    /// How many more there are.
    pub more: usize,
}

/// A schema file in a package.
#[derive(Clone, Debug, Default, PartialEq, Hash, Serialize)]
pub struct FileRow {
    /// Its path.
    pub path: String,
    /// The address of its text.
    pub href: Option<String>,
    /// `proto3`, …
    pub syntax: String,
    /// Features that an edition lets it set, and other options of the file.
    pub options: Vec<OptionRow>,
    /// Imports; with an address when the file is here.
    pub imports: Vec<(String, Option<String>)>,
}

/// A symbol in a list.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct SymbolRow {
    /// Name inside the package and address.
    #[serde(flatten)]
    pub link: Link,
    /// `message`, `enum`, `service`, `extension`.
    pub shape: &'static str,
    /// The first sentence of its comment.
    pub summary: String,
    /// Whether it is deprecated.
    pub deprecated: bool,
}

/// A type as shown: words, some of them links.
pub type TypeWords = Vec<(String, Option<String>)>;

/// The place of a declaration.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct Declared {
    /// `path:line`.
    pub title: String,
    /// The line on the page of the source.
    pub href: Option<String>,
}

/// One message, enum, service or extension.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct SymbolView {
    /// What the package says of it.
    pub row: SymbolRow,
    /// The full name.
    pub full_name: String,
    /// Where it is declared.
    pub declared: Declared,
    /// Fields of a message, those of a oneof together; the field of an extension.
    pub fields: Vec<FieldGroup>,
    /// The message that an extension extends.
    pub extendee: TypeWords,
    /// Values of an enum.
    pub values: Vec<ValueRow>,
    /// Methods of a service.
    pub methods: Vec<MethodRow>,
    /// Symbols declared inside it.
    pub nested: Vec<SymbolRow>,
    /// Reserved numbers and names.
    pub reserved: Vec<String>,
    /// Numbers for extensions.
    pub extensions: Vec<String>,
    /// Extensions of the message, the first of them.
    pub extended_by: Vec<Link>,
    /// How many more there are.
    pub extended_by_more: usize,
    /// Conditions on the message as a whole.
    pub rules: Vec<String>,
    /// Options that are set.
    pub options: Vec<OptionRow>,
    /// Symbols that use this one, the first of them.
    pub used_by: Vec<Link>,
    /// How many more there are.
    pub used_by_more: usize,
    /// The number of the page, from 1.
    pub page: usize,
    /// First and last of its members on this page, and how many there are, where others are on
    /// other pages.
    pub shown: Option<(usize, usize, usize)>,
    /// The ways to the other pages.
    pub pager: Option<Pager>,
    /// On the first of several pages, the members on each of the others.
    pub further: Vec<FurtherRow>,
}

/// Members on a further page.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct FurtherRow {
    /// The address of the page.
    pub href: String,
    /// The first of them.
    pub first: String,
    /// The last of them.
    pub last: String,
    /// All of them, when there is room: each is a place that leads on.
    pub names: Vec<String>,
}

/// An option that is set.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct OptionRow {
    /// Its name as written.
    pub name: String,
    /// The extension that declares it.
    pub href: Option<String>,
    /// Its value as written.
    pub value: String,
}

/// Fields that stand together.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct FieldGroup {
    /// The oneof they belong to; of it at most one is set.
    pub oneof: Option<OneofRow>,
    /// The fields.
    pub fields: Vec<FieldRow>,
}

/// A oneof.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct OneofRow {
    /// Its name.
    pub name: String,
    /// The name of its comment.
    pub text: String,
    /// Conditions on it.
    pub rules: Vec<String>,
    /// Options that are set.
    pub options: Vec<OptionRow>,
}

/// A field of a message.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct FieldRow {
    /// Its name, also its fragment.
    pub name: String,
    /// Its number.
    pub number: i32,
    /// `repeated`, … or empty.
    pub label: String,
    /// Its type.
    pub ty: TypeWords,
    /// Its default value.
    pub default: Option<String>,
    /// Its name in JSON, when that is given.
    pub json_name: Option<String>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// What `google.api.field_behavior` says: `required`, `output only`.
    pub behaviours: Vec<String>,
    /// Conditions on its value.
    pub rules: Vec<String>,
    /// Other options that are set.
    pub options: Vec<OptionRow>,
    /// The name of its comment.
    pub text: String,
    /// Its line in the source.
    pub href: Option<String>,
}

/// A value of an enum.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct ValueRow {
    /// Its name, also its fragment.
    pub name: String,
    /// Its number.
    pub number: i32,
    /// The first value with the same number.
    pub alias_of: Option<String>,
    /// The address of that value.
    pub alias_href: Option<String>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Options that are set.
    pub options: Vec<OptionRow>,
    /// The name of its comment.
    pub text: String,
}

/// A method of a service.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
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
    /// How it is called over HTTP.
    pub http: Vec<HttpRow>,
    /// Other options that are set.
    pub options: Vec<OptionRow>,
    /// The name of its comment.
    pub text: String,
}

/// A way to call a method over HTTP.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct HttpRow {
    /// `GET`, `POST`, …
    pub verb: String,
    /// The path with its variables.
    pub path: String,
    /// The field that is the body of the request: `*` for all that the path leaves; may be empty.
    pub body: String,
    /// The field that is the body of the response; may be empty.
    pub response: String,
}

/// The text of a schema; the text is `lines`.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct SourceView {
    /// `proto3`, …
    pub syntax: String,
    /// Its package.
    pub package: Link,
    /// What it imports and sets.
    pub file: FileRow,
    /// How many lines it has.
    pub lines: u32,
    /// First and last line on this page, where others are on other pages.
    pub shown: Option<(u32, u32)>,
    /// The ways to the other pages.
    pub pager: Option<Pager>,
    /// On the first of several pages, the first line of each.
    pub firsts: Vec<u32>,
}

/// Types that need no file.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct WellKnownView {
    /// Those in use, by name.
    pub types: Vec<WellKnownRow>,
}

/// A type that needs no file.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct WellKnownRow {
    /// Its full name.
    pub name: &'static str,
    /// Its fragment: the name without the package.
    pub anchor: &'static str,
    /// The file that declares it.
    pub file: &'static str,
    /// Its fields in a few words.
    pub holds: &'static str,
    /// How it looks in JSON, may be empty.
    pub json: &'static str,
    /// What it is for.
    pub about: &'static str,
    /// Who uses it, the first of them.
    pub used_by: Vec<Link>,
    /// How many more there are.
    pub more: usize,
}
