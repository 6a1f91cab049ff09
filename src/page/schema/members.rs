//! The rows of a symbol's page: fields, values and methods.

use std::ops::Range;

use super::{comment, http, line_href, option_rows, rules};
use crate::{
    graph::symbols::well_known as known_types,
    model::schema::{EnumValue, Field, Method, Oneof, Type},
    page::{
        model::{FieldGroup, FieldRow, MethodRow, OneofRow, Text, TypeWords, ValueRow},
        site::Site,
    },
    path::RelPath,
};

/// Makes rows, and collects their comments.
pub(super) struct Rows<'s, 'a> {
    pub site: &'s Site<'a>,
    pub route: &'s RelPath,
    /// The full name of the symbol.
    pub scope: &'s str,
    /// The file of the symbol, by its index.
    pub file: usize,
    /// The members on the page, by their place.
    pub here: Range<usize>,
    /// Comments by name.
    pub texts: Vec<(String, Text)>,
}

impl Rows<'_, '_> {
    /// The members on the page, each with its place.
    fn on_page<'m, M>(&self, all: &'m [M]) -> impl Iterator<Item = (usize, &'m M)> + use<'m, M> {
        all.iter().enumerate().skip(self.here.start).take(self.here.len())
    }

    /// The address of another member.
    fn member_href(&self, name: &str) -> String {
        let own = self.site.symbol_named("", self.scope);
        own.map_or(format!("#{name}"), |ix| self.site.place_href(self.route, ix, name))
    }

    /// Adds a comment, and gives the name it has: empty for none.
    pub fn comment(&mut self, name: &str, comment: &str) -> String {
        if comment.is_empty() {
            return String::new();
        }
        let text = comment::text(self.site, self.route, self.scope, comment);
        self.texts.push((name.to_owned(), text));
        name.to_owned()
    }

    /// The fields of a message: those of a oneof together.
    pub fn groups(&mut self, fields: &[Field], oneofs: &[Oneof]) -> Vec<FieldGroup> {
        let mut groups: Vec<FieldGroup> = Vec::new();
        for (n, field) in self.on_page(fields) {
            let row = self.field(&format!("comment_{n}"), field);
            let last = groups.last_mut().filter(|group| {
                group.oneof.as_ref().map(|oneof| &oneof.name) == field.oneof.as_ref()
            });
            match last {
                Some(group) => group.fields.push(row),
                None => {
                    let oneof = field.oneof.as_ref();
                    let oneof = oneof.and_then(|name| oneofs.iter().find(|o| o.name == *name));
                    let oneof = oneof.map(|oneof| self.oneof(oneof));
                    groups.push(FieldGroup { oneof, fields: vec![row] });
                }
            }
        }
        groups
    }

    fn oneof(&mut self, oneof: &Oneof) -> OneofRow {
        let (rules, rest) = rules::split(&oneof.options);
        OneofRow {
            name: oneof.name.clone(),
            text: self.comment(&format!("oneof_{}", oneof.name), &oneof.comment),
            rules,
            options: option_rows(self.site, self.route, self.scope, &rest),
        }
    }

    /// One field.
    pub fn field(&mut self, name: &str, field: &Field) -> FieldRow {
        let (behaviours, rest) = rules::behaviours(&field.options);
        let (rules, rest) = rules::split(&rest);
        FieldRow {
            name: field.name.clone(),
            number: field.number,
            label: field.label.clone(),
            ty: type_words(self.site, self.route, self.scope, &field.ty),
            default: field.default.clone(),
            json_name: field.json_name.clone(),
            deprecated: field.deprecated,
            behaviours,
            rules,
            options: option_rows(self.site, self.route, self.scope, &rest),
            text: self.comment(name, &field.comment),
            href: line_href(self.site, self.route, self.file, field.line),
        }
    }

    /// The values of an enum; one whose number was given before is an alias.
    pub fn values(&mut self, values: &[EnumValue]) -> Vec<ValueRow> {
        let mut first = std::collections::BTreeMap::new();
        let mut rows = Vec::with_capacity(values.len());
        for value in values.iter().rev() {
            first.insert(value.number, value.name.as_str());
        }
        for (n, value) in self.on_page(values) {
            let alias_of = first.get(&value.number).filter(|name| **name != value.name);
            rows.push(ValueRow {
                name: value.name.clone(),
                number: value.number,
                alias_of: alias_of.map(|name| (*name).to_owned()),
                alias_href: alias_of.map(|name| self.member_href(name)),
                deprecated: value.deprecated,
                options: option_rows(self.site, self.route, self.scope, &value.options),
                text: self.comment(&format!("comment_{n}"), &value.comment),
            });
        }
        rows
    }

    /// The methods of a service.
    pub fn methods(&mut self, methods: &[Method]) -> Vec<MethodRow> {
        let mut rows = Vec::with_capacity(methods.len());
        for (n, method) in self.on_page(methods) {
            let (http, rest) = http::split(&method.options);
            rows.push(MethodRow {
                name: method.name.clone(),
                input: named_words(self.site, self.route, self.scope, &method.input),
                output: named_words(self.site, self.route, self.scope, &method.output),
                streaming: method.streaming,
                deprecated: method.deprecated,
                http,
                options: option_rows(self.site, self.route, self.scope, &rest),
                text: self.comment(&format!("comment_{n}"), &method.comment),
            });
        }
        rows
    }
}

fn type_words(site: &Site<'_>, route: &RelPath, scope: &str, ty: &Type) -> TypeWords {
    match ty {
        Type::Scalar { name } => vec![(name.clone(), None)],
        Type::Named { name } => named_words(site, route, scope, name),
        Type::Group { name } => {
            let mut words = vec![("group ".to_owned(), None)];
            words.extend(named_words(site, route, scope, name));
            words
        }
        Type::Map { key, value } => {
            let mut words = vec![(format!("map<{key}, "), None)];
            words.extend(type_words(site, route, scope, value));
            words.push((">".to_owned(), None));
            words
        }
    }
}

/// A type's name with its page: that of its declaration, else that of the well-known types.
pub(super) fn named_words(site: &Site<'_>, route: &RelPath, scope: &str, name: &str) -> TypeWords {
    let href = match site.symbol_named(scope, name) {
        Some(ix) => Some(site.record_href(route, ix)),
        None => {
            known_types::find(name).and_then(|known| super::well_known::href(site, route, known))
        }
    };
    vec![(name.trim_start_matches('.').to_owned(), href)]
}
