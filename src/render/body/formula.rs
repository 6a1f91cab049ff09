//! Formulas of a text: set as MathML, or shown as they were written.

use std::ops::Range;

use pulldown_cmark::Event;

use super::Writer;
use crate::{
    diag::{Diagnostic, codes},
    model::limits::exceeds,
    render::{
        html,
        math::{self, MathStyle},
    },
};

impl Writer<'_, '_> {
    /// A formula as markup, whatever is wrong with it.
    pub(super) fn formula<'t>(
        &mut self,
        tex: &str,
        style: MathStyle,
        range: &Range<usize>,
    ) -> Event<'t> {
        let limits = self.place.treatment.limits;
        self.formulas += 1;
        if exceeds(self.formulas, limits.page_formulas) {
            return Event::InlineHtml(self.unset(tex, limits.page_formulas, range).into());
        }
        match math::to_mathml(tex, style, limits.formula_bytes) {
            Ok(mathml) => Event::InlineHtml(mathml.into()),
            Err(message) => {
                let span = self.span(range);
                let why = html::escape(&message).into_owned();
                if let Some(path) = self.place.origin {
                    let message = format!("the formula cannot be set: {message}");
                    self.out.diagnostics.push(
                        Diagnostic::new(&codes::MATH_FAILED, path, message)
                            .at(span)
                            .help("the page shows its source instead"),
                    );
                }
                // Other words between dollar signs may be no formula.
                let note = match exceeds(tex.len(), limits.formula_bytes) {
                    true => format!(" <span class=\"limit-note\">({why})</span>"),
                    false => String::new(),
                };
                let tex = html::escape(tex);
                Event::InlineHtml(
                    format!("<code class=\"math-error\" title=\"{why}\">{tex}</code>{note}").into(),
                )
            }
        }
    }

    /// The source of a formula that is one too many. The first of them says so.
    fn unset(&mut self, tex: &str, most: u32, range: &Range<usize>) -> String {
        let formulas = if most == 1 { "1 formula".to_owned() } else { format!("{most} formulas") };
        let what = format!("has more than {formulas}; the others are shown as source");
        self.limit(range, &what, Some("page_formulas"));
        let note = match exceeds(self.formulas - 1, most) {
            true => String::new(),
            false => format!(
                " <span class=\"limit-note\">(not set, nor those after it: the text has more than \
                 {formulas})</span>"
            ),
        };
        format!("<code>{}</code>{note}", html::escape(tex))
    }
}
