//! Views in documents whose condition fails on a record. What is wrong with a view by itself is
//! told by the reader.

use rayon::prelude::*;

use super::Subject;
use crate::{
    diag::{Diagnostic, codes},
    graph::view,
};

/// Asks every view.
pub fn check(subject: Subject<'_>) -> Vec<Diagnostic> {
    let outlines = subject.corpus.outlines.par_iter().filter(|outline| !outline.views.is_empty());
    outlines
        .flat_map_iter(|outline| {
            let asked = outline.views.iter().filter_map(|view| view.query.as_ref());
            asked.filter_map(move |query| {
                let (_, span) = query.condition.as_ref()?;
                let why = view::answer(subject.corpus, subject.graph, query).err()?;
                Some(
                    Diagnostic::new(&codes::INVALID_VIEW, &outline.path, why)
                        .at(*span)
                        .help("compare values of one type"),
                )
            })
        })
        .collect()
}
