//! One message, enum, service or extension.

use super::{
    inner_name, line_href,
    members::{Rows, named_words},
    option_rows, package_title, rules, symbol_row,
};
use crate::{
    graph::record::{RecordIx, RecordKind},
    model::schema::{Schema, Shape, Symbol},
    page::{
        bare, frame,
        model::{Declared, FieldGroup, Link, Page, SymbolRow, SymbolView, View},
        site::Site,
    },
    path::RelPath,
};

/// So many users of a symbol are listed: options of a large tree are set everywhere.
const USERS: usize = 100;

/// One message, enum, service or extension.
pub fn symbol(site: &Site<'_>, ix: RecordIx) -> Page {
    let route = site.route.of(ix).clone();
    let mut frame = frame::of_record(site, ix);
    let Some(((schema, symbol), row)) = site.symbol(ix).zip(symbol_row(site, &route, ix)) else {
        return bare(site, route, &site.record(ix).title, View::NotFound);
    };
    frame.title.clone_from(&row.link.title);
    frame.breadcrumbs.extend(parents(site, &route, schema, symbol));
    for sibling in &mut frame.siblings {
        sibling.title = inner_name(schema, &sibling.title).to_owned();
    }
    if let Some(all) = &mut frame.all_siblings {
        all.href = site.href(&route, &site.route.package(&schema.package));
    }
    for link in [&mut frame.prev, &mut frame.next].into_iter().flatten() {
        link.title = inner_name(schema, &link.title).to_owned();
    }
    if site.is_nested(ix) {
        // The neighbours are those of the symbols around it.
        (frame.prev, frame.next) = (None, None);
    }
    let file = site.record(ix).file;
    let scope = &symbol.name;
    let mut rows = Rows { site, route: &route, scope, file, texts: Vec::new() };
    rows.comment("comment", &symbol.comment);
    let (own_rules, rest) = rules::split(&symbol.options);
    let (used_by, used_by_more) = users(site, &route, ix);
    let mut view = SymbolView {
        row,
        full_name: symbol.name.clone(),
        declared: Declared {
            title: format!("{}:{}", site.record(ix).path, symbol.line),
            href: line_href(site, &route, file, symbol.line),
        },
        fields: vec![],
        extendee: vec![],
        values: vec![],
        methods: vec![],
        nested: nested(site, &route, ix),
        reserved: vec![],
        extensions: vec![],
        extended_by: extended_by(site, &route, ix),
        rules: own_rules,
        options: option_rows(site, &route, scope, &rest),
        used_by,
        used_by_more,
    };
    fill(&mut view, &mut rows, &symbol.shape);
    let texts = rows.texts;
    let view = View::Symbol(Box::new(view));
    Page { origin: Some(site.record(ix).path.clone()), route, frame, view, texts }
}

fn fill(view: &mut SymbolView, rows: &mut Rows<'_, '_>, shape: &Shape) {
    match shape {
        Shape::Message { fields, oneofs, reserved, extensions } => {
            view.fields = rows.groups(fields, oneofs);
            view.reserved.clone_from(reserved);
            view.extensions.clone_from(extensions);
        }
        Shape::Enum { values, reserved } => {
            view.values = rows.values(values);
            view.reserved.clone_from(reserved);
        }
        Shape::Service { methods } => view.methods = rows.methods(methods),
        Shape::Extension { extendee, field } => {
            view.extendee = named_words(rows.site, rows.route, rows.scope, extendee);
            let mut row = rows.field("field", field);
            // Both stand above the table, as those of the symbol.
            rows.texts.retain(|(name, _)| name != "field");
            row.text = String::new();
            row.options.clear();
            row.rules.clear();
            view.fields = vec![FieldGroup { oneof: None, fields: vec![row] }];
        }
    }
}

/// The package, and the symbols around this one, from the outside in.
fn parents(site: &Site<'_>, route: &RelPath, schema: &Schema, symbol: &Symbol) -> Vec<Link> {
    let package = Link {
        title: package_title(&schema.package),
        href: site.href(route, &site.route.package(&schema.package)),
    };
    let mut links = vec![package];
    let inner = inner_name(schema, &symbol.name);
    let before = symbol.name.len() - inner.len();
    for (at, _) in inner.match_indices('.') {
        let outer = &symbol.name[..before + at];
        if let Some(ix) = site.symbol_named("", outer) {
            let title = outer.rsplit('.').next().unwrap_or(outer).to_owned();
            links.push(Link { title, href: site.record_href(route, ix) });
        }
    }
    links
}

/// Symbols declared right inside this one. They stand behind it in its file.
fn nested(site: &Site<'_>, route: &RelPath, ix: RecordIx) -> Vec<SymbolRow> {
    let record = site.record(ix);
    let parts = site.graph.records.parts_of(record.file);
    let behind = parts.partition_point(|part| *part <= ix);
    let prefix = format!("{}.", record.title);
    let inside = |part: &RecordIx| site.record(*part).title.starts_with(&prefix);
    let all = parts[behind..].iter().copied().take_while(inside);
    let direct = all.filter(|part| !site.record(*part).title[prefix.len()..].contains('.'));
    let direct = direct.filter(|part| !site.is_repeated_symbol(*part));
    let mut rows: Vec<SymbolRow> =
        direct.filter_map(|part| symbol_row(site, route, part)).collect();
    for row in &mut rows {
        row.link.title = row.link.title.rsplit('.').next().unwrap_or_default().to_owned();
    }
    rows
}

fn extended_by(site: &Site<'_>, route: &RelPath, ix: RecordIx) -> Vec<Link> {
    let all = site.graph.symbols.extended_by.get(&ix).into_iter().flatten();
    let mut links: Vec<Link> = all.map(|extension| site.link(route, *extension)).collect();
    links.sort();
    links
}

fn users(site: &Site<'_>, route: &RelPath, ix: RecordIx) -> (Vec<Link>, usize) {
    let Some(all) = site.graph.symbols.used_by.get(&ix) else { return (Vec::new(), 0) };
    let extended = site.graph.symbols.extended_by.get(&ix);
    // Extensions have a list of their own.
    let mut users: Vec<RecordIx> =
        all.iter().copied().filter(|user| extended.is_none_or(|by| !by.contains(user))).collect();
    users.sort_by(|a, b| site.record(*a).title.cmp(&site.record(*b).title));
    let more = users.len().saturating_sub(USERS);
    users.truncate(USERS);
    debug_assert!(users.iter().all(|user| site.record(*user).kind == RecordKind::Symbol));
    (users.into_iter().map(|user| site.link(route, user)).collect(), more)
}
