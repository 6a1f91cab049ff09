//! What cannot be rendered of a file, found without rendering its pages: formulas, drawings, raw
//! HTML, addresses. A function of the file alone, so that `check` needs no page.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::body::{self, Output, Place};
use crate::{
    diag::{Diagnostic, codes},
    model::{
        source::{Body, Facts, Outline},
        treatment::Treatment,
    },
    render::figure,
};

/// Everything in a file that its pages would not show as it is written.
pub fn inspect(outline: &Outline, body: &Body, treatment: &Treatment) -> Vec<Diagnostic> {
    // The page of the file says what failed; here no other file may be lost for it.
    catch_unwind(AssertUnwindSafe(|| found(outline, body, treatment))).unwrap_or_else(|_| {
        let message = "a fault of the program: this file cannot be inspected";
        vec![Diagnostic::new(&codes::PAGE_FAILED, &outline.path, message)]
    })
}

fn found(outline: &Outline, body: &Body, treatment: &Treatment) -> Vec<Diagnostic> {
    let mut out = Output::default();
    let place = Place { root: "", origin: Some(&outline.path), treatment };
    match (body, &outline.facts) {
        (Body::Markdown { text, start }, _) => body::inspect(&mut out, place, text, *start),
        (Body::Mermaid(text), _) => {
            figure::figure(&mut out, place, text, None);
        }
        (Body::Proto(_), Facts::Schema(schema)) => {
            let symbols = schema.symbols.iter();
            let comments = symbols.flat_map(|symbol| {
                std::iter::once(symbol.comment.as_str()).chain(symbol.member_comments())
            });
            for comment in comments.chain([schema.comment.as_str()]) {
                body::comment(&mut out, place, comment, &[]);
            }
        }
        _ => {}
    }
    out.diagnostics
}
