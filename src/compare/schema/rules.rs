//! The rules of Buf that are checked, each with its categories (buf.build, "Breaking change rules
//! and categories", version 2).

use super::SchemaChange;
use crate::compare::standing::Place;

/// How strict one is: what a change may not break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// Generated code, file by file.
    File,
    /// Generated code, package by package.
    Package,
    /// The binary and the JSON encoding.
    WireJson,
    /// The binary encoding.
    Wire,
}

impl Category {
    /// All, the strictest first.
    pub const ALL: [Self; 4] = [Self::File, Self::Package, Self::WireJson, Self::Wire];

    /// Buf's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::File => "FILE",
            Self::Package => "PACKAGE",
            Self::WireJson => "WIRE_JSON",
            Self::Wire => "WIRE",
        }
    }
}

/// A rule of Buf.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Buf's name.
    pub name: &'static str,
    categories: &'static [Category],
}

impl Rule {
    /// Whether a category has it.
    pub fn is_in(&self, category: Category) -> bool {
        self.categories.contains(&category)
    }
}

use Category::{File, Package, Wire, WireJson};

macro_rules! rules {
    ($($name:ident: $($category:ident)+;)+) => {
        $(
            #[doc = concat!("Buf's rule `", stringify!($name), "`.")]
            pub static $name: Rule =
                Rule { name: stringify!($name), categories: &[$($category),+] };
        )+
    };
}

rules! {
    ENUM_NO_DELETE: File;
    ENUM_VALUE_NO_DELETE: File Package;
    ENUM_VALUE_NO_DELETE_UNLESS_NAME_RESERVED: WireJson;
    ENUM_VALUE_NO_DELETE_UNLESS_NUMBER_RESERVED: WireJson Wire;
    ENUM_VALUE_SAME_NAME: File Package WireJson;
    EXTENSION_NO_DELETE: File;
    FIELD_NO_DELETE: File Package;
    FIELD_NO_DELETE_UNLESS_NAME_RESERVED: WireJson;
    FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED: WireJson Wire;
    FIELD_SAME_CARDINALITY: File Package;
    FIELD_SAME_DEFAULT: File Package;
    FIELD_SAME_JSON_NAME: File Package WireJson;
    FIELD_SAME_JSTYPE: File Package;
    FIELD_SAME_NAME: File Package WireJson;
    FIELD_SAME_ONEOF: File Package WireJson Wire;
    FIELD_SAME_TYPE: File Package;
    FIELD_WIRE_COMPATIBLE_CARDINALITY: Wire;
    FIELD_WIRE_COMPATIBLE_TYPE: Wire;
    FIELD_WIRE_JSON_COMPATIBLE_CARDINALITY: WireJson;
    FIELD_WIRE_JSON_COMPATIBLE_TYPE: WireJson;
    FILE_NO_DELETE: File;
    FILE_SAME_CSHARP_NAMESPACE: File Package;
    FILE_SAME_GO_PACKAGE: File Package;
    FILE_SAME_JAVA_MULTIPLE_FILES: File Package;
    FILE_SAME_JAVA_OUTER_CLASSNAME: File Package;
    FILE_SAME_JAVA_PACKAGE: File Package;
    FILE_SAME_OBJC_CLASS_PREFIX: File Package;
    FILE_SAME_PACKAGE: File;
    FILE_SAME_PHP_NAMESPACE: File Package;
    FILE_SAME_RUBY_PACKAGE: File Package;
    FILE_SAME_SWIFT_PREFIX: File Package;
    FILE_SAME_SYNTAX: File Package;
    MESSAGE_NO_DELETE: File;
    MESSAGE_SAME_REQUIRED_FIELDS: File Package WireJson Wire;
    ONEOF_NO_DELETE: File Package;
    PACKAGE_ENUM_NO_DELETE: Package;
    PACKAGE_EXTENSION_NO_DELETE: Package;
    PACKAGE_MESSAGE_NO_DELETE: Package;
    PACKAGE_SERVICE_NO_DELETE: Package;
    RESERVED_ENUM_NO_DELETE: File Package WireJson Wire;
    RESERVED_MESSAGE_NO_DELETE: File Package WireJson Wire;
    RPC_NO_DELETE: File Package;
    RPC_SAME_CLIENT_STREAMING: File Package WireJson Wire;
    RPC_SAME_IDEMPOTENCY_LEVEL: File Package WireJson Wire;
    RPC_SAME_REQUEST_TYPE: File Package WireJson Wire;
    RPC_SAME_RESPONSE_TYPE: File Package WireJson Wire;
    RPC_SAME_SERVER_STREAMING: File Package WireJson Wire;
    SERVICE_NO_DELETE: File;
}

/// The changes while they are gathered.
#[derive(Debug, Default)]
pub(super) struct Breach {
    pub(super) changes: Vec<SchemaChange>,
}

impl Breach {
    /// Adds a change that breaks these rules; none for an addition.
    pub(super) fn add(
        &mut self,
        rules: &[&'static Rule],
        place: &Place,
        subject: impl Into<String>,
        what: impl Into<String>,
    ) {
        self.changes.push(SchemaChange {
            subject: subject.into(),
            what: what.into(),
            place: place.clone(),
            rules: rules.to_vec(),
        });
    }
}
