//! One message, enum, service or extension.

use std::ops::Range;

use super::{
    inner_name, line_href,
    members::{Rows, named_words},
    option_rows, package_title, rules, symbol_row,
};
use crate::{
    graph::record::{RecordIx, RecordKind},
    model::schema::{Schema, Shape, Symbol},
    page::{
        bare, board, frame,
        model::{Declared, FieldGroup, Frame, FurtherRow, Link, Page, SymbolRow, SymbolView, View},
        site::Site,
    },
    path::RelPath,
    text::parts::{self, window},
};

/// So many users and extensions of a symbol are listed: options of a large tree are set everywhere.
const USERS: usize = 100;
/// What surrounds the name of a member that is on a further page, in bytes of HTML.
const NAME: usize = 24;

/// One page of a message, enum, service or extension, counted from 1. What is said of it as a whole
/// is on the first.
pub fn symbol(site: &Site<'_>, ix: RecordIx, n: usize) -> Page {
    let first = site.route.of(ix);
    let route = site.route.further(first, n);
    let Some(((schema, symbol), row)) = site.symbol(ix).zip(symbol_row(site, &route, ix)) else {
        return bare(site, route, &site.record(ix).title, View::NotFound);
    };
    let file = site.record(ix).file;
    let scope = &symbol.name;
    let here = symbol.on_page(n);
    let mut rows = Rows { site, route: &route, scope, file, here: here.clone(), texts: Vec::new() };
    let members = symbol.members().count();
    let shown = window(&here, 0, members);
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
        nested: nested(site, &route, ix, &window(&here, members, usize::MAX)),
        reserved: vec![],
        extensions: vec![],
        extended_by: vec![],
        extended_by_more: 0,
        rules: vec![],
        options: vec![],
        used_by: vec![],
        used_by_more: 0,
        page: n,
        shown: (shown.len() < members).then_some((shown.start + 1, shown.end, members)),
        pager: board::pager(site, &route, (n, symbol.pages()), |n| site.route.further(first, n)),
        further: vec![],
    };
    fill(&mut view, &mut rows, &symbol.shape);
    let frame = match n {
        1 => {
            rows.comment("comment", &symbol.comment);
            of_all(site, ix, symbol, &mut view);
            frame_of(site, ix, schema, symbol)
        }
        n => further_frame(site, ix, &route, n),
    };
    let texts = rows.texts;
    let view = View::Symbol(Box::new(view));
    Page {
        origin: Some(site.record(ix).path.clone()),
        route,
        frame,
        view,
        texts,
        treatment: site.treatment,
    }
}

/// What is said of a symbol as a whole.
fn of_all(site: &Site<'_>, ix: RecordIx, symbol: &Symbol, view: &mut SymbolView) {
    let route = site.route.of(ix);
    let (own_rules, rest) = rules::split(&symbol.options);
    view.rules = own_rules;
    view.options = option_rows(site, route, &symbol.name, &rest);
    (view.extended_by, view.extended_by_more) = extended_by(site, route, ix);
    (view.used_by, view.used_by_more) = users(site, route, ix);
    match &symbol.shape {
        Shape::Message { reserved, extensions, .. } => {
            view.reserved.clone_from(reserved);
            view.extensions.clone_from(extensions);
        }
        Shape::Enum { reserved, .. } => view.reserved.clone_from(reserved),
        Shape::Service { .. } | Shape::Extension { .. } => {}
    }
    view.further = further(site, ix, symbol);
}

/// What is on which further page, as far as members are.
fn further(site: &Site<'_>, ix: RecordIx, symbol: &Symbol) -> Vec<FurtherRow> {
    let first = site.route.of(ix);
    let names: Vec<&str> = symbol.members().collect();
    let fits = names.iter().map(|name| name.len() + NAME).sum::<usize>() <= parts::NAMES;
    let pages = (2..=symbol.pages()).filter_map(|n| {
        let here = &names[window(&symbol.on_page(n), 0, names.len())];
        let (begin, end) = here.first().zip(here.last())?;
        Some(FurtherRow {
            href: site.href(first, &site.route.further(first, n)),
            first: (*begin).to_owned(),
            last: (*end).to_owned(),
            names: here.iter().filter(|_| fits).map(|name| (*name).to_owned()).collect(),
        })
    });
    pages.collect()
}

fn frame_of(site: &Site<'_>, ix: RecordIx, schema: &Schema, symbol: &Symbol) -> Frame {
    let route = site.route.of(ix);
    let mut frame = frame::of_record(site, ix);
    frame.title = inner_name(schema, &symbol.name).to_owned();
    frame.breadcrumbs.extend(parents(site, route, schema, symbol));
    for sibling in &mut frame.siblings {
        sibling.title = inner_name(schema, &sibling.title).to_owned();
    }
    if let Some(all) = &mut frame.all_siblings {
        all.href = site.href(route, &site.route.package(&schema.package));
    }
    for link in [&mut frame.prev, &mut frame.next].into_iter().flatten() {
        link.title = inner_name(schema, &link.title).to_owned();
    }
    if site.is_nested(ix) {
        // The neighbours are those of the symbols around it.
        (frame.prev, frame.next) = (None, None);
    }
    frame
}

/// The frame of a page that goes on with a symbol.
fn further_frame(site: &Site<'_>, ix: RecordIx, route: &RelPath, n: usize) -> Frame {
    let mut frame = frame::empty(site, route);
    super::below_index(site, route, &mut frame);
    if let Some((schema, symbol)) = site.symbol(ix) {
        let title = inner_name(schema, &symbol.name);
        frame.title = format!("{title}: page {n}");
        frame.breadcrumbs.extend(parents(site, route, schema, symbol));
        let title = title.rsplit('.').next().unwrap_or(title).to_owned();
        frame.breadcrumbs.push(Link { title, href: site.record_href(route, ix) });
    }
    frame.source = Some(format!("{}:{}", site.record(ix).path, site.record(ix).lines.0));
    frame
}

fn fill(view: &mut SymbolView, rows: &mut Rows<'_, '_>, shape: &Shape) {
    match shape {
        Shape::Message { fields, oneofs, .. } => view.fields = rows.groups(fields, oneofs),
        Shape::Enum { values, .. } => view.values = rows.values(values),
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

/// Symbols declared right inside this one, those of a page. They stand behind it in its file.
fn nested(site: &Site<'_>, route: &RelPath, ix: RecordIx, here: &Range<usize>) -> Vec<SymbolRow> {
    let record = site.record(ix);
    let parts = site.graph.records.parts_of(record.file);
    let behind = parts.partition_point(|part| *part <= ix);
    let prefix = format!("{}.", record.title);
    let inside = |part: &RecordIx| site.record(*part).title.starts_with(&prefix);
    let all = parts[behind..].iter().copied().take_while(inside);
    let direct = all.filter(|part| !site.record(*part).title[prefix.len()..].contains('.'));
    let direct = direct.filter(|part| !site.is_repeated_symbol(*part));
    let direct = direct.skip(here.start).take(here.len());
    let mut rows: Vec<SymbolRow> =
        direct.filter_map(|part| symbol_row(site, route, part)).collect();
    for row in &mut rows {
        row.link.title = row.link.title.rsplit('.').next().unwrap_or_default().to_owned();
    }
    rows
}

fn extended_by(site: &Site<'_>, route: &RelPath, ix: RecordIx) -> (Vec<Link>, usize) {
    let all = site.graph.symbols.extended_by.get(&ix).into_iter().flatten();
    let mut links: Vec<Link> = all.map(|extension| site.link(route, *extension)).collect();
    links.sort();
    let more = links.len().saturating_sub(USERS);
    links.truncate(USERS);
    (links, more)
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
