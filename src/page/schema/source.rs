//! The text of a schema by its lines, for links to a declaration.

use super::{below_index, package::file_row, package_title};
use crate::{
    model::source::Facts,
    page::{
        frame,
        model::{Link, Page, SourceView, Text, View},
        research,
        site::Site,
    },
};

/// One page of the source of a schema file, from 1.
pub fn source(site: &Site<'_>, file: usize, n: usize) -> Page {
    let ix = site.graph.records.of_file(file);
    let route = site.lines_route(file, n).unwrap_or_else(|| site.route.of(ix).clone());
    let outline = &site.corpus.outlines[file];
    let (syntax, name) = match &outline.facts {
        Facts::Schema(schema) => (schema.syntax.clone(), schema.package.clone()),
        _ => Default::default(),
    };
    let package =
        Link { title: package_title(&name), href: site.href(&route, &site.route.package(&name)) };
    let mut frame = frame::empty(site, &route);
    frame.title = outline.path.name().to_owned();
    if n > 1 {
        frame.title.push_str(&format!(", page {n}"));
    }
    below_index(site, &route, &mut frame);
    frame.breadcrumbs.push(package.clone());
    frame.source = Some(outline.path.to_string());
    let text = site.bodies[file].text().clone();
    let mut row = file_row(site, &route, file).unwrap_or_default();
    // The text itself follows, with every option in full.
    row.options.retain(|option| option.name.starts_with("features."));
    let ((first, last), pager) = research::part(site, &route, file, n);
    let shown = pager.is_some().then_some((first, last));
    let firsts = research::firsts(site, file, n);
    let lines = outline.lines;
    let view = View::Source(SourceView { syntax, package, file: row, lines, shown, pager, firsts });
    let texts = vec![("lines".to_owned(), Text::Lines(text, (first, last)))];
    Page {
        origin: Some(outline.path.clone()),
        route,
        frame,
        view,
        texts,
        treatment: site.treatment,
    }
}
