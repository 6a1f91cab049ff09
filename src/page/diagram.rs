//! A Mermaid file.

use super::{
    frame,
    model::{DiagramView, Page, Text, View},
    site::Site,
};
use crate::{graph::record::RecordIx, model::source::Body};

/// The page of a diagram: the drawing, and the source.
pub fn page(site: &Site<'_>, ix: RecordIx) -> Page {
    let record = site.record(ix);
    let texts = match &site.bodies[record.file] {
        Body::Mermaid(text) => vec![
            ("content".into(), Text::Mermaid(text.clone())),
            ("source".into(), Text::Code(text.clone(), "mermaid")),
        ],
        _ => Vec::new(),
    };
    Page {
        origin: Some(record.path.clone()),
        route: site.route.of(ix).clone(),
        frame: frame::of_record(site, ix),
        view: View::Diagram(DiagramView { lines: site.outline(ix).lines }),
        texts,
        treatment: site.treatment,
    }
}
