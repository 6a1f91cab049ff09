//! Schemas: packages, and one page for each message, enum and service.

use super::{
    bare, frame,
    model::{
        FieldRow, FileRow, Link, MethodRow, PackageRow, PackageView, Page, SchemaIndex, SymbolRow,
        SymbolView, Text, TypeWords, View,
    },
    site::Site,
};
use crate::{
    graph::record::{RecordIx, RecordKind},
    model::{
        schema::{Schema, Shape, Symbol, Type},
        source::Facts,
    },
    path::RelPath,
};

/// All packages.
pub fn index(site: &Site<'_>) -> Page {
    let route = site.route.index(RecordKind::Schema);
    let packages = site
        .packages
        .iter()
        .map(|(name, symbols)| {
            let count =
                |shape: &str| symbols.iter().filter(|ix| shape_name(site, **ix) == shape).count();
            PackageRow {
                link: Link {
                    title: package_title(name),
                    href: site.href(&route, &site.route.package(name)),
                },
                messages: count("message"),
                enums: count("enum"),
                services: count("service"),
                files: files(site, name).map(|(path, _)| path.to_string()).collect(),
            }
        })
        .collect();
    bare(site, route, "Schemas", View::SchemaIndex(SchemaIndex { packages }))
}

/// One package.
pub fn package(site: &Site<'_>, name: &str) -> Page {
    let route = site.route.package(name);
    let mut symbols: Vec<SymbolRow> = site
        .packages
        .get(name)
        .into_iter()
        .flatten()
        .filter_map(|ix| symbol_row(site, &route, *ix))
        .collect();
    let rank = |shape: &str| ["service", "message", "enum"].iter().position(|s| *s == shape);
    symbols.sort_by(|a, b| (rank(a.shape), &a.link.title).cmp(&(rank(b.shape), &b.link.title)));
    let mut texts = Vec::new();
    let files = files(site, name)
        .map(|(path, schema)| {
            if !schema.comment.is_empty() && texts.is_empty() {
                texts.push(("comment".into(), Text::Comment(schema.comment.clone())));
            }
            file_row(site, &route, path, schema)
        })
        .collect();
    let mut page = bare(
        site,
        route.clone(),
        &package_title(name),
        View::Package(PackageView { files, symbols }),
    );
    page.texts = texts;
    let index = site.route.index(RecordKind::Schema);
    let crumb = Link { title: "Schemas".to_owned(), href: site.href(&route, &index) };
    page.frame.breadcrumbs.push(crumb);
    page
}

fn file_row(site: &Site<'_>, route: &RelPath, path: &RelPath, schema: &Schema) -> FileRow {
    let imports = schema.imports.iter().map(|import| {
        let ending = format!("/{}", import.path);
        let found = site.of_kind(RecordKind::Schema).find(|ix| {
            let path = site.record(*ix).path.as_str();
            path == import.path || path.ends_with(&ending)
        });
        (import.path.clone(), found.map(|ix| site.record_href(route, ix)))
    });
    FileRow { path: path.to_string(), syntax: schema.syntax.clone(), imports: imports.collect() }
}

/// One message, enum or service.
pub fn symbol(site: &Site<'_>, ix: RecordIx) -> Page {
    let route = site.route.of(ix).clone();
    let mut frame = frame::of_record(site, ix);
    let Some(((schema, symbol), row)) = site.symbol(ix).zip(symbol_row(site, &route, ix)) else {
        return bare(site, route, &site.record(ix).title, View::NotFound);
    };
    frame.title.clone_from(&row.link.title);
    let package = Link {
        title: package_title(&schema.package),
        href: site.href(&route, &site.route.package(&schema.package)),
    };
    frame.breadcrumbs.push(package);
    for sibling in &mut frame.siblings {
        sibling.title = inner_name(schema, &sibling.title).to_owned();
    }
    for link in [&mut frame.prev, &mut frame.next].into_iter().flatten() {
        link.title = inner_name(schema, &link.title).to_owned();
    }
    let mut texts = vec![("comment".to_owned(), symbol.comment.as_str())];
    let numbered = |n: usize| format!("comment_{n}");
    let (mut fields, mut values, mut methods, mut reserved_words) =
        (vec![], vec![], vec![], vec![]);
    match &symbol.shape {
        Shape::Message { fields: all, reserved } => {
            for (n, field) in all.iter().enumerate() {
                texts.push((numbered(n), &field.comment));
                fields.push(FieldRow {
                    name: field.name.clone(),
                    number: field.number,
                    label: field.label.clone(),
                    ty: type_words(site, &route, &symbol.name, &field.ty),
                    oneof: field.oneof.clone(),
                    deprecated: field.deprecated,
                    options: field.options.clone(),
                });
            }
            reserved_words.clone_from(reserved);
        }
        Shape::Enum { values: all, reserved } => {
            texts.extend(all.iter().enumerate().map(|(n, v)| (numbered(n), v.comment.as_str())));
            values.clone_from(all);
            reserved_words.clone_from(reserved);
        }
        Shape::Service { methods: all } => {
            for (n, method) in all.iter().enumerate() {
                texts.push((numbered(n), &method.comment));
                methods.push(MethodRow {
                    name: method.name.clone(),
                    input: named_words(site, &route, &symbol.name, &method.input),
                    output: named_words(site, &route, &symbol.name, &method.output),
                    streaming: method.streaming,
                    deprecated: method.deprecated,
                    options: method.options.clone(),
                });
            }
        }
    }
    let mut used_by: Vec<Link> = site
        .graph
        .symbols
        .used_by
        .get(&ix)
        .into_iter()
        .flatten()
        .map(|user| site.link(&route, *user))
        .collect();
    used_by.sort();
    let texts = texts
        .into_iter()
        .filter(|(_, comment)| !comment.is_empty())
        .map(|(name, comment)| (name, Text::Comment(comment.to_owned())))
        .collect();
    let view = View::Symbol(SymbolView {
        row,
        full_name: symbol.name.clone(),
        declared: format!("{}:{}", site.record(ix).path, symbol.line),
        fields,
        values,
        methods,
        reserved: reserved_words,
        options: symbol.options.clone(),
        used_by,
    });
    Page { origin: Some(site.record(ix).path.clone()), route, frame, view, texts }
}

fn files<'a>(
    site: &Site<'a>,
    package: &str,
) -> impl Iterator<Item = (&'a RelPath, &'a Schema)> + use<'a> {
    let package = package.to_owned();
    site.corpus.outlines.iter().filter_map(move |outline| match &outline.facts {
        Facts::Schema(schema) if schema.package == package => Some((&outline.path, &**schema)),
        _ => None,
    })
}

fn symbol_row(site: &Site<'_>, from: &RelPath, ix: RecordIx) -> Option<SymbolRow> {
    let (schema, symbol) = site.symbol(ix)?;
    Some(SymbolRow {
        link: Link {
            title: inner_name(schema, &symbol.name).to_owned(),
            href: site.record_href(from, ix),
        },
        shape: shape_name(site, ix),
        summary: first_sentence(&symbol.comment),
        deprecated: symbol.deprecated,
    })
}

fn shape_name(site: &Site<'_>, ix: RecordIx) -> &'static str {
    match site.symbol(ix).map(|(_, symbol): (_, &Symbol)| &symbol.shape) {
        Some(Shape::Enum { .. }) => "enum",
        Some(Shape::Service { .. }) => "service",
        _ => "message",
    }
}

fn inner_name<'n>(schema: &Schema, full: &'n str) -> &'n str {
    full.strip_prefix(schema.package.as_str()).unwrap_or(full).trim_start_matches('.')
}

fn package_title(name: &str) -> String {
    if name.is_empty() { "No package".to_owned() } else { name.to_owned() }
}

fn first_sentence(comment: &str) -> String {
    let paragraph = comment.split("\n\n").next().unwrap_or_default().replace('\n', " ");
    match paragraph.find(". ") {
        Some(end) => paragraph[..=end].to_owned(),
        None => paragraph.trim().to_owned(),
    }
}

fn type_words(site: &Site<'_>, route: &RelPath, scope: &str, ty: &Type) -> TypeWords {
    match ty {
        Type::Scalar { name } => vec![(name.clone(), None)],
        Type::Named { name } => named_words(site, route, scope, name),
        Type::Map { key, value } => {
            let mut words = vec![(format!("map<{key}, "), None)];
            words.extend(type_words(site, route, scope, value));
            words.push((">".to_owned(), None));
            words
        }
    }
}

fn named_words(site: &Site<'_>, route: &RelPath, scope: &str, name: &str) -> TypeWords {
    let found = site.symbol_named(scope, name);
    let shown = name.trim_start_matches('.').to_owned();
    vec![(shown, found.map(|ix| site.record_href(route, ix)))]
}
