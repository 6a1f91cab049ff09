//! Packages of schemas and their symbols, for other programs.

use serde_json::{Value, json};

use crate::{
    graph::{record::RecordIx, symbols::packages::Share},
    model::schema::{Field, Shape, Symbol},
    page::site::Site,
};

/// Every package, by name.
pub(super) fn packages(site: &Site<'_>) -> Vec<Value> {
    let packages = site.graph.symbols.packages.iter().map(|(name, package)| {
        let paths = package.files.iter().map(|file| &site.corpus.outlines[*file].path);
        let symbols = package.symbols.iter().filter_map(|ix| symbol(site, *ix));
        json!({
            "name": name,
            "files": paths.collect::<Vec<_>>(),
            "documented": package.documented.with,
            "declarations": package.documented.all,
            "percent": package.documented.percent(),
            "depends_on": package.depends_on.keys().collect::<Vec<_>>(),
            "needed_by": package.needed_by.keys().collect::<Vec<_>>(),
            "symbols": symbols.collect::<Vec<_>>(),
        })
    });
    packages.collect()
}

fn symbol(site: &Site<'_>, ix: RecordIx) -> Option<Value> {
    let (_, symbol) = site.symbol(ix)?;
    let record = site.record(ix);
    let share = Share::of(symbol);
    let used_by = site.graph.symbols.used_by.get(&ix).into_iter().flatten();
    let extends = match &symbol.shape {
        Shape::Extension { extendee, .. } => Some(extendee.as_str()),
        _ => None,
    };
    Some(json!({
        "id": record.id,
        "name": symbol.name,
        "shape": symbol.shape.word(),
        "path": record.path,
        "line": symbol.line,
        "deprecated": symbol.deprecated,
        "documented": share.with,
        "declarations": share.all,
        "extends": extends,
        "members": members(symbol),
        "used_by": used_by.map(|user| &site.record(*user).id).collect::<Vec<_>>(),
    }))
}

fn members(symbol: &Symbol) -> Vec<Value> {
    match &symbol.shape {
        Shape::Message { fields, .. } => fields.iter().map(field).collect(),
        Shape::Extension { field: one, .. } => vec![field(one)],
        Shape::Enum { values, .. } => {
            let value = |v: &crate::model::schema::EnumValue| {
                member(&v.name, (Some(v.number), None), (v.deprecated, &v.comment), v.line)
            };
            values.iter().map(value).collect()
        }
        Shape::Service { methods } => {
            let method = |m: &crate::model::schema::Method| {
                let ty = format!("{} → {}", m.input, m.output);
                member(&m.name, (None, Some(ty)), (m.deprecated, &m.comment), m.line)
            };
            methods.iter().map(method).collect()
        }
    }
}

fn field(field: &Field) -> Value {
    let ty = match field.label.as_str() {
        "" => field.ty.to_string(),
        label => format!("{label} {}", field.ty),
    };
    let number = (Some(field.number), Some(ty));
    member(&field.name, number, (field.deprecated, &field.comment), field.line)
}

fn member(
    name: &str,
    (number, ty): (Option<i32>, Option<String>),
    (deprecated, comment): (bool, &str),
    line: u32,
) -> Value {
    json!({
        "name": name,
        "number": number,
        "type": ty,
        "deprecated": deprecated,
        "documented": !comment.is_empty(),
        "line": line,
    })
}
