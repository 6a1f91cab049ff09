//! The text of a schema by its lines, for links to a declaration.

use super::{below_index, package::file_row, package_title};
use crate::{
    model::source::Facts,
    page::{
        frame,
        model::{Link, Page, SourceView, Text, View},
        site::Site,
    },
};

/// The source of a schema file.
pub fn source(site: &Site<'_>, file: usize) -> Page {
    let ix = site.graph.records.of_file(file);
    let route = site.route.lines(file).cloned().unwrap_or_else(|| site.route.of(ix).clone());
    let outline = &site.corpus.outlines[file];
    let (syntax, name) = match &outline.facts {
        Facts::Schema(schema) => (schema.syntax.clone(), schema.package.clone()),
        _ => Default::default(),
    };
    let package =
        Link { title: package_title(&name), href: site.href(&route, &site.route.package(&name)) };
    let mut frame = frame::empty(site, &route);
    frame.title = outline.path.name().to_owned();
    below_index(site, &route, &mut frame);
    frame.breadcrumbs.push(package.clone());
    frame.source = Some(outline.path.to_string());
    let text = site.bodies[file].text().clone();
    let mut row = file_row(site, &route, file).unwrap_or_default();
    // The text itself follows, with every option in full.
    row.options.retain(|option| option.name.starts_with("features."));
    let view = View::Source(SourceView { syntax, package, file: row, lines: outline.lines });
    let texts = vec![("lines".to_owned(), Text::Lines(text))];
    Page { origin: Some(outline.path.clone()), route, frame, view, texts }
}
